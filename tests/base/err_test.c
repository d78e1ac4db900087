/*
 * err_test.c: errors as values.
 */
#include "base/utf8.h"
#include "check_main.h"

START_TEST(every_kind_has_its_row)
{
    ck_assert_int_eq(err_http(ERR_UNKNOWN), 404);
    ck_assert_int_eq(err_exit(ERR_UNKNOWN), 66);
    ck_assert_str_is(err_name(ERR_NOT_YET), "not-yet");
    ck_assert_int_eq(err_http(ERR_FAULT), 500);
    for (int kind = ERR_INVALID; kind <= ERR_FAULT; kind++) {
        ck_assert_int_ge(err_http((enum err_kind)kind), 400);
        ck_assert_int_gt(err_exit((enum err_kind)kind), 0);
        ck_assert_uint_gt(err_name((enum err_kind)kind).n, 0);
    }
}
END_TEST

START_TEST(a_kind_that_does_not_exist_ends_the_worker)
{
    (void)err_http((enum err_kind)99);
}
END_TEST

START_TEST(words_outlive_the_place_that_made_them)
{
    char local[] = "请先登录。";
    const struct err *e = err_make(arena, ERR_LOGIN, str_from(local));
    local[0] = 'x';
    ck_assert_str_is(e->words, "请先登录。");
    ck_assert_int_eq(e->kind, ERR_LOGIN);
    e = err_format(arena, ERR_LIMIT, "请在 %d 秒后再试。", 30);
    ck_assert_str_is(e->words, "请在 30 秒后再试。");
}
END_TEST

START_TEST(a_fault_keeps_its_facts_out_of_its_words)
{
    const struct err *e = err_fault(arena, "open %s: %d", "/secret", 13);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_str_is(e->facts, "open /secret: 13");
    ck_assert(!str_has(e->words, S("/secret")) && e->words.n > 0 && utf8_valid(e->words));
}
END_TEST

START_TEST(one_fault_speaks_for_itself_and_many_are_counted)
{
    const struct err *e = err_field(arena, S("title"), S("请填写标题。"));
    ck_assert_int_eq(e->kind, ERR_INVALID);
    ck_assert_uint_eq(e->faults.n, 1);
    ck_assert_str_is(e->faults.v[0].field, "title");
    ck_assert_str_is(e->words, "请填写标题。");
    static const struct fault two[] = {
        {S_INIT("a"), S_INIT("甲。")},
        {S_INIT("b"), S_INIT("乙。")},
    };
    e = err_faults(arena, ERR_INVALID, (struct faults){two, 2});
    ck_assert_str_is(e->words, "有 2 处需要修改，请看各处的提示。");
    e = err_faults(arena, ERR_NOT_YET, (struct faults){two, 2});
    ck_assert_str_is(e->words, "还有 2 件事没有办完，办完后才能继续。");
}
END_TEST

static const struct err *step(const struct err *e, int *reached)
{
    TRY(e);
    *reached = 1;
    return NULL;
}

START_TEST(try_returns_the_error_and_nothing_else)
{
    int reached = 0;
    const struct err *e = err_make(arena, ERR_BUSY, S("请稍后再试。"));
    ck_assert_ptr_eq(step(e, &reached), e);
    ck_assert_int_eq(reached, 0);
    ck_assert_ptr_null(step(NULL, &reached));
    ck_assert_int_eq(reached, 1);
}
END_TEST

START_TEST(must_ends_the_worker)
{
    must(1 + 1 == 2);
    must(1 + 1 == 3);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, every_kind_has_its_row);
    tcase_add_test_raise_signal(tc, a_kind_that_does_not_exist_ends_the_worker, SIGABRT);
    tcase_add_test(tc, words_outlive_the_place_that_made_them);
    tcase_add_test(tc, a_fault_keeps_its_facts_out_of_its_words);
    tcase_add_test(tc, one_fault_speaks_for_itself_and_many_are_counted);
    tcase_add_test(tc, try_returns_the_error_and_nothing_else);
    tcase_add_test_raise_signal(tc, must_ends_the_worker, SIGABRT);
}
