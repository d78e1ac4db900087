/*
 * portal_reads.c: who publishes beside the body itself.
 */
#include "cap/portal/portal_reads.h"

#include "portal_sql.h"

#include "base/ban.h"

struct ask {
    struct str kind;
    struct portal_publishers *out;
};

static const struct err *read_rows(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct q_portal_publishers_rows rows = {0};
    TRY(q_portal_publishers(c->tx, &(struct q_portal_publishers_in){.kind = a->kind}, &rows));
    struct portal_publisher *v = arena_many(c->arena, rows.n, struct portal_publisher);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct portal_publisher){.name = rows.v[i].name, .unit_id = rows.v[i].unit_id};
    }
    *a->out = (struct portal_publishers){v, rows.n};
    return NULL;
}

const struct err *portal_publishers_read(struct ctx *c, struct str kind, struct portal_publishers *out)
{
    return ctx_read(c, AUDIENCE_PUBLIC, read_rows, &(struct ask){kind, out});
}
