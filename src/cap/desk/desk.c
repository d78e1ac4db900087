/*
 * desk.c: items into lanes. Overdue is reckoned here, each time, from the calendar of today.
 */
#include "cap/desk/desk.h"

#include "base/vec.h"

#include "base/ban.h"

static const struct err *collect(struct ctx *c, void *arg)
{
    struct work_items *items = arg;
    *items = (struct work_items){0};
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i]->work != NULL) {
            TRY(all.v[i]->work(c, items));
        }
    }
    return NULL;
}

static int by_due(const void *a, const void *b)
{
    const struct work_item *x = a;
    const struct work_item *y = b;
    if (date_is(x->due) != date_is(y->due)) {
        return date_is(x->due) ? -1 : 1;
    }
    if (x->due.days != y->due.days) {
        return x->due.days < y->due.days ? -1 : 1;
    }
    return str_cmp(x->title, y->title);
}

static void into_lane(struct ctx *c, struct desk *d, const struct work_item *item)
{
    struct arena *a = c->arena;
    struct desk_item line = {.item = item};
    if (!date_is(item->due)) {
        line.left = S("没有法定期限");
        line.css = STR_NONE;
        *vec_add(a, &d->later) = line;
        return;
    }
    int left = workdays_left(c->calendar, item->due, c->today);
    line.due_text = str_format(a, "%.*s前%s", STR_ARG(date_chinese(a, item->due)), item->provisional ? "（暂定）" : "");
    switch (standing_of(c->calendar, item->due, c->today)) {
    case STANDING_OVERDUE:
        line.css = S("r");
        line.left = str_format(a, "逾期 %d 个工作日", -left);
        *vec_add(a, &d->overdue) = line;
        break;
    case STANDING_TODAY:
        line.css = S("a");
        line.left = S("今天");
        *vec_add(a, &d->today) = line;
        break;
    case STANDING_DUE_SOON:
        line.css = S("b");
        line.left = str_format(a, "剩 %d 个工作日", left);
        *vec_add(a, &d->soon) = line;
        break;
    case STANDING_ON_TIME:
        line.left = str_format(a, "剩 %d 个工作日", left);
        *vec_add(a, &d->later) = line;
        break;
    }
}

const struct err *desk_read(struct ctx *c, struct desk *out)
{
    struct work_items items = {0}; /* the lanes point into it: it lives in the arena */
    *out = (struct desk){0};
    TRY(ctx_read(c, AUDIENCE_STAFF, collect, &items));
    if (items.n > 1) {
        qsort(items.v, items.n, sizeof items.v[0], by_due);
    }
    for (size_t i = 0; i < items.n; i++) {
        into_lane(c, out, &items.v[i]);
    }
    return NULL;
}
