/*
 * account_test.c: who comes in, who holds what, and that the tree of units stays true.
 */
#include "../core/support.h"

#include "base/hash.h"
#include "base/rand.h"
#include "cap/account/account.h"
#include "cap/account/account_login.h"
#include "cap/list.h"
#include "core/registry.h"
#include "core/unit.h"
#include "web/server.h"

#include "base/ban.h"

extern const struct capability account_capability;

#define PASSWORD "Lamp-River-47"

enum { MINUTE_MS = 60000 };

static struct fixture *site(int engine)
{
    struct fixture *f = fixture_open(engine);
    f->site.seal_key = f->site.token_key;
    return f;
}

static struct str id_of(struct ctx *c, int64_t id)
{
    return str_from_int(c->arena, id);
}

static const char *z(struct ctx *c, int64_t id)
{
    return str_z(c->arena, id_of(c, id));
}

static void later(struct fixture *f, int64_t ms)
{
    f->clock.fixed_ms += ms;
}

/* ---- coming in ---- */

struct make {
    const char *login, *role;
    int64_t unit, id;
    struct str code;
};

static const struct err *make_person(struct ctx *c, void *arg)
{
    struct make *m = arg;
    TRY(account_person_make(c,
        &(struct account_person){.login = str_from(m->login), .name = S("林樾"), .unit_id = m->unit, .activation = m->code},
        &m->id));
    return m->role != NULL ? account_role_hold(c, m->id, str_from(m->role), m->unit) : NULL;
}

static int64_t invite(struct fixture *f, const char *login, const char *role, struct str code)
{
    struct ctx c = fixture_system(f);
    struct make m = {.login = login, .role = role, .unit = f->bureau, .code = code};
    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, make_person, &m));
    return m.id;
}

static const struct err *activate(struct fixture *f, struct str code, const char *password)
{
    struct ctx c = fixture_as(f, 0);
    struct activation_form form = {.code = code, .password = str_from(password), .again = str_from(password)};
    int64_t id = 0;
    return activation_use(&c, &form, &id);
}

static int64_t member(struct fixture *f, const char *login)
{
    int64_t id = invite(f, login, NULL, S("abcdefghijklmnopqrst"));
    ck_assert_well(activate(f, S("ABCDEF-ghijkl mnopqrst"), PASSWORD));
    return id;
}

static const struct err *come_in(struct fixture *f, const char *login, const char *password, struct str code, struct login_good *good)
{
    struct ctx c = fixture_as(f, 0);
    struct login_good ignored;
    struct login_try t = {str_from(login), str_from(password), code};
    return login_check(&c, &t, good != NULL ? good : &ignored);
}

START_TEST(right_password_opens_and_wrong_does_not)
{
    struct fixture *f = site(_i);
    struct login_good good = {0};
    int64_t id = member(f, "linyue");
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, &good));
    ck_assert_int_eq(good.person_id, id);
    ck_assert(!good.two_factors && !good.password_old);
    const struct err *wrong = come_in(f, "linyue", "Lamp-River-48", STR_NONE, NULL);
    ck_assert_int_eq(wrong->kind, ERR_LOGIN);
}
END_TEST

START_TEST(every_refusal_has_the_same_words)
{
    struct fixture *f = site(_i);
    int64_t id = member(f, "linyue");
    invite(f, "waiting", NULL, STR_NONE);
    struct str words = come_in(f, "linyue", "wrong", STR_NONE, NULL)->words;
    ck_assert(str_eq(words, come_in(f, "nobody", PASSWORD, STR_NONE, NULL)->words));
    ck_assert(str_eq(words, come_in(f, "waiting", PASSWORD, STR_NONE, NULL)->words));
    fixture_person_status(f, id, "locked");
    ck_assert(str_eq(words, come_in(f, "linyue", PASSWORD, STR_NONE, NULL)->words));
}
END_TEST

START_TEST(five_failures_lock_for_a_minute_then_longer)
{
    struct fixture *f = site(_i);
    member(f, "linyue");
    static const int minutes[] = {1, 2, 4, 8, 15, 15};
    for (int i = 0; i < 4; i++) {
        ck_assert_ptr_nonnull(come_in(f, "linyue", "wrong", STR_NONE, NULL));
    }
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, NULL)); /* four are free, and success forgets them */
    for (int i = 0; i < 4; i++) {
        ck_assert_ptr_nonnull(come_in(f, "linyue", "wrong", STR_NONE, NULL));
    }
    for (size_t i = 0; i < sizeof(minutes) / sizeof(minutes[0]); i++) {
        ck_assert_ptr_nonnull(come_in(f, "linyue", "wrong", STR_NONE, NULL));
        later(f, minutes[i] * MINUTE_MS - 1);
        ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, STR_NONE, NULL)); /* right, but too early; not counted */
        later(f, 1);
    }
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
}
END_TEST

START_TEST(each_try_is_one_audit_row)
{
    struct fixture *f = site(_i);
    member(f, "linyue");
    int64_t ok = fixture_audit(f, "ok");
    int64_t refused = fixture_audit(f, "login");
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
    come_in(f, "linyue", "wrong", STR_NONE, NULL);
    come_in(f, "nobody", "wrong", STR_NONE, NULL);
    ck_assert_int_eq(fixture_audit(f, "ok"), ok + 1);
    ck_assert_int_eq(fixture_audit(f, "login"), refused + 2);
}
END_TEST

START_TEST(an_old_password_is_told)
{
    struct fixture *f = site(_i);
    struct login_good good = {0};
    member(f, "linyue");
    later(f, 90 * 24 * 60 * (int64_t)MINUTE_MS);
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, &good));
    ck_assert(!good.password_old);
    later(f, 24 * 60 * (int64_t)MINUTE_MS);
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, &good));
    ck_assert(good.password_old);
}
END_TEST

/* ---- the second factor ---- */

static struct str digits(struct fixture *f, struct str seed, int64_t steps)
{
    int64_t step = f->clock.fixed_ms / 30000 + steps;
    return str_format(f->arena, "%06u", totp_code(seed, step));
}

static struct str bind(struct fixture *f, int64_t id, struct strs *codes)
{
    struct ctx c = fixture_as(f, id);
    struct enrolment e = {0};
    struct enrolment again = {0};
    ck_assert_well(enrolment_make(&c, S("云湖"), &e));
    ck_assert_well(enrolment_again(&c, S("云湖"), e.sealed, &again));
    ck_assert(str_eq(e.seed, again.seed));
    ck_assert_well(enrolment_confirm(&c, &e, digits(f, e.seed, 0), codes));
    return str_dup(f->arena, e.seed);
}

START_TEST(a_code_works_once_and_only_near_its_time)
{
    struct fixture *f = site(_i);
    struct strs codes = {0};
    struct login_good good = {0};
    int64_t id = member(f, "linyue");
    struct str seed = bind(f, id, &codes);
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, digits(f, seed, 0), NULL)); /* used at enrolment */
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
    ck_assert_well(come_in(f, "linyue", PASSWORD, digits(f, seed, 1), &good)); /* a clock that is ahead */
    ck_assert(good.two_factors);
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, digits(f, seed, 1), NULL)); /* replay */
    later(f, 90000);
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, digits(f, seed, -2), NULL));
    ck_assert_well(come_in(f, "linyue", PASSWORD, digits(f, seed, -1), NULL));
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, digits(f, seed, 2), NULL));
}
END_TEST

START_TEST(a_recovery_code_works_once)
{
    struct fixture *f = site(_i);
    struct strs codes = {0};
    struct login_good good = {0};
    bind(f, member(f, "linyue"), &codes);
    ck_assert_uint_eq(codes.n, 10);
    ck_assert_well(come_in(f, "linyue", PASSWORD, codes.v[3], &good));
    ck_assert_int_eq(good.recovery_left, 9);
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, codes.v[3], NULL));
    ck_assert_well(come_in(f, "linyue", PASSWORD, codes.v[0], NULL));
}
END_TEST

START_TEST(a_wrong_code_at_enrolment_binds_nothing)
{
    struct fixture *f = site(_i);
    struct strs codes = {0};
    struct enrolment e = {0};
    int64_t id = member(f, "linyue");
    struct ctx c = fixture_as(f, id);
    ck_assert_well(enrolment_make(&c, S("云湖"), &e));
    const struct err *wrong = enrolment_confirm(&c, &e, digits(f, e.seed, 5), &codes);
    ck_assert_int_eq(wrong->kind, ERR_INVALID);
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
}
END_TEST

/* ---- activation and passwords ---- */

START_TEST(a_code_of_activation_works_once_and_a_week)
{
    struct fixture *f = site(_i);
    struct str code = S("zyxwvutsrqponmlkjihg");
    invite(f, "linyue", NULL, code);
    ck_assert_int_eq(activate(f, code, "short")->kind, ERR_INVALID); /* a bad password does not use it up */
    ck_assert_well(activate(f, code, PASSWORD));
    ck_assert_int_eq(activate(f, code, "Other-River-48")->kind, ERR_UNKNOWN);
    ck_assert_well(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
    struct str late = S("aaaaabbbbbcccccddddd");
    invite(f, "wuqing", NULL, late);
    later(f, 7 * 24 * 60 * (int64_t)MINUTE_MS + 1);
    ck_assert_int_eq(activate(f, late, PASSWORD)->kind, ERR_UNKNOWN);
}
END_TEST

START_TEST(the_first_administrator_names_the_other_two)
{
    struct fixture *f = site(_i);
    struct str code = S("zyxwvutsrqponmlkjihg");
    int64_t id = invite(f, "sysadmin", "system", code);
    struct ctx c = fixture_as(f, 0);
    struct activation_form form = {.code = code, .password = S(PASSWORD), .again = S(PASSWORD)};
    ck_assert_int_eq(activation_use(&c, &form, &id)->kind, ERR_INVALID);
    form.security = (struct named){.login = S("secadmin"), .name = S("安岑")};
    form.audit = (struct named){.login = S("secadmin"), .name = S("安岑")};
    ck_assert_int_eq(activation_use(&c, &form, &id)->kind, ERR_INVALID); /* two hats on one head */
    form.audit = (struct named){.login = S("auditor"), .name = S("明鉴秋")};
    ck_assert_well(activation_use(&c, &form, &id));
    ck_assert_well(activate(f, form.security.code, "Stone-Cloud-52"));
    ck_assert_well(come_in(f, "secadmin", "Stone-Cloud-52", STR_NONE, NULL));
}
END_TEST

START_TEST(the_last_five_passwords_do_not_come_again)
{
    struct fixture *f = site(_i);
    int64_t id = member(f, "linyue");
    struct ctx c = fixture_as(f, id);
    static const char *const next[] = {"Lamp-River-47b", "Lamp-River-47c", "Lamp-River-47d", "Lamp-River-47e", "Lamp-River-47f"};
    struct str now = S(PASSWORD);
    ck_assert_int_eq(password_change(&c, S("wrong"), S("Lamp-River-47b"), S("Lamp-River-47b"), 0)->kind, ERR_INVALID);
    for (size_t i = 0; i < 5; i++) {
        struct str wanted = str_from(next[i]);
        ck_assert_int_eq(password_change(&c, now, S(PASSWORD), S(PASSWORD), 0)->kind, ERR_INVALID);
        c = fixture_as(f, id);
        ck_assert_well(password_change(&c, now, wanted, wanted, 0));
        later(f, 1000);
        c = fixture_as(f, id);
        now = wanted;
    }
    ck_assert_well(password_change(&c, now, S(PASSWORD), S(PASSWORD), 0)); /* the sixth back is forgotten */
}
END_TEST

/* ---- roles ---- */

struct three {
    int64_t sys, sec, audit, other;
};

static struct three administrators(struct fixture *f)
{
    struct three t = {0};
    t.sys = fixture_person(f, "sysadmin", "程维", f->bureau);
    t.sec = fixture_person(f, "secadmin", "安岑", f->bureau);
    t.audit = fixture_person(f, "auditor", "明鉴秋", f->bureau);
    t.other = fixture_person(f, "wuqing", "吴晴", f->section);
    struct date from = {f->clock.fixed_ms > 0 ? 18000 : 0};
    fixture_hold(f, t.sys, "system", f->bureau, from, DATE_NONE);
    fixture_hold(f, t.sec, "security", f->bureau, from, DATE_NONE);
    fixture_hold(f, t.audit, "audit", f->bureau, from, DATE_NONE);
    return t;
}

static const struct err *give(struct fixture *f, int64_t by, int64_t to, const char *role, int64_t unit, struct op_done *done)
{
    struct ctx c = fixture_as(f, by);
    return fixture_do(&c, "role.give", done, "person_id", z(&c, to), "role", role, "unit_id", z(&c, unit), NULL);
}


struct asking {
    const struct may *may;
    bool yes;
};

static const struct err *ask(struct ctx *c, void *arg)
{
    struct asking *a = arg;
    return may_somewhere(c, a->may, &a->yes);
}

static bool holds(struct fixture *f, int64_t person, const struct may *may)
{
    struct ctx c = fixture_as(f, person);
    struct asking a = {.may = may};
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, ask, &a));
    return a.yes;
}

START_TEST(three_administrators_stay_disjoint)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    ck_assert_int_eq(give(f, t.sec, t.sys, "audit", f->bureau, &done)->kind, ERR_INVALID);
    ck_assert_int_eq(give(f, t.sec, t.audit, "drafter", f->section, &done)->kind, ERR_INVALID);
    ck_assert_well(give(f, t.sec, t.other, "drafter", f->section, &done));
    ck_assert_int_eq(give(f, t.sec, t.other, "security", f->bureau, &done)->kind, ERR_INVALID);
    ck_assert_int_eq(give(f, t.sec, t.sec, "drafter", f->section, &done)->kind, ERR_DENIED); /* oneself */
    ck_assert_int_eq(give(f, t.sys, t.other, "office", f->bureau, &done)->kind, ERR_DENIED);
    ck_assert_int_eq(give(f, t.sec, t.other, "drafter", f->section, &done)->kind, ERR_INVALID); /* held already */
}
END_TEST

START_TEST(a_new_administrator_waits_for_a_second_person)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    ck_assert_well(give(f, t.sec, t.other, "system", f->bureau, &done));
    ck_assert(!holds(f, t.other, &MAY_PEOPLE_EDIT));
    struct ctx proposer = fixture_as(f, t.sec);
    const struct err *own =
        fixture_do(&proposer, "role.confirm", &done, "id", z(&proposer, done.id), "version", "1", NULL);
    ck_assert_int_eq(own->kind, ERR_DENIED);
    ck_assert_well(give(f, t.sec, t.other, "system", f->bureau, &done));
    struct ctx second = fixture_as(f, t.audit);
    ck_assert_well(fixture_do(&second, "role.confirm", &done, "id", z(&second, done.id), "version", "1", NULL));
    ck_assert(holds(f, t.other, &MAY_PEOPLE_EDIT));
}
END_TEST

START_TEST(before_all_three_exist_one_person_may_change_roles)
{
    struct fixture *f = site(_i);
    struct op_done done;
    int64_t sec = fixture_person(f, "secadmin", "安岑", f->bureau);
    int64_t other = fixture_person(f, "auditor", "明鉴秋", f->bureau);
    fixture_hold(f, sec, "security", f->bureau, (struct date){18000}, DATE_NONE);
    ck_assert_well(give(f, sec, other, "audit", f->bureau, &done));
    ck_assert(holds(f, other, &MAY_AUDIT_READ));
}
END_TEST

START_TEST(roles_count_from_their_first_to_their_last_day)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    struct ctx c = fixture_as(f, t.sec);
    ck_assert_well(fixture_do(&c, "role.give", &done, "person_id", z(&c, t.other), "role", "office", "unit_id", z(&c, f->bureau),
        "from_day", "2026-08-03", "to_day", "2026-08-07", NULL));
    ck_assert(!holds(f, t.other, &MAY_PEOPLE_READ));
    fixture_day(f, 2026, 8, 3);
    ck_assert(holds(f, t.other, &MAY_PEOPLE_READ));
    fixture_day(f, 2026, 8, 7);
    ck_assert(holds(f, t.other, &MAY_PEOPLE_READ));
    fixture_day(f, 2026, 8, 8);
    ck_assert(!holds(f, t.other, &MAY_PEOPLE_READ));
    c = fixture_as(f, t.sec);
    const struct err *wrong = fixture_do(&c, "role.give", &done, "person_id", z(&c, t.other), "role", "leader", "unit_id",
        z(&c, f->bureau), "from_day", "2026-08-12", "to_day", "2026-08-11", NULL);
    ck_assert_int_eq(wrong->kind, ERR_INVALID);
}
END_TEST

START_TEST(a_role_taken_is_gone_at_once)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    ck_assert_well(give(f, t.sec, t.other, "office", f->bureau, &done));
    ck_assert(holds(f, t.other, &MAY_PEOPLE_READ));
    struct ctx c = fixture_as(f, t.sec);
    ck_assert_well(fixture_do(&c, "role.take", &done, "id", z(&c, done.id), "version", "1", NULL));
    ck_assert(!holds(f, t.other, &MAY_PEOPLE_READ));
}
END_TEST

START_TEST(who_leaves_holds_nothing_and_does_not_come_in)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    int64_t id = member(f, "linyue");
    ck_assert_well(give(f, t.sec, id, "office", f->bureau, &done));
    struct ctx c = fixture_as(f, t.sys);
    ck_assert_well(fixture_do(&c, "person.leave", &done, "id", z(&c, id), "version", "2", NULL));
    ck_assert(!holds(f, id, &MAY_PEOPLE_READ));
    ck_assert_ptr_nonnull(come_in(f, "linyue", PASSWORD, STR_NONE, NULL));
    const struct err *admin = fixture_do(&c, "person.leave", &done, "id", z(&c, t.audit), "version", "1", NULL);
    ck_assert_int_eq(admin->kind, ERR_NOT_YET);
}
END_TEST

START_TEST(an_unproved_session_changes_no_role)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    struct ctx c = fixture_as(f, t.sec);
    c.actor.proved_lately = false;
    const struct err *e = fixture_do(&c, "role.give", &done, "person_id", z(&c, t.other), "role", "drafter", "unit_id",
        z(&c, f->section), NULL);
    ck_assert_int_eq(e->kind, ERR_LOGIN);
}
END_TEST

/* ---- units ---- */

struct within {
    int64_t unit, above;
    bool yes;
};

static const struct err *ask_within(struct ctx *c, void *arg)
{
    struct within *w = arg;
    return unit_within(c, w->unit, w->above, &w->yes);
}

/* The closure against the parents themselves, every pair. */
static void check_closure(struct fixture *f, const int64_t *ids, const int *parent, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            bool expected = false;
            for (int up = (int)i; up >= 0; up = parent[up]) {
                expected = expected || up == (int)k;
            }
            struct ctx c = fixture_as(f, 0);
            struct within w = {ids[i], ids[k], false};
            ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, ask_within, &w));
            ck_assert_msg(w.yes == expected, "unit %zu within %zu", i, k);
        }
    }
}

START_TEST(the_closure_follows_every_move)
{
    enum { UNITS = 7 };
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    int64_t ids[UNITS] = {f->bureau};
    int parent[UNITS] = {-1, 0, 1, 1, 2, 0, 5};
    int version[UNITS] = {0};
    for (int i = 1; i < UNITS; i++) {
        struct ctx c = fixture_as(f, t.sys);
        struct str name = str_format(f->arena, "第%d组", i);
        ck_assert_well(fixture_do(&c, "unit.add", &done, "above_id", z(&c, ids[parent[i]]), "kind", "section", "name",
            str_z(f->arena, name), "sort_no", "5", NULL));
        ids[i] = done.id;
        version[i] = 1;
    }
    check_closure(f, ids, parent, UNITS);
    static const int moves[][2] = {{1, 5}, {2, 6}, {6, 0}, {1, 4}, {5, 4}, {3, 6}};
    for (size_t m = 0; m < sizeof(moves) / sizeof(moves[0]); m++) {
        int unit = moves[m][0];
        int above = moves[m][1];
        bool circle = false;
        for (int up = above; up >= 0; up = parent[up]) {
            circle = circle || up == unit;
        }
        struct ctx c = fixture_as(f, t.sys);
        struct str v = str_from_int(f->arena, version[unit]);
        const struct err *e = fixture_do(&c, "unit.move", &done, "id", z(&c, ids[unit]), "version", str_z(f->arena, v),
            "above_id", z(&c, ids[above]), NULL);
        ck_assert_int_eq(e != NULL, circle);
        if (e == NULL) {
            parent[unit] = above;
            version[unit]++;
        }
        check_closure(f, ids, parent, UNITS);
    }
}
END_TEST

struct naming {
    const char *name;
    struct unit unit;
    bool found;
};

static const struct err *look_up(struct ctx *c, void *arg)
{
    struct naming *n = arg;
    return unit_by_name(c, str_from(n->name), &n->unit, &n->found);
}

static int64_t called(struct fixture *f, const char *name)
{
    struct ctx c = fixture_as(f, 0);
    struct naming n = {.name = name};
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, look_up, &n));
    return n.found ? n.unit.unit_id : 0;
}

START_TEST(a_unit_answers_to_all_its_names_and_keeps_old_ones)
{
    struct fixture *f = site(_i);
    struct op_done done;
    struct three t = administrators(f);
    struct ctx c = fixture_as(f, t.sys);
    ck_assert_well(fixture_do(&c, "unit.add", &done, "above_id", z(&c, f->bureau), "kind", "section", "name", "计财股", "sort_no",
        "5", NULL));
    int64_t id = done.id;
    ck_assert_int_eq(called(f, "计财科室"), id);
    ck_assert_int_eq(called(f, "计财股室"), id);
    const struct err *taken = fixture_do(&c, "unit.add", &done, "above_id", z(&c, f->bureau), "kind", "section", "name", "计财科",
        "sort_no", "6", NULL);
    ck_assert_int_eq(taken->kind, ERR_INVALID);
    c = fixture_as(f, t.sys);
    ck_assert_well(fixture_do(&c, "unit.edit", &done, "id", z(&c, id), "version", "1", "name", "财务股", "sort_no", "5", NULL));
    ck_assert_int_eq(called(f, "计财股"), id);
    ck_assert_int_eq(called(f, "财务科"), id);
    ck_assert_well(fixture_do(&c, "unit.unalias", &done, "id", z(&c, id), "alias", "计财股", NULL));
    ck_assert_int_eq(called(f, "计财股"), 0);
    const struct err *own = fixture_do(&c, "unit.unalias", &done, "id", z(&c, id), "alias", "财务股", NULL);
    ck_assert_int_eq(own->kind, ERR_INVALID);
    ck_assert_well(fixture_do(&c, "unit.close", &done, "id", z(&c, id), "version", "2", NULL));
    const struct err *full = fixture_do(&c, "unit.close", &done, "id", z(&c, f->section), "version", "1", NULL);
    ck_assert_int_eq(full->kind, ERR_NOT_YET);
}
END_TEST

void check_cases(TCase *tc)
{
    static const struct capability *const list[] = {&account_capability};
    web_register();
    registry_set((struct capabilities){list, 1});
    on_both_engines(tc, right_password_opens_and_wrong_does_not);
    on_both_engines(tc, every_refusal_has_the_same_words);
    on_both_engines(tc, five_failures_lock_for_a_minute_then_longer);
    on_both_engines(tc, each_try_is_one_audit_row);
    on_both_engines(tc, an_old_password_is_told);
    on_both_engines(tc, a_code_works_once_and_only_near_its_time);
    on_both_engines(tc, a_recovery_code_works_once);
    on_both_engines(tc, a_wrong_code_at_enrolment_binds_nothing);
    on_both_engines(tc, a_code_of_activation_works_once_and_a_week);
    on_both_engines(tc, the_first_administrator_names_the_other_two);
    on_both_engines(tc, the_last_five_passwords_do_not_come_again);
    on_both_engines(tc, three_administrators_stay_disjoint);
    on_both_engines(tc, a_new_administrator_waits_for_a_second_person);
    on_both_engines(tc, before_all_three_exist_one_person_may_change_roles);
    on_both_engines(tc, roles_count_from_their_first_to_their_last_day);
    on_both_engines(tc, a_role_taken_is_gone_at_once);
    on_both_engines(tc, who_leaves_holds_nothing_and_does_not_come_in);
    on_both_engines(tc, an_unproved_session_changes_no_role);
    on_both_engines(tc, the_closure_follows_every_move);
    on_both_engines(tc, a_unit_answers_to_all_its_names_and_keeps_old_ones);
}
