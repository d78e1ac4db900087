/*
 * diag.c: lines for whoever looks after the program.
 */
#include "base/diag.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <stdatomic.h>
#include <unistd.h>

enum { DIAG_VALUE_MAX = 512, DIAG_LINE_MAX = 8 * 1024 };

static _Atomic int least_level = DIAG_INFO;

struct diag diag_make(struct arena *into, enum diag_level level, const char *what)
{
    static const char *const names[] = {
        [DIAG_DEBUG] = "debug",
        [DIAG_INFO] = "info",
        [DIAG_NOTICE] = "notice",
        [DIAG_WARNING] = "warning",
        [DIAG_ERROR] = "error",
    };
    struct diag d = {.line = buf_make(into, DIAG_LINE_MAX), .level = level};
    buf_format(&d.line, "%s %s", names[level], what);
    return d;
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c == 0x7f) {
            return false;
        }
    }
    return s.n > 0 && utf8_valid(s);
}

/* Cut at 512 bytes, but not inside a character. */
static struct str cut(struct str s)
{
    if (s.n <= DIAG_VALUE_MAX) {
        return s;
    }
    size_t to = DIAG_VALUE_MAX;
    while (to > DIAG_VALUE_MAX - 4 && ((uint8_t)s.p[to] & 0xc0) == 0x80) {
        to--;
    }
    return str_sub(s, 0, to);
}

void diag_str(struct diag *d, const char *key, struct str value)
{
    value = cut(value);
    if (is_plain(value)) {
        buf_format(&d->line, " %s=%.*s", key, STR_ARG(value));
        return;
    }
    bool is_text = utf8_valid(value);
    buf_format(&d->line, " %s=\"", key);
    for (size_t i = 0; i < value.n; i++) {
        uint8_t c = (uint8_t)value.p[i];
        if (c == '"' || c == '\\') {
            buf_add_byte(&d->line, '\\');
            buf_add_byte(&d->line, (char)c);
        } else if (c < ' ' || c == 0x7f || (c > 0x7f && !is_text)) {
            /* A line break in a value must not begin a line of its own. */
            buf_format(&d->line, "\\x%02x", c);
        } else {
            buf_add_byte(&d->line, (char)c);
        }
    }
    buf_add_byte(&d->line, '"');
}

void diag_int(struct diag *d, const char *key, int64_t value)
{
    buf_format(&d->line, " %s=%lld", key, (long long)value);
}

void diag_write(struct diag *d)
{
    if ((int)d->level < atomic_load(&least_level)) {
        return;
    }
    /* The system's own time, also where the program plays another day: it must match other logs. */
    struct arena *a = d->line.arena;
    struct str moment = instant_iso(a, clock_now(&(struct clock){0}));
    struct str body = buf_str(&d->line);
    struct str line = str_format(
        a, "%.*s %.*s%s\n", STR_ARG(moment), STR_ARG(body), buf_full(&d->line) ? " cut=yes" : "");
    /* Nobody can be told when the place for telling is closed. */
    ssize_t done = write(STDERR_FILENO, line.p, line.n);
    (void)done;
}

void diag_level_set(enum diag_level least)
{
    atomic_store(&least_level, (int)least);
}
