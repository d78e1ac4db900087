/*
 * strict.h: a second pair of eyes on what the sanitiser writes.
 *
 * Reads the narrow language of its output, and nothing wider, with its own lists: it shares no code
 * with the room.
 */
#ifndef GK_TESTS_HTML_STRICT_H
#define GK_TESTS_HTML_STRICT_H

#include "base/str.h"

/* NULL when all is as promised, else what is wrong (a literal); *at tells where. */
const char *strict_fault(struct str output, size_t *at);

#endif
