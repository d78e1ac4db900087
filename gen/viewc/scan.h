/*
 * scan.h: reading the inside of one tag, word by word.
 */
#ifndef GK_GEN_VIEWC_SCAN_H
#define GK_GEN_VIEWC_SCAN_H

#include "viewc.h"

struct scan {
    struct text rest;
};

void scan_blanks(struct scan *s);
bool scan_end(struct scan *s);                     /* nothing but blanks left */
bool scan_mark(struct scan *s, const char *mark);  /* takes it after blanks, or leaves everything */
bool scan_name(struct scan *s, struct text *name); /* C identifier */
bool scan_path(struct scan *s, struct text *path); /* a.b->c, without blanks inside */
bool scan_number(struct scan *s, struct text *number); /* -12 */
bool scan_quoted(struct scan *s,
    struct text *inside); /* "…" without quotes, backslashes or line breaks inside */
bool scan_expression(struct scan *s, struct expression *e);

#endif
