/*
 * calendar.h: the shape of a compiled year of the working-day calendar.
 *
 * The files calendar_YYYY.c are made by tools/make-calendar and committed: they read like the notices. A new year needs its
 * file, one line in the list below and one line in rules/meson.build (docs/rooms/rules.md).
 */
#ifndef GK_RULES_DATA_CALENDAR_H
#define GK_RULES_DATA_CALENDAR_H

#include "rules/calendar.h"

struct month_day {
    int month, day;
};

/* Consecutive days of one kind, both ends included. */
struct listed_days {
    enum day_kind kind; /* DAY_HOLIDAY or DAY_MAKEUP */
    struct month_day from, to;
    struct str name;
    int notice; /* place in the year's notices */
};

struct calendar_year {
    int year;
    const struct str *notices; /* addresses */
    const struct listed_days *listed;
    size_t listed_count;
    int working_days; /* totals, for the self-test */
    int working_days_by_month[12];
};

/* In order, without a gap. */
#define CALENDAR_YEARS(X)                                                                          \
    X(2008) X(2009) X(2010) X(2011) X(2012) X(2013) X(2014) X(2015) X(2016) X(2017)                \
    X(2018) X(2019) X(2020) X(2021) X(2022) X(2023) X(2024) X(2025) X(2026)

#define X(y) extern const struct calendar_year calendar_##y;
CALENDAR_YEARS(X)
#undef X

/* The compiled year; NULL when it is not compiled in. */
const struct calendar_year *calendar_year_find(int year);

#endif
