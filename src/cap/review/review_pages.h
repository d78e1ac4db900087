/*
 * review_pages.h: what the views of review are handed.
 */
#ifndef GK_CAP_REVIEW_PAGES_H
#define GK_CAP_REVIEW_PAGES_H

#include "cap/document/document_reads.h"
#include "cap/review/review.h"
#include "web/parts.h"

struct review_page {
    struct page page;
    const struct review_case_view *k;
    const struct office_document *d;
    const struct review_diff *diff;
    struct url action, form, document, preview;
    struct str version, no;
    struct str level_name, proof;
    bool secrecy, acts, catches_up;
    bool stacked, final_only;   /* ?view=stacked, ?view=final */
    struct url view_side, view_stacked, view_final;
    struct choice_field verdict, secrecy_choice, ground;
    struct area_field opinion;
    struct checkbox proof_done;
    struct url urgent_action;
    struct area_field urgent_reason;
};

/* 保密审查表: printed, kept. */
struct review_form_page {
    struct page page;
    const struct review_case_view *k;
    const struct office_document *d;
    struct url back;
};

struct chain_page {
    struct page page;
    struct str publisher_name, publisher_id;
    struct area_field levels;
    struct chain_links {
        const struct page_link *v;
        size_t n;
    } publishers;
    struct url action;
};

#endif
