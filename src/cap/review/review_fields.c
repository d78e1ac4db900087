/*
 * review_fields.c: the field tables and operations of review.
 */
#include "base/limits.h"
#include "cap/review/review_inside.h"

#include "base/ban.h"

#define CHOICES(table) .choices = (table), .choice_count = sizeof(table) / sizeof((table)[0])

// clang-format off
static const struct field conclude_fields[] = {
    FIELD(struct conclude_input, id,         .label = "审核件",       .kind = FIELD_ID,     .required = true),
    FIELD(struct conclude_input, version,    .label = "版本",         .kind = FIELD_INT,    .least = 0, .most = INT64_MAX),
    FIELD(struct conclude_input, no,         .label = "环节",         .kind = FIELD_INT,    .least = 0, .most = 100),
    FIELD(struct conclude_input, verdict,    .label = "审核结果",     .kind = FIELD_CHOICE, .required = true, CHOICES(review_verdicts)),
    FIELD(struct conclude_input, secrecy,    .label = "保密审查结论", .kind = FIELD_CHOICE, CHOICES(review_secrecies)),
    FIELD(struct conclude_input, ground,     .label = "不予公开的依据", .kind = FIELD_LINE,   .most = 8),
    FIELD(struct conclude_input, opinion,    .label = "意见",         .kind = FIELD_LINES,  .most = LIMIT_NOTE_CHARS),
    FIELD(struct conclude_input, proof_done, .label = "校对",         .kind = FIELD_FLAG),
};

static const struct field urgent_fields[] = {
    FIELD(struct urgent_input, id,      .label = "审核件",       .kind = FIELD_ID,    .required = true),
    FIELD(struct urgent_input, version, .label = "版本",         .kind = FIELD_INT,   .least = 0, .most = INT64_MAX, .required = true),
    FIELD(struct urgent_input, reason,  .label = "应急办理原因", .kind = FIELD_LINES, .most = LIMIT_NOTE_CHARS, .required = true),
};

static const struct field chain_fields[] = {
    FIELD(struct chain_input, publisher_id, .label = "发布机构", .kind = FIELD_ID),
    FIELD(struct chain_input, levels,       .label = "审核流程", .kind = FIELD_LINES, .most = LIMIT_NOTE_CHARS, .required = true),
};
// clang-format on

OP_ADAPT(review_conclude, struct conclude_input)
OP_ADAPT(review_catch_up, struct conclude_input)
OP_ADAPT(review_urgent, struct urgent_input)
OP_ADAPT(review_chain_set, struct chain_input)

/* The right asked at the gate is the reader's; the level's own right is asked for its unit inside. */
extern const struct may MAY_DOCUMENT_READ, MAY_DOCUMENT_EMERGENCY;

// clang-format off
const struct op review_op_rows[REVIEW_OPS] = {
    OP("review.conclude",  "审核",         MAY_DOCUMENT_READ, conclude_fields, struct conclude_input, review_conclude,  OP_PLAIN),
    OP("review.catch_up",  "补审",         MAY_DOCUMENT_READ, conclude_fields, struct conclude_input, review_catch_up,  OP_PLAIN),
    OP("review.urgent",    "转为应急办理", MAY_DOCUMENT_EMERGENCY, urgent_fields, struct urgent_input, review_urgent,  OP_PLAIN),
    OP("review.chain_set", "设置审核流程", MAY_REVIEW_CHAIN,  chain_fields,    struct chain_input,    review_chain_set, OP_PROOF),
};
// clang-format on

const struct op *const OP_REVIEW_CONCLUDE = &review_op_rows[0];
const struct op *const OP_REVIEW_CATCH_UP = &review_op_rows[1];
const struct op *const OP_REVIEW_URGENT = &review_op_rows[2];
const struct op *const OP_REVIEW_CHAIN_SET = &review_op_rows[3];
