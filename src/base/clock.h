/*
 * clock.h: where time comes from.
 *
 * One function gives the moment; tests travel with a fixed clock. GONGKAI_NOW (ISO moment or milliseconds) in the environment
 * starts a program's clock at that moment, from where it runs on: for demonstrations and story tests.
 */
#ifndef GK_BASE_CLOCK_H
#define GK_BASE_CLOCK_H

#include "base/date.h"

struct clock {
    int64_t offset_ms; /* added to the system's time */
    int64_t fixed_ms;  /* if not 0: always this moment */
};

struct clock clock_system(void);               /* reads GONGKAI_NOW */
struct clock clock_fixed(struct instant t);
struct instant clock_now(const struct clock *c);  /* never goes backwards within a process */
struct date clock_today(const struct clock *c);   /* the day in China */
int64_t clock_mono_us(void);                   /* for durations only */

#endif
