/*
 * may.h: may this person?
 *
 * Permissions are constants of capabilities; roles (rows, per tenant) collect them; people hold roles in units, with dates. A
 * right held in a unit reaches the units below it. Rights are asked in the transaction of the act, so a right taken away is
 * gone at once.
 */
#ifndef GK_CORE_MAY_H
#define GK_CORE_MAY_H

#include "core/ctx.h"

struct may {
    const char *name;   /* "document.publish" */
    const char *title;  /* 发布文件: for the roles page and the access report */
};

extern const struct may MAY_ANYONE;    /* a decision like any other: everybody, also without log-in */
extern const struct may MAY_SIGNED_IN; /* every person with a session, whatever the roles */
extern const struct may MAY_SYSTEM;    /* the program itself only */

/* Does the actor hold it in any unit today? */
const struct err *may_somewhere(struct ctx *c, const struct may *m, bool *yes);
/* Does the actor hold it in this unit or above? */
const struct err *may_in(struct ctx *c, const struct may *m, int64_t unit_id, bool *yes);
/* The same as an error: ERR_LOGIN for nobody, else ERR_DENIED. */
const struct err *may_require(struct ctx *c, const struct may *m);
const struct err *may_require_in(struct ctx *c, const struct may *m, int64_t unit_id);
/* Names of everything the actor holds somewhere, sorted: for menus. */
const struct err *may_names(struct ctx *c, struct strs *out);
bool may_among(struct strs names, const struct may *m);

#endif
