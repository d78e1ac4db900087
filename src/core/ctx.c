/*
 * ctx.c: transactions in somebody's name.
 *
 * store_tx() knows a tx and an argument; a ctx_fn wants the ctx with the tx in it. The small struct
 * below carries both across.
 */
#include "core/ctx.h"

#include "base/ban.h"

struct errand {
    struct ctx *c;
    ctx_fn *fn;
    void *arg;
};

static const struct err *run_errand(struct tx *tx, void *arg)
{
    const struct errand *e = arg;

    e->c->tx = tx;
    e->c->events = 0;
    const struct err *err = e->fn(e->c, e->arg);
    e->c->tx = NULL;
    return err;
}

const struct err *ctx_read(struct ctx *c, enum audience audience, ctx_fn *fn, void *arg)
{
    if (c->tx != NULL) {
        return fn(c, arg);
    }
    struct errand e = {.c = c, .fn = fn, .arg = arg};
    struct tx_how how = {.audience = audience, .tenant = c->tenant, .write = false};
    return store_tx(c->db, c->arena, how, run_errand, &e);
}

const struct err *ctx_write(struct ctx *c, enum audience audience, ctx_fn *fn, void *arg)
{
    if (c->tx != NULL) {
        must(c->tx->writes);
        return fn(c, arg);
    }
    struct errand e = {.c = c, .fn = fn, .arg = arg};
    struct tx_how how = {.audience = audience, .tenant = c->tenant, .write = true};
    return store_tx(c->db, c->arena, how, run_errand, &e);
}

struct ctx ctx_make(struct arena *arena, const struct clock *clock, const struct site *site,
    struct db *db, int64_t tenant)
{
    struct instant now = clock_now(clock);
    const struct calendar *calendar = site != NULL ? site->calendar : NULL;

    return (struct ctx){
        .arena = arena,
        .clock = clock,
        .now = now,
        .today = instant_date(now),
        .site = site,
        .calendar = calendar != NULL ? calendar : calendar_compiled(),
        .tenant = tenant,
        .actor = {.kind = ACTOR_SYSTEM, .address = S("local")},
        .db = db,
    };
}
