/* backup_test.c: a copy of a running store is whole, and a broken store is found out. */
#include "base/ban.h"
#include "base/file.h"
#include "stores.h"
#include "try_sql.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct err *add_doc(struct tx *tx, void *arg)
{
    const struct q_doc_add_in in = {.id = *(int64_t *)arg,
        .title = S("题"),
        .cat = S("a"),
        .yr = 2018,
        .formed_on = DATE_NONE,
        .created = INSTANT_NONE,
        .fee = INT_NONE};
    return q_doc_add(tx, &in);
}

static const struct err *count_docs(struct tx *tx, void *arg)
{
    bool found = false;
    struct q_doc_count_row row;
    TRY(q_doc_count(tx, &row, &found));
    *(int64_t *)arg = row.rows;
    return NULL;
}

static const struct tx_how writing = {.audience = AUDIENCE_STAFF, .tenant = 1, .write = true};
static const struct tx_how reading = {.audience = AUDIENCE_SYSTEM};

START_TEST(a_copy_holds_what_was_committed)
{
    struct db *db = stores_open(0, DOOR_OFFICE);
    for (int64_t id = 1; id <= 50; id++) {
        ck_assert_well(store_tx(db, arena, writing, add_doc, &id));
    }
    char to[200];
    (void)snprintf(to, sizeof to, "%s/copy.db", check_dir());
    ck_assert_well(db_backup(arena, db, to));
    struct stat st;
    ck_assert_int_eq(stat(to, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    int64_t more = 51;
    ck_assert_well(store_tx(db, arena, writing, add_doc, &more));

    struct db_config config = {.kind = STORE_SQLITE, .path = str_from(to), .door = DOOR_OFFICE};
    struct db *copy = NULL;
    ck_assert_well(db_open(arena, &config, &copy));
    int64_t rows = 0;
    ck_assert_well(store_tx(copy, arena, reading, count_docs, &rows));
    ck_assert_int_eq(rows, 50);
    ck_assert_well(db_integrity(arena, copy));
}
END_TEST

START_TEST(a_copy_that_cannot_be_written_is_a_fault)
{
    struct db *db = stores_open(0, DOOR_OFFICE);
    const struct err *e = db_backup(arena, db, "/tmp/gongkai-no-such-folder/copy.db");
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
}
END_TEST

START_TEST(postgres_answers_with_advice)
{
    const struct err *e = db_backup(arena, stores_open(1, DOOR_OFFICE), "/tmp/x");
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_INVALID);
    ck_assert(str_has(e->words, S("pg_dump")));
}
END_TEST

START_TEST(a_damaged_file_is_found_out)
{
    struct db *db = stores_open(0, DOOR_OFFICE);
    for (int64_t id = 1; id <= 500; id++) {
        ck_assert_well(store_tx(db, arena, writing, add_doc, &id));
    }
    ck_assert_well(db_integrity(arena, db));
    db_drop_connection(db);
    const char *path = str_z(arena, stores_config(0).path);
    int fd = file_open(path, O_WRONLY, 0);
    ck_assert_int_ge(fd, 0);
    struct stat st;
    ck_assert_int_eq(fstat(fd, &st), 0);
    char junk[4096];
    memset(junk, 0x5a, sizeof junk);
    for (off_t at = 4096; at + 4096 <= st.st_size; at += 8192) {
        ck_assert_int_eq(pwrite(fd, junk, sizeof junk, at), (ssize_t)sizeof junk);
    }
    (void)close(fd);
    const struct err *e = db_integrity(arena, db);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_copy_holds_what_was_committed);
    tcase_add_test(tc, a_copy_that_cannot_be_written_is_a_fault);
    tcase_add_test(tc, a_damaged_file_is_found_out);
    if (stores_count() == 2) {
        tcase_add_test(tc, postgres_answers_with_advice);
    }
}
