/*
 * may_test.c: rights by role, tree of units, day and state of the person.
 */
#include "core/may.h"
#include "probe.h"
#include "support.h"

#include "base/ban.h"

struct question {
    const struct may *may;
    int64_t unit_id; /* 0: somewhere */
    bool yes;
};

static const struct err *ask(struct ctx *c, void *arg)
{
    struct question *q = arg;

    return q->unit_id == 0 ? may_somewhere(c, q->may, &q->yes)
                           : may_in(c, q->may, q->unit_id, &q->yes);
}

static bool may_he(struct fixture *f, int64_t person, const struct may *may, int64_t unit)
{
    struct question q = {.may = may, .unit_id = unit};
    struct ctx c = fixture_as(f, person);

    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, ask, &q));
    return q.yes;
}

static struct date day(int year, int month, int d)
{
    struct date out = DATE_NONE;

    must(date_from_ymd(year, month, d, &out));
    return out;
}

START_TEST(a_right_reaches_the_units_below_and_no_other)
{
    struct fixture *f = fixture_open(_i);

    fixture_grant(f, f->admin, f->school, &MAY_PROBE_PUBLISH);
    ck_assert(may_he(f, f->admin, &MAY_PROBE_PUBLISH, 0));
    ck_assert(may_he(f, f->admin, &MAY_PROBE_PUBLISH, f->school));
    ck_assert(!may_he(f, f->admin, &MAY_PROBE_PUBLISH, f->other_school));
    ck_assert(!may_he(f, f->admin, &MAY_PROBE_PUBLISH, f->bureau));
    ck_assert(!may_he(f, f->admin, &MAY_PROBE_EDIT, f->school));

    ck_assert(may_he(f, f->officer, &MAY_PROBE_PUBLISH, f->bureau));
    ck_assert(may_he(f, f->officer, &MAY_PROBE_PUBLISH, f->section));
    ck_assert(may_he(f, f->officer, &MAY_PROBE_PUBLISH, f->school));
    int64_t grade = fixture_unit(f, f->school, "section", "一年级", "一年级", NULL);
    ck_assert(may_he(f, f->officer, &MAY_PROBE_PUBLISH, grade));
    ck_assert(may_he(f, f->admin, &MAY_PROBE_PUBLISH, grade));
    ck_assert(!may_he(f, f->officer, &MAY_PROBE_PUBLISH, 12345));
}
END_TEST

START_TEST(a_right_begins_and_ends_with_its_days)
{
    struct fixture *f = fixture_open(_i);

    fixture_hold(f, f->admin, "publisher", f->section, day(2026, 7, 28), day(2026, 7, 30));
    const struct {
        int day;
        bool yes;
    } cases[] = {{27, false}, {28, true}, {30, true}, {31, false}};
    for (int i = 0; i < 4; i++) {
        fixture_day(f, 2026, 7, cases[i].day);
        ck_assert(may_he(f, f->admin, &MAY_PROBE_PUBLISH, 0) == cases[i].yes);
        ck_assert(may_he(f, f->admin, &MAY_PROBE_PUBLISH, f->section) == cases[i].yes);
    }
}
END_TEST

START_TEST(who_is_not_active_holds_nothing)
{
    static const char *const states[] = {"invited", "locked", "left"};
    struct fixture *f = fixture_open(_i);

    ck_assert(may_he(f, f->author, &MAY_PROBE_EDIT, 0));
    for (int i = 0; i < 3; i++) {
        fixture_person_status(f, f->author, states[i]);
        ck_assert(!may_he(f, f->author, &MAY_PROBE_EDIT, 0));
        ck_assert(!may_he(f, f->author, &MAY_PROBE_EDIT, f->section));
        ck_assert(!may_he(f, f->author, &MAY_SIGNED_IN, 0));
    }
    fixture_person_status(f, f->author, "active");
    ck_assert(may_he(f, f->author, &MAY_SIGNED_IN, 0));
}
END_TEST

static const struct err *names_of(struct ctx *c, void *arg)
{
    return may_names(c, arg);
}

START_TEST(names_for_the_menu_are_sorted_and_complete)
{
    struct fixture *f = fixture_open(_i);
    struct ctx officer = fixture_as(f, f->officer);
    struct ctx nobody = fixture_as(f, 0);
    struct strs names;

    fixture_hold(f, f->officer, "author", f->section, day(2020, 1, 1), DATE_NONE);
    ck_assert_well(ctx_read(&officer, AUDIENCE_STAFF, names_of, &names));
    ck_assert_str_is(str_join(arena, names, S(" ")), "anyone probe.edit probe.publish signed-in");
    ck_assert(may_among(names, &MAY_PROBE_EDIT));
    ck_assert(may_among(names, &MAY_SIGNED_IN));
    ck_assert(!may_among(names, &MAY_SYSTEM));
    ck_assert_well(ctx_read(&nobody, AUDIENCE_STAFF, names_of, &names));
    ck_assert_str_is(str_join(arena, names, S(" ")), "anyone");
}
END_TEST

static const struct err *require(struct ctx *c, void *arg)
{
    const struct question *q = arg;

    return q->unit_id == 0 ? may_require(c, q->may) : may_require_in(c, q->may, q->unit_id);
}

START_TEST(a_missing_right_is_an_error_that_says_whom_to_ask)
{
    struct fixture *f = fixture_open(_i);
    struct ctx author = fixture_as(f, f->author);
    struct ctx nobody = fixture_as(f, 0);
    struct question q = {.may = &MAY_PROBE_EDIT, .unit_id = f->other_school};

    const struct err *err = ctx_read(&author, AUDIENCE_STAFF, require, &q);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_DENIED);
    ck_assert(str_has(err->words, S("管理员")));
    err = ctx_read(&nobody, AUDIENCE_STAFF, require, &q);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_LOGIN);
    q.unit_id = f->section;
    ck_assert_well(ctx_read(&author, AUDIENCE_STAFF, require, &q));
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    on_both_engines(tc, a_right_reaches_the_units_below_and_no_other);
    on_both_engines(tc, a_right_begins_and_ends_with_its_days);
    on_both_engines(tc, who_is_not_active_holds_nothing);
    on_both_engines(tc, names_for_the_menu_are_sorted_and_complete);
    on_both_engines(tc, a_missing_right_is_an_error_that_says_whom_to_ask);
}
