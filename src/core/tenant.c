/*
 * tenant.c: making a tenant, and finding it by its host.
 */
#include "core/tenant.h"

#include "core/registry.h"
#include "core_sql.h"

#include "base/ban.h"

static const struct err *add_role(struct ctx *c, const struct role_default *role, int64_t sort)
{
    struct q_core_role_add_in in = {
        .role = str_from(role->code),
        .name = str_from(role->name),
        .admin = str_from(role->admin),
        .sort = sort,
    };
    int64_t changed = 0;

    return q_core_role_add(c->tx, &in, &changed);
}

static const struct err *add_grant(struct ctx *c, const struct role_grant *grant)
{
    struct q_core_role_may_add_in in = {
        .role = str_from(grant->role),
        .may = str_from(grant->may->name),
    };
    int64_t changed = 0;

    return q_core_role_may_add(c->tx, &in, &changed);
}

static const struct err *seed(struct ctx *c, void *arg)
{
    struct capabilities all = registry_all();
    int64_t sort = 0;
    (void)arg;

    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->role_count; k++) {
            TRY(add_role(c, &all.v[i]->roles[k], ++sort));
        }
    }
    /* Only now: a capability may grant to a role of another one. */
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->grant_count; k++) {
            TRY(add_grant(c, &all.v[i]->grants[k]));
        }
    }
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i]->seed != NULL) {
            TRY(all.v[i]->seed(c));
        }
    }
    return NULL;
}

const struct err *role_seed(struct ctx *c)
{
    return ctx_write(c, AUDIENCE_SYSTEM, seed, NULL);
}

static const struct err *create(struct ctx *c, void *arg)
{
    const struct tenant *t = arg;
    struct q_core_tenant_add_in in = {.name = t->name, .host = t->host, .at = c->now};
    int64_t changed = 0;

    TRY(q_core_tenant_add(c->tx, &in, &changed));
    return seed(c, NULL);
}

const struct err *tenant_create(struct ctx *c, int64_t id, struct str name, struct str host)
{
    must(c->tx == NULL && id > 0 && name.n > 0);
    must(c->tenant == 0 || c->tenant == id);
    struct tenant t = {.tenant = id, .name = name, .host = host};

    c->tenant = id;
    return ctx_write(c, AUDIENCE_SYSTEM, create, &t);
}

static const struct err *list(struct ctx *c, void *arg)
{
    struct tenants *out = arg;
    struct q_core_tenant_list_rows rows = {0};

    TRY(q_core_tenant_list(c->tx, &rows));
    struct tenant *v = arena_many(c->arena, rows.n, struct tenant);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct tenant){
            .tenant = rows.v[i].tenant,
            .name = rows.v[i].name,
            .host = rows.v[i].host,
        };
    }
    *out = (struct tenants){.v = v, .n = rows.n};
    return NULL;
}

const struct err *tenant_list(struct ctx *c, struct tenants *out)
{
    return ctx_read(c, AUDIENCE_PUBLIC, list, out);
}

const struct err *tenant_by_host(struct ctx *c, struct str host, struct tenant *out, bool *found)
{
    struct tenants all = {0};

    *found = false;
    TRY(tenant_list(c, &all));
    for (size_t i = 0; i < all.n && !*found; i++) {
        if (all.v[i].host.n > 0 && str_eq_nocase(all.v[i].host, host)) {
            *out = all.v[i];
            *found = true;
        }
    }
    if (!*found && all.n == 1) {
        *out = all.v[0];
        *found = true;
    }
    return NULL;
}
