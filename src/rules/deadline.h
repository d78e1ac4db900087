/*
 * deadline.h: when does the law expect it?
 *
 * A deadline is reckoned, never stored: the inputs are stored and the answer is computed each time, so a corrected calendar
 * corrects every deadline. All functions are pure. The result carries its own explanation, day by day, because an officer
 * must be able to show a citizen how the day was found. The day after the start counts as day 1. A deadline ends with its
 * day (ruling 17). Where a year is not announced the result is provisional.
 */
#ifndef GK_RULES_DEADLINE_H
#define GK_RULES_DEADLINE_H

#include "rules/calendar.h"
#include "rules/rule.h"

struct reckoned_day {
    struct date day;
    struct day_facts facts;
    int count;           /* number of this working day (1, 2 …); 0 when it does not count */
};

struct reckoning {
    struct date start;    /* the day itself does not count */
    struct term term;
    struct date last_day; /* within which it must be done */
    bool provisional;
    const struct rule_row *rule; /* may be NULL */
    const struct reckoned_day *days; /* start+1 … last_day, all of them */
    size_t day_count;
};

/* False and a zero reckoning when start is before the calendar's first day, or the term is not 0 to 5,000 days or working days
 * (hours are counted from a moment, not from a day). The rule is left NULL for the caller to name. */
bool deadline_reckon(struct arena *into, const struct calendar *c, struct date start, struct term term, struct reckoning *out);

enum standing { STANDING_ON_TIME, STANDING_DUE_SOON, STANDING_TODAY, STANDING_OVERDUE };
/* DUE_SOON: within three working days after today. */
enum standing standing_of(const struct calendar *c, struct date last_day, struct date today);
/* Working days from today until last_day: 0 today, negative when past. */
int workdays_left(const struct calendar *c, struct date last_day, struct date today);

/* Day of formation (ruling 1): print date, else signing date. which: the name of the date used (印发日期, 成文日期). */
struct date formed_on(struct date printed, struct date signed_on, struct str *which);

/* The publication clock of one document. */
struct publish_clock {
    bool known;                /* false when no date of formation is known or it is before the calendar */
    struct str why_unknown;    /* Chinese, when not known */
    struct date formed;
    struct str formed_which;   /* 印发日期 / 成文日期 */
    struct reckoning reckoning;
    struct date published;     /* DATE_NONE while not published */
    int workday_no;            /* of the publication (or of today): 100 means on working day 100; 0 = on the day itself;
                                * negative: before the formation, an input that cannot be right */
    bool late;
    struct date signed_on;              /* the other date, when it differs from formed: shown beside (ruling 1) */
    struct date signed_last_day;        /* DATE_NONE when not applicable */
    int signed_workday_no;
};
void publish_clock_read(struct arena *into, const struct calendar *c, struct date printed, struct date signed_on,
    struct date published, struct date today, struct publish_clock *out);

/* The sheet an officer shows a citizen: the rule, then a line a day, in Chinese plain text. */
struct str reckoning_text(struct arena *into, const struct reckoning *r);
/* The same as a JSON object: start, last_day, term, unit, provisional, basis, days[{day, works, count, name, basis}]. */
struct str reckoning_json(struct arena *into, const struct reckoning *r);

#endif
