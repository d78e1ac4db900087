/*
 * buf.c: growth by doubling up to the maximum. A piece is taken whole or not at all, so a full buf
 * ends on a border between two adds and never inside a character.
 */
#include "base/buf.h"

#include "base/err.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { BUF_FIRST = 240 };

struct buf buf_make(struct arena *into, size_t max_bytes)
{
    must(into != NULL && max_bytes < SIZE_MAX / 4);
    return (struct buf){.arena = into, .max = max_bytes};
}

/* cap bytes and one more, which vsnprintf wants for its NUL. */
static bool set_cap(struct buf *b, size_t cap)
{
    if (b->p != NULL && arena_extend(b->arena, b->p, b->cap + 1, cap + 1)) {
        b->cap = cap;
        return true;
    }
    if (arena_room(b->arena) < cap + 1 + 16) {
        return false;
    }
    char *p = arena_alloc(b->arena, cap + 1);
    if (b->n > 0) {
        memcpy(p, b->p, b->n);
    }
    b->p = p;
    b->cap = cap;
    return true;
}

/* Room for n more bytes; false, and full for ever, when the maximum or the arena does not allow it.
 */
static bool room(struct buf *b, size_t n)
{
    if (b->full || n > b->max - b->n) {
        b->full = true;
        return false;
    }
    size_t need = b->n + n;
    if (b->p != NULL && need <= b->cap) {
        return true;
    }
    size_t cap = b->cap < BUF_FIRST / 2 ? BUF_FIRST : b->cap * 2;
    cap = cap > b->max ? b->max : cap;
    cap = cap < need ? need : cap;
    if (!set_cap(b, cap) && !set_cap(b, need)) {
        b->full = true;
        return false;
    }
    return true;
}

bool buf_reserve(struct buf *b, size_t n)
{
    return room(b, n);
}

void buf_add_bytes(struct buf *b, const void *p, size_t n)
{
    if (n == 0 || !room(b, n)) {
        return;
    }
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void buf_add(struct buf *b, struct str s)
{
    buf_add_bytes(b, s.p, s.n);
}

void buf_add_byte(struct buf *b, char c)
{
    buf_add_bytes(b, &c, 1);
}

void buf_add_int(struct buf *b, int64_t v)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", (long long)v);
    must(n > 0 && (size_t)n < sizeof text);
    buf_add_bytes(b, text, (size_t)n);
}

void buf_add_char(struct buf *b, uint32_t code_point)
{
    char text[4];
    buf_add_bytes(b, text, utf8_encode(code_point, text));
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    must(n >= 0);
    if (n == 0 || !room(b, (size_t)n)) {
        return;
    }
    va_start(args, format);
    int again = vsnprintf(b->p + b->n, (size_t)n + 1, format, args);
    va_end(args);
    must(again == n);
    b->n += (size_t)n;
}

bool buf_full(const struct buf *b)
{
    return b->full;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->p, b->n};
}
