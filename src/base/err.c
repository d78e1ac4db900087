/*
 * err.c: errors as values, and the end of a worker that is wrong.
 */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct err *make(struct arena *into, enum err_kind kind, struct str words)
{
    struct err *e = arena_new(into, struct err);
    e->kind = kind;
    e->words = words;
    return e;
}

const struct err *err_make(struct arena *into, enum err_kind kind, struct str words)
{
    return make(into, kind, str_dup(into, words));
}

struct err *err_format(struct arena *into, enum err_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str words = str_format_v(into, format, args);
    va_end(args);
    return make(into, kind, words);
}

const struct err *err_fault(struct arena *into, const char *facts_format, ...)
{
    struct err *e =
        make(into, ERR_FAULT, S("系统暂时没能完成这一步，请稍后再试；多次出现时请告诉管理员。"));
    va_list args;
    va_start(args, facts_format);
    e->facts = str_format_v(into, facts_format, args);
    va_end(args);
    return e;
}

const struct err *err_field(struct arena *into, struct str field, struct str words)
{
    struct fault *f = arena_new(into, struct fault);
    f->field = str_dup(into, field);
    f->words = str_dup(into, words);
    return err_faults(into, ERR_INVALID, (struct faults){f, 1});
}

const struct err *err_faults(struct arena *into, enum err_kind kind, struct faults faults)
{
    must(faults.n > 0);
    /* One fault speaks for itself; several are counted, and each stands at its field. */
    struct str words = faults.v[0].words;
    if (faults.n > 1 && kind == ERR_NOT_YET) {
        words = str_format(into, "还有 %zu 件事没有办完，办完后才能继续。", faults.n);
    } else if (faults.n > 1) {
        words = str_format(into, "有 %zu 处需要修改，请看各处的提示。", faults.n);
    }
    struct err *e = make(into, kind, words);
    e->faults = faults;
    return e;
}

struct row {
    int http, exit;
    struct str name;
};

static const struct row rows[] = {
#define X(id, http, exit, name) [id] = {http, exit, S_INIT(name)},
    ERR_KINDS(X)
#undef X
};

static const struct row *row_of(enum err_kind kind)
{
    must((size_t)kind < sizeof rows / sizeof rows[0]);
    return &rows[kind];
}

int err_http(enum err_kind kind)
{
    return row_of(kind)->http;
}

int err_exit(enum err_kind kind)
{
    return row_of(kind)->exit;
}

struct str err_name(enum err_kind kind)
{
    return row_of(kind)->name;
}

_Noreturn void must_failed(const char *condition, const char *file, int line)
{
    /* Straight to the descriptor: the heap and stdio may be what is broken. */
    dprintf(STDERR_FILENO, "must failed: %s at %s:%d\n", condition, file, line);
    abort();
}
