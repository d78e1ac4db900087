/*
 * date_test.c: days, moments and the ways to write them.
 */
#include "base/clock.h"
#include "base/date.h"
#include "check_main.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static struct date day(int y, int m, int d)
{
    struct date out;
    ck_assert_msg(date_from_ymd(y, m, d, &out), "%d-%d-%d", y, m, d);
    return out;
}

START_TEST(known_days_have_known_numbers)
{
    ck_assert_int_eq(day(1970, 1, 1).days, 0);
    ck_assert_int_eq(day(1970, 1, 2).days, 1);
    ck_assert_int_eq(day(1969, 12, 31).days, -1);
    ck_assert_int_eq(day(2000, 3, 1).days, 11017);
    ck_assert_int_eq(day(2026, 11, 25).days, 20782);
    ck_assert_int_eq(day(1949, 10, 1).days, -7397);
}
END_TEST

START_TEST(every_day_of_nine_thousand_years_follows_the_one_before)
{
    struct date d = day(1000, 1, 1);
    struct date last = day(9999, 12, 31);
    enum weekday w = WEDNESDAY; /* proleptic Gregorian */
    int py = 999;
    int pm = 12;
    int pd = 31;
    for (; !date_before(last, d); d.days++) {
        int y;
        int m;
        int dd;
        date_to_ymd(d, &y, &m, &dd);
        bool is_next_day = y == py && m == pm && dd == pd + 1;
        bool is_next_month = y == py && m == pm + 1 && dd == 1 && pd >= 28;
        bool is_next_year = y == py + 1 && m == 1 && dd == 1 && pm == 12 && pd == 31;
        if (!(is_next_day || is_next_month || is_next_year) || date_weekday(d) != w) {
            ck_abort_msg("%d-%d-%d", y, m, dd);
        }
        struct date back;
        if (!date_from_ymd(y, m, dd, &back) || back.days != d.days) {
            ck_abort_msg("%d-%d-%d does not come back", y, m, dd);
        }
        w = w == SUNDAY ? MONDAY : (enum weekday)(w + 1);
        py = y;
        pm = m;
        pd = dd;
    }
    ck_assert(py == 9999 && pm == 12 && pd == 31);
}
END_TEST

START_TEST(february_knows_leap_years)
{
    static const struct {
        int year;
        bool is_leap;
    } rows[] = {{2024, true}, {2023, false}, {2026, false}, {2000, true}, {1900, false},
        {2100, false}, {1600, true}};
    struct date d;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_int_eq(date_from_ymd(rows[i].year, 2, 29, &d), rows[i].is_leap);
        ck_assert_int_eq(date_is(d), rows[i].is_leap);
    }
}
END_TEST

START_TEST(days_that_do_not_exist_are_none)
{
    static const int rows[][3] = {{2026, 0, 1}, {2026, 13, 1}, {2026, 1, 0}, {2026, 1, 32},
        {2026, 4, 31}, {2026, 6, 31}, {2026, 9, 31}, {2026, 11, 31}, {2026, 2, 30}, {999, 12, 31},
        {10000, 1, 1}, {2026, -1, 1}, {2026, 1, -1}, {INT32_MAX, 1, 1}, {INT32_MIN, 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct date d = {7};
        ck_assert_msg(!date_from_ymd(rows[i][0], rows[i][1], rows[i][2], &d), "row %zu", i);
        ck_assert(!date_is(d));
    }
}
END_TEST

START_TEST(weekdays_are_those_of_the_calendar)
{
    ck_assert_int_eq(date_weekday(day(2026, 11, 25)), WEDNESDAY);
    ck_assert_int_eq(date_weekday(day(2018, 8, 22)), WEDNESDAY);
    ck_assert_int_eq(date_weekday(day(1970, 1, 1)), THURSDAY);
    ck_assert_int_eq(date_weekday(day(2000, 1, 1)), SATURDAY);
    ck_assert_str_is(weekday_chinese(SUNDAY), "星期日");
    ck_assert_str_is(weekday_chinese(date_weekday(day(2026, 7, 1))), "星期三");
}
END_TEST

START_TEST(days_are_added_and_subtracted)
{
    ck_assert(date_eq(date_add(day(2024, 2, 28), 2), day(2024, 3, 1)));
    ck_assert(date_eq(date_add(day(2026, 1, 1), -1), day(2025, 12, 31)));
    ck_assert_int_eq(date_diff(day(2025, 1, 1), day(2024, 1, 1)), 366);
    ck_assert(!date_is(date_add(DATE_NONE, 5)));
    ck_assert(!date_is(date_add(day(9999, 12, 31), 1)));
    ck_assert(!date_is(date_add(day(1000, 1, 1), -1)));
    ck_assert(!date_is(date_add(day(2026, 1, 1), INT32_MAX)));
    ck_assert(date_before(day(2026, 1, 1), day(2026, 1, 2)));
    ck_assert(!date_before(day(2026, 1, 1), day(2026, 1, 1)));
}
END_TEST

START_TEST(the_difference_to_an_unknown_day_ends_the_worker)
{
    (void)date_diff(day(2026, 1, 1), DATE_NONE);
}
END_TEST

START_TEST(the_year_of_an_unknown_day_ends_the_worker)
{
    (void)date_year(DATE_NONE);
}
END_TEST

START_TEST(iso_is_strict)
{
    static const char *const bad[] = {"", "2026-7-1", "2026-07-1", "20260701", " 2026-07-01",
        "2026-07-01 ", "2026-07-01T", "26-07-01", "2026/07/01", "2026-02-30", "2026-13-01",
        "２０２６-07-01", "-2026-07-01", "12026-07-01", "2026-07-011", "2026-07"};
    struct date d;
    ck_assert(date_parse_iso(S("2026-07-01"), &d) && date_eq(d, day(2026, 7, 1)));
    ck_assert(date_parse_iso(S("1000-01-01"), &d) && date_parse_iso(S("9999-12-31"), &d));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!date_parse_iso(str_from(bad[i]), &d), "%s", bad[i]);
        ck_assert(!date_is(d));
    }
    ck_assert(!date_parse_iso(STR_NONE, &d));
}
END_TEST

START_TEST(what_people_type_is_understood)
{
    static const char *const good[] = {"2026-07-01", "2026-7-1", "2026/07/01", "2026/7/1",
        "2026.7.1", "2026.07.01", "20260701", "2026年7月1日", "2026年07月01日", "2026年7月1号",
        "２０２６年７月１日", "２０２６－０７－０１", "２０２６／７／１", "２０２６．７．１",
        "２０２６０７０１", "  2026-7-1 ", "　2026年7月1日　", "2026 年 7 月 1 日",
        "2026年 7月 1日", "2026-7-01",
        "\xef\xbb\xbf"
        "2026-07-01",
        "\t2026-07-01\r\n"};
    struct date d;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(date_parse_typed(str_from(good[i]), &d), "%s", good[i]);
        ck_assert_msg(date_eq(d, day(2026, 7, 1)), "%s", good[i]);
    }
}
END_TEST

START_TEST(what_is_not_a_day_is_not_guessed)
{
    static const char *const bad[] = {"", " ", "2026", "2026-07", "26-7-1", "2026-7/1", "2026.7-1",
        "2026年7月", "2026年7月1", "2026年7-1", "7月1日", "1/7/2026", "2026-07-01T00:00", "2026071",
        "202607010", "2026-007-01", "2026-7-001", "2026-13-1", "2026-2-29", "2026年2月30日",
        "20260230", "2026-7-1x", "x2026-7-1", "2026--7-1", "2026-7-1-", "20 26-7-1", "2026 7 1",
        "2026- 7-1", "二〇二六年七月一日", "0000-01-01", "-2026-7-1", "2026-+7-1",
        "2026-07-012026-07-012026-07-01", "２０２６年１３月１日", "2026年日", "年月日",
        "2026D7M1Y1", "2026Y7M1"};
    struct date d;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!date_parse_typed(str_from(bad[i]), &d), "%s", bad[i]);
        ck_assert(!date_is(d));
    }
    ck_assert(!date_parse_typed(STR_NONE, &d));
}
END_TEST

START_TEST(days_are_written_in_two_ways)
{
    ck_assert_str_is(date_iso(arena, day(2026, 7, 1)), "2026-07-01");
    ck_assert_str_is(date_chinese(arena, day(2026, 7, 1)), "2026年7月1日");
    ck_assert_str_is(date_chinese(arena, day(2018, 12, 31)), "2018年12月31日");
    ck_assert_str_is(date_iso(arena, DATE_NONE), "");
    ck_assert_str_is(date_chinese(arena, DATE_NONE), "");
}
END_TEST

START_TEST(the_day_of_a_moment_is_that_of_china)
{
    struct instant t = {1782835200000 - 1}; /* 2026-06-30T15:59:59.999Z */
    ck_assert(date_eq(instant_date(t), day(2026, 6, 30)));
    t.ms += 1;
    ck_assert(date_eq(instant_date(t), day(2026, 7, 1)));
    ck_assert(!date_is(instant_date(INSTANT_NONE)));
    ck_assert(date_eq(instant_date((struct instant){-1}), day(1970, 1, 1)));
    ck_assert(date_eq(instant_date((struct instant){-8 * 3600000LL - 1}), day(1969, 12, 31)));
}
END_TEST

START_TEST(moments_are_written_for_people_machines_and_http)
{
    struct instant t = instant_from_civil(day(2026, 7, 1), 9, 30, 5);
    ck_assert_str_is(instant_iso(arena, t), "2026-07-01T09:30:05+08:00");
    ck_assert_str_is(instant_minute(arena, t), "2026-07-01 09:30");
    ck_assert_str_is(instant_chinese(arena, t), "2026年7月1日 09:30");
    ck_assert_str_is(instant_http(arena, t), "Wed, 01 Jul 2026 01:30:05 GMT");
    /* RFC 9110, 5.6.7 */
    ck_assert_str_is(
        instant_http(arena, (struct instant){784111777000}), "Sun, 06 Nov 1994 08:49:37 GMT");
    ck_assert_str_is(instant_iso(arena, (struct instant){-1}), "1970-01-01T07:59:59+08:00");
    ck_assert_str_is(instant_iso(arena, INSTANT_NONE), "");
    ck_assert_str_is(instant_minute(arena, INSTANT_NONE), "");
    ck_assert_str_is(instant_chinese(arena, INSTANT_NONE), "");
    ck_assert_str_is(instant_http(arena, INSTANT_NONE), "");
}
END_TEST

START_TEST(moments_are_read_with_any_offset)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        {"2026-07-01T09:30:05+08:00", 1782869405000},
        {"2026-07-01T01:30:05Z", 1782869405000},
        {"2026-07-01 01:30:05Z", 1782869405000},
        {"2026-06-30T20:00:05-05:30", 1782869405000},
        {"2026-07-01T09:30:05.250+08:00", 1782869405250},
        {"2026-07-01T09:30+08:00", 1782869400000},
        {"1970-01-01T00:00:00Z", 0},
    };
    static const char *const bad[] = {"", "2026-07-01", "2026-07-01T09:30:05", "2026-07-01T24:00Z",
        "2026-07-01T09:60Z", "2026-07-01T09:30:60Z", "2026-07-01T9:30Z", "2026-07-01T09:30:05+8",
        "2026-07-01T09:30:05+0800", "2026-07-01T09:30:05+15:00", "2026-07-01T09:30:05+08:00x",
        "2026-07-01T09:30:05.5Z", "2026-02-29T00:00Z", "9999-12-31T23:59-01:00",
        "1000-01-01T00:00+14:00"};
    struct instant t;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_msg(instant_parse_iso(str_from(rows[i].text), &t), "%s", rows[i].text);
        ck_assert_int_eq(t.ms, rows[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!instant_parse_iso(str_from(bad[i]), &t), "%s", bad[i]);
        ck_assert(!instant_is(t));
    }
}
END_TEST

START_TEST(a_fixed_clock_stands)
{
    struct clock c = clock_fixed(instant_from_civil(day(2018, 8, 22), 23, 59, 59));
    struct instant first = clock_now(&c);
    (void)usleep(3000);
    ck_assert_int_eq(clock_now(&c).ms, first.ms);
    ck_assert(date_eq(clock_today(&c), day(2018, 8, 22)));
}
END_TEST

START_TEST(the_clock_starts_where_the_environment_says_and_runs_on)
{
    ck_assert_int_eq(setenv("GONGKAI_NOW", "2026-11-25T09:00:00+08:00", 1), 0);
    struct clock c = clock_system();
    struct instant start = instant_from_civil(day(2026, 11, 25), 9, 0, 0);
    int64_t first = clock_now(&c).ms;
    ck_assert_int_ge(first, start.ms);
    ck_assert_int_lt(first, start.ms + 5000);
    (void)usleep(5000);
    ck_assert_int_gt(clock_now(&c).ms, first);

    ck_assert_int_eq(setenv("GONGKAI_NOW", "1534953599000", 1), 0);
    c = clock_system();
    ck_assert(
        date_eq(clock_today(&c), day(2018, 8, 22)) || date_eq(clock_today(&c), day(2018, 8, 23)));
}
END_TEST

START_TEST(without_a_word_from_the_environment_it_is_now)
{
    struct timespec ts;
    ck_assert_int_eq(unsetenv("GONGKAI_NOW"), 0);
    struct clock c = clock_system();
    ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &ts), 0);
    ck_assert_int_le(llabs(clock_now(&c).ms - (int64_t)ts.tv_sec * 1000), 5000);
    ck_assert_int_eq(setenv("GONGKAI_NOW", "yesterday", 1), 0);
    ck_assert_int_eq(clock_system().offset_ms, 0);
    int64_t before = clock_mono_us();
    (void)usleep(2000);
    ck_assert_int_ge(clock_mono_us() - before, 2000);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, known_days_have_known_numbers);
    tcase_add_test(tc, every_day_of_nine_thousand_years_follows_the_one_before);
    tcase_add_test(tc, february_knows_leap_years);
    tcase_add_test(tc, days_that_do_not_exist_are_none);
    tcase_add_test(tc, weekdays_are_those_of_the_calendar);
    tcase_add_test(tc, days_are_added_and_subtracted);
    tcase_add_test_raise_signal(tc, the_difference_to_an_unknown_day_ends_the_worker, SIGABRT);
    tcase_add_test_raise_signal(tc, the_year_of_an_unknown_day_ends_the_worker, SIGABRT);
    tcase_add_test(tc, iso_is_strict);
    tcase_add_test(tc, what_people_type_is_understood);
    tcase_add_test(tc, what_is_not_a_day_is_not_guessed);
    tcase_add_test(tc, days_are_written_in_two_ways);
    tcase_add_test(tc, the_day_of_a_moment_is_that_of_china);
    tcase_add_test(tc, moments_are_written_for_people_machines_and_http);
    tcase_add_test(tc, moments_are_read_with_any_offset);
    tcase_add_test(tc, a_fixed_clock_stands);
    tcase_add_test(tc, the_clock_starts_where_the_environment_says_and_runs_on);
    tcase_add_test(tc, without_a_word_from_the_environment_it_is_now);
}
