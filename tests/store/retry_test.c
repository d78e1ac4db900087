/* retry_test.c: busy stores, deadlocks and cut connections end with the work done once, or a clear
 * no. */
#include "base/ban.h"
#include "base/clock.h"
#include "stores.h"
#include "try_sql.h"

#include <unistd.h>
#include <pthread.h>

enum { TENANT = 7 };

static const struct tx_how writing = {
    .audience = AUDIENCE_STAFF, .tenant = TENANT, .write = true, .budget_ms = 10000};

static struct q_doc_add_in doc(int64_t id, struct str key)
{
    return (struct q_doc_add_in){.id = id,
        .title = S("题"),
        .cat = S("a"),
        .yr = 2018,
        .formed_on = DATE_NONE,
        .created = INSTANT_NONE,
        .fee = 0,
        .idem_key = key};
}

struct adding {
    int64_t id;
    int tries;
    bool done;
};

static const struct err *add_doc(struct tx *tx, void *arg)
{
    struct adding *a = arg;
    a->tries++;
    const struct q_doc_add_in in = doc(a->id, S("key"));
    return q_doc_add(tx, &in);
}

static const struct err *ask_doc(struct tx *tx, void *arg)
{
    struct adding *a = arg;
    struct q_doc_by_key_rows rows;
    TRY(q_doc_by_key(tx, &(struct q_doc_by_key_in){.idem_key = S("key")}, &rows));
    a->done = rows.n > 0;
    return NULL;
}

static const struct err *count_docs(struct tx *tx, void *arg)
{
    bool found = false;
    struct q_doc_count_row row;
    TRY(q_doc_count(tx, &row, &found));
    *(int64_t *)arg = row.rows;
    return NULL;
}

static int64_t rows_of(struct db *db)
{
    int64_t rows = -1;
    ck_assert_well(
        store_tx(db, arena, (struct tx_how){.audience = AUDIENCE_SYSTEM}, count_docs, &rows));
    return rows;
}

/* The cable is pulled once, at one place. */
static const char *cut_where;
static int cuts;

static void cut(struct db *db, const char *where)
{
    if (cut_where != NULL && strcmp(where, cut_where) == 0) {
        cut_where = NULL;
        cuts++;
        db_drop_connection(db);
    }
}

static const char *const places[] = {"begin", "begun", "commit", "sent", "committed"};

enum { PLACES = sizeof places / sizeof places[0] };

static void lose_connection(int engine, const char *where)
{
    struct db *db = stores_open(engine, DOOR_OFFICE);
    ck_assert_well(db_ping(arena, db)); /* something to lose */
    struct adding a = {.id = 1};
    struct tx_how how = writing;
    how.ask_done = ask_doc;
    how.done = &a.done;
    store_fault_hook = cut;
    cut_where = where;
    ck_assert_well(store_tx(db, arena, how, add_doc, &a));
    store_fault_hook = NULL;
    bool is_met = engine == 1 || strcmp(where, "sent") != 0;
    ck_assert_int_eq(cuts, is_met ? 1 : 0);
    ck_assert_int_eq(rows_of(db), 1);
}

START_TEST(a_cut_on_sqlite_leaves_exactly_one_row)
{
    lose_connection(0, places[_i]);
}
END_TEST

START_TEST(a_cut_on_postgres_leaves_exactly_one_row)
{
    lose_connection(1, places[_i]);
}
END_TEST

START_TEST(without_a_question_a_lost_commit_is_told_and_not_repeated)
{
    struct db *db = stores_open(1, DOOR_OFFICE);
    ck_assert_well(db_ping(arena, db));
    struct adding a = {.id = 1};
    store_fault_hook = cut;
    cut_where = "sent";
    const struct err *e = store_tx(db, arena, writing, add_doc, &a);
    store_fault_hook = NULL;
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_BUSY);
    ck_assert(str_has(e->words, S("核对")));
    ck_assert_int_eq(a.tries, 1);
    /* The server got the COMMIT and the cut; when it has done the first is its own affair. */
    for (int i = 0; i < 200 && rows_of(db) == 0; i++) {
        usleep(10 * 1000);
    }
    ck_assert_int_eq(rows_of(db), 1);
}
END_TEST

/* The server ends the session while it is idle. */
START_TEST(a_connection_ended_by_the_server_is_made_anew)
{
    struct db *db = stores_open(1, DOOR_OFFICE);
    ck_assert_well(db_ping(arena, db));
    stores_pg_owner("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    struct adding a = {.id = 1};
    ck_assert_well(store_tx(db, arena, writing, add_doc, &a));
    ck_assert_int_eq(rows_of(db), 1);
}
END_TEST

START_TEST(a_server_that_is_away_is_busy_not_broken)
{
    struct db_config config = {
        .kind = STORE_POSTGRES, .dsn = S("host=/nowhere dbname=none"), .door = DOOR_OFFICE};
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    struct tx_how how = writing;
    how.budget_ms = 150;
    struct adding a = {.id = 1};
    int64_t from = clock_mono_us();
    const struct err *e = store_tx(db, arena, how, add_doc, &a);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_BUSY);
    ck_assert_int_gt(e->retry_after_s, 0);
    ck_assert_int_eq(a.tries, 0);
    ck_assert_int_lt(clock_mono_us() - from, 2000000);
}
END_TEST

struct second {
    struct db *db;
    const struct err *e;
};

static const struct err *write_inside(struct tx *tx, void *arg)
{
    struct second *s = arg;
    struct adding first = {.id = 1};
    TRY(add_doc(tx, &first));
    struct adding a = {.id = 2};
    struct tx_how how = writing;
    how.budget_ms = 200;
    s->e = store_tx(s->db, tx->arena, how, add_doc, &a);
    return NULL;
}

START_TEST(a_locked_file_is_busy_when_the_budget_ends)
{
    struct second s = {.db = stores_open(0, DOOR_OFFICE)};
    ck_assert_well(store_tx(stores_open(0, DOOR_OFFICE), arena, writing, write_inside, &s));
    ck_assert_ptr_nonnull(s.e);
    ck_assert_int_eq(s.e->kind, ERR_BUSY);
    ck_assert_int_eq(rows_of(s.db), 1);
}
END_TEST

struct crossing {
    int engine;
    int64_t first, second;
    const struct err *e;
    char words[200];
};

static const struct err *touch_both(struct tx *tx, void *arg)
{
    struct crossing *c = arg;
    int64_t changed = 0;
    bool found = false;
    struct q_doc_lock_row row;
    TRY(q_doc_lock(tx, &(struct q_doc_lock_in){.id = c->first}, &row, &found));
    TRY(q_doc_touch(tx, &(struct q_doc_touch_in){.id = c->first, .fee = 1}, &changed));
    struct timespec pause = {.tv_nsec = 20000000};
    (void)nanosleep(&pause, NULL);
    return q_doc_touch(tx, &(struct q_doc_touch_in){.id = c->second, .fee = 1}, &changed);
}

static void *cross(void *arg)
{
    struct crossing *c = arg;
    struct arena *own = arena_open((size_t)16 * 1024 * 1024);
    struct db *db = stores_open_in(own, c->engine, DOOR_OFFICE);
    for (int i = 0; i < 3 && c->e == NULL; i++) {
        c->e = store_tx(db, own, writing, touch_both, c);
    }
    if (c->e != NULL) {
        (void)snprintf(c->words, sizeof c->words, "%.*s", STR_ARG(c->e->facts));
    }
    arena_close(own);
    return NULL;
}

struct fees {
    int64_t id;
    int64_t fee;
};

static const struct err *read_fee(struct tx *tx, void *arg)
{
    struct fees *f = arg;
    bool found = false;
    struct q_doc_find_row row;
    TRY(q_doc_find(tx, &(struct q_doc_find_in){.id = f->id}, &row, &found));
    f->fee = row.fee;
    return NULL;
}

static const struct err *add_without_key(struct tx *tx, void *arg)
{
    const struct q_doc_add_in in = doc(*(int64_t *)arg, STR_NONE);
    return q_doc_add(tx, &in);
}

START_TEST(two_writers_in_opposite_order_both_finish)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    for (int64_t id = 1; id <= 2; id++) {
        ck_assert_well(store_tx(db, arena, writing, add_without_key, &id));
    }
    struct crossing one = {.engine = _i, .first = 1, .second = 2};
    struct crossing two = {.engine = _i, .first = 2, .second = 1};
    pthread_t threads[2];
    ck_assert_int_eq(pthread_create(&threads[0], NULL, cross, &one), 0);
    ck_assert_int_eq(pthread_create(&threads[1], NULL, cross, &two), 0);
    (void)pthread_join(threads[0], NULL);
    (void)pthread_join(threads[1], NULL);
    ck_assert_msg(one.words[0] == '\0' && two.words[0] == '\0', "%s %s", one.words, two.words);
    struct fees f = {.id = 1};
    ck_assert_well(store_tx(db, arena, writing, read_fee, &f));
    ck_assert_int_eq(f.fee, 6);
}
END_TEST

void check_cases(TCase *tc)
{
    int n = stores_count();
    tcase_add_loop_test(tc, a_cut_on_sqlite_leaves_exactly_one_row, 0, PLACES);
    if (n == 2) {
        tcase_add_loop_test(tc, a_cut_on_postgres_leaves_exactly_one_row, 0, PLACES);
        tcase_add_test(tc, without_a_question_a_lost_commit_is_told_and_not_repeated);
        tcase_add_test(tc, a_connection_ended_by_the_server_is_made_anew);
    }
    tcase_add_test(tc, a_server_that_is_away_is_busy_not_broken);
    tcase_add_test(tc, a_locked_file_is_busy_when_the_budget_ends);
    tcase_add_loop_test(tc, two_writers_in_opposite_order_both_finish, 0, n);
}
