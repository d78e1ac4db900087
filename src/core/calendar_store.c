/*
 * calendar_store.c: rows of the store become overrides of the compiled calendar.
 */
#include "core/calendar_store.h"

#include "core_sql.h"

#include "base/ban.h"

static enum day_kind kind_of(struct str stored)
{
    if (str_eq(stored, S("holiday"))) {
        return DAY_HOLIDAY;
    }
    if (str_eq(stored, S("makeup"))) {
        return DAY_MAKEUP;
    }
    must(str_eq(stored, S("work"))); /* the CHECK of the table knows no fourth */
    return DAY_WORK;
}

static bool announces(const struct day_override *d, int year)
{
    return d->kind == DAY_HOLIDAY && d->basis.n > 0 && date_year(d->day) == year;
}

/* The last day of the last year that is announced without a gap; DATE_NONE when the rows announce
 * none. */
static struct date announced_to(const struct day_override *v, size_t n)
{
    struct date last = DATE_NONE;

    for (int year = date_year(calendar_last(calendar_compiled())) + 1;; year++) {
        size_t i = 0;
        while (i < n && !announces(&v[i], year)) {
            i++;
        }
        if (i == n) {
            return last;
        }
        must(date_from_ymd(year, 12, 31, &last));
    }
}

const struct err *calendar_load(struct ctx *c, const struct calendar **out)
{
    must(c->tx != NULL);
    struct q_core_day_override_list_rows rows = {0};
    TRY(q_core_day_override_list(c->tx, &rows));

    struct day_override *v = arena_many(c->arena, rows.n, struct day_override);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct day_override){
            .day = rows.v[i].day,
            .kind = kind_of(rows.v[i].kind),
            .name = rows.v[i].name,
            .basis = rows.v[i].basis,
        };
    }
    *out = calendar_make(c->arena, v, rows.n, announced_to(v, rows.n));
    return NULL;
}
