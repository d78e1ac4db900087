/* init.h: a new data directory. */
#ifndef GK_APP_INIT_H
#define GK_APP_INIT_H

#include "app/site.h"

struct init_plan {
    struct str data_dir;
    struct str store; /* "sqlite" or postgres://… */
    struct str name;  /* of the body */
    struct str short_name;
    struct str agency_code;
    struct str listen;
    int64_t port;
    bool demo;
};
/* Directory, keys, conf, schema, tenant with its roles, the body as its first unit, the owner
 * account of the command line. ERR_CONFLICT when there is a site already. c is a ctx of the program
 * in the new site; *body the body's unit. */
const struct err *init_site(struct arena *arena, const struct clock *clock,
    const struct init_plan *plan, struct open_site *site, struct ctx *c, int64_t *body);

#endif
