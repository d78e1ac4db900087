/* migrate_test.c: the schema goes forward, once, and never over something it does not know. */
#include "base/ban.h"
#include "stores.h"
#include "try_sql.h"

#include <pthread.h>
#include <stdio.h>

static struct db *empty_store(struct arena *into, int engine)
{
    struct db_config config = stores_config(engine);
    config.door = DOOR_OFFICE;
    config.public_dsn = STR_NONE;
    struct db *db = NULL;
    ck_assert_well(db_open(into, &config, &db));
    return db;
}

static struct migrations first_step(void)
{
    return (struct migrations){try_migrations.v, 1};
}

static const struct err *count_docs(struct tx *tx, void *arg)
{
    bool found = false;
    struct q_doc_count_row row = {0};
    (void)arg;
    return q_doc_count(tx, &row, &found);
}

static const struct tx_how reading = {.audience = AUDIENCE_SYSTEM};

START_TEST(steps_are_applied_once_and_later_ones_follow)
{
    struct db *db = empty_store(arena, _i);
    ck_assert_well(db_migrate(arena, db, first_step(), 1));
    ck_assert_well(store_tx(db, arena, reading, count_docs, NULL));
    ck_assert_well(db_migrate(arena, db, try_migrations, 2));
    ck_assert_well(db_migrate(arena, db, try_migrations, 3));
    ck_assert_well(db_prepare_check(arena, db, &try_statements.v[0]));
}
END_TEST

START_TEST(an_older_program_is_refused)
{
    struct db *db = empty_store(arena, _i);
    ck_assert_well(db_migrate(arena, db, try_migrations, 1));
    const struct err *e = db_migrate(arena, db, first_step(), 2);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_CONFLICT);
    ck_assert(str_has(e->words, S("try/0002_more")));
}
END_TEST

START_TEST(a_changed_step_is_refused)
{
    struct db *db = empty_store(arena, _i);
    ck_assert_well(db_migrate(arena, db, try_migrations, 1));
    struct migration changed[2] = {try_migrations.v[0], try_migrations.v[1]};
    changed[0].digest = "0000000000000000000000000000000000000000000000000000000000000000";
    const struct err *e = db_migrate(arena, db, (struct migrations){changed, 2}, 2);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_CONFLICT);
    ck_assert(str_has(e->words, S("try/0001_try")));
}
END_TEST

START_TEST(a_step_that_fails_leaves_nothing_behind)
{
    struct db *db = empty_store(arena, _i);
    ck_assert_well(db_migrate(arena, db, first_step(), 1));
    static const char broken[] = "CREATE TABLE half (x INTEGER); CREATE TABLE half (x INTEGER);";
    struct migration steps[2] = {try_migrations.v[0],
        {.name = "try/0009_broken", .sqlite = broken, .postgres = broken, .digest = "d"}};
    const struct err *e = db_migrate(arena, db, (struct migrations){steps, 2}, 2);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    /* neither the table nor the memory of the step */
    static const char whole[] = "CREATE TABLE half (x INTEGER);";
    steps[1].sqlite = steps[1].postgres = whole;
    ck_assert_well(db_migrate(arena, db, (struct migrations){steps, 2}, 3));
}
END_TEST

enum { PROGRAMS = 4 };

struct program {
    int engine;
    char words[200];
};

static void *start(void *arg)
{
    struct program *p = arg;
    struct arena *own = arena_open((size_t)8 * 1024 * 1024);
    struct db *db = empty_store(own, p->engine);
    const struct err *e = db_migrate(own, db, try_migrations, 1);
    if (e != NULL) {
        (void)snprintf(
            p->words, sizeof p->words, "%.*s: %.*s", STR_ARG(e->words), STR_ARG(e->facts));
    }
    arena_close(own);
    return NULL;
}

START_TEST(programs_that_start_at_once_take_turns)
{
    (void)stores_config(_i);
    struct program programs[PROGRAMS];
    pthread_t threads[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
        programs[i] = (struct program){.engine = _i};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, start, &programs[i]), 0);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        ck_assert_msg(programs[i].words[0] == '\0', "%s", programs[i].words);
    }
    ck_assert_well(store_tx(empty_store(arena, _i), arena, reading, count_docs, NULL));
}
END_TEST

void check_cases(TCase *tc)
{
    int n = stores_count();
    tcase_add_loop_test(tc, steps_are_applied_once_and_later_ones_follow, 0, n);
    tcase_add_loop_test(tc, an_older_program_is_refused, 0, n);
    tcase_add_loop_test(tc, a_changed_step_is_refused, 0, n);
    tcase_add_loop_test(tc, a_step_that_fails_leaves_nothing_behind, 0, n);
    tcase_add_loop_test(tc, programs_that_start_at_once_take_turns, 0, n);
}
