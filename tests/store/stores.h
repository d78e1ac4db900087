/*
 * stores.h: one empty store a case, on the engine of the loop: 0 is SQLite, 1 is PostgreSQL when
 * GONGKAI_TEST_PG says where.
 *
 *     tcase_add_loop_test(tc, rows_come_back, 0, stores_count());
 */
#ifndef GK_TESTS_STORES_H
#define GK_TESTS_STORES_H

#include "check_main.h"
#include "store/db.h"
#include "store/tx.h"

/* 2 with PostgreSQL, else 1 and a loud line. */
int stores_count(void);
/* Where the store of this case is; made at the first call of the case. The structure may be changed
 * before opening. */
struct db_config stores_config(int engine);
/* Opens one more connection through a door; the schema of the tests is there. */
struct db *stores_open(int engine, enum door door);
/* For threads: an arena of their own. */
struct db *stores_open_in(struct arena *into, int engine, enum door door);
/* Runs SQL as the owner of the PostgreSQL server, in the database of this case. */
void stores_pg_owner(const char *sql);
/* The public role of this case on PostgreSQL. */
const char *stores_pg_role(void);

#endif
