/*
 * calendar.h: which days are working days.
 *
 * Rule (State Council General Office holiday notices): a day listed as make-up workday works; else a day listed as holiday
 * does not; else Monday to Friday. The years 2008-2026 are compiled in (rules/data/calendar_YYYY.c). Rows of the store
 * override them (struct day_override: a later notice, a local day). Before the first day the calendar refuses; after its
 * last day it answers by weekends alone and everything reckoned with it is provisional.
 */
#ifndef GK_RULES_CALENDAR_H
#define GK_RULES_CALENDAR_H

#include "base/date.h"

enum day_kind {
    DAY_WORK,       /* Monday to Friday */
    DAY_WEEKEND,
    DAY_HOLIDAY,    /* listed */
    DAY_MAKEUP,     /* weekend day listed as working day */
};

struct day_override {
    struct date day;
    enum day_kind kind; /* DAY_HOLIDAY or DAY_MAKEUP, or DAY_WORK to take a listing back */
    struct str name;    /* 春节, or the local reason */
    struct str basis;   /* notice */
};

struct calendar; /* immutable once made; lives in its arena */

/* The compiled calendar with overrides (they win); announced_to: last day of the last announced year, from the compiled data
 * or from years the store announces (DATE_NONE: compiled only). */
const struct calendar *calendar_make(struct arena *into, const struct day_override *v, size_t n, struct date announced_to);
/* The compiled calendar alone. */
const struct calendar *calendar_compiled(void);

struct date calendar_first(const struct calendar *c);
struct date calendar_last(const struct calendar *c); /* of the announced part */

struct day_facts {
    enum day_kind kind;
    bool works;
    bool provisional;  /* after the announced years */
    struct str name;   /* of the holiday, or the holiday a make-up day pays for; empty otherwise */
    struct str basis;  /* address or title of the notice; empty for weekdays and weekends */
};
/* day must not be before calendar_first (must). */
struct day_facts calendar_day(const struct calendar *c, struct date day);
bool calendar_works(const struct calendar *c, struct date day);
/* Working days in (from, to]; negative when to is before from. */
int calendar_workdays_between(const struct calendar *c, struct date from, struct date to);

#endif
