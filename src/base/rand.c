/*
 * rand.c: chance from the kernel, and ids.
 */
#include "base/rand.h"

#include "base/err.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/random.h>

void rand_bytes(void *p, size_t n)
{
    uint8_t *b = p;
    while (n > 0) {
        ssize_t got = getrandom(b, n, 0);
        if (got < 0) {
            must(errno == EINTR);
            continue;
        }
        b += got;
        n -= (size_t)got;
    }
}

uint64_t rand_below(uint64_t n)
{
    must(n > 0);
    /* Values under the remainder of 2^64 by n would make small results likelier: draw again. */
    uint64_t least = (0 - n) % n;
    uint64_t v;
    do {
        rand_bytes(&v, sizeof v);
    } while (v < least);
    return v % n;
}

struct str rand_token(struct arena *into, size_t n_bytes)
{
    /* No i, l, o, u: nobody confuses them with 1 and 0 when he copies a code by hand. */
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    must(n_bytes < SIZE_MAX / 16);
    uint8_t *b = arena_alloc(into, n_bytes);
    rand_bytes(b, n_bytes);
    size_t n = (n_bytes * 8 + 4) / 5;
    char *p = arena_alloc(into, n);
    uint32_t bits = 0;
    unsigned held = 0;
    size_t at = 0;
    for (size_t i = 0; i < n_bytes; i++) {
        bits = (bits << 8 | b[i]) & 0xffff;
        for (held += 8; held >= 5; held -= 5) {
            p[at++] = digits[bits >> (held - 5) & 31];
        }
    }
    if (held > 0) {
        p[at++] = digits[bits << (5 - held) & 31];
    }
    must(at == n);
    return str_make(p, n);
}

#define ID_EPOCH_MS 1577836800000 /* 2020-01-01T00:00Z */

enum { NODE_BITS = 10, COUNTER_BITS = 12, MS_BITS = 41 };

static _Atomic uint64_t last_tick; /* milliseconds, then the counter */
static _Atomic int node_of_process = -1;

/* A child must not go on with its parent's node: both would count from the same tick. */
static void forget_node(void)
{
    atomic_store(&node_of_process, -1);
}

static void watch_forks(void)
{
    must(pthread_atfork(NULL, NULL, forget_node) == 0);
}

static void set_node(int node)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    must(pthread_once(&once, watch_forks) == 0);
    atomic_store(&node_of_process, node);
}

void id_node_set(unsigned node)
{
    must(node < 1U << NODE_BITS);
    set_node((int)node);
}

static uint64_t node_now(void)
{
    int node = atomic_load(&node_of_process);
    if (node < 0) {
        /* Two threads may both draw here; any node is right, as ticks are shared. */
        node = (int)rand_below(1U << NODE_BITS);
        set_node(node);
    }
    return (uint64_t)node;
}

int64_t id_make(struct instant now)
{
    must(instant_is(now));
    int64_t since = now.ms - ID_EPOCH_MS;
    uint64_t ms = since < 0 ? 0 : (uint64_t)since;
    /* A full counter runs over into the next millisecond, so the order stays; the clock catches up.
     */
    uint64_t last = atomic_load(&last_tick);
    uint64_t tick;
    do {
        tick = ms << COUNTER_BITS;
        tick = tick > last ? tick : last + 1;
    } while (!atomic_compare_exchange_weak(&last_tick, &last, tick));

    uint64_t tick_ms = tick >> COUNTER_BITS;
    uint64_t counter = tick & ((1U << COUNTER_BITS) - 1);
    must(tick_ms < (uint64_t)1 << MS_BITS);
    return (int64_t)(tick_ms << (NODE_BITS + COUNTER_BITS) | node_now() << COUNTER_BITS | counter);
}
