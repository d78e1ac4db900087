/*
 * reasons.h: what is missing for a step. Collected, not thrown: the officer sees everything at once.
 */
#ifndef GK_CORE_REASONS_H
#define GK_CORE_REASONS_H

#include "base/err.h"

struct reason {
    struct str field;  /* where to mend it: field of the form, may be empty */
    struct str words;
    bool must;         /* false: advice (建议处理) */
};

struct reasons {
    struct arena *arena;
    struct reason *v;
    size_t n, cap;
};

struct reasons reasons_make(struct arena *into);
void reason_add(struct reasons *r, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));
void reason_advise(struct reasons *r, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t reasons_must_count(const struct reasons *r);
/* ERR_NOT_YET with all that must be mended; NULL when none. */
const struct err *reasons_err(const struct reasons *r);

#endif
