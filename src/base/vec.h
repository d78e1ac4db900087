/*
 * vec.h: a growing array in an arena, without hiding it.
 *
 *     struct { struct line *v; size_t n, cap; } lines = {0};
 *     struct line *l = vec_add(into, &lines);      zeroed, ready to fill
 */
#ifndef GK_BASE_VEC_H
#define GK_BASE_VEC_H

#include "base/arena.h"

void *vec_grow(struct arena *into, void *v, size_t n, size_t *cap, size_t size_bytes);

#define vec_add(into, list)                                                                        \
    ((list)->v = vec_grow((into), (list)->v, (list)->n, &(list)->cap, sizeof(*(list)->v)),         \
        &(list)->v[(list)->n++])

#endif
