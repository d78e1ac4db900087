/*
 * statements_test.c: every statement of the program, whichever room it comes from, is understood by
 * every engine and keeps the rule of the shards; pairs of dialects are counted in the open.
 */
#include "base/ban.h"
#include "base/buf.h"
#include "base/file.h"
#include "cap/list.h"
#include "stores.h"
#include "web/server.h"

#include <stdio.h>

static struct db *whole_store(int engine)
{
    web_register();
    registry_set(capability_list());
    struct db_config config = stores_config(engine);
    config.door = DOOR_OFFICE;
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    ck_assert_well(db_migrate(arena, db, registry_migrations(arena), 1));
    return db;
}

START_TEST(every_statement_of_the_program_is_understood)
{
    struct db *db = whole_store(_i);
    struct statements all = registry_statements(arena);
    ck_assert_uint_gt(all.n, 100);
    int refused = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct err *e = db_prepare_check(arena, db, &all.v[i]);
        if (e != NULL) {
            (void)fprintf(stderr, "%.*s\n", STR_ARG(e->facts));
            refused++;
        }
    }
    ck_assert_int_eq(refused, 0);
}
END_TEST

START_TEST(public_statements_pass_the_public_door)
{
    (void)whole_store(_i);
    struct db_config config = stores_config(_i);
    config.door = DOOR_PUBLIC;
    struct db *db = NULL;
    ck_assert_well(db_open(arena, &config, &db));
    struct statements all = registry_statements(arena);
    int seen = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].audience == AUDIENCE_PUBLIC) {
            ck_assert_well(db_prepare_check(arena, db, &all.v[i]));
            seen++;
        }
    }
    ck_assert_int_gt(seen, 0);
}
END_TEST

/* The sharded rule: one tenant, one shard, unless the statement says that and why it goes across.
 */
START_TEST(every_statement_names_its_tenant_or_says_that_it_crosses)
{
    (void)whole_store(0);
    struct statements all = registry_statements(arena);
    for (size_t i = 0; i < all.n; i++) {
        const struct statement *s = &all.v[i];
        bool names_tenant = s->in_count > 0 && strcmp(s->in[0].name, "tenant") == 0;
        ck_assert_msg(names_tenant || s->crosses_tenants, "%s", s->name);
        ck_assert_msg(!names_tenant || strstr(s->postgres, "$1") != NULL, "%s", s->name);
    }
}
END_TEST

START_TEST(pairs_of_dialects_are_the_ones_we_know)
{
    (void)whole_store(0);
    struct statements all = registry_statements(arena);
    struct buf found = buf_make(arena, 65536);
    int pairs = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].dialect_pair) {
            buf_format(&found, "%s\n", all.v[i].name);
            pairs++;
        }
    }
    buf_format(&found, "%d pairs\n", pairs);
    const char *source = getenv("GONGKAI_SOURCE");
    ck_assert_ptr_nonnull(source);
    struct str known;
    ck_assert_well(file_read(arena,
        str_z(arena, str_format(arena, "%s/tests/golden/pairs.txt", source)), 65536, &known));
    ck_assert_msg(str_eq(buf_str(&found), known), "%.*s", STR_ARG(buf_str(&found)));
}
END_TEST

void check_cases(TCase *tc)
{
    int n = stores_count();
    tcase_add_loop_test(tc, every_statement_of_the_program_is_understood, 0, n);
    tcase_add_loop_test(tc, public_statements_pass_the_public_door, 0, n);
    tcase_add_test(tc, every_statement_names_its_tenant_or_says_that_it_crosses);
    tcase_add_test(tc, pairs_of_dialects_are_the_ones_we_know);
}
