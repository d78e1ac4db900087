/*
 * series.c: one row a series, its lock held until commit.
 */
#include "core/series.h"

#include "core_sql.h"

#include "base/ban.h"

/* '' is never stored: a series without a category has the category "-". */
static struct str category_of(const struct series *s)
{
    return s->category.n > 0 ? s->category : S("-");
}

static void check_key(const struct ctx *c, const struct series *s)
{
    must(c->tx != NULL && c->tx->writes);
    must(s->pattern.n > 0 && s->agency.n > 0);
    must(s->year >= 1000 && s->year <= 9999);
}

const struct err *series_next(struct ctx *c, const struct series *s, int64_t *serial)
{
    check_key(c, s);
    struct q_core_series_next_in in = {
        .pattern = s->pattern,
        .agency = s->agency,
        .category = category_of(s),
        .year = s->year,
    };
    struct q_core_series_next_row row;
    bool found = false;
    TRY(q_core_series_next(c->tx, &in, &row, &found));
    must(found && row.last_no >= 1);
    *serial = row.last_no;
    return NULL;
}

const struct err *series_raise(struct ctx *c, const struct series *s, int64_t serial)
{
    check_key(c, s);
    must(serial >= 1);
    struct q_core_series_raise_in in = {
        .pattern = s->pattern,
        .agency = s->agency,
        .category = category_of(s),
        .year = s->year,
        .serial = serial,
    };
    int64_t changed = 0;
    return q_core_series_raise(c->tx, &in, &changed);
}
