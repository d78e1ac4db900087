/*
 * header.h: the small grammars of single header fields. Pure.
 */
#ifndef GK_WEB_HEADER_H
#define GK_WEB_HEADER_H

#include "base/str.h"

/* Value of a cookie of that name in a Cookie field; STR_NONE when absent. */
struct str cookie_find(struct str field, struct str name);

/* Does Accept-Encoding take gzip (q not 0)? */
bool accepts_gzip(struct str field);
/* Does Accept name application/json and not text/html? */
bool accepts_json(struct str field);

/* Does a list of entity tags (If-None-Match) name this one, given without quotes? The tag of the
 * compressed form counts. */
bool etag_among(struct str field, struct str etag);

enum range_kind { RANGE_ALL, RANGE_PART, RANGE_OUTSIDE };
/* A single range of bytes; anything else (several ranges, other units, nonsense) is RANGE_ALL: the
 * whole is always right. */
enum range_kind range_read(struct str field, uint64_t size, uint64_t *first, uint64_t *length);

/* "attachment; filename=…; filename*=UTF-8''…" */
struct str disposition_format(struct arena *into, struct str kind, struct str file_name);

/* One parameter of a field like `form-data; name="a"; filename="b"`; STR_NONE when absent. As
 * browsers write it. */
struct str parameter_find(struct arena *into, struct str field, struct str name);

/* The network an address is counted by: /24 of IPv4, /56 of IPv6; anything else itself. */
struct str address_network(struct arena *into, struct str address);

#endif
