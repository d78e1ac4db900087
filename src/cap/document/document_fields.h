/*
 * document_fields.h: inputs of the document operations. The tables stand in document_fields.c; forms, command line and API
 * are made from them.
 */
#ifndef GK_CAP_DOCUMENT_FIELDS_H
#define GK_CAP_DOCUMENT_FIELDS_H

#include "core/op.h"

struct draft_input {
    int64_t id;        /* document; 0: a new one */
    int64_t version;   /* of the edition the writer saw */
    int64_t unit_id;
    struct str title, doc_number, remark, theme, category;
    struct date signed_on, printed_on, valid_to;
    struct str sign_office, print_office;
    struct str attribute, ground, ground_reason;
    struct str addressees, cc;  /* names, separated by commas or lines */
    struct str body;            /* HTML source */
    struct strs part_title, part_body;
    struct str summary, keywords, basis, stage, replaces, change_reason;
    struct strs interpretations;
    struct files files;
    struct ids remove_file;
};

struct edition_input { /* submit, recall, publish, file, reopen, discard, emergency */
    int64_t id;
    int64_t version;
    struct str late_reason, emergency_reason;
};

struct correct_input {
    int64_t id;
    struct str change_kind, change_reason;
};

struct withdraw_input {
    int64_t id;
    struct str kind, reason;
};

struct validity_input {
    int64_t id;
    struct str validity, reason;
    struct date valid_to;
};

struct acknowledge_input {
    int64_t id;
    int64_t unit_id;
};

/* One saved page as text; read by intake/page.h. */
struct import_input {
    struct str text;       /* the page as text */
    struct str publisher;  /* overrides the page's */
    struct str category;
    struct files files;
};

extern const struct field draft_fields[];
extern const size_t draft_field_count;

enum { DOCUMENT_OPS = 14 };
extern const struct op document_op_rows[DOCUMENT_OPS];

extern const struct op *const OP_DOCUMENT_CREATE, *const OP_DOCUMENT_SAVE, *const OP_DOCUMENT_SUBMIT, *const OP_DOCUMENT_RECALL,
    *const OP_DOCUMENT_DISCARD, *const OP_DOCUMENT_REOPEN, *const OP_DOCUMENT_PUBLISH, *const OP_DOCUMENT_FILE,
    *const OP_DOCUMENT_EMERGENCY, *const OP_DOCUMENT_CORRECT, *const OP_DOCUMENT_WITHDRAW, *const OP_DOCUMENT_VALIDITY,
    *const OP_DOCUMENT_ACKNOWLEDGE, *const OP_DOCUMENT_IMPORT;

/* The functions behind them, each in its file. */
const struct err *document_create(struct ctx *c, const struct draft_input *in, struct op_done *done);
const struct err *document_save(struct ctx *c, const struct draft_input *in, struct op_done *done);
const struct err *document_submit(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_recall(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_discard(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_reopen(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_publish(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_file(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_emergency(struct ctx *c, const struct edition_input *in, struct op_done *done);
const struct err *document_correct(struct ctx *c, const struct correct_input *in, struct op_done *done);
const struct err *document_withdraw(struct ctx *c, const struct withdraw_input *in, struct op_done *done);
const struct err *document_validity(struct ctx *c, const struct validity_input *in, struct op_done *done);
const struct err *document_acknowledge(struct ctx *c, const struct acknowledge_input *in, struct op_done *done);
const struct err *document_import(struct ctx *c, const struct import_input *in, struct op_done *done);

#endif
