/* stores.c: makes the stores of the tests. */
#include "stores.h"

#include "base/clock.h"
#include "try_sql.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[200];
static char database[64];
static char dsn[400];
static char public_dsn[400];
static bool is_made[2];

int stores_count(void)
{
    static bool is_told;
    const char *where = getenv("GONGKAI_TEST_PG");
    if (where != NULL && where[0] != '\0') {
        return 2;
    }
    if (!is_told) {
        (void)fputs(
            "SKIPPED: PostgreSQL half of this test: run it under tests/with-postgres\n", stderr);
        is_told = true;
    }
    return 1;
}

static void run_owner(const char *where, const char *sql)
{
    PGconn *c = PQconnectdb(where);
    ck_assert_msg(PQstatus(c) == CONNECTION_OK, "%s", PQerrorMessage(c));
    PGresult *r = PQexec(c, sql);
    ck_assert_msg(PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK,
        "%s", PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
}

void stores_pg_owner(const char *sql)
{
    run_owner(dsn, sql);
}

const char *stores_pg_role(void)
{
    return database;
}

static void drop_database(void *arg)
{
    (void)arg;
    char sql[200];
    (void)snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", database);
    run_owner(getenv("GONGKAI_TEST_PG"), sql);
    (void)snprintf(sql, sizeof sql, "DROP ROLE IF EXISTS %s", database);
    run_owner(getenv("GONGKAI_TEST_PG"), sql);
}

static void make_database(void)
{
    const char *where = getenv("GONGKAI_TEST_PG");
    (void)snprintf(database, sizeof database, "t_%d_%lld", (int)getpid(),
        (long long)clock_mono_us() % 1000000);
    char sql[200];
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE template0", database);
    run_owner(where, sql);
    (void)snprintf(sql, sizeof sql, "CREATE ROLE %s LOGIN", database);
    run_owner(where, sql);
    arena_defer(arena, drop_database, NULL);
    (void)snprintf(dsn, sizeof dsn, "%s dbname=%s", where, database);
    (void)snprintf(
        public_dsn, sizeof public_dsn, "%s dbname=%s user=%s", where, database, database);
}

struct db_config stores_config(int engine)
{
    if (!is_made[engine]) {
        is_made[engine] = true;
        if (engine == 1) {
            make_database();
        } else {
            (void)snprintf(path, sizeof path, "%s/store.db", check_dir());
        }
    }
    return (struct db_config){.kind = engine == 1 ? STORE_POSTGRES : STORE_SQLITE,
        .path = str_from(path),
        .dsn = str_from(dsn),
        .public_dsn = str_from(public_dsn)};
}

struct db *stores_open_in(struct arena *into, int engine, enum door door)
{
    static bool is_migrated[2];
    struct db_config config = stores_config(engine);
    struct db *db = NULL;
    if (!is_migrated[engine]) {
        config.door = DOOR_OFFICE;
        ck_assert_well(db_open(arena, &config, &db));
        ck_assert_well(db_migrate(arena, db, try_migrations, 1));
        is_migrated[engine] = true;
    }
    config.door = door;
    ck_assert_well(db_open(into, &config, &db));
    return db;
}

struct db *stores_open(int engine, enum door door)
{
    return stores_open_in(arena, engine, door);
}
