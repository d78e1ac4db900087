/*
 * review_web.c: the desk of a reviewer: what changed since he saw it last, who has concluded, his own conclusion; the secrecy form;
 * the chain.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "cap/review/review_inside.h"
#include "cap/review/review_web.h"
#include "core/unit.h"
#include "review_views.h"
#include "rules/ground.h"
#include "web/exchange.h"

#include "base/ban.h"

static const struct err *not_here(struct exchange *ex)
{
    return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这件审核，或者您无权查看。"));
}

struct case_ask {
    int64_t id;
    struct review_case_view *k;
    struct review_diff *diff;
};

static const struct err *case_read(struct ctx *c, void *arg)
{
    struct case_ask *a = arg;
    TRY(review_case_read(c, a->id, a->k));
    return review_diff_read(c, a->k, a->diff);
}

static struct options ground_options(struct exchange *ex, struct str chosen)
{
    struct {
        struct option *v;
        size_t n, cap;
    } list = {0};
    struct grounds all = ground_all();
    for (size_t i = 0; i < all.n; i++) {
        if (!date_is(all.v[i].to) || !date_before(all.v[i].to, ex->ctx.today)) {
            *vec_add(ex->ctx.arena, &list) = (struct option){.value = all.v[i].code,
                .label = str_format(ex->ctx.arena, "%.*s（%.*s）", STR_ARG(all.v[i].title), STR_ARG(all.v[i].basis)),
                .chosen = str_eq(all.v[i].code, chosen)};
        }
    }
    return (struct options){list.v, list.n};
}

static struct str words_of(const struct err *fault, const char *field)
{
    return fault == NULL ? STR_NONE : fault_of(fault, str_from(field));
}

/* The level this reader acts on: the current one, or a skipped one to be caught up. */
static const struct review_step_view *acting_level(const struct review_case_view *k)
{
    int no = k->may_conclude ? k->acting_no : k->catch_up_no;
    for (size_t i = 0; i < k->steps.n; i++) {
        if (k->steps.v[i].no == no) {
            return &k->steps.v[i];
        }
    }
    return NULL;
}

static void conclusion_fields(struct exchange *ex, const struct err *fault, struct review_page *p)
{
    struct arena *a = ex->ctx.arena;
    const struct review_step_view *level = acting_level(p->k);
    p->acts = level != NULL;
    if (level == NULL) {
        return;
    }
    p->catches_up = !p->k->may_conclude;
    p->level_name = level->name;
    p->proof = level->proof;
    p->no = str_from_int(a, level->no);
    p->secrecy = str_eq(level->kind, S("secrecy"));
    p->secrecy_choice = (struct choice_field){.name = S("secrecy"), .label = S("审查结论"), .required = true, .error = words_of(fault, "secrecy"),
        .options = options_of(a, review_secrecies, 3, form_text(ex, S("secrecy"), STR_NONE))};
    p->ground = (struct choice_field){.name = S("ground"), .label = S("不予公开的依据"), .blank = S("可以公开的不用选"), .error = words_of(fault, "ground"),
        .options = ground_options(ex, form_text(ex, S("ground"), STR_NONE))};
    p->opinion = (struct area_field){.name = S("opinion"), .label = S("意见"), .hint = S("退回时必填，起草人会看到"), .rows = 3,
        .max_chars = LIMIT_NOTE_CHARS, .value = form_text(ex, S("opinion"), STR_NONE), .error = words_of(fault, "opinion")};
    p->proof_done = (struct checkbox){.name = S("proof_done"), .error = words_of(fault, "proof_done"),
        .label = str_format(a, "本级校对已完成：%.*s", STR_ARG(level->proof)), .chosen = form_text(ex, S("proof_done"), STR_NONE).n > 0};
}

static void view_links(struct exchange *ex, struct review_page *p)
{
    struct arena *a = ex->ctx.arena;
    struct str view = values_get(&ex->query, S("view"));
    p->stacked = str_eq(view, S("stacked"));
    p->final_only = str_eq(view, S("final"));
    struct str base = str_format(a, "/office/review/%lld", (long long)p->k->case_id);
    p->view_side = url_path(a, base);
    p->view_stacked = url_path(a, str_cat(a, base, S("?view=stacked")));
    p->view_final = url_path(a, str_cat(a, base, S("?view=final")));
}

static const struct err *show(struct exchange *ex, int64_t id, const struct err *fault)
{
    struct arena *a = ex->ctx.arena;
    struct case_ask ask = {.id = id, .k = arena_new(a, struct review_case_view), .diff = arena_new(a, struct review_diff)};
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, case_read, &ask));
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_office_read(&ex->ctx, ask.k->document_id, d));
    struct review_page *p = arena_new(a, struct review_page);
    p->k = ask.k;
    p->d = d;
    p->diff = ask.diff;
    page_begin(ex, &p->page, str_cat(a, S("审核："), ask.k->title), S("/office"));
    if (fault != NULL) {
        struct fault *one = arena_new(a, struct fault);
        one->words = fault->words;
        p->page.faults = fault->faults.n > 0 ? fault->faults : (struct faults){one, 1};
    }
    p->version = str_from_int(a, ask.k->version);
    conclusion_fields(ex, fault, p);
    view_links(ex, p);
    p->urgent_action = url_path(a, str_format(a, "/office/review/%lld/urgent", (long long)id));
    p->urgent_reason = (struct area_field){.name = S("reason"), .label = S("应急办理原因"), .rows = 2, .required = true,
        .value = form_text(ex, S("reason"), STR_NONE), .error = words_of(fault, "reason")};
    p->action = url_path(a, str_format(a, "/office/review/%lld%s", (long long)id, p->catches_up ? "/catch-up" : ""));
    p->form = url_path(a, str_format(a, "/office/review/%lld/form", (long long)id));
    p->document = url_path(a, str_format(a, "/office/documents/%lld", (long long)ask.k->document_id));
    p->preview = url_path(a, str_format(a, "/office/documents/%lld/preview", (long long)ask.k->document_id));
    view_review_page(&ex->out, p);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

static const struct err *page_case(struct exchange *ex)
{
    int64_t id = 0;
    return exchange_param_id(ex, S("id"), &id) ? show(ex, id, NULL) : not_here(ex);
}

struct of_ask {
    int64_t document_id;
    struct review_case_view k;
    bool found;
};

static const struct err *of_read(struct ctx *c, void *arg)
{
    struct of_ask *a = arg;
    struct document_head d = {0};
    TRY(document_head_load(c, a->document_id, &d));
    return review_case_of(c, a->document_id, &a->k, &a->found);
}

/* The newest case of a document. */
static const struct err *page_of_document(struct exchange *ex)
{
    struct of_ask a = {0};
    if (!exchange_param_id(ex, S("id"), &a.document_id)) {
        return not_here(ex);
    }
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, of_read, &a));
    if (!a.found) {
        return not_here(ex);
    }
    return exchange_go(ex, str_format(ex->ctx.arena, "/office/review/%lld", (long long)a.k.case_id));
}

static const struct err *conclude(struct exchange *ex, const struct op *op)
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
    return fault->kind == ERR_UNKNOWN || fault->kind == ERR_DENIED ? fault : show(ex, id, fault);
}

static const struct err *post_conclude(struct exchange *ex)
{
    return conclude(ex, OP_REVIEW_CONCLUDE);
}

static const struct err *post_urgent(struct exchange *ex)
{
    return conclude(ex, OP_REVIEW_URGENT);
}

static const struct err *post_catch_up(struct exchange *ex)
{
    return conclude(ex, OP_REVIEW_CATCH_UP);
}

static const struct err *page_form(struct exchange *ex)
{
    struct case_ask ask = {0};
    if (!exchange_param_id(ex, S("id"), &ask.id)) {
        return not_here(ex);
    }
    struct arena *a = ex->ctx.arena;
    ask.k = arena_new(a, struct review_case_view);
    ask.diff = arena_new(a, struct review_diff);
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, case_read, &ask));
    struct office_document *d = arena_new(a, struct office_document);
    TRY(document_office_read(&ex->ctx, ask.k->document_id, d));
    struct review_form_page *p = arena_new(a, struct review_form_page);
    page_begin(ex, &p->page, S("信息公开保密审查表"), S("/office"));
    p->k = ask.k;
    p->d = d;
    p->back = url_path(a, str_format(a, "/office/review/%lld", (long long)ask.id));
    view_review_form_page(&ex->out, p);
    return exchange_page(ex, 200);
}

/* ---- the chain ---- */

struct chain_ask {
    int64_t publisher_id;
    struct str text, name;
    struct units units;
};

static const struct err *chain_read(struct ctx *c, void *arg)
{
    struct chain_ask *a = arg;
    struct review_levels levels = {0};
    TRY(review_chain(c, a->publisher_id, &levels));
    struct buf b = buf_make(c->arena, KIB(16));
    for (size_t i = 0; i < levels.n; i++) {
        buf_format(&b, "%.*s | %.*s | %.*s | %.*s\n", STR_ARG(levels.v[i].name), STR_ARG(levels.v[i].kind), STR_ARG(levels.v[i].may),
            STR_ARG(levels.v[i].proof));
    }
    a->text = buf_str(&b);
    TRY(unit_list(c, &a->units));
    struct unit publisher = {0};
    a->name = S("全部发布机构（没有单独设置的）");
    if (a->publisher_id != 0) {
        TRY(unit_get(c, a->publisher_id, &publisher));
        a->name = publisher.name;
    }
    return NULL;
}

static const struct err *chain_show(struct exchange *ex, const struct err *fault)
{
    struct arena *a = ex->ctx.arena;
    struct chain_ask ask = {0};
    struct str publisher = ex->method == METHOD_POST ? values_get(&ex->form, S("publisher_id")) : values_get(&ex->query, S("publisher"));
    if (!str_to_int(publisher, &ask.publisher_id) || ask.publisher_id < 0) {
        ask.publisher_id = 0;
    }
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, chain_read, &ask));
    struct chain_page *p = arena_new(a, struct chain_page);
    page_begin(ex, &p->page, S("审核流程"), S("/office/review/chain"));
    if (fault != NULL) {
        struct fault *one = arena_new(a, struct fault);
        one->words = fault->words;
        p->page.faults = fault->faults.n > 0 ? fault->faults : (struct faults){one, 1};
    }
    p->publisher_name = ask.name;
    p->publisher_id = str_from_int(a, ask.publisher_id);
    p->levels = (struct area_field){.name = S("levels"), .label = S("审核流程，一级一行"), .rows = 8, .wide = true, .required = true,
        .hint = S("写法：名称 | content（内容）、secrecy（保密）或者 sign（签发） | 岗位权限 | 校对内容。至少两个不同岗位，必须有一级保密审查。"),
        .value = form_text(ex, S("levels"), ask.text), .error = words_of(fault, "levels")};
    struct {
        struct page_link *v;
        size_t n, cap;
    } links = {0};
    *vec_add(a, &links) = (struct page_link){.label = S("全部发布机构"), .url = url_path(a, S("/office/review/chain")), .here = ask.publisher_id == 0};
    for (size_t i = 0; i < ask.units.n; i++) {
        if (ask.units.v[i].publishes) {
            *vec_add(a, &links) = (struct page_link){.label = ask.units.v[i].name,
                .url = url_path(a, str_format(a, "/office/review/chain?publisher=%lld", (long long)ask.units.v[i].unit_id)),
                .here = ask.publisher_id == ask.units.v[i].unit_id};
        }
    }
    p->publishers = (struct chain_links){links.v, links.n};
    p->action = url_path(a, S("/office/review/chain"));
    view_chain_page(&ex->out, p);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

static const struct err *page_chain(struct exchange *ex)
{
    return chain_show(ex, NULL);
}

static const struct err *post_chain(struct exchange *ex)
{
    const struct err *fault = NULL;
    const struct err *e = exchange_op(ex, OP_REVIEW_CHAIN_SET, &fault);
    if (fault == NULL) {
        return e;
    }
    if (fault->kind == ERR_LOGIN && ex->session.is) {
        return exchange_go(ex, S("/office/prove?next=%2Foffice%2Freview%2Fchain"));
    }
    return chain_show(ex, fault);
}

// clang-format off
const struct route review_routes[REVIEW_ROUTES] = {
    {METHOD_GET,  "/office/review/{id}",          SIDE_OFFICE, &MAY_DOCUMENT_READ, CLASS_PAGE, page_case},
    {METHOD_POST, "/office/review/{id}",          SIDE_OFFICE, &MAY_DOCUMENT_READ, CLASS_PAGE, post_conclude},
    {METHOD_POST, "/office/review/{id}/catch-up", SIDE_OFFICE, &MAY_DOCUMENT_READ, CLASS_PAGE, post_catch_up},
    {METHOD_POST, "/office/review/{id}/urgent",   SIDE_OFFICE, &MAY_DOCUMENT_EMERGENCY, CLASS_PAGE, post_urgent},
    {METHOD_GET,  "/office/review/{id}/form",     SIDE_OFFICE, &MAY_DOCUMENT_READ, CLASS_PAGE, page_form},
    {METHOD_GET,  "/office/review/of/{id}",       SIDE_OFFICE, &MAY_DOCUMENT_READ, CLASS_PAGE, page_of_document},
    {METHOD_GET,  "/office/review/chain",         SIDE_OFFICE, &MAY_REVIEW_CHAIN,  CLASS_PAGE, page_chain},
    {METHOD_POST, "/office/review/chain",         SIDE_OFFICE, &MAY_REVIEW_CHAIN,  CLASS_PAGE, post_chain},
};
// clang-format on
