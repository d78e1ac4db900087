/*
 * audit.h: the chain nobody can edit unnoticed.
 *
 * Row: seq, t_ms, tenant, actor, on_behalf, session, address, op, subject, outcome, detail_hash, prev, hash. A row is inserted with the
 * act; the sequencer gives it a gapless seq and links it: hash = SHA-256("gongkai.audit/v1" LF, prev(32), then for each field in
 * that order before prev: u32be length, bytes), numbers in decimal text, first prev = 32 zeros, per tenant. The detail
 * (salted) stands beside and may be erased; the row keeps its hash: SHA-256(salt(16) detail) in hex, empty without detail.
 *
 * actor is "person:<id>", "system" or "nobody": the row outlives a change of name and names nobody to an outsider. prev and
 * hash are stored as hex; an absent value has length 0.
 */
#ifndef GK_CORE_AUDIT_H
#define GK_CORE_AUDIT_H

#include "base/hash.h"
#include "core/ctx.h"

struct audit_entry {
    struct str op;
    struct str subject;  /* "document:123" or empty */
    struct str outcome;  /* "ok" or err_name() */
    struct str detail;   /* JSON without personal data; may be empty */
};

/* Inside a writing transaction. */
const struct err *audit_add(struct ctx *c, const struct audit_entry *e);

/* The bytes that are hashed, and the hash: also for whoever wants to check a row by hand. */
struct audit_row {
    int64_t seq, at_ms, tenant;
    struct str actor, on_behalf, session, address, op, subject, outcome, detail_hash;
};
struct sha256 audit_hash(struct arena *scratch, const struct audit_row *row, struct sha256 prev);

/* The sequencer's step: links up to `most` waiting rows of the tenant in one transaction. One holder at a time: the chain head
 * row is updated with the head seen. */
const struct err *audit_link(struct ctx *c, int most, int *linked);

struct audit_verdict {
    int64_t rows;            /* checked */
    int64_t waiting;         /* not linked yet */
    int64_t oldest_waiting_ms; /* age */
    bool whole;
    int64_t bad_seq;         /* first bad row; 0 when whole */
    struct str why;          /* Chinese */
    struct str head;         /* hex */
};
/* Recomputes the whole chain, page by page, and compares its end with the head. Also compares every detail that still stands
 * with its hash. The news is in *out; an error means that it could not be read. */
const struct err *audit_verify(struct ctx *c, struct audit_verdict *out);

#endif
