/*
 * document_office_reads.c: the office's reads: one document with its work, the list of what is being worked on, the reading items,
 * the worklist.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "cap/document/document_inside.h"
#include "cap/document/document_reads.h"
#include "core/unit.h"
#include "html/sanitise.h"

#include "base/ban.h"

#define LABEL(table, value) document_choice_label(table, sizeof(table) / sizeof((table)[0]), value)

struct ask {
    int64_t id, before;
    size_t most;
    struct str status;
    void *out;
};

static struct str names_text(struct ctx *c, const struct str *v, size_t n)
{
    return str_join(c->arena, (struct strs){v, n}, S("、"));
}

static const struct err *office_names(struct ctx *c, int64_t edition_id, struct office_document *o)
{
    struct q_addressee_list_rows to = {0};
    TRY(q_addressee_list(c->tx, &(struct q_addressee_list_in){.edition_id = edition_id}, &to));
    struct str *names = arena_many(c->arena, to.n, struct str);
    for (size_t i = 0; i < to.n; i++) {
        names[i] = to.v[i].name;
    }
    o->addressees = names_text(c, names, to.n);
    struct q_cc_list_rows cc = {0};
    TRY(q_cc_list(c->tx, &(struct q_cc_list_in){.edition_id = edition_id}, &cc));
    struct str *copies = arena_many(c->arena, cc.n, struct str);
    for (size_t i = 0; i < cc.n; i++) {
        copies[i] = cc.v[i].name;
        o->cc_sent = cc.v[i].sent_ms; /* all go out in one moment */
    }
    o->cc = names_text(c, copies, cc.n);
    return NULL;
}

static const struct err *office_parts(struct ctx *c, int64_t edition_id, struct office_document *o)
{
    struct q_part_list_rows parts = {0};
    TRY(q_part_list(c->tx, &(struct q_part_list_in){.edition_id = edition_id}, &parts));
    struct part_view *v = arena_many(c->arena, parts.n, struct part_view);
    for (size_t i = 0; i < parts.n; i++) {
        v[i] = (struct part_view){.no = (int)parts.v[i].no, .title = parts.v[i].title, .body = html_from_store(parts.v[i].body)};
    }
    o->parts = (struct parts_view){v, parts.n};

    struct q_file_list_rows files = {0};
    TRY(q_file_list(c->tx, &(struct q_file_list_in){.edition_id = edition_id}, &files));
    struct file_view *f = arena_many(c->arena, files.n, struct file_view);
    for (size_t i = 0; i < files.n; i++) {
        f[i] = (struct file_view){.file_id = files.v[i].file_id,
            .name = files.v[i].name,
            .media_type = files.v[i].media_type,
            .digest = files.v[i].digest,
            .kind_label = document_kind_label(c->arena, files.v[i].name),
            .size_label = document_size_label(c->arena, files.v[i].size_bytes),
            .size_bytes = files.v[i].size_bytes};
    }
    o->files = (struct files_view){f, files.n};
    return NULL;
}

static const struct err *office_editions(struct ctx *c, const struct loaded *l, struct office_document *o)
{
    struct q_edition_list_rows rows = {0};
    TRY(q_edition_list(c->tx, &(struct q_edition_list_in){.document_id = l->d.document_id}, &rows));
    struct edition_line *v = arena_many(c->arena, rows.n, struct edition_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct edition_line){.no = (int)rows.v[i].no,
            .status_label = str_from(status_by_stored(&edition_steps, rows.v[i].status)->label),
            .title = rows.v[i].title,
            .change_label = LABEL(document_change_kinds, rows.v[i].change_kind),
            .change_reason = rows.v[i].change_reason,
            .at = instant_is(rows.v[i].published_ms) ? rows.v[i].published_ms : rows.v[i].saved_ms,
            .is_public = str_eq(rows.v[i].status, S("published")),
            .here = rows.v[i].edition_id == l->e.edition_id};
    }
    o->editions = (struct edition_lines){v, rows.n};
    return NULL;
}

static const struct err *office_people(struct ctx *c, const struct loaded *l, struct office_document *o)
{
    struct str name = STR_NONE;
    TRY(document_person(c, l->e.author_id, &name, &o->author));
    TRY(document_person(c, l->e.saved_by, &name, &o->saved_by));
    TRY(document_person(c, l->e.published_by, &name, &o->published_by));
    TRY(document_person(c, l->e.secrecy_by, &name, &o->secrecy_by));
    TRY(document_person(c, l->e.decider_id, &name, &o->decider));
    struct unit unit = {0};
    TRY(unit_get(c, l->d.unit_id, &unit));
    o->unit_name = unit.name;
    TRY(unit_get(c, l->d.publisher_id, &unit));
    o->publisher_name = unit.name;
    return NULL;
}

static void office_fill(const struct loaded *l, struct office_document *o)
{
    *o = (struct office_document){
        .document_id = l->d.document_id,
        .edition_id = l->e.edition_id,
        .unit_id = l->d.unit_id,
        .publisher_id = l->d.publisher_id,
        .author_id = l->e.author_id,
        .version = l->e.version,
        .status = l->d.status,
        .number = l->d.index_number,
        .category = l->d.category,
        .origin = l->d.origin,
        .edition_status = l->status,
        .edition_status_label = str_from(status_by_id(&edition_steps, (int)l->status)->label),
        .no = (int)l->e.no,
        .title = l->e.title,
        .doc_number = l->e.doc_number,
        .doc_number_typed = l->e.doc_number_typed,
        .remark = l->e.remark,
        .theme = l->e.theme,
        .sign_office = l->e.sign_office,
        .print_office = l->e.print_office,
        .signed_on = l->e.signed_on,
        .printed_on = l->e.printed_on,
        .claimed_on = l->e.claimed_on,
        .valid_to = l->e.valid_to,
        .attribute = l->e.attribute,
        .attribute_label = LABEL(document_attributes, l->e.attribute),
        .ground = l->e.ground,
        .ground_reason = l->e.ground_reason,
        .basis = l->e.basis,
        .stage = l->e.stage,
        .interpretations = l->e.interpretations,
        .summary = l->e.summary,
        .keywords = l->e.keywords,
        .replaces = l->e.replaces,
        .change_kind = l->e.change_kind,
        .change_label = LABEL(document_change_kinds, l->e.change_kind),
        .change_reason = l->e.change_reason,
        .returned_reason = l->e.returned_reason,
        .late_reason = l->e.late_reason,
        .emergency_reason = l->e.emergency_reason,
        .validity = l->d.validity,
        .validity_label = LABEL(document_validities, l->d.validity),
        .validity_reason = l->d.validity_reason,
        .saved_at = l->e.saved_ms,
        .submitted_at = l->e.submitted_ms,
        .approved_at = l->e.approved_ms,
        .published_at = l->e.published_ms,
        .secrecy_at = l->e.secrecy_ms,
        .withdrawn_at = l->d.withdrawn_ms,
        .withdrawn_reason = l->d.withdrawn_reason,
        .withdrawn_label = LABEL(document_withdraw_kinds, l->d.withdrawn_kind),
        .is_public = str_eq(l->d.status, S("public")),
    };
}

static const struct err *office_clock(struct ctx *c, const struct loaded *l, struct office_document *o)
{
    struct date published = DATE_NONE;
    if (str_eq(l->d.origin, S("imported"))) {
        published = instant_is(l->e.posted_ms) ? instant_date(l->e.posted_ms) : DATE_NONE;
    } else if (instant_is(l->d.first_published_ms)) {
        published = instant_date(l->d.first_published_ms);
    }
    edition_clock(c, l->e.printed_on, l->e.signed_on, published, &o->clock);
    o->clock_words = clock_words(c->arena, &o->clock);
    o->provable_late = l->e.no == 1 && o->clock.known && o->clock.late && !date_is(published);
    return NULL;
}

static const struct err *office_rights(struct ctx *c, const struct loaded *l, struct office_document *o)
{
    struct edition_facts facts = {0};
    TRY(document_facts(c, l, &facts));
    o->wrote = facts.actor_wrote;
    o->reasons = reasons_make(c->arena);
    if (l->status == EDITION_DRAFT) {
        document_submit_reasons(&facts, &o->reasons);
    }
    TRY(may_in(c, &MAY_DOCUMENT_EDIT, l->d.unit_id, &o->may_edit));
    TRY(may_in(c, &MAY_DOCUMENT_PUBLISH, l->d.unit_id, &o->may_publish));
    return may_in(c, &MAY_DOCUMENT_EMERGENCY, l->d.unit_id, &o->may_emergency);
}

static const struct err *office_read(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct office_document *o = a->out;
    struct loaded l = {0};
    TRY(document_load(c, a->id, &l));
    office_fill(&l, o);
    TRY(office_names(c, l.e.edition_id, o));
    TRY(office_parts(c, l.e.edition_id, o));
    TRY(office_editions(c, &l, o));
    TRY(office_people(c, &l, o));
    TRY(office_clock(c, &l, o));
    return office_rights(c, &l, o);
}

const struct err *document_office_read(struct ctx *c, int64_t document_id, struct office_document *out)
{
    struct ask a = {.id = document_id, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, office_read, &a);
}

/* ---- lists ---- */

static struct str due_words(struct ctx *c, enum edition_status status, struct date printed, struct date signed_on, bool *overdue)
{
    *overdue = false;
    if (status != EDITION_DRAFT && status != EDITION_IN_REVIEW && status != EDITION_APPROVED) {
        return STR_NONE;
    }
    struct publish_clock clock = {0};
    edition_clock(c, printed, signed_on, DATE_NONE, &clock);
    if (!clock.known) {
        return STR_NONE;
    }
    *overdue = clock.late;
    return str_format(c->arena, "%.*s%s", STR_ARG(date_iso(c->arena, clock.reckoning.last_day)), clock.late ? "（已超期）" : "");
}

static const struct err *office_list(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct office_lines *out = a->out;
    struct q_document_office_list_rows rows = {0};
    TRY(q_document_office_list(c->tx, &(struct q_document_office_list_in){.me = c->actor.person_id,
                                          .today = c->today,
                                          .status = a->status,
                                          .before = a->before != 0 ? a->before : INT64_MAX,
                                          .most = (int64_t)a->most + 1}, &rows));
    struct office_line *v = arena_many(c->arena, rows.n, struct office_line);
    for (size_t i = 0; i < rows.n; i++) {
        const struct q_document_office_list_row *r = &rows.v[i];
        const struct status *status = status_by_stored(&edition_steps, r->edition_status);
        v[i] = (struct office_line){.document_id = r->document_id,
            .title = r->title,
            .doc_number = r->doc_number,
            .number = r->index_number,
            .unit_name = r->unit_name,
            .author = r->author,
            .status = (enum edition_status)status->id,
            .status_label = str_from(status->label),
            .saved_at = r->saved_ms};
        v[i].due_words = due_words(c, v[i].status, r->printed_on, r->signed_on, &v[i].overdue);
    }
    bool more = rows.n > a->most;
    *out = (struct office_lines){v, more ? a->most : rows.n, more};
    return NULL;
}

const struct err *document_office_list(struct ctx *c, struct str status, int64_t before, size_t most, struct office_lines *out)
{
    struct ask a = {.status = status, .before = before, .most = most, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, office_list, &a);
}

static const struct err *office_file(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct file *out = a->out;
    struct q_file_find_row row = {0};
    bool found = false;
    TRY(q_file_find(c->tx, &(struct q_file_find_in){.id = a->id, .me = c->actor.person_id, .today = c->today}, &row, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个附件，或者您无权查看。"));
    }
    *out = (struct file){.name = row.name, .media_type = row.media_type, .digest = row.digest, .size_bytes = row.size_bytes};
    return NULL;
}

const struct err *document_office_file(struct ctx *c, int64_t file_id, struct file *out)
{
    struct ask a = {.id = file_id, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, office_file, &a);
}

static const struct err *reading_list(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct reading_lines *out = a->out;
    struct q_reading_mine_rows rows = {0};
    TRY(q_reading_mine(c->tx,
        &(struct q_reading_mine_in){.me = c->actor.person_id, .today = c->today, .most = (int64_t)a->most}, &rows));
    struct reading_line *v = arena_many(c->arena, rows.n, struct reading_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct reading_line){.document_id = rows.v[i].document_id,
            .unit_id = rows.v[i].unit_id,
            .title = rows.v[i].title,
            .doc_number = rows.v[i].doc_number,
            .number = rows.v[i].index_number,
            .unit_name = rows.v[i].unit_name,
            .at = rows.v[i].created_ms,
            .read_at = rows.v[i].read_ms,
            .is_public = str_eq(rows.v[i].public_status, S("public"))};
    }
    *out = (struct reading_lines){v, rows.n};
    return NULL;
}

const struct err *document_reading_list(struct ctx *c, size_t most, struct reading_lines *out)
{
    struct ask a = {.most = most, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, reading_list, &a);
}

static const struct err *receipts(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct receipt_lines *out = a->out;
    struct loaded l = {0};
    TRY(document_load(c, a->id, &l));
    struct q_reading_of_document_rows rows = {0};
    TRY(q_reading_of_document(c->tx, &(struct q_reading_of_document_in){.document_id = a->id}, &rows));
    struct receipt_line *v = arena_many(c->arena, rows.n, struct receipt_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct receipt_line){.unit_name = rows.v[i].unit_name,
            .reader = rows.v[i].reader,
            .at = rows.v[i].created_ms,
            .read_at = rows.v[i].read_ms};
    }
    *out = (struct receipt_lines){v, rows.n};
    return NULL;
}

const struct err *document_receipts(struct ctx *c, int64_t document_id, struct receipt_lines *out)
{
    struct ask a = {.id = document_id, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, receipts, &a);
}

/* The text for a reader of the unit it was sent to: title, parts and files of the edition that was delivered. */
static const struct err *delivered(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct office_document *o = a->out;
    struct q_reading_find_row row = {0};
    bool found = false;
    TRY(q_reading_find(c->tx,
        &(struct q_reading_find_in){.document_id = a->id, .me = c->actor.person_id, .today = c->today}, &row, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这份公文，或者没有发给您的单位。"));
    }
    struct loaded l = {0};
    TRY(document_load_any(c, a->id, &l));
    TRY(q_edition_find(c->tx, &(struct q_edition_find_in){.id = row.edition_id}, &l.e, &found));
    must(found);
    l.status = (enum edition_status)status_by_stored(&edition_steps, l.e.status)->id;
    office_fill(&l, o);
    if (l.status == EDITION_WITHDRAWN) {
        o->title = S("已撤下的公文");
        return NULL; /* the reading item stays, the text is gone; a title may name somebody */
    }
    TRY(office_names(c, l.e.edition_id, o));
    TRY(office_people(c, &l, o));
    return office_parts(c, l.e.edition_id, o);
}

const struct err *document_delivered_read(struct ctx *c, int64_t document_id, struct office_document *out)
{
    struct ask a = {.id = document_id, .out = out};
    return ctx_read(c, AUDIENCE_STAFF, delivered, &a);
}

static const struct err *draft_places(struct ctx *c, void *arg)
{
    struct places *out = arg;
    struct q_draft_units_rows rows = {0};
    TRY(q_draft_units(c->tx,
        &(struct q_draft_units_in){.me = c->actor.person_id, .today = c->today, .may = str_from(MAY_DOCUMENT_EDIT.name)}, &rows));
    struct place *v = arena_many(c->arena, rows.n, struct place);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct place){rows.v[i].unit_id, rows.v[i].name};
    }
    *out = (struct places){v, rows.n};
    return NULL;
}

const struct err *document_draft_places(struct ctx *c, struct places *out)
{
    return ctx_read(c, AUDIENCE_STAFF, draft_places, out);
}

static const struct err *categories(struct ctx *c, void *arg)
{
    struct name_values *out = arg;
    struct q_category_list_rows rows = {0};
    TRY(q_category_list(c->tx, &rows));
    struct name_value *v = arena_many(c->arena, rows.n, struct name_value);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct name_value){.value = rows.v[i].code, .label = rows.v[i].name};
    }
    *out = (struct name_values){v, rows.n};
    return NULL;
}

const struct err *document_categories(struct ctx *c, struct name_values *out)
{
    return ctx_read(c, AUDIENCE_STAFF, categories, out);
}

/* ---- worklist ---- */

static bool mine_to_do(struct ctx *c, const struct q_document_open_work_row *r, bool may_edit, bool may_publish)
{
    (void)c;
    if (str_eq(r->edition_status, S("draft"))) {
        return may_edit;
    }
    return str_eq(r->edition_status, S("approved")) && may_publish;
}

static const struct err *work_line(struct ctx *c, const struct q_document_open_work_row *r, struct work_items *into)
{
    bool may_edit = false;
    bool may_publish = false;
    TRY(may_in(c, &MAY_DOCUMENT_EDIT, r->unit_id, &may_edit));
    TRY(may_in(c, &MAY_DOCUMENT_PUBLISH, r->unit_id, &may_publish));
    if (!mine_to_do(c, r, may_edit, may_publish)) {
        return NULL;
    }
    struct publish_clock clock = {0};
    edition_clock(c, r->printed_on, r->signed_on, DATE_NONE, &clock);
    bool due = clock.known && r->no == 1 && str_eq(r->attribute, S("proactive"));
    bool draft = str_eq(r->edition_status, S("draft"));
    struct str formed = clock.known ? date_chinese(c->arena, clock.formed) : STR_NONE;
    struct str origin = due ? str_format(c->arena, "%.*s　%.*s形成　期限 %d 个工作日", STR_ARG(r->unit_name), STR_ARG(formed),
                                  clock.reckoning.term.count)
                            : r->unit_name;
    *vec_add(c->arena, into) = (struct work_item){
        .title = r->title,
        .href = str_cat(c->arena, document_location(c, r->document_id), draft ? S("/edit") : STR_NONE),
        .origin = origin,
        .step = draft ? (r->returned_reason.n > 0 ? S("退回修改") : S("起草")) : S("待发布"),
        .person = r->author,
        .action = draft ? S("去修改") : (str_eq(r->attribute, S("proactive")) ? S("去发布") : S("去归档")),
        .due = due ? clock.reckoning.last_day : DATE_NONE,
        .provisional = due && clock.reckoning.provisional,
    };
    return NULL;
}

static const struct err *reading_work(struct ctx *c, struct work_items *into)
{
    struct q_reading_waiting_rows rows = {0};
    TRY(q_reading_waiting(c->tx,
        &(struct q_reading_waiting_in){.me = c->actor.person_id, .today = c->today, .most = LIMIT_OFFICE_ROWS}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *vec_add(c->arena, into) = (struct work_item){
            .title = rows.v[i].title,
            .href = S("/office/reading"),
            .origin = str_format(c->arena, "%.*s收到　%.*s", STR_ARG(rows.v[i].unit_name),
                STR_ARG(instant_minute(c->arena, rows.v[i].created_ms))),
            .step = S("签收"),
            .action = S("去签收"),
            .due = DATE_NONE,
        };
    }
    return NULL;
}

const struct err *document_work(struct ctx *c, struct work_items *into)
{
    struct q_document_open_work_rows rows = {0};
    TRY(q_document_open_work(c->tx, &(struct q_document_open_work_in){.me = c->actor.person_id, .today = c->today, .most = 500}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(work_line(c, &rows.v[i], into));
    }
    return reading_work(c, into);
}
