/*
 * diag.h: one line per exchange and per job, key=value, to standard error.
 *
 * Fields carry a class in their function's name: there is no function that prints personal data.
 *     struct diag d = diag_make(arena, "exchange"); diag_str(&d, "path", path); diag_int(&d, "ms", 3); diag_write(&d);
 */
#ifndef GK_BASE_DIAG_H
#define GK_BASE_DIAG_H

#include "base/buf.h"

enum diag_level { DIAG_DEBUG, DIAG_INFO, DIAG_NOTICE, DIAG_WARNING, DIAG_ERROR };

struct diag {
    struct buf line;
    enum diag_level level;
};

struct diag diag_make(struct arena *into, enum diag_level level, const char *what);
void diag_str(struct diag *d, const char *key, struct str value); /* quoted when needed, cut at 512 bytes */
void diag_int(struct diag *d, const char *key, int64_t value);
void diag_write(struct diag *d); /* one write(2), with the moment in front */
void diag_level_set(enum diag_level least);

#endif
