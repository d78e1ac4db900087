/*
 * route.h: one row per address. The audience is part of the row; a row without it does not start.
 */
#ifndef GK_WEB_ROUTE_H
#define GK_WEB_ROUTE_H

#include "core/may.h"

struct exchange;

enum method { METHOD_GET, METHOD_POST }; /* HEAD is answered as GET without body */

enum side { SIDE_PUBLIC, SIDE_OFFICE };  /* which child serves it: read-only store, or the office's */

enum route_class { /* for rate limits and body limits */
    CLASS_PAGE,    /* form bodies up to LIMIT_FORM_BYTES */
    CLASS_BODY,    /* multipart with a body text: LIMIT_BODY_FORM_BYTES; no files */
    CLASS_UPLOAD,  /* files stream to the blob store, up to LIMIT_UPLOAD_BYTES each; session and right are checked before the body */
    CLASS_LOGIN,
    CLASS_FILE,    /* downloads */
};

/* A handler answers by the exchange_* functions of exchange.h, or returns an error that becomes an error page. */
typedef const struct err *route_fn(struct exchange *ex);

struct route {
    enum method method;
    const char *pattern;   /* "/d/{number}", "/office/documents/{id}/edit"; longest literal wins */
    enum side side;
    const struct may *may; /* MAY_ANYONE, MAY_SIGNED_IN or a right held somewhere */
    enum route_class class;
    route_fn *run;
};

#define ROUTES_COUNT(table) (sizeof(table) / sizeof((table)[0]))

#endif
