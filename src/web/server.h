/*
 * server.h: the web child: listening, I/O threads of the engine, a pool of workers, and everything
 * they share read-only.
 *
 * app fills a struct server_config and calls server_run(), which serves until SIGTERM or SIGINT and
 * then finishes what is under way. Tests use server_start() and server_stop(). Every maximum is a
 * field here, so that tests on loopback may raise or lower it; server_config_make() gives the
 * defaults of base/limits.h and the design.
 */
#ifndef GK_WEB_SERVER_H
#define GK_WEB_SERVER_H

#include "core/ctx.h"
#include "web/route.h"

enum serve_sides { SERVE_PUBLIC = 1, SERVE_OFFICE = 2, SERVE_BOTH = 3 };

enum { ROUTE_CLASSES = CLASS_FILE + 1 };

/* A token bucket: it fills at per_minute and holds at most burst. Both 0: no limit. */
struct rate_limit {
    int per_minute;
    int burst;
};

struct server_config {
    /* where */
    struct str address;   /* IPv4 or IPv6 address to listen on */
    int port;             /* 0: any free one; server_port() tells */
    struct str unix_path; /* not empty: a Unix socket instead of address and port */
    enum serve_sides sides;
    struct strs hosts;   /* names this server answers to; empty: any, but from loopback only */
    struct strs proxies; /* addresses whose X-Forwarded-For and -Proto are believed; a Unix socket
                            always is */

    /* on what */
    const struct site *site;
    const struct clock *clock;
    int64_t tenant;
    struct db_config public_db; /* door is set by the server */
    struct db_config office_db;

    /* how much */
    int io_threads; /* 0: as many as cores */
    int workers;    /* 0: four for each core */
    int queue;      /* exchanges waiting for a worker; more: 503 */
    int connections;
    int per_address; /* open connections of one address; 0: 64, without limit on loopback and Unix
                        sockets */
    int idle_s;      /* connection without traffic */
    size_t head_bytes;
    size_t form_bytes;                              /* CLASS_PAGE, CLASS_LOGIN */
    size_t body_form_bytes;                         /* CLASS_BODY */
    size_t upload_bytes;                            /* one file of CLASS_UPLOAD */
    size_t upload_form_bytes;                       /* all of a CLASS_UPLOAD form */
    int fields;                                     /* of one form */
    size_t arena_bytes;                             /* of one exchange */
    struct rate_limit rates[ROUTE_CLASSES];         /* by address (/24, /56) */
    struct rate_limit account_rates[ROUTE_CLASSES]; /* by person */

    /* sessions of staff */
    int session_idle_s;
    int session_total_s;
    int session_most; /* in parallel; the oldest ends */
};

struct server_config server_config_make(void);

struct server;
/* Listens and answers when it returns NULL. The config's strings must live as long as the server.
 */
const struct err *server_start(
    struct arena *boot, const struct server_config *config, struct server **out);
int server_port(const struct server *s);
/* No new exchanges; waits for those under way (at most 10 s), then closes everything. */
void server_stop(struct server *s);

/* Starts, tells "ready" in the diagnostics, serves until SIGTERM or SIGINT, stops. Call it before
 * other threads start: it blocks these signals. */
const struct err *server_run(struct arena *boot, const struct server_config *config);

/* Tells the registry of this room's schema and statements. Once at start, before registry_set(). */
void web_register(void);

/* The routes of this room (/healthz, /display), beside those of the capabilities. For the access
 * report. */
extern const struct route web_routes[];
extern const size_t web_route_count;

#endif
