/*
 * step_test.c: steps are taken by right, status and reasons, in that order; wrong tables do not
 * start.
 */
#include "core/step.h"
#include "probe.h"
#include "support.h"

#include "base/ban.h"

struct wish {
    const char *verb;
    int64_t unit_id;
    const struct probe_facts *facts;
    int status;
};

static const struct err *take(struct ctx *c, void *arg)
{
    struct wish *w = arg;

    return step_take(
        c, &probe_steps, w->verb, w->unit_id, w->facts, S("probe"), 12, S("{}"), &w->status);
}

static const struct err *try_step(struct fixture *f, int64_t person, struct wish *w)
{
    struct ctx c = fixture_as(f, person);

    return ctx_write(&c, AUDIENCE_STAFF, take, w);
}

START_TEST(a_step_changes_the_status_and_is_remembered)
{
    struct fixture *f = fixture_open(_i);
    struct wish w = {.verb = "submit", .unit_id = f->section, .status = PROBE_DRAFT};

    ck_assert_well(try_step(f, f->author, &w));
    ck_assert_int_eq(w.status, PROBE_REVIEW);
    ck_assert_int_eq(fixture_events(f), 1);
}
END_TEST

START_TEST(the_right_is_asked_before_the_status)
{
    struct fixture *f = fixture_open(_i);
    struct wish w = {.verb = "submit", .unit_id = f->school, .status = PROBE_OUT};
    const struct err *err = try_step(f, f->author, &w);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_DENIED);
    ck_assert_int_eq(w.status, PROBE_OUT);
}
END_TEST

START_TEST(a_status_that_does_not_allow_it_says_so)
{
    struct fixture *f = fixture_open(_i);
    struct wish submit = {.verb = "submit", .unit_id = f->section, .status = PROBE_REVIEW};
    const struct err *err = try_step(f, f->author, &submit);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_CONFLICT);
    ck_assert_str_is(err->words, "正在审核中，不能再次提交");
    struct wish publish = {.verb = "publish", .unit_id = f->section, .status = PROBE_DRAFT};
    err = try_step(f, f->officer, &publish);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_CONFLICT);
    ck_assert(str_has(err->words, S("草稿")));
    ck_assert_int_eq(fixture_events(f), 0);
}
END_TEST

START_TEST(everything_missing_is_said_at_once_and_advice_hinders_nobody)
{
    struct fixture *f = fixture_open(_i);
    struct probe_facts facts = {0};
    struct wish w = {
        .verb = "publish", .unit_id = f->section, .facts = &facts, .status = PROBE_REVIEW};
    const struct err *err = try_step(f, f->officer, &w);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_NOT_YET);
    ck_assert_uint_eq(err->faults.n, 2);
    ck_assert_str_is(err->faults.v[0].words, "请先完成审核");
    ck_assert_str_is(err->faults.v[1].field, "title");
    facts = (struct probe_facts){.reviewed = true, .has_title = true};
    ck_assert_well(try_step(f, f->officer, &w));
    ck_assert_int_eq(w.status, PROBE_OUT);
}
END_TEST

START_TEST(buttons_know_what_is_possible)
{
    ck_assert(step_possible(&probe_steps, PROBE_DRAFT, "submit"));
    ck_assert(!step_possible(&probe_steps, PROBE_DRAFT, "publish"));
    ck_assert(!step_possible(&probe_steps, PROBE_OUT, "publish"));
    ck_assert_ptr_eq(
        status_by_stored(&probe_steps, S("review")), status_by_id(&probe_steps, PROBE_REVIEW));
}
END_TEST

/* Six tables with one mistake each. */
enum mistake { UNREACHABLE, DEAD_END, SAME_STORED, NO_EVENT, NO_RIGHT, TWO_ANSWERS, MISTAKES };

START_TEST(a_wrong_table_does_not_start)
{
    struct status statuses[] = {
        {0, "draft", STATUS_OPEN, "草稿"},
        {1, "out", STATUS_CLOSED, "已发布"},
    };
    struct step rows[] = {
        {0, "publish", 1, &MAY_PROBE_EDIT, NULL, "probe.published", NULL},
        {0, "drop", 1, &MAY_PROBE_EDIT, NULL, "probe.dropped", NULL},
    };
    struct steps s = {
        .name = "wrong", .statuses = statuses, .status_count = 2, .first = 0, .v = rows, .n = 2};

    steps_check(&s); /* still right */
    switch ((enum mistake)_i) {
    case UNREACHABLE:
        s.first = 1;
        break;
    case DEAD_END:
        statuses[1].flow = STATUS_OPEN;
        break;
    case SAME_STORED:
        statuses[1].stored = "draft";
        break;
    case NO_EVENT:
        rows[0].event = NULL;
        break;
    case NO_RIGHT:
        rows[0].may = NULL;
        break;
    case TWO_ANSWERS:
        rows[1].verb = "publish";
        break;
    case MISTAKES:
        return;
    }
    steps_check(&s);
}
END_TEST

START_TEST(the_table_prints_as_a_page_of_the_manual)
{
    struct str text = steps_text(arena, &probe_steps);

    ck_assert(str_starts(text, S("probe\n")));
    ck_assert(str_has(text, S("draft                open    草稿 (first)\n")));
    ck_assert(str_has(
        text, S("review               publish          out                  probe.publish")));
    ck_assert(str_has(text, S("conditions\n")));
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    on_both_engines(tc, a_step_changes_the_status_and_is_remembered);
    on_both_engines(tc, the_right_is_asked_before_the_status);
    on_both_engines(tc, a_status_that_does_not_allow_it_says_so);
    on_both_engines(tc, everything_missing_is_said_at_once_and_advice_hinders_nobody);
    tcase_add_test(tc, buttons_know_what_is_possible);
    tcase_add_loop_test_raise_signal(tc, a_wrong_table_does_not_start, SIGABRT, 0, MISTAKES);
    tcase_add_test(tc, the_table_prints_as_a_page_of_the_manual);
}
