/*
 * rule_test.c: the dated rows of law: complete, without overlap, changing on the right day.
 */
#include "check_main.h"
#include "rules/ground.h"
#include "rules/rule.h"

static struct date iso(const char *text)
{
    struct date out;
    ck_assert(date_parse_iso(str_from(text), &out));
    return out;
}

START_TEST(the_term_of_publication_changes_its_article_on_15_may_2019)
{
    ck_assert_ptr_null(rule_find(RULE_DOCUMENT_PUBLISH, iso("2008-04-30")));
    const struct rule_row *old = rule_find(RULE_DOCUMENT_PUBLISH, iso("2008-05-01"));
    ck_assert_ptr_eq(old, rule_find(RULE_DOCUMENT_PUBLISH, iso("2019-05-14")));
    const struct rule_row *now = rule_find(RULE_DOCUMENT_PUBLISH, iso("2019-05-15"));
    ck_assert_ptr_eq(now, rule_find(RULE_DOCUMENT_PUBLISH, iso("2030-01-01")));
    ck_assert_ptr_ne(old, now);
    ck_assert(str_has(old->basis, S("第十八条")));
    ck_assert(str_has(now->basis, S("第二十六条")));
    ck_assert_int_eq(old->term.count, 20);
    ck_assert_int_eq(now->term.count, 20);
    ck_assert_int_eq(now->term.unit, TERM_WORKDAYS);
    ck_assert_uint_eq(now->doubt.n, 0);
}
END_TEST

START_TEST(the_day_of_formation_is_a_rule_with_a_doubt)
{
    const struct rule_row *row = rule_find(RULE_DOCUMENT_FORMED, iso("2018-07-25"));
    ck_assert_ptr_nonnull(row);
    ck_assert_str_is(row->value, "printed-else-signed");
    ck_assert(row->doubt.n > 0);
    ck_assert(rule_find(RULE_DOCUMENT_FORMED, iso("2026-07-25"))->doubt.n > 0);
}
END_TEST

START_TEST(rows_of_a_rule_never_overlap_and_all_cite_an_article)
{
    const struct rule_rows all = rule_all();
    for (size_t i = 0; i < all.n; i++) {
        ck_assert(all.v[i].basis.n > 0);
        ck_assert(!date_is(all.v[i].to) || !date_before(all.v[i].to, all.v[i].from));
        for (size_t k = i + 1; k < all.n; k++) {
            if (all.v[i].rule == all.v[k].rule) {
                ck_assert(date_is(all.v[i].to) && date_before(all.v[i].to, all.v[k].from));
            }
        }
    }
}
END_TEST

START_TEST(every_rule_has_a_name_that_finds_it)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        enum rule found;
        ck_assert(rule_by_name(rule_name((enum rule)i), &found));
        ck_assert_int_eq((int)found, i);
        ck_assert(rule_title((enum rule)i).n > 0);
        ck_assert_ptr_nonnull(rule_find((enum rule)i, iso("2026-01-01")));
    }
    enum rule none;
    ck_assert(!rule_by_name(S("document.unknown"), &none));
}
END_TEST

START_TEST(grounds_are_those_of_the_law_in_force)
{
    static const char *now[] = {"N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"};
    for (size_t i = 0; i < sizeof(now) / sizeof(now[0]); i++) {
        const struct ground *g = ground_find(str_from(now[i]));
        ck_assert_ptr_nonnull(g);
        ck_assert(ground_in_force(g, iso("2019-05-15")));
        ck_assert(!ground_in_force(g, iso("2019-05-14")));
        ck_assert(g->basis.n > 0 && g->title.n > 0);
    }
    ck_assert_int_eq(ground_find(S("N1"))->force, GROUND_MUST_NOT);
    ck_assert_int_eq(ground_find(S("N4"))->force, GROUND_MUST_NOT_UNLESS);
    ck_assert_int_eq(ground_find(S("N5"))->force, GROUND_MAY);
    ck_assert(str_has(ground_find(S("N4"))->basis, S("第十五条")));
    ck_assert_ptr_null(ground_find(S("N9")));
    ck_assert_ptr_null(ground_find(STR_NONE));
}
END_TEST

START_TEST(before_2019_there_were_three_grounds)
{
    const struct grounds all = ground_all();
    int before = 0;
    for (size_t i = 0; i < all.n; i++) {
        before += ground_in_force(&all.v[i], iso("2018-07-25")) ? 1 : 0;
        for (size_t k = i + 1; k < all.n; k++) {
            ck_assert(!str_eq(all.v[i].code, all.v[k].code));
        }
    }
    ck_assert_int_eq(before, 3);
    ck_assert(!ground_in_force(ground_find(S("P1")), iso("2019-05-15")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, the_term_of_publication_changes_its_article_on_15_may_2019);
    tcase_add_test(tc, the_day_of_formation_is_a_rule_with_a_doubt);
    tcase_add_test(tc, rows_of_a_rule_never_overlap_and_all_cite_an_article);
    tcase_add_test(tc, every_rule_has_a_name_that_finds_it);
    tcase_add_test(tc, grounds_are_those_of_the_law_in_force);
    tcase_add_test(tc, before_2019_there_were_three_grounds);
}
