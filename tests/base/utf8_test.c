/*
 * utf8_test.c: the door for text.
 */
#include "base/utf8.h"
#include "check_main.h"

START_TEST(door_takes_every_valid_form)
{
    static const char *const good[] = {"", "a", "é", "文", "😀", "\x7f", "\xc2\x80", "\xdf\xbf",
        "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(utf8_valid(str_from(good[i])), "row %zu", i);
    }
    ck_assert(utf8_valid(STR_NONE));
}
END_TEST

START_TEST(door_refuses_every_broken_form)
{
    static const struct str bad[] = {
        S_INIT("\0"),       /* NUL */
        S_INIT("a\0b"),     /* NUL inside */
        S_INIT("\x80"),     /* tail without a head */
        S_INIT("\xbf"),     /* the same */
        S_INIT("\xc0\x80"), /* NUL in two bytes */
        S_INIT("\xc1\xbf"), /* ASCII in two bytes */
        S_INIT("\xc2"),     /* cut */
        S_INIT("\xc2"
               "a"),            /* no tail */
        S_INIT("\xe0\x80\xaf"), /* long form */
        S_INIT("\xe0\x9f\xbf"), /* long form */
        S_INIT("\xed\xa0\x80"), /* first surrogate */
        S_INIT("\xed\xbf\xbf"), /* last surrogate */
        S_INIT("\xe6\x96"),     /* cut */
        S_INIT("\xe6"
               "a\x87"), /* broken tail */
        S_INIT("\xe6\x96"
               "a"),                /* broken tail */
        S_INIT("\xf0\x80\x80\xaf"), /* long form */
        S_INIT("\xf0\x8f\xbf\xbf"), /* long form */
        S_INIT("\xf0\x9f\x98"),     /* cut */
        S_INIT("\xf0\x9f\x98"
               "a"),                                        /* broken tail */
        S_INIT("\xf4\x90\x80\x80"),                         /* beyond U+10FFFF */
        S_INIT("\xf5\x80\x80\x80"),                         /* beyond */
        S_INIT("\xf8\x88\x80\x80\x80"),                     /* five bytes */
        S_INIT("\xfe"), S_INIT("\xff"), S_INIT("\xce\xc4"), /* 文 in GBK */
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!utf8_valid(bad[i]), "row %zu", i);
        /* And with well-formed text around. */
        ck_assert_msg(!utf8_valid(str_cat(arena, S("文"), bad[i])), "row %zu", i);
    }
}
END_TEST

START_TEST(every_code_point_goes_there_and_back)
{
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        if (c == 0xd800) {
            c = 0xe000;
        }
        char bytes[4];
        size_t n = utf8_encode(c, bytes);
        size_t at = 0;
        struct str s = str_make(bytes, n);
        /* One check a turn would take half a minute: the framework notes each. */
        bool is_same = utf8_valid(s) && utf8_next(s, &at) == c && at == n &&
                       utf8_next(s, &at) == UINT32_MAX;
        if (!is_same) {
            ck_abort_msg("U+%04x", c);
        }
    }
}
END_TEST

START_TEST(a_surrogate_cannot_be_encoded)
{
    char bytes[4];
    (void)utf8_encode(0xd800, bytes);
}
END_TEST

START_TEST(characters_are_counted_not_bytes)
{
    ck_assert_uint_eq(utf8_count(S("a文😀")), 3);
    ck_assert_uint_eq(utf8_count(STR_NONE), 0);
}
END_TEST

START_TEST(shortened_text_ends_with_an_ellipsis_inside_the_maximum)
{
    ck_assert_str_is(text_shorten(arena, S("一二三四"), 4), "一二三四");
    ck_assert_str_is(text_shorten(arena, S("一二三四五"), 4), "一二三…");
    ck_assert_str_is(text_shorten(arena, S("ab cd"), 4), "ab…");
    ck_assert_str_is(text_shorten(arena, S("一二"), 1), "…");
    ck_assert_str_is(text_shorten(arena, S("一二"), 0), "");
}
END_TEST

START_TEST(line_has_single_spaces_and_no_hidden_characters)
{
    static const char *const rows[][2] = {
        {"  关于\r\n印发　 通知\t ", "关于 印发 通知"},
        {"a\xe2\x80\x8b"
         "b\xe2\x80\xae"
         "c\xef\xbb\xbf",
            "abc"},
        {"a \xe2\x80\x8b b", "a b"},
        {"a\x01"
         "b\x7f\xc2\x85"
         "c",
            "a b c"},
        {"a\xe2\x80\xa8"
         "b",
            "a b"},
        {"\xc2\xa0\xe2\x80\x83", ""},
        {"", ""},
        {"王\xe2\x81\xa6小\xe2\x81\xa9明", "王小明"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_str_is(text_line(arena, str_from(rows[i][0])), rows[i][1]);
    }
}
END_TEST

START_TEST(lines_keep_their_breaks_and_indents)
{
    static const char *const rows[][2] = {
        {"一\r\n二\r三\n", "一\n二\n三"},
        {"a  \t\n　　b　\n\n\nc", "a\n　　b\n\n\nc"},
        {"a\tb", "a b"},
        {"\n\n a \x01\x1b\n", "a"},
        {"a\xe2\x80\x8b \nb", "a\nb"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_str_is(text_lines(arena, str_from(rows[i][0])), rows[i][1]);
    }
}
END_TEST

START_TEST(full_width_ascii_becomes_narrow)
{
    ck_assert_str_is(
        text_narrow(arena, S("２０１８（ＡＺａｚ）　！～、。〔文〕")), "2018(AZaz) !~、。〔文〕");
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, door_takes_every_valid_form);
    tcase_add_test(tc, door_refuses_every_broken_form);
    tcase_add_test(tc, every_code_point_goes_there_and_back);
    tcase_add_test_raise_signal(tc, a_surrogate_cannot_be_encoded, SIGABRT);
    tcase_add_test(tc, characters_are_counted_not_bytes);
    tcase_add_test(tc, shortened_text_ends_with_an_ellipsis_inside_the_maximum);
    tcase_add_test(tc, line_has_single_spaces_and_no_hidden_characters);
    tcase_add_test(tc, lines_keep_their_breaks_and_indents);
    tcase_add_test(tc, full_width_ascii_becomes_narrow);
}
