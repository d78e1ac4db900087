/*
 * rand.h: getrandom, and ids made by the program.
 */
#ifndef GK_BASE_RAND_H
#define GK_BASE_RAND_H

#include "base/date.h"

void rand_bytes(void *p, size_t n);
uint64_t rand_below(uint64_t n); /* uniform in [0, n), n > 0 */
/* n random bytes as lower-case base32 without padding or look-alikes. */
struct str rand_token(struct arena *into, size_t n_bytes);

/* 63-bit id: 41 bits of milliseconds since 2020-01-01, 10 bits of node, 12 bits of counter. Ordered by time within a
 * node, unique across threads of a process; the node comes from id_node_set (process index), default random. */
int64_t id_make(struct instant now);
void id_node_set(unsigned node);

#endif
