/*
 * worker.c: the bounded queue, and the threads that may wait for disk and store.
 */
#include "base/limits.h"
#include "web/inside.h"
#include "web/stream.h"

#include "base/ban.h"

struct work_queue {
    pthread_mutex_t lock;
    pthread_cond_t came;
    struct wire **ring;
    size_t most, first, n;
    size_t places;   /* of the ring: most, and one for each stream */
    size_t reserved; /* promised places: parking follows the promise */
    bool stopping;
    struct worker *workers;
    size_t worker_n;
};

bool queue_reserve(struct work_queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool room = q->n + q->reserved < q->most && !q->stopping;
    q->reserved += room ? 1 : 0;
    pthread_mutex_unlock(&q->lock);
    return room;
}

/* Each stream waits for one piece at a time, so its place is always free. */
bool queue_reserve_stream(struct work_queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool room = !q->stopping;
    q->reserved += room ? 1 : 0;
    pthread_mutex_unlock(&q->lock);
    return room;
}

void queue_push(struct work_queue *q, struct wire *w)
{
    pthread_mutex_lock(&q->lock);
    must(q->reserved > 0 && q->n < q->places);
    q->reserved--;
    q->ring[(q->first + q->n++) % q->places] = w;
    if (q->stopping) {
        pthread_cond_broadcast(&q->came); /* those who wait for the last promise go home too */
    } else {
        pthread_cond_signal(&q->came);
    }
    pthread_mutex_unlock(&q->lock);
}

/* NULL: stopping and nothing left. */
static struct wire *queue_pull(struct work_queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->n == 0 && (!q->stopping || q->reserved > 0)) {
        pthread_cond_wait(&q->came, &q->lock);
    }
    struct wire *w = NULL;
    if (q->n > 0) {
        w = q->ring[q->first];
        q->first = (q->first + 1) % q->places;
        q->n--;
    }
    pthread_mutex_unlock(&q->lock);
    return w;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct wire *wire;
    while ((wire = queue_pull(w->server->queue)) != NULL) {
        exchange_work(wire->mine, w);
        engine_wake(wire); /* from here on it is the engine's */
    }
    return NULL;
}

static const struct err *worker_open(struct server *s, struct worker *w)
{
    w->server = s;
    w->arena = arena_open(MIB(32));
    w->kept[SIDE_PUBLIC].arena = arena_open(MIB(1));
    w->kept[SIDE_OFFICE].arena = arena_open(MIB(1));
    if (s->config.sides & SERVE_PUBLIC) {
        struct db_config c = s->config.public_db;
        c.door = DOOR_PUBLIC;
        TRY(db_open(w->arena, &c, &w->public_db));
    }
    if (s->config.sides & SERVE_OFFICE) {
        struct db_config c = s->config.office_db;
        c.door = DOOR_OFFICE;
        TRY(db_open(w->arena, &c, &w->office_db));
    }
    return NULL;
}

const struct err *queue_start(struct arena *boot, struct server *s, struct work_queue **out)
{
    struct work_queue *q = arena_new(boot, struct work_queue);
    must(pthread_mutex_init(&q->lock, NULL) == 0 && pthread_cond_init(&q->came, NULL) == 0);
    q->most = (size_t)s->config.queue;
    q->places = q->most + STREAMS_MOST;
    q->ring = arena_many(boot, q->places, struct wire *);
    q->workers = arena_many(boot, (size_t)s->config.workers, struct worker);
    s->queue = q;
    *out = q;
    for (int i = 0; i < s->config.workers; i++) {
        struct worker *w = &q->workers[q->worker_n];
        TRY(worker_open(s, w));
        if (pthread_create(&w->thread, NULL, work, w) != 0) {
            return err_fault(boot, "no thread for worker %d", i);
        }
        q->worker_n++;
    }
    return NULL;
}

void queue_stop(struct work_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->stopping = true;
    pthread_cond_broadcast(&q->came);
    pthread_mutex_unlock(&q->lock);
    for (size_t i = 0; i < q->worker_n; i++) {
        struct worker *w = &q->workers[i];
        pthread_join(w->thread, NULL);
        arena_close(w->arena);
        arena_close(w->kept[SIDE_PUBLIC].arena);
        arena_close(w->kept[SIDE_OFFICE].arena);
    }
}
