/*
 * desk_web.c: the first page after log-in.
 */
#include "cap/desk/desk_pages.h"
#include "desk_views.h"
#include "web/exchange.h"
#include "web/route.h"

#include "base/ban.h"

static struct desk_rows rows(struct exchange *ex, struct desk_items lane)
{
    struct desk_row *v = arena_many(ex->ctx.arena, lane.n, struct desk_row);
    for (size_t i = 0; i < lane.n; i++) {
        v[i] = (struct desk_row){.line = &lane.v[i], .item = lane.v[i].item, .url = url_path(ex->ctx.arena, lane.v[i].item->href)};
    }
    return (struct desk_rows){v, lane.n};
}

const struct err *desk_page_board(struct exchange *ex);
const struct err *desk_page_board(struct exchange *ex)
{
    struct arena *a = ex->ctx.arena;
    struct desk_page *p = arena_new(a, struct desk_page);
    struct desk desk = {0};
    TRY(desk_read(&ex->ctx, &desk));
    page_begin(ex, &p->page, S("我的待办"), S("/office"));
    p->today = str_format(a, "%.*s %.*s", STR_ARG(date_chinese(a, ex->ctx.today)), STR_ARG(weekday_chinese(date_weekday(ex->ctx.today))));
    p->overdue = rows(ex, desk.overdue);
    p->today_rows = rows(ex, desk.today);
    p->soon = rows(ex, desk.soon);
    p->later = rows(ex, desk.later);
    p->nothing = p->overdue.n + p->today_rows.n + p->soon.n + p->later.n == 0;
    view_desk_page(&ex->out, p);
    return exchange_page(ex, 200);
}
