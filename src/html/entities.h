/*
 * entities.h: the table of named character references (entities.c). Used by charref.c only.
 */
#ifndef GK_HTML_ENTITIES_H
#define GK_HTML_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

struct entity {
    const char *name; /* without the ampersand; with the semicolon where the standard has one */
    uint32_t first, second;
};

extern const struct entity entities[]; /* sorted by bytes of the name */
extern const size_t entities_count;

enum { ENTITY_NAME_MAX = 32 }; /* CounterClockwiseContourIntegral; */

#endif
