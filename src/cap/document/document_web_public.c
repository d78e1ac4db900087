/*
 * document_web_public.c: the pages a citizen reads: document, its older editions, its reckoning sheet, its QR code, lists, files.
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "cap/document/document_pages.h"
#include "cap/document/document_web.h"
#include "document_views.h"
#include "web/exchange.h"

#include <qrencode.h>

#include "base/ban.h"

enum { LIST_ROWS = 20, QR_QUIET = 4, QR_MOST_BYTES = 64 * 1024 };

static struct str url_of(struct exchange *ex, struct str number)
{
    return str_format(ex->ctx.arena, "/d/%.*s", STR_ARG(url_encode(ex->ctx.arena, number)));
}

struct str document_letterhead(struct arena *into, struct str publisher)
{
    return str_cat(into, publisher, S("文件"));
}

/* Tags of the website guideline (国办发〔2017〕47号) for a content page. */
static void add_meta(struct exchange *ex, struct page *p, const struct public_document *d, struct str address)
{
    struct {
        struct meta_tag *v;
        size_t n, cap;
    } tags = {0};
    struct arena *a = ex->ctx.arena;
    *vec_add(a, &tags) = (struct meta_tag){S("ColumnName"), d->category_name};
    *vec_add(a, &tags) = (struct meta_tag){S("ColumnDescription"), str_format(a, "%.*s的%.*s", STR_ARG(d->publisher), STR_ARG(d->category_name))};
    *vec_add(a, &tags) = (struct meta_tag){S("ColumnKeywords"), str_format(a, "政府信息公开,%.*s", STR_ARG(d->category_name))};
    *vec_add(a, &tags) = (struct meta_tag){S("ColumnType"), S("政策文件")};
    *vec_add(a, &tags) = (struct meta_tag){S("ArticleTitle"), d->title};
    if (d->pub_date.n > 0) {
        *vec_add(a, &tags) = (struct meta_tag){S("PubDate"), d->pub_date};
    }
    *vec_add(a, &tags) = (struct meta_tag){S("ContentSource"), d->publisher};
    if (d->keywords.n > 0) {
        *vec_add(a, &tags) = (struct meta_tag){S("Keywords"), d->keywords};
    }
    if (d->section.n > 0) {
        *vec_add(a, &tags) = (struct meta_tag){S("Author"), d->section};
    }
    if (d->summary.n > 0) {
        *vec_add(a, &tags) = (struct meta_tag){S("Description"), d->summary};
    }
    *vec_add(a, &tags) = (struct meta_tag){S("Url"), address};
    p->meta = (struct meta_tags){tags.v, tags.n};
    p->description = d->summary.n > 0 ? d->summary : d->title;
}

/* The five kinds, named even while there is nothing: interpretations are a capability of their own that fills them. */
static struct str empty_kinds(struct exchange *ex)
{
    enum { KINDS = sizeof document_interpretations / sizeof document_interpretations[0] };
    struct str names[KINDS];
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = str_from(document_interpretations[i].label);
    }
    return str_join(ex->ctx.arena, (struct strs){names, KINDS}, S("、"));
}

static const struct err *gone(struct exchange *ex, const struct public_document *d)
{
    struct withdrawn_page *w = arena_new(ex->ctx.arena, struct withdrawn_page);
    page_begin(ex, &w->page, S("已撤下的文件"), S("/list"));
    w->d = d;
    view_withdrawn_page(&ex->out, w);
    return exchange_page(ex, 410);
}

static const struct err *show(struct exchange *ex, int edition_no)
{
    struct arena *a = ex->ctx.arena;
    struct public_document *d = arena_new(a, struct public_document);
    TRY(document_public_read(&ex->ctx, exchange_param(ex, S("number")), edition_no, d));
    if (d->withdrawn) {
        return gone(ex, d);
    }
    struct document_page *p = arena_new(a, struct document_page);
    page_begin(ex, &p->page, d->title, S("/list"));
    struct str path = url_of(ex, d->number);
    p->d = d;
    p->address = str_cat(a, ex->ctx.site->origin, path);
    p->here = url_path(a, path);
    p->sheet = url_path(a, str_cat(a, path, S("/sheet")));
    p->qr = url_path(a, str_cat(a, path, S("/qr.svg")));
    p->clock_late = d->clock.known && d->clock.late;
    p->empty_kinds = empty_kinds(ex);
    p->letterhead = document_letterhead(a, d->publisher);
    add_meta(ex, &p->page, d, p->address);
    const struct page_link crumb[] = {
        {.label = S("首页"), .url = url_path(a, S("/"))},
        {.label = S("政府信息公开"), .url = url_path(a, S("/list"))},
        {.label = d->category_name,
            .url = url_path(a, str_format(a, "/list?category=%.*s", STR_ARG(url_encode(a, d->category))))},
        {.label = S("正文")},
    };
    page_crumb(ex, &p->page, crumb, sizeof crumb / sizeof crumb[0]);
    view_document_page(&ex->out, p);
    return exchange_page(ex, 200);
}

const struct err *document_page_current(struct exchange *ex)
{
    return show(ex, 0);
}

const struct err *document_page_edition(struct exchange *ex)
{
    int64_t no = 0;
    if (!exchange_param_id(ex, S("no"), &no) || no < 1 || no > 100000) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有找到这个页面。"));
    }
    return show(ex, (int)no);
}

/* ---- the reckoning sheet ---- */

static struct str day_reason(struct exchange *ex, const struct reckoned_day *d)
{
    struct arena *a = ex->ctx.arena;
    const char *unsure = d->facts.provisional ? "（当年节假日安排还没有公布）" : "";
    switch (d->facts.kind) {
    case DAY_WORK:
        return str_format(a, "工作日%s", unsure);
    case DAY_WEEKEND:
        return str_format(a, "双休日%s", unsure);
    case DAY_HOLIDAY:
        return str_format(a, "放假：%.*s", STR_ARG(d->facts.name));
    case DAY_MAKEUP:
        return str_format(a, "调休上班：%.*s", STR_ARG(d->facts.name));
    }
    must(false);
    return STR_NONE;
}

static struct sheet_days sheet_days(struct exchange *ex, const struct reckoning *r)
{
    struct arena *a = ex->ctx.arena;
    struct sheet_day *v = arena_many(a, r->day_count, struct sheet_day);
    for (size_t i = 0; i < r->day_count; i++) {
        const struct reckoned_day *d = &r->days[i];
        v[i] = (struct sheet_day){.day = date_iso(a, d->day),
            .weekday = weekday_chinese(date_weekday(d->day)),
            .count = d->count > 0 ? str_from_int(a, d->count) : S("—"),
            .why = day_reason(ex, d),
            .counts = d->count > 0,
            .last = date_eq(d->day, r->last_day)};
    }
    return (struct sheet_days){v, r->day_count};
}

void document_sheet_fill(struct exchange *ex, struct sheet_page *s, const struct publish_clock *clock)
{
    s->clock = clock;
    s->words = clock_words(ex->ctx.arena, clock);
    if (!clock->known) {
        return;
    }
    s->formed_which = clock->formed_which;
    s->basis = clock->reckoning.rule != NULL ? clock->reckoning.rule->basis : STR_NONE;
    const struct rule_row *formed = rule_find(RULE_DOCUMENT_FORMED, clock->formed);
    s->doubt = formed != NULL ? formed->doubt : STR_NONE;
    s->list = sheet_days(ex, &clock->reckoning);
    struct reckoning from_signing = {0};
    if (date_is(clock->signed_last_day) && deadline_reckon(ex->ctx.arena, ex->ctx.calendar, clock->signed_on, clock->reckoning.term, &from_signing)) {
        s->signed_list = sheet_days(ex, &from_signing);
    }
}

static struct str text_of_number(const struct public_document *d)
{
    return d->doc_number.n > 0 ? d->doc_number : d->number;
}

const struct err *document_page_sheet(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct public_document *d = arena_new(a, struct public_document);
    TRY(document_public_read(&ex->ctx, exchange_param(ex, S("number")), 0, d));
    if (d->withdrawn) {
        return gone(ex, d);
    }
    struct sheet_page *s = arena_new(a, struct sheet_page);
    page_begin(ex, &s->page, S("公开期限核算"), S("/list"));
    s->title = d->title;
    s->number = d->number;
    s->back = url_path(a, url_of(ex, d->number));
    document_sheet_fill(ex, s, &d->clock);
    const struct page_link crumb[] = {
        {.label = S("首页"), .url = url_path(a, S("/"))},
        {.label = S("政府信息公开"), .url = url_path(a, S("/list"))},
        {.label = text_of_number(d), .url = s->back},
        {.label = S("公开期限核算")},
    };
    page_crumb(ex, &s->page, crumb, sizeof crumb / sizeof crumb[0]);
    view_sheet_page(&ex->out, s);
    return exchange_page(ex, 200);
}

/* ---- QR code: made here, no foreign host is asked ---- */

static struct str qr_svg(struct exchange *ex, const QRcode *q)
{
    struct buf b = buf_make(ex->ctx.arena, QR_MOST_BYTES);
    int size = q->width + 2 * QR_QUIET;
    buf_format(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" shape-rendering=\"crispEdges\">"
                   "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", size, size, size * 4, size * 4, size, size);
    for (int y = 0; y < q->width; y++) {
        for (int x = 0; x < q->width; x++) {
            if ((q->data[y * q->width + x] & 1) != 0) {
                buf_format(&b, "M%d %dh1v1h-1z", x + QR_QUIET, y + QR_QUIET);
            }
        }
    }
    buf_add(&b, S("\"/></svg>"));
    must(!buf_full(&b));
    return buf_str(&b);
}

const struct err *document_qr_image(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct public_document *d = arena_new(a, struct public_document);
    TRY(document_public_read(&ex->ctx, exchange_param(ex, S("number")), 0, d));
    struct str address = str_cat(a, ex->ctx.site->origin, url_of(ex, d->number));
    QRcode *q = QRcode_encodeString8bit(str_z(a, address), 0, QR_ECLEVEL_M);
    if (q == NULL) {
        return err_fault(a, "qr encode failed for %zu bytes", address.n);
    }
    struct str svg = qr_svg(ex, q);
    QRcode_free(q);
    exchange_header_set(ex, S("Cache-Control"), S("public, max-age=3600"));
    return exchange_bytes(ex, 200, S("image/svg+xml"), svg);
}

/* ---- lists ---- */

static struct options facet(struct exchange *ex, const struct name_values *values, struct str chosen)
{
    struct option *v = arena_many(ex->ctx.arena, values->n, struct option);
    for (size_t i = 0; i < values->n; i++) {
        v[i] = (struct option){
            .value = values->v[i].value, .label = values->v[i].label, .chosen = str_eq(values->v[i].value, chosen)};
    }
    return (struct options){v, values->n};
}

static int64_t query_id(const struct exchange *ex, struct str name)
{
    int64_t v = 0;
    struct str text = values_get(&ex->query, name);
    return text.n > 0 && str_to_int(text, &v) && v > 0 ? v : 0;
}

/* before=<milliseconds>-<id>: where the page before ended. */
static void query_before(struct exchange *ex, struct list_filter *f)
{
    struct str rest = values_get(&ex->query, S("before"));
    struct str ms = STR_NONE;
    struct str id = STR_NONE;
    int64_t ms_value = 0;
    int64_t id_value = 0;
    if (rest.n > 0 && str_next(&rest, '_', &ms) && str_next(&rest, '_', &id) && str_to_int(ms, &ms_value) &&
        str_to_int(id, &id_value) && id_value > 0) {
        f->before_ms = (struct instant){ms_value};
        f->before_id = id_value;
    }
}

static struct str filter_query(struct exchange *ex, const struct list_filter *f)
{
    struct arena *a = ex->ctx.arena;
    struct buf b = buf_make(a, 512);
    if (f->publisher_id != 0) {
        buf_format(&b, "&publisher=%lld", (long long)f->publisher_id);
    }
    if (f->category.n > 0) {
        buf_format(&b, "&category=%.*s", STR_ARG(url_encode(a, f->category)));
    }
    if (f->year != 0) {
        buf_format(&b, "&year=%d", f->year);
    }
    return buf_str(&b);
}

static void list_links(struct exchange *ex, const struct list_filter *f, struct list_page *p)
{
    struct arena *a = ex->ctx.arena;
    struct str query = filter_query(ex, f);
    const struct list_lines *lines = &p->list->lines;
    if (f->before_id != 0) {
        p->first = url_path(a, query.n > 0 ? str_format(a, "/list?%.*s", STR_ARG(str_skip(query, 1))) : S("/list"));
    }
    if (lines->more) {
        const struct list_line *last = &lines->v[lines->n - 1];
        p->next = url_path(a, str_format(a, "/list?before=%lld_%lld%.*s", (long long)last->shown.ms, (long long)last->document_id, STR_ARG(query)));
    }
}

static struct str list_heading(const struct list_page *p, const struct public_list *list, const struct list_filter *f)
{
    for (size_t i = 0; i < list->publishers.n && f->publisher_id != 0; i++) {
        if (p->publisher.options.v[i].chosen) {
            return list->publishers.v[i].label;
        }
    }
    for (size_t i = 0; i < list->categories.n && f->category.n > 0; i++) {
        if (str_eq(list->categories.v[i].value, f->category)) {
            return list->categories.v[i].label;
        }
    }
    return S("政府信息公开");
}

const struct err *document_page_list(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct list_filter f = {.publisher_id = query_id(ex, S("publisher")),
        .category = text_line(a, values_get(&ex->query, S("category"))),
        .year = (int)query_id(ex, S("year"))};
    f.year = f.year >= 1000 && f.year <= 9999 ? f.year : 0;
    f.category = f.category.n <= 20 ? f.category : STR_NONE;
    query_before(ex, &f);

    struct public_list *list = arena_new(a, struct public_list);
    TRY(document_public_list(&ex->ctx, &f, LIST_ROWS, true, list));
    struct list_page *p = arena_new(a, struct list_page);
    p->list = list;
    p->publisher = (struct choice_field){.name = S("publisher"), .label = S("发布机构"), .blank = S("全部"), .required = true,
        .options = facet(ex, &list->publishers, str_from_int(a, f.publisher_id))};
    p->category = (struct choice_field){.name = S("category"), .label = S("信息类别"), .blank = S("全部"), .required = true,
        .options = facet(ex, &list->categories, f.category)};
    p->year = (struct choice_field){.name = S("year"), .label = S("年度"), .blank = S("全部"), .required = true,
        .options = facet(ex, &list->years, str_from_int(a, f.year))};
    p->filtered = f.publisher_id != 0 || f.category.n > 0 || f.year != 0;
    p->heading = list_heading(p, list, &f);
    p->latest = list->lines.n > 0 && f.before_id == 0 ? date_chinese(a, list->lines.v[0].shown_on) : STR_NONE;
    page_begin(ex, &p->page, p->heading, S("/list"));
    const struct meta_tag tags[] = {
        {S("ColumnName"), p->heading},
        {S("ColumnDescription"), str_cat(a, p->heading, S("：主动公开的文件"))},
        {S("ColumnKeywords"), S("政府信息公开,主动公开")},
        {S("ColumnType"), S("信息公开目录")},
    };
    p->page.meta = (struct meta_tags){tags, sizeof tags / sizeof tags[0]};
    list_links(ex, &f, p);
    const struct page_link crumb[] = {
        {.label = S("首页"), .url = url_path(a, S("/"))},
        {.label = S("政府信息公开"), .url = url_path(a, S("/list"))},
        {.label = p->filtered ? p->heading : S("最新公开")},
    };
    page_crumb(ex, &p->page, crumb, sizeof crumb / sizeof crumb[0]);
    view_list_page(&ex->out, p);
    return exchange_page(ex, 200);
}

const struct err *document_page_public_file(struct exchange *ex)
{
    struct file f = {0};
    struct str digest = exchange_param(ex, S("digest"));
    if (digest.n != 64) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有找到这个页面。"));
    }
    TRY(document_public_file(&ex->ctx, digest, exchange_param(ex, S("name")), &f));
    return exchange_blob(ex, &f, str_eq(f.media_type, S("application/pdf")));
}
