/*
 * document_web_office.c: the office's pages of a document: what it is, what happened, what can be done now.
 */
#include "base/json.h"
#include "base/limits.h"
#include "base/vec.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_web.h"
#include "core/event.h"
#include "document_views.h"
#include "web/session.h"

#include "base/ban.h"

static const struct err *not_here(struct exchange *ex)
{
    return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
}

static struct url action_url(struct exchange *ex, int64_t id, const char *verb)
{
    return url_path(ex->ctx.arena, str_format(ex->ctx.arena, "/office/documents/%lld%s", (long long)id, verb));
}

/* ---- history in words ---- */

static struct str event_label(struct str kind)
{
    // clang-format off
    static const struct choice words[] = {
        {"document.drafted", "新建文稿"}, {"document.submitted", "送审"}, {"document.recalled", "撤回送审"},
        {"document.returned", "退回起草"}, {"document.approved", "审核通过，待发布"}, {"document.reopened", "发布前退回起草"},
        {"document.published", "发布"}, {"document.filed", "归档，不主动公开"}, {"document.withdrawn", "撤下"},
        {"document.discarded", "作废"}, {"document.correction_begun", "开始更正"}, {"document.validity_changed", "更新有效性"},
        {"document.imported", "录入导入"}, {"document.import_repeated", "再次导入（没有变化）"},
        {"document.acknowledged", "签收"}, {"document.superseded", "被新版代替"},
        {"review.level_passed", "通过"}, {"review.returned", "退回"}, {"review.caught_up", "补审"}, {"review.urgent", "转为应急办理"},
    };
    // clang-format on
    return document_choice_label(words, sizeof words / sizeof words[0], kind);
}

/* "科室审核通过": an event of a level names the level. */
static struct str event_words(struct exchange *ex, const struct event_line *e)
{
    const struct json *detail = NULL;
    struct str label = event_label(e->kind);
    if (e->detail.n == 0 || json_parse(ex->ctx.arena, e->detail, &detail) != NULL) {
        return label;
    }
    return str_cat(ex->ctx.arena, json_text(json_get(detail, S("name"))), label);
}

struct history_ask {
    int64_t id;
    struct event_lines lines;
};

static const struct err *history_read(struct ctx *c, void *arg)
{
    struct history_ask *h = arg;
    return event_list(c, S("document"), h->id, &h->lines);
}

static const struct err *history(struct exchange *ex, int64_t id, struct office_history *out)
{
    struct history_ask h = {.id = id};
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, history_read, &h));
    struct {
        struct history_line *v;
        size_t n, cap;
    } list = {0};
    for (size_t i = 0; i < h.lines.n; i++) {
        if (!str_eq(h.lines.v[i].kind, S("document.saved"))) { /* every autosave is one */
            *vec_add(ex->ctx.arena, &list) = (struct history_line){h.lines.v[i].at, event_words(ex, &h.lines.v[i]), h.lines.v[i].actor};
        }
    }
    *out = (struct office_history){list.v, list.n};
    return NULL;
}

/* ---- the page of one document ---- */

static struct area_field reason_area(struct exchange *ex, const struct err *fault, const char *name, const char *id, const char *label, const char *hint)
{
    struct str field = str_from(name);
    struct str typed = form_text(ex, field, values_get(&ex->query, field));
    return (struct area_field){.name = field, .id = str_from(id), .label = str_from(label), .hint = str_from(hint), .value = typed,
        .error = fault != NULL ? fault_of(fault, field) : STR_NONE, .required = true, .rows = 3, .max_chars = LIMIT_NOTE_CHARS};
}

static void buttons(struct office_page *p)
{
    const struct office_document *d = p->d;
    bool approved = d->edition_status == EDITION_APPROVED;
    bool in_review = d->edition_status == EDITION_IN_REVIEW;
    bool draft = d->edition_status == EDITION_DRAFT;
    bool proactive = str_eq(d->attribute, S("proactive"));
    p->can_edit = draft && d->may_edit;
    p->can_submit = draft && d->may_edit;
    p->can_discard = draft && d->may_edit;
    p->can_recall = in_review && d->may_edit;
    p->can_publish = approved && d->may_publish && proactive && !d->wrote;
    p->can_file = approved && d->may_publish && !proactive && !d->wrote;
    p->can_reopen = approved && d->may_publish;
    p->can_emergency = in_review && d->may_emergency && proactive && !d->wrote;
    p->can_correct = d->edition_status == EDITION_PUBLISHED && d->may_edit;
    p->can_withdraw = d->is_public && d->may_publish;
    p->can_validity = d->is_public && d->may_publish;
    if (approved && d->may_publish && d->wrote) {
        p->cannot_publish = S("您写过这份稿件，发布须由别人来做。");
    }
}

static void urls(struct exchange *ex, struct office_page *p)
{
    int64_t id = p->d->document_id;
    p->edit = action_url(ex, id, "/edit");
    p->submit = action_url(ex, id, "/submit");
    p->recall = action_url(ex, id, "/recall");
    p->reopen = action_url(ex, id, "/reopen");
    p->publish = action_url(ex, id, "/publish");
    p->file = action_url(ex, id, "/file");
    p->emergency = action_url(ex, id, "/emergency");
    p->discard = action_url(ex, id, "/discard");
    p->correct = action_url(ex, id, "/correct");
    p->withdraw = action_url(ex, id, "/withdraw");
    p->validity = action_url(ex, id, "/validity");
    p->preview = action_url(ex, id, "/preview");
    p->sheet = action_url(ex, id, "/sheet");
    p->review = url_path(ex->ctx.arena, str_format(ex->ctx.arena, "/office/review/of/%lld", (long long)id));
    if (p->d->number.n > 0) {
        p->public_page = url_path(ex->ctx.arena, str_cat(ex->ctx.arena, S("/d/"), url_encode(ex->ctx.arena, p->d->number)));
    }
}

static struct choice_field pick(struct exchange *ex, const struct err *fault, const char *name, const char *label, const struct choice *table, size_t n)
{
    struct str field = str_from(name);
    return (struct choice_field){.name = field, .label = str_from(label), .required = true,
        .error = fault != NULL ? fault_of(fault, field) : STR_NONE,
        .options = options_of(ex->ctx.arena, table, n, form_text(ex, field, STR_NONE))};
}

static void fields(struct exchange *ex, const struct err *fault, struct office_page *p)
{
    p->late_reason = reason_area(ex, fault, "late_reason", "late_reason", "逾期原因", "会显示在公开页上；发布时间由系统记录，不能更改");
    p->emergency_reason = reason_area(ex, fault, "emergency_reason", "emergency_reason", "应急发布原因", "例如：台风停课，须立即告知家长");
    p->change_reason = reason_area(ex, fault, "change_reason", "change_reason", "更正原因", "会显示在公开页上");
    p->withdraw_reason = reason_area(ex, fault, "reason", "reason", "撤下原因", "会显示在公开页上，不要写个人信息");
    p->validity_reason = reason_area(ex, fault, "reason", "validity_reason", "说明", "写明依据，例如：云教〔2026〕30号宣布废止");
    p->validity_reason.required = false;
    p->change_kind = pick(ex, fault, "change_kind", "更正类型", document_change_kinds, 5);
    p->withdraw_kind = pick(ex, fault, "kind", "撤下类型", document_withdraw_kinds, 5);
    p->validity_choice = pick(ex, fault, "validity", "有效性", document_validities, 3);
    p->valid_to = (struct date_field){.name = S("valid_to"), .label = S("有效期至"), .value = form_text(ex, S("valid_to"), STR_NONE)};
}

static const struct err *office_show(struct exchange *ex, int64_t id, const struct err *fault)
{
    struct arena *a = ex->ctx.arena;
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_office_read(&ex->ctx, id, d));
    struct office_page *p = arena_new(a, struct office_page);
    p->d = d;
    page_begin(ex, &p->page, d->title, S("/office/documents"));
    if (fault != NULL) {
        struct fault *one = arena_new(a, struct fault);
        one->words = fault->words;
        p->page.faults = fault->faults.n > 0 ? fault->faults : (struct faults){one, 1};
    }
    p->id = str_from_int(a, id);
    p->version = str_from_int(a, d->version);
    buttons(p);
    urls(ex, p);
    fields(ex, fault, p);
    p->musts = document_reason_lines(ex, &d->reasons, true);
    p->advice = document_reason_lines(ex, &d->reasons, false);
    TRY(history(ex, id, &p->history));
    TRY(document_receipts(&ex->ctx, id, &p->receipts));
    view_office_document_page(&ex->out, p);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *document_page_show(struct exchange *ex)
{
    int64_t id = 0;
    return exchange_param_id(ex, S("id"), &id) ? office_show(ex, id, NULL) : not_here(ex);
}

/* ---- acts: each form of the page posts here ---- */

/* The password is wanted again: what was typed travels along, so that nothing is lost on the way. */
static const struct err *prove_first(struct exchange *ex, int64_t id)
{
    struct arena *a = ex->ctx.arena;
    static const char *const kept[] = {"late_reason", "emergency_reason", "reason"};
    struct buf next = buf_make(a, KIB(32));
    buf_format(&next, "/office/documents/%lld", (long long)id);
    char mark = '?';
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        struct str typed = values_get(&ex->form, str_from(kept[i]));
        if (typed.n > 0 && typed.n < 1500) {
            buf_format(&next, "%c%s=%.*s", mark, kept[i], STR_ARG(url_encode(a, typed)));
            mark = '&';
        }
    }
    return exchange_go(ex, str_format(a, "/office/prove?next=%.*s", STR_ARG(url_encode(a, buf_str(&next)))));
}

static const struct err *act(struct exchange *ex, const struct op *op)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return not_here(ex);
    }
    struct value *v = arena_many(ex->ctx.arena, ex->form.n + 1, struct value);
    size_t n = 0;
    v[n++] = (struct value){.name = S("id"), .text = str_from_int(ex->ctx.arena, id)};
    for (size_t i = 0; i < ex->form.n; i++) {
        if (!str_eq(ex->form.v[i].name, S("id"))) {
            v[n++] = ex->form.v[i];
        }
    }
    ex->form = (struct values){v, n};
    const struct err *fault = NULL;
    const struct err *e = exchange_op(ex, op, &fault);
    if (fault == NULL) {
        return e;
    }
    if (fault->kind == ERR_LOGIN && ex->session.is) {
        return prove_first(ex, id);
    }
    return fault->kind == ERR_UNKNOWN || fault->kind == ERR_DENIED ? fault : office_show(ex, id, fault);
}

const struct err *document_post_submit(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_SUBMIT);
}

const struct err *document_post_recall(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_RECALL);
}

const struct err *document_post_reopen(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_REOPEN);
}

const struct err *document_post_publish(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_PUBLISH);
}

const struct err *document_post_file(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_FILE);
}

const struct err *document_post_emergency(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_EMERGENCY);
}

const struct err *document_post_discard(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_DISCARD);
}

const struct err *document_post_correct(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_CORRECT);
}

const struct err *document_post_withdraw(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_WITHDRAW);
}

const struct err *document_post_validity(struct exchange *ex)
{
    return act(ex, OP_DOCUMENT_VALIDITY);
}

/* ---- preview, sheet, files ---- */

const struct err *document_page_preview(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return not_here(ex);
    }
    struct arena *a = ex->ctx.arena;
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_office_read(&ex->ctx, id, d));
    struct preview_page *p = arena_new(a, struct preview_page);
    page_begin(ex, &p->page, S("预览"), S("/office/documents"));
    p->d = d;
    p->letterhead = document_letterhead(a, d->publisher_name);
    p->words = S("预览，还没有公开。");
    p->back = action_url(ex, id, "");
    view_preview_page(&ex->out, p);
    return exchange_page(ex, 200);
}

/* What was sent to the reader's unit, in the same layout. */
const struct err *document_page_delivered(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return not_here(ex);
    }
    struct arena *a = ex->ctx.arena;
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_delivered_read(&ex->ctx, id, d));
    struct preview_page *p = arena_new(a, struct preview_page);
    page_begin(ex, &p->page, d->title, S("/office/reading"));
    p->d = d;
    p->letterhead = document_letterhead(a, d->publisher_name);
    p->words = d->edition_status == EDITION_WITHDRAWN ? S("这份公文已经撤下，正文不再显示。") : S("发给本单位的公文。");
    p->back = url_path(a, S("/office/reading"));
    view_preview_page(&ex->out, p);
    return exchange_page(ex, 200);
}

const struct err *document_page_office_sheet(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return not_here(ex);
    }
    struct arena *a = ex->ctx.arena;
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_office_read(&ex->ctx, id, d));
    struct sheet_page *s = arena_new(a, struct sheet_page);
    page_begin(ex, &s->page, S("公开期限核算"), S("/office/documents"));
    s->title = d->title;
    s->number = d->number;
    s->back = action_url(ex, id, "");
    document_sheet_fill(ex, s, &d->clock);
    view_office_sheet_page(&ex->out, s);
    return exchange_page(ex, 200);
}

const struct err *document_page_office_file(struct exchange *ex)
{
    int64_t id = 0;
    struct file f = {0};
    if (!exchange_param_id(ex, S("id"), &id)) {
        return not_here(ex);
    }
    TRY(document_office_file(&ex->ctx, id, &f));
    return exchange_blob(ex, &f, false);
}

/* ---- lists ---- */

static struct options status_options(struct exchange *ex, struct str chosen)
{
    static const enum edition_status shown[] = {EDITION_DRAFT, EDITION_IN_REVIEW, EDITION_APPROVED, EDITION_PUBLISHED, EDITION_FILED, EDITION_WITHDRAWN};
    size_t n = sizeof shown / sizeof shown[0];
    struct option *v = arena_many(ex->ctx.arena, n, struct option);
    for (size_t i = 0; i < n; i++) {
        const struct status *s = status_by_id(&edition_steps, (int)shown[i]);
        v[i] = (struct option){.value = str_from(s->stored), .label = str_from(s->label), .chosen = str_eq(chosen, str_from(s->stored))};
    }
    return (struct options){v, n};
}

const struct err *document_page_documents(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct str status = values_get(&ex->query, S("status"));
    int64_t before = 0;
    if (!str_to_int(values_get(&ex->query, S("before")), &before) || before < 0) {
        before = 0;
    }
    struct office_list_page *p = arena_new(a, struct office_list_page);
    p->status = (struct choice_field){.name = S("status"), .label = S("状态"), .blank = S("全部"), .required = true, .options = status_options(ex, status)};
    bool known = false;
    for (size_t i = 0; i < p->status.options.n; i++) {
        known = known || p->status.options.v[i].chosen;
    }
    status = known ? status : STR_NONE;
    TRY(document_office_list(&ex->ctx, status, before, LIMIT_OFFICE_ROWS, &p->list));
    page_begin(ex, &p->page, S("公文"), S("/office/documents"));
    p->create = url_path(a, S("/office/documents/new"));
    p->may_create = may_among(ex->session.mays, &MAY_DOCUMENT_EDIT);
    if (p->list.more) {
        p->next = url_path(a, str_format(a, "/office/documents?before=%lld&status=%.*s", (long long)p->list.v[p->list.n - 1].document_id, STR_ARG(status)));
    }
    view_office_list_page(&ex->out, p);
    return exchange_page(ex, 200);
}

static const struct err *reading_show(struct exchange *ex, const struct err *fault)
{
    struct arena *a = ex->ctx.arena;
    struct reading_lines lines = {0};
    TRY(document_reading_list(&ex->ctx, LIMIT_OFFICE_ROWS, &lines));
    struct reading_page *p = arena_new(a, struct reading_page);
    page_begin(ex, &p->page, S("收文"), S("/office/reading"));
    if (fault != NULL) {
        struct fault *one = arena_new(a, struct fault);
        one->words = fault->words;
        p->page.faults = (struct faults){one, 1};
    }
    struct reading_row *v = arena_many(a, lines.n, struct reading_row);
    for (size_t i = 0; i < lines.n; i++) {
        const struct reading_line *l = &lines.v[i];
        v[i] = (struct reading_row){.line = l, .id = str_from_int(a, l->document_id), .unit_id = str_from_int(a, l->unit_id)};
    }
    p->rows = (struct reading_rows){v, lines.n};
    view_reading_page(&ex->out, p);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *document_page_reading(struct exchange *ex)
{
    return reading_show(ex, NULL);
}

const struct err *document_post_reading(struct exchange *ex)
{
    const struct err *fault = NULL;
    const struct err *e = exchange_op(ex, OP_DOCUMENT_ACKNOWLEDGE, &fault);
    return fault == NULL ? e : reading_show(ex, fault);
}
