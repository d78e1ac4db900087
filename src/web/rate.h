/*
 * rate.h: token buckets, in memory, by (class, address network) and (class, account).
 *
 * A fixed table: when a bucket's place is taken, the fullest one of its neighbours gives way, for
 * it forgets least.
 */
#ifndef GK_WEB_RATE_H
#define GK_WEB_RATE_H

#include "web/server.h"

struct rate_table;
struct rate_table *rate_make(struct arena *into);
/* Takes one token. False: none left; *wait_s gets the seconds until the next one. Thread-safe. */
bool rate_take(
    struct rate_table *t, struct str key, struct rate_limit limit, int64_t now_us, int *wait_s);

#endif
