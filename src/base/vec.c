/*
 * vec.c: growth by doubling; in place when nothing lies behind.
 */
#include "base/vec.h"

#include "base/err.h"

#include <string.h>

enum { VEC_FIRST = 8 };

void *vec_grow(struct arena *into, void *v, size_t n, size_t *cap, size_t size_bytes)
{
    must(n <= *cap);
    if (n < *cap) {
        return v;
    }
    size_t wanted = *cap == 0 ? VEC_FIRST : *cap;
    must(*cap == 0 || !__builtin_mul_overflow(*cap, (size_t)2, &wanted));
    size_t bytes = 0;
    must(!__builtin_mul_overflow(wanted, size_bytes, &bytes));

    if (v == NULL || !arena_extend(into, v, *cap * size_bytes, bytes)) {
        void *longer = arena_alloc(into, bytes);
        if (n > 0) {
            memcpy(longer, v, n * size_bytes);
        }
        v = longer;
    }
    *cap = wanted;
    return v;
}
