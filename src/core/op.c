/*
 * op.c: the gate. The picture is in docs/rooms/core.md; the functions below read in its order.
 *
 * Inside the transaction: right, proof, form key, the operation, at least one event, audit row,
 * answer kept under the form key. A repeated try starts again from the right. What was refused is
 * audited afterwards, in a transaction of its own, because the first one is rolled back with
 * everything in it.
 */
#include "core/op.h"

#include "base/diag.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "core/audit.h"
#include "core_sql.h"

#include "base/ban.h"

enum { FORM_KEY_BYTES_MOST = 64, MADE_KEY_BYTES = 15 };

struct act {
    struct ctx *c;
    const struct op *op;
    const void *in;
    struct str subject; /* of the ctx before the act: each try starts with it */
    struct str key;     /* never empty: a commit whose answer was lost is looked up by it */
    struct str detail;  /* of the audit row */
    struct op_done *done;
    bool was_done; /* told by ask_done */
};

static const struct err *check_proof(struct ctx *c, const struct op *op)
{
    if ((op->flags & OP_PROOF) == 0 || c->actor.kind != ACTOR_PERSON || c->actor.proved_lately) {
        return NULL;
    }
    return err_make(c->arena, ERR_LOGIN, S("请再次输入口令"));
}

/* The answer kept under the key, if this actor sent this operation before. */
static const struct err *first_answer(struct ctx *c, struct tx *tx, struct act *a, bool *found)
{
    struct q_core_form_key_find_in in = {.key = a->key};
    struct q_core_form_key_find_row row;

    TRY(q_core_form_key_find(tx, &in, &row, found));
    if (!*found) {
        return NULL;
    }
    if (!str_eq(row.op, str_from(a->op->name)) || row.person != c->actor.person_id) {
        return err_make(c->arena, ERR_CONFLICT, S("这张表单已经用过了，请重新打开页面再填写"));
    }
    *a->done = (struct op_done){
        .id = row.done,
        .version = row.done_version == INT_NONE ? 0 : row.done_version,
        .words = row.words,
        .location = row.location,
        .number = row.number,
        .again = true,
    };
    return NULL;
}

static const struct err *take_key(struct act *a, bool *mine)
{
    int64_t changed = 0;
    struct q_core_form_key_add_in in = {
        .key = a->key,
        .op = str_from(a->op->name),
        .person = a->c->actor.person_id,
        .at = a->c->now,
    };

    TRY(q_core_form_key_add(a->c->tx, &in, &changed));
    *mine = changed == 1;
    return NULL;
}

static const struct err *keep_answer(struct act *a)
{
    int64_t changed = 0;
    struct q_core_form_key_answer_in in = {
        .key = a->key,
        .done = a->done->id,
        .done_version = a->done->version,
        .words = a->done->words,
        .location = a->done->location,
        .number = a->done->number,
    };

    TRY(q_core_form_key_answer(a->c->tx, &in, &changed));
    must(changed == 1);
    return NULL;
}

static const struct err *carry_out(struct act *a)
{
    struct ctx *c = a->c;
    bool mine = false;

    TRY(may_require(c, a->op->may));
    TRY(check_proof(c, a->op));
    TRY(take_key(a, &mine));
    if (!mine) {
        bool found = false;
        TRY(first_answer(c, c->tx, a, &found));
        must(found); /* the row that was in our way */
        return NULL;
    }
    TRY(a->op->run(c, a->in, a->done));
    must(c->events > 0); /* silent change is a bug */
    must(!a->done->again);
    struct audit_entry entry = {
        .op = str_from(a->op->name),
        .subject = c->subject,
        .outcome = S("ok"),
        .detail = a->detail,
    };
    TRY(audit_add(c, &entry));
    return keep_answer(a);
}

static const struct err *try_once(struct tx *tx, void *arg)
{
    struct act *a = arg;

    a->c->tx = tx;
    a->c->events = 0;
    a->c->event_depth = 0;
    a->c->subject = a->subject;
    *a->done = (struct op_done){0};
    const struct err *err = carry_out(a);
    a->c->tx = NULL;
    return err;
}

/* The answer to COMMIT was lost: the key tells whether it was done. Then it is our own answer, not
 * a repetition. */
static const struct err *ask_done(struct tx *tx, void *arg)
{
    struct act *a = arg;

    a->was_done = false;
    TRY(first_answer(a->c, tx, a, &a->was_done));
    a->done->again = false;
    return NULL;
}

static struct str names_of_input(
    struct arena *into, const struct op *op, const struct values *input, const struct err *refused)
{
    if ((op->flags & OP_NO_AUDIT_DETAIL) != 0) {
        return STR_NONE;
    }
    struct buf b = buf_make(into, KIB(32));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("fields"));
    json_open(&w, '[');
    for (size_t i = 0; i < op->field_count; i++) {
        struct str name = str_from(op->fields[i].name);
        if (values_has(input, name)) {
            json_str(&w, name);
        }
    }
    json_close(&w, ']');
    if (refused != NULL && refused->kind == ERR_INVALID) {
        json_key(&w, S("faults"));
        json_open(&w, '[');
        for (size_t i = 0; i < refused->faults.n; i++) {
            json_str(&w, refused->faults.v[i].field);
        }
        json_close(&w, ']');
    }
    json_close(&w, '}');
    return buf_full(&b) ? STR_NONE : buf_str(&b);
}

static const struct err *write_refusal(struct ctx *c, void *arg)
{
    return audit_add(c, arg);
}

static enum audience audience_of(const struct ctx *c)
{
    return c->actor.kind == ACTOR_SYSTEM ? AUDIENCE_SYSTEM : AUDIENCE_STAFF;
}

/* Busy and fault are no decisions about a person, and the store may not be there to tell. */
static bool is_decision(enum err_kind kind)
{
    return kind != ERR_BUSY && kind != ERR_FAULT;
}

/* The refusal stands whether or not it could be remembered; that it could not is told to the
 * operator. */
static void audit_refusal(
    struct ctx *c, const struct op *op, const struct values *input, const struct err *refused)
{
    if (!is_decision(refused->kind)) {
        return;
    }
    struct audit_entry entry = {
        .op = str_from(op->name),
        .subject = c->subject,
        .outcome = err_name(refused->kind),
        .detail = names_of_input(c->arena, op, input, refused),
    };
    const struct err *err = ctx_write(c, audience_of(c), write_refusal, &entry);
    if (err != NULL) {
        struct diag d = diag_make(c->arena, DIAG_ERROR, "audit");
        diag_str(&d, "op", entry.op);
        diag_str(&d, "outcome", entry.outcome);
        diag_str(&d, "lost", err_name(err->kind));
        diag_write(&d);
    }
}

static const struct err *decode_and_act(
    struct act *a, const struct values *input, struct str form_key)
{
    struct ctx *c = a->c;
    void *in = arena_alloc(c->arena, a->op->in_size);

    TRY(op_decode(c->arena, a->op->fields, a->op->field_count, input, in));
    if (form_key.n > FORM_KEY_BYTES_MOST || !utf8_valid(form_key)) {
        return err_make(c->arena, ERR_INVALID, S("请重新打开页面再提交"));
    }
    a->in = in;
    a->key = form_key.n > 0 ? form_key : rand_token(c->arena, MADE_KEY_BYTES);
    a->detail = names_of_input(c->arena, a->op, input, NULL);
    struct tx_how how = {
        .audience = audience_of(c),
        .tenant = c->tenant,
        .write = true,
        .ask_done = ask_done,
        .done = &a->was_done,
    };
    return store_tx(c->db, c->arena, how, try_once, a);
}

const struct err *op_run(struct ctx *c, const struct op *op, const struct values *input,
    struct str form_key, struct op_done *done)
{
    must(op->may != NULL && op->run != NULL);
    must(c->tx == NULL); /* operations do not call operations: the function of the capability is
                            called instead */
    must(c->actor.kind != ACTOR_PERSON || c->actor.person_id != 0);
    must(c->actor.kind == ACTOR_PERSON || c->actor.person_id == 0);
    struct act a = {.c = c, .op = op, .subject = c->subject, .done = done};

    *done = (struct op_done){0};
    const struct err *err = decode_and_act(&a, input, form_key);
    if (err != NULL) {
        *done = (struct op_done){0};
        audit_refusal(c, op, input, err);
    }
    return err;
}
