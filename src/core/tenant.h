/*
 * tenant.h: the public bodies that live in this store.
 */
#ifndef GK_CORE_TENANT_H
#define GK_CORE_TENANT_H

#include "core/ctx.h"

struct tenant {
    int64_t tenant;
    struct str name;
    struct str host; /* of its site; empty: not bound to one */
};
struct tenants {
    const struct tenant *v;
    size_t n;
};

/* Makes the tenant with its default roles and makes it the ctx's own. c->tenant may be 0 or already
 * id; outside a transaction. Doing it twice changes nothing. */
const struct err *tenant_create(struct ctx *c, int64_t id, struct str name, struct str host);

/* All of them, and the one that answers for a host: the one bound to it, else the only one. Outside
 * a transaction or inside any. */
const struct err *tenant_list(struct ctx *c, struct tenants *out);
const struct err *tenant_by_host(struct ctx *c, struct str host, struct tenant *out, bool *found);

/* Default roles and their rights from the registry (roles, grants); adds what is missing. A right
 * that was taken from a default role comes back, so it is run when a site is made, not at every
 * start. */
const struct err *role_seed(struct ctx *c);

#endif
