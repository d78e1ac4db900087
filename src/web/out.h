/*
 * out.h: what compiled views print into. Views are made by gen/viewc; the printer is picked by type, the escaping by place.
 */
#ifndef GK_WEB_OUT_H
#define GK_WEB_OUT_H

#include "base/buf.h"
#include "base/date.h"
#include "html/html.h"

struct out {
    struct buf buf;
};

/* An address that may stand first in href or src: made by url_path(), url_absolute() and url_literal() only. What may not
 * stand in an address (blanks, controls, quotes, backslash, Chinese) is percent-encoded; a '%' with two digits is kept. */
struct url {
    struct str safe;
};
// clang-format off
struct url url_path(struct arena *into, struct str path);      /* must start with one '/' (not "//") or '#', '?'; else "/" */
struct url url_absolute(struct arena *into, struct str http);  /* http:// or https:// with a host only; else "/" */
struct str url_encode(struct arena *into, struct str segment); /* percent-encoded as one segment / query value */
/* Of a literal in the source, a path as for url_path(); URL_INIT in static tables. */
#define URL_INIT(lit) {S_INIT(lit)}
#define url_literal(lit) ((struct url){S(lit)})

struct out out_make(struct arena *into, size_t max_bytes);
void out_raw(struct out *o, struct str literal);  /* generated code only: text of the template itself */
void out_text_str(struct out *o, struct str s);
void out_attr_str(struct out *o, struct str s);
void out_segment_str(struct out *o, struct str s); /* inside a URL attribute */
void out_html(struct out *o, struct html h);
void out_url(struct out *o, struct url u);
void out_int(struct out *o, int64_t v);
void out_date(struct out *o, struct date d);       /* 2026年7月1日; none: nothing */
void out_instant(struct out *o, struct instant t); /* 2026-07-01 09:30 */
void out_date_iso(struct out *o, struct date d);       /* 2026-07-01: in datetime attributes and addresses */
void out_instant_iso(struct out *o, struct instant t); /* 2026-07-01T09:30:05+08:00: in datetime attributes */
// clang-format on

#endif
