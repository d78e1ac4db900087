/*
 * stream.h: an answer that is longer than anybody wants to hold: made piece by piece, by workers.
 *
 *     struct export { int64_t after; };
 *     static const struct err *next(struct exchange *ex, void *state, struct buf *out, bool *more)
 *     …
 *     return exchange_stream(ex, S("text/csv; charset=utf-8"), next, state);
 *
 * At most one piece of a stream exists at a time. The next one is made when the client has taken
 * the last byte of the one before, so a slow client costs one piece of memory and no worker, and a
 * client who is gone stops the work. A piece is made in an arena that is emptied before the next:
 * state and what it points to must live in the arena of the handler (ex->ctx.arena at the time of
 * the call), and nothing of ex->settings may be kept.
 */
#ifndef GK_WEB_STREAM_H
#define GK_WEB_STREAM_H

#include "web/exchange.h"

enum { STREAMS_MOST = 16 }; /* at the same time; beyond it is 503 with Retry-After */

/* Adds the next piece to out and says whether there is another. ex->ctx is ready for reads, of a
 * worker's own connection. An empty piece is allowed. An error before the first byte is an error
 * page; later it cuts the connection, so that the client does not take half of it for the whole. */
typedef const struct err *stream_fn(struct exchange *ex, void *state, struct buf *out, bool *more);

/* Makes the first piece at once. When it is the last one too, the answer is an ordinary one, with
 * ETag and compression. */
const struct err *exchange_stream(
    struct exchange *ex, struct str media_type, stream_fn *next, void *state);

#endif
