/* door_test.c: the public door shows what is public, whatever the statement says. */
#include "base/ban.h"
#include "stores.h"
#include "try_sql.h"

#include <stdio.h>

enum { TENANT = 5 };

static const struct err *add_two(struct tx *tx, void *arg)
{
    (void)arg;
    for (int64_t id = 1; id <= 2; id++) {
        const struct q_doc_add_in in = {.id = id,
            .title = id == 1 ? S("公开的") : S("内部的"),
            .cat = S("a"),
            .yr = 2018,
            .is_open = id == 1,
            .formed_on = DATE_NONE,
            .created = INSTANT_NONE,
            .fee = INT_NONE};
        TRY(q_doc_add(tx, &in));
    }
    return NULL;
}

static struct db *public_door(int engine)
{
    const struct tx_how writing = {.audience = AUDIENCE_STAFF, .tenant = TENANT, .write = true};
    ck_assert_well(store_tx(stores_open(engine, DOOR_OFFICE), arena, writing, add_two, NULL));
    return stores_open(engine, DOOR_PUBLIC);
}

static const struct tx_how reading = {
    .audience = AUDIENCE_PUBLIC, .tenant = TENANT, .budget_ms = 300};

static const struct err *list(struct tx *tx, void *arg)
{
    return q_pub_doc_list(tx, &(struct q_pub_doc_list_in){.after = 0, .limit = 10}, arg);
}

START_TEST(the_view_is_readable)
{
    struct q_pub_doc_list_rows rows;
    ck_assert_well(store_tx(public_door(_i), arena, reading, list, &rows));
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_str_is(rows.v[0].title, "公开的");
}
END_TEST

/* What no generator would let pass. */
static const char *const hostile[] = {
    "SELECT title FROM doc",
    "SELECT d.title FROM pub_doc p JOIN doc d ON d.doc_id = p.doc_id",
    "SELECT title FROM pub_doc WHERE EXISTS (SELECT 1 FROM doc)",
    "SELECT (SELECT max(title) FROM doc) FROM pub_doc",
    "WITH x AS (SELECT title FROM doc) SELECT title FROM x",
    "SELECT title FROM pub_doc UNION SELECT title FROM doc",
    "SELECT name FROM schema_migration",
    "INSERT INTO doc (tenant, doc_id, title, cat, yr, is_open) VALUES (5, 9, 'x', 'a', 1, 1)"
    " RETURNING title",
    "UPDATE doc SET title = 'x' RETURNING title",
    "DELETE FROM doc RETURNING title",
    "UPDATE doc SET title = 'x' WHERE doc_id = 1",
    "CREATE TABLE t (x TEXT)",
    "DROP VIEW pub_doc",
};

enum { HOSTILE = sizeof hostile / sizeof hostile[0] };

struct probe {
    struct statement s;
    int rows;
};

static void count_row(struct tx *tx, const struct tx_row *row, void *arg)
{
    (void)tx;
    (void)row;
    ((struct probe *)arg)->rows++;
}

static const struct err *run_probe(struct tx *tx, void *arg)
{
    struct probe *p = arg;
    return tx_run(tx, &p->s, NULL, count_row, p, NULL);
}

static void probe_door(struct db *db, const char *sql)
{
    static const struct statement_value title = {"title", VALUE_TEXT, true};
    struct probe p = {
        .s = {.name = "probe",
            .audience = AUDIENCE_PUBLIC,
            .sqlite = sql,
            .postgres = sql,
            .out = &title,
            .out_count = strstr(sql, "title") != NULL || strstr(sql, "SELECT") != NULL}};
    const struct err *e = store_tx(db, arena, reading, run_probe, &p);
    ck_assert_msg(e != NULL, "%s", sql);
    ck_assert_msg(e->kind == ERR_FAULT, "%s: %.*s", sql, STR_ARG(e->facts));
    ck_assert_int_eq(p.rows, 0);
}

START_TEST(tables_are_not_readable_and_nothing_is_writable)
{
    struct db *db = public_door(_i);
    for (size_t i = 0; i < HOSTILE; i++) {
        probe_door(db, hostile[i]);
    }
    struct q_pub_doc_list_rows rows;
    ck_assert_well(store_tx(db, arena, reading, list, &rows));
    ck_assert_uint_eq(rows.n, 1);
}
END_TEST

START_TEST(the_same_probe_reads_at_the_office_door)
{
    /* else the case above would prove nothing */
    struct db *db = public_door(_i);
    (void)db;
    static const struct statement_value title = {"title", VALUE_TEXT, true};
    struct probe p = {.s = {.name = "probe",
                          .audience = AUDIENCE_PUBLIC,
                          .sqlite = hostile[0],
                          .postgres = hostile[0],
                          .out = &title,
                          .out_count = 1}};
    ck_assert_well(store_tx(stores_open(_i, DOOR_OFFICE), arena, reading, run_probe, &p));
    ck_assert_int_eq(p.rows, 2);
}
END_TEST

START_TEST(without_a_role_the_transaction_still_only_reads)
{
    struct db_config config = stores_config(1);
    (void)public_door(1);
    config.door = DOOR_PUBLIC;
    config.public_dsn = STR_NONE;
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    probe_door(db, "DELETE FROM doc RETURNING title");
    probe_door(db, "CREATE TABLE t (title TEXT)");
    struct q_pub_doc_list_rows rows;
    ck_assert_well(store_tx(db, arena, reading, list, &rows));
}
END_TEST

START_TEST(a_store_that_is_not_there_is_busy)
{
    struct db_config config = {.kind = STORE_SQLITE,
        .path = S("/tmp/gongkai-no-such-folder/store.db"),
        .door = DOOR_PUBLIC};
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    struct q_pub_doc_list_rows rows;
    const struct err *e = store_tx(db, arena, reading, list, &rows);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_BUSY);
    ck_assert_ptr_nonnull(db_ping(arena, db));
}
END_TEST

START_TEST(the_public_door_takes_no_staff)
{
    const struct tx_how staff = {.audience = AUDIENCE_STAFF, .tenant = TENANT};
    (void)store_tx(stores_open(0, DOOR_PUBLIC), arena, staff, list, NULL);
}
END_TEST

static const struct err *run_staff_statement(struct tx *tx, void *arg)
{
    struct q_doc_by_key_rows rows;
    (void)arg;
    return q_doc_by_key(tx, &(struct q_doc_by_key_in){.idem_key = S("k")}, &rows);
}

START_TEST(a_public_transaction_runs_no_staff_statement)
{
    (void)store_tx(stores_open(0, DOOR_OFFICE), arena, reading, run_staff_statement, NULL);
}
END_TEST

void check_cases(TCase *tc)
{
    int n = stores_count();
    tcase_add_loop_test(tc, the_view_is_readable, 0, n);
    tcase_add_loop_test(tc, tables_are_not_readable_and_nothing_is_writable, 0, n);
    tcase_add_loop_test(tc, the_same_probe_reads_at_the_office_door, 0, n);
    if (n == 2) {
        tcase_add_test(tc, without_a_role_the_transaction_still_only_reads);
    }
    tcase_add_test(tc, a_store_that_is_not_there_is_busy);
    tcase_add_test_raise_signal(tc, the_public_door_takes_no_staff, SIGABRT);
    tcase_add_test_raise_signal(tc, a_public_transaction_runs_no_staff_statement, SIGABRT);
}
