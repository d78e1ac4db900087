/*
 * calendar_test.c: which days work, against the totals of the notices and against itself.
 */
#include "check_main.h"
#include "rules/calendar.h"
#include "rules/data/calendar.h"
#include "rules/data/day.h"

static struct date day(int year, int month, int d)
{
    struct date out;
    ck_assert(date_from_ymd(year, month, d, &out));
    return out;
}

START_TEST(table_days_are_the_days_of_the_calendar)
{
    static const struct {
        struct date table;
        int y, m, d;
    } rows[] = {
        {DAY(1970, 1, 1), 1970, 1, 1},
        {DAY(2008, 2, 29), 2008, 2, 29},
        {DAY(2008, 5, 1), 2008, 5, 1},
        {DAY(2019, 5, 14), 2019, 5, 14},
        {DAY(2019, 5, 15), 2019, 5, 15},
        {DAY(2000, 12, 31), 2000, 12, 31},
        {DAY(2100, 3, 1), 2100, 3, 1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_int_eq(rows[i].table.days, day(rows[i].y, rows[i].m, rows[i].d).days);
    }
    for (int m = 1; m <= 12; m++) {
        const struct date table = DAY(2026, m, 28);
        ck_assert_int_eq(table.days, day(2026, m, 28).days);
    }
}
END_TEST

START_TEST(every_month_has_as_many_working_days_as_its_notice)
{
    const struct calendar *c = calendar_compiled();
    int counted[12] = {0};
    int total = 0;
    for (struct date d = calendar_first(c); !date_before(calendar_last(c), d); d = date_add(d, 1)) {
        int y, m, n;
        date_to_ymd(d, &y, &m, &n);
        counted[m - 1] += calendar_works(c, d) ? 1 : 0;
        total += calendar_works(c, d) ? 1 : 0;
        if (m == 12 && n == 31) {
            const struct calendar_year *year = calendar_year_find(y);
            ck_assert_ptr_nonnull(year);
            ck_assert_int_eq(total, year->working_days);
            for (int i = 0; i < 12; i++) {
                ck_assert_msg(counted[i] == year->working_days_by_month[i], "%d-%02d: %d", y, i + 1,
                    counted[i]);
                counted[i] = 0;
            }
            total = 0;
        }
    }
}
END_TEST

/* The totals of calendar.md, section 2, written out here once more: a wrong regeneration shows. */
START_TEST(years_have_the_published_totals)
{
    static const struct {
        int year, working, breaks, makeups;
    } rows[] = {
        {2008, 251, 27, 5},
        {2009, 250, 27, 6},
        {2010, 250, 29, 8},
        {2011, 250, 29, 6},
        {2012, 249, 27, 6},
        {2013, 250, 29, 12},
        {2014, 250, 22, 5},
        {2015, 249, 26, 5},
        {2016, 250, 24, 6},
        {2017, 249, 24, 5},
        {2018, 250, 25, 7},
        {2019, 250, 22, 6},
        {2020, 249, 30, 6},
        {2021, 250, 31, 7},
        {2022, 249, 32, 7},
        {2023, 249, 26, 7},
        {2024, 251, 28, 8},
        {2025, 248, 28, 5},
        {2026, 248, 33, 6},
    };
    const struct calendar *c = calendar_compiled();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int working = 0;
        int breaks = 0;
        int makeups = 0;
        for (struct date d = day(rows[i].year, 1, 1); date_year(d) == rows[i].year;
             d = date_add(d, 1)) {
            const struct day_facts facts = calendar_day(c, d);
            working += facts.works ? 1 : 0;
            breaks += facts.kind == DAY_HOLIDAY ? 1 : 0;
            makeups += facts.kind == DAY_MAKEUP ? 1 : 0;
            ck_assert(!facts.provisional);
            ck_assert_msg(
                (facts.basis.n > 0) == (facts.kind == DAY_HOLIDAY || facts.kind == DAY_MAKEUP),
                "%d", rows[i].year);
        }
        ck_assert_int_eq(working, rows[i].working);
        ck_assert_int_eq(breaks, rows[i].breaks);
        ck_assert_int_eq(makeups, rows[i].makeups);
    }
    ck_assert_uint_eq(sizeof(rows) / sizeof(rows[0]), 19);
}
END_TEST

START_TEST(days_tell_their_name_and_notice)
{
    const struct calendar *c = calendar_compiled();
    struct day_facts f = calendar_day(c, day(2018, 9, 30));
    ck_assert_int_eq(f.kind, DAY_MAKEUP);
    ck_assert(f.works);
    ck_assert_str_is(f.name, "国庆节");

    f = calendar_day(c, day(2019, 5, 3)); /* lengthened by a second notice */
    ck_assert_int_eq(f.kind, DAY_HOLIDAY);
    ck_assert_str_is(f.basis, "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm");

    f = calendar_day(c, day(2018, 12, 29)); /* a December day of the next year's notice */
    ck_assert_int_eq(f.kind, DAY_MAKEUP);
    ck_assert_str_is(f.name, "元旦");
    ck_assert_str_is(f.basis, "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm");

    f = calendar_day(c, day(2018, 7, 25));
    ck_assert_int_eq(f.kind, DAY_WORK);
    ck_assert_uint_eq(f.name.n + f.basis.n, 0);
    ck_assert_int_eq(calendar_day(c, day(2018, 7, 28)).kind, DAY_WEEKEND);
    ck_assert(calendar_works(c, day(2020, 2, 3)));
    ck_assert(!calendar_works(c, day(2020, 2, 2)));
    ck_assert(!calendar_works(c, day(2015, 9, 3)));
    ck_assert(calendar_works(c, day(2015, 9, 6)));
}
END_TEST

START_TEST(after_its_end_a_calendar_is_provisional)
{
    const struct calendar *c = calendar_compiled();
    ck_assert(date_eq(calendar_first(c), day(2008, 1, 1)));
    ck_assert(date_eq(calendar_last(c), day(2026, 12, 31)));
    ck_assert(!calendar_day(c, day(2026, 12, 31)).provisional);
    ck_assert(calendar_day(c, day(2027, 1, 1)).provisional);
    ck_assert(calendar_works(c, day(2027, 1, 1))); /* a Friday: weekends alone */
    ck_assert(!calendar_works(c, day(2027, 1, 2)));
}
END_TEST

START_TEST(rows_of_the_store_win)
{
    const struct day_override rows[] = {
        {day(2027, 1, 1), DAY_HOLIDAY, S_INIT("元旦"), S_INIT("通知甲")},
        {day(2026, 9, 8), DAY_HOLIDAY, S_INIT("台风"), S_INIT("本区通知")},
        {day(2026, 10, 10), DAY_WORK, STR_NONE,
            S_INIT("改期通知")}, /* a make-up Saturday taken back */
        {day(2026, 10, 1), DAY_WORK, STR_NONE,
            S_INIT("改期通知")}, /* a holiday on a Thursday taken back */
        {day(2026, 11, 14), DAY_HOLIDAY, S_INIT("先"), STR_NONE},
        {day(2026, 11, 14), DAY_MAKEUP, S_INIT("后"), STR_NONE},
    };
    const struct calendar *c =
        calendar_make(arena, rows, sizeof(rows) / sizeof(rows[0]), day(2027, 12, 31));
    ck_assert(date_eq(calendar_last(c), day(2027, 12, 31)));
    ck_assert(!calendar_works(c, day(2027, 1, 1)));
    ck_assert(!calendar_day(c, day(2027, 1, 1)).provisional);
    ck_assert(calendar_day(c, day(2028, 1, 3)).provisional);
    ck_assert(!calendar_works(c, day(2026, 9, 8)));
    ck_assert_str_is(calendar_day(c, day(2026, 9, 8)).name, "台风");
    ck_assert_int_eq(calendar_day(c, day(2026, 10, 10)).kind, DAY_WEEKEND);
    ck_assert_int_eq(calendar_day(c, day(2026, 10, 1)).kind, DAY_WORK);
    ck_assert_str_is(calendar_day(c, day(2026, 11, 14)).name, "后"); /* the later given */
    ck_assert(calendar_works(c, day(2026, 11, 14)));
    /* The compiled one is untouched. */
    ck_assert(calendar_works(calendar_compiled(), day(2026, 9, 8)));
}
END_TEST

START_TEST(an_earlier_announced_day_does_not_shorten_the_calendar)
{
    ck_assert(date_eq(
        calendar_last(calendar_make(arena, NULL, 0, day(2020, 12, 31))), day(2026, 12, 31)));
    ck_assert(date_eq(calendar_last(calendar_make(arena, NULL, 0, DATE_NONE)), day(2026, 12, 31)));
}
END_TEST

static int counted_one_by_one(const struct calendar *c, struct date from, struct date to)
{
    int n = 0;
    for (struct date d = date_add(from, 1); !date_before(to, d); d = date_add(d, 1)) {
        n += calendar_works(c, d) ? 1 : 0;
    }
    return n;
}

/* Fixed seed: the same pairs every time. */
static uint32_t next_number(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

START_TEST(counting_by_correction_is_counting_day_by_day)
{
    const struct day_override rows[] = {
        {day(2018, 7, 26), DAY_HOLIDAY, S_INIT("台风"), STR_NONE},
        {day(2018, 7, 28), DAY_MAKEUP, S_INIT("台风"), STR_NONE},
        {day(2018, 10, 1), DAY_WORK, STR_NONE, STR_NONE},
        {day(2027, 2, 8), DAY_HOLIDAY, S_INIT("春节"), STR_NONE},
    };
    const struct calendar *calendars[] = {
        calendar_compiled(),
        calendar_make(arena, rows, sizeof(rows) / sizeof(rows[0]), DATE_NONE),
    };
    const struct date first = calendar_first(calendars[0]);
    uint32_t state = 2018;
    for (int i = 0; i < 2000; i++) {
        const struct calendar *c = calendars[i % 2];
        const struct date from = date_add(first, (int)(next_number(&state) % 7400));
        const struct date to =
            date_add(from, (int)(next_number(&state) % (i % 10 == 0 ? 3000 : 120)));
        ck_assert_int_eq(calendar_workdays_between(c, from, to), counted_one_by_one(c, from, to));
        ck_assert_int_eq(calendar_workdays_between(c, to, from), -counted_one_by_one(c, from, to));
    }
}
END_TEST

START_TEST(the_seed_waited_101_working_days_from_its_date)
{
    const struct calendar *c = calendar_compiled();
    ck_assert_int_eq(calendar_workdays_between(c, day(2018, 7, 24), day(2018, 12, 18)), 101);
    ck_assert_int_eq(calendar_workdays_between(c, day(2018, 7, 25), day(2018, 12, 18)), 100);
    ck_assert_int_eq(calendar_workdays_between(c, day(2018, 12, 18), day(2018, 12, 18)), 0);
}
END_TEST

START_TEST(a_day_before_the_calendar_is_a_must)
{
    (void)calendar_day(calendar_compiled(), day(2007, 12, 31));
}
END_TEST

START_TEST(a_span_from_before_the_calendar_is_a_must)
{
    (void)calendar_workdays_between(calendar_compiled(), day(2007, 12, 31), day(2008, 1, 10));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, table_days_are_the_days_of_the_calendar);
    tcase_add_test(tc, every_month_has_as_many_working_days_as_its_notice);
    tcase_add_test(tc, years_have_the_published_totals);
    tcase_add_test(tc, days_tell_their_name_and_notice);
    tcase_add_test(tc, after_its_end_a_calendar_is_provisional);
    tcase_add_test(tc, rows_of_the_store_win);
    tcase_add_test(tc, an_earlier_announced_day_does_not_shorten_the_calendar);
    tcase_add_test(tc, counting_by_correction_is_counting_day_by_day);
    tcase_add_test(tc, the_seed_waited_101_working_days_from_its_date);
    tcase_add_test_raise_signal(tc, a_day_before_the_calendar_is_a_must, SIGABRT);
    tcase_add_test_raise_signal(tc, a_span_from_before_the_calendar_is_a_must, SIGABRT);
}
