/*
 * sniff.h: what a file is, by its bytes. The name and what the browser says do not count. Pure.
 */
#ifndef GK_WEB_SNIFF_H
#define GK_WEB_SNIFF_H

#include "base/str.h"

enum { SNIFF_HEAD_BYTES = 4096, SNIFF_TAIL_BYTES = 65536 };

struct sniffed {
    struct str media_type; /* empty: refused */
    struct str refusal;    /* Chinese: why, and what to do */
};

/* head: the first bytes (up to SNIFF_HEAD_BYTES), tail: the last (up to SNIFF_TAIL_BYTES; may
 * overlap). name: cleaned, tells csv from plain text only. */
struct sniffed sniff(struct str head, struct str tail, struct str name);

#endif
