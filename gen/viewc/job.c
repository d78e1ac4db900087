/*
 * job.c: one run: read all, check all, write both files.
 */
#include "viewc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void job_init(struct job *j, struct pool *pool)
{
    *j = (struct job){.pool = pool};
    j->last_include = &j->includes;
    j->last_view = &j->views;
}

bool job_fail(struct job *j, const struct source *source, int line, const char *format, ...)
{
    if (j->failure[0] != '\0') {
        return false; /* the first mistake is the one to tell */
    }
    int n = snprintf(j->failure, sizeof(j->failure), "%.200s:%d: ", source->name, line);
    if (n > 0 && (size_t)n < sizeof(j->failure)) {
        va_list args;
        va_start(args, format);
        vsnprintf(j->failure + n, sizeof(j->failure) - (size_t)n, format, args);
        va_end(args);
    }
    return false;
}

static bool run(struct job *j, const struct source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!parse_source(j, &sources[i])) {
            return false;
        }
    }
    for (const struct view *v = j->views; v != NULL; v = v->next) {
        if (!check_view(j, v)) {
            return false;
        }
    }
    return true;
}

bool viewc_compile(struct pool *pool, const struct source *sources, size_t count,
    const char *header_name, struct text *header, struct text *code,
    char failure[VIEWC_FAILURE_BYTES])
{
    struct job j;
    job_init(&j, pool);
    failure[0] = '\0';
    if (!run(&j, sources, count)) {
        memcpy(failure, j.failure, sizeof(j.failure));
        return false;
    }
    struct writing h = {.pool = pool}, c = {.pool = pool};
    emit_header(&j, header_name, &h);
    emit_code(&j, header_name, &c);
    *header = (struct text){h.p, h.n};
    *code = (struct text){c.p, c.n};
    return true;
}
