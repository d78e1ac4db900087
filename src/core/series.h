/*
 * series.h: official numbers without gaps.
 *
 * Key: tenant, pattern, publisher code, category, year (ruling 5). The counter row is locked until commit, so numbers are in commit
 * order and a rollback leaves no gap. Called as late as possible in the publishing transaction.
 */
#ifndef GK_CORE_SERIES_H
#define GK_CORE_SERIES_H

#include "core/ctx.h"

struct series {
    struct str pattern;
    struct str agency;
    struct str category; /* "" is stored as "-": one series for all categories */
    int year;
};

const struct err *series_next(struct ctx *c, const struct series *s, int64_t *serial);
/* An imported number stands beside the series and raises its last number to at least serial. */
const struct err *series_raise(struct ctx *c, const struct series *s, int64_t serial);

#endif
