/*
 * driver_sqlite.c: one file, WAL, every commit on the disk.
 *
 * The public door opens read-only and has an authorizer besides: a statement reads a table only
 * while SQLite is inside a view named pub_…, so even a statement that should not exist shows
 * nothing that is not public.
 */
#include "store/driver.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>

#include "base/ban.h"

/* Short: the waiting is done by store_tx, with jitter. */
enum { BUSY_MS = 25 };

static enum outcome classify(int rc, const struct db *db)
{
    if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
        rc == SQLITE_CONSTRAINT_ROWID) {
        return OUTCOME_CONFLICT;
    }
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_SCHEMA:
        return OUTCOME_RETRY;
    case SQLITE_CANTOPEN:
        return OUTCOME_RECONNECT;
    case SQLITE_INTERRUPT:
        return OUTCOME_CANCELLED;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
        return OUTCOME_FATAL;
    case SQLITE_READONLY:
        return db->door == DOOR_PUBLIC || !db->writes ? OUTCOME_BUG : OUTCOME_FATAL;
    default:
        return OUTCOME_BUG;
    }
}

static bool failed(struct db *db, int rc)
{
    char code[16];
    (void)snprintf(code, sizeof code, "%d", rc);
    bool no_room =
        (rc & 0xff) == SQLITE_FULL || ((rc & 0xff) == SQLITE_IOERR && db->sqlite != NULL &&
                                          sqlite3_system_errno(db->sqlite) == ENOSPC);
    (void)db_failed(db, classify(rc, db), code, "%s",
        db->sqlite != NULL ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(rc));
    db->last.disk_full = no_room;
    return false;
}

static bool is_open(struct db *db)
{
    return db->sqlite != NULL ||
           db_failed(db, OUTCOME_RECONNECT, "-", "the connection was dropped");
}

static bool sqlite_exec(struct db *db, const char *sql)
{
    if (!is_open(db)) {
        return false;
    }
    int rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || failed(db, rc);
}

static bool is_public(const char *name)
{
    static const char prefix[] = "pub_";
    return name != NULL && strncmp(name, prefix, sizeof prefix - 1) == 0;
}

static bool is_schema(const char *name)
{
    return name != NULL &&
           (strcmp(name, "sqlite_master") == 0 || strcmp(name, "sqlite_schema") == 0);
}

/* The public door. inside: the innermost view the access comes from. */
static int authorize(void *arg, int action, const char *what, const char *column, const char *file,
    const char *inside)
{
    (void)arg;
    (void)column;
    (void)file;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return column != NULL && strcmp(column, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_READ:
        return is_public(what) || is_public(inside) || is_schema(what) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int note_mode(void *arg, int n, char **values, char **names)
{
    (void)names;
    *(bool *)arg = n == 1 && values[0] != NULL && strcmp(values[0], "wal") == 0;
    return 0;
}

/* A file system without shared memory (a network share) says no by answering with another mode. */
static bool use_wal(struct db *db)
{
    bool is_wal = false;
    int rc = sqlite3_exec(db->sqlite, "PRAGMA journal_mode=WAL", note_mode, &is_wal, NULL);
    if (rc != SQLITE_OK) {
        return failed(db, rc);
    }
    return is_wal || db_failed(db, OUTCOME_FATAL, "wal", "the file system does not carry WAL");
}

static bool harden(struct db *db)
{
    (void)sqlite3_extended_result_codes(db->sqlite, 1);
    (void)sqlite3_busy_timeout(db->sqlite, BUSY_MS);
    (void)sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (!sqlite_exec(db, "PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON;"
                         "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL")) {
        return false;
    }
    if (db->door == DOOR_PUBLIC) {
        if (!sqlite_exec(db, "PRAGMA query_only=ON")) {
            return false;
        }
        int rc = sqlite3_set_authorizer(db->sqlite, authorize, NULL);
        return rc == SQLITE_OK || failed(db, rc);
    }
    return use_wal(db);
}

static void sqlite_disconnect(struct db *db)
{
    for (size_t i = 0; i < CACHE_SLOTS; i++) {
        (void)sqlite3_finalize(db->cache[i].handle);
        db->cache[i] = (struct cache_slot){0};
    }
    if (db->sqlite != NULL) {
        int rc = sqlite3_close(db->sqlite);
        must(rc == SQLITE_OK); /* else a statement leaked */
        db->sqlite = NULL;
    }
}

static bool sqlite_connect(struct db *db)
{
    int flags =
        db->door == DOOR_PUBLIC ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(
        db->path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc != SQLITE_OK) {
        (void)failed(db, rc);
    } else if (harden(db)) {
        return true;
    }
    sqlite_disconnect(db);
    return false;
}

static bool sqlite_connected(const struct db *db)
{
    return db->sqlite != NULL;
}

static bool sqlite_begin(struct db *db)
{
    return sqlite_exec(db, db->writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

static bool sqlite_commit(struct db *db)
{
    return sqlite_exec(db, "COMMIT");
}

static void sqlite_rollback(struct db *db)
{
    if (db->sqlite != NULL && sqlite3_get_autocommit(db->sqlite) == 0 &&
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK) {
        sqlite_disconnect(db);
    }
}

static bool bind_one(
    struct db *db, sqlite3_stmt *stmt, int i, const struct tx_value *v, struct arena *into)
{
    int rc = SQLITE_OK;
    bool none = v->nullable && v->integer == 0 && v->type == VALUE_ID;
    switch (v->type) {
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_YESNO:
    case VALUE_MONEY:
        none = none || v->integer == INT_NONE;
        rc = none ? sqlite3_bind_null(stmt, i) : sqlite3_bind_int64(stmt, i, v->integer);
        break;
    case VALUE_TEXT:
        rc = v->nullable && v->text.n == 0
                 ? sqlite3_bind_null(stmt, i)
                 : sqlite3_bind_text64(stmt, i, v->text.n > 0 ? v->text.p : "", v->text.n,
                       SQLITE_STATIC, SQLITE_UTF8);
        break;
    case VALUE_BLOB:
        rc = v->nullable && v->text.n == 0
                 ? sqlite3_bind_null(stmt, i)
                 : sqlite3_bind_blob64(
                       stmt, i, v->text.n > 0 ? v->text.p : "", v->text.n, SQLITE_STATIC);
        break;
    case VALUE_DAY: {
        struct str day = date_iso(into, v->day);
        rc = day.n == 0 ? sqlite3_bind_null(stmt, i)
                        : sqlite3_bind_text64(stmt, i, day.p, day.n, SQLITE_STATIC, SQLITE_UTF8);
        break;
    }
    }
    return rc == SQLITE_OK || failed(db, rc);
}

/* An engine's type where another was promised: the row cannot be trusted. */
static bool read_cell(
    struct db *db, sqlite3_stmt *stmt, int i, const struct statement_value *want, struct cell *c)
{
    *c = (struct cell){0};
    int type = sqlite3_column_type(stmt, i);
    if (type == SQLITE_NULL) {
        c->is_null = true;
        return true;
    }
    bool fits = false;
    switch (want->type) {
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_MONEY:
    case VALUE_YESNO:
        c->integer = sqlite3_column_int64(stmt, i);
        fits = type == SQLITE_INTEGER &&
               (want->type != VALUE_YESNO || c->integer == 0 || c->integer == 1);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
    case VALUE_DAY: {
        const char *p = sqlite3_column_blob(stmt, i);
        c->text = str_make(p, (size_t)sqlite3_column_bytes(stmt, i));
        fits = type == (want->type == VALUE_BLOB ? SQLITE_BLOB : SQLITE_TEXT) &&
               (want->type != VALUE_DAY || date_parse_iso(c->text, &c->day));
        break;
    }
    }
    return fits || db_failed(db, OUTCOME_BUG, "type", "%s is not of its type", want->name);
}

static bool give_row(struct tx *tx, const struct statement *s, sqlite3_stmt *stmt,
    struct cell *cells, tx_row_fn *each, void *arg)
{
    for (int i = 0; i < s->out_count; i++) {
        if (!read_cell(tx->db, stmt, i, &s->out[i], &cells[i])) {
            return false;
        }
    }
    return row_give(tx, s, cells, each, arg);
}

static bool prepare(struct db *db, const struct statement *s, sqlite3_stmt **stmt)
{
    struct cache_slot *slot = cache_find(db, s);
    if (slot != NULL && slot->key == s) {
        *stmt = slot->handle;
        return true;
    }
    const char *tail = NULL;
    int rc = sqlite3_prepare_v3(
        db->sqlite, s->sqlite, -1, slot != NULL ? SQLITE_PREPARE_PERSISTENT : 0, stmt, &tail);
    if (rc != SQLITE_OK) {
        return failed(db, rc);
    }
    must(*tail == '\0');
    if (sqlite3_column_count(*stmt) != s->out_count ||
        sqlite3_bind_parameter_count(*stmt) != s->in_count) {
        (void)sqlite3_finalize(*stmt);
        return db_failed(db, OUTCOME_BUG, "shape", "columns or parameters differ from the promise");
    }
    if (slot != NULL) {
        *slot = (struct cache_slot){.key = s, .handle = *stmt};
    }
    return true;
}

static bool step_through(struct tx *tx, const struct statement *s, sqlite3_stmt *stmt,
    tx_row_fn *each, void *arg, int64_t *changed)
{
    struct cell *cells = arena_many(tx->arena, (size_t)s->out_count + 1, struct cell);
    for (;;) {
        int rc = sqlite3_step(stmt);
        if (rc == SQLITE_DONE) {
            *changed = s->writes ? sqlite3_changes64(tx->db->sqlite) : 0;
            return true;
        }
        if (rc != SQLITE_ROW) {
            return failed(tx->db, rc);
        }
        if (!give_row(tx, s, stmt, cells, each, arg)) {
            return false;
        }
    }
}

static bool sqlite_run(struct tx *tx, const struct statement *s, const struct tx_value *in,
    tx_row_fn *each, void *arg, int64_t *changed)
{
    sqlite3_stmt *stmt = NULL;
    if (!is_open(tx->db) || !prepare(tx->db, s, &stmt)) {
        return false;
    }
    bool well = true;
    for (int i = 0; well && i < s->in_count; i++) {
        well = bind_one(tx->db, stmt, i + 1, &in[i], tx->arena);
    }
    well = well && step_through(tx, s, stmt, each, arg, changed);
    struct cache_slot *slot = cache_find(tx->db, s);
    if (slot != NULL && slot->key == s) {
        (void)sqlite3_reset(stmt);
        (void)sqlite3_clear_bindings(stmt);
    } else {
        (void)sqlite3_finalize(stmt);
    }
    return well;
}

static bool sqlite_check(struct arena *into, struct db *db, const struct statement *s)
{
    (void)into;
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    int rc = sqlite3_prepare_v3(db->sqlite, s->sqlite, -1, 0, &stmt, &tail);
    if (rc != SQLITE_OK) {
        return failed(db, rc);
    }
    bool well = *tail == '\0' && sqlite3_column_count(stmt) == s->out_count &&
                sqlite3_bind_parameter_count(stmt) == s->in_count &&
                (sqlite3_stmt_readonly(stmt) != 0 || s->writes);
    (void)sqlite3_finalize(stmt);
    return well || db_failed(db, OUTCOME_BUG, "shape",
                       "columns, parameters or writing differ from the promise");
}

const struct driver driver_sqlite = {
    .connect = sqlite_connect,
    .connected = sqlite_connected,
    .disconnect = sqlite_disconnect,
    .cut = sqlite_disconnect,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .run = sqlite_run,
    .exec = sqlite_exec,
    .check = sqlite_check,
    .hello = "SELECT count(*) FROM sqlite_master",
};
