/*
 * str_test.c: text as a view.
 */
#include "check_main.h"

#include <string.h>

START_TEST(empty_strs_are_equal_wherever_they_point)
{
    ck_assert(str_eq(STR_NONE, S("")));
    ck_assert(!str_eq(S("a"), S("b")));
    ck_assert(!str_eq(S("a"), S("ab")));
    ck_assert(str_from(NULL).p == NULL);
    ck_assert(str_dup(arena, STR_NONE).p == NULL);
    ck_assert(str_dup(arena, S("")).p != NULL);
    ck_assert_str_eq(str_z(arena, STR_NONE), "");
}
END_TEST

START_TEST(order_is_by_bytes)
{
    ck_assert_int_lt(str_cmp(S("a"), S("b")), 0);
    ck_assert_int_lt(str_cmp(S("a"), S("ab")), 0);
    ck_assert_int_gt(str_cmp(S("文"), S("z")), 0);
    ck_assert_int_eq(str_cmp(STR_NONE, S("")), 0);
    ck_assert_int_gt(str_cmp(S("a"), STR_NONE), 0);
}
END_TEST

START_TEST(case_is_that_of_ascii)
{
    ck_assert(str_eq_nocase(S("Content-TYPE"), S("content-type")));
    ck_assert(!str_eq_nocase(S("Ä"), S("ä")));
    ck_assert(!str_eq_nocase(S("["), S("{")));
    ck_assert_str_is(str_lower(arena, S("ABC xyz Ä文")), "abc xyz Ä文");
}
END_TEST

START_TEST(find_looks_from_where_it_is_told)
{
    ck_assert_int_eq(str_find(S("abcabc"), S("bc"), 0), 1);
    ck_assert_int_eq(str_find(S("abcabc"), S("bc"), 2), 4);
    ck_assert_int_eq(str_find(S("abcabc"), S("bc"), 5), -1);
    ck_assert_int_eq(str_find(S("abc"), S("c"), 99), -1);
    ck_assert_int_eq(str_find(S("abc"), S(""), 3), 3);
    ck_assert_int_eq(str_find(STR_NONE, S(""), 0), 0);
    ck_assert_int_eq(str_find(S("ab"), S("abc"), 0), -1);
    ck_assert_int_eq(str_find_byte(S("abc"), 'c', 0), 2);
    ck_assert_int_eq(str_find_byte(S("abc"), 'a', 1), -1);
    ck_assert_int_eq(str_find_byte(STR_NONE, 'a', 0), -1);
    ck_assert(str_has(S("abc"), S("b")) && !str_has(S("abc"), S("x")));
    ck_assert(str_starts(S("abc"), S("ab")) && !str_starts(S("a"), S("ab")));
    ck_assert(str_ends(S("abc"), S("bc")) && !str_ends(S("c"), S("bc")));
    ck_assert(str_starts(STR_NONE, STR_NONE) && str_ends(S("a"), STR_NONE));
}
END_TEST

START_TEST(cuts_are_clamped)
{
    ck_assert_str_is(str_sub(S("abc"), 1, 2), "b");
    ck_assert_str_is(str_sub(S("abc"), 1, 99), "bc");
    ck_assert_str_is(str_sub(S("abc"), 5, 2), "");
    ck_assert_str_is(str_sub(STR_NONE, 1, 2), "");
    ck_assert_str_is(str_skip(S("abc"), 2), "c");
    ck_assert_str_is(str_skip(S("abc"), 9), "");
}
END_TEST

START_TEST(trim_takes_the_blanks_that_people_paste)
{
    ck_assert_str_is(str_trim(S(" \t\r\n\v\f a b \n")), "a b");
    ck_assert_str_is(str_trim(S("　\xc2\xa0文 号　\xc2\xa0")), "文 号");
    ck_assert_str_is(str_trim(S("\xef\xbb\xbf"
                                "a")),
        "a");
    ck_assert_str_is(str_trim(S(" 　 ")), "");
    ck_assert_str_is(str_trim(STR_NONE), "");
    /* The last bytes of a blank inside another character are no blank. */
    ck_assert_str_is(str_trim(S("あ")), "あ");
}
END_TEST

START_TEST(pieces_are_all_there_also_empty_ones)
{
    static const char *const expected[] = {"a", "", "b", ""};
    struct str rest = S("a,,b,");
    struct str piece;
    size_t n = 0;
    while (str_next(&rest, ',', &piece)) {
        ck_assert_uint_lt(n, 4);
        ck_assert_str_is(piece, expected[n++]);
    }
    ck_assert_uint_eq(n, 4);
    ck_assert(!str_next(&rest, ',', &piece));
    rest = S("");
    ck_assert(str_next(&rest, ',', &piece) && piece.n == 0);
    ck_assert(!str_next(&rest, ',', &piece));
}
END_TEST

START_TEST(lines_end_with_lf_or_crlf)
{
    static const char *const expected[] = {"a", "", "b\rc", "d"};
    struct str rest = S("a\r\n\nb\rc\nd\n");
    struct str line;
    size_t n = 0;
    while (str_next_line(&rest, &line)) {
        ck_assert_uint_lt(n, 4);
        ck_assert_str_is(line, expected[n++]);
    }
    ck_assert_uint_eq(n, 4);
}
END_TEST

START_TEST(texts_are_joined_and_replaced)
{
    struct str parts[] = {S_INIT("a"), {NULL, 0}, S_INIT("c")};
    ck_assert_str_is(str_join(arena, (struct strs){parts, 3}, S("、")), "a、、c");
    ck_assert_str_is(str_join(arena, (struct strs){NULL, 0}, S(",")), "");
    ck_assert_str_is(str_cat(arena, S("a"), STR_NONE), "a");
    ck_assert_str_is(str_replace(arena, S("aXbXX"), S("X"), S("--")), "a--b----");
    ck_assert_str_is(str_replace(arena, S("aaa"), S("aa"), S("")), "a");
    ck_assert_str_is(str_replace(arena, S("abc"), S("x"), S("y")), "abc");
    ck_assert_str_is(str_replace(arena, STR_NONE, S("x"), S("y")), "");
}
END_TEST

START_TEST(to_replace_nothing_ends_the_worker)
{
    (void)str_replace(arena, S("abc"), S(""), S("y"));
}
END_TEST

START_TEST(formatted_text_is_complete)
{
    ck_assert_str_is(str_format(arena, "%s-%d-%.*s", "文", 7, STR_ARG(S("xyz"))), "文-7-xyz");
    ck_assert_str_is(str_format(arena, "[%.*s]", STR_ARG(STR_NONE)), "[]");
    struct str long_one = str_format(arena, "%05000d", 1);
    ck_assert_uint_eq(long_one.n, 5000);
    ck_assert_str_is(str_skip(long_one, 4998), "01");
}
END_TEST

START_TEST(numbers_are_whole_and_in_range)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {
        {"0", 0},
        {"-0", 0},
        {"007", 7},
        {"-42", -42},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "１", "--1", "1-",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999999"};
    int64_t v;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(str_to_int(str_from(good[i].text), &v), "%s", good[i].text);
        ck_assert_int_eq(v, good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!str_to_int(str_from(bad[i]), &v), "%s", bad[i]);
    }
    ck_assert_str_is(str_from_int(arena, INT64_MIN), "-9223372036854775808");
}
END_TEST

START_TEST(hex_goes_there_and_back)
{
    unsigned char bytes[4];
    ck_assert_str_is(str_hex(arena, "\x00\x7f\xff\xa5", 4), "007fffa5");
    ck_assert(str_unhex(S("007FffA5"), bytes, 4));
    ck_assert_int_eq(memcmp(bytes, "\x00\x7f\xff\xa5", 4), 0);
    ck_assert(!str_unhex(S("007fff"), bytes, 4));
    ck_assert(!str_unhex(S("007fffag"), bytes, 4));
    ck_assert(!str_unhex(S("007fffa"), bytes, 4));
    ck_assert(str_unhex(STR_NONE, bytes, 0));
}
END_TEST

/* RFC 4648, section 10, without padding. */
START_TEST(base64url_as_the_rfc_has_it)
{
    static const char *const rows[][2] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str s = str_from(rows[i][0]);
        ck_assert_str_is(str_base64url(arena, s.p, s.n), rows[i][1]);
    }
}
END_TEST

START_TEST(secrets_compare_whole)
{
    ck_assert(str_eq_secret(S("abc"), S("abc")));
    ck_assert(!str_eq_secret(S("abc"), S("abd")));
    ck_assert(!str_eq_secret(S("abc"), S("ab")));
    ck_assert(str_eq_secret(STR_NONE, S("")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, empty_strs_are_equal_wherever_they_point);
    tcase_add_test(tc, order_is_by_bytes);
    tcase_add_test(tc, case_is_that_of_ascii);
    tcase_add_test(tc, find_looks_from_where_it_is_told);
    tcase_add_test(tc, cuts_are_clamped);
    tcase_add_test(tc, trim_takes_the_blanks_that_people_paste);
    tcase_add_test(tc, pieces_are_all_there_also_empty_ones);
    tcase_add_test(tc, lines_end_with_lf_or_crlf);
    tcase_add_test(tc, texts_are_joined_and_replaced);
    tcase_add_test_raise_signal(tc, to_replace_nothing_ends_the_worker, SIGABRT);
    tcase_add_test(tc, formatted_text_is_complete);
    tcase_add_test(tc, numbers_are_whole_and_in_range);
    tcase_add_test(tc, hex_goes_there_and_back);
    tcase_add_test(tc, base64url_as_the_rfc_has_it);
    tcase_add_test(tc, secrets_compare_whole);
}
