/*
 * audit.h: the chain nobody can edit unnoticed.
 *
 * Row: seq, t_ms, tenant, actor, on_behalf, session, address, op, subject, outcome, detail_hash, prev, hash. A row is inserted with the
 * act; the sequencer gives it a gapless seq and links it: hash = SHA-256("gongkai.audit/v1" LF, prev(32), then for each field in
 * that order before prev: u32be length, bytes), numbers in decimal text, first prev = 32 zeros, per tenant. The detail
 * (salted) stands beside and may be erased; the row keeps its hash.
 */
#ifndef GK_CORE_AUDIT_H
#define GK_CORE_AUDIT_H

#include "core/ctx.h"

struct audit_entry {
    struct str op;
    struct str subject;  /* "document:123" or empty */
    struct str outcome;  /* "ok" or err_name() */
    struct str detail;   /* JSON without personal data; may be empty */
};

/* Inside a writing transaction. */
const struct err *audit_add(struct ctx *c, const struct audit_entry *e);

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
const struct err *audit_verify(struct ctx *c, struct audit_verdict *out);

#endif
