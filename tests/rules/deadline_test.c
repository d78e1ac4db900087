/*
 * deadline_test.c: the last day of a term, and the publication clock. The vectors are those of the
 * calendar hand-out, section 5, with the ugly days: make-up Sundays, terms across New Year and the
 * lengthened Spring Festival of 2020.
 */
#include "base/json.h"
#include "check_main.h"
#include "rules/deadline.h"

static struct date iso(const char *text)
{
    struct date out;
    ck_assert_msg(date_parse_iso(str_from(text), &out), "%s", text);
    return out;
}

static const struct term workdays_20 = {20, TERM_WORKDAYS};

START_TEST(working_days_end_where_the_vectors_say)
{
    static const struct {
        const char *start;
        int days;
        const char *last;
    } rows[] = {
        {"2018-07-24", 20, "2018-08-21"},
        {"2018-09-28", 2, "2018-09-30"},
        {"2018-09-28", 10, "2018-10-17"},
        {"2018-11-09", 1, "2018-11-12"},
        {"2018-12-18", 20, "2019-01-16"},
        {"2018-12-28", 1, "2018-12-29"},
        {"2019-05-15", 20, "2019-06-13"},
        {"2019-09-20", 20, "2019-10-23"},
        {"2020-01-17", 20, "2020-02-21"},
        {"2020-01-17", 40, "2020-03-20"},
        {"2021-02-07", 7, "2021-02-22"},
        {"2021-02-07", 20, "2021-03-11"},
        {"2023-09-22", 20, "2023-10-26"},
        {"2024-09-30", 20, "2024-11-01"},
        {"2025-01-20", 20, "2025-02-21"},
        {"2026-02-10", 20, "2026-03-16"},
        {"2026-09-22", 20, "2026-10-27"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct reckoning r;
        ck_assert(deadline_reckon(arena, calendar_compiled(), iso(rows[i].start),
            (struct term){rows[i].days, TERM_WORKDAYS}, &r));
        ck_assert_str_is(date_iso(arena, r.last_day), rows[i].last);
        ck_assert(!r.provisional);
        ck_assert_int_eq(r.days[r.day_count - 1].count, rows[i].days);
        ck_assert(date_eq(r.days[0].day, date_add(r.start, 1)));
    }
}
END_TEST

START_TEST(the_sheet_lists_every_day_and_counts_the_working_ones)
{
    struct reckoning r;
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2018-09-28"), (struct term){2, TERM_WORKDAYS}, &r));
    ck_assert_uint_eq(r.day_count, 2);
    ck_assert_int_eq(r.days[0].count, 1); /* a working Saturday */
    ck_assert_int_eq(r.days[0].facts.kind, DAY_MAKEUP);
    ck_assert_int_eq(r.days[1].count, 2);

    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2018-09-30"), (struct term){1, TERM_WORKDAYS}, &r));
    ck_assert_uint_eq(r.day_count, 8); /* seven days of National Day do not count */
    for (size_t i = 0; i < 7; i++) {
        ck_assert_int_eq(r.days[i].count, 0);
        ck_assert_str_is(r.days[i].facts.name, "国庆节");
    }
    ck_assert_int_eq(r.days[7].count, 1);
}
END_TEST

START_TEST(calendar_days_count_every_day)
{
    struct reckoning r;
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2026-02-10"), (struct term){20, TERM_DAYS}, &r));
    ck_assert_str_is(date_iso(arena, r.last_day), "2026-03-02");
    ck_assert_uint_eq(r.day_count, 20);
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2026-12-20"), (struct term){20, TERM_DAYS}, &r));
    ck_assert(!r.provisional); /* no notice can move a calendar day */
}
END_TEST

START_TEST(a_term_into_an_unannounced_year_is_provisional)
{
    struct reckoning r;
    ck_assert(deadline_reckon(arena, calendar_compiled(), iso("2026-12-10"), workdays_20, &r));
    ck_assert(r.provisional);
    ck_assert_str_is(date_iso(arena, r.last_day), "2027-01-07");
    ck_assert(deadline_reckon(arena, calendar_compiled(), iso("2026-11-25"), workdays_20, &r));
    ck_assert(!r.provisional);

    const struct day_override new_year[] = {
        {iso("2027-01-01"), DAY_HOLIDAY, S_INIT("元旦"), STR_NONE}};
    const struct calendar *announced = calendar_make(arena, new_year, 1, iso("2027-12-31"));
    ck_assert(deadline_reckon(arena, announced, iso("2026-12-10"), workdays_20, &r));
    ck_assert(!r.provisional);
    ck_assert_str_is(date_iso(arena, r.last_day), "2027-01-08");
}
END_TEST

START_TEST(what_cannot_be_reckoned_is_refused)
{
    struct reckoning r;
    const struct calendar *c = calendar_compiled();
    ck_assert(!deadline_reckon(arena, c, iso("2007-12-31"), workdays_20, &r));
    ck_assert(!date_is(r.last_day));
    ck_assert(!deadline_reckon(arena, c, DATE_NONE, workdays_20, &r));
    ck_assert(!deadline_reckon(arena, c, iso("2020-01-01"), (struct term){5, TERM_HOURS}, &r));
    ck_assert(!deadline_reckon(arena, c, iso("2020-01-01"), (struct term){0, TERM_NONE}, &r));
    ck_assert(!deadline_reckon(arena, c, iso("2020-01-01"), (struct term){-1, TERM_WORKDAYS}, &r));
    ck_assert(
        !deadline_reckon(arena, c, iso("2020-01-01"), (struct term){1000000, TERM_WORKDAYS}, &r));
    ck_assert(deadline_reckon(arena, c, iso("2008-01-01"), (struct term){0, TERM_WORKDAYS}, &r));
    ck_assert_str_is(date_iso(arena, r.last_day), "2008-01-01");
}
END_TEST

START_TEST(reckoning_and_counting_agree_on_any_day)
{
    const struct calendar *c = calendar_compiled();
    uint32_t state = 492;
    for (int i = 0; i < 2000; i++) {
        state = state * 1664525U + 1013904223U;
        const struct date start = date_add(calendar_first(c), (int)((state >> 8) % 7000));
        const int count = 1 + (int)((state >> 4) % 45);
        struct reckoning r;
        ck_assert(deadline_reckon(arena, c, start, (struct term){count, TERM_WORKDAYS}, &r));
        ck_assert_int_eq(calendar_workdays_between(c, start, r.last_day), count);
        ck_assert(calendar_works(c, r.last_day));
        ck_assert_int_eq(calendar_workdays_between(c, start, date_add(r.last_day, -1)), count - 1);
        ck_assert_int_eq(date_diff(r.last_day, start), (int)r.day_count);
    }
}
END_TEST

START_TEST(standings_turn_with_the_days)
{
    const struct calendar *c = calendar_compiled();
    const struct date last = iso("2018-08-22"); /* a Wednesday */
    ck_assert_int_eq(standing_of(c, last, iso("2018-08-16")), STANDING_ON_TIME);
    ck_assert_int_eq(standing_of(c, last, iso("2018-08-17")), STANDING_DUE_SOON);
    ck_assert_int_eq(standing_of(c, last, iso("2018-08-21")), STANDING_DUE_SOON);
    ck_assert_int_eq(standing_of(c, last, last), STANDING_TODAY);
    ck_assert_int_eq(standing_of(c, last, iso("2018-08-23")), STANDING_OVERDUE);
    /* A last day on a weekend: the Saturday after is overdue although no working day has passed. */
    ck_assert_int_eq(standing_of(c, iso("2018-08-25"), iso("2018-08-26")), STANDING_OVERDUE);
    ck_assert_int_eq(workdays_left(c, last, iso("2018-08-17")), 3);
    ck_assert_int_eq(workdays_left(c, last, last), 0);
    ck_assert_int_eq(workdays_left(c, last, iso("2018-08-24")), -2);
}
END_TEST

START_TEST(formation_is_the_print_date_else_the_signing_date)
{
    struct str which;
    ck_assert(date_eq(formed_on(iso("2018-07-25"), iso("2018-07-24"), &which), iso("2018-07-25")));
    ck_assert_str_is(which, "印发日期");
    ck_assert(date_eq(formed_on(DATE_NONE, iso("2018-07-24"), &which), iso("2018-07-24")));
    ck_assert_str_is(which, "成文日期");
    ck_assert(!date_is(formed_on(DATE_NONE, DATE_NONE, &which)));
    ck_assert_uint_eq(which.n, 0);
    ck_assert_str_is(
        rule_find(RULE_DOCUMENT_FORMED, iso("2018-07-25"))->value, "printed-else-signed");
}
END_TEST

START_TEST(the_notice_of_2018_came_on_working_day_100)
{
    struct publish_clock p;
    publish_clock_read(arena, calendar_compiled(), iso("2018-07-25"), iso("2018-07-24"),
        iso("2018-12-18"), iso("2026-07-01"), &p);
    ck_assert(p.known);
    ck_assert_str_is(date_iso(arena, p.formed), "2018-07-25");
    ck_assert_str_is(p.formed_which, "印发日期");
    ck_assert_str_is(date_iso(arena, p.reckoning.last_day), "2018-08-22");
    ck_assert_int_eq(p.workday_no, 100);
    ck_assert(p.late);
    ck_assert(str_has(p.reckoning.rule->basis, S("第十八条")));
    ck_assert_str_is(date_iso(arena, p.signed_on), "2018-07-24");
    ck_assert_str_is(date_iso(arena, p.signed_last_day), "2018-08-21");
    ck_assert_int_eq(p.signed_workday_no, 101);
}
END_TEST

START_TEST(an_unpublished_document_is_measured_today)
{
    struct publish_clock p;
    publish_clock_read(
        arena, calendar_compiled(), DATE_NONE, iso("2026-02-10"), DATE_NONE, iso("2026-03-16"), &p);
    ck_assert(p.known && !p.late);
    ck_assert_int_eq(p.workday_no, 20);
    ck_assert(!date_is(p.signed_on)); /* it is the day of formation itself */
    ck_assert(!date_is(p.published));
    publish_clock_read(
        arena, calendar_compiled(), DATE_NONE, iso("2026-02-10"), DATE_NONE, iso("2026-03-17"), &p);
    ck_assert(p.late);
    publish_clock_read(arena, calendar_compiled(), iso("2026-02-10"), DATE_NONE, iso("2026-02-10"),
        iso("2026-03-17"), &p);
    ck_assert_int_eq(p.workday_no, 0);
    ck_assert(!p.late);
}
END_TEST

START_TEST(a_last_day_on_which_published_is_not_late)
{
    struct publish_clock p;
    publish_clock_read(arena, calendar_compiled(), iso("2018-07-25"), DATE_NONE, iso("2018-08-22"),
        iso("2018-09-01"), &p);
    ck_assert(!p.late);
    ck_assert_int_eq(p.workday_no, 20);
    publish_clock_read(arena, calendar_compiled(), iso("2018-07-25"), DATE_NONE, iso("2018-08-23"),
        iso("2018-09-01"), &p);
    ck_assert(p.late);
    ck_assert_int_eq(p.workday_no, 21);
}
END_TEST

START_TEST(the_rule_is_that_of_the_day_of_formation)
{
    struct publish_clock p;
    publish_clock_read(arena, calendar_compiled(), iso("2019-05-15"), iso("2019-05-14"), DATE_NONE,
        iso("2019-05-20"), &p);
    ck_assert(str_has(p.reckoning.rule->basis, S("711号")));
    ck_assert_str_is(date_iso(arena, p.reckoning.last_day), "2019-06-13");
    publish_clock_read(
        arena, calendar_compiled(), iso("2019-05-14"), DATE_NONE, DATE_NONE, iso("2019-05-20"), &p);
    ck_assert(str_has(p.reckoning.rule->basis, S("492号")));
}
END_TEST

START_TEST(an_unknown_clock_says_why)
{
    struct publish_clock p;
    const struct calendar *c = calendar_compiled();
    const struct date today = iso("2026-07-01");
    publish_clock_read(arena, c, DATE_NONE, DATE_NONE, DATE_NONE, today, &p);
    ck_assert(!p.known && str_has(p.why_unknown, S("没有印发日期")));
    publish_clock_read(arena, c, iso("2007-12-31"), DATE_NONE, DATE_NONE, today, &p);
    ck_assert(!p.known && str_has(p.why_unknown, S("2008年1月1日")));
    publish_clock_read(arena, c, iso("2008-03-03"), DATE_NONE, DATE_NONE, today, &p);
    ck_assert(!p.known && str_has(p.why_unknown, S("2008年5月1日")));
    publish_clock_read(arena, c, iso("2018-07-25"), DATE_NONE, iso("2001-01-01"), today, &p);
    ck_assert(!p.known && str_has(p.why_unknown, S("对不上")));
    /* Signed long before the calendar, printed inside it: the clock runs, without the second
     * reckoning. */
    publish_clock_read(arena, c, iso("2018-07-25"), iso("2007-07-24"), DATE_NONE, today, &p);
    ck_assert(p.known && date_is(p.signed_on) && !date_is(p.signed_last_day));
}
END_TEST

START_TEST(the_sheet_reads_like_a_sheet)
{
    struct reckoning r;
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2018-09-28"), (struct term){3, TERM_WORKDAYS}, &r));
    r.rule = rule_find(RULE_DOCUMENT_PUBLISH, r.start);
    ck_assert_str_is(reckoning_text(arena, &r),
        "依据：《政府信息公开条例》（2007年国务院令第492号）第十八条\n"
        "期限：3个工作日，自2018年9月28日的次日起算，当日不计\n"
        "最后一日：2018年10月8日（星期一），到当日结束为止\n"
        "\n"
        "2018年9月29日　星期六　调休上班（国庆节）　第1日\n"
        "2018年9月30日　星期日　调休上班（国庆节）　第2日\n"
        "2018年10月1日　星期一　放假（国庆节）　不计\n"
        "2018年10月2日　星期二　放假（国庆节）　不计\n"
        "2018年10月3日　星期三　放假（国庆节）　不计\n"
        "2018年10月4日　星期四　放假（国庆节）　不计\n"
        "2018年10月5日　星期五　放假（国庆节）　不计\n"
        "2018年10月6日　星期六　放假（国庆节）　不计\n"
        "2018年10月7日　星期日　放假（国庆节）　不计\n"
        "2018年10月8日　星期一　工作日　第3日\n");
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2026-12-30"), (struct term){2, TERM_WORKDAYS}, &r));
    ck_assert(str_has(reckoning_text(arena, &r), S("暂定")));
    ck_assert(str_has(reckoning_text(arena, &r), S("安排尚未公布")));
}
END_TEST

START_TEST(the_sheet_as_json_is_json)
{
    struct reckoning r;
    ck_assert(deadline_reckon(
        arena, calendar_compiled(), iso("2018-09-28"), (struct term){3, TERM_WORKDAYS}, &r));
    const struct json *j;
    ck_assert_well(json_parse(arena, reckoning_json(arena, &r), &j));
    ck_assert_str_is(json_text(json_get(j, S("last_day"))), "2018-10-08");
    ck_assert_str_is(json_text(json_get(j, S("unit"))), "workdays");
    size_t n = 0;
    for (const struct json *d = json_get(j, S("days"))->child; d != NULL; d = d->next) {
        n++;
    }
    ck_assert_uint_eq(n, 10);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, working_days_end_where_the_vectors_say);
    tcase_add_test(tc, the_sheet_lists_every_day_and_counts_the_working_ones);
    tcase_add_test(tc, calendar_days_count_every_day);
    tcase_add_test(tc, a_term_into_an_unannounced_year_is_provisional);
    tcase_add_test(tc, what_cannot_be_reckoned_is_refused);
    tcase_add_test(tc, reckoning_and_counting_agree_on_any_day);
    tcase_add_test(tc, standings_turn_with_the_days);
    tcase_add_test(tc, formation_is_the_print_date_else_the_signing_date);
    tcase_add_test(tc, the_notice_of_2018_came_on_working_day_100);
    tcase_add_test(tc, an_unpublished_document_is_measured_today);
    tcase_add_test(tc, a_last_day_on_which_published_is_not_late);
    tcase_add_test(tc, the_rule_is_that_of_the_day_of_formation);
    tcase_add_test(tc, an_unknown_clock_says_why);
    tcase_add_test(tc, the_sheet_reads_like_a_sheet);
    tcase_add_test(tc, the_sheet_as_json_is_json);
}
