/*
 * audit.c: writing audit rows and linking them into the chain. Checking the chain is
 * audit_verify.c.
 */
#include "core/audit.h"

#include "base/rand.h"
#include "core/audit_inside.h"
#include "core_sql.h"

#include "base/ban.h"

enum { SALT_BYTES = 16 };

static struct str actor_text(struct ctx *c)
{
    switch (c->actor.kind) {
    case ACTOR_NOBODY:
        return S("nobody");
    case ACTOR_PERSON:
        return str_format(c->arena, "person:%lld", (long long)c->actor.person_id);
    case ACTOR_SYSTEM:
        return S("system");
    }
    must(false);
}

/* SHA-256(salt detail): without the salt nobody can guess an erased detail from its hash. */
static struct str salted_hash(struct arena *into, const uint8_t salt[SALT_BYTES], struct str detail)
{
    struct sha256_stream *s = sha256_begin(into);

    sha256_add(s, salt, SALT_BYTES);
    sha256_add(s, detail.p, detail.n);
    return sha256_hex(into, sha256_end(s));
}

bool audit_detail_matches(
    struct arena *scratch, struct str salt_hex, struct str detail, struct str hash)
{
    uint8_t salt[SALT_BYTES];

    return str_unhex(salt_hex, salt, SALT_BYTES) &&
           str_eq(salted_hash(scratch, salt, detail), hash);
}

const struct err *audit_add(struct ctx *c, const struct audit_entry *e)
{
    must(c->tx != NULL && c->tx->writes);
    must(e->op.n > 0 && e->outcome.n > 0);
    int64_t id = id_make(c->now);
    uint8_t salt[SALT_BYTES];
    int64_t changed = 0;

    rand_bytes(salt, sizeof(salt));
    struct q_core_audit_add_in row = {
        .audit = id,
        .at = c->now,
        .actor = actor_text(c),
        .session = c->actor.session,
        .address = c->actor.address,
        .op = e->op,
        .subject = e->subject,
        .outcome = e->outcome,
        .detail_hash = e->detail.n > 0 ? salted_hash(c->arena, salt, e->detail) : STR_NONE,
    };
    TRY(q_core_audit_add(c->tx, &row, &changed));
    must(changed == 1);
    if (e->detail.n == 0) {
        return NULL;
    }
    struct q_core_audit_detail_add_in detail = {
        .audit = id,
        .salt = str_hex(c->arena, salt, sizeof(salt)),
        .detail = e->detail,
    };
    return q_core_audit_detail_add(c->tx, &detail, &changed);
}

static void hash_field(struct sha256_stream *s, struct str text)
{
    must(text.n <= UINT32_MAX);
    uint8_t length[4] = {
        (uint8_t)(text.n >> 24),
        (uint8_t)(text.n >> 16),
        (uint8_t)(text.n >> 8),
        (uint8_t)text.n,
    };

    sha256_add(s, length, sizeof(length));
    if (text.n > 0) {
        sha256_add(s, text.p, text.n);
    }
}

struct sha256 audit_hash(struct arena *scratch, const struct audit_row *row, struct sha256 prev)
{
    struct str head = S("gongkai.audit/v1\n");
    struct sha256_stream *s = sha256_begin(scratch);

    sha256_add(s, head.p, head.n);
    sha256_add(s, prev.b, sizeof(prev.b));
    hash_field(s, str_from_int(scratch, row->seq));
    hash_field(s, str_from_int(scratch, row->at_ms));
    hash_field(s, str_from_int(scratch, row->tenant));
    hash_field(s, row->actor);
    hash_field(s, row->on_behalf);
    hash_field(s, row->session);
    hash_field(s, row->address);
    hash_field(s, row->op);
    hash_field(s, row->subject);
    hash_field(s, row->outcome);
    hash_field(s, row->detail_hash);
    return sha256_end(s);
}

struct link_work {
    int most;
    int linked;
};

struct chain_end {
    int64_t seq;
    struct sha256 hash;
};

static const struct err *hold_head(struct ctx *c, struct chain_end *end)
{
    struct sha256 zeros = {{0}};
    struct q_core_audit_head_make_in first = {.zeros = sha256_hex(c->arena, zeros)};
    struct q_core_audit_head_lock_row head;
    int64_t changed = 0;
    bool found = false;

    TRY(q_core_audit_head_make(c->tx, &first, &changed));
    TRY(q_core_audit_head_lock(c->tx, &head, &found));
    must(found);
    end->seq = head.seq;
    if (!str_unhex(head.hash, end->hash.b, sizeof(end->hash.b))) {
        return err_fault(c->arena, "audit head of tenant %lld is no hash", (long long)c->tenant);
    }
    return NULL;
}

static const struct err *link_row(
    struct ctx *c, const struct q_core_audit_waiting_row *waiting, struct chain_end *end)
{
    struct audit_row row = {
        .seq = end->seq + 1,
        .at_ms = waiting->at.ms,
        .tenant = c->tenant,
        .actor = waiting->actor,
        .on_behalf = waiting->on_behalf,
        .session = waiting->session,
        .address = waiting->address,
        .op = waiting->op,
        .subject = waiting->subject,
        .outcome = waiting->outcome,
        .detail_hash = waiting->detail_hash,
    };
    struct sha256 hash = audit_hash(c->arena, &row, end->hash);
    struct q_core_audit_place_in place = {
        .audit = waiting->audit_id,
        .seq = row.seq,
        .prev = sha256_hex(c->arena, end->hash),
        .hash = sha256_hex(c->arena, hash),
    };
    int64_t changed = 0;

    TRY(q_core_audit_place(c->tx, &place, &changed));
    must(changed == 1); /* we hold the head: nobody else places rows */
    *end = (struct chain_end){.seq = row.seq, .hash = hash};
    return NULL;
}

static const struct err *link_waiting(struct ctx *c, void *arg)
{
    struct link_work *work = arg;
    struct chain_end seen = {0};

    work->linked = 0;
    TRY(hold_head(c, &seen));
    struct q_core_audit_waiting_in in = {.most = work->most};
    struct q_core_audit_waiting_rows rows = {0};
    TRY(q_core_audit_waiting(c->tx, &in, &rows));
    if (rows.n == 0) {
        return NULL;
    }
    struct chain_end end = seen;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(link_row(c, &rows.v[i], &end));
    }
    struct q_core_audit_head_move_in move = {
        .seq = end.seq,
        .hash = sha256_hex(c->arena, end.hash),
        .seen_seq = seen.seq,
        .seen_hash = sha256_hex(c->arena, seen.hash),
    };
    int64_t changed = 0;
    TRY(q_core_audit_head_move(c->tx, &move, &changed));
    must(changed == 1);
    work->linked = (int)rows.n;
    return NULL;
}

const struct err *audit_link(struct ctx *c, int most, int *linked)
{
    must(most > 0);
    struct link_work work = {.most = most};

    TRY(ctx_write(c, AUDIENCE_SYSTEM, link_waiting, &work));
    *linked = work.linked;
    return NULL;
}
