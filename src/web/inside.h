/*
 * inside.h: what the files of this room share about an exchange and a server. Nobody else includes
 * it.
 */
#ifndef GK_WEB_INSIDE_H
#define GK_WEB_INSIDE_H

#include "web/engine.h"
#include "web/exchange.h"
#include "web/form.h"
#include "web/head.h"
#include "web/match.h"
#include "web/rate.h"
#include "web/server.h"

#include <pthread.h>
#include <stdatomic.h>

struct worker;
struct work_queue;

struct exchange_inside {
    struct server *server;
    struct wire *wire;
    struct http_head head;
    const struct route *route;
    struct values params;
    int refuse;        /* status decided by the head alone; 0: none */
    struct form *form; /* POST: being read */
    size_t step;       /* the next one of exchange.c */
    bool body_wanted;  /* the steps before the body went well */
    bool answered;
    bool json, gzip, tls;
    struct str address;        /* of the client, behind proxies */
    struct str token_hash;     /* of the session, hex */
    struct str notice;         /* waiting in the session */
    bool two_factors;          /* the session was proved by both */
    struct faults form_faults; /* refused files, by field */
    struct str etag;
    struct stream *stream;  /* of a long answer (stream.c) */
    bool streaming;         /* its first piece is sent, and it has a place among the streams */
    struct str form_cookie; /* of a form without session (csrf.c) */
    struct str reference;   /* of a fault, for the person and the diagnostics */
    int64_t started_us;
};

struct server {
    struct server_config config; /* written by server_start only */
    struct route_table routes;
    struct rate_table *rates;
    struct engine *engine;
    struct work_queue *queue;
    struct arena *boot;
    int port;
    bool local; /* listens on loopback or a Unix socket */
    atomic_bool stopping;
    atomic_int open;    /* exchanges under way */
    atomic_int streams; /* of them, with a long answer */
    pthread_mutex_t pool_lock;
    struct arena *pool[64]; /* empty arenas for the next exchanges */
    size_t pool_n;
};

/* One worker: its connections and what it remembers between exchanges. */
struct worker {
    struct server *server;
    struct arena *arena;
    struct db *public_db, *office_db; /* NULL: this side is not served */
    struct settings_kept {
        struct arena *arena;
        struct settings v;
        int64_t at_us; /* 0: never */
    } kept[2];         /* by side */
    pthread_t thread;
};

/* exchange.c: the manners of the engine, and the work */
struct engine_manners exchange_manners(struct server *s);
void exchange_work(struct exchange *ex, struct worker *w);

/* worker.c */
const struct err *queue_start(struct arena *boot, struct server *s, struct work_queue **out);
bool queue_reserve(struct work_queue *q);              /* false: full */
void queue_push(struct work_queue *q, struct wire *w); /* after queue_reserve */
bool queue_reserve_stream(
    struct work_queue *q); /* false: stopping; places of streams are kept for them */
void queue_stop(struct work_queue *q);

/* stream.c */
struct arena *stream_arena(struct exchange *ex);
void stream_work(struct exchange *ex); /* the next piece */
void stream_over(struct exchange *ex);

/* answer.c */
void answer_line(struct exchange *ex, struct str name, struct str value); /* adds, never replaces */
void answer_finish(struct exchange *ex);
/* A whole page from memory, without store or layout: for I/O threads. */
void answer_bare(struct wire *w, int status, int retry_after_s);
bool answer_has_line(const struct answer *a, struct str name);
bool answer_is_api(const struct exchange *ex); /* an address for programs of anybody: below /api/ */

/* errors.c */
void error_answer(struct exchange *ex, const struct err *e);
void error_answer_status(struct exchange *ex, int status, struct str words, int retry_after_s);
struct str error_heading(int status);
struct str error_advice(int status);

/* session.c */
const struct err *session_attach(struct exchange *ex);

/* csrf.c */
struct str csrf_token(struct exchange *ex); /* for forms; sets a cookie when there is no session */
bool csrf_right(struct exchange *ex);
bool csrf_same_origin(const struct exchange *ex);

/* display.c */
void display_read(struct exchange *ex);
const struct err *display_set(struct exchange *ex);
bool path_is_local(struct str path);

/* page.c */
void page_of_error(struct exchange *ex, struct page *p, struct str title);

#endif
