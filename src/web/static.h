/*
 * static.h: style sheets and scripts: part of the program, served under names that carry their digest.
 *
 * /static/gk.1a2b3c4d.css never changes its content, so browsers may keep it for ever. The names, and the compressed forms,
 * are made once at start. A script that imports "./other.js" gets the hashed name of the other written in.
 */
#ifndef GK_WEB_STATIC_H
#define GK_WEB_STATIC_H

#include "web/out.h"
#include "web/route.h"

struct static_file {
    struct str name;       /* gk.css */
    struct str path;       /* /static/gk.1a2b3c4d.css */
    struct str media_type; /* text/css; charset=utf-8 */
    struct str bytes;
    struct str gzip;       /* empty when it would not be smaller */
    struct str etag;       /* without quotes */
};

/* Before the first thread: fills the table from `boot`, which must outlive everything. A second call does nothing. */
void static_start(struct arena *boot);

/* By the path of an address; NULL when there is none. */
const struct static_file *static_find(struct str path);

/* Address of a file of assets/ ("gk.css"). A name that does not exist is a fault of the program. */
struct url static_url(struct str name);
/* The same for what web/build.sh makes, which may not have been built: empty then. */
struct url static_url_built(struct str name);

/* Handler of GET /static/{name}: the file, immutable, compressed for who takes it. */
const struct err *static_serve(struct exchange *ex);

#endif
