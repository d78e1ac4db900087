/*
 * paper.h: a document on its way, for tests: from the drafter's desk to the citizen, through
 * operations only.
 *
 *     struct fixture *f = paper_site(_i);
 *     int64_t id = paper_draft(f, f->author, "doc_number", "云教〔2026〕18号", NULL);
 *     ck_assert_well(paper_submit(f, f->author, id));
 *     paper_pass_all(f, id);
 *     ck_assert_well(paper_publish(f, f->officer, id, NULL));
 *
 * Names and values are pairs of C strings, ended by NULL; what paper_draft would say of the same
 * name is left out then. The people of support.h: author drafts, head, officer, secrecy and leader
 * review, officer publishes.
 */
#ifndef GK_TESTS_CAP_PAPER_H
#define GK_TESTS_CAP_PAPER_H

#include "../core/support.h"
#include "cap/document/document.h"
#include "cap/document/document_reads.h"
#include "cap/list.h"
#include "cap/review/review.h"
#include "core/registry.h"
#include "core/setting.h"
#include "paper_sql.h"

enum { PAPER_FIELDS = 64 };

/* Input of an operation. */
struct sheet {
    struct value v[PAPER_FIELDS];
    size_t n;
};
void sheet_put(struct sheet *s, const char *name, const char *text);
void sheet_default(
    struct sheet *s, const char *name, const char *text); /* unless the name is there */
void sheet_id(struct fixture *f, struct sheet *s, const char *name, int64_t id);
void sheet_file(struct sheet *s, const struct file *file);
const struct err *sheet_run(
    struct fixture *f, int64_t person, const char *op, const struct sheet *s, struct op_done *done);

/* Registers the whole program; call it first in check_cases. */
void paper_program(void);
/* The site of support.h, where the officer, the secrecy officer and the leader also answer for the
 * schools. */
struct fixture *paper_site(int engine);
int64_t paper_holder(
    struct fixture *f, const char *login, const char *role, int64_t unit_id); /* a new person */
void paper_setting(struct fixture *f, enum setting what, const char *value);

int64_t paper_draft(struct fixture *f, int64_t person, ...) __attribute__((sentinel));
const struct err *paper_draft_try(struct fixture *f, int64_t person, struct op_done *done, ...)
    __attribute__((sentinel));
const struct err *paper_save(struct fixture *f, int64_t person, int64_t id, ...)
    __attribute__((sentinel));
/* Any operation on a document whose input is id, version and some more. */
const struct err *paper_do(struct fixture *f, int64_t person, const char *op, int64_t id, ...)
    __attribute__((sentinel));
const struct err *paper_submit(struct fixture *f, int64_t person, int64_t id);
/* The level the newest case waits at; a pass with proof done and secrecy "open" unless pairs say
 * otherwise. */
const struct err *paper_conclude(struct fixture *f, int64_t person, int64_t id, ...)
    __attribute__((sentinel));
const struct err *paper_catch_up(struct fixture *f, int64_t person, int64_t id, int no, ...)
    __attribute__((sentinel));
void paper_pass_to(struct fixture *f, int64_t id,
    int levels); /* the first levels, by head, officer, secrecy, leader */
void paper_pass_all(struct fixture *f, int64_t id);
const struct err *paper_publish(struct fixture *f, int64_t person, int64_t id, ...)
    __attribute__((sentinel));
int64_t paper_approved(struct fixture *f, ...) __attribute__((sentinel));  /* draft … approved */
int64_t paper_published(struct fixture *f, ...) __attribute__((sentinel)); /* draft … published */

/* What stands in the store. */
struct q_paper_document_row paper_document(struct fixture *f, int64_t id);
struct q_paper_edition_row paper_edition(struct fixture *f, int64_t id);
struct q_paper_case_row paper_case(struct fixture *f, int64_t id);
struct q_paper_steps_rows paper_steps(struct fixture *f, int64_t id);
/* The newest case as somebody sees it, and what changed for him (may be NULL). */
const struct err *paper_case_view(struct fixture *f, int64_t person, int64_t id,
    struct review_case_view *k, struct review_diff *diff);
struct str paper_events(
    struct fixture *f, int64_t id); /* drafted submitted … separated by a blank */
struct str paper_editions(struct fixture *f, int64_t id); /* 1:superseded 2:published */
struct str paper_number(struct fixture *f, int64_t id);
/* Nothing half, tally true, numbers of each series without gap where gapless is claimed. */
void paper_whole(struct fixture *f);
void paper_whole_imported(struct fixture *f); /* without the numbers: imports leave gaps */

/* As a citizen, over the public door. */
struct ctx paper_citizen(struct fixture *f);
const struct err *paper_read(
    struct fixture *f, struct str number, int edition_no, struct public_document *out);
struct public_document paper_page(struct fixture *f, struct str number); /* must be there */

/* The words of a fault of a field; all faults of an error as "field field". */
struct str fault_fields(struct arena *into, const struct err *e);
bool fault_has(const struct err *e, const char *words);

#define ck_assert_refused(expression, kind_wanted)                                                 \
    do {                                                                                           \
        const struct err *refused_ = (expression);                                                 \
        ck_assert_msg(refused_ != NULL, "was not refused: %s", #expression);                       \
        ck_assert_msg(refused_->kind == (kind_wanted), "%.*s: %.*s (%.*s)",                        \
            STR_ARG(err_name(refused_->kind)), STR_ARG(refused_->words),                           \
            STR_ARG(refused_->facts));                                                             \
    } while (0)

#endif
