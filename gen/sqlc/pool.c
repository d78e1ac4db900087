/* pool.c: memory and texts of one run. */
#include "sqlc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
    struct block *next;
    max_align_t bytes[];
};

struct pool {
    struct block *blocks;
};

static void *need(void *p)
{
    if (p == NULL) {
        fputs("sqlc: out of memory\n", stderr);
        abort();
    }
    return p;
}

struct pool *pool_open(void)
{
    return need(calloc(1, sizeof(struct pool)));
}

void pool_close(struct pool *p)
{
    struct block *b = p->blocks;
    while (b != NULL) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    free(p);
}

void *pool_get(struct pool *p, size_t n)
{
    struct block *b = need(calloc(1, sizeof *b + (n > 0 ? n : 1)));
    b->next = p->blocks;
    p->blocks = b;
    return b->bytes;
}

void *pool_grow(struct pool *p, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) {
        return v;
    }
    size_t more = *cap == 0 ? 16 : *cap * 2;
    void *moved = pool_get(p, more * size);
    if (n > 0) {
        memcpy(moved, v, n * size);
    }
    *cap = more;
    return moved;
}

const char *pool_copy(struct pool *p, const char *from, size_t n)
{
    char *z = pool_get(p, n + 1);
    memcpy(z, from, n);
    return z;
}

void text_add(struct text *t, const char *from, size_t n)
{
    if (t->n + n + 1 > t->cap) {
        size_t cap = (t->n + n + 1) * 2;
        char *moved = pool_get(t->pool, cap);
        if (t->n > 0) {
            memcpy(moved, t->p, t->n);
        }
        t->p = moved;
        t->cap = cap;
    }
    memcpy(t->p + t->n, from, n);
    t->n += n;
    t->p[t->n] = '\0';
}

void text_puts(struct text *t, const char *z)
{
    text_add(t, z, strlen(z));
}

void text_format(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *z = NULL;
    int n = vasprintf(&z, format, args);
    va_end(args);
    if (n < 0) {
        (void)need(NULL);
    }
    text_add(t, z, (size_t)n);
    free(z);
}

bool fault(struct job *job, const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = snprintf(job->error, sizeof job->error, "%s:%d: ", file, line);
    if (n > 0 && (size_t)n < sizeof job->error) {
        (void)vsnprintf(job->error + n, sizeof job->error - (size_t)n, format, args);
    }
    va_end(args);
    return false;
}
