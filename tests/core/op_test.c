/*
 * op_test.c: the gate: what goes through, what is refused, and what is remembered of both.
 */
#include "core/audit.h"
#include "core/event.h"
#include "core/op.h"
#include "probe.h"
#include "support.h"
#include "support_sql.h"

#include <pthread.h>

#include "base/ban.h"

static const struct err *last_audit_row(struct ctx *c, void *arg)
{
    bool found = false;

    TRY(q_support_audit_last(c->tx, arg, &found));
    must(found);
    return NULL;
}

static struct q_support_audit_last_row last_audit(struct fixture *f)
{
    struct q_support_audit_last_row row = {0};
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, last_audit_row, &row));
    return row;
}

START_TEST(an_act_leaves_event_outbox_and_audit)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;

    ck_assert_well(fixture_do(&c, "probe.make", &done, "title", "关于开展工作的通知", NULL));
    ck_assert_str_is(done.words, "已保存“关于开展工作的通知”");
    ck_assert(!done.again && done.id != 0 && done.version == 1);
    ck_assert_int_eq(fixture_events(f), 1);
    ck_assert_int_eq(fixture_outbox(f, "log"), 1);
    ck_assert_int_eq(fixture_outbox(f, "search"), 1);
    ck_assert_int_eq(fixture_outbox(f, "notify"), 1);
    struct q_support_audit_last_row row = last_audit(f);
    ck_assert_str_is(row.op, "probe.make");
    ck_assert_str_is(row.outcome, "ok");
    ck_assert_str_is(
        row.actor, str_z(arena, str_format(arena, "person:%lld", (long long)f->author)));
    ck_assert(str_eq(row.subject, str_format(arena, "probe:%lld", (long long)done.id)));
    ck_assert_str_is(row.detail, "{\"fields\":[\"title\"]}");
    ck_assert_uint_eq(row.detail_hash.n, 64);
}
END_TEST

START_TEST(all_faults_of_a_form_come_at_once)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;
    const struct err *err = fixture_do(
        &c, "probe.make", &done, "title", "", "formed_on", "昨天", "attribute", "secret", NULL);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_INVALID);
    ck_assert_uint_eq(err->faults.n, 3);
    ck_assert_int_eq(fixture_events(f), 0);
    struct q_support_audit_last_row row = last_audit(f);
    ck_assert_str_is(row.outcome, "invalid");
    ck_assert_str_is(row.detail, "{\"fields\":[\"title\",\"formed_on\",\"attribute\"],"
                                 "\"faults\":[\"title\",\"formed_on\",\"attribute\"]}");
}
END_TEST

START_TEST(nobody_is_asked_to_log_in)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, 0);
    struct op_done done;
    const struct err *err = fixture_do(&c, "probe.make", &done, "title", "通知", NULL);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_LOGIN);
    ck_assert_int_eq(fixture_events(f), 0);
    ck_assert_int_eq(fixture_audit(f, "login"), 1);
    ck_assert_str_is(last_audit(f).actor, "nobody");
}
END_TEST

START_TEST(who_has_no_right_is_denied_and_audited)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;
    const struct err *err = fixture_do(&c, "probe.publish", &done, "id", "7", NULL);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_DENIED);
    ck_assert(str_has(err->words, S("发布样本")));
    ck_assert_int_eq(fixture_events(f), 0);
    ck_assert_int_eq(fixture_audit(f, "denied"), 1);
    ck_assert_int_eq(fixture_audit(f, "ok"), 0);
}
END_TEST

START_TEST(a_grave_act_wants_the_password_again)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->officer);
    struct op_done done;

    c.actor.proved_lately = false;
    const struct err *err = fixture_do(&c, "probe.publish", &done, "id", "7", NULL);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_LOGIN);
    ck_assert_str_is(err->words, "请再次输入口令");
    ck_assert_int_eq(fixture_audit(f, "login"), 1);
    c.actor.proved_lately = true;
    ck_assert_well(fixture_do(&c, "probe.publish", &done, "id", "7", NULL));
    ck_assert_str_is(done.number, "00001");
}
END_TEST

START_TEST(the_three_rights_of_the_house_hold)
{
    struct fixture *f = fixture_open(_i);
    struct ctx nobody = fixture_as(f, 0);
    struct ctx person = fixture_as(f, f->admin);
    struct ctx program = fixture_system(f);
    struct op_done done;

    ck_assert_well(fixture_do(&nobody, "probe.open", &done, "id", "1", NULL));
    ck_assert(last_audit(f).detail.n == 0);
    ck_assert_ptr_nonnull(fixture_do(&nobody, "probe.own", &done, "id", "1", NULL));
    ck_assert_well(fixture_do(&person, "probe.own", &done, "id", "1", NULL));
    ck_assert_ptr_nonnull(fixture_do(&person, "probe.tick", &done, "id", "1", NULL));
    ck_assert_well(fixture_do(&program, "probe.tick", &done, "id", "1", NULL));
    ck_assert_str_is(last_audit(f).actor, "system");
    /* The program does not act in place of a person. */
    ck_assert_ptr_nonnull(fixture_do(&program, "probe.make", &done, "title", "通知", NULL));
    fixture_person_status(f, f->admin, "left");
    ck_assert_ptr_nonnull(fixture_do(&person, "probe.own", &done, "id", "1", NULL));
}
END_TEST

START_TEST(a_refusal_inside_takes_everything_back)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;
    const struct err *err = fixture_do_once(&c, "probe.fail", "key-1", &done, "id", "5", NULL);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_CONFLICT);
    ck_assert_int_eq(fixture_events(f), 0);
    ck_assert_int_eq(fixture_outbox(f, "log"), 0);
    ck_assert_int_eq(fixture_audit(f, "ok"), 0);
    ck_assert_int_eq(fixture_audit(f, "conflict"), 1);
    ck_assert_str_is(last_audit(f).subject, "probe:5");
    /* The key is free again: the same form may be sent after mending. */
    ck_assert_well(fixture_do_once(&c, "probe.make", "key-1", &done, "title", "通知", NULL));
}
END_TEST

START_TEST(a_silent_change_is_a_fault_of_the_program)
{
    struct fixture *f = fixture_open(0);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;

    (void)fixture_do(&c, "probe.silent", &done, "id", "5", NULL);
}
END_TEST

START_TEST(a_form_sent_twice_acts_once)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->officer);
    struct op_done first, second;

    ck_assert_well(fixture_do_once(&c, "probe.make", "key-1", &first, "title", "通知", NULL));
    ck_assert_well(fixture_do_once(&c, "probe.make", "key-1", &second, "title", "通知", NULL));
    ck_assert_int_eq(probe_runs, 1);
    ck_assert(!first.again && second.again);
    ck_assert_int_eq(first.id, second.id);
    ck_assert_int_eq(first.version, second.version);
    ck_assert(str_eq(first.words, second.words));
    ck_assert(str_eq(first.location, second.location));
    ck_assert_int_eq(fixture_events(f), 1);
    ck_assert_int_eq(fixture_audit(f, "ok"), 1);

    ck_assert_well(fixture_do_once(&c, "probe.publish", "key-2", &first, "id", "3", NULL));
    ck_assert_well(fixture_do_once(&c, "probe.publish", "key-2", &second, "id", "3", NULL));
    ck_assert_str_is(second.number, "00001");
}
END_TEST

START_TEST(a_form_key_belongs_to_one_person_and_one_act)
{
    struct fixture *f = fixture_open(_i);
    struct ctx mine = fixture_as(f, f->officer);
    struct ctx other = fixture_as(f, f->author);
    struct op_done done;

    ck_assert_well(fixture_do_once(&mine, "probe.make", "key-1", &done, "title", "通知", NULL));
    const struct err *stolen =
        fixture_do_once(&other, "probe.make", "key-1", &done, "title", "通知", NULL);
    ck_assert_ptr_nonnull(stolen);
    ck_assert_int_eq(stolen->kind, ERR_CONFLICT);
    ck_assert_int_eq(done.id, 0);
    const struct err *reused =
        fixture_do_once(&mine, "probe.publish", "key-1", &done, "id", "3", NULL);
    ck_assert_ptr_nonnull(reused);
    ck_assert_int_eq(reused->kind, ERR_CONFLICT);
    ck_assert_int_eq(fixture_events(f), 1);
}
END_TEST

struct sender {
    struct fixture *f;
    const char *key;
    struct op_done done;
    bool well;
};

static void *send_form(void *arg)
{
    struct sender *s = arg;
    struct arena *own = arena_open((size_t)16 * 1024 * 1024);
    struct ctx c = fixture_as(s->f, 0);

    c.arena = own;
    c.db = fixture_connect(s->f, own, DOOR_OFFICE);
    s->well = fixture_do_once(&c, "probe.open", s->key, &s->done, "id", "9", NULL) == NULL;
    s->done.words = s->done.location = s->done.number = STR_NONE; /* they die with the arena */
    arena_close(own);
    return NULL;
}

START_TEST(eight_sendings_at_once_act_once)
{
    enum { SENDERS = 8 };
    struct fixture *f = fixture_open(_i);
    struct sender senders[SENDERS];
    pthread_t threads[SENDERS];
    int firsts = 0;

    for (int i = 0; i < SENDERS; i++) {
        senders[i] = (struct sender){.f = f, .key = "one-key"};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, send_form, &senders[i]), 0);
    }
    for (int i = 0; i < SENDERS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert(senders[i].well);
        firsts += senders[i].done.again ? 0 : 1;
    }
    ck_assert_int_eq(firsts, 1);
    ck_assert_int_eq(fixture_events(f), 1);
}
END_TEST

static const char *cut_at;
static int cuts_left;

static void cut_connection(struct db *db, const char *where)
{
    if (cuts_left > 0 && strcmp(where, cut_at) == 0) {
        cuts_left--;
        db_drop_connection(db);
    }
}

/* Wherever the line is cut, the act is done exactly once and its maker is told so. */
START_TEST(a_cut_line_neither_doubles_nor_loses_an_act)
{
    static const char *const places[] = {"begin", "begun", "commit", "committed"};
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->officer);
    struct op_done done;

    store_fault_hook = cut_connection;
    for (int i = 0; i < 4; i++) {
        cut_at = places[i];
        cuts_left = 1;
        ck_assert_well(fixture_do(&c, "probe.publish", &done, "id", "3", NULL));
        ck_assert_int_eq(cuts_left, 0);
        ck_assert(!done.again);
        ck_assert(str_eq(done.number, str_format(arena, "%05d", i + 1)));
        ck_assert_int_eq(fixture_events(f), i + 1);
        ck_assert_int_eq(fixture_audit(f, "ok"), i + 1);
    }
    store_fault_hook = NULL;
}
END_TEST

struct holder {
    struct fixture *f;
    pthread_barrier_t *held;
};

static const struct err *hold_the_store(struct ctx *c, void *arg)
{
    struct holder *h = arg;
    struct timespec nap = {.tv_nsec = 400L * 1000 * 1000};

    TRY(event_add(c, S("probe.held"), S("probe"), 1, STR_NONE));
    (void)pthread_barrier_wait(h->held);
    (void)nanosleep(&nap, NULL);
    return NULL;
}

static void *hold_in_thread(void *arg)
{
    struct holder *h = arg;
    struct arena *own = arena_open((size_t)16 * 1024 * 1024);
    struct ctx c = fixture_system(h->f);

    c.arena = own;
    c.db = fixture_connect(h->f, own, DOOR_OFFICE);
    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, hold_the_store, h));
    arena_close(own);
    return NULL;
}

START_TEST(a_busy_store_is_waited_for)
{
    struct fixture *f = fixture_open(0);
    struct ctx c = fixture_as(f, f->author);
    pthread_barrier_t held;
    struct holder holder = {.f = f, .held = &held};
    pthread_t thread;
    struct op_done done;

    ck_assert_int_eq(pthread_barrier_init(&held, NULL, 2), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, hold_in_thread, &holder), 0);
    (void)pthread_barrier_wait(&held);
    ck_assert_well(fixture_do(&c, "probe.make", &done, "title", "通知", NULL));
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(fixture_events(f), 2);
}
END_TEST

START_TEST(listeners_hear_every_event)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;

    ck_assert_well(fixture_do(&c, "probe.make", &done, "title", "通知", NULL));
    ck_assert_int_eq(probe_heard, 1);
}
END_TEST

START_TEST(listeners_that_talk_in_a_circle_are_a_fault_of_the_program)
{
    struct fixture *f = fixture_open(0);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;

    probe_chatters = true;
    (void)fixture_do(&c, "probe.make", &done, "title", "通知", NULL);
}
END_TEST

struct history {
    int64_t id;
    struct event_lines lines;
};

static const struct err *read_history(struct ctx *c, void *arg)
{
    struct history *h = arg;

    return event_list(c, S("probe"), h->id, &h->lines);
}

START_TEST(history_names_who_did_it)
{
    struct fixture *f = fixture_open(_i);
    struct ctx author = fixture_as(f, f->author);
    struct ctx nobody = fixture_as(f, 0);
    struct ctx program = fixture_system(f);
    struct op_done done;

    ck_assert_well(fixture_do(&author, "probe.own", &done, "id", "4", NULL));
    ck_assert_well(fixture_do(&nobody, "probe.open", &done, "id", "4", NULL));
    ck_assert_well(fixture_do(&program, "probe.tick", &done, "id", "4", NULL));
    struct history h = {.id = 4};
    ck_assert_well(ctx_read(&program, AUDIENCE_STAFF, read_history, &h));
    ck_assert_uint_eq(h.lines.n, 3);
    ck_assert_str_is(h.lines.v[0].actor, "林晓");
    ck_assert_str_is(h.lines.v[0].kind, "probe.published");
    ck_assert_str_is(h.lines.v[1].actor, "公众");
    ck_assert_str_is(h.lines.v[2].actor, "系统");
}
END_TEST

START_TEST(a_form_key_longer_than_any_of_ours_is_refused)
{
    struct fixture *f = fixture_open(0);
    struct ctx c = fixture_as(f, f->author);
    struct op_done done;
    char key[66];

    memset(key, 'k', sizeof(key) - 1);
    key[sizeof(key) - 1] = '\0';
    const struct err *err = fixture_do_once(&c, "probe.make", key, &done, "title", "通知", NULL);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_INVALID);
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    on_both_engines(tc, an_act_leaves_event_outbox_and_audit);
    on_both_engines(tc, all_faults_of_a_form_come_at_once);
    on_both_engines(tc, nobody_is_asked_to_log_in);
    on_both_engines(tc, who_has_no_right_is_denied_and_audited);
    on_both_engines(tc, a_grave_act_wants_the_password_again);
    on_both_engines(tc, the_three_rights_of_the_house_hold);
    on_both_engines(tc, a_refusal_inside_takes_everything_back);
    tcase_add_test_raise_signal(tc, a_silent_change_is_a_fault_of_the_program, SIGABRT);
    on_both_engines(tc, a_form_sent_twice_acts_once);
    on_both_engines(tc, a_form_key_belongs_to_one_person_and_one_act);
    on_both_engines(tc, eight_sendings_at_once_act_once);
    on_both_engines(tc, a_cut_line_neither_doubles_nor_loses_an_act);
    tcase_add_test(tc, a_busy_store_is_waited_for);
    on_both_engines(tc, listeners_hear_every_event);
    tcase_add_test_raise_signal(
        tc, listeners_that_talk_in_a_circle_are_a_fault_of_the_program, SIGABRT);
    on_both_engines(tc, history_names_who_did_it);
    tcase_add_test(tc, a_form_key_longer_than_any_of_ours_is_refused);
}
