/* upkeep_ops.c: leases of jobs. */
#include "cap/upkeep/upkeep.h"

#include "upkeep_sql.h"

#include "base/ban.h"

struct lease {
    struct str job, holder, outcome;
    int every_s;
    bool mine;
};

static const struct err *take(struct ctx *c, void *arg)
{
    struct lease *l = arg;
    TRY(q_lease_make(c->tx, &(struct q_lease_make_in){.job = l->job, .now = c->now}));
    int64_t changed = 0;
    TRY(q_lease_take(c->tx,
        &(struct q_lease_take_in){.job = l->job,
            .holder = l->holder,
            .now = c->now,
            .until = {c->now.ms + UPKEEP_LEASE_S * 1000}},
        &changed));
    l->mine = changed == 1;
    return NULL;
}

const struct err *upkeep_lease_take(struct ctx *c, struct str job, struct str holder, bool *mine)
{
    struct lease l = {.job = job, .holder = holder};
    *mine = false;
    TRY(ctx_write(c, AUDIENCE_SYSTEM, take, &l));
    *mine = l.mine;
    return NULL;
}

static const struct err *done(struct ctx *c, void *arg)
{
    const struct lease *l = arg;
    int64_t changed = 0;
    /* Nothing changed: the lease ran out meanwhile and is another's now; that one sets the next
     * time. */
    return q_lease_done(c->tx,
        &(struct q_lease_done_in){.job = l->job,
            .holder = l->holder,
            .now = c->now,
            .next = {c->now.ms + (int64_t)l->every_s * 1000},
            .outcome = l->outcome},
        &changed);
}

const struct err *upkeep_lease_done(
    struct ctx *c, struct str job, struct str holder, int every_s, struct str outcome)
{
    struct lease l = {.job = job, .holder = holder, .outcome = outcome, .every_s = every_s};
    return ctx_write(c, AUDIENCE_SYSTEM, done, &l);
}
