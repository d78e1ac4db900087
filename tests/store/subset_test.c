/*
 * subset_test.c: the subset of the storage rules means the same to every engine.
 *
 * The expected rows are written once; each engine is held to them, statement by statement, in one
 * growing store.
 */
#include "base/ban.h"
#include "base/buf.h"
#include "stores.h"
#include "subset_sql.h"

static const struct {
    const char *statement;
    const char *rows; /* columns by |, rows by ;, or the number of changed rows */
} expected[] = {
    {"subset_several_rows", "4"},
    {"subset_conflict_nothing", "0"},
    {"subset_conflict_update", "甲改|100;"},
    {"subset_update_returning", "2|5;"},
    {"subset_update_from", "2"},
    {"subset_row_comparison", "3;2;"},
    {"subset_like", "3;"},
    {"subset_like_case", "4;"},
    {"subset_scalars", "plus|100|甲改-a|甲|102|-;plus|5|乙乙-a|乙|7|-;plus|300|丙%丙-b|丙|303|2019;"
                       "minus|-400|Ding-b|D|404|2019;"},
    {"subset_aggregates", "a|2|105|5|100|2;b|2|-100|-400|300|0;"},
    {"subset_with", "1;2;3;4;"},
    {"subset_window", "1|2;2|1;3|2;4|1;"},
    {"subset_exists", "2;"},
    {"subset_outer",
        "1|公告; -- 不是注释 :not_a_parameter;2|公告; -- 不是注释 :not_a_parameter;3|-;4|-;"},
    {"subset_nulls_last", "2|2;1|1;3|1;4|-;"},
    {"subset_byte_order", "Ding;丙%丙;乙乙;甲改;"},
    {"subset_delete_returning", "2|2018-08-01;"},
};

enum { ROWS = sizeof expected / sizeof expected[0] };

static void print_cell(
    struct buf *b, const struct statement_value *column, const struct tx_row *row, int i)
{
    struct str text = STR_NONE;
    switch (column->type) {
    case VALUE_TEXT:
    case VALUE_BLOB:
        text = tx_row_text(row, i);
        break;
    case VALUE_DAY:
        text = date_iso(b->arena, tx_row_day(row, i));
        break;
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_MONEY:
    case VALUE_YESNO:
        if (tx_row_int(row, i) != INT_NONE) {
            text = str_from_int(b->arena, tx_row_int(row, i));
        }
        break;
    }
    buf_add(b, text.n > 0 ? text : S("-"));
}

struct printing {
    const struct statement *s;
    struct buf text;
};

static void print_row(struct tx *tx, const struct tx_row *row, void *arg)
{
    (void)tx;
    struct printing *p = arg;
    for (int i = 0; i < p->s->out_count; i++) {
        if (i > 0) {
            buf_add_byte(&p->text, '|');
        }
        print_cell(&p->text, &p->s->out[i], row, i);
    }
    buf_add_byte(&p->text, ';');
}

static const struct err *run_one(struct tx *tx, void *arg)
{
    struct printing *p = arg;
    const struct tx_value tenant = {.type = VALUE_ID, .integer = tx->tenant};
    int64_t changed = 0;
    p->text = buf_make(tx->arena, 4096);
    TRY(tx_run(tx, p->s, &tenant, print_row, p, &changed));
    if (p->s->out_count == 0) {
        buf_add_int(&p->text, changed);
    }
    return NULL;
}

START_TEST(each_statement_gives_the_expected_rows)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    ck_assert_uint_eq(subset_statements.n, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        struct printing p = {.s = &subset_statements.v[i]};
        ck_assert_str_eq(p.s->name, expected[i].statement);
        ck_assert_int_eq(p.s->in_count, 1);
        ck_assert_well(db_prepare_check(arena, db, p.s));
        const struct tx_how how = {.audience = AUDIENCE_STAFF, .tenant = 9, .write = p.s->writes};
        ck_assert_well(store_tx(db, arena, how, run_one, &p));
        ck_assert_msg(str_eq(buf_str(&p.text), str_from(expected[i].rows)), "%s gives %.*s",
            p.s->name, STR_ARG(buf_str(&p.text)));
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, each_statement_gives_the_expected_rows, 0, stores_count());
}
