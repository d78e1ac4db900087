/*
 * pool.c: memory of one run, growing texts, and comparing texts.
 */
#include "viewc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pool_block {
    struct pool_block *next;
    _Alignas(max_align_t) char bytes[];
};

void *pool_alloc(struct pool *p, size_t size_bytes)
{
    struct pool_block *b = calloc(1, sizeof(*b) + size_bytes);
    if (b == NULL) {
        fputs("viewc: no memory\n", stderr);
        exit(70);
    }
    b->next = p->blocks;
    p->blocks = b;
    return b->bytes;
}

void pool_close(struct pool *p)
{
    while (p->blocks != NULL) {
        struct pool_block *b = p->blocks;
        p->blocks = b->next;
        free(b);
    }
}

void write_bytes(struct writing *w, const char *p, size_t n)
{
    if (w->cap - w->n < n + 1) {
        size_t cap = (w->cap + n + 1) * 2;
        char *more = pool_alloc(w->pool, cap);
        if (w->n > 0) {
            memcpy(more, w->p, w->n);
        }
        w->p = more;
        w->cap = cap;
    }
    if (n > 0) {
        memcpy(w->p + w->n, p, n);
    }
    w->n += n;
    w->p[w->n] = '\0';
}

void write_z(struct writing *w, const char *z)
{
    write_bytes(w, z, strlen(z));
}

void write_text(struct writing *w, struct text t)
{
    write_bytes(w, t.p, t.n);
}

/* Only for short pieces: numbers and names of files. */
void write_format(struct writing *w, const char *format, ...)
{
    char piece[4400];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(piece, sizeof(piece), format, args);
    va_end(args);
    if (n > 0) {
        write_bytes(w, piece, (size_t)n < sizeof(piece) ? (size_t)n : sizeof(piece) - 1);
    }
}

bool text_is(struct text t, const char *z)
{
    size_t n = strlen(z);
    return t.n == n && (n == 0 || memcmp(t.p, z, n) == 0);
}

bool text_same(struct text a, struct text b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

struct text text_at(struct text t, size_t from, size_t to)
{
    return (struct text){t.p + from, to - from};
}
