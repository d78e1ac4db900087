/*
 * upkeep.h: what the house does by itself: who may run which job now, and what is thrown away when nobody needs it.
 *
 * A job is leased in the store, so that two processes, or two machines, never run one at the same time. A holder that dies
 * loses its lease by time; its job is then taken by another and starts again, which is why jobs are idempotent.
 */
#ifndef GK_CAP_UPKEEP_H
#define GK_CAP_UPKEEP_H

#include "core/registry.h"

enum { UPKEEP_LEASE_S = 120 }; /* longer than any run of a job takes */

/* Is the job due, and is it mine? *mine false: another has it, or it is not time yet. */
const struct err *upkeep_lease_take(struct ctx *c, struct str job, struct str holder, bool *mine);
/* The run is over: the next one is due every_s from now. outcome: "ok" or err_name(). */
const struct err *upkeep_lease_done(struct ctx *c, struct str job, struct str holder, int every_s, struct str outcome);

#endif
