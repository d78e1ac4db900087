/*
 * buf_test.c: building text, up to a maximum.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "check_main.h"

START_TEST(what_is_added_is_there_in_order)
{
    struct buf b = buf_make(arena, 1000);
    buf_add(&b, S("a"));
    buf_add_byte(&b, 'b');
    buf_add_int(&b, INT64_MIN);
    buf_add_char(&b, 0x6587);
    buf_add_char(&b, 0x1f600);
    buf_format(&b, "%d%%", 5);
    buf_add(&b, STR_NONE);
    ck_assert_str_is(buf_str(&b), "ab-9223372036854775808文😀5%");
    ck_assert(!buf_full(&b));
}
END_TEST

START_TEST(maximum_can_be_reached_exactly)
{
    struct buf b = buf_make(arena, 4);
    buf_add(&b, S("abcd"));
    ck_assert(!buf_full(&b));
    buf_add(&b, S(""));
    ck_assert(!buf_full(&b));
    buf_add_byte(&b, 'e');
    ck_assert(buf_full(&b));
    ck_assert_str_is(buf_str(&b), "abcd");
}
END_TEST

START_TEST(past_the_maximum_nothing_more_is_taken)
{
    struct buf b = buf_make(arena, 5);
    buf_add(&b, S("abc"));
    buf_add(&b, S("文"));
    ck_assert(buf_full(&b));
    /* "d" would fit, but a text with a hole is worse than a short one. */
    buf_add(&b, S("d"));
    buf_format(&b, "%s", "e");
    ck_assert_str_is(buf_str(&b), "abc");
}
END_TEST

START_TEST(format_counts_against_the_maximum)
{
    struct buf b = buf_make(arena, 5);
    buf_format(&b, "%s", "12345");
    ck_assert(!buf_full(&b));
    ck_assert_str_is(buf_str(&b), "12345");
    buf_format(&b, "%d", 6);
    ck_assert(buf_full(&b));
}
END_TEST

START_TEST(a_maximum_of_nothing_takes_nothing)
{
    struct buf b = buf_make(arena, 0);
    buf_add(&b, STR_NONE);
    ck_assert(!buf_full(&b));
    buf_add_byte(&b, 'x');
    ck_assert(buf_full(&b));
    ck_assert_uint_eq(buf_str(&b).n, 0);
}
END_TEST

START_TEST(grows_to_many_bytes_and_keeps_them)
{
    struct buf b = buf_make(arena, MIB(8));
    for (int i = 0; i < 500000; i++) {
        buf_format(&b, "%06d,", i);
        if (i % 50000 == 0) {
            (void)arena_alloc(arena, 1); /* so that it has to move */
        }
    }
    struct str s = buf_str(&b);
    ck_assert_uint_eq(s.n, 500000 * 7);
    for (int i = 0; i < 500000; i += 997) {
        struct str one = str_sub(s, (size_t)i * 7, (size_t)i * 7 + 6);
        ck_assert(str_eq(one, str_format(arena, "%06d", i)));
    }
}
END_TEST

START_TEST(an_arena_without_room_makes_it_full_and_ends_nobody)
{
    struct arena *small = arena_open(KIB(2));
    struct buf b = buf_make(small, MIB(1));
    for (int i = 0; i < 5000; i++) {
        buf_add_byte(&b, 'x');
    }
    ck_assert(buf_full(&b));
    ck_assert_uint_gt(buf_str(&b).n, 500);
    ck_assert_uint_lt(buf_str(&b).n, KIB(2));
    arena_close(small);
}
END_TEST

START_TEST(reserved_room_is_found_or_refused)
{
    struct buf b = buf_make(arena, 100);
    ck_assert(buf_reserve(&b, 100));
    const char *p = b.p;
    for (int i = 0; i < 100; i++) {
        buf_add_byte(&b, 'x');
    }
    ck_assert_ptr_eq(b.p, p);
    ck_assert(!buf_reserve(&b, 1) && buf_full(&b));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, what_is_added_is_there_in_order);
    tcase_add_test(tc, maximum_can_be_reached_exactly);
    tcase_add_test(tc, past_the_maximum_nothing_more_is_taken);
    tcase_add_test(tc, format_counts_against_the_maximum);
    tcase_add_test(tc, a_maximum_of_nothing_takes_nothing);
    tcase_add_test(tc, grows_to_many_bytes_and_keeps_them);
    tcase_add_test(tc, an_arena_without_room_makes_it_full_and_ends_nobody);
    tcase_add_test(tc, reserved_room_is_found_or_refused);
}
