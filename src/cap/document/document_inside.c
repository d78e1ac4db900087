/*
 * document_inside.c: loading a document, asking its facts, taking its steps.
 */
#include "cap/document/document_inside.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "core/unit.h"
#include "html/sanitise.h"

#include "base/ban.h"

static const struct err *load_edition(struct ctx *c, struct loaded *l)
{
    bool found = false;
    TRY(q_edition_find(c->tx, &(struct q_edition_find_in){.id = l->d.latest_edition_id}, &l->e, &found));
    must(found);
    must(l->e.document_id == l->d.document_id);
    l->status = (enum edition_status)status_by_stored(&edition_steps, l->e.status)->id;
    return NULL;
}

const struct err *document_load(struct ctx *c, int64_t document_id, struct loaded *l)
{
    bool found = false;
    TRY(q_document_find(c->tx,
        &(struct q_document_find_in){.id = document_id, .me = c->actor.person_id, .today = c->today}, &l->d, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
    }
    return load_edition(c, l);
}

const struct err *document_load_any(struct ctx *c, int64_t document_id, struct loaded *l)
{
    struct q_document_find_any_row r = {0};
    bool found = false;
    TRY(q_document_find_any(c->tx, &(struct q_document_find_any_in){.id = document_id}, &r, &found));
    must(found);
    _Static_assert(sizeof r == sizeof l->d, "both statements have the same columns");
    memcpy(&l->d, &r, sizeof r);
    return load_edition(c, l);
}

const struct err *document_same_version(struct ctx *c, const struct loaded *l, int64_t seen)
{
    if (l->e.version == seen) {
        return NULL;
    }
    struct str who = STR_NONE;
    struct str with_unit = STR_NONE;
    int64_t by = l->status == EDITION_PUBLISHED ? l->e.published_by : l->e.saved_by;
    TRY(document_person(c, by, &who, &with_unit));
    if (l->status == EDITION_PUBLISHED) {
        struct str at = instant_chinese(c->arena, l->e.published_ms);
        return err_format(c->arena, ERR_CONFLICT, "这份文件已由%.*s于%.*s发布，您这次没有改动任何内容。", STR_ARG(with_unit), STR_ARG(at));
    }
    if (l->status != EDITION_DRAFT) {
        struct str label = str_from(status_by_id(&edition_steps, (int)l->status)->label);
        return err_format(c->arena, ERR_CONFLICT, "这份稿件刚刚有了进展（现在是“%.*s”），请刷新页面后再处理。", STR_ARG(label));
    }
    struct str at = instant_chinese(c->arena, l->e.saved_ms);
    return err_format(c->arena, ERR_CONFLICT, "%.*s于%.*s改过这份稿件。您的内容还在本页，请先打开最新一稿，再合并修改。", STR_ARG(with_unit), STR_ARG(at));
}

const struct err *document_lost_race(struct ctx *c, const struct loaded *l)
{
    struct loaded now = {0};
    TRY(document_load_any(c, l->d.document_id, &now));
    return document_same_version(c, &now, -1);
}

const struct err *document_facts(struct ctx *c, const struct loaded *l, struct edition_facts *f)
{
    struct q_part_list_rows parts = {0};
    TRY(q_part_list(c->tx, &(struct q_part_list_in){.edition_id = l->e.edition_id}, &parts));
    struct q_addressee_list_rows to = {0};
    TRY(q_addressee_list(c->tx, &(struct q_addressee_list_in){.edition_id = l->e.edition_id}, &to));
    bool wrote = false;
    TRY(edition_written_by(c, l->e.edition_id, c->actor.person_id, &wrote));
    struct publish_clock clock = {0};
    edition_clock(c, l->e.printed_on, l->e.signed_on, DATE_NONE, &clock);

    struct str text = parts.n > 0 ? html_to_text(c->arena, html_from_store(parts.v[0].body)) : STR_NONE;
    *f = (struct edition_facts){
        .title = str_eq(l->e.title, S("未命名文稿")) ? STR_NONE : l->e.title,
        .body_text = text,
        .body_chars = utf8_count(text),
        .doc_number = l->e.doc_number,
        .doc_number_typed = l->e.doc_number_typed,
        .signed_on = l->e.signed_on,
        .printed_on = l->e.printed_on,
        .today = c->today,
        .attribute = l->e.attribute,
        .ground = l->e.ground,
        .ground_reason = l->e.ground_reason,
        .addressees = to.n,
        .secrecy_passed = instant_is(l->e.secrecy_ms),
        /* A correction of what is public already answers to no new clock: its text was published in time or late before. */
        .late = l->e.no == 1 && clock.known && clock.late,
        .workday_no = clock.workday_no,
        .actor_wrote = wrote,
        .change_kind = l->e.change_kind,
        .change_reason = l->e.change_reason,
        .no = (int)l->e.no,
    };
    return NULL;
}

static struct str subject_text(struct ctx *c, int64_t document_id)
{
    return str_format(c->arena, "document:%lld", (long long)document_id);
}

const struct err *document_step(struct ctx *c, struct loaded *l, const char *verb, const struct edition_facts *f, struct str detail)
{
    c->subject = subject_text(c, l->d.document_id);
    int status = (int)l->status;
    TRY(step_take(c, &edition_steps, verb, l->d.unit_id, f, S("document"), l->d.document_id, detail, &status));
    l->status = (enum edition_status)status;
    return NULL;
}

const struct err *document_step_by_program(struct ctx *c, struct loaded *l, const char *verb, struct str detail)
{
    struct actor person = c->actor;
    struct str subject = c->subject;
    c->actor.kind = ACTOR_SYSTEM;
    const struct err *e = document_step(c, l, verb, NULL, detail);
    c->actor = person;
    c->subject = subject;
    return e;
}

const struct err *edition_written_by(struct ctx *c, int64_t edition_id, int64_t person_id, bool *yes)
{
    struct q_writer_find_row row = {0};
    *yes = false;
    if (person_id == 0) {
        return NULL;
    }
    return q_writer_find(c->tx, &(struct q_writer_find_in){.edition_id = edition_id, .person_id = person_id}, &row, yes);
}

void edition_clock(struct ctx *c, struct date printed, struct date signed_on, struct date published, struct publish_clock *out)
{
    publish_clock_read(c->arena, c->calendar, printed, signed_on, published, c->today, out);
}

const struct err *document_person(struct ctx *c, int64_t person_id, struct str *name, struct str *name_and_unit)
{
    *name = STR_NONE;
    *name_and_unit = STR_NONE;
    if (person_id == 0) {
        return NULL;
    }
    struct q_person_name_row row = {0};
    bool found = false;
    TRY(q_person_name(c->tx, &(struct q_person_name_in){.id = person_id}, &row, &found));
    if (found) {
        *name = row.name;
        *name_and_unit = str_format(c->arena, "%.*s（%.*s）", STR_ARG(row.name), STR_ARG(row.unit_name));
    }
    return NULL;
}

const struct err *document_head_load(struct ctx *c, int64_t document_id, struct document_head *d)
{
    struct loaded l = {0};
    TRY(document_load(c, document_id, &l));
    *d = (struct document_head){
        .document_id = l.d.document_id,
        .unit_id = l.d.unit_id,
        .publisher_id = l.d.publisher_id,
        .author_id = l.d.author_id,
        .latest_edition_id = l.d.latest_edition_id,
        .public_edition_id = l.d.public_edition_id,
        .status = l.d.status,
        .origin = l.d.origin,
        .index_number = l.d.index_number,
        .category = l.d.category,
        .version = l.d.version,
    };
    return NULL;
}

const struct err *edition_head_load(struct ctx *c, int64_t edition_id, struct edition_head *e)
{
    struct q_edition_find_row r = {0};
    bool found = false;
    TRY(q_edition_find(c->tx, &(struct q_edition_find_in){.id = edition_id}, &r, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
    }
    *e = (struct edition_head){
        .edition_id = r.edition_id,
        .document_id = r.document_id,
        .author_id = r.author_id,
        .no = (int)r.no,
        .status = (enum edition_status)status_by_stored(&edition_steps, r.status)->id,
        .title = r.title,
        .doc_number = r.doc_number,
        .attribute = r.attribute,
        .ground = r.ground,
        .ground_reason = r.ground_reason,
        .theme = r.theme,
        .change_kind = r.change_kind,
        .change_reason = r.change_reason,
        .signed_on = r.signed_on,
        .printed_on = r.printed_on,
        .submissions = (int)r.submissions,
        .submitted_ms = r.submitted_ms,
        .secrecy_ms = r.secrecy_ms,
        .approved_ms = r.approved_ms,
        .published_ms = r.published_ms,
        .emergency_ms = r.emergency_ms,
        .published_by = r.published_by,
        .version = r.version,
    };
    return NULL;
}

const struct err *submission_load(struct ctx *c, int64_t edition_id, int no, struct submission *out, bool *found)
{
    struct q_submission_find_row r = {0};
    TRY(q_submission_find(c->tx, &(struct q_submission_find_in){.edition_id = edition_id, .no = no}, &r, found));
    if (*found) {
        *out = (struct submission){.no = no, .at = r.at_ms, .title = r.title, .body = html_from_store(r.body)};
    }
    return NULL;
}

const struct err *edition_text_load(struct ctx *c, int64_t edition_id, struct submission *out)
{
    struct q_edition_find_row e = {0};
    bool found = false;
    TRY(q_edition_find(c->tx, &(struct q_edition_find_in){.id = edition_id}, &e, &found));
    must(found);
    struct q_part_list_rows parts = {0};
    TRY(q_part_list(c->tx, &(struct q_part_list_in){.edition_id = edition_id}, &parts));
    struct buf all = buf_make(c->arena, LIMIT_PAGE_BYTES);
    for (size_t i = 0; i < parts.n; i++) {
        if (parts.v[i].title.n > 0) {
            buf_add(&all, html_from_text(c->arena, parts.v[i].title).safe);
        }
        buf_add(&all, parts.v[i].body);
    }
    *out = (struct submission){.at = e.saved_ms, .title = e.title, .body = sanitise(c->arena, buf_str(&all), NULL)};
    return NULL;
}

/* Byte length of the separator at text[at]; 0 when none. The full-width ones take three bytes. */
static size_t separator_at(struct str text, size_t at)
{
    static const char *const wide[] = {"，", "、", "；", "。", "：", ","};
    struct str rest = str_skip(text, at);
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        if (str_starts(rest, str_from(wide[i]))) {
            return strlen(wide[i]);
        }
    }
    char ch = text.p[at];
    return ch == ';' || ch == '\n' || ch == ':' ? 1 : 0;
}

struct strs document_split_names(struct arena *into, struct str text)
{
    struct {
        struct str *v;
        size_t n, cap;
    } names = {0};
    int depth = 0;
    size_t start = 0;
    for (size_t i = 0; i <= text.n;) {
        struct str rest = str_skip(text, i);
        size_t step = i == text.n ? 1 : separator_at(text, i);
        if (str_starts(rest, S("（")) || str_starts(rest, S("("))) {
            depth++;
        } else if ((str_starts(rest, S("）")) || str_starts(rest, S(")"))) && depth > 0) {
            depth--;
        }
        if (step > 0 && (depth == 0 || i == text.n)) {
            struct str name = text_line(into, str_sub(text, start, i));
            if (name.n > 0) {
                *vec_add(into, &names) = name;
            }
            start = i + step;
            i = start;
            continue;
        }
        i++;
    }
    return (struct strs){names.v, names.n};
}

const struct err *document_put_addressees(struct ctx *c, int64_t edition_id, struct str names)
{
    TRY(q_addressee_clear(c->tx, &(struct q_addressee_clear_in){.edition_id = edition_id}));
    struct strs list = document_split_names(c->arena, names);
    for (size_t i = 0; i < list.n; i++) {
        struct unit unit = {0};
        bool found = false;
        TRY(unit_by_name(c, list.v[i], &unit, &found));
        TRY(q_addressee_add(c->tx, &(struct q_addressee_add_in){.edition_id = edition_id,
                                       .no = (int64_t)i + 1,
                                       .name = list.v[i],
                                       .unit_id = found ? unit.unit_id : 0}));
    }
    return NULL;
}

const struct err *document_put_cc(struct ctx *c, int64_t edition_id, struct str names)
{
    TRY(q_cc_clear(c->tx, &(struct q_cc_clear_in){.edition_id = edition_id}));
    struct strs list = document_split_names(c->arena, names);
    for (size_t i = 0; i < list.n; i++) {
        TRY(q_cc_add(c->tx, &(struct q_cc_add_in){.edition_id = edition_id, .no = (int64_t)i + 1, .name = list.v[i]}));
    }
    return NULL;
}

struct str document_location(struct ctx *c, int64_t document_id)
{
    return str_format(c->arena, "/office/documents/%lld", (long long)document_id);
}
