/* values_test.c: what goes in comes out, with every NULL, on every engine. */
#include "stores.h"
#include "try_sql.h"

#include "base/ban.h"

struct trip {
    struct q_doc_add_in in;
    struct q_doc_find_row row;
    bool found;
};

static const struct err *go_and_return(struct tx *tx, void *arg)
{
    struct trip *t = arg;
    TRY(q_doc_add(tx, &t->in));
    return q_doc_find(tx, &(struct q_doc_find_in){.id = t->in.id}, &t->row, &t->found);
}

static const struct tx_how writing = {.audience = AUDIENCE_STAFF, .tenant = 7, .write = true};

static struct q_doc_add_in smallest(int64_t id)
{
    return (struct q_doc_add_in){.id = id,
        .title = S("题"),
        .cat = S("a"),
        .yr = 2018,
        .formed_on = DATE_NONE,
        .created = INSTANT_NONE,
        .fee = INT_NONE};
}

START_TEST(all_values_come_back)
{
    struct trip t = {.in = smallest(INT64_MAX)};
    t.in.title = S("关于2018年“双减”的通知〔2018〕7号 '引号' \\ % _ 𠮷");
    t.in.created = (struct instant){1532476800123};
    ck_assert(date_from_ymd(2018, 7, 25, &t.in.formed_on));
    t.in.is_open = true;
    t.in.fee = -12345678901234;
    t.in.bytes = str_make("\0\xff\x01'\n", 5);
    t.in.idem_key = S("k1");
    ck_assert_well(store_tx(stores_open(_i, DOOR_OFFICE), arena, writing, go_and_return, &t));
    ck_assert(t.found);
    ck_assert(str_eq(t.row.title, t.in.title));
    ck_assert_int_eq(t.row.kind, 0);
    ck_assert_int_eq(t.row.yr, 2018);
    ck_assert_int_eq(t.row.no, INT_NONE);
    ck_assert(date_eq(t.row.formed_on, t.in.formed_on));
    ck_assert_int_eq(t.row.created.ms, 1532476800123);
    ck_assert(t.row.is_open);
    ck_assert_int_eq(t.row.fee, -12345678901234);
    ck_assert(str_eq(t.row.bytes, t.in.bytes));
    ck_assert_str_is(t.row.idem_key, "k1");
}
END_TEST

START_TEST(absent_values_come_back_absent)
{
    struct trip t = {.in = smallest(1)};
    ck_assert_well(store_tx(stores_open(_i, DOOR_OFFICE), arena, writing, go_and_return, &t));
    ck_assert(t.found);
    ck_assert(!date_is(t.row.formed_on));
    ck_assert(!instant_is(t.row.created));
    ck_assert(!t.row.is_open);
    ck_assert_int_eq(t.row.fee, INT_NONE);
    ck_assert_uint_eq(t.row.bytes.n, 0);
    ck_assert_uint_eq(t.row.idem_key.n, 0);
}
END_TEST

static const struct err *find_nothing(struct tx *tx, void *arg)
{
    struct trip *t = arg;
    t->found = true;
    return q_doc_find(tx, &(struct q_doc_find_in){.id = 404}, &t->row, &t->found);
}

START_TEST(no_row_is_not_an_error)
{
    struct trip t = {0};
    ck_assert_well(store_tx(stores_open(_i, DOOR_OFFICE), arena, writing, find_nothing, &t));
    ck_assert(!t.found);
    ck_assert(!date_is(t.row.formed_on));
    ck_assert(!instant_is(t.row.created));
}
END_TEST

static void ck_refused(int engine, struct q_doc_add_in in, const char *fact)
{
    struct trip t = {.in = in};
    const struct err *e =
        store_tx(stores_open(engine, DOOR_OFFICE), arena, writing, go_and_return, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_msg(str_has(e->facts, str_from(fact)), "%.*s", STR_ARG(e->facts));
}

START_TEST(text_that_engines_take_differently_is_refused)
{
    struct q_doc_add_in in = smallest(1);
    in.title = STR_NONE;
    ck_refused(_i, in, "title is empty text");
    in.title = S("a\0b");
    ck_refused(_i, in, "title is not UTF-8");
    in.title = S("\xc3\x28");
    ck_refused(_i, in, "title is not UTF-8");
    in = smallest(1);
    in.yr = INT_NONE;
    ck_refused(_i, in, "yr is absent");
}
END_TEST

START_TEST(a_taken_key_is_a_conflict)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    struct trip t = {.in = smallest(1)};
    ck_assert_well(store_tx(db, arena, writing, go_and_return, &t));
    const struct err *e = store_tx(db, arena, writing, go_and_return, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_CONFLICT);
}
END_TEST

static const struct err *add_open_year(struct tx *tx, void *arg)
{
    struct trip *t = arg;
    struct q_doc_add_in in = t->in;
    in.yr = 5000000000; /* more than INTEGER holds on PostgreSQL */
    return q_doc_add(tx, &in);
}

START_TEST(a_value_that_does_not_fit_is_a_fault_without_the_value)
{
    if (_i == 0) {
        return; /* SQLite's integers are wide */
    }
    struct trip t = {.in = smallest(1)};
    const struct err *e = store_tx(stores_open(_i, DOOR_OFFICE), arena, writing, add_open_year, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert(!str_has(e->facts, S("5000000000")));
}
END_TEST

static const struct err *carry_on(struct tx *tx, void *arg)
{
    struct trip *t = arg;
    const struct err *first = q_doc_add(tx, &t->in);
    ck_assert_ptr_nonnull(first);
    struct q_doc_add_in other = smallest(2);
    ck_assert_ptr_eq(q_doc_add(tx, &other), first);
    return NULL; /* as if nothing had happened */
}

static const struct err *count_docs(struct tx *tx, void *arg)
{
    bool found = false;
    struct q_doc_count_row row;
    TRY(q_doc_count(tx, &row, &found));
    *(int64_t *)arg = row.rows;
    return NULL;
}

START_TEST(the_first_error_sticks_and_nothing_is_kept)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    struct trip t = {.in = smallest(1)};
    ck_assert_well(store_tx(db, arena, writing, go_and_return, &t));
    const struct err *e = store_tx(db, arena, writing, carry_on, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_CONFLICT);
    int64_t rows = 0;
    const struct tx_how reading = {.audience = AUDIENCE_SYSTEM};
    ck_assert_well(store_tx(db, arena, reading, count_docs, &rows));
    ck_assert_int_eq(rows, 1);
}
END_TEST

static const struct err *say_no(struct tx *tx, void *arg)
{
    struct trip *t = arg;
    TRY(q_doc_add(tx, &t->in));
    return tx_fail(tx, err_make(tx->arena, ERR_INVALID, S("不行")));
}

START_TEST(the_works_own_no_rolls_back)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    struct trip t = {.in = smallest(1)};
    const struct err *e = store_tx(db, arena, writing, say_no, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_INVALID);
    int64_t rows = 9;
    const struct tx_how reading = {.audience = AUDIENCE_SYSTEM};
    ck_assert_well(store_tx(db, arena, reading, count_docs, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

static const struct err *name_kind(struct tx *tx, void *arg)
{
    bool found = false;
    struct q_kind_name_row row;
    TRY(q_kind_name(tx, &(struct q_kind_name_in){.kind = 2}, &row, &found));
    *(struct str *)arg = row.name;
    return NULL;
}

START_TEST(colons_inside_strings_are_text)
{
    struct str name = STR_NONE;
    const struct tx_how reading = {.audience = AUDIENCE_STAFF, .tenant = 7};
    ck_assert_well(store_tx(stores_open(_i, DOOR_OFFICE), arena, reading, name_kind, &name));
    ck_assert_str_is(name, "公告; -- 不是注释 :not_a_parameter");
}
END_TEST

START_TEST(named_prepared_statements_give_the_same)
{
    struct db_config config = stores_config(_i);
    (void)stores_open(_i, DOOR_OFFICE);
    config.door = DOOR_OFFICE;
    config.prepare = true;
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    for (int64_t id = 1; id <= 3; id++) {
        struct trip t = {.in = smallest(id)};
        ck_assert_well(store_tx(db, arena, writing, go_and_return, &t));
        ck_assert(t.found);
        db_drop_connection(db); /* names die with it */
    }
}
END_TEST

START_TEST(a_reader_may_not_run_a_writing_statement)
{
    struct trip t = {.in = smallest(1)};
    const struct tx_how reading = {.audience = AUDIENCE_STAFF, .tenant = 7};
    (void)store_tx(stores_open(0, DOOR_OFFICE), arena, reading, go_and_return, &t);
}
END_TEST

static void keep_number(struct tx *tx, const struct tx_row *row, void *arg)
{
    (void)tx;
    *(int64_t *)arg = tx_row_int(row, 0);
}

/* As many pages as there are, and no more: SQLite's own way of a full disk. */
static const struct err *fill_disk(struct tx *tx, void *arg)
{
    static const struct statement_value pages = {"pages", VALUE_INT, false};
    const struct statement s = {.name = "max_page_count",
        .audience = AUDIENCE_STAFF,
        .sqlite = "PRAGMA max_page_count=1",
        .out = &pages,
        .out_count = 1};
    return tx_run(tx, &s, NULL, keep_number, arg, NULL);
}

START_TEST(a_full_disk_is_told_in_plain_words_and_nothing_is_kept)
{
    struct db *db = stores_open(0, DOOR_OFFICE);
    int64_t pages = 0;
    ck_assert_well(store_tx(db, arena, writing, fill_disk, &pages));
    ck_assert_int_gt(pages, 1);
    struct trip t = {.in = smallest(1)};
    char *big = arena_alloc(arena, 100000);
    memset(big, 'x', 100000);
    t.in.title = str_make(big, 100000);
    const struct err *e = store_tx(db, arena, writing, go_and_return, &t);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_str_is(e->words, "磁盘空间不足，没有保存，请联系管理员");
    int64_t rows = 9;
    const struct tx_how reading = {.audience = AUDIENCE_SYSTEM};
    ck_assert_well(store_tx(db, arena, reading, count_docs, &rows));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(every_statement_is_understood)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    for (size_t i = 0; i < try_statements.n; i++) {
        ck_assert_well(db_prepare_check(arena, db, &try_statements.v[i]));
    }
    struct statement wrong = try_statements.v[0];
    wrong.sqlite = wrong.postgres = "SELECT nonsense FROM doc";
    ck_assert_ptr_nonnull(db_prepare_check(arena, db, &wrong));
    wrong = try_statements.v[1];
    wrong.out_count--;
    ck_assert_ptr_nonnull(db_prepare_check(arena, db, &wrong));
    ck_assert_well(db_prepare_check(arena, db, &try_statements.v[1]));
}
END_TEST

void check_cases(TCase *tc)
{
    int n = stores_count();
    tcase_add_loop_test(tc, all_values_come_back, 0, n);
    tcase_add_loop_test(tc, absent_values_come_back_absent, 0, n);
    tcase_add_loop_test(tc, no_row_is_not_an_error, 0, n);
    tcase_add_loop_test(tc, text_that_engines_take_differently_is_refused, 0, n);
    tcase_add_loop_test(tc, a_taken_key_is_a_conflict, 0, n);
    tcase_add_loop_test(tc, a_value_that_does_not_fit_is_a_fault_without_the_value, 0, n);
    tcase_add_loop_test(tc, the_first_error_sticks_and_nothing_is_kept, 0, n);
    tcase_add_loop_test(tc, the_works_own_no_rolls_back, 0, n);
    tcase_add_loop_test(tc, colons_inside_strings_are_text, 0, n);
    tcase_add_loop_test(tc, named_prepared_statements_give_the_same, 0, n);
    tcase_add_test(tc, a_full_disk_is_told_in_plain_words_and_nothing_is_kept);
    tcase_add_loop_test(tc, every_statement_is_understood, 0, n);
    tcase_add_test_raise_signal(tc, a_reader_may_not_run_a_writing_statement, SIGABRT);
}
