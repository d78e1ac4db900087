/*
 * arena.c: chunks in a list, the newest first.
 *
 * Chunks double up to CHUNK_MAX; a piece larger than half a chunk gets a chunk of its own, behind
 * the newest, so that the room left in the newest is not lost. Memory is zero when it is handed out
 * because calloc makes it so and reset wipes what was used: what one exchange saw is gone before
 * the next begins. Under AddressSanitizer everything not handed out is poisoned, with a gap behind
 * every piece, so a stale or overrunning pointer is caught the first time.
 */
#include "base/arena.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
enum { GAP = 16 };
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

enum { ALIGN = 16, CHUNK_MIN = 16 * 1024, CHUNK_MAX = 1024 * 1024 };

struct chunk {
    struct chunk *older;
    size_t size, used;
    _Alignas(ALIGN) char bytes[];
};

struct deferred {
    struct deferred *earlier;
    void (*fn)(void *arg);
    void *arg;
};

struct arena {
    struct chunk *newest;
    struct deferred *last_deferred;
    size_t limit, used;
    size_t next_chunk;
    char *last_piece; /* only this one can be extended in place */
};

static size_t round_up(size_t n)
{
    return (n + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
}

static struct chunk *chunk_make(size_t size)
{
    struct chunk *c = calloc(1, sizeof(struct chunk) + size);
    must(c != NULL);
    c->size = size;
    POISON(c->bytes, size);
    return c;
}

static void chunk_free(struct chunk *c)
{
    UNPOISON(c->bytes, c->size);
    free(c);
}

static void chunk_wipe(struct chunk *c)
{
    UNPOISON(c->bytes, c->used);
    memset(c->bytes, 0, c->used);
    c->used = 0;
    POISON(c->bytes, c->size);
}

struct arena *arena_open(size_t limit_bytes)
{
    struct arena *a = calloc(1, sizeof *a);
    must(a != NULL);
    must(limit_bytes > 0 && limit_bytes < SIZE_MAX / 4);
    a->limit = round_up(limit_bytes);
    a->next_chunk = CHUNK_MIN;
    return a;
}

static void run_deferred(struct arena *a)
{
    /* A deferred function may itself defer another one: take them off one by one. */
    while (a->last_deferred != NULL) {
        struct deferred *d = a->last_deferred;
        a->last_deferred = d->earlier;
        d->fn(d->arg);
    }
}

void arena_close(struct arena *a)
{
    if (a == NULL) {
        return;
    }
    run_deferred(a);
    while (a->newest != NULL) {
        struct chunk *c = a->newest;
        a->newest = c->older;
        chunk_free(c);
    }
    free(a);
}

void arena_reset(struct arena *a)
{
    run_deferred(a);
    struct chunk *kept = NULL;
    while (a->newest != NULL) {
        struct chunk *c = a->newest;
        a->newest = c->older;
        if (kept == NULL && c->size <= CHUNK_MAX) {
            kept = c;
        } else if (kept != NULL && c->size <= CHUNK_MAX && c->size > kept->size) {
            chunk_free(kept);
            kept = c;
        } else {
            chunk_free(c);
        }
    }
    if (kept != NULL) {
        chunk_wipe(kept);
        kept->older = NULL;
        a->newest = kept;
    }
    a->used = 0;
    a->last_piece = NULL;
}

static char *chunk_take(struct chunk *c, size_t size_bytes, size_t rounded)
{
    char *p = c->bytes + c->used;
    c->used += rounded + GAP;
    UNPOISON(p, size_bytes);
    return p;
}

/* The chunk that has room for n bytes; made when there is none. */
static struct chunk *chunk_for(struct arena *a, size_t n)
{
    struct chunk *c = a->newest;
    if (c != NULL && c->size - c->used >= n) {
        return c;
    }
    if (n > a->next_chunk / 2) {
        struct chunk *own = chunk_make(n);
        if (c == NULL) {
            a->newest = own;
        } else {
            own->older = c->older;
            c->older = own;
        }
        return own;
    }
    struct chunk *fresh = chunk_make(a->next_chunk);
    fresh->older = c;
    a->newest = fresh;
    if (a->next_chunk < CHUNK_MAX) {
        a->next_chunk *= 2;
    }
    return fresh;
}

void *arena_alloc(struct arena *a, size_t size_bytes)
{
    size_t size = size_bytes == 0 ? 1 : size_bytes;
    must(size <= a->limit - a->used);
    size_t rounded = round_up(size);
    must(rounded <= a->limit - a->used);

    struct chunk *c = chunk_for(a, rounded + GAP);
    a->used += rounded;
    a->last_piece = chunk_take(c, size, rounded);
    must(((uintptr_t)a->last_piece & (ALIGN - 1)) == 0);
    return a->last_piece;
}

void *arena_array(struct arena *a, size_t n, size_t size_bytes)
{
    size_t total = 0;
    must(!__builtin_mul_overflow(n, size_bytes, &total));
    return arena_alloc(a, total);
}

bool arena_extend(struct arena *a, void *piece, size_t old_bytes, size_t new_bytes)
{
    struct chunk *c = a->newest;
    if (piece == NULL || c == NULL || piece != a->last_piece || new_bytes < old_bytes) {
        return false;
    }
    size_t old_rounded = round_up(old_bytes);
    if (new_bytes - old_bytes > a->limit - a->used) {
        return false;
    }
    size_t more = round_up(new_bytes) - old_rounded;
    bool is_end_of_newest = c->bytes + c->used == (char *)piece + old_rounded + GAP;
    if (!is_end_of_newest || more > c->size - c->used || more > a->limit - a->used) {
        return false;
    }
    c->used += more;
    a->used += more;
    UNPOISON(piece, new_bytes);
    return true;
}

size_t arena_room(const struct arena *a)
{
    return a->limit - a->used;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

void arena_defer(struct arena *a, void (*fn)(void *arg), void *arg)
{
    must(fn != NULL);
    struct deferred *d = arena_new(a, struct deferred);
    d->fn = fn;
    d->arg = arg;
    d->earlier = a->last_deferred;
    a->last_deferred = d;
}
