/*
 * db.h: connections. One struct db is one connection, used by one thread at a time. A worker owns its connections.
 */
#ifndef GK_STORE_DB_H
#define GK_STORE_DB_H

#include "base/err.h"
#include "store/statement.h"

enum store_kind { STORE_SQLITE, STORE_POSTGRES };
enum door { DOOR_PUBLIC, DOOR_OFFICE };

struct db_config {
    enum store_kind kind;
    struct str path;        /* SQLite: file */
    struct str dsn;         /* PostgreSQL: libpq connection string of the owner */
    struct str public_dsn;  /* PostgreSQL: of the role that may only SELECT on pub_*; empty: dsn with read-only transactions */
    enum door door;
    bool prepare;           /* PostgreSQL: named prepared statements (off for poolers in transaction mode) */
};

struct db;

/* Opens lazily: a store that is away is an ERR_BUSY at the first use, not here. into holds the struct; arena_defer closes it.
 * SQLite: WAL, synchronous=FULL, foreign_keys, case_sensitive_like, busy timeout; the public door opens read-only and its
 * authorizer lets a statement read tables only through views named pub_*. */
const struct err *db_open(struct arena *into, const struct db_config *config, struct db **out);
enum store_kind db_kind(const struct db *db);

/* Is it there? For health checks. */
const struct err *db_ping(struct arena *into, struct db *db);

/* Applies what is missing, in order; refuses a store with a step this program does not know, or with another digest. */
const struct err *db_migrate(struct arena *into, struct db *db, struct migrations all, int64_t now_ms);

/* How many steps the store lacks; changes nothing. The same refusals as db_migrate. */
const struct err *db_schema_missing(struct arena *into, struct db *db, struct migrations all, size_t *missing);

/* Prepares the statement and forgets it: for the test that every statement is understood by every engine. */
const struct err *db_prepare_check(struct arena *into, struct db *db, const struct statement *s);

/* SQLite online backup / restore check; PostgreSQL answers ERR_INVALID with advice (pg_dump / base backup). */
const struct err *db_backup(struct arena *into, struct db *db, const char *to_path);
const struct err *db_integrity(struct arena *into, struct db *db); /* NULL when whole */

#endif
