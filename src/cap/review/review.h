/*
 * review.h: 公开审查、保密审查: who looked, at what, with which conclusion?
 *
 * A case is opened when an edition is submitted and goes through the levels of its publisher's chain. Nobody concludes at two
 * levels of one case, nobody on a text he wrote. One level is the secrecy review; without its conclusion nothing is published.
 * Emergency publication may skip levels, never that one; the skipped levels are caught up and shown (ruling 10).
 */
#ifndef GK_CAP_REVIEW_H
#define GK_CAP_REVIEW_H

#include "core/registry.h"
#include "html/diff.h"

extern const struct may MAY_REVIEW_SECTION; /* first review: section head */
extern const struct may MAY_REVIEW_OFFICE;  /* second review: office */
extern const struct may MAY_REVIEW_SECRECY; /* secrecy review */
extern const struct may MAY_REVIEW_SIGN;    /* leader's signature */
extern const struct may MAY_REVIEW_CHAIN;   /* change the chain */

extern const struct choice review_verdicts[2];  /* pass, return */
extern const struct choice review_secrecies[3]; /* open, part, closed */

/* What must be known to conclude at a level. */
struct conclusion_facts {
    bool wrote;              /* the reviewer wrote at the text */
    bool concluded_before;   /* at another level of this case */
    bool published;          /* made it public in an emergency: another person catches up */
    bool passes;             /* the verdict */
    bool secrecy_level;
    bool proactive;          /* the text is meant to go public */
    struct str secrecy;      /* conclusion of a secrecy level */
    struct str ground;
    struct date today;       /* a ground must be in force on the day of the decision */
    struct str opinion;
    struct str proof;        /* what the level proofreads; empty: nothing */
    bool proof_done;
};
void review_conclude_reasons(const void *facts, struct reasons *out);

struct review_level {
    int no;
    struct str name, kind, may, proof;
};
struct review_levels {
    const struct review_level *v;
    size_t n;
};
/* The publisher's own chain, else the tenant's (publisher 0). Inside a transaction. */
const struct err *review_chain(struct ctx *c, int64_t publisher_id, struct review_levels *out);
/* The default: section head → office → secrecy review → leader's signature, with three proofs. Written once per tenant. */
const struct err *review_chain_seed(struct ctx *c);

/* ---- reads for pages ---- */

struct review_step_view {
    int no;
    struct str name, kind, status, person, conclusion, opinion, ground, proof;
    struct str status_label, conclusion_label, waiting_for; /* words for people; who may act, while waiting */
    bool proof_done;
    bool here; /* the level the case waits at */
    struct instant at;
};
struct review_steps_view {
    const struct review_step_view *v;
    size_t n;
};

struct review_case_view {
    int64_t case_id, document_id, edition_id, unit_id, publisher_id, version;
    int submission;
    struct str status, status_label;
    int level_no;
    struct instant opened, closed;
    struct review_steps_view steps;
    int acting_no;                /* the level the reader may conclude now; 0 none */
    bool may_conclude;
    bool urgent, may_call_urgent; /* 应急办理: secrecy review before its turn */
    struct str urgent_reason;
    struct str why_not;           /* else: why not, in words */
    int catch_up_no;              /* a skipped level the reader may catch up; 0 none */
    struct str title, author, unit_name;
};
/* ERR_UNKNOWN out of reach. */
const struct err *review_case_read(struct ctx *c, int64_t case_id, struct review_case_view *out);
/* The newest case of a document; *found false when it was never submitted. */
const struct err *review_case_of(struct ctx *c, int64_t document_id, struct review_case_view *out, bool *found);

/* What changed since the version the reader saw last (else the submission before, else the public edition). */
struct review_diff {
    bool has_old;
    struct str old_label;         /* 第 2 稿（您上次看的） */
    struct str new_label;
    struct diff_rows rows;
    struct str title_old, title_new;
};
const struct err *review_diff_read(struct ctx *c, const struct review_case_view *k, struct review_diff *out);

extern const struct op *const OP_REVIEW_CONCLUDE, *const OP_REVIEW_CATCH_UP, *const OP_REVIEW_URGENT, *const OP_REVIEW_CHAIN_SET;
extern const struct capability review_capability;

#endif
