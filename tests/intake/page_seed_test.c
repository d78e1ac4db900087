/*
 * page_seed_test.c: the real page of 2018, read and put on the clock.
 *
 * Skips, and says so, where the hand-outs are not beside the repository (GONGKAI_SHARED, else
 * ../shared).
 */
#include "base/file.h"
#include "base/utf8.h"
#include "check_main.h"
#include "intake/page.h"
#include "rules/deadline.h"

#include <stdio.h>
#include <stdlib.h>

static const char *shared_path(const char *name)
{
    const char *own = getenv("GONGKAI_SHARED");
    const char *source = getenv("GONGKAI_SOURCE");
    const struct str beside =
        str_cat(arena, str_from(source == NULL ? "." : source), S("/../shared"));
    const struct str root = own != NULL ? str_from(own) : beside;
    return str_z(arena, str_format(arena, "%.*s/%s", STR_ARG(root), name));
}

/* False, with a line on standard error, when the page is not there. */
static bool read_seed(struct str *text)
{
    const char *path = shared_path("seed/work-plan-2018.txt");
    if (!file_is(path)) {
        (void)fprintf(stderr, "SKIPPED: %s is not there; the real page was not read\n", path);
        return false;
    }
    ck_assert_well(file_read(arena, path, 1 << 20, text));
    ck_assert(utf8_valid(*text));
    return true;
}

START_TEST(the_shell_and_the_closing_marks_become_fields)
{
    struct str text;
    if (!read_seed(&text)) {
        return;
    }
    struct imported_page p;
    ck_assert_well(page_import(arena, text, &p));
    ck_assert_str_is(p.index_number, "QZ02114-2500-2018-00005");
    ck_assert_str_is(p.document_number_typed, "泉丰教〔2018〕137号");
    ck_assert_str_is(p.document_number, "泉丰教〔2018〕137号");
    ck_assert_str_is(p.publisher, "区教育局");
    ck_assert_str_is(date_iso(arena, p.claimed_on), "2018-12-18");
    ck_assert_str_is(p.title, "关于印发《泉州市丰泽区教育局2018年政务公开工作实施方案》的通知");
    ck_assert_str_is(date_iso(arena, p.posted_on), "2018-12-18");
    ck_assert_int_eq(p.posted_minute, 8 * 60 + 16);
    ck_assert_str_is(p.addressees_text, "区教育局各股(室),各区属学校");
    ck_assert_uint_eq(p.addressees.n, 2);
    ck_assert_str_is(p.addressees.v[0], "区教育局各股(室)");
    ck_assert_str_is(p.addressees.v[1], "各区属学校");
    ck_assert_str_is(p.sign_office, "泉州市丰泽区教育局办公室");
    ck_assert_str_is(date_iso(arena, p.signed_on), "2018-07-24");
    ck_assert_str_is(p.attribute, "主动公开");
    ck_assert_uint_eq(p.cc.n, 1);
    ck_assert_str_is(p.cc.v[0], "区政府公开办");
    ck_assert_str_is(p.print_office, "泉州市丰泽区教育局办公室");
    ck_assert_str_is(date_iso(arena, p.printed_on), "2018-07-25");
    ck_assert_uint_eq(p.interpretations.n, 5);
    ck_assert_uint_eq(p.remark.n, 0);
    ck_assert_uint_eq(p.notes.n, 1); /* the page's own date differs from the paper's */
    ck_assert(str_has(p.notes.v[0], S("2018年12月18日")));
}
END_TEST

START_TEST(notice_and_plan_come_out_with_their_structure)
{
    struct str text;
    if (!read_seed(&text)) {
        return;
    }
    struct imported_page p;
    ck_assert_well(page_import(arena, text, &p));
    ck_assert_uint_eq(p.body.n, 4);
    ck_assert_int_eq(p.body.v[0].kind, BLOCK_TO);
    ck_assert_int_eq(p.body.v[1].kind, BLOCK_PARAGRAPH);
    ck_assert(str_starts(p.body.v[1].text, S("现将《")));
    ck_assert(str_has(p.body.v[1].text, S(",请结合"))); /* the document's own signs are kept */
    ck_assert_int_eq(p.body.v[2].kind, BLOCK_SIGNATURE);
    ck_assert_int_eq(p.body.v[3].kind, BLOCK_SIGNATURE);

    ck_assert_uint_eq(p.part_count, 1);
    ck_assert_str_is(p.parts[0].title, "泉州市丰泽区教育局2018年政务公开工作实施方案");
    const struct blocks plan = p.parts[0].body;
    ck_assert_uint_eq(plan.n, 17);
    int headings[2] = {0, 0};
    for (size_t i = 0; i < plan.n; i++) {
        headings[0] += plan.v[i].kind == BLOCK_HEADING_1 ? 1 : 0;
        headings[1] += plan.v[i].kind == BLOCK_HEADING_2 ? 1 : 0;
        ck_assert(!str_has(plan.v[i].text, S("扫一扫")) && !str_has(plan.v[i].text, S("抄送")));
    }
    ck_assert_int_eq(headings[0], 3);
    ck_assert_int_eq(headings[1], 4);
    ck_assert_str_is(plan.v[1].text, "一、总体要求和目标");
    ck_assert(str_ends(plan.v[16].text, S("追究相关单位和人员的责任。")));
}
END_TEST

START_TEST(it_came_on_working_day_100_where_20_were_allowed)
{
    struct str text;
    if (!read_seed(&text)) {
        return;
    }
    struct imported_page p;
    ck_assert_well(page_import(arena, text, &p));
    struct publish_clock clock;
    publish_clock_read(
        arena, calendar_compiled(), p.printed_on, p.signed_on, p.posted_on, p.posted_on, &clock);
    ck_assert(clock.known && clock.late);
    ck_assert_int_eq(clock.workday_no, 100);
    ck_assert_str_is(date_iso(arena, clock.reckoning.last_day), "2018-08-22");
    ck_assert_int_eq(clock.signed_workday_no, 101);
    ck_assert_str_is(date_iso(arena, clock.signed_last_day), "2018-08-21");
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, the_shell_and_the_closing_marks_become_fields);
    tcase_add_test(tc, notice_and_plan_come_out_with_their_structure);
    tcase_add_test(tc, it_came_on_working_day_100_where_20_were_allowed);
}
