/* tx.c: one transaction: tried, and tried again, within its budget. */
#include "base/clock.h"
#include "base/diag.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "store/driver.h"

#include <time.h>

#include "base/ban.h"

enum {
    BUDGET_PERSON_MS = 3000,
    WAIT_FIRST_MS = 20,
    WAIT_MOST_MS = 1000,
    ROOM_KEPT_BYTES = 8 * 1024, /* for the error that says a result was too large */
};

void (*store_fault_hook)(struct db *db, const char *where);
void (*store_trace_hook)(const struct statement *s);

void fault_point(struct db *db, const char *where)
{
    if (store_fault_hook != NULL) {
        store_fault_hook(db, where);
    }
}

/* The work of one store_tx() call, over all its tries. */
struct attempt {
    struct db *db;
    struct arena *into;
    const struct tx_how *how;
    tx_fn *fn;
    void *arg;
    int64_t end_us;
    int tries;
};

/* One try from BEGIN to COMMIT. Fills *e when the work itself said no; the engine's say is in
 * db->last. */
static void try_once(struct attempt *a, tx_fn *fn, bool write, const struct err **e)
{
    struct db *db = a->db;
    struct tx tx = {.arena = a->into,
        .db = db,
        .tenant = a->how->tenant,
        .audience = a->how->audience,
        .writes = write};
    *e = NULL;
    db->last = (struct failure){.outcome = OUTCOME_OK};
    fault_point(db, "begin");
    if (!db->driver->connected(db) && !db->driver->connect(db)) {
        db->driver->disconnect(db);
        return;
    }
    db->writes = write;
    if (!db->driver->begin(db)) {
        db->driver->rollback(db);
        return;
    }
    db->in_tx = true;
    fault_point(db, "begun");
    *e = fn(&tx, a->arg);
    if (*e == NULL) {
        *e = tx.failed;
    }
    if (*e != NULL) {
        db->driver->rollback(db);
    } else {
        fault_point(db, "commit");
        if (!db->driver->commit(db)) {
            db->driver->rollback(db);
        } else {
            fault_point(db, "committed");
        }
    }
    db->in_tx = false;
}

/* Full jitter: writers who met do not meet again. False when the budget is used up. */
static bool wait_turn(struct attempt *a)
{
    int64_t ceiling_ms = WAIT_FIRST_MS;
    for (int i = 0; i < a->tries && ceiling_ms < WAIT_MOST_MS; i++) {
        ceiling_ms *= 2;
    }
    a->tries++;
    ceiling_ms = ceiling_ms < WAIT_MOST_MS ? ceiling_ms : WAIT_MOST_MS;
    int64_t wait_us = (int64_t)rand_below((uint64_t)ceiling_ms * 1000) + 1;
    if (clock_mono_us() + wait_us >= a->end_us) {
        return false;
    }
    struct timespec t = {.tv_sec = wait_us / 1000000, .tv_nsec = wait_us % 1000000 * 1000};
    (void)nanosleep(&t, NULL);
    return true;
}

/* What went wrong for good is told once, in full; what a retry heals is not. */
static const struct err *tell(struct attempt *a)
{
    const struct failure *f = &a->db->last;
    const struct err *e = db_error(a->into, a->db);
    bool bad = f->outcome == OUTCOME_BUG || f->outcome == OUTCOME_FATAL;
    struct diag d = diag_make(a->into, bad ? DIAG_ERROR : DIAG_WARNING, "store");
    diag_str(&d, "error", err_name(e->kind));
    diag_str(&d, "statement", str_from(f->statement != NULL ? f->statement : "-"));
    diag_str(&d, "code", str_from(f->code));
    diag_str(&d, "text", str_from(f->text));
    diag_int(&d, "tries", a->tries + 1);
    diag_write(&d);
    return e;
}

/* The answer to COMMIT was lost: has it happened? True when *done can be believed. */
static bool ask(struct attempt *a)
{
    const struct err *e = NULL;
    do {
        *a->how->done = false;
        try_once(a, a->how->ask_done, false, &e);
        if (e == NULL && a->db->last.outcome == OUTCOME_OK) {
            return true;
        }
        if (a->db->last.outcome != OUTCOME_RETRY && a->db->last.outcome != OUTCOME_RECONNECT) {
            break;
        }
    } while (wait_turn(a));
    (void)db_failed(
        a->db, OUTCOME_UNKNOWN, "-", "the answer to COMMIT was lost, and the question too");
    return false;
}

const struct err *store_tx(
    struct db *db, struct arena *into, struct tx_how how, tx_fn *fn, void *arg)
{
    must(!db->in_tx);
    must(db->door == DOOR_OFFICE || how.audience == AUDIENCE_PUBLIC);
    must(!how.write || how.audience != AUDIENCE_PUBLIC);
    must((how.ask_done == NULL) == (how.done == NULL));
    int64_t budget_ms = how.budget_ms > 0 ? how.budget_ms : BUDGET_PERSON_MS;
    struct attempt a = {.db = db,
        .into = into,
        .how = &how,
        .fn = fn,
        .arg = arg,
        .end_us = clock_mono_us() + budget_ms * 1000};
    for (;;) {
        const struct err *e = NULL;
        try_once(&a, fn, how.write, &e);
        switch (db->last.outcome) {
        case OUTCOME_OK:
            return e;
        case OUTCOME_CONFLICT:
            return e != NULL ? e : db_error(into, db);
        case OUTCOME_CANCELLED:
        case OUTCOME_BUG:
        case OUTCOME_FATAL:
            return tell(&a);
        case OUTCOME_UNKNOWN:
            if (how.ask_done == NULL || !ask(&a)) {
                return tell(&a);
            }
            if (*how.done) {
                return NULL;
            }
            break;
        case OUTCOME_RETRY:
        case OUTCOME_RECONNECT:
            if (!wait_turn(&a)) {
                return tell(&a);
            }
            break;
        }
    }
}

const struct err *tx_fail(struct tx *tx, const struct err *e)
{
    must(e != NULL);
    if (tx->failed == NULL) {
        tx->failed = e;
    }
    return tx->failed;
}

static bool value_is_null(const struct tx_value *v)
{
    switch (v->type) {
    case VALUE_ID:
        return v->nullable && v->integer == 0;
    case VALUE_INT:
    case VALUE_INSTANT:
    case VALUE_MONEY:
        return v->integer == INT_NONE;
    case VALUE_YESNO:
        return false;
    case VALUE_TEXT:
    case VALUE_BLOB:
        return v->nullable && v->text.n == 0;
    case VALUE_DAY:
        return !date_is(v->day);
    }
    must(false);
    return true;
}

/* What the engines would take differently is stopped here: absent values, empty text, text that is
 * none. */
static const char *fault_of_value(const struct statement *s, const struct tx_value *v)
{
    if (!v->nullable && value_is_null(v)) {
        return "is absent";
    }
    if (v->type == VALUE_TEXT && s->writes && !v->nullable && v->text.n == 0) {
        return "is empty text: '' is never stored";
    }
    if (v->type == VALUE_TEXT && !utf8_valid(v->text)) {
        return "is not UTF-8";
    }
    if (v->type == VALUE_YESNO && v->integer != 0 && v->integer != 1) {
        return "is neither yes nor no";
    }
    return NULL;
}

static bool check_values(struct tx *tx, const struct statement *s, const struct tx_value *in)
{
    for (int i = 0; i < s->in_count; i++) {
        must(in[i].type == s->in[i].type);
        must(in[i].nullable == s->in[i].nullable);
        const char *what = fault_of_value(s, &in[i]);
        if (what != NULL) {
            return db_failed(tx->db, OUTCOME_BUG, "value", "%s %s", s->in[i].name, what);
        }
    }
    return true;
}

const struct err *tx_run(struct tx *tx, const struct statement *s, const struct tx_value *in,
    tx_row_fn *each, void *arg, int64_t *changed)
{
    int64_t ignored = 0;
    int64_t *count = changed != NULL ? changed : &ignored;
    *count = 0;
    must(tx->audience != AUDIENCE_PUBLIC || s->audience == AUDIENCE_PUBLIC);
    must(tx->writes || !s->writes);
    must(tx->tenant >= 0);
    must(tx->db->in_tx && !tx->db->running);
    if (tx->failed != NULL) {
        return tx->failed;
    }
    if (store_trace_hook != NULL) {
        store_trace_hook(s);
    }
    tx->db->last.statement = s->name;
    tx->db->running = true;
    bool well = check_values(tx, s, in) && tx->db->driver->run(tx, s, in, each, arg, count);
    tx->db->running = false;
    if (tx->failed == NULL && !well) {
        return tx_fail(tx, db_error(tx->arena, tx->db));
    }
    return tx->failed;
}

bool row_give(
    struct tx *tx, const struct statement *s, const struct cell *cells, tx_row_fn *each, void *arg)
{
    size_t bytes = 0;
    for (int i = 0; i < s->out_count; i++) {
        if (cells[i].is_null && !s->out[i].nullable) {
            return db_failed(tx->db, OUTCOME_BUG, "null", "%s may not be NULL", s->out[i].name);
        }
        bytes += cells[i].text.n;
    }
    if (arena_room(tx->arena) / 2 < bytes + ROOM_KEPT_BYTES) {
        (void)tx_fail(tx, err_make(tx->arena, ERR_TOO_LARGE, S("结果太多，请缩小查询范围。")));
        return false;
    }
    if (each != NULL) {
        each(tx, &(struct tx_row){.tx = tx, .s = s, .cells = cells}, arg);
    }
    return tx->failed == NULL;
}

static const struct cell *cell_of(const struct tx_row *row, int column)
{
    must(column >= 0 && column < row->s->out_count);
    return &row->cells[column];
}

int64_t tx_row_int(const struct tx_row *row, int column)
{
    const struct cell *c = cell_of(row, column);
    if (c->is_null) {
        return row->s->out[column].type == VALUE_ID ? 0 : INT_NONE;
    }
    return c->integer;
}

struct str tx_row_text(const struct tx_row *row, int column)
{
    const struct cell *c = cell_of(row, column);
    return c->is_null ? STR_NONE : str_dup(row->tx->arena, c->text);
}

struct date tx_row_day(const struct tx_row *row, int column)
{
    const struct cell *c = cell_of(row, column);
    return c->is_null ? DATE_NONE : c->day;
}

struct instant tx_row_instant(const struct tx_row *row, int column)
{
    const struct cell *c = cell_of(row, column);
    return c->is_null ? INSTANT_NONE : (struct instant){c->integer};
}

bool tx_row_yesno(const struct tx_row *row, int column)
{
    const struct cell *c = cell_of(row, column);
    return !c->is_null && c->integer != 0;
}
