/*
 * reasons.c: a list that grows in the arena of the work.
 */
#include "core/reasons.h"

#include "base/vec.h"

#include <stdarg.h>

#include "base/ban.h"

struct reasons reasons_make(struct arena *into)
{
    return (struct reasons){.arena = into};
}

static void add(struct reasons *r, const char *field, bool must_mend, struct str words)
{
    struct reason *reason = vec_add(r->arena, r);

    reason->field = str_from(field);
    reason->words = words;
    reason->must = must_mend;
}

void reason_add(struct reasons *r, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(r, field, true, str_format_v(r->arena, format, args));
    va_end(args);
}

void reason_advise(struct reasons *r, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(r, field, false, str_format_v(r->arena, format, args));
    va_end(args);
}

size_t reasons_must_count(const struct reasons *r)
{
    size_t count = 0;

    for (size_t i = 0; i < r->n; i++) {
        count += r->v[i].must ? 1 : 0;
    }
    return count;
}

const struct err *reasons_err(const struct reasons *r)
{
    size_t count = reasons_must_count(r);
    if (count == 0) {
        return NULL;
    }
    struct fault *v = arena_many(r->arena, count, struct fault);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].must) {
            v[n++] = (struct fault){.field = r->v[i].field, .words = r->v[i].words};
        }
    }
    return err_faults(r->arena, ERR_NOT_YET, (struct faults){.v = v, .n = n});
}
