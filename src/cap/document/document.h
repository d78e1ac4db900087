/*
 * document.h: 政府信息: documents with editions. The face of the capability and its decisions.
 *
 * A document has one index number for ever and any number of editions. The newest edition is worked on (draft, in review,
 * approved); at most one edition is public. A published edition never changes: a correction is a new edition that supersedes
 * it. Three kinds of date are kept apart: signed (成文), printed (印发) and published (发布); the last is taken by the program and
 * cannot be set, only explained. A fourth, the date an imported page claims, is shown and never reckoned from (ruling 1).
 */
#ifndef GK_CAP_DOCUMENT_H
#define GK_CAP_DOCUMENT_H

#include "core/registry.h"
#include "html/html.h"
#include "rules/deadline.h"

extern const struct may MAY_DOCUMENT_READ;        /* see what a unit works on */
extern const struct may MAY_DOCUMENT_EDIT;        /* draft in a unit */
extern const struct may MAY_DOCUMENT_PUBLISH;     /* publish, file, withdraw; never one's own text */
extern const struct may MAY_DOCUMENT_EMERGENCY;   /* publish before all levels have passed */
extern const struct may MAY_DOCUMENT_ACKNOWLEDGE; /* confirm that a document reached the unit */
extern const struct may MAY_DOCUMENT_IMPORT;      /* take over what was published before */

/*      id                   stored        flow           label */
#define EDITION_STATUSES(X)                                                                        \
    X(EDITION_DRAFT,         "draft",      STATUS_OPEN,   "起草中")                                \
    X(EDITION_IN_REVIEW,     "in_review",  STATUS_OPEN,   "审核中")                                \
    X(EDITION_APPROVED,      "approved",   STATUS_OPEN,   "待发布")                                \
    X(EDITION_PUBLISHED,     "published",  STATUS_OPEN,   "已发布")                                \
    X(EDITION_SUPERSEDED,    "superseded", STATUS_CLOSED, "已被新版代替")                          \
    X(EDITION_WITHDRAWN,     "withdrawn",  STATUS_CLOSED, "已撤下")                                \
    X(EDITION_FILED,         "filed",      STATUS_CLOSED, "已归档（不主动公开）")                  \
    X(EDITION_DISCARDED,     "discarded",  STATUS_CLOSED, "已作废")

enum edition_status {
#define X(id, stored, flow, label) id,
    EDITION_STATUSES(X)
#undef X
};

extern const struct steps edition_steps;

/* Values of fields that are chosen from a list. The first is the default. */
extern const struct choice document_attributes[3];      /* proactive, on_request, withheld */
extern const struct choice document_stages[6];          /* "" and the five */
extern const struct choice document_interpretations[5]; /* text, picture, video, interview, media */
extern const struct choice document_validities[3];
extern const struct choice document_change_kinds[5];    /* correction supplement personal secrecy other */
extern const struct choice document_withdraw_kinds[5];
struct str document_choice_label(const struct choice *v, size_t n, struct str value); /* the value itself when unknown */

/* What must be known to decide about an edition. */
struct edition_facts {
    struct str title;
    struct str body_text;          /* text of part 0 */
    size_t body_chars;
    struct str doc_number, doc_number_typed;
    struct date signed_on, printed_on, today;
    struct str attribute, ground, ground_reason;
    size_t addressees;
    struct str late_reason;
    bool secrecy_passed;
    bool late;                     /* the twentieth working day is over */
    int workday_no;
    bool actor_wrote;              /* the actor wrote at this edition */
    bool emergency;
    struct str emergency_reason;
    struct str change_kind, change_reason;
    int no;
};

/* Everything that must (or should) be mended before the text goes to review. */
void document_submit_reasons(const void *facts, struct reasons *out);
/* May this edition go public? 条例(2019) art. 14-17: reviewed, not withheld, by another hand than the author's. */
void document_publish_reasons(const void *facts, struct reasons *out);
void document_emergency_reasons(const void *facts, struct reasons *out);
void document_file_reasons(const void *facts, struct reasons *out);

/* ---- for the capabilities that build on this one (review, desk, portal) ---- */

struct document_head {
    int64_t document_id, unit_id, publisher_id, author_id, latest_edition_id, public_edition_id;
    struct str status, origin, index_number, category;
    int64_t version;
};

struct edition_head {
    int64_t edition_id, document_id, author_id;
    int no;
    enum edition_status status;
    struct str title, doc_number, attribute, ground, ground_reason, theme, change_kind, change_reason;
    struct date signed_on, printed_on;
    int submissions;
    struct instant submitted_ms, secrecy_ms, approved_ms, published_ms, emergency_ms;
    int64_t published_by, version;
};

/* ERR_UNKNOWN when it is not there or not for the actor to know. Inside a transaction. */
const struct err *document_head_load(struct ctx *c, int64_t document_id, struct document_head *d);
const struct err *edition_head_load(struct ctx *c, int64_t edition_id, struct edition_head *e);

/* One text as it was sent to review: title and the body of all parts. */
struct submission {
    int no;
    struct instant at;
    struct str title;
    struct html body;
};
const struct err *submission_load(struct ctx *c, int64_t edition_id, int no, struct submission *out, bool *found);

/* The text of an edition as it stands now, in the same shape; no is 0. */
const struct err *edition_text_load(struct ctx *c, int64_t edition_id, struct submission *out);

/* Did the person write at this edition? Whoever did may neither review nor publish it. */
const struct err *edition_written_by(struct ctx *c, int64_t edition_id, int64_t person_id, bool *yes);

/* The publication clock of an edition as of c->today. */
void edition_clock(struct ctx *c, struct date printed, struct date signed_on, struct date published, struct publish_clock *out);

/* What review tells about the edition it had before it; all inside its operation. by: who gave the conclusion. */
const struct err *document_note_secrecy(struct ctx *c, int64_t document_id, int64_t by);
const struct err *document_note_approved(struct ctx *c, int64_t document_id, int64_t decider);
const struct err *document_note_returned(struct ctx *c, int64_t document_id, struct str reason);

/* Name and unit of a person: "林芳（教育股）"; empty for 0. */
const struct err *document_person(struct ctx *c, int64_t person_id, struct str *name, struct str *name_and_unit);

extern const struct capability document_capability;

#endif
