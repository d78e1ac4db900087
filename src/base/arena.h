/*
 * arena.h: one piece of work, one arena.
 *
 * Everything a request, a job run or a command makes lives as long as that work does, so an early return is always safe
 * and nothing is freed one by one. An arena has a limit: work that wants more than its limit from outside input gets
 * ERR_LIMIT at the door; running over it inside is a program fault and ends the worker (`must`). Memory comes zeroed.
 *
 * Resources that are not memory ride along: arena_defer() runs a function at reset, last in first out.
 */
#ifndef GK_BASE_ARENA_H
#define GK_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that may hand out at most limit_bytes. Ends the program when the system has no memory for it. */
struct arena *arena_open(size_t limit_bytes);

/* Runs the deferred functions and gives all memory back. NULL is allowed. */
void arena_close(struct arena *a);

/* Runs the deferred functions and makes the arena empty again; keeps some memory for the next work. */
void arena_reset(struct arena *a);

/* Zeroed memory, aligned for any type. Never NULL; a must() ends the worker beyond the limit. size 0 gives 1 byte. */
void *arena_alloc(struct arena *a, size_t size_bytes);

/* n things of size_bytes each; a product that overflows is a must. */
void *arena_array(struct arena *a, size_t n, size_t size_bytes);

/* Makes a piece of old_bytes longer where it lies; false when something lies behind it (then copy). The new part is zero.
 * Only the newest piece can grow: for buf and vec. */
bool arena_extend(struct arena *a, void *piece, size_t old_bytes, size_t new_bytes);

/* Bytes that can still be handed out: for code that wants to refuse politely instead of ending. */
size_t arena_room(const struct arena *a);
size_t arena_used(const struct arena *a);

/* Calls fn(arg) at reset or close, last in first out. */
void arena_defer(struct arena *a, void (*fn)(void *arg), void *arg);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

#endif
