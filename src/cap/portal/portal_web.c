/*
 * portal_web.c: the home page and the list of schools.
 */
#include "cap/portal/portal_pages.h"
#include "cap/portal/portal_reads.h"
#include "portal_views.h"
#include "web/exchange.h"

#include "base/ban.h"

enum { HOME_ROWS = 8 };

static struct portal_schools schools_of(struct exchange *ex, const struct portal_publishers *list)
{
    struct portal_school *v = arena_many(ex->ctx.arena, list->n, struct portal_school);
    for (size_t i = 0; i < list->n; i++) {
        v[i] = (struct portal_school){.name = list->v[i].name,
            .url = url_path(ex->ctx.arena, str_format(ex->ctx.arena, "/list?publisher=%lld", (long long)list->v[i].unit_id))};
    }
    return (struct portal_schools){v, list->n};
}

static const struct err *year_count(struct exchange *ex, struct home_page *p)
{
    struct list_filter f = {.year = date_year(ex->ctx.today)};
    struct public_list of_year = {0};
    TRY(document_public_list(&ex->ctx, &f, 1, false, &of_year));
    p->year = str_from_int(ex->ctx.arena, f.year);
    p->year_count = of_year.total;
    return NULL;
}

const struct err *portal_page_home(struct exchange *ex);
const struct err *portal_page_home(struct exchange *ex)
{
    struct home_page *p = arena_new(ex->ctx.arena, struct home_page);
    struct public_list list = {0};
    TRY(document_public_list(&ex->ctx, &(struct list_filter){0}, HOME_ROWS, false, &list));
    struct portal_publishers schools = {0};
    TRY(portal_publishers_read(&ex->ctx, S("school"), &schools));
    p->schools = schools_of(ex, &schools);
    TRY(year_count(ex, p));
    page_begin(ex, &p->page, S("首页"), S("/"));
    p->latest = list.lines;
    p->total = list.total;
    static const struct meta_tag tags[] = {{S_INIT("ColumnType"), S_INIT("首页")}};
    p->page.meta = (struct meta_tags){tags, 1};
    view_home_page(&ex->out, p);
    return exchange_page(ex, 200);
}

const struct err *portal_page_schools(struct exchange *ex);
const struct err *portal_page_schools(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct schools_page *p = arena_new(a, struct schools_page);
    struct portal_publishers schools = {0};
    TRY(portal_publishers_read(&ex->ctx, S("school"), &schools));
    p->schools = schools_of(ex, &schools);
    page_begin(ex, &p->page, S("学校公开"), S("/schools"));
    const struct page_link crumb[] = {
        {.label = S("首页"), .url = url_path(a, S("/"))},
        {.label = S("学校公开")},
    };
    page_crumb(ex, &p->page, crumb, 2);
    view_schools_page(&ex->out, p);
    return exchange_page(ex, 200);
}
