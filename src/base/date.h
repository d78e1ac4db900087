/*
 * date.h: a day and a moment are different things.
 *
 * A struct date is a civil day (proleptic Gregorian), stored as YYYY-MM-DD. A struct instant is milliseconds since 1970 UTC.
 * Between them stands China Standard Time: UTC+8, fixed for moments since 1992 (older moments are stored as days only).
 * Nobody reads the wall clock: time comes from a struct clock (clock.h).
 */
#ifndef GK_BASE_DATE_H
#define GK_BASE_DATE_H

#include "base/str.h"

struct date {
    int32_t days; /* since 1970-01-01; DATE_NONE = not known */
};

struct instant {
    int64_t ms; /* since 1970-01-01T00:00Z; INSTANT_NONE = not known */
};

#define DATE_NONE ((struct date){INT32_MIN})
#define INSTANT_NONE ((struct instant){INT64_MIN})

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* False, and *out DATE_NONE, when there is no such day; years 1000 to 9999. */
bool date_from_ymd(int year, int month, int day, struct date *out);
void date_to_ymd(struct date d, int *year, int *month, int *day);
int date_year(struct date d);
enum weekday date_weekday(struct date d);
bool date_is(struct date d); /* known? */
bool date_before(struct date a, struct date b);
bool date_eq(struct date a, struct date b);
struct date date_add(struct date d, int days); /* none stays none; out of the years 1000 to 9999 gives none */
int date_diff(struct date later, struct date earlier);

/* Strictly YYYY-MM-DD. */
bool date_parse_iso(struct str s, struct date *out);
/* What people type: 2026-7-1, 2026/07/01, 2026.7.1, 20260701, 2026年7月1日, full-width digits, spaces around. */
bool date_parse_typed(struct str s, struct date *out);
struct str date_iso(struct arena *into, struct date d);      /* 2026-07-01; none gives "" */
struct str date_chinese(struct arena *into, struct date d);  /* 2026年7月1日 */
struct str weekday_chinese(enum weekday w);                  /* 星期一 */

bool instant_is(struct instant t);
/* 2026-07-01T09:30[:05[.250]] and Z or an offset like +08:00. */
bool instant_parse_iso(struct str s, struct instant *out);
struct date instant_date(struct instant t);                                   /* the day in China */
struct instant instant_from_civil(struct date d, int hour, int minute, int second); /* civil time in China */
struct str instant_iso(struct arena *into, struct instant t);                 /* 2026-07-01T09:30:05+08:00 */
struct str instant_minute(struct arena *into, struct instant t);              /* 2026-07-01 09:30 */
struct str instant_chinese(struct arena *into, struct instant t);             /* 2026年7月1日 09:30 */
struct str instant_http(struct arena *into, struct instant t);                /* RFC 9110 IMF-fixdate */

#endif
