/*
 * stream.c: long answers. The engine asks for a piece, a worker makes it, the engine is woken.
 */
#include "web/stream.h"

#include "base/diag.h"
#include "base/limits.h"
#include "web/inside.h"

#include "base/ban.h"

#define PIECE_MOST_BYTES MIB(8)
#define STREAM_ARENA_BYTES MIB(32)
#define CACHE_STREAM S("public, max-age=60")

struct stream {
    struct arena *arena; /* of one piece */
    stream_fn *next;
    void *state;
    int64_t bytes, pieces;
};

static void close_arena(void *arg)
{
    arena_close(arg);
}

/* The next piece as the body of the wire. more: there is another one. */
static const struct err *make_piece(struct exchange *ex, bool *more)
{
    struct stream *s = ex->inside->stream;
    struct arena *whole = ex->ctx.arena;
    ex->ctx.arena = s->arena;
    struct buf piece = buf_make(s->arena, PIECE_MOST_BYTES);
    const struct err *e = s->next(ex, s->state, &piece, more);
    if (e == NULL && buf_full(&piece)) {
        e = err_fault(s->arena, "piece of a stream over %zu bytes", piece.max);
    }
    ex->ctx.arena = whole;
    TRY(e);
    ex->inside->wire->answer.body = buf_str(&piece);
    s->bytes += (int64_t)piece.n;
    s->pieces++;
    return NULL;
}

static bool take_place(struct server *server)
{
    if (atomic_fetch_add(&server->streams, 1) < STREAMS_MOST) {
        return true;
    }
    atomic_fetch_sub(&server->streams, 1);
    return false;
}

const struct err *exchange_stream(
    struct exchange *ex, struct str media_type, stream_fn *next, void *state)
{
    struct exchange_inside *in = ex->inside;
    struct stream *s = arena_new(ex->ctx.arena, struct stream);
    *s = (struct stream){.arena = arena_open(STREAM_ARENA_BYTES), .next = next, .state = state};
    arena_defer(ex->ctx.arena, close_arena, s->arena);
    in->stream = s;
    bool more = false;
    TRY(make_piece(ex, &more));
    exchange_bytes(ex, 200, media_type, in->wire->answer.body);
    if (!more) {
        return NULL;
    }
    if (ex->head) {
        in->wire->answer.stream = STREAM_ENDS; /* its length is not known, and nobody reads it */
        return NULL;
    }
    if (!take_place(in->server)) {
        struct err *e = err_format(ex->ctx.arena, ERR_BUSY, "同时下载的人太多，请过一会儿再下载。");
        e->retry_after_s = 30;
        return e;
    }
    in->streaming = true;
    in->wire->answer.stream = STREAM_GOES_ON;
    if (in->route->side == SIDE_PUBLIC && !answer_has_line(&in->wire->answer, S("Cache-Control"))) {
        exchange_header_set(ex, S("Cache-Control"), CACHE_STREAM);
    }
    return NULL;
}

static void tell(const struct exchange *ex, enum diag_level level, const struct err *e)
{
    const struct stream *s = ex->inside->stream;
    struct diag d = diag_make(s->arena, level, "stream");
    diag_str(&d, "path", ex->path);
    diag_int(&d, "pieces", s->pieces);
    diag_int(&d, "bytes", s->bytes);
    diag_int(&d, "us", clock_mono_us() - ex->inside->started_us);
    if (e != NULL) {
        diag_str(&d, "facts", e->facts);
    }
    diag_write(&d);
}

void stream_work(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    struct answer *a = &in->wire->answer;
    bool more = false;
    const struct err *e = make_piece(ex, &more);
    if (e != NULL) {
        a->body = STR_NONE;
        a->stream = STREAM_BROKEN;
        tell(ex, DIAG_WARNING, e);
        return;
    }
    if (!more) {
        a->stream = STREAM_ENDS;
        tell(ex, DIAG_INFO, NULL);
    }
}

/* Before the next piece: what the last one left behind is taken away, and ctx is made in its arena.
 */
struct arena *stream_arena(struct exchange *ex)
{
    arena_reset(ex->inside->stream->arena);
    return ex->inside->stream->arena;
}

void stream_over(struct exchange *ex)
{
    if (ex->inside->streaming) {
        ex->inside->streaming = false;
        atomic_fetch_sub(&ex->inside->server->streams, 1);
    }
}
