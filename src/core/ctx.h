/*
 * ctx.h: in whose name, when, where.
 *
 * A struct ctx travels through one piece of work. It holds the arena, the clock, the actor, the tenant and, inside a transaction,
 * the tx. It does not know HTTP.
 */
#ifndef GK_CORE_CTX_H
#define GK_CORE_CTX_H

#include "base/clock.h"
#include "base/err.h"
#include "rules/calendar.h"
#include "store/blob.h"
#include "store/tx.h"

enum actor_kind { ACTOR_NOBODY, ACTOR_PERSON, ACTOR_SYSTEM };

struct actor {
    enum actor_kind kind;
    int64_t person_id;     /* 0 unless a person */
    struct str login;
    struct str name;
    struct str session;    /* first 8 hex digits of the session's hash; "cli"; empty */
    struct str address;    /* network address without port; "local" for the command line */
    bool proved_lately;    /* password or code within the last ten minutes: wanted by OP_PROOF operations */
};

/* What is the same for the whole process: made at start, read-only. */
struct site {
    struct str data_dir;
    struct blob_store blobs;
    struct str pepper;       /* key for passwords; 32 bytes */
    struct str token_key;    /* key for form tokens and query codes; 32 bytes */
    struct str seal_key;     /* key for secrets in rows (base/seal.h); 32 bytes */
    bool demo;               /* a site made by `gongkai demo`: shows the banner, second factor optional */
    struct str origin;       /* https://www.example.gov.cn or http://127.0.0.1:8080: for QR codes and absolute addresses */
    const struct calendar *calendar;
};

struct ctx {
    struct arena *arena;
    const struct clock *clock;
    struct instant now;      /* the moment of this work: one for all of it */
    struct date today;
    const struct site *site;
    const struct calendar *calendar;
    int64_t tenant;
    struct actor actor;
    struct db *db;
    struct tx *tx;           /* NULL outside a transaction */
    struct str subject;      /* set by operations for the audit row: "document:12345" */
    int events;              /* recorded in this run of the operation */
    int event_depth;         /* events told by listeners of events: event.c refuses a loop */
};

typedef const struct err *ctx_fn(struct ctx *c, void *arg);

/* Runs fn in a read snapshot with c->tx set. Nested calls run inside the open transaction. */
const struct err *ctx_read(struct ctx *c, enum audience audience, ctx_fn *fn, void *arg);
/* For work that is no operation of a person: sessions, the sequencer, job rows. */
const struct err *ctx_write(struct ctx *c, enum audience audience, ctx_fn *fn, void *arg);

/* A ctx of the program itself, for jobs and start-up. */
struct ctx ctx_make(struct arena *arena, const struct clock *clock, const struct site *site, struct db *db, int64_t tenant);

#endif
