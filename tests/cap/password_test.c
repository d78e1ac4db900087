/*
 * password_test.c: which passwords are taken, how long a lock lasts, what a unit is called. Pure decisions.
 */
#include "check_main.h"

#include "cap/account/account.h"

#include "base/ban.h"

struct password_case {
    enum password_profile profile;
    const char *password;
    bool good;
};

// clang-format off
static const struct password_case passwords[] = {
    {PASSWORD_DENGBAO, "Lamp-River-47", true},
    {PASSWORD_DENGBAO, "lamp-river-47", true},          /* lower, digits, signs: three classes */
    {PASSWORD_DENGBAO, "lampriverstone", false},        /* one class, under 20 */
    {PASSWORD_DENGBAO, "lamp river stone cloud", true}, /* 20 of anything */
    {PASSWORD_DENGBAO, "Lamp-Ri-47x", false},           /* 11 */
    {PASSWORD_DENGBAO, "Lamp-Ri-47xy", true},           /* 12 */
    {PASSWORD_DENGBAO, "P@ssw0rd20242024", false},      /* common in disguise */
    {PASSWORD_DENGBAO, "Password!!123456", false},
    {PASSWORD_DENGBAO, "Qwertyuiop123!", false},
    {PASSWORD_DENGBAO, "Woaini1314520!", false},
    {PASSWORD_DENGBAO, "11111111111111111111", false},
    {PASSWORD_DENGBAO, "abcdefghijklmnopqrstuv", false},
    {PASSWORD_DENGBAO, "Chenxiao-8872", false},         /* the login */
    {PASSWORD_DENGBAO, "办公室里的灯-Aa1", false},      /* the unit */
    {PASSWORD_DENGBAO, "Yh02114-lampe-x", false},       /* the agency code */
    {PASSWORD_DENGBAO, "陈晓喜欢喝茶Aa1xy", false},     /* the name */
    {PASSWORD_ASVS,    "lampriverstones", true},        /* 15, no rule of composition */
    {PASSWORD_ASVS,    "lampriverstone", false},        /* 14 */
    {PASSWORD_ASVS,    "Lamp-River-47", false},
};
// clang-format on

START_TEST(passwords_are_taken_or_refused_by_profile)
{
    const struct password_case *k = &passwords[_i];
    const struct str words[] = {S("办公室"), S("云湖区教育局"), S("YH02114")};
    struct password_question q = {.profile = k->profile,
        .password = str_from(k->password),
        .login = S("chenxiao"),
        .name = S("陈晓"),
        .unit_words = {words, 3}};
    struct str fault = account_password_fault(arena, &q);
    ck_assert_msg((fault.n == 0) == k->good, "%s: %.*s", k->password, STR_ARG(fault));
}
END_TEST

START_TEST(long_passwords_are_not_cut)
{
    char p[ACCOUNT_PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof(p); i++) {
        p[i] = (char)("kLm7-xQz"[i % 8]);
    }
    struct password_question q = {.password = str_make(p, ACCOUNT_PASSWORD_MOST)};
    ck_assert_uint_eq(account_password_fault(arena, &q).n, 0);
    q.password.n++;
    ck_assert_uint_gt(account_password_fault(arena, &q).n, 0);
}
END_TEST

START_TEST(a_lock_grows_to_a_quarter_of_an_hour_and_no_further)
{
    static const int minutes[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15};
    for (int n = 0; n < (int)(sizeof(minutes) / sizeof(minutes[0])); n++) {
        ck_assert_int_eq(account_lock_minutes(n), minutes[n]);
    }
    ck_assert_int_eq(account_lock_minutes(INT64_MAX), 15);
}
END_TEST

START_TEST(a_section_has_four_names)
{
    struct strs forms = account_name_forms(arena, S("教育股"));
    ck_assert_uint_eq(forms.n, 4);
    ck_assert_str_is(forms.v[0], "教育股");
    ck_assert_str_is(str_join(arena, forms, S(" ")), "教育股 教育股室 教育科室 教育科");
    ck_assert_uint_eq(account_name_forms(arena, S("办公室")).n, 1);
    ck_assert_uint_eq(account_name_forms(arena, S("股")).n, 1);
    ck_assert_uint_eq(account_name_forms(arena, S("执法检查股室")).n, 4);
}
END_TEST

START_TEST(logins_have_one_shape)
{
    static const char *const good[] = {"ab", "chenxiao", "chen.xiao-2_x"};
    static const char *const bad[] = {"a", "Chen", "2chen", "chen xiao", "陈晓", "", "chen/xiao", "abcdefghijabcdefghijabcdefghijabc"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        ck_assert_msg(account_login_valid(str_from(good[i])), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert_msg(!account_login_valid(str_from(bad[i])), "%s", bad[i]);
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, passwords_are_taken_or_refused_by_profile, 0, (int)(sizeof(passwords) / sizeof(passwords[0])));
    tcase_add_test(tc, long_passwords_are_not_cut);
    tcase_add_test(tc, a_lock_grows_to_a_quarter_of_an_hour_and_no_further);
    tcase_add_test(tc, a_section_has_four_names);
    tcase_add_test(tc, logins_have_one_shape);
}
