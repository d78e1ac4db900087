/*
 * audit_test.c: the chain: its bytes, and that no damage stays unseen.
 */
#include "core/audit.h"
#include "probe.h"
#include "support.h"
#include "support_sql.h"

#include <pthread.h>

#include "base/ban.h"

/* Both hashes were computed by audit_vector.py, from the format and without our code. */
#define FIRST_HASH "48dbb7259c07a124a033d38979c5b9815a16a77c6c8db4f9fbdcedfee03997be"
#define SECOND_HASH "b772445c2916ed19f327a86f7af919cc7f17fbec4ff4292fbd9b91815c150a46"

START_TEST(hash_is_the_published_format)
{
    struct sha256 zeros = {{0}};
    struct audit_row first = {
        .seq = 1,
        .at_ms = 1785117600000,
        .tenant = 350503,
        .actor = S("person:7"),
        .session = S("0123abcd"),
        .address = S("127.0.0.1"),
        .op = S("document.publish"),
        .subject = S("document:123"),
        .outcome = S("ok"),
        .detail_hash = S("abababababababababababababababababababababababababababababababab"),
    };
    struct audit_row second = {
        .seq = 2,
        .at_ms = 1785117600001,
        .tenant = 350503,
        .actor = S("nobody"),
        .op = S("account.login"),
        .outcome = S("denied"),
    };
    struct sha256 one = audit_hash(arena, &first, zeros);
    struct sha256 two = audit_hash(arena, &second, one);

    ck_assert_str_is(sha256_hex(arena, one), FIRST_HASH);
    ck_assert_str_is(sha256_hex(arena, two), SECOND_HASH);
}
END_TEST

enum { ROWS = 9 };

/* Nine acts, all linked. */
static struct fixture *linked_site(int engine)
{
    struct fixture *f = fixture_open(engine);
    struct ctx author = fixture_as(f, f->author);
    struct ctx program = fixture_system(f);
    struct op_done done;
    int linked = 0;

    for (int i = 0; i < ROWS; i++) {
        ck_assert_well(fixture_do(&author, "probe.make", &done, "title", "通知", NULL));
    }
    ck_assert_well(audit_link(&program, 4, &linked));
    ck_assert_int_eq(linked, 4);
    ck_assert_well(audit_link(&program, 100, &linked));
    ck_assert_int_eq(linked, ROWS - 4);
    ck_assert_well(audit_link(&program, 100, &linked));
    ck_assert_int_eq(linked, 0);
    return f;
}

static struct audit_verdict verdict(struct fixture *f)
{
    struct audit_verdict out;
    struct ctx c = fixture_system(f);

    ck_assert_well(audit_verify(&c, &out));
    return out;
}

static void damage(struct fixture *f, ctx_fn *fn, void *arg)
{
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, fn, arg));
}

static const struct err *edit_row(struct ctx *c, void *arg)
{
    struct q_support_audit_edit_in in = {.seq = *(const int64_t *)arg, .outcome = S("denied")};
    int64_t changed = 0;

    TRY(q_support_audit_edit(c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *edit_prev(struct ctx *c, void *arg)
{
    struct q_support_audit_prev_in in = {.seq = *(const int64_t *)arg};
    int64_t changed = 0;

    TRY(q_support_audit_prev(c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *cut_rows(struct ctx *c, void *arg)
{
    const int64_t *range = arg;
    struct q_support_audit_cut_in in = {.first = range[0], .last = range[1]};
    int64_t changed = 0;

    TRY(q_support_audit_cut(c->tx, &in, &changed));
    must(changed == range[1] - range[0] + 1);
    return NULL;
}

static const struct err *move_row(struct ctx *c, int64_t from, int64_t to)
{
    struct q_support_audit_seq_in in = {.from_seq = from, .to_seq = to};
    int64_t changed = 0;

    TRY(q_support_audit_seq(c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *swap_rows(struct ctx *c, void *arg)
{
    const int64_t *two = arg;

    TRY(move_row(c, two[0], 1000));
    TRY(move_row(c, two[1], two[0]));
    return move_row(c, 1000, two[1]);
}

/* Every row after the gap takes the place before it. */
static const struct err *move_up(struct ctx *c, void *arg)
{
    for (int64_t seq = *(const int64_t *)arg + 1; seq <= ROWS; seq++) {
        TRY(move_row(c, seq, seq - 1));
    }
    return NULL;
}

static const struct err *edit_detail(struct ctx *c, void *arg)
{
    struct q_support_detail_edit_in in = {.seq = *(const int64_t *)arg};
    int64_t changed = 0;

    TRY(q_support_detail_edit(c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *erase_detail(struct ctx *c, void *arg)
{
    struct q_support_detail_erase_in in = {.seq = *(const int64_t *)arg};
    int64_t changed = 0;

    TRY(q_support_detail_erase(c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *set_head(struct ctx *c, void *arg)
{
    struct q_support_head_set_in in = {.seq = *(const int64_t *)arg};
    int64_t changed = 0;

    return q_support_head_set(c->tx, &in, &changed);
}

START_TEST(an_untouched_chain_is_whole)
{
    struct fixture *f = linked_site(_i);
    struct audit_verdict v = verdict(f);

    ck_assert(v.whole);
    ck_assert_int_eq(v.rows, ROWS);
    ck_assert_int_eq(v.waiting, 0);
    ck_assert_int_eq(v.bad_seq, 0);
    ck_assert_uint_eq(v.head.n, 64);
}
END_TEST

START_TEST(an_empty_chain_is_whole)
{
    struct fixture *f = fixture_open(_i);

    ck_assert(verdict(f).whole);
}
END_TEST

START_TEST(waiting_rows_are_counted_with_their_age)
{
    struct fixture *f = linked_site(_i);
    struct ctx author = fixture_as(f, f->author);
    struct op_done done;

    ck_assert_well(fixture_do(&author, "probe.make", &done, "title", "通知", NULL));
    fixture_day(f, 2026, 7, 28);
    struct audit_verdict v = verdict(f);
    ck_assert(v.whole);
    ck_assert_int_eq(v.waiting, 1);
    ck_assert_int_eq(v.oldest_waiting_ms, 24LL * 3600 * 1000);
}
END_TEST

START_TEST(an_edited_row_is_named)
{
    static const int64_t places[] = {1, 5, 9};

    for (int i = 0; i < 3; i++) {
        struct fixture *f = linked_site(_i);
        int64_t seq = places[i];
        damage(f, edit_row, &seq);
        struct audit_verdict v = verdict(f);
        ck_assert(!v.whole);
        ck_assert_int_eq(v.bad_seq, places[i]);
        ck_assert_int_eq(v.rows, places[i] - 1);
        ck_assert(v.why.n > 0);
    }
}
END_TEST

START_TEST(an_edited_note_of_the_row_before_is_named)
{
    struct fixture *f = linked_site(_i);
    int64_t seq = 4;

    damage(f, edit_prev, &seq);
    ck_assert_int_eq(verdict(f).bad_seq, 4);
}
END_TEST

START_TEST(a_deleted_row_is_named)
{
    static const int64_t places[] = {1, 5};

    for (int i = 0; i < 2; i++) {
        struct fixture *f = linked_site(_i);
        int64_t range[2] = {places[i], places[i]};
        damage(f, cut_rows, range);
        struct audit_verdict v = verdict(f);
        ck_assert(!v.whole);
        ck_assert_int_eq(v.bad_seq, places[i]);
    }
}
END_TEST

START_TEST(a_deleted_row_is_found_though_the_others_move_up)
{
    struct fixture *f = linked_site(_i);
    int64_t range[2] = {5, 5};

    damage(f, cut_rows, range);
    damage(f, move_up, &range[0]);
    ck_assert_int_eq(verdict(f).bad_seq, 5);
}
END_TEST

START_TEST(two_swapped_rows_are_found)
{
    struct fixture *f = linked_site(_i);
    int64_t two[2] = {4, 6};

    damage(f, swap_rows, two);
    struct audit_verdict v = verdict(f);
    ck_assert(!v.whole);
    ck_assert_int_eq(v.bad_seq, 4);
}
END_TEST

START_TEST(a_cut_tail_is_found_by_the_head)
{
    struct fixture *f = linked_site(_i);
    int64_t range[2] = {8, 9};

    damage(f, cut_rows, range);
    struct audit_verdict v = verdict(f);
    ck_assert(!v.whole);
    ck_assert_int_eq(v.bad_seq, 8);
}
END_TEST

START_TEST(a_cut_tail_with_the_head_turned_back_is_found)
{
    struct fixture *f = linked_site(_i);
    int64_t range[2] = {8, 9}, head = 7;

    damage(f, cut_rows, range);
    damage(f, set_head, &head);
    struct audit_verdict v = verdict(f);
    ck_assert(!v.whole); /* the head's hash is of row 9 */
    ck_assert_int_eq(v.bad_seq, 7);
}
END_TEST

START_TEST(an_edited_detail_is_found_and_an_erased_one_is_allowed)
{
    struct fixture *f = linked_site(_i);
    int64_t seq = 3, edited = 6;

    damage(f, erase_detail, &seq);
    ck_assert(verdict(f).whole);
    damage(f, edit_detail, &edited);
    struct audit_verdict v = verdict(f);
    ck_assert(!v.whole);
    ck_assert_int_eq(v.bad_seq, 6);
}
END_TEST

START_TEST(a_chain_longer_than_a_page_is_walked_to_its_end)
{
    enum { MANY = 1103 };
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_as(f, f->author);
    struct ctx program = fixture_system(f);
    struct op_done done;
    int linked = 0;

    for (int i = 0; i < MANY; i++) {
        const struct err *err = fixture_do(&c, "probe.publish", &done, "id", "1", NULL);
        ck_assert_int_eq(err->kind, ERR_DENIED);
    }
    ck_assert_well(audit_link(&program, 2000, &linked));
    ck_assert_int_eq(linked, MANY);
    struct audit_verdict v = verdict(f);
    ck_assert(v.whole);
    ck_assert_int_eq(v.rows, MANY);
    int64_t range[2] = {1002, 1002};
    damage(f, cut_rows, range);
    ck_assert_int_eq(verdict(f).bad_seq, 1002);
}
END_TEST

struct linker {
    struct fixture *f;
    int linked;
};

static void *link_in_thread(void *arg)
{
    struct linker *l = arg;
    struct arena *own = arena_open((size_t)64 * 1024 * 1024);
    struct ctx c = fixture_system(l->f);
    int linked = 0;

    c.arena = own;
    c.db = fixture_connect(l->f, own, DOOR_OFFICE);
    for (int i = 0; i < 20; i++) {
        ck_assert_well(audit_link(&c, 3, &linked));
        l->linked += linked;
    }
    arena_close(own);
    return NULL;
}

START_TEST(four_sequencers_at_once_make_one_chain)
{
    enum { LINKERS = 4, ACTS = 60 };
    struct fixture *f = fixture_open(_i);
    struct ctx author = fixture_as(f, f->author);
    struct linker linkers[LINKERS];
    pthread_t threads[LINKERS];
    struct op_done done;
    int total = 0;

    for (int i = 0; i < ACTS; i++) {
        ck_assert_well(fixture_do(&author, "probe.make", &done, "title", "通知", NULL));
    }
    for (int i = 0; i < LINKERS; i++) {
        linkers[i] = (struct linker){.f = f};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, link_in_thread, &linkers[i]), 0);
    }
    for (int i = 0; i < LINKERS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        total += linkers[i].linked;
    }
    ck_assert_int_eq(total, ACTS);
    struct audit_verdict v = verdict(f);
    ck_assert(v.whole);
    ck_assert_int_eq(v.rows, ACTS);
    ck_assert_int_eq(v.waiting, 0);
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, hash_is_the_published_format);
    on_both_engines(tc, an_empty_chain_is_whole);
    on_both_engines(tc, an_untouched_chain_is_whole);
    on_both_engines(tc, waiting_rows_are_counted_with_their_age);
    on_both_engines(tc, an_edited_row_is_named);
    on_both_engines(tc, an_edited_note_of_the_row_before_is_named);
    on_both_engines(tc, a_deleted_row_is_named);
    on_both_engines(tc, a_deleted_row_is_found_though_the_others_move_up);
    on_both_engines(tc, two_swapped_rows_are_found);
    on_both_engines(tc, a_cut_tail_is_found_by_the_head);
    on_both_engines(tc, a_cut_tail_with_the_head_turned_back_is_found);
    on_both_engines(tc, an_edited_detail_is_found_and_an_erased_one_is_allowed);
    on_both_engines(tc, a_chain_longer_than_a_page_is_walked_to_its_end);
    on_both_engines(tc, four_sequencers_at_once_make_one_chain);
}
