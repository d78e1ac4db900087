#include "web/rate.h"

#include "base/ban.h"

#include <pthread.h>

enum { RATE_PLACES = 16384, RATE_NEIGHBOURS = 8, MINUTE_US = 60 * 1000 * 1000 };

struct bucket {
    uint64_t key;      /* 0: free */
    int64_t filled_us; /* when it was last reckoned */
    double tokens;
    double burst;
};

struct rate_table {
    pthread_mutex_t lock;
    struct bucket v[RATE_PLACES];
};

struct rate_table *rate_make(struct arena *into)
{
    struct rate_table *t = arena_new(into, struct rate_table);
    must(pthread_mutex_init(&t->lock, NULL) == 0);
    return t;
}

/* FNV-1a; a stranger who makes keys collide shares buckets with himself. */
static uint64_t hash_key(struct str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    }
    return h == 0 ? 1 : h;
}

static struct bucket *place(struct rate_table *t, uint64_t key)
{
    size_t at = (size_t)(key % (RATE_PLACES - RATE_NEIGHBOURS));
    struct bucket *fullest = &t->v[at];
    for (size_t i = at; i < at + RATE_NEIGHBOURS; i++) {
        struct bucket *b = &t->v[i];
        if (b->key == key) {
            return b;
        }
        if (b->key == 0 ||
            (fullest->key != 0 && b->tokens / b->burst > fullest->tokens / fullest->burst)) {
            fullest = b;
        }
    }
    fullest->key = 0;
    return fullest;
}

bool rate_take(
    struct rate_table *t, struct str key, struct rate_limit limit, int64_t now_us, int *wait_s)
{
    *wait_s = 0;
    if (limit.per_minute <= 0) {
        return true;
    }
    uint64_t hashed = hash_key(key);
    pthread_mutex_lock(&t->lock);
    struct bucket *b = place(t, hashed);
    double burst = limit.burst > 0 ? limit.burst : 1;
    if (b->key == 0) {
        *b = (struct bucket){hashed, now_us, burst, burst};
    }
    double came = (double)(now_us - b->filled_us) * limit.per_minute / MINUTE_US;
    b->tokens = b->tokens + came > burst ? burst : b->tokens + came;
    b->filled_us = now_us;
    bool taken = b->tokens >= 1;
    if (taken) {
        b->tokens -= 1;
    } else {
        *wait_s = 1 + (int)((1 - b->tokens) * 60 / limit.per_minute);
    }
    pthread_mutex_unlock(&t->lock);
    return taken;
}
