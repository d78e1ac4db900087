/*
 * check_main.h: what a test file needs to list its cases.
 *
 *     START_TEST(trim_takes_ideographic_space)
 *     {
 *         ck_assert_str_is(str_trim(S("　a")), "a");
 *     }
 *     END_TEST
 *
 *     void check_cases(TCase *tc)
 *     {
 *         tcase_add_test(tc, trim_takes_ideographic_space);
 *         tcase_add_test_raise_signal(tc, another_that_must, SIGABRT);
 *     }
 *
 * check_main.c has the main(): each case runs in its own process, so a must() that fires is a
 * result. `arena` is open in every case and closed after it.
 */
#ifndef GK_TESTS_CHECK_MAIN_H
#define GK_TESTS_CHECK_MAIN_H

#include "base/err.h"
#include "base/str.h"

#include <check.h>
#include <signal.h>

/* Defined by the test file. */
void check_cases(TCase *tc);

/* Made for each case, with room for 64 MiB. */
extern struct arena *arena;

/* A directory of this case's own, removed after it. */
const char *check_dir(void);

/* Compares a str with a C string and shows both. */
#define ck_assert_str_is(actual, expected)                                                         \
    do {                                                                                           \
        struct str actual_ = (actual);                                                             \
        struct str expected_ = str_from(expected);                                                 \
        ck_assert_msg(str_eq(actual_, expected_), "'%.*s' is not '%.*s'", STR_ARG(actual_),        \
            STR_ARG(expected_));                                                                   \
    } while (0)

/* An error that should not be: shows its facts. */
#define ck_assert_well(expression)                                                                 \
    do {                                                                                           \
        const struct err *e_ = (expression);                                                       \
        ck_assert_msg(e_ == NULL, "%.*s (%.*s)", STR_ARG(e_->words), STR_ARG(e_->facts));          \
    } while (0)

#endif
