/*
 * driver.h: inside the room: what an engine must be able to do, and how its errors are told apart.
 *
 * Each driver function returns true when it went well; otherwise it has put the class of the
 * failure into db->last, and store_tx() alone decides what follows from a class (storage rules,
 * section 4). Anything that differs between the engines and is not behind this table is a mistake
 * in a statement.
 */
#ifndef GK_STORE_DRIVER_H
#define GK_STORE_DRIVER_H

#include "store/tx.h"

enum outcome {
    OUTCOME_OK,
    OUTCOME_RETRY,     /* busy, serialization, deadlock: again on the same connection */
    OUTCOME_RECONNECT, /* connection gone, COMMIT not yet sent: again on a new one */
    OUTCOME_UNKNOWN,   /* connection gone after COMMIT was sent: ask */
    OUTCOME_CONFLICT,  /* a unique key */
    OUTCOME_CANCELLED,
    OUTCOME_BUG,   /* the statement or its values are wrong */
    OUTCOME_FATAL, /* disk, file */
};

enum { FAILURE_TEXT_BYTES = 300, CACHE_SLOTS = 1024 };

struct failure {
    enum outcome outcome;
    bool disk_full;
    char code[16];                 /* SQLSTATE or SQLite's number */
    char text[FAILURE_TEXT_BYTES]; /* without values: these may be personal data */
    const char *statement;
};

/* A statement this connection has prepared. */
struct cache_slot {
    const struct statement *key;
    void *handle; /* SQLite: the prepared statement */
};

struct driver;

struct db {
    const struct driver *driver;
    enum store_kind kind;
    enum door door;
    bool prepare;
    const char *path;
    const char *dsn;
    const char *public_dsn;

    struct sqlite3 *sqlite;
    struct pg_conn *pg;
    bool warned; /* PostgreSQL sent a WARNING since the last look */

    bool in_tx;
    bool writes;  /* the running transaction may write */
    bool running; /* a statement is giving rows */
    struct failure last;
    struct cache_slot cache[CACHE_SLOTS];
};

/* One column of a row, decoded and checked against what the statement promises. */
struct cell {
    bool is_null;
    int64_t integer;
    struct str text; /* lives until the next row */
    struct date day;
};

struct tx_row {
    struct tx *tx;
    const struct statement *s;
    const struct cell *cells;
};

struct driver {
    bool (*connect)(struct db *db);
    bool (*connected)(const struct db *db);
    void (*disconnect)(struct db *db);
    void (*cut)(struct db *db); /* as if the network were cut */
    bool (*begin)(struct db *db);
    bool (*commit)(struct db *db);
    void (*rollback)(struct db *db); /* closes the connection when even that fails */
    bool (*run)(struct tx *tx, const struct statement *s, const struct tx_value *in,
        tx_row_fn *each, void *arg, int64_t *changed);
    bool (*exec)(struct db *db, const char *sql); /* texts of this room only: schema, health */
    bool (*check)(struct arena *into, struct db *db, const struct statement *s);
    const char *hello; /* reads something small that is always there */
};

extern const struct driver driver_sqlite;
extern const struct driver driver_postgres;

/* Notes the failure; always false. The text must not hold values. */
bool db_failed(struct db *db, enum outcome outcome, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The failure as an error for the caller. */
const struct err *db_error(struct arena *into, const struct db *db);

/* The slot of s, empty (key NULL) when not prepared yet; NULL when the table is full. */
struct cache_slot *cache_find(struct db *db, const struct statement *s);

/* Checks the cells of one row and gives it to each; false when the transaction has failed by it. */
bool row_give(
    struct tx *tx, const struct statement *s, const struct cell *cells, tx_row_fn *each, void *arg);

/* db_ping() with patience. */
const struct err *db_hello(struct arena *into, struct db *db, int budget_ms);

/* Calls the hook of the tests, if there is one. */
void fault_point(struct db *db, const char *where);

#endif
