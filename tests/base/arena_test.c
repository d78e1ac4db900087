/*
 * arena_test.c: memory of one piece of work.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "check_main.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

/* One answer for many bytes: the framework notes each check. */
static bool is_all(const unsigned char *p, size_t n, unsigned char value)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != value) {
            return false;
        }
    }
    return true;
}

START_TEST(memory_is_zero_and_aligned)
{
    for (size_t n = 0; n < 300; n++) {
        unsigned char *p = arena_alloc(arena, n);
        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        ck_assert(is_all(p, n, 0));
        memset(p, 0xab, n);
    }
}
END_TEST

START_TEST(memory_is_zero_again_after_reset)
{
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 100; i++) {
            size_t n = (size_t)i * 731 + 1;
            unsigned char *p = arena_alloc(arena, n);
            ck_assert(is_all(p, n, 0));
            memset(p, 0xff, n);
        }
        arena_reset(arena);
        ck_assert_uint_eq(arena_used(arena), 0);
    }
}
END_TEST

START_TEST(pieces_do_not_overlap)
{
    enum { PIECES = 500 };
    unsigned char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++) {
        pieces[i] = arena_alloc(arena, (size_t)(i % 40) * 300 + 1);
        memset(pieces[i], i % 251, (size_t)(i % 40) * 300 + 1);
    }
    for (int i = 0; i < PIECES; i++) {
        ck_assert(is_all(pieces[i], (size_t)(i % 40) * 300 + 1, (unsigned char)(i % 251)));
    }
}
END_TEST

START_TEST(limit_can_be_used_to_its_last_byte)
{
    struct arena *small = arena_open(KIB(4));
    ck_assert_uint_eq(arena_room(small), KIB(4));
    (void)arena_alloc(small, KIB(4));
    ck_assert_uint_eq(arena_room(small), 0);
    arena_reset(small);
    ck_assert_uint_eq(arena_room(small), KIB(4));
    arena_close(small);
}
END_TEST

START_TEST(beyond_the_limit_the_worker_ends)
{
    struct arena *small = arena_open(KIB(4));
    (void)arena_alloc(small, KIB(4));
    (void)arena_alloc(small, 1);
}
END_TEST

START_TEST(a_size_near_the_largest_number_ends_the_worker)
{
    (void)arena_alloc(arena, SIZE_MAX - 4);
}
END_TEST

START_TEST(a_product_that_overflows_ends_the_worker)
{
    (void)arena_array(arena, SIZE_MAX / 2, 3);
}
END_TEST

static char order[8];
static size_t order_n;

static char names[][2] = {"a", "b", "c", "d", "x"};

static void note(void *arg)
{
    order[order_n++] = *(const char *)arg;
}

static void note_and_defer(void *arg)
{
    note(arg);
    arena_defer(arena, note, names[3]);
}

START_TEST(deferred_run_last_in_first_out_and_once)
{
    arena_defer(arena, note, names[0]);
    arena_defer(arena, note, names[1]);
    arena_defer(arena, note, names[2]);
    arena_reset(arena);
    ck_assert_str_is(str_make(order, order_n), "cba");
    arena_reset(arena);
    ck_assert_uint_eq(order_n, 3);
}
END_TEST

START_TEST(deferred_run_at_close)
{
    struct arena *other = arena_open(KIB(4));
    arena_defer(other, note, names[4]);
    arena_close(other);
    ck_assert_str_is(str_make(order, order_n), "x");
    arena_close(NULL);
}
END_TEST

START_TEST(a_deferred_function_may_defer)
{
    arena_defer(arena, note_and_defer, names[0]);
    arena_reset(arena);
    ck_assert_str_is(str_make(order, order_n), "ad");
}
END_TEST

START_TEST(only_the_newest_piece_extends)
{
    char *first = arena_alloc(arena, 10);
    ck_assert(arena_extend(arena, first, 10, 100));
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(first[i], 0);
        first[i] = 1;
    }
    char *second = arena_alloc(arena, 10);
    ck_assert(second >= first + 100);
    ck_assert(!arena_extend(arena, first, 100, 200));
    ck_assert(!arena_extend(arena, second, 10, MIB(60)));
    ck_assert(!arena_extend(arena, second, 10, SIZE_MAX));
}
END_TEST

START_TEST(vec_keeps_its_members_while_it_grows)
{
    struct {
        int *v;
        size_t n, cap;
    } list = {0};
    for (int i = 0; i < 10000; i++) {
        int *one = vec_add(arena, &list);
        ck_assert_int_eq(*one, 0);
        *one = i;
        if (i % 1000 == 0) {
            (void)arena_alloc(arena, 5); /* so that it has to move */
        }
    }
    ck_assert_uint_eq(list.n, 10000);
    for (int i = 0; i < 10000; i++) {
        ck_assert_int_eq(list.v[i], i);
    }
}
END_TEST

#ifdef __SANITIZE_ADDRESS__
START_TEST(what_was_given_back_is_poisoned)
{
    char *p = arena_alloc(arena, 100);
    ck_assert_ptr_null(__asan_region_is_poisoned(p, 100));
    ck_assert(__asan_address_is_poisoned(p + 100));
    arena_reset(arena);
    ck_assert_ptr_eq(__asan_region_is_poisoned(p, 100), p);
    char *again = arena_alloc(arena, 10);
    ck_assert_ptr_eq(again, p);
    ck_assert_ptr_null(__asan_region_is_poisoned(p, 10));
    ck_assert(__asan_address_is_poisoned(p + 50));
}
END_TEST
#endif

void check_cases(TCase *tc)
{
    tcase_add_test(tc, memory_is_zero_and_aligned);
    tcase_add_test(tc, memory_is_zero_again_after_reset);
    tcase_add_test(tc, pieces_do_not_overlap);
    tcase_add_test(tc, limit_can_be_used_to_its_last_byte);
    tcase_add_test_raise_signal(tc, beyond_the_limit_the_worker_ends, SIGABRT);
    tcase_add_test_raise_signal(tc, a_size_near_the_largest_number_ends_the_worker, SIGABRT);
    tcase_add_test_raise_signal(tc, a_product_that_overflows_ends_the_worker, SIGABRT);
    tcase_add_test(tc, deferred_run_last_in_first_out_and_once);
    tcase_add_test(tc, deferred_run_at_close);
    tcase_add_test(tc, a_deferred_function_may_defer);
    tcase_add_test(tc, only_the_newest_piece_extends);
    tcase_add_test(tc, vec_keeps_its_members_while_it_grows);
#ifdef __SANITIZE_ADDRESS__
    tcase_add_test(tc, what_was_given_back_is_poisoned);
#endif
}
