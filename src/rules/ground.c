/* ground.c: looks up a ground of non-disclosure. */
#include "rules/ground.h"

#include "base/ban.h"
#include "base/err.h"
#include "rules/data/ogi.h"

struct grounds ground_all(void)
{
    return ogi_grounds();
}

const struct ground *ground_find(struct str code)
{
    const struct grounds all = ground_all();
    for (size_t i = 0; i < all.n; i++) {
        if (str_eq(all.v[i].code, code)) {
            return &all.v[i];
        }
    }
    return NULL;
}

bool ground_in_force(const struct ground *g, struct date day)
{
    must(date_is(day));
    return !date_before(day, g->from) && (!date_is(g->to) || !date_before(g->to, day));
}
