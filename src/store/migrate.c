/*
 * migrate.c: brings a store to the schema this program knows, forward only.
 *
 * Each step runs in a transaction of its own together with the row that remembers it, under a row
 * lock: a program that starts at the same moment waits, then finds the step done. The lock is a row
 * and not an advisory lock, so that it works through a pooler and on PostgreSQL's relatives.
 */
#include "store/driver.h"
#include "store_sql.h"

#include <libpq-fe.h>

#include "base/ban.h"

enum { HELLO_MS = 5000, BUDGET_MS = 120000, FIRST_TRIES = 20, ROLE_BYTES = 63 };

static const char *const bookkeeping[] = {
    [STORE_SQLITE] = "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT NOT NULL PRIMARY KEY,"
                     " digest TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;"
                     "CREATE TABLE IF NOT EXISTS schema_lock (lock_id INTEGER NOT NULL PRIMARY KEY,"
                     " at_ms INTEGER NOT NULL) STRICT;"
                     "INSERT INTO schema_lock (lock_id, at_ms) VALUES (1, 0)"
                     " ON CONFLICT (lock_id) DO NOTHING",
    [STORE_POSTGRES] =
        "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT NOT NULL PRIMARY KEY,"
        " digest TEXT NOT NULL, at_ms BIGINT NOT NULL);"
        "CREATE TABLE IF NOT EXISTS schema_lock (lock_id SMALLINT NOT NULL PRIMARY KEY,"
        " at_ms BIGINT NOT NULL);"
        "INSERT INTO schema_lock (lock_id, at_ms) VALUES (1, 0) ON CONFLICT (lock_id) DO NOTHING",
};

struct work {
    struct migrations all;
    const struct migration *step;
    struct instant now;
    struct q_schema_steps_rows done;
};

static const struct err *run_text(struct tx *tx, const char *sql)
{
    return tx->db->driver->exec(tx->db, sql) ? NULL : tx_fail(tx, db_error(tx->arena, tx->db));
}

static const struct err *make_bookkeeping(struct tx *tx, void *arg)
{
    (void)arg;
    return run_text(tx, bookkeeping[tx->db->kind]);
}

static const struct err *read_done(struct tx *tx, void *arg)
{
    struct work *w = arg;
    return q_schema_steps(tx, &w->done);
}

static const struct q_schema_steps_row *find_done(const struct work *w, const char *name)
{
    for (size_t i = 0; i < w->done.n; i++) {
        if (str_eq(w->done.v[i].name, str_from(name))) {
            return &w->done.v[i];
        }
    }
    return NULL;
}

static const struct err *refuse(struct arena *into, const char *words, struct str step)
{
    struct err *e = err_format(into, ERR_CONFLICT, "%s（%.*s）", words, STR_ARG(step));
    e->facts = str_format(into, "schema step %.*s", STR_ARG(step));
    return e;
}

/* A store that knows more than we do, or remembers a step differently, is not ours to touch. */
static const struct err *check_done(struct arena *into, const struct work *w)
{
    for (size_t i = 0; i < w->done.n; i++) {
        const struct q_schema_steps_row *row = &w->done.v[i];
        const struct migration *known = NULL;
        for (size_t k = 0; k < w->all.n && known == NULL; k++) {
            known = str_eq(row->name, str_from(w->all.v[k].name)) ? &w->all.v[k] : NULL;
        }
        if (known == NULL) {
            return refuse(into, "数据库由较新版本的程序建立，请改用较新版本的程序。", row->name);
        }
        if (!str_eq(row->digest, str_from(known->digest))) {
            return refuse(into, "数据库结构与本程序不一致，没有改动，请联系技术人员。", row->name);
        }
    }
    return NULL;
}

static const struct err *apply_step(struct tx *tx, void *arg)
{
    struct work *w = arg;
    int64_t locked = 0;
    TRY(q_schema_lock_take(tx, &(struct q_schema_lock_take_in){.at = w->now}, &locked));
    if (locked != 1) {
        return tx_fail(tx, err_fault(tx->arena, "schema_lock has no row"));
    }
    TRY(q_schema_steps(tx, &w->done));
    const struct err *e = check_done(tx->arena, w);
    if (e != NULL) {
        return tx_fail(tx, e);
    }
    if (find_done(w, w->step->name) != NULL) {
        return NULL; /* somebody else did it meanwhile */
    }
    tx->db->last.statement = w->step->name;
    TRY(run_text(tx, tx->db->kind == STORE_SQLITE ? w->step->sqlite : w->step->postgres));
    const struct q_schema_step_add_in row = {
        .name = str_from(w->step->name), .digest = str_from(w->step->digest), .at = w->now};
    return q_schema_step_add(tx, &row);
}

/* The role of the public door, if its connection string names one that differs from the owner. */
static struct str public_role(struct arena *into, const struct db *db)
{
    if (db->kind != STORE_POSTGRES || db->public_dsn == NULL) {
        return STR_NONE;
    }
    struct str role = STR_NONE;
    PQconninfoOption *options = PQconninfoParse(db->public_dsn, NULL);
    for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
        if (strcmp(o->keyword, "user") == 0 && o->val != NULL) {
            role = str_dup(into, str_from(o->val));
        }
    }
    PQconninfoFree(options);
    return role;
}

/* Letters, digits and underscore only: the name becomes part of a text. */
static bool is_plain_role(struct str role)
{
    for (size_t i = 0; i < role.n; i++) {
        char c = role.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
            return false;
        }
    }
    return role.n > 0 && role.n <= ROLE_BYTES;
}

static const struct err *grant_views(struct tx *tx, void *arg)
{
    const struct str *role = arg;
    return run_text(
        tx, str_z(tx->arena,
                str_format(tx->arena,
                    "DO $$ DECLARE v text; BEGIN FOR v IN SELECT viewname FROM pg_views"
                    " WHERE schemaname = current_schema() AND viewname LIKE 'pub\\_%%' ESCAPE '\\'"
                    " LOOP EXECUTE 'GRANT SELECT ON ' || quote_ident(v) || ' TO \"%.*s\"';"
                    " END LOOP; END $$",
                    STR_ARG(*role))));
}

/* The public role reads the views of this schema and nothing else. */
static const struct err *open_public_door(struct arena *into, struct db *db, struct tx_how how)
{
    struct str role = public_role(into, db);
    if (role.n == 0) {
        return NULL;
    }
    if (!is_plain_role(role)) {
        return err_make(
            into, ERR_INVALID, S("公开端数据库用户名只能用小写字母、数字和下划线，请修改后再试。"));
    }
    return store_tx(db, into, how, grant_views, &role);
}

/* Two programs that create the first table at once: PostgreSQL tells one of them of a broken key.
 */
static const struct err *prepare_store(struct arena *into, struct db *db, struct tx_how how)
{
    const struct err *e = NULL;
    for (int i = 0; i < FIRST_TRIES; i++) {
        e = store_tx(db, into, how, make_bookkeeping, NULL);
        if (e == NULL || e->kind != ERR_CONFLICT) {
            break;
        }
    }
    return e;
}

/* Steps are safe to be asked for twice, so a lost answer to COMMIT is simply asked about by trying
 * again. */
static const struct err *step_is_done(struct tx *tx, void *arg)
{
    struct work *w = arg;
    return q_schema_steps(tx, &w->done);
}

static const struct err *run_step(
    struct arena *into, struct db *db, struct work *w, struct tx_how how)
{
    bool believed = false;
    how.ask_done = step_is_done;
    how.done = &believed; /* never set: the next try finds the step by itself */
    return store_tx(db, into, how, apply_step, w);
}

const struct err *db_migrate(
    struct arena *into, struct db *db, struct migrations all, int64_t now_ms)
{
    must(db->door == DOOR_OFFICE);
    struct work w = {.all = all, .now = {now_ms}};
    struct tx_how how = {.audience = AUDIENCE_SYSTEM, .write = true, .budget_ms = BUDGET_MS};
    struct tx_how reading = {.audience = AUDIENCE_SYSTEM, .budget_ms = BUDGET_MS};
    /* A store that is away is told soon; the long patience is for a step that another program runs.
     */
    TRY(db_hello(into, db, HELLO_MS));
    TRY(prepare_store(into, db, how));
    TRY(store_tx(db, into, reading, read_done, &w));
    TRY(check_done(into, &w));
    for (size_t i = 0; i < all.n; i++) {
        if (find_done(&w, all.v[i].name) == NULL) {
            w.step = &all.v[i];
            TRY(run_step(into, db, &w, how));
        }
    }
    return open_public_door(into, db, how);
}

const struct err *db_schema_missing(
    struct arena *into, struct db *db, struct migrations all, size_t *missing)
{
    struct work w = {.all = all};
    struct tx_how reading = {.audience = AUDIENCE_SYSTEM};
    *missing = 0;
    TRY(store_tx(db, into, reading, read_done, &w));
    TRY(check_done(into, &w));
    for (size_t i = 0; i < all.n; i++) {
        *missing += find_done(&w, all.v[i].name) == NULL ? 1 : 0;
    }
    return NULL;
}
