/*
 * clock.c: the one place that asks the system for the time.
 */
#include "base/clock.h"

#include "base/err.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MS_LAST 253370764800000 /* 9999-01-01 */

static int64_t system_ms(void)
{
    /* An operator who sets the clock back must not make ids and audit rows run backwards. */
    static _Atomic int64_t latest;
    struct timespec ts;
    must(clock_gettime(CLOCK_REALTIME, &ts) == 0);
    int64_t now = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
    int64_t seen = atomic_load(&latest);
    while (now > seen && !atomic_compare_exchange_weak(&latest, &seen, now)) {
    }
    return now > seen ? now : seen;
}

struct clock clock_system(void)
{
    const char *text = getenv("GONGKAI_NOW"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (text == NULL || text[0] == '\0') {
        return (struct clock){0};
    }
    struct instant start;
    int64_t ms;
    if (!instant_parse_iso(str_from(text), &start)) {
        bool is_ms = str_to_int(str_from(text), &ms) && ms > 0 && ms < MS_LAST;
        if (!is_ms) {
            dprintf(STDERR_FILENO,
                "GONGKAI_NOW is neither a moment like 2026-11-25T09:00:00+08:00 nor milliseconds: "
                "the system's time is used\n");
            return (struct clock){0};
        }
        start = (struct instant){ms};
    }
    return (struct clock){.offset_ms = start.ms - system_ms()};
}

struct clock clock_fixed(struct instant t)
{
    must(instant_is(t) && t.ms != 0);
    return (struct clock){.fixed_ms = t.ms};
}

struct instant clock_now(const struct clock *c)
{
    if (c->fixed_ms != 0) {
        return (struct instant){c->fixed_ms};
    }
    return (struct instant){system_ms() + c->offset_ms};
}

struct date clock_today(const struct clock *c)
{
    return instant_date(clock_now(c));
}

int64_t clock_mono_us(void)
{
    struct timespec ts;
    must(clock_gettime(CLOCK_MONOTONIC, &ts) == 0);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}
