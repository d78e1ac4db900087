/*
 * engine_mhd.c: engine.h on libmicrohttpd (epoll, a few I/O threads, suspend and resume).
 *
 * The library takes some messages that the design refuses and does not show their raw text. It
 * parses a head where it stands, so the places of what it hands out tell whether it read all of it:
 * each name must begin exactly one CRLF behind the value before it. A folded line, a bare CR or LF,
 * or a NUL leaves another distance (lies_as_written). tests/web proves it.
 */
#define GK_MAY_ALLOCATE
#include "base/file.h"
#include "web/engine.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/ban.h"

enum { STREAM_BLOCK_BYTES = 16 * 1024 };

struct engine {
    struct MHD_Daemon *daemon;
    struct engine_manners manners;
    unsigned connections;
};

enum stage { STAGE_LINE, STAGE_HEAD, STAGE_BODY, STAGE_PARKED, STAGE_ANSWERED };

/* The wire as the engine holds it: the public part first. */
struct mhd_wire {
    struct wire wire;
    struct engine *engine;
    struct MHD_Connection *connection;
    enum stage stage;
    const char *target_at; /* where the library keeps the target: for lies_as_written */
    char *target;
    size_t sent; /* bytes of the waiting piece of a stream */
};

/* The request line is there, its headers are not: an arena is not spent on it yet. */
static void *line_read(void *arg, const char *target, struct MHD_Connection *connection)
{
    struct mhd_wire *w = calloc(1, sizeof(*w));
    if (w == NULL) {
        return NULL;
    }
    w->engine = arg;
    w->connection = connection;
    w->stage = STAGE_LINE;
    w->target_at = target;
    w->target = strdup(target);
    w->wire.answer.fd = -1;
    if (w->target == NULL) {
        free(w);
        return NULL;
    }
    return w;
}

/* The target is decoded once, by us. */
static size_t leave_escaped(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

struct gather {
    struct mhd_wire *w;
    uintptr_t next; /* where the next name must begin; 0: not known */
    bool ordered;
};

static enum MHD_Result count_line(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
    (void)kind;
    (void)name;
    (void)name_n;
    (void)value;
    (void)value_n;
    (*(size_t *)arg)++;
    return MHD_YES;
}

static enum MHD_Result gather_line(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
    (void)kind;
    struct gather *g = arg;
    struct wire *w = &g->w->wire;
    struct head_line *l = &w->lines[w->line_count++];
    l->name = str_dup(w->arena, str_make(name, name_n));
    l->value = value == NULL ? S("") : str_dup(w->arena, str_make(value, value_n));
    if ((uintptr_t)name != g->next || value == NULL) {
        g->ordered = false;
    }
    g->next = (uintptr_t)value + value_n + 2;
    return MHD_YES;
}

/* The lines, and whether the library's reading of the head covers every byte of it. */
static void gather_lines(struct mhd_wire *w, const char *method, const char *version)
{
    size_t n = 0;
    MHD_get_connection_values_n(w->connection, MHD_HEADER_KIND, count_line, &n);
    w->wire.lines = arena_many(w->wire.arena, n + 1, struct head_line);
    struct gather g = {.w = w, .ordered = true};
    g.next = (uintptr_t)version + strlen(version) + 2;
    if ((uintptr_t)w->target_at != (uintptr_t)method + strlen(method) + 1 ||
        (uintptr_t)version != (uintptr_t)w->target_at + strlen(w->target) + 1) {
        g.ordered = false;
    }
    MHD_get_connection_values_n(w->connection, MHD_HEADER_KIND, gather_line, &g);
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(w->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    w->wire.head_bytes = size != NULL ? size->header_size : 0;
    /* Behind the last line stands one empty line, and the head ends there. */
    if (g.next + 2 != (uintptr_t)method + w->wire.head_bytes) {
        g.ordered = false;
    }
    w->wire.malformed = !g.ordered;
}

static struct str peer_of(struct arena *into, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    if (info == NULL || info->client_addr == NULL) {
        return S("unix");
    }
    const struct sockaddr *a = info->client_addr;
    if (a->sa_family == AF_INET) {
        inet_ntop(
            AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, text, sizeof(text));
    } else if (a->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, text,
            sizeof(text));
    } else {
        return S("unix");
    }
    struct str peer = str_from(text);
    if (str_starts(peer, S("::ffff:")) && str_has(peer, S("."))) {
        peer = str_skip(peer, 7);
    }
    return str_dup(into, peer);
}

/* Bytes of the waiting piece; when it is empty, the manners are asked for another and the
 * connection sleeps until it is there. */
static ssize_t read_stream(void *arg, uint64_t at, char *into, size_t most)
{
    (void)at;
    struct mhd_wire *w = arg;
    struct answer *a = &w->wire.answer;
    const struct engine_manners *m = &w->engine->manners;
    if (w->sent < a->body.n) {
        size_t n = a->body.n - w->sent < most ? a->body.n - w->sent : most;
        memcpy(into, a->body.p + w->sent, n);
        w->sent += n;
        return (ssize_t)n;
    }
    if (a->stream == STREAM_ENDS) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    a->body = STR_NONE;
    w->sent = 0;
    if (a->stream == STREAM_BROKEN || m->drained(m->arg, &w->wire) != ENGINE_PARK) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    MHD_suspend_connection(w->connection);
    m->parked(m->arg, &w->wire);
    return 0;
}

static struct MHD_Response *response_of(struct mhd_wire *w)
{
    struct answer *a = &w->wire.answer;
    if (a->stream != STREAM_NOT) {
        struct MHD_Response *r = MHD_create_response_from_callback(
            MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, w, NULL);
        if (r != NULL && str_eq(w->wire.method, S("HEAD"))) {
            /* Else the library sends the last chunk of a body that a HEAD has not. */
            MHD_set_response_options(r, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
        }
        return r;
    }
    if (a->fd >= 0) {
        struct MHD_Response *r =
            MHD_create_response_from_fd_at_offset64(a->length, a->fd, a->offset);
        if (r != NULL) {
            a->fd = -1; /* closed with the response */
        }
        return r;
    }
    /* The body lies in the arena of the wire, which outlives the response. */
    union {
        const char *read;
        void *any;
    } body = {.read = a->body.p};
    return MHD_create_response_from_buffer(a->body.n, body.any, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_answer(struct mhd_wire *w)
{
    struct answer *a = &w->wire.answer;
    w->stage = STAGE_ANSWERED;
    struct MHD_Response *r = response_of(w);
    if (r == NULL) {
        return MHD_NO;
    }
    for (size_t i = 0; i < a->line_count; i++) {
        MHD_add_response_header(
            r, str_z(w->wire.arena, a->lines[i].name), str_z(w->wire.arena, a->lines[i].value));
    }
    if (a->close) {
        MHD_add_response_header(r, "Connection", "close");
    }
    enum MHD_Result queued = MHD_queue_response(w->connection, (unsigned)a->status, r);
    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result follow(struct mhd_wire *w, enum engine_next next, enum stage reading)
{
    switch (next) {
    case ENGINE_READ:
        w->stage = reading;
        return MHD_YES;
    case ENGINE_PARK:
        w->stage = STAGE_PARKED;
        MHD_suspend_connection(w->connection);
        w->engine->manners.parked(w->engine->manners.arg, &w->wire);
        return MHD_YES;
    case ENGINE_ANSWER:
        return send_answer(w);
    case ENGINE_CUT:
        break;
    }
    return MHD_NO;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *target,
    const char *method, const char *version, const char *piece, size_t *piece_n, void **mine)
{
    (void)target;
    (void)connection;
    struct engine *e = arg;
    struct mhd_wire *w = *mine;
    if (w == NULL) {
        return MHD_NO;
    }
    switch (w->stage) {
    case STAGE_LINE:
        w->wire.arena = e->manners.arena_get(e->manners.arg);
        w->wire.method = str_dup(w->wire.arena, str_from(method));
        w->wire.target = str_from(w->target);
        w->wire.peer = peer_of(w->wire.arena, w->connection);
        gather_lines(w, method, version);
        w->stage = STAGE_HEAD;
        return follow(w, e->manners.head(e->manners.arg, &w->wire), STAGE_BODY);
    case STAGE_BODY:
        if (*piece_n > 0) {
            struct str s = str_make(piece, *piece_n);
            *piece_n = 0;
            return follow(w, e->manners.body(e->manners.arg, &w->wire, s), STAGE_BODY);
        }
        return follow(w, e->manners.end(e->manners.arg, &w->wire), STAGE_BODY);
    case STAGE_PARKED:
        return follow(w, e->manners.woken(e->manners.arg, &w->wire), STAGE_BODY);
    case STAGE_HEAD:
    case STAGE_ANSWERED:
        break;
    }
    *piece_n = 0; /* what still comes after an early answer */
    return MHD_YES;
}

static void finished(
    void *arg, struct MHD_Connection *connection, void **mine, enum MHD_RequestTerminationCode how)
{
    (void)connection;
    (void)how;
    struct engine *e = arg;
    struct mhd_wire *w = *mine;
    if (w == NULL) {
        return;
    }
    *mine = NULL;
    if (w->wire.arena != NULL) {
        e->manners.over(e->manners.arg, &w->wire);
        if (w->wire.answer.fd >= 0) {
            close(w->wire.answer.fd);
        }
        e->manners.arena_put(e->manners.arg, w->wire.arena);
    }
    free(w->target);
    free(w);
}

const struct err *engine_start(
    struct arena *boot, const struct engine_config *config, struct engine **out)
{
    struct engine *e = arena_new(boot, struct engine);
    e->manners = config->manners;
    e->connections = config->connections;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    // clang-format off
    e->daemon = MHD_start_daemon(flags, 0, NULL, NULL, handle, e,
        MHD_OPTION_LISTEN_SOCKET, config->listen_fd,
        MHD_OPTION_THREAD_POOL_SIZE, config->threads > 1 ? config->threads : 0U,
        MHD_OPTION_CONNECTION_LIMIT, config->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, config->per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, config->idle_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, config->connection_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, line_read, e,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, e,
        MHD_OPTION_NOTIFY_COMPLETED, finished, e,
        MHD_OPTION_END);
    // clang-format on
    if (e->daemon == NULL) {
        return err_fault(boot, "the HTTP engine does not start");
    }
    *out = e;
    return NULL;
}

void engine_quiet(struct engine *e)
{
    int fd = MHD_quiesce_daemon(e->daemon);
    if (fd >= 0) {
        close(fd);
    }
}

void engine_stop(struct engine *e)
{
    MHD_stop_daemon(e->daemon);
}

void engine_wake(struct wire *w)
{
    struct mhd_wire *m = (struct mhd_wire *)(void *)w;
    MHD_resume_connection(m->connection);
}
