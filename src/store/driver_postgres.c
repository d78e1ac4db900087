/*
 * driver_postgres.c: libpq, and engines that speak its protocol.
 *
 * Parameters travel in binary with their types said (int8, text, bytea), answers come back as text
 * and are read strictly. No session state is used, so a pooler in transaction mode may stand
 * between; named prepared statements only when allowed.
 */
#include "store/driver.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/socket.h>

#include "base/ban.h"

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, NAME_BYTES = 64 };

/* The parameters of one call, as libpq wants them. */
struct params {
    Oid *types;
    const char **values;
    int *lengths;
    int *formats;
    int64_t *numbers;
};

static bool is_class(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

static bool is_any(const char *state, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (is_class(state, *list)) {
            return true;
        }
    }
    return false;
}

static enum outcome classify(const struct db *db, const char *state)
{
    static const char *const retry[] = {"40001", "40P01", "55P03", NULL};
    /* 0A000 and 26000: a prepared statement outlived its table, or its pooler's connection. */
    static const char *const reconnect[] = {
        "08", "57P01", "57P02", "57P03", "53300", "25P03", "0A000", "26000", NULL};
    static const char *const fatal[] = {"53", "58", "XX", NULL};
    if (is_any(state, retry)) {
        return OUTCOME_RETRY;
    }
    if (is_class(state, "25006")) {
        /* We asked to write and met a standby; or a reader tried to write, which is our mistake. */
        return db->writes ? OUTCOME_RECONNECT : OUTCOME_BUG;
    }
    if (is_any(state, reconnect)) {
        return OUTCOME_RECONNECT;
    }
    if (is_class(state, "23505")) {
        return OUTCOME_CONFLICT;
    }
    if (is_class(state, "57014")) {
        return OUTCOME_CANCELLED;
    }
    return is_any(state, fatal) ? OUTCOME_FATAL : OUTCOME_BUG;
}

/* Values may stand in a message of class 22 or 23: only the rule that was broken is told then. */
static const char *safe_text(const PGresult *r, const char *state)
{
    if (is_class(state, "22") || is_class(state, "23")) {
        const char *rule = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
        const char *column = PQresultErrorField(r, PG_DIAG_COLUMN_NAME);
        return rule != NULL ? rule : column != NULL ? column : "a value does not fit";
    }
    const char *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    return text != NULL ? text : "no message";
}

static bool failed(struct db *db, const PGresult *r)
{
    const char *state = r != NULL ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    if (PQstatus(db->pg) != CONNECTION_OK) {
        return db_failed(
            db, OUTCOME_RECONNECT, state != NULL ? state : "-", "the connection is gone");
    }
    if (state == NULL) {
        return db_failed(db, OUTCOME_RECONNECT, "-", "an answer that is none");
    }
    (void)db_failed(db, classify(db, state), state, "%s", safe_text(r, state));
    db->last.disk_full = is_class(state, "53100");
    return false;
}

static void hear(void *arg, const PGresult *r)
{
    struct db *db = arg;
    const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != NULL && strcmp(severity, "WARNING") == 0) {
        db->warned = true;
    }
}

static void postgres_disconnect(struct db *db)
{
    memset(db->cache, 0, sizeof db->cache);
    PQfinish(db->pg);
    db->pg = NULL;
}

static bool postgres_connect(struct db *db)
{
    postgres_disconnect(db); /* what is left of a broken one */
    bool is_public = db->door == DOOR_PUBLIC;
    const char *dsn = is_public && db->public_dsn != NULL ? db->public_dsn : db->dsn;
    /* What stands before dbname is overruled by the operator's string, what stands behind is ours.
     */
    const char *const keys[] = {"connect_timeout", "tcp_user_timeout", "keepalives_idle",
        "keepalives_interval", "keepalives_count", "target_session_attrs", "application_name",
        "dbname", "client_encoding", NULL};
    const char *const values[] = {"2", "5000", "5", "2", "2",
        is_public ? "prefer-standby" : "read-write", "gongkai", dsn, "UTF8", NULL};
    db->pg = PQconnectdbParams(keys, values, 1);
    if (PQstatus(db->pg) == CONNECTION_OK) {
        (void)PQsetNoticeReceiver(db->pg, hear, db);
        return true;
    }
    /* The message may hold addresses and names of roles; they are for the operator's log. */
    (void)db_failed(db, OUTCOME_RECONNECT, "-", "%s", PQerrorMessage(db->pg));
    postgres_disconnect(db);
    return false;
}

static bool postgres_connected(const struct db *db)
{
    return db->pg != NULL && PQstatus(db->pg) == CONNECTION_OK;
}

static void postgres_cut(struct db *db)
{
    if (db->pg != NULL && PQsocket(db->pg) >= 0) {
        (void)shutdown(PQsocket(db->pg), SHUT_RDWR);
    }
}

static bool is_open(struct db *db)
{
    return db->pg != NULL || db_failed(db, OUTCOME_RECONNECT, "-", "the connection was dropped");
}

static bool is_well(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool postgres_exec(struct db *db, const char *sql)
{
    if (!is_open(db)) {
        return false;
    }
    PGresult *r = PQexec(db->pg, sql);
    bool well = is_well(r) || failed(db, r);
    PQclear(r);
    return well;
}

static bool postgres_begin(struct db *db)
{
    if (!postgres_connected(db)) {
        postgres_disconnect(db);
    }
    return postgres_exec(db, db->writes ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                        : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

/* Reads all answers; keeps the first. */
static PGresult *last_answer(struct db *db)
{
    PGresult *first = PQgetResult(db->pg);
    if (first == NULL) {
        return NULL;
    }
    for (PGresult *r = PQgetResult(db->pg); r != NULL; r = PQgetResult(db->pg)) {
        PQclear(r);
    }
    return first;
}

/* From the moment COMMIT may have left, a lost answer is neither yes nor no. */
static bool postgres_commit(struct db *db)
{
    if (!postgres_connected(db)) {
        return db_failed(db, OUTCOME_RECONNECT, "-", "the connection is gone");
    }
    db->warned = false;
    if (PQsendQuery(db->pg, "COMMIT") != 1) {
        return db_failed(db, OUTCOME_UNKNOWN, "-", "the connection broke at COMMIT");
    }
    fault_point(db, "sent");
    PGresult *r = last_answer(db);
    if (r == NULL || !is_well(r)) {
        (void)failed(db, r);
        if (db->last.outcome == OUTCOME_RECONNECT) {
            db->last.outcome = OUTCOME_UNKNOWN;
        }
        PQclear(r);
        return false;
    }
    bool committed = strcmp(PQcmdStatus(r), "COMMIT") == 0;
    PQclear(r);
    if (!committed) {
        return db_failed(db, OUTCOME_BUG, "-", "COMMIT was answered by ROLLBACK");
    }
    if (db->warned) {
        /* For instance: committed here, but the standby has not said so. */
        return db_failed(db, OUTCOME_UNKNOWN, "-", "COMMIT was answered with a warning");
    }
    return true;
}

static void postgres_rollback(struct db *db)
{
    if (db->pg == NULL) {
        return;
    }
    bool well = PQstatus(db->pg) == CONNECTION_OK && db->last.outcome != OUTCOME_RECONNECT;
    if (well && PQtransactionStatus(db->pg) != PQTRANS_IDLE) {
        PGresult *r = PQexec(db->pg, "ROLLBACK");
        well = is_well(r);
        PQclear(r);
    }
    if (!well) {
        postgres_disconnect(db);
    }
}

static Oid oid_of(enum value_type type)
{
    switch (type) {
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_YESNO:
    case VALUE_MONEY:
        return OID_INT8;
    case VALUE_TEXT:
    case VALUE_DAY:
        return OID_TEXT;
    case VALUE_BLOB:
        return OID_BYTEA;
    }
    must(false);
    return 0;
}

static Oid *types_of(struct arena *into, const struct statement *s)
{
    Oid *types = arena_many(into, (size_t)s->in_count + 1, Oid);
    for (int i = 0; i < s->in_count; i++) {
        types[i] = oid_of(s->in[i].type);
    }
    return types;
}

static bool set_text(struct db *db, struct params *p, int i, struct str s)
{
    if (s.n > INT32_MAX) {
        return db_failed(db, OUTCOME_BUG, "value", "longer than the protocol carries");
    }
    p->values[i] = s.n > 0 ? s.p : "";
    p->lengths[i] = (int)s.n;
    return true;
}

static bool set_param(struct tx *tx, struct params *p, int i, const struct tx_value *v)
{
    p->formats[i] = 1;
    switch (v->type) {
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_YESNO:
    case VALUE_MONEY:
        if (v->integer == INT_NONE || (v->type == VALUE_ID && v->nullable && v->integer == 0)) {
            return true;
        }
        p->numbers[i] = (int64_t)htobe64((uint64_t)v->integer);
        p->values[i] = (const char *)&p->numbers[i];
        p->lengths[i] = (int)sizeof p->numbers[i];
        return true;
    case VALUE_TEXT:
    case VALUE_BLOB:
        return (v->nullable && v->text.n == 0) || set_text(tx->db, p, i, v->text);
    case VALUE_DAY:
        return !date_is(v->day) || set_text(tx->db, p, i, date_iso(tx->arena, v->day));
    }
    must(false);
    return false;
}

static bool make_params(
    struct tx *tx, const struct statement *s, const struct tx_value *in, struct params *p)
{
    size_t n = (size_t)s->in_count + 1;
    *p = (struct params){.types = types_of(tx->arena, s),
        .values = arena_many(tx->arena, n, const char *),
        .lengths = arena_many(tx->arena, n, int),
        .formats = arena_many(tx->arena, n, int),
        .numbers = arena_many(tx->arena, n, int64_t)};
    for (int i = 0; i < s->in_count; i++) {
        if (!set_param(tx, p, i, &in[i])) {
            return false;
        }
    }
    return true;
}

static bool read_yesno(struct str s, int64_t *out)
{
    bool yes = str_eq(s, S("1")) || str_eq(s, S("t"));
    *out = yes ? 1 : 0;
    return yes || str_eq(s, S("0")) || str_eq(s, S("f"));
}

static bool read_bytes(struct arena *into, struct str s, struct str *out)
{
    if (!str_starts(s, S("\\x")) || s.n % 2 != 0) {
        return false;
    }
    size_t n = s.n / 2 - 1;
    char *bytes = arena_alloc(into, n);
    *out = str_make(bytes, n);
    return str_unhex(str_skip(s, 2), bytes, n);
}

static bool read_cell(struct tx *tx, const PGresult *r, int row, int i,
    const struct statement_value *want, struct cell *c)
{
    *c = (struct cell){.is_null = PQgetisnull(r, row, i) != 0};
    if (c->is_null) {
        return true;
    }
    struct str s = str_make(PQgetvalue(r, row, i), (size_t)PQgetlength(r, row, i));
    bool fits = false;
    switch (want->type) {
    case VALUE_ID:
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_MONEY:
        fits = str_to_int(s, &c->integer);
        break;
    case VALUE_YESNO:
        fits = read_yesno(s, &c->integer);
        break;
    case VALUE_TEXT:
        c->text = s;
        fits = true;
        break;
    case VALUE_DAY:
        fits = date_parse_iso(s, &c->day);
        break;
    case VALUE_BLOB:
        fits = s.n < arena_room(tx->arena) && read_bytes(tx->arena, s, &c->text);
        break;
    }
    return fits || db_failed(tx->db, OUTCOME_BUG, "type", "%s is not of its type", want->name);
}

static bool give_rows(
    struct tx *tx, const struct statement *s, const PGresult *r, tx_row_fn *each, void *arg)
{
    if (PQnfields(r) != s->out_count) {
        return db_failed(tx->db, OUTCOME_BUG, "shape", "columns differ from the promise");
    }
    struct cell *cells = arena_many(tx->arena, (size_t)s->out_count + 1, struct cell);
    for (int row = 0; row < PQntuples(r); row++) {
        for (int i = 0; i < s->out_count; i++) {
            if (!read_cell(tx, r, row, i, &s->out[i], &cells[i])) {
                return false;
            }
        }
        if (!row_give(tx, s, cells, each, arg)) {
            return false;
        }
    }
    return true;
}

/* Named by the connection once, if names are allowed. NULL result: db->last says why. */
static bool have_prepared(
    struct db *db, const struct statement *s, const struct params *p, char name[NAME_BYTES])
{
    struct cache_slot *slot = cache_find(db, s);
    (void)snprintf(name, NAME_BYTES, "q_%s", s->name);
    if (slot != NULL && slot->key == s) {
        return true;
    }
    if (slot == NULL || strlen(name) + 1 >= NAME_BYTES) {
        name[0] = '\0';
    }
    PGresult *r = PQprepare(db->pg, name, s->postgres, s->in_count, p->types);
    bool well = is_well(r) || failed(db, r);
    PQclear(r);
    if (well && name[0] != '\0') {
        slot->key = s;
    }
    return well;
}

static bool postgres_run(struct tx *tx, const struct statement *s, const struct tx_value *in,
    tx_row_fn *each, void *arg, int64_t *changed)
{
    struct db *db = tx->db;
    struct params p;
    if (!is_open(db) || !make_params(tx, s, in, &p)) {
        return false;
    }
    PGresult *r = NULL;
    if (db->prepare) {
        char name[NAME_BYTES];
        if (!have_prepared(db, s, &p, name)) {
            return false;
        }
        r = PQexecPrepared(db->pg, name, s->in_count, p.values, p.lengths, p.formats, 0);
    } else {
        r = PQexecParams(
            db->pg, s->postgres, s->in_count, p.types, p.values, p.lengths, p.formats, 0);
    }
    bool well = is_well(r) || failed(db, r);
    if (well && PQresultStatus(r) == PGRES_TUPLES_OK) {
        well = give_rows(tx, s, r, each, arg);
    } else if (well) {
        well = s->out_count == 0 ||
               db_failed(db, OUTCOME_BUG, "shape", "rows were promised and none can come");
    }
    if (well && s->writes && !str_to_int(str_from(PQcmdTuples(r)), changed)) {
        *changed = 0;
    }
    PQclear(r);
    return well;
}

static bool postgres_check(struct arena *into, struct db *db, const struct statement *s)
{
    PGresult *r = PQprepare(db->pg, "", s->postgres, s->in_count, types_of(into, s));
    bool well = is_well(r) || failed(db, r);
    PQclear(r);
    if (!well) {
        return false;
    }
    r = PQdescribePrepared(db->pg, "");
    well = is_well(r) || failed(db, r);
    if (well && (PQnfields(r) != s->out_count || PQnparams(r) != s->in_count)) {
        well = db_failed(db, OUTCOME_BUG, "shape", "columns or parameters differ from the promise");
    }
    PQclear(r);
    return well;
}

const struct driver driver_postgres = {
    .connect = postgres_connect,
    .connected = postgres_connected,
    .disconnect = postgres_disconnect,
    .cut = postgres_cut,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .run = postgres_run,
    .exec = postgres_exec,
    .check = postgres_check,
    .hello = "SELECT 1",
};
