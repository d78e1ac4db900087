/*
 * audit_verify.c: is the chain whole?
 *
 * Rows are read in pages, each with the head, in one snapshot: a sequencer that goes on working
 * meanwhile disturbs nothing. Each page has its own arena, so a chain of any length takes the
 * memory of one page.
 */
#include "base/limits.h"
#include "core/audit.h"
#include "core/audit_inside.h"
#include "core_sql.h"

#include "base/ban.h"

enum { PAGE_ROWS = 500 };

struct walk {
    struct sha256 prev; /* hash of the last good row */
    int64_t last;       /* its seq */
    bool done;
    struct audit_verdict *verdict;
    struct arena *keep; /* of the verdict's texts */
};

static void bad(struct walk *w, int64_t seq, const char *why)
{
    w->verdict->whole = false;
    w->verdict->bad_seq = seq;
    w->verdict->why = str_format(w->keep, "第 %lld 行：%s", (long long)seq, why);
    w->done = true;
}

static void check_row(struct ctx *c, struct walk *w, const struct q_core_audit_page_row *r)
{
    int64_t expected = w->last + 1;
    struct audit_row row = {
        .seq = r->seq,
        .at_ms = r->at.ms,
        .tenant = c->tenant,
        .actor = r->actor,
        .on_behalf = r->on_behalf,
        .session = r->session,
        .address = r->address,
        .op = r->op,
        .subject = r->subject,
        .outcome = r->outcome,
        .detail_hash = r->detail_hash,
    };

    if (r->seq != expected) {
        bad(w, expected, "这一行不见了");
        return;
    }
    if (!str_eq(r->prev, sha256_hex(c->arena, w->prev))) {
        bad(w, expected, "与上一行接不上，有行被换过或改过");
        return;
    }
    struct sha256 hash = audit_hash(c->arena, &row, w->prev);
    if (!str_eq(r->hash, sha256_hex(c->arena, hash))) {
        bad(w, expected, "内容与登记的校验值不符，被改过");
        return;
    }
    if (r->detail.n > 0 && !audit_detail_matches(c->arena, r->salt, r->detail, r->detail_hash)) {
        bad(w, expected, "旁注与登记的校验值不符，被改过");
        return;
    }
    w->last = expected;
    w->prev = hash;
    w->verdict->rows++;
}

/* After the last row: the head must be exactly here. */
static void check_end(struct ctx *c, struct walk *w, int64_t head_seq, struct str head_hash)
{
    if (head_seq > w->last) {
        bad(w, w->last + 1, "从这一行起，末尾的行被删掉了");
    } else if (head_seq < w->last) {
        bad(w, head_seq + 1, "链尾没有登记这一行，它是后来加上的，或链尾被改过");
    } else if (w->last > 0 && !str_eq(head_hash, sha256_hex(c->arena, w->prev))) {
        bad(w, w->last, "链尾登记的校验值与最后一行不符");
    }
    w->done = true;
}

/* Reads first and reckons afterwards, so that a repeated try of the transaction starts from the
 * same place. */
static const struct err *check_page(struct ctx *c, void *arg)
{
    struct walk *w = arg;
    struct q_core_audit_page_in in = {.after = w->last, .most = PAGE_ROWS};
    struct q_core_audit_page_rows rows = {0};
    struct q_core_audit_head_find_row head = {0};
    bool found = false;

    TRY(q_core_audit_page(c->tx, &in, &rows));
    TRY(q_core_audit_head_find(c->tx, &head, &found));
    for (size_t i = 0; i < rows.n && !w->done; i++) {
        check_row(c, w, &rows.v[i]);
    }
    if (!w->done && rows.n < PAGE_ROWS) {
        check_end(c, w, found ? head.seq : 0, found ? head.hash : STR_NONE);
    }
    return NULL;
}

static const struct err *count_waiting(struct ctx *c, void *arg)
{
    struct audit_verdict *out = arg;
    struct q_core_audit_waiting_count_row row = {0};
    bool found = false;

    TRY(q_core_audit_waiting_count(c->tx, &row, &found));
    out->waiting = found ? row.waiting : 0;
    if (found && row.waiting > 0 && instant_is(row.oldest) && row.oldest.ms < c->now.ms) {
        out->oldest_waiting_ms = c->now.ms - row.oldest.ms;
    }
    return NULL;
}

/* One page in an arena of its own, unless we stand inside somebody's transaction and must use his.
 */
static const struct err *next_page(struct ctx *c, struct walk *w)
{
    if (c->tx != NULL) {
        return check_page(c, w);
    }
    struct arena *scratch = arena_open(MIB(32));
    struct ctx page = *c;
    page.arena = scratch;
    const struct err *err = ctx_read(&page, AUDIENCE_STAFF, check_page, w);
    const struct err *kept =
        err == NULL ? NULL : err_make(c->arena, err->kind, str_dup(c->arena, err->words));
    arena_close(scratch);
    return kept;
}

const struct err *audit_verify(struct ctx *c, struct audit_verdict *out)
{
    struct walk w = {.verdict = out, .keep = c->arena};

    *out = (struct audit_verdict){.whole = true};
    while (!w.done) {
        TRY(next_page(c, &w));
    }
    out->head = sha256_hex(c->arena, w.prev);
    return ctx_read(c, AUDIENCE_STAFF, count_waiting, out);
}
