/*
 * tx.h: transactions, and the floor the generated statements stand on.
 *
 * Everything that reads or writes runs inside store_tx(): it opens the transaction, runs fn, commits, and repeats fn on busy,
 * serialization failures and lost connections within the budget. fn may therefore run several times and does SQL and pure
 * computation only: no mail, file or HTTP. The first error marks the transaction failed and every later call returns it.
 */
#ifndef GK_STORE_TX_H
#define GK_STORE_TX_H

#include "base/date.h"
#include "store/db.h"

struct tx {
    struct arena *arena;   /* rows and errors of this work */
    struct db *db;
    int64_t tenant;        /* bound to :tenant of every statement */
    enum audience audience;
    bool writes;
    const struct err *failed; /* first error; sticky */
};

typedef const struct err *tx_fn(struct tx *tx, void *arg);

struct tx_how {
    enum audience audience;
    int64_t tenant;
    bool write;            /* SQLite: BEGIN IMMEDIATE; PostgreSQL: READ COMMITTED read-write. else a read snapshot */
    int budget_ms;         /* 0: 3000, a person's request */
    /* After a lost answer to COMMIT: was it done? Asked on a new connection; NULL: the caller gets ERR_BUSY instead of a
     * blind second try. Sets *done. */
    tx_fn *ask_done;
    bool *done;
};

const struct err *store_tx(struct db *db, struct arena *into, struct tx_how how, tx_fn *fn, void *arg);

/* Tests of lost connections: called with "begin", "begun", "commit", "sent" (PostgreSQL: COMMIT has left, no answer yet) and
 * "committed" before and after each step; closing the connection inside is the point. NULL: none. */
extern void (*store_fault_hook)(struct db *db, const char *where);
void db_drop_connection(struct db *db); /* as if the network were cut */
/* Tests of what is asked: called with every statement before it runs. NULL: none. */
extern void (*store_trace_hook)(const struct statement *s);

/* Values. Text nullable: empty is NULL. Day, instant: *_NONE is NULL. Id: 0 is NULL. INT_NONE is NULL. */
#define INT_NONE INT64_MIN

struct tx_value {
    enum value_type type;
    bool nullable;
    int64_t integer;   /* id, int, yesno, money, instant.ms */
    struct str text;   /* text, blob */
    struct date day;
};

/* For generated code only. cell callbacks get the row's values decoded and checked against out[]. */
struct tx_row;
int64_t tx_row_int(const struct tx_row *row, int column);
struct str tx_row_text(const struct tx_row *row, int column); /* copied into tx->arena */
struct date tx_row_day(const struct tx_row *row, int column);
struct instant tx_row_instant(const struct tx_row *row, int column);
bool tx_row_yesno(const struct tx_row *row, int column);

typedef void tx_row_fn(struct tx *tx, const struct tx_row *row, void *arg);
/* Binds in[0..s->in_count), runs, calls each row; *changed (may be NULL) gets the rows written. Asserts audience and tenant:
 * a PUBLIC tx runs only PUBLIC statements, a write needs a writing tx. */
const struct err *tx_run(struct tx *tx, const struct statement *s, const struct tx_value *in, tx_row_fn *each, void *arg, int64_t *changed);

/* Marks the transaction failed with an error of the caller's and returns it: it will be rolled back. */
const struct err *tx_fail(struct tx *tx, const struct err *e);

#endif
