/*
 * build.h: one round of the sanitiser: tokens in, markup out, through a stack of at most 64 allowed
 * elements.
 */
#ifndef GK_HTML_BUILD_H
#define GK_HTML_BUILD_H

#include "html/sanitise.h"

enum { BUILD_DEPTH_MAX = 64 };

/* Writes to out (emptied first), never beyond out->max. Adds to the report. Memory for the time of
 * the call from scratch. */
void build(
    struct buf *out, struct str source, struct arena *scratch, struct sanitise_report *report);

#endif
