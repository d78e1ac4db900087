/*
 * engine.h: the narrow door to whatever parses HTTP. Only engine_*.c knows its name.
 *
 * The engine reads heads and bodies on its own few threads and asks the manners what to do next.
 * Nothing on these threads may wait: work goes to a worker (ENGINE_PARK), which fills wire->answer
 * and calls engine_wake().
 */
#ifndef GK_WEB_ENGINE_H
#define GK_WEB_ENGINE_H

#include "base/err.h"

struct head_line {
    struct str name, value;
};

/* An answer whose body is handed over in pieces; `body` is the piece that waits to be sent. */
enum answer_stream { STREAM_NOT, STREAM_GOES_ON, STREAM_ENDS, STREAM_BROKEN };

struct answer {
    int status;
    struct head_line *lines;
    size_t line_count, line_cap;
    struct str body; /* lives until the wire is over */
    int fd; /* -1, or a file: `length` bytes from `offset` are sent without passing through memory
             */
    uint64_t offset, length;
    bool close; /* the connection ends with it */
    enum answer_stream stream;
};

/* One request on the wire. Lives from its first line until its answer is sent or its client is
 * gone. */
struct wire {
    struct str method;
    struct str target; /* raw, as sent */
    struct head_line *lines;
    size_t line_count;
    size_t head_bytes;
    bool malformed;  /* the engine read it otherwise than it was written: bare CR, NUL, folded lines
                      */
    struct str peer; /* address without port; "unix" */
    struct arena *arena;
    struct answer answer;
    void *mine; /* of the manners */
};

enum engine_next {
    ENGINE_READ,   /* read on: the body, or its next piece */
    ENGINE_PARK,   /* wait for engine_wake() */
    ENGINE_ANSWER, /* wire->answer is ready */
    ENGINE_CUT,    /* close without a word */
};

struct engine_manners {
    void *arg;
    struct arena *(*arena_get)(void *arg);
    void (*arena_put)(void *arg, struct arena *a);
    enum engine_next (*head)(void *arg, struct wire *w); /* the head is complete */
    enum engine_next (*body)(
        void *arg, struct wire *w, struct str piece);   /* ENGINE_READ or ENGINE_CUT */
    enum engine_next (*end)(void *arg, struct wire *w); /* the body is complete */
    void (*parked)(void *arg, struct wire *w);          /* now it may be woken */
    enum engine_next (*woken)(void *arg, struct wire *w);
    /* The last byte of the piece is gone: ENGINE_PARK, then the wire is woken with the next one, or
     * ENGINE_CUT. Wires of streams are parked and woken like others, but woken() is not called. */
    enum engine_next (*drained)(void *arg, struct wire *w);
    void (*over)(void *arg, struct wire *w); /* sent, or the client is gone */
};

struct engine_config {
    int listen_fd; /* the engine closes it */
    unsigned threads;
    unsigned connections;
    unsigned per_address; /* 0: no limit */
    unsigned idle_s;
    size_t connection_bytes; /* memory of one connection: its head must fit */
    struct engine_manners manners;
};

struct engine;
const struct err *engine_start(
    struct arena *boot, const struct engine_config *config, struct engine **out);
/* No new connections. */
void engine_quiet(struct engine *e);
/* No wire may be parked. */
void engine_stop(struct engine *e);
/* From any thread: the wire goes on with manners->woken. */
void engine_wake(struct wire *w);

#endif
