/*
 * buf.h: builds a text or a body, and is born with a maximum.
 *
 * Past its maximum a buf stops taking bytes and says so (buf_full): output that is too large is noticed once, at the end, by
 * whoever sends it. Growth comes from the arena.
 */
#ifndef GK_BASE_BUF_H
#define GK_BASE_BUF_H

#include "base/str.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap, max;
    bool full;
};

struct buf buf_make(struct arena *into, size_t max_bytes);
void buf_add(struct buf *b, struct str s);
void buf_add_bytes(struct buf *b, const void *p, size_t n);
void buf_add_byte(struct buf *b, char c);
void buf_add_int(struct buf *b, int64_t v);
void buf_add_char(struct buf *b, uint32_t code_point); /* as UTF-8 */
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Makes room for n more bytes at once; false, and the buf is full, when there cannot be. */
bool buf_reserve(struct buf *b, size_t n);
bool buf_full(const struct buf *b);
struct str buf_str(const struct buf *b); /* view; valid until the next add */

#endif
