/*
 * document_inside.h: what the operation and read files of this capability share. For this folder only.
 */
#ifndef GK_CAP_DOCUMENT_INSIDE_H
#define GK_CAP_DOCUMENT_INSIDE_H

#include "cap/document/document.h"
#include "document_sql.h"

/* A document and its newest edition. */
struct loaded {
    struct q_document_find_row d;
    struct q_edition_find_row e;
    enum edition_status status;
};

/* ERR_UNKNOWN when it is not there or out of the actor's reach. */
const struct err *document_load(struct ctx *c, int64_t document_id, struct loaded *l);
/* The same without asking the reach: for what this program just made itself. */
const struct err *document_load_any(struct ctx *c, int64_t document_id, struct loaded *l);
/* The version the person saw is the one stored; else ERR_CONFLICT that says who was faster and when. */
const struct err *document_same_version(struct ctx *c, const struct loaded *l, int64_t seen);
/* A write found another version than the one loaded in this transaction: the same words, from what is stored now. */
const struct err *document_lost_race(struct ctx *c, const struct loaded *l);
/* Facts for the pure decisions. */
const struct err *document_facts(struct ctx *c, const struct loaded *l, struct edition_facts *f);
/* One step of the newest edition; sets c->subject. */
const struct err *document_step(struct ctx *c, struct loaded *l, const char *verb, const struct edition_facts *f, struct str detail);
/* The same in the name of the program: what follows from an event that a person was entitled to cause. */
const struct err *document_step_by_program(struct ctx *c, struct loaded *l, const char *verb, struct str detail);

/* The index number of the document, allotted now if it has none: as late as possible in the transaction. */
const struct err *document_number_allot(struct ctx *c, const struct loaded *l, struct str *number, int *year);
/* Makes the newest edition public: number, older editions, files, readers, cc, tally. Status was changed before. */
const struct err *document_go_public(struct ctx *c, struct loaded *l, struct instant at, struct str *number);
/* Reading items for the addressees that are units of this tenant. */
const struct err *document_deliver(struct ctx *c, const struct loaded *l);

/* Writes parts, addressees and cc of an edition. part 0 is body. */
const struct err *document_put_addressees(struct ctx *c, int64_t edition_id, struct str names);
const struct err *document_put_cc(struct ctx *c, int64_t edition_id, struct str names);
/* Names as people write them: split at ，,、； ; and line ends outside brackets. */
struct strs document_split_names(struct arena *into, struct str text);

/* The categories a new tenant starts with. The codes of Quanzhou's table are known for two of them only; all are data of the
 * tenant and may be changed. */
const struct err *document_seed(struct ctx *c);

struct str document_location(struct ctx *c, int64_t document_id); /* /office/documents/ID */

#endif
