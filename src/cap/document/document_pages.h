/*
 * document_pages.h: what the views of this capability are handed.
 */
#ifndef GK_CAP_DOCUMENT_PAGES_H
#define GK_CAP_DOCUMENT_PAGES_H

#include "cap/document/document_reads.h"
#include "web/parts.h"

/* ---- public ---- */

struct document_page {
    struct page page;
    const struct public_document *d;
    struct str address;      /* absolute, for the QR code's words */
    struct url here, sheet, qr;
    bool clock_late;
    struct str empty_kinds;  /* 访谈解读、媒体报道: kinds of interpretation without any */
    struct str letterhead;   /* 云湖区教育局文件 */
};

struct withdrawn_page {
    struct page page;
    const struct public_document *d;
};

struct list_page {
    struct page page;
    struct str heading;
    const struct public_list *list;
    struct choice_field publisher, category, year;
    bool filtered;
    struct url first, next;  /* empty: none */
    struct str latest;       /* 上次更新 */
};

struct sheet_day {
    struct str day, weekday, count, why;
    bool counts, last, published;
};

struct sheet_page {
    struct page page;
    struct str title, number, formed_which, basis, doubt;
    struct url back;
    const struct publish_clock *clock;
    struct str words;
    struct sheet_days {
        const struct sheet_day *v;
        size_t n;
    } list;
    struct sheet_days signed_list; /* from the signing date, when it differs (ruling 1) */
};

/* ---- office ---- */

struct draft_part {
    struct text_field title;
    struct area_field body;
};
struct draft_reason {
    struct str field, words;
};
struct draft_reasons {
    const struct draft_reason *v;
    size_t n;
};
struct draft_file {
    struct str id, name, kind, size;
    struct url url;
};

struct draft_page {
    struct page page;
    struct str heading;
    bool is_new;
    struct url action, autosave;
    struct url editor;           /* script of the rich text field; empty in a program built without it */
    struct str id, version;
    struct str login;            /* of the person, for the password asked in place */
    const struct office_document *d; /* NULL for a new one */
    struct text_field title, doc_number, remark, theme, sign_office, print_office, keywords, replaces;
    struct date_field signed_on, printed_on, valid_to;
    struct choice_field unit, category, attribute, ground, stage, interpretations;
    struct area_field body, addressees, cc, ground_reason, summary, basis, change_reason;
    struct draft_parts {
        const struct draft_part *v;
        size_t n;
    } part_list;
    struct file_field files;
    struct str saved_words;
    size_t must_count, advice_count;
    struct draft_reasons musts, advice;
    struct draft_files {
        const struct draft_file *v;
        size_t n;
    } have;
};

struct history_line {
    struct instant at;
    struct str words, actor;
};

struct office_page {
    struct page page;
    const struct office_document *d;
    struct str id, version;
    struct url edit, submit, recall, reopen, publish, file, emergency, discard, correct, withdraw, validity, review, preview, public_page, sheet;
    bool can_edit, can_submit, can_recall, can_publish, can_file, can_reopen, can_emergency, can_discard, can_correct, can_withdraw, can_validity;
    struct str cannot_publish;   /* why not, when one might expect the button */
    struct area_field late_reason, emergency_reason, change_reason, withdraw_reason, validity_reason;
    struct choice_field change_kind, withdraw_kind, validity_choice;
    struct date_field valid_to;
    struct office_history {
        const struct history_line *v;
        size_t n;
    } history;
    struct receipt_lines receipts;
    struct draft_reasons musts, advice;
};
struct office_list_page {
    struct page page;
    struct office_lines list;
    struct choice_field status;
    struct url next, create;
    bool may_create;
};

struct reading_row {
    const struct reading_line *line;
    struct str id, unit_id;
};

struct reading_page {
    struct page page;
    struct reading_rows {
        const struct reading_row *v;
        size_t n;
    } rows;
};
struct preview_page {
    struct page page;
    const struct office_document *d;
    struct str letterhead, words;
    struct url back;
};

#endif
