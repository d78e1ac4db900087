/*
 * limits.h: limits of the server that an operator may change in gongkai.conf.
 */
#ifndef GK_APP_LIMITS_H
#define GK_APP_LIMITS_H

#include "base/buf.h"
#include "web/server.h"

enum app_limit {
    APP_LIMIT_WORKERS,
    APP_LIMIT_QUEUE,
    APP_LIMIT_CONNECTIONS,
    APP_LIMIT_PER_ADDRESS,
    APP_LIMIT_IDLE_S,
    APP_LIMIT_UPLOAD_MIB,
    APP_LIMIT_PAGE_RATE,
    APP_LIMIT_FORM_RATE,
    APP_LIMIT_LOGIN_RATE,
    APP_LIMIT_FILE_RATE,
    APP_LIMIT_SESSION_IDLE,
    APP_LIMIT_SESSION_TOTAL,
    APP_LIMITS
};

#define LIMIT_UNSET ((int64_t)0) /* every limit is at least 1 */

struct limits {
    int64_t v[APP_LIMITS]; /* LIMIT_UNSET: the default of web/server.h */
};

/* False: no limit of that name, or not a number within its bounds. */
bool limits_set(struct limits *l, struct str name, struct str value);
/* The lines that were set, for writing the file again. */
void limits_text(const struct limits *l, struct buf *out);
void limits_apply(const struct limits *l, struct server_config *config);

#endif
