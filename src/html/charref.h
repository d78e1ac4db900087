/*
 * charref.h: source text to the characters it means.
 *
 * Resolves character references as the tokeniser of the HTML standard does, turns CRLF and CR into
 * LF, and makes every other control character a space (an attribute value keeps no line breaks or
 * tabs either): nothing invisible survives.
 */
#ifndef GK_HTML_CHARREF_H
#define GK_HTML_CHARREF_H

#include "base/buf.h"

enum charref_place {
    CHARREF_TEXT,
    CHARREF_ATTRIBUTE, /* "&copy=1" stays as written: addresses are full of such */
    CHARREF_LITERAL,   /* raw text: no references there, only the cleaning */
};

/* Appends the meaning of raw. *steps grows by the work done. */
void charref_decode(struct buf *out, struct str raw, enum charref_place place, size_t *steps);

#endif
