/*
 * sanitise.h: body text that a browser cannot misread.
 *
 * Body text comes from editors, pastes and imports. It leaves this room as struct html: only
 * allowed elements and attributes, serialised from our own stack, never copied from the source, and
 * a fixpoint: sanitising the output gives the output. Linear in time for any input. (Design and
 * reasons: docs/rooms/html.md.)
 */
#ifndef GK_HTML_SANITISE_H
#define GK_HTML_SANITISE_H

#include "base/buf.h"
#include "base/err.h"
#include "html/html.h"

/* What was dropped on the way, to tell the person. */
struct sanitise_report {
    int elements_dropped; /* with their content: scripts, forms, foreign content */
    int attributes_dropped;
    int links_dropped;
    int images_dropped;   /* pictures that are not our own attachments */
    bool rounds_exceeded; /* no fixpoint in four rounds: the text was kept as plain paragraphs */
    bool cut_short;       /* the cap of the output was reached: the end of the text is missing */
    size_t steps; /* work done, in bytes and stack entries looked at: tests hold it against the
                     length */
};

/* Never fails; output at most 4 x input + 64 KiB. source must be valid UTF-8. report may be NULL.
 */
struct html sanitise(struct arena *into, struct str source, struct sanitise_report *report);

/* Text read from the store that this room wrote before: trusted, not parsed again. The only other
 * maker of struct html. */
struct html html_from_store(struct str sanitised);

/* Plain text to paragraphs: a line each; blank lines dropped. */
struct html html_from_text(struct arena *into, struct str text);

/* The text of it, a line per block, cells separated by TAB: for search, comparison and counting. */
struct str html_to_text(struct arena *into, struct html h);

/* The blocks of a sanitised text as separate pieces of text, in order (p, h2…, li, tr): for the
 * comparison of editions. */
struct strs html_blocks(struct arena *into, struct html h);

#endif
