/*
 * document_draft_ops.c: writing a draft. Body text passes the sanitiser here and nowhere else; what a form cannot hold (a number
 * that is no document number) is kept as typed, so that nothing a person wrote is lost before review.
 */
#include "base/rand.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_inside.h"
#include "core/event.h"
#include "core/unit.h"
#include "html/sanitise.h"
#include "intake/page.h"
#include "rules/number.h"

#include "base/ban.h"

/* The columns of an edition that a draft form fills, normalised. */
struct draft_values {
    struct str title, doc_number, doc_number_typed, interpretations, stage, sent_to, copy_to;
    int64_t replaces_id;
};

/* A publisher replaces what it or a unit below it published: a school repeals nothing of the bureau. */
static const struct err *take_if_own(struct ctx *c, int64_t document_id, int64_t publisher_id, int64_t *id)
{
    struct q_document_find_any_row d = {0};
    bool found = false;
    bool own = false;
    TRY(q_document_find_any(c->tx, &(struct q_document_find_any_in){.id = document_id}, &d, &found));
    must(found);
    TRY(unit_within(c, d.publisher_id, publisher_id, &own));
    if (own) {
        *id = document_id;
    }
    return NULL;
}

static const struct err *find_replaced(struct ctx *c, struct str replaces, int64_t publisher_id, int64_t *id)
{
    *id = 0;
    if (replaces.n == 0) {
        return NULL;
    }
    struct q_document_id_by_number_row by_index = {0};
    bool found = false;
    TRY(q_document_id_by_number(c->tx, &(struct q_document_id_by_number_in){.number = replaces}, &by_index, &found));
    if (found) {
        return take_if_own(c, by_index.document_id, publisher_id, id);
    }
    struct document_number number = {0};
    if (!document_number_parse(c->arena, replaces, &number)) {
        return NULL;
    }
    struct q_document_id_by_doc_number_rows rows = {0};
    struct str stored = document_number_format(c->arena, &number);
    TRY(q_document_id_by_doc_number(c->tx, &(struct q_document_id_by_doc_number_in){.doc_number = stored}, &rows));
    return rows.n == 1 ? take_if_own(c, rows.v[0].document_id, publisher_id, id) : NULL;
}

static const struct err *draft_values_make(struct ctx *c, const struct draft_input *in, int64_t publisher_id, struct draft_values *v)
{
    struct document_number number = {0};
    bool numbered = in->doc_number.n > 0 && document_number_parse(c->arena, in->doc_number, &number);
    *v = (struct draft_values){
        .title = in->title.n > 0 ? in->title : S("未命名文稿"),
        .doc_number = numbered ? document_number_format(c->arena, &number) : STR_NONE,
        .doc_number_typed = in->doc_number,
        .interpretations = str_join(c->arena, in->interpretations, S(",")),
        .stage = in->stage,
        .sent_to = str_join(c->arena, document_split_names(c->arena, in->addressees), S("，")),
        .copy_to = str_join(c->arena, document_split_names(c->arena, in->cc), S("，")),
    };
    return find_replaced(c, in->replaces, publisher_id, &v->replaces_id);
}

/* A text of more pieces than this is no document, and pages that compare it need memory by the piece. */
enum { PIECES_MOST = 60000 };

/* In clean HTML every < begins a tag. */
static size_t pieces_in(struct html body)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < body.safe.n; i++) {
        n += body.safe.p[i] == '<' && body.safe.p[i + 1] != '/' ? 1 : 0;
    }
    return n;
}

static const struct err *put_part(struct ctx *c, int64_t edition_id, int64_t no, struct str title, struct str source, size_t *pieces)
{
    /* Without script a person types lines; no tag means that nothing in it is meant as one. */
    bool typed = str_find_byte(source, '<', 0) < 0;
    struct html body = sanitise(c->arena, typed ? text_to_html(c->arena, source) : source, NULL);
    *pieces += pieces_in(body);
    if (*pieces > PIECES_MOST) {
        return err_field(c->arena, S("body"), S("正文的段落和表格格子太多，最多 6 万个。请把大表格作为附件上传。"));
    }
    return q_part_add(c->tx, &(struct q_part_add_in){.edition_id = edition_id,
                                 .no = no,
                                 .title = text_line(c->arena, title),
                                 .body = body.safe,
                                 .visible = false});
}

static const struct err *put_parts(struct ctx *c, int64_t edition_id, const struct draft_input *in)
{
    TRY(q_part_clear(c->tx, &(struct q_part_clear_in){.edition_id = edition_id}));
    size_t pieces = 0;
    TRY(put_part(c, edition_id, 0, STR_NONE, in->body, &pieces));
    int64_t no = 1;
    size_t pairs = in->part_title.n > in->part_body.n ? in->part_title.n : in->part_body.n;
    for (size_t i = 0; i < pairs; i++) {
        struct str title = i < in->part_title.n ? str_trim(in->part_title.v[i]) : STR_NONE;
        struct str body = i < in->part_body.n ? str_trim(in->part_body.v[i]) : STR_NONE;
        if (title.n == 0 && body.n == 0) {
            continue;
        }
        if (utf8_count(title) > LIMIT_TITLE_CHARS) {
            return err_field(c->arena, S("part_title"), S("所附文件的标题最多 200 个字。"));
        }
        TRY(put_part(c, edition_id, no++, title, body, &pieces));
    }
    return NULL;
}

static const struct err *put_files(struct ctx *c, int64_t edition_id, const struct draft_input *in)
{
    for (size_t i = 0; i < in->remove_file.n; i++) {
        int64_t changed = 0;
        TRY(q_file_remove(c->tx,
            &(struct q_file_remove_in){.edition_id = edition_id, .file_id = in->remove_file.v[i]}, &changed));
    }
    struct q_file_list_rows have = {0};
    TRY(q_file_list(c->tx, &(struct q_file_list_in){.edition_id = edition_id}, &have));
    if (have.n + in->files.n > LIMIT_ATTACHMENTS) {
        return err_field(c->arena, S("files"), S("附件最多 50 个，请先删去一些。"));
    }
    int64_t no = have.n > 0 ? have.v[have.n - 1].no : 0;
    for (size_t i = 0; i < in->files.n; i++) {
        const struct file *f = &in->files.v[i];
        TRY(q_file_add(c->tx, &(struct q_file_add_in){.file_id = id_make(c->now),
                                  .edition_id = edition_id,
                                  .no = ++no,
                                  .name = f->name,
                                  .media_type = f->media_type,
                                  .digest = f->digest,
                                  .size_bytes = f->size_bytes,
                                  .visible = false}));
    }
    return NULL;
}

static const struct err *put_rest(struct ctx *c, int64_t edition_id, const struct draft_input *in)
{
    TRY(put_parts(c, edition_id, in));
    TRY(put_files(c, edition_id, in));
    TRY(document_put_addressees(c, edition_id, in->addressees));
    TRY(document_put_cc(c, edition_id, in->cc));
    if (c->actor.person_id != 0) {
        TRY(q_writer_add(c->tx, &(struct q_writer_add_in){.edition_id = edition_id, .person_id = c->actor.person_id}));
    }
    return NULL;
}

/* Where does it go? The unit is the one chosen, and it must be one where the writer may draft. */
static const struct err *draft_place(struct ctx *c, const struct draft_input *in, int64_t *unit_id, struct unit *publisher)
{
    *unit_id = in->unit_id;
    if (*unit_id == 0) {
        struct q_draft_units_rows units = {0};
        TRY(q_draft_units(c->tx,
            &(struct q_draft_units_in){.me = c->actor.person_id, .today = c->today, .may = str_from(MAY_DOCUMENT_EDIT.name)}, &units));
        if (units.n == 0) {
            return err_make(c->arena, ERR_DENIED, S("您还没有起草公文的岗位，请联系系统管理员。"));
        }
        *unit_id = units.v[0].unit_id;
    }
    TRY(may_require_in(c, &MAY_DOCUMENT_EDIT, *unit_id));
    return unit_publisher(c, *unit_id, publisher);
}

/* The first of the tenant's categories, in its official order. */
static const struct err *category_default(struct ctx *c, struct str *code)
{
    struct q_category_list_rows rows = {0};
    TRY(q_category_list(c->tx, &rows));
    *code = rows.n > 0 ? rows.v[0].code : STR_NONE;
    return NULL;
}

static const struct err *category_is(struct ctx *c, struct str code)
{
    struct q_category_name_row row = {0};
    bool found = false;
    TRY(q_category_name(c->tx, &(struct q_category_name_in){.code = code}, &row, &found));
    return found ? NULL : err_field(c->arena, S("category"), S("请选择信息类别。"));
}

const struct err *document_create(struct ctx *c, const struct draft_input *in, struct op_done *done)
{
    int64_t unit_id = 0;
    struct unit publisher = {0};
    TRY(draft_place(c, in, &unit_id, &publisher));
    struct str category = in->category;
    if (category.n == 0) {
        TRY(category_default(c, &category));
    }
    TRY(category_is(c, category));
    struct draft_values v = {0};
    TRY(draft_values_make(c, in, publisher.unit_id, &v));

    int64_t document_id = id_make(c->now);
    int64_t edition_id = id_make(c->now);
    int64_t changed = 0;
    TRY(q_document_add(c->tx, &(struct q_document_add_in){.id = document_id,
                                  .unit_id = unit_id,
                                  .publisher_id = publisher.unit_id,
                                  .author_id = c->actor.person_id,
                                  .origin = S("program"),
                                  .status = S("working"),
                                  .category = category,
                                  .edition_id = edition_id,
                                  .created_ms = c->now}, &changed));
    must(changed == 1);
    TRY(q_edition_add(c->tx, &(struct q_edition_add_in){.id = edition_id,
                                 .document_id = document_id,
                                 .no = 1,
                                 .status = S("draft"),
                                 .author_id = c->actor.person_id,
                                 .title = v.title,
                                 .doc_number = v.doc_number,
                                 .doc_number_typed = v.doc_number_typed,
                                 .remark = in->remark,
                                 .theme = in->theme,
                                 .signed_on = in->signed_on,
                                 .printed_on = in->printed_on,
                                 .claimed_on = DATE_NONE,
                                 .sign_office = in->sign_office,
                                 .print_office = in->print_office,
                                 .attribute = in->attribute.n > 0 ? in->attribute : S("proactive"),
                                 .ground = in->ground,
                                 .ground_reason = in->ground_reason,
                                 .basis = in->basis,
                                 .stage = v.stage,
                                 .interpretations = v.interpretations,
                                 .summary = in->summary,
                                 .keywords = in->keywords,
                                 .replaces = in->replaces,
                                 .replaces_id = v.replaces_id,
                                 .valid_to = in->valid_to,
                                 .sent_to = v.sent_to,
                                 .copy_to = v.copy_to,
                                 .published_ms = INSTANT_NONE,
                                 .posted_ms = INSTANT_NONE,
                                 .posted_exact = false,
                                 .saved_ms = c->now,
                                 .saved_by = c->actor.person_id}));
    TRY(put_rest(c, edition_id, in));
    c->subject = str_format(c->arena, "document:%lld", (long long)document_id);
    TRY(event_add(c, S("document.drafted"), S("document"), document_id, STR_NONE));

    *done = (struct op_done){.id = document_id,
        .version = 1,
        .words = S("草稿已保存。"),
        .location = str_cat(c->arena, document_location(c, document_id), S("/edit"))};
    return NULL;
}

static const struct err *save_edition(struct ctx *c, const struct loaded *l, const struct draft_input *in)
{
    struct draft_values v = {0};
    TRY(draft_values_make(c, in, l->d.publisher_id, &v));
    int64_t changed = 0;
    TRY(q_edition_save(c->tx, &(struct q_edition_save_in){.id = l->e.edition_id,
                                  .version = in->version,
                                  .title = v.title,
                                  .doc_number = v.doc_number,
                                  .doc_number_typed = v.doc_number_typed,
                                  .remark = in->remark,
                                  .theme = in->theme,
                                  .signed_on = in->signed_on,
                                  .printed_on = in->printed_on,
                                  .sign_office = in->sign_office,
                                  .print_office = in->print_office,
                                  .attribute = in->attribute.n > 0 ? in->attribute : l->e.attribute,
                                  .ground = in->ground,
                                  .ground_reason = in->ground_reason,
                                  .basis = in->basis,
                                  .stage = v.stage,
                                  .interpretations = v.interpretations,
                                  .summary = in->summary,
                                  .keywords = in->keywords,
                                  .replaces = in->replaces,
                                  .replaces_id = v.replaces_id,
                                  .valid_to = in->valid_to,
                                  .sent_to = v.sent_to,
                                  .copy_to = v.copy_to,
                                  .change_reason = l->e.no > 1 ? in->change_reason : STR_NONE,
                                  .saved_ms = c->now,
                                  .saved_by = c->actor.person_id}, &changed));
    return changed == 1 ? NULL : document_lost_race(c, l);
}

const struct err *document_save(struct ctx *c, const struct draft_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(document_load(c, in->id, &l));
    TRY(may_require_in(c, &MAY_DOCUMENT_EDIT, l.d.unit_id));
    if (l.status != EDITION_DRAFT) {
        return err_make(c->arena, ERR_CONFLICT, S("稿件已经送审或者发布，不能直接修改。请先撤回送审；已发布的，请做更正。"));
    }
    TRY(document_same_version(c, &l, in->version));
    TRY(save_edition(c, &l, in));
    TRY(put_rest(c, l.e.edition_id, in));
    if (in->category.n > 0 && l.d.index_number.n == 0) {
        TRY(category_is(c, in->category));
        int64_t changed = 0;
        TRY(q_document_set_draft(c->tx, &(struct q_document_set_draft_in){.id = l.d.document_id,
                                            .category = in->category,
                                            .unit_id = l.d.unit_id,
                                            .publisher_id = l.d.publisher_id}, &changed));
    }
    c->subject = str_format(c->arena, "document:%lld", (long long)l.d.document_id);
    TRY(event_add(c, S("document.saved"), S("document"), l.d.document_id, STR_NONE));
    *done = (struct op_done){.id = l.d.document_id,
        .version = l.e.version + 1,
        .words = S("草稿已保存。"),
        .location = str_cat(c->arena, document_location(c, l.d.document_id), S("/edit"))};
    return NULL;
}

/* A correction starts as a copy of the public edition. */
static const struct err *copy_edition(struct ctx *c, const struct loaded *l, const struct correct_input *in, int64_t edition_id)
{
    const struct q_edition_find_row *e = &l->e;
    struct q_edition_last_no_row last = {0};
    bool found = false;
    TRY(q_edition_last_no(c->tx, &(struct q_edition_last_no_in){.document_id = l->d.document_id}, &last, &found));
    must(found);
    TRY(q_edition_add(c->tx, &(struct q_edition_add_in){.id = edition_id,
                                 .document_id = l->d.document_id,
                                 .no = last.no + 1,
                                 .status = S("draft"),
                                 .author_id = c->actor.person_id,
                                 .title = e->title,
                                 .doc_number = e->doc_number,
                                 .doc_number_typed = e->doc_number_typed,
                                 .remark = e->remark,
                                 .theme = e->theme,
                                 .signed_on = e->signed_on,
                                 .printed_on = e->printed_on,
                                 .claimed_on = e->claimed_on,
                                 .sign_office = e->sign_office,
                                 .print_office = e->print_office,
                                 .attribute = e->attribute,
                                 .ground = e->ground,
                                 .ground_reason = e->ground_reason,
                                 .basis = e->basis,
                                 .stage = e->stage,
                                 .interpretations = e->interpretations,
                                 .summary = e->summary,
                                 .keywords = e->keywords,
                                 .replaces = e->replaces,
                                 .replaces_id = e->replaces_id,
                                 .valid_to = e->valid_to,
                                 .sent_to = e->sent_to,
                                 .copy_to = e->copy_to,
                                 .change_kind = in->change_kind,
                                 .change_reason = in->change_reason,
                                 .published_ms = INSTANT_NONE,
                                 .posted_ms = e->posted_ms,
                                 .posted_exact = e->posted_exact,
                                 .saved_ms = c->now,
                                 .saved_by = c->actor.person_id}));
    struct q_part_list_rows parts = {0};
    TRY(q_part_list(c->tx, &(struct q_part_list_in){.edition_id = e->edition_id}, &parts));
    for (size_t i = 0; i < parts.n; i++) {
        TRY(q_part_add(c->tx, &(struct q_part_add_in){.edition_id = edition_id,
                                  .no = parts.v[i].no,
                                  .title = parts.v[i].title,
                                  .body = parts.v[i].body,
                                  .visible = false}));
    }
    struct q_file_list_rows files = {0};
    TRY(q_file_list(c->tx, &(struct q_file_list_in){.edition_id = e->edition_id}, &files));
    for (size_t i = 0; i < files.n; i++) {
        TRY(q_file_add(c->tx, &(struct q_file_add_in){.file_id = id_make(c->now),
                                  .edition_id = edition_id,
                                  .no = files.v[i].no,
                                  .name = files.v[i].name,
                                  .media_type = files.v[i].media_type,
                                  .digest = files.v[i].digest,
                                  .size_bytes = files.v[i].size_bytes,
                                  .visible = false}));
    }
    return NULL;
}

static const struct err *copy_names(struct ctx *c, int64_t from_id, int64_t edition_id)
{
    struct q_addressee_list_rows to = {0};
    TRY(q_addressee_list(c->tx, &(struct q_addressee_list_in){.edition_id = from_id}, &to));
    for (size_t i = 0; i < to.n; i++) {
        TRY(q_addressee_add(c->tx, &(struct q_addressee_add_in){.edition_id = edition_id,
                                       .no = to.v[i].no,
                                       .name = to.v[i].name,
                                       .unit_id = to.v[i].unit_id}));
    }
    struct q_cc_list_rows cc = {0};
    TRY(q_cc_list(c->tx, &(struct q_cc_list_in){.edition_id = from_id}, &cc));
    for (size_t i = 0; i < cc.n; i++) {
        TRY(q_cc_add(c->tx, &(struct q_cc_add_in){.edition_id = edition_id, .no = cc.v[i].no, .name = cc.v[i].name}));
    }
    return NULL;
}

const struct err *document_correct(struct ctx *c, const struct correct_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(document_load(c, in->id, &l));
    TRY(may_require_in(c, &MAY_DOCUMENT_EDIT, l.d.unit_id));
    if (l.status != EDITION_PUBLISHED) {
        return err_make(c->arena, ERR_CONFLICT, S("只有已发布的文件可以更正；已经有一份更正稿在办的，请接着办那一份。"));
    }
    int64_t edition_id = id_make(c->now);
    TRY(copy_edition(c, &l, in, edition_id));
    TRY(copy_names(c, l.e.edition_id, edition_id));
    TRY(q_writer_add(c->tx, &(struct q_writer_add_in){.edition_id = edition_id, .person_id = c->actor.person_id}));
    int64_t changed = 0;
    TRY(q_document_set_latest(c->tx, &(struct q_document_set_latest_in){.id = l.d.document_id,
                                         .edition_id = edition_id,
                                         .seen_edition_id = l.e.edition_id}, &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_CONFLICT, S("已经有一份更正稿在办，请接着办那一份。"));
    }
    c->subject = str_format(c->arena, "document:%lld", (long long)l.d.document_id);
    TRY(event_add(c, S("document.correction_begun"), S("document"), l.d.document_id, STR_NONE));
    *done = (struct op_done){.id = l.d.document_id,
        .version = 1,
        .words = S("更正稿已建好，改完后送审。发布之前，公开页上仍是现在的版本。"),
        .location = str_cat(c->arena, document_location(c, l.d.document_id), S("/edit"))};
    return NULL;
}
