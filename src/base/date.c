/*
 * date.c: the arithmetic of days, and the forms in which people write them.
 *
 * Days are counted from 1 January of the year 1 and shifted to 1970. The years 1000 to 9999 are
 * enough for every document there is and keep all numbers positive and four digits wide.
 */
#include "base/date.h"

#include "base/err.h"
#include "base/utf8.h"

enum {
    YEAR_FIRST = 1000,
    YEAR_LAST = 9999,
    DAYS_BEFORE_1970 = 719162, /* from 0001-01-01 */
    DAYS_IN_400_YEARS = 146097,
    DAY_SECONDS = 86400,
    CHINA_OFFSET_SECONDS = 8 * 3600,
};

/* Days of the year before the first of each month, in a common year. */
static const int before_month[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_before_year(int year)
{
    int past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

/* Days of the year before the first of month 1 to 13. */
static int days_before_month(int year, int month)
{
    return before_month[month - 1] + (month > 2 && is_leap(year) ? 1 : 0);
}

static bool is_in_years(int64_t days)
{
    int64_t count = days + DAYS_BEFORE_1970;
    return count >= days_before_year(YEAR_FIRST) && count < days_before_year(YEAR_LAST + 1);
}

bool date_from_ymd(int year, int month, int day, struct date *out)
{
    *out = DATE_NONE;
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || day < 1) {
        return false;
    }
    int month_days = days_before_month(year, month + 1) - days_before_month(year, month);
    if (day > month_days) {
        return false;
    }
    out->days =
        days_before_year(year) + days_before_month(year, month) + day - 1 - DAYS_BEFORE_1970;
    return true;
}

void date_to_ymd(struct date d, int *year, int *month, int *day)
{
    must(date_is(d));
    must(is_in_years(d.days));
    int64_t count = (int64_t)d.days + DAYS_BEFORE_1970;

    /* The mean year is a little too short or long for a given day: at most one step away. */
    int y = (int)(count * 400 / DAYS_IN_400_YEARS) + 1;
    while (days_before_year(y) > count) {
        y--;
    }
    while (days_before_year(y + 1) <= count) {
        y++;
    }
    int rest = (int)count - days_before_year(y);
    int m = 1;
    while (days_before_month(y, m + 1) <= rest) {
        m++;
    }
    *year = y;
    *month = m;
    *day = rest - days_before_month(y, m) + 1;
}

int date_year(struct date d)
{
    int year;
    int month;
    int day;
    date_to_ymd(d, &year, &month, &day);
    return year;
}

enum weekday date_weekday(struct date d)
{
    must(date_is(d));
    /* 1970-01-01 was a Thursday; 0001-01-01 a Monday. */
    int64_t count = (int64_t)d.days + DAYS_BEFORE_1970;
    must(count >= 0);
    return (enum weekday)(count % 7 + 1);
}

bool date_is(struct date d)
{
    return d.days != INT32_MIN;
}

bool date_before(struct date a, struct date b)
{
    return a.days < b.days;
}

bool date_eq(struct date a, struct date b)
{
    return a.days == b.days;
}

struct date date_add(struct date d, int days)
{
    if (!date_is(d)) {
        return DATE_NONE;
    }
    int64_t sum = (int64_t)d.days + days;
    return is_in_years(sum) ? (struct date){(int32_t)sum} : DATE_NONE;
}

int date_diff(struct date later, struct date earlier)
{
    must(date_is(later) && date_is(earlier));
    return later.days - earlier.days;
}

/* Reads from min to max decimal digits at *at. */
static bool take_number(struct str s, size_t *at, size_t min, size_t max, int *out)
{
    size_t from = *at;
    int v = 0;
    while (*at < s.n && *at - from < max && s.p[*at] >= '0' && s.p[*at] <= '9') {
        v = v * 10 + (s.p[*at] - '0');
        *at += 1;
    }
    *out = v;
    return *at - from >= min;
}

static bool take(struct str s, size_t *at, char c)
{
    if (*at < s.n && s.p[*at] == c) {
        *at += 1;
        return true;
    }
    return false;
}

/* YYYY-MM-DD at *at. */
static bool take_iso_day(struct str s, size_t *at, struct date *out)
{
    int y;
    int m;
    int d;
    *out = DATE_NONE;
    return take_number(s, at, 4, 4, &y) && take(s, at, '-') && take_number(s, at, 2, 2, &m) &&
           take(s, at, '-') && take_number(s, at, 2, 2, &d) && date_from_ymd(y, m, d, out);
}

bool date_parse_iso(struct str s, struct date *out)
{
    size_t at = 0;
    bool is_day = take_iso_day(s, &at, out) && at == s.n;
    if (!is_day) {
        *out = DATE_NONE;
    }
    return is_day;
}

enum { TYPED_MAX = 24 };

/* What was typed, in ASCII: half width, blanks left out beside 年月日, these as Y M D. Empty when
 * it cannot be a day. */
static struct str typed_plain(struct str s, char plain[TYPED_MAX])
{
    size_t n = 0;
    bool owe_blank = false;
    s = str_trim(s);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = char_narrow(utf8_next(s, &at));
        if (c == ' ' || c == 0xa0) {
            owe_blank = true;
            continue;
        }
        c = c == 0x5e74 ? 'Y' : c == 0x6708 ? 'M' : c == 0x65e5 || c == 0x53f7 ? 'D' : c;
        bool is_sign = c == 'Y' || c == 'M' || c == 'D';
        bool after_sign = n > 0 && (plain[n - 1] == 'Y' || plain[n - 1] == 'M');
        bool is_bad_blank = owe_blank && !is_sign && !after_sign;
        if (c >= 0x7f || n == TYPED_MAX || is_bad_blank) {
            return STR_NONE;
        }
        owe_blank = false;
        plain[n++] = (char)c;
    }
    return str_make(plain, n);
}

bool date_parse_typed(struct str s, struct date *out)
{
    char plain[TYPED_MAX];
    struct str t = typed_plain(s, plain);
    size_t at = 0;
    int y;
    int m;
    int d;
    *out = DATE_NONE;
    if (!take_number(t, &at, 4, 4, &y)) {
        return false;
    }
    bool is_read = false;
    if (t.n == 8 && str_find_byte(t, '-', 0) < 0 && at < t.n && t.p[at] >= '0' && t.p[at] <= '9') {
        is_read = take_number(t, &at, 2, 2, &m) && take_number(t, &at, 2, 2, &d);
    } else if (take(t, &at, 'Y')) {
        is_read = take_number(t, &at, 1, 2, &m) && take(t, &at, 'M') &&
                  take_number(t, &at, 1, 2, &d) && take(t, &at, 'D');
    } else if (at < t.n && str_find_byte(S("-/."), t.p[at], 0) >= 0) {
        char sep = t.p[at++];
        is_read =
            take_number(t, &at, 1, 2, &m) && take(t, &at, sep) && take_number(t, &at, 1, 2, &d);
    }
    return is_read && at == t.n && date_from_ymd(y, m, d, out);
}

struct str date_iso(struct arena *into, struct date d)
{
    if (!date_is(d)) {
        return S("");
    }
    int y;
    int m;
    int day;
    date_to_ymd(d, &y, &m, &day);
    return str_format(into, "%04d-%02d-%02d", y, m, day);
}

struct str date_chinese(struct arena *into, struct date d)
{
    if (!date_is(d)) {
        return S("");
    }
    int y;
    int m;
    int day;
    date_to_ymd(d, &y, &m, &day);
    return str_format(into, "%d年%d月%d日", y, m, day);
}

struct str weekday_chinese(enum weekday w)
{
    static const struct str names[] = {
        [MONDAY] = S_INIT("星期一"),
        [TUESDAY] = S_INIT("星期二"),
        [WEDNESDAY] = S_INIT("星期三"),
        [THURSDAY] = S_INIT("星期四"),
        [FRIDAY] = S_INIT("星期五"),
        [SATURDAY] = S_INIT("星期六"),
        [SUNDAY] = S_INIT("星期日"),
    };
    must(w >= MONDAY && w <= SUNDAY);
    return names[w];
}

bool instant_is(struct instant t)
{
    return t.ms != INT64_MIN;
}

/* A moment taken apart: civil day and second of the day at an offset from UTC. */
struct civil {
    struct date day;
    int hour, minute, second;
};

static struct civil civil_at(struct instant t, int offset_seconds)
{
    must(instant_is(t));
    int64_t seconds = t.ms / 1000 - (t.ms % 1000 < 0 ? 1 : 0) + offset_seconds;
    int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0 ? 1 : 0);
    int of_day = (int)(seconds - days * DAY_SECONDS);
    must(days > INT32_MIN && days <= INT32_MAX);
    return (struct civil){
        .day = {(int32_t)days},
        .hour = of_day / 3600,
        .minute = of_day / 60 % 60,
        .second = of_day % 60,
    };
}

struct date instant_date(struct instant t)
{
    return instant_is(t) ? civil_at(t, CHINA_OFFSET_SECONDS).day : DATE_NONE;
}

static struct instant instant_at(struct date d, int second_of_day, int offset_seconds)
{
    return (struct instant){
        ((int64_t)d.days * DAY_SECONDS + second_of_day - offset_seconds) * 1000};
}

struct instant instant_from_civil(struct date d, int hour, int minute, int second)
{
    must(date_is(d));
    must(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60);
    return instant_at(d, hour * 3600 + minute * 60 + second, CHINA_OFFSET_SECONDS);
}

/* "Z" or an offset of hours and minutes, at *at. */
static bool take_offset(struct str s, size_t *at, int *out_seconds)
{
    if (take(s, at, 'Z')) {
        *out_seconds = 0;
        return true;
    }
    bool is_west = *at < s.n && s.p[*at] == '-';
    int hours;
    int minutes;
    if (!(take(s, at, '+') || take(s, at, '-')) || !take_number(s, at, 2, 2, &hours) ||
        !take(s, at, ':') || !take_number(s, at, 2, 2, &minutes) || hours > 14 || minutes > 59) {
        return false;
    }
    int seconds = hours * 3600 + minutes * 60;
    *out_seconds = is_west ? -seconds : seconds;
    return true;
}

bool instant_parse_iso(struct str s, struct instant *out)
{
    struct date day;
    size_t at = 0;
    int h;
    int m;
    int second = 0;
    int ms = 0;
    int offset;
    *out = INSTANT_NONE;
    if (!take_iso_day(s, &at, &day) || !(take(s, &at, 'T') || take(s, &at, ' ')) ||
        !take_number(s, &at, 2, 2, &h) || !take(s, &at, ':') || !take_number(s, &at, 2, 2, &m)) {
        return false;
    }
    if (take(s, &at, ':') && !take_number(s, &at, 2, 2, &second)) {
        return false;
    }
    if (take(s, &at, '.') && !take_number(s, &at, 3, 3, &ms)) {
        return false;
    }
    if (!take_offset(s, &at, &offset) || at != s.n || h > 23 || m > 59 || second > 59) {
        return false;
    }
    struct instant t = instant_at(day, h * 3600 + m * 60 + second, offset);
    /* On the last evening of the year 9999 elsewhere it is already the year 10000 in China. */
    if (!is_in_years(instant_date(t).days)) {
        return false;
    }
    out->ms = t.ms + ms;
    return true;
}

struct str instant_iso(struct arena *into, struct instant t)
{
    if (!instant_is(t)) {
        return S("");
    }
    struct civil c = civil_at(t, CHINA_OFFSET_SECONDS);
    struct str day = date_iso(into, c.day);
    return str_format(into, "%.*sT%02d:%02d:%02d+08:00", STR_ARG(day), c.hour, c.minute, c.second);
}

struct str instant_minute(struct arena *into, struct instant t)
{
    if (!instant_is(t)) {
        return S("");
    }
    struct civil c = civil_at(t, CHINA_OFFSET_SECONDS);
    struct str day = date_iso(into, c.day);
    return str_format(into, "%.*s %02d:%02d", STR_ARG(day), c.hour, c.minute);
}

struct str instant_chinese(struct arena *into, struct instant t)
{
    if (!instant_is(t)) {
        return S("");
    }
    struct civil c = civil_at(t, CHINA_OFFSET_SECONDS);
    struct str day = date_chinese(into, c.day);
    return str_format(into, "%.*s %02d:%02d", STR_ARG(day), c.hour, c.minute);
}

struct str instant_http(struct arena *into, struct instant t)
{
    static const char weekdays[][4] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[][4] = {
        "", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (!instant_is(t)) {
        return S("");
    }
    struct civil c = civil_at(t, 0);
    int y;
    int m;
    int d;
    date_to_ymd(c.day, &y, &m, &d);
    return str_format(into, "%s, %02d %s %04d %02d:%02d:%02d GMT", weekdays[date_weekday(c.day)], d,
        months[m], y, c.hour, c.minute, c.second);
}
