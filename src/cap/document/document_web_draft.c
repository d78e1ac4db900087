/*
 * document_web_draft.c: drafting. The page, its two ways of saving (by hand and by itself), and sending to review.
 */
#include "base/json.h"
#include "base/limits.h"
#include "base/vec.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_web.h"
#include "document_views.h"
#include "rules/ground.h"
#include "web/session.h"
#include "web/static.h"

#include "base/ban.h"

/* What a field shows: what was typed if the form comes back, else what is stored. */
static struct str shown(struct exchange *ex, const char *name, struct str stored)
{
    return form_text(ex, str_from(name), stored);
}

static struct str fault_words(const struct err *fault, const char *name)
{
    return fault == NULL ? STR_NONE : fault_of(fault, str_from(name));
}

static struct text_field line(struct exchange *ex, const struct err *fault, const char *name, const char *label, struct str stored)
{
    return (struct text_field){.name = str_from(name),
        .label = str_from(label),
        .value = shown(ex, name, stored),
        .error = fault_words(fault, name),
        .max_chars = LIMIT_LINE_CHARS};
}

static struct area_field area(struct exchange *ex, const struct err *fault, const char *name, const char *label, struct str stored, int rows)
{
    return (struct area_field){.name = str_from(name),
        .label = str_from(label),
        .value = shown(ex, name, stored),
        .error = fault_words(fault, name),
        .rows = rows};
}

static struct date_field day(struct exchange *ex, const struct err *fault, const char *name, const char *label, struct date stored)
{
    struct str text = date_is(stored) ? date_iso(ex->ctx.arena, stored) : STR_NONE;
    return (struct date_field){.name = str_from(name),
        .label = str_from(label),
        .value = shown(ex, name, text),
        .error = fault_words(fault, name)};
}

static struct choice_field choice(struct exchange *ex, const struct err *fault, const char *name, const char *label, struct options options)
{
    (void)ex;
    return (struct choice_field){.name = str_from(name), .label = str_from(label), .error = fault_words(fault, name), .options = options};
}

static struct options unit_options(struct exchange *ex, const struct places *places, struct str chosen)
{
    struct option *v = arena_many(ex->ctx.arena, places->n, struct option);
    for (size_t i = 0; i < places->n; i++) {
        struct str id = str_from_int(ex->ctx.arena, places->v[i].unit_id);
        v[i] = (struct option){.value = id, .label = places->v[i].name, .chosen = str_eq(id, chosen)};
    }
    return (struct options){v, places->n};
}

static struct options named_options(struct exchange *ex, const struct name_values *values, struct str chosen)
{
    struct option *v = arena_many(ex->ctx.arena, values->n, struct option);
    for (size_t i = 0; i < values->n; i++) {
        struct str label = str_eq(values->v[i].value, values->v[i].label)
                               ? values->v[i].label
                               : str_format(ex->ctx.arena, "%.*s（%.*s）", STR_ARG(values->v[i].label), STR_ARG(values->v[i].value));
        v[i] = (struct option){.value = values->v[i].value, .label = label, .chosen = str_eq(values->v[i].value, chosen)};
    }
    return (struct options){v, values->n};
}

static struct options ground_options(struct exchange *ex, struct str chosen)
{
    struct {
        struct option *v;
        size_t n, cap;
    } list = {0};
    struct grounds all = ground_all();
    for (size_t i = 0; i < all.n; i++) {
        const struct ground *g = &all.v[i];
        if (date_is(g->to) && date_before(g->to, ex->ctx.today)) {
            continue;
        }
        *vec_add(ex->ctx.arena, &list) = (struct option){.value = g->code,
            .label = str_format(ex->ctx.arena, "%.*s（%.*s）", STR_ARG(g->title), STR_ARG(g->basis)),
            .chosen = str_eq(g->code, chosen)};
    }
    return (struct options){list.v, list.n};
}

static struct options interpretation_options(struct exchange *ex, struct str stored)
{
    size_t n = sizeof document_interpretations / sizeof document_interpretations[0];
    struct option *v = arena_many(ex->ctx.arena, n, struct option);
    bool typed = ex->method == METHOD_POST;
    for (size_t i = 0; i < n; i++) {
        struct str value = str_from(document_interpretations[i].value);
        bool chosen = !typed && str_has(stored, value);
        for (size_t k = 0; typed && k < ex->form.n; k++) {
            chosen = chosen || (str_eq(ex->form.v[k].name, S("interpretations")) && str_eq(ex->form.v[k].text, value));
        }
        v[i] = (struct option){.value = value, .label = str_from(document_interpretations[i].label), .chosen = chosen};
    }
    return (struct options){v, n};
}

static struct options choices(struct exchange *ex, const struct choice *table, size_t n, struct str chosen)
{
    return options_of(ex->ctx.arena, table, n, chosen);
}

/* ---- parts: what the notice carries ---- */

static struct draft_part part_fields(struct exchange *ex, size_t no, struct str title, struct str body)
{
    struct arena *a = ex->ctx.arena;
    struct draft_part p = {
        .title = {.id = str_format(a, "part_title-%zu", no), .name = S("part_title"), .label = str_format(a, "所附文件 %zu 的标题", no),
            .value = title, .max_chars = LIMIT_TITLE_CHARS, .wide = true},
        .body = {.id = str_format(a, "part_body-%zu", no), .name = S("part_body"), .label = str_format(a, "所附文件 %zu 的正文", no),
            .value = body, .rows = 10, .wide = true, .source = true},
    };
    return p;
}

struct typed_parts {
    struct str titles[LIMIT_PARTS], bodies[LIMIT_PARTS];
    size_t titles_n, bodies_n;
};

static void typed_parts(const struct exchange *ex, struct typed_parts *t)
{
    *t = (struct typed_parts){0};
    for (size_t i = 0; i < ex->form.n; i++) {
        if (str_eq(ex->form.v[i].name, S("part_title")) && t->titles_n < LIMIT_PARTS) {
            t->titles[t->titles_n++] = ex->form.v[i].text;
        } else if (str_eq(ex->form.v[i].name, S("part_body")) && t->bodies_n < LIMIT_PARTS) {
            t->bodies[t->bodies_n++] = ex->form.v[i].text;
        }
    }
}

/* The stored or typed parts and one empty pair more, so that a plan can be added without script. */
static struct draft_parts draft_parts(struct exchange *ex, const struct office_document *d)
{
    struct {
        struct draft_part *v;
        size_t n, cap;
    } list = {0};
    struct arena *a = ex->ctx.arena;
    struct typed_parts typed = {0};
    typed_parts(ex, &typed);
    if (ex->method == METHOD_POST && typed.bodies_n > 0) {
        for (size_t i = 0; i < typed.bodies_n; i++) {
            *vec_add(a, &list) = part_fields(ex, i + 1, i < typed.titles_n ? typed.titles[i] : STR_NONE, typed.bodies[i]);
        }
    } else if (d != NULL) {
        for (size_t i = 1; i < d->parts.n; i++) {
            *vec_add(a, &list) = part_fields(ex, i, d->parts.v[i].title, d->parts.v[i].body.safe);
        }
    }
    bool last_used = list.n == 0 || list.v[list.n - 1].body.value.n > 0 || list.v[list.n - 1].title.value.n > 0;
    if (last_used && list.n < LIMIT_PARTS) {
        size_t next = list.n + 1;
        *vec_add(a, &list) = part_fields(ex, next, STR_NONE, STR_NONE);
    }
    return (struct draft_parts){list.v, list.n};
}

struct draft_reasons document_reason_lines(struct exchange *ex, const struct reasons *r, bool must_ones)
{
    struct {
        struct draft_reason *v;
        size_t n, cap;
    } list = {0};
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].must == must_ones) {
            *vec_add(ex->ctx.arena, &list) = (struct draft_reason){r->v[i].field, r->v[i].words};
        }
    }
    return (struct draft_reasons){list.v, list.n};
}

static struct draft_files draft_files(struct exchange *ex, const struct office_document *d)
{
    struct arena *a = ex->ctx.arena;
    struct draft_file *v = arena_many(a, d->files.n, struct draft_file);
    for (size_t i = 0; i < d->files.n; i++) {
        const struct file_view *f = &d->files.v[i];
        v[i] = (struct draft_file){.id = str_from_int(a, f->file_id),
            .name = f->name,
            .kind = f->kind_label,
            .size = f->size_label,
            .url = url_path(a, str_format(a, "/office/files/%lld", (long long)f->file_id))};
    }
    return (struct draft_files){v, d->files.n};
}

static void draft_numbers(struct exchange *ex, const struct err *fault, const struct office_document *d, struct draft_page *p)
{
    p->title = line(ex, fault, "title", "标题", str_eq(d->title, S("未命名文稿")) ? STR_NONE : d->title);
    p->title.required = true;
    p->title.wide = true;
    p->title.max_chars = LIMIT_TITLE_CHARS;
    p->doc_number = line(ex, fault, "doc_number", "发文字号", d->doc_number.n > 0 ? d->doc_number : d->doc_number_typed);
    p->doc_number.hint = S("例如 云教〔2026〕18号，各种括号都可以，保存时统一成〔〕");
    p->doc_number.max_chars = 60;
    p->remark = line(ex, fault, "remark", "备注", d->remark);
    p->theme = line(ex, fault, "theme", "主题分类", d->theme);
    p->theme.hint = S("例如 教育 / 招生考试");
    p->sign_office = line(ex, fault, "sign_office", "署名机关", d->sign_office);
    p->print_office = line(ex, fault, "print_office", "印发机关", d->print_office);
    p->keywords = line(ex, fault, "keywords", "关键词", d->keywords);
    p->replaces = line(ex, fault, "replaces", "代替的文件", d->replaces);
    p->replaces.hint = S("填写被代替文件的索引号或者发文字号，发布时那份文件自动标为已废止");
    p->signed_on = day(ex, fault, "signed_on", "成文日期", d->signed_on);
    p->signed_on.required = true;
    p->printed_on = day(ex, fault, "printed_on", "印发日期", d->printed_on);
    p->printed_on.hint = S("有印发日期的，公开期限从印发之日起算");
    p->valid_to = day(ex, fault, "valid_to", "有效期至", d->valid_to);
}

static void draft_texts(struct exchange *ex, const struct err *fault, const struct office_document *d, struct draft_page *p)
{
    struct str body = d->parts.n > 0 ? d->parts.v[0].body.safe : STR_NONE;
    p->body = area(ex, fault, "body", "正文", body, 24);
    p->body.required = true;
    p->body.wide = true;
    p->body.source = true;
    p->body.hint = S("可以直接写文字，空行分段；从 Word、WPS 粘贴后格式会自动清理，编号按原文保留");
    p->addressees = area(ex, fault, "addressees", "主送单位", d->addressees, 2);
    p->addressees.hint = S("用顿号、逗号或者换行分开；写“各区属学校”“各股室”会送到每一所学校、每一个股室");
    p->cc = area(ex, fault, "cc", "抄送", d->cc, 2);
    p->ground_reason = area(ex, fault, "ground_reason", "不公开的理由", d->ground_reason, 3);
    p->summary = area(ex, fault, "summary", "内容概述", d->summary, 3);
    p->basis = area(ex, fault, "basis", "依据文件", d->basis, 2);
    p->change_reason = area(ex, fault, "change_reason", "更正原因", d->change_reason, 3);
    p->change_reason.hint = S("会显示在公开页上");
    p->change_reason.required = true;
    p->files = (struct file_field){.name = S("files"), .label = S("添加附件"), .several = true, .error = fault_words(fault, "files"),
        .hint = S("单个文件不超过 100 MB；.doc、.xls、.ppt、.wps 请先另存为新格式")};
}

static const struct err *draft_choices(struct exchange *ex, const struct err *fault, const struct office_document *d, struct draft_page *p)
{
    struct places places = {0};
    struct name_values categories = {0};
    TRY(document_draft_places(&ex->ctx, &places));
    TRY(document_categories(&ex->ctx, &categories));
    struct arena *a = ex->ctx.arena;
    p->unit = choice(ex, fault, "unit_id", "起草单位", unit_options(ex, &places, shown(ex, "unit_id", str_from_int(a, d->unit_id))));
    p->unit.required = true;
    p->category = choice(ex, fault, "category", "信息类别", named_options(ex, &categories, shown(ex, "category", d->category)));
    p->category.required = true;
    p->attribute = choice(ex, fault, "attribute", "公开属性",
        choices(ex, document_attributes, 3, shown(ex, "attribute", d->attribute.n > 0 ? d->attribute : S("proactive"))));
    p->attribute.required = true;
    p->ground = choice(ex, fault, "ground", "不公开的依据", ground_options(ex, shown(ex, "ground", d->ground)));
    p->ground.blank = S("主动公开的不用选");
    p->stage = choice(ex, fault, "stage", "五公开环节", choices(ex, document_stages, 6, shown(ex, "stage", d->stage)));
    p->interpretations = choice(ex, fault, "interpretations", "计划的解读形式", interpretation_options(ex, d->interpretations));
    return NULL;
}

static struct faults page_faults(struct exchange *ex, const struct err *fault)
{
    if (fault == NULL) {
        return (struct faults){0};
    }
    if (fault->faults.n > 0) {
        return fault->faults;
    }
    struct fault *one = arena_new(ex->ctx.arena, struct fault);
    one->words = fault->words;
    return (struct faults){one, 1};
}

static const struct err *draft_show(struct exchange *ex, const struct office_document *d, const struct err *fault)
{
    struct arena *a = ex->ctx.arena;
    static const struct office_document empty = {.signed_on = {INT32_MIN}, .printed_on = {INT32_MIN}, .valid_to = {INT32_MIN}};
    const struct office_document *shown_d = d != NULL ? d : &empty;
    struct draft_page *p = arena_new(a, struct draft_page);
    p->is_new = d == NULL;
    p->d = shown_d;
    p->heading = d == NULL ? S("起草公文") : (d->no > 1 ? S("更正公文") : S("修改公文"));
    page_begin(ex, &p->page, p->heading, S("/office/documents/new"));
    p->page.faults = page_faults(ex, fault);
    struct str id = d == NULL ? STR_NONE : str_from_int(a, d->document_id);
    p->id = id;
    p->version = d == NULL ? S("0") : shown(ex, "version", str_from_int(a, d->version));
    p->login = ex->session.login;
    p->page.more_style_url = static_url(S("editor.css"));
    p->editor = static_url_built(S("richtext.js"));
    p->action = url_path(a, d == NULL ? S("/office/documents/new") : str_format(a, "/office/documents/%.*s/edit", STR_ARG(id)));
    p->autosave = url_path(a, d == NULL ? S("/office/documents/autosave") : str_format(a, "/office/documents/%.*s/autosave", STR_ARG(id)));
    draft_numbers(ex, fault, shown_d, p);
    draft_texts(ex, fault, shown_d, p);
    TRY(draft_choices(ex, fault, shown_d, p));
    p->part_list = draft_parts(ex, d);
    if (d != NULL) {
        p->have = draft_files(ex, d);
        p->musts = document_reason_lines(ex, &d->reasons, true);
        p->advice = document_reason_lines(ex, &d->reasons, false);
        p->saved_words = str_format(a, "%.*s 已保存到服务器（%.*s）。", STR_ARG(instant_minute(a, d->saved_at)), STR_ARG(d->saved_by));
    }
    view_draft_page(&ex->out, p);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *document_page_new(struct exchange *ex)
{
    return draft_show(ex, NULL, NULL);
}

const struct err *document_page_edit(struct exchange *ex)
{
    struct office_document *d = arena_new(ex->ctx.arena, struct office_document);
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
    }
    TRY(document_office_read(&ex->ctx, id, d));
    if (d->edition_status != EDITION_DRAFT || !d->may_edit) {
        return exchange_go(ex, str_format(ex->ctx.arena, "/office/documents/%lld", (long long)id));
    }
    return draft_show(ex, d, NULL);
}

/* ---- saving ---- */

/* The fields of the form and what the address says; the address wins. */
static struct values with_id(struct exchange *ex, int64_t id)
{
    struct value *v = arena_many(ex->ctx.arena, ex->form.n + 1, struct value);
    size_t n = 0;
    if (id != 0) {
        v[n++] = (struct value){.name = S("id"), .text = str_from_int(ex->ctx.arena, id)};
    }
    for (size_t i = 0; i < ex->form.n; i++) {
        if (!str_eq(ex->form.v[i].name, S("id"))) {
            v[n++] = ex->form.v[i];
        }
    }
    return (struct values){v, n};
}

static const struct err *submit_after(struct exchange *ex, const struct op_done *saved, struct op_done *done)
{
    struct arena *a = ex->ctx.arena;
    struct value v[] = {
        {.name = S("id"), .text = str_from_int(a, saved->id)},
        {.name = S("version"), .text = str_from_int(a, saved->version)},
    };
    struct values values = {v, 2};
    struct str key = values_get(&ex->form, S("_key"));
    struct str second = key.n > 0 ? str_cat(a, key, S("-submit")) : STR_NONE;
    return op_run(&ex->ctx, OP_DOCUMENT_SUBMIT, &values, second, done);
}

/* Save, and with the button «送审» go on to review. A draft that is saved but not fit for review stays saved. */
static const struct err *save(struct exchange *ex, int64_t id)
{
    struct values values = with_id(ex, id);
    struct op_done done = {0};
    const struct op *op = id == 0 ? OP_DOCUMENT_CREATE : OP_DOCUMENT_SAVE;
    const struct err *fault = exchange_form_fault(ex, op);
    if (fault == NULL) {
        fault = op_run(&ex->ctx, op, &values, values_get(&ex->form, S("_key")), &done);
    }
    struct office_document *d = arena_new(ex->ctx.arena, struct office_document);
    if (fault != NULL) {
        if (id != 0) {
            TRY(document_office_read(&ex->ctx, id, d));
        }
        return draft_show(ex, id != 0 ? d : NULL, fault);
    }
    if (str_eq(values_get(&ex->form, S("go")), S("submit"))) {
        struct op_done sent = {0};
        fault = submit_after(ex, &done, &sent);
        if (fault != NULL) {
            TRY(session_notice(ex, str_format(ex->ctx.arena, "草稿已保存，但还不能送审：%.*s", STR_ARG(fault->faults.n > 0 ? fault->faults.v[0].words : fault->words))));
            return exchange_go(ex, str_format(ex->ctx.arena, "/office/documents/%lld/edit#checks", (long long)done.id));
        }
        done = sent;
    }
    TRY(session_notice(ex, done.words));
    return exchange_go(ex, done.location);
}

const struct err *document_post_new(struct exchange *ex)
{
    return save(ex, 0);
}

const struct err *document_post_edit(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
    }
    return save(ex, id);
}

static const struct err *saved_json(struct exchange *ex, const struct op_done *done)
{
    struct arena *a = ex->ctx.arena;
    struct buf b = buf_make(a, KIB(4));
    struct json_writer w = {.out = &b};
    struct str minute = instant_minute(a, ex->ctx.now);
    json_open(&w, '{');
    json_key(&w, S("saved"));
    json_str(&w, str_skip(minute, minute.n - 5));
    json_key(&w, S("version"));
    json_int(&w, done->version);
    json_key(&w, S("draft"));
    json_int(&w, done->version);
    json_key(&w, S("id"));
    json_str(&w, str_from_int(a, done->id));
    json_key(&w, S("autosave"));
    json_str(&w, str_format(a, "/office/documents/%lld/autosave", (long long)done->id));
    json_key(&w, S("action"));
    json_str(&w, str_format(a, "/office/documents/%lld/edit", (long long)done->id));
    json_close(&w, '}');
    return exchange_bytes(ex, 200, S("application/json"), buf_str(&b));
}

static const struct err *autosave(struct exchange *ex, int64_t id)
{
    struct values values = with_id(ex, id);
    struct op_done done = {0};
    const struct err *fault = op_run(&ex->ctx, id == 0 ? OP_DOCUMENT_CREATE : OP_DOCUMENT_SAVE, &values, STR_NONE, &done);
    if (fault == NULL) {
        return saved_json(ex, &done);
    }
    struct buf b = buf_make(ex->ctx.arena, KIB(16));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("words"));
    json_str(&w, fault->faults.n > 0 ? fault->faults.v[0].words : fault->words);
    json_close(&w, '}');
    return exchange_bytes(ex, err_http(fault->kind), S("application/json"), buf_str(&b));
}

const struct err *document_post_autosave_new(struct exchange *ex)
{
    return autosave(ex, 0);
}

const struct err *document_post_autosave(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("id"), &id)) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这份文件，或者您无权查看。"));
    }
    return autosave(ex, id);
}
