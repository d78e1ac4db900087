/*
 * diag_test.c: one event is one line, whatever stands in its values.
 */
#include "base/diag.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "check_main.h"

#include <string.h>
#include <unistd.h>

/* Writes d where it can be read again, without the moment in front. */
static struct str written(struct diag *d)
{
    int ends[2];
    int saved = dup(STDERR_FILENO);
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_ge(dup2(ends[1], STDERR_FILENO), 0);
    diag_write(d);
    ck_assert_int_ge(dup2(saved, STDERR_FILENO), 0);
    (void)close(ends[1]);
    char *p = arena_alloc(arena, KIB(16));
    ssize_t n = read(ends[0], p, KIB(16));
    (void)close(ends[0]);
    (void)close(saved);
    ck_assert_int_ge(n, 0);
    struct str line = str_make(p, (size_t)n);
    ptrdiff_t at = str_find_byte(line, ' ', 0);
    return at < 0 ? line : str_skip(line, (size_t)at + 1);
}

START_TEST(fields_are_pairs_in_order)
{
    struct diag d = diag_make(arena, DIAG_NOTICE, "exchange");
    diag_str(&d, "path", S("/公开/1"));
    diag_int(&d, "ms", -3);
    diag_str(&d, "words", S("two words"));
    diag_str(&d, "none", STR_NONE);
    ck_assert_str_is(
        written(&d), "notice exchange path=/公开/1 ms=-3 words=\"two words\" none=\"\"\n");
}
END_TEST

START_TEST(a_value_cannot_begin_a_line_or_a_field)
{
    struct diag d = diag_make(arena, DIAG_ERROR, "x");
    diag_str(&d, "a", S("1\n2026 error y\r b=\"2\" \\ \x1b[31m"));
    diag_str(&d, "b", S("\xff\xfe"));
    ck_assert_str_is(written(&d),
        "error x a=\"1\\x0a2026 error y\\x0d b=\\\"2\\\" \\\\ \\x1b[31m\" b=\"\\xff\\xfe\"\n");
}
END_TEST

START_TEST(a_long_value_is_cut_between_characters)
{
    struct buf b = buf_make(arena, KIB(4));
    for (int i = 0; i < 1000; i++) {
        buf_add(&b, S("文"));
    }
    struct diag d = diag_make(arena, DIAG_INFO, "x");
    diag_str(&d, "a", buf_str(&b));
    struct str line = written(&d);
    ck_assert(utf8_valid(line));
    ck_assert_uint_eq(line.n, strlen("info x a=\n") + 510);
}
END_TEST

START_TEST(a_line_that_is_too_long_says_so_and_ends)
{
    struct diag d = diag_make(arena, DIAG_INFO, "x");
    struct str value = str_format(arena, "%0500d", 0);
    for (int i = 0; i < 40; i++) {
        diag_str(&d, "a", value);
    }
    struct str line = written(&d);
    ck_assert(str_ends(line, S(" cut=yes\n")));
    ck_assert_uint_lt(line.n, KIB(9));
}
END_TEST

START_TEST(lines_below_the_level_are_not_written)
{
    struct diag quiet = diag_make(arena, DIAG_DEBUG, "x");
    ck_assert_uint_eq(written(&quiet).n, 0);
    diag_level_set(DIAG_DEBUG);
    ck_assert_str_is(written(&quiet), "debug x\n");
    diag_level_set(DIAG_ERROR);
    struct diag d = diag_make(arena, DIAG_WARNING, "x");
    ck_assert_uint_eq(written(&d).n, 0);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, fields_are_pairs_in_order);
    tcase_add_test(tc, a_value_cannot_begin_a_line_or_a_field);
    tcase_add_test(tc, a_long_value_is_cut_between_characters);
    tcase_add_test(tc, a_line_that_is_too_long_says_so_and_ends);
    tcase_add_test(tc, lines_below_the_level_are_not_written);
}
