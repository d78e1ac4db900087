/*
 * review_inside.h: what the files of this capability share. For this folder only.
 */
#ifndef GK_CAP_REVIEW_INSIDE_H
#define GK_CAP_REVIEW_INSIDE_H

#include "cap/review/review.h"
#include "review_sql.h"

struct conclude_input {
    int64_t id;       /* case */
    int64_t version;  /* of the case, as seen */
    int64_t no;       /* level to catch up; not used for an ordinary conclusion */
    struct str verdict, secrecy, ground, opinion;
    bool proof_done;
};

struct urgent_input {
    int64_t id; /* case */
    int64_t version;
    struct str reason;
};

/* One line a level: name | kind | right | proof. */
struct chain_input {
    int64_t publisher_id; /* 0: the tenant's */
    struct str levels;
};

const struct may *review_may(struct str name); /* NULL: no right of review */

const struct err *review_conclude(struct ctx *c, const struct conclude_input *in, struct op_done *done);
const struct err *review_catch_up(struct ctx *c, const struct conclude_input *in, struct op_done *done);
const struct err *review_urgent(struct ctx *c, const struct urgent_input *in, struct op_done *done);
const struct err *review_chain_set(struct ctx *c, const struct chain_input *in, struct op_done *done);
const struct err *review_on_event(struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail);

/* What waits for this person: cases at a level of his, levels to be caught up. */
const struct err *review_work(struct ctx *c, struct work_items *into);

enum { REVIEW_OPS = 4 };
extern const struct op review_op_rows[REVIEW_OPS];

#endif
