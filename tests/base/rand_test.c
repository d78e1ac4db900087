/*
 * rand_test.c: chance and ids.
 */
#include "base/rand.h"
#include "check_main.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(tokens_use_every_digit_and_no_look_alike)
{
    bool seen[128] = {false};
    for (int i = 0; i < 500; i++) {
        struct str t = rand_token(arena, 20);
        ck_assert_uint_eq(t.n, 32);
        for (size_t at = 0; at < t.n; at++) {
            ck_assert_ptr_nonnull(strchr("0123456789abcdefghjkmnpqrstvwxyz", t.p[at]));
            seen[(unsigned char)t.p[at]] = true;
        }
    }
    int kinds = 0;
    for (int i = 0; i < 128; i++) {
        kinds += seen[i];
    }
    ck_assert_int_eq(kinds, 32);
    ck_assert_uint_eq(rand_token(arena, 16).n, 26);
    ck_assert_uint_eq(rand_token(arena, 1).n, 2);
    ck_assert_uint_eq(rand_token(arena, 0).n, 0);
    ck_assert(!str_eq(rand_token(arena, 16), rand_token(arena, 16)));
}
END_TEST

START_TEST(draws_stay_below_and_reach_every_value)
{
    int counts[10] = {0};
    for (int i = 0; i < 20000; i++) {
        uint64_t v = rand_below(10);
        ck_assert_uint_lt(v, 10);
        counts[v]++;
    }
    for (int i = 0; i < 10; i++) {
        /* 2000 expected, deviation about 42: ten deviations are never seen. */
        ck_assert_int_gt(counts[i], 1570);
        ck_assert_int_lt(counts[i], 2430);
    }
    ck_assert_uint_eq(rand_below(1), 0);
    uint64_t large = (uint64_t)1 << 63 | 1;
    for (int i = 0; i < 100; i++) {
        ck_assert_uint_lt(rand_below(large), large);
    }
}
END_TEST

START_TEST(to_draw_below_zero_ends_the_worker)
{
    (void)rand_below(0);
}
END_TEST

static const struct instant noon = {1795593600000};

START_TEST(ids_are_positive_and_rise)
{
    int64_t last = 0;
    for (int i = 0; i < 20000; i++) { /* more than one millisecond has numbers for */
        int64_t id = id_make(noon);
        ck_assert_int_gt(id, last);
        last = id;
    }
    /* A clock that goes back does not bring old ids back. */
    ck_assert_int_gt(id_make((struct instant){noon.ms - 1000000}), last);
    ck_assert_int_gt(id_make((struct instant){0}), last);
}
END_TEST

START_TEST(an_id_tells_its_millisecond_and_node)
{
    id_node_set(517);
    int64_t id = id_make(noon);
    ck_assert_int_eq((id >> 22) + 1577836800000, noon.ms);
    ck_assert_int_eq(id >> 12 & 1023, 517);
    ck_assert_int_eq(id & 4095, 0);
    ck_assert_int_eq(id_make(noon) & 4095, 1);
}
END_TEST

START_TEST(a_node_of_more_than_ten_bits_ends_the_worker)
{
    id_node_set(1024);
}
END_TEST

enum { THREADS = 4, IDS = 20000 };
static int64_t ids[THREADS][IDS];

static void *make_ids(void *arg)
{
    int64_t *own = arg;
    for (int i = 0; i < IDS; i++) {
        own[i] = id_make((struct instant){noon.ms + i / 5000});
    }
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

START_TEST(ids_are_unique_across_threads)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, make_ids, ids[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    qsort(ids, (size_t)THREADS * IDS, sizeof ids[0][0], by_value);
    const int64_t *all = &ids[0][0];
    for (size_t i = 1; i < (size_t)THREADS * IDS; i++) {
        ck_assert_int_ne(all[i], all[i - 1]);
    }
}
END_TEST

START_TEST(a_child_does_not_keep_the_node_of_its_parent)
{
    id_node_set(517);
    (void)id_make(noon);
    /* Chance gives each child another of 1024 nodes: not all of twenty are 517. */
    int same = 0;
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child == 0) {
            _exit((id_make(noon) >> 12 & 1023) == 517 ? 1 : 0);
        }
        int status;
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        same += WEXITSTATUS(status);
    }
    ck_assert_int_lt(same, 5);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, tokens_use_every_digit_and_no_look_alike);
    tcase_add_test(tc, draws_stay_below_and_reach_every_value);
    tcase_add_test_raise_signal(tc, to_draw_below_zero_ends_the_worker, SIGABRT);
    tcase_add_test(tc, ids_are_positive_and_rise);
    tcase_add_test(tc, an_id_tells_its_millisecond_and_node);
    tcase_add_test_raise_signal(tc, a_node_of_more_than_ten_bits_ends_the_worker, SIGABRT);
    tcase_add_test(tc, ids_are_unique_across_threads);
    tcase_add_test(tc, a_child_does_not_keep_the_node_of_its_parent);
}
