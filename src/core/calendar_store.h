/*
 * calendar_store.h: the calendar of a tenant: compiled years, and the rows that override them
 * (ruling 7).
 */
#ifndef GK_CORE_CALENDAR_STORE_H
#define GK_CORE_CALENDAR_STORE_H

#include "core/ctx.h"

/* Inside a transaction of any audience. The calendar lives in c->arena: at start that is the boot
 * arena.
 *
 * A year after the compiled ones counts as announced when the rows list at least one of its
 * holidays with the notice it stands on (basis), and the years before it are announced too. A local
 * day without a basis announces nothing. */
const struct err *calendar_load(struct ctx *c, const struct calendar **out);

#endif
