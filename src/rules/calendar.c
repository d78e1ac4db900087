/*
 * calendar.c: compiled years, with the store's rows on top.
 *
 * A calendar is only its sorted overrides and its last announced day; the compiled years are
 * constants. So a calendar is cheap to make, and nothing has to be initialised at start.
 */
#include "rules/calendar.h"

#include "base/ban.h"
#include "base/err.h"
#include "rules/data/calendar.h"
#include "rules/data/day.h"

struct calendar {
    const struct day_override *v; /* sorted, one a day */
    size_t n;
    struct date last;
};

static const struct calendar_year *const years[] = {
#define X(y) &calendar_##y,
    CALENDAR_YEARS(X)
#undef X
};
enum { YEAR_COUNT = sizeof(years) / sizeof(years[0]) };

static const struct date first_day = DAY(2008, 1, 1);

static struct date compiled_last(void)
{
    struct date last;
    must(date_from_ymd(years[YEAR_COUNT - 1]->year, 12, 31, &last));
    return last;
}

const struct calendar_year *calendar_year_find(int year)
{
    const int at = year - years[0]->year;
    return at < 0 || at >= YEAR_COUNT ? NULL : years[at];
}

/* A given row with its place, because of two rows for one day the later given wins. */
struct placed {
    struct day_override row;
    size_t place;
};

static int by_day_later_first(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;
    if (!date_eq(x->row.day, y->row.day)) {
        return date_before(x->row.day, y->row.day) ? -1 : 1;
    }
    return (x->place < y->place) - (x->place > y->place);
}

static size_t one_a_day(
    struct arena *into, const struct day_override *v, size_t n, struct day_override *out)
{
    struct placed *rows = arena_many(into, n, struct placed);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct placed){v[i], i};
    }
    if (n > 0) {
        qsort(rows, n, sizeof(rows[0]), by_day_later_first);
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (date_is(rows[i].row.day) &&
            (kept == 0 || !date_eq(out[kept - 1].day, rows[i].row.day))) {
            out[kept++] = rows[i].row;
        }
    }
    return kept;
}

const struct calendar *calendar_make(
    struct arena *into, const struct day_override *v, size_t n, struct date announced_to)
{
    struct calendar *c = arena_new(into, struct calendar);
    struct day_override *own = arena_many(into, n, struct day_override);
    c->n = one_a_day(into, v, n, own);
    c->v = own;
    c->last = compiled_last();
    if (date_is(announced_to) && date_before(c->last, announced_to)) {
        c->last = announced_to;
    }
    return c;
}

const struct calendar *calendar_compiled(void)
{
    static const struct calendar compiled = {NULL, 0, DAY_NONE};
    return &compiled;
}

struct date calendar_first(const struct calendar *c)
{
    (void)c; /* overrides change days, never the beginning */
    return first_day;
}

struct date calendar_last(const struct calendar *c)
{
    return date_is(c->last) ? c->last : compiled_last();
}

/* Place of the first override not before the day. */
static size_t overrides_from(const struct calendar *c, struct date day)
{
    size_t low = 0;
    size_t high = c->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (date_before(c->v[middle].day, day)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const struct day_override *override_of(const struct calendar *c, struct date day)
{
    const size_t at = overrides_from(c, day);
    return at < c->n && date_eq(c->v[at].day, day) ? &c->v[at] : NULL;
}

static struct date day_of(int year, struct month_day md)
{
    struct date day;
    must(date_from_ymd(year, md.month, md.day, &day));
    return day;
}

/* The order of days within a year. */
static int place_in_year(struct month_day md)
{
    return md.month * 100 + md.day;
}

static const struct listed_days *listed_of(const struct calendar_year *y, struct date day)
{
    int year;
    struct month_day md;
    date_to_ymd(day, &year, &md.month, &md.day);
    const int place = place_in_year(md);
    for (size_t i = 0; i < y->listed_count; i++) {
        const struct listed_days *l = &y->listed[i];
        if (place >= place_in_year(l->from) && place <= place_in_year(l->to)) {
            return l;
        }
    }
    return NULL;
}

static enum day_kind kind_by_weekday(struct date day)
{
    return date_weekday(day) >= SATURDAY ? DAY_WEEKEND : DAY_WORK;
}

static bool kind_works(enum day_kind kind)
{
    return kind == DAY_WORK || kind == DAY_MAKEUP;
}

struct day_facts calendar_day(const struct calendar *c, struct date day)
{
    must(date_is(day) && !date_before(day, first_day));
    struct day_facts facts = {.kind = kind_by_weekday(day)};
    facts.provisional = date_before(calendar_last(c), day);

    const struct day_override *changed = override_of(c, day);
    const struct calendar_year *year = calendar_year_find(date_year(day));
    const struct listed_days *listed = year == NULL ? NULL : listed_of(year, day);
    if (changed != NULL) {
        if (changed->kind == DAY_HOLIDAY || changed->kind == DAY_MAKEUP) {
            facts.kind = changed->kind;
        }
        facts.name = changed->name;
        facts.basis = changed->basis;
    } else if (listed != NULL) {
        facts.kind = listed->kind;
        facts.name = listed->name;
        facts.basis = year->notices[listed->notice];
    }
    facts.works = kind_works(facts.kind);
    return facts;
}

bool calendar_works(const struct calendar *c, struct date day)
{
    return calendar_day(c, day).works;
}

/* Days Monday to Friday from 1970-01-05, a Monday, up to and with the day. */
static int weekdays_up_to(struct date day)
{
    const int n = day.days - 4 + 1; /* days counted, from that Monday on */
    const int rest = n % 7;
    return n / 7 * 5 + (rest > 5 ? 5 : rest);
}

/* What a day adds to the plain count of weekdays: a worked weekend day 1, a free weekday -1. */
static int weekday_correction(enum day_kind kind, struct date day)
{
    return (kind_works(kind) ? 1 : 0) - (kind_by_weekday(day) == DAY_WORK ? 1 : 0);
}

/* The compiled listings of one year inside (from, to]; overridden days are left to
 * overrides_correction. */
static int year_correction(
    const struct calendar *c, const struct calendar_year *y, struct date from, struct date to)
{
    int sum = 0;
    for (size_t i = 0; i < y->listed_count; i++) {
        const struct listed_days *l = &y->listed[i];
        const struct date end = day_of(y->year, l->to);
        for (struct date d = day_of(y->year, l->from); !date_before(end, d); d = date_add(d, 1)) {
            if (date_before(from, d) && !date_before(to, d) && override_of(c, d) == NULL) {
                sum += weekday_correction(l->kind, d);
            }
        }
    }
    return sum;
}

static int overrides_correction(const struct calendar *c, struct date from, struct date to)
{
    int sum = 0;
    for (size_t i = overrides_from(c, date_add(from, 1)); i < c->n; i++) {
        if (date_before(to, c->v[i].day)) {
            break;
        }
        sum += weekday_correction(calendar_day(c, c->v[i].day).kind, c->v[i].day);
    }
    return sum;
}

/* Counted from the weekdays and corrected by the listed days, so a span of centuries costs no more
 * than the listings. */
int calendar_workdays_between(const struct calendar *c, struct date from, struct date to)
{
    must(date_is(from) && date_is(to));
    if (date_before(to, from)) {
        return -calendar_workdays_between(c, to, from);
    }
    must(!date_before(from, first_day));
    int count = weekdays_up_to(to) - weekdays_up_to(from);
    for (size_t i = 0; i < YEAR_COUNT; i++) {
        if (years[i]->year >= date_year(from) && years[i]->year <= date_year(to)) {
            count += year_correction(c, years[i], from, to);
        }
    }
    return count + overrides_correction(c, from, to);
}
