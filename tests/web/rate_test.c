#include "check_main.h"
#include "web/rate.h"

enum { SECOND = 1000 * 1000 };

START_TEST(bucket_empties_and_fills_again)
{
    struct rate_table *t = rate_make(arena);
    struct rate_limit limit = {60, 3};
    int wait = 0;
    for (int i = 0; i < 3; i++) {
        ck_assert(rate_take(t, S("a"), limit, SECOND, &wait));
    }
    ck_assert(!rate_take(t, S("a"), limit, SECOND, &wait));
    ck_assert_int_ge(wait, 1);
    ck_assert(rate_take(t, S("b"), limit, SECOND, &wait));
    ck_assert(!rate_take(t, S("a"), limit, SECOND + SECOND / 2, &wait));
    ck_assert(rate_take(t, S("a"), limit, 2 * SECOND + 1, &wait));
    for (int i = 0; i < 3; i++) {
        ck_assert(rate_take(t, S("a"), limit, 1000LL * SECOND, &wait));
    }
    ck_assert(!rate_take(t, S("a"), limit, 1000LL * SECOND, &wait));
}
END_TEST

START_TEST(no_limit_is_no_limit)
{
    struct rate_table *t = rate_make(arena);
    int wait = 0;
    for (int i = 0; i < 10000; i++) {
        ck_assert(rate_take(t, S("a"), (struct rate_limit){0, 0}, SECOND, &wait));
    }
}
END_TEST

START_TEST(many_strangers_do_not_free_an_empty_bucket)
{
    struct rate_table *t = rate_make(arena);
    struct rate_limit limit = {1, 2};
    int wait = 0;
    rate_take(t, S("a"), limit, SECOND, &wait);
    rate_take(t, S("a"), limit, SECOND, &wait);
    for (int i = 0; i < 4000; i++) {
        rate_take(t, str_format(arena, "stranger %d", i), limit, SECOND, &wait);
    }
    ck_assert(!rate_take(t, S("a"), limit, SECOND, &wait));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, bucket_empties_and_fills_again);
    tcase_add_test(tc, no_limit_is_no_limit);
    tcase_add_test(tc, many_strangers_do_not_free_an_empty_bucket);
}
