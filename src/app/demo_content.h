/* demo_content.h: published documents, drafts and reviews of the demo site, made through the
 * operations themselves. */
#ifndef GK_APP_DEMO_CONTENT_H
#define GK_APP_DEMO_CONTENT_H

#include "core/ctx.h"

/* c is a ctx of the program itself in the new site, outside a transaction; identities come from
 * account_identity(). */
const struct err *demo_content(struct ctx *c);

#endif
