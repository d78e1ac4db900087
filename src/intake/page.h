/*
 * page.h: reads a saved disclosure page as text, with its shell.
 *
 * The shell: index number, document number, publisher, the page's date, title, moment of posting; then the document as
 * issued (number, title, addressees, body, signature), (此件主动公开), the carried plan, cc and print line; then what the page
 * adds below (attachments, QR, interpretations). Nothing is guessed: what is not found stays empty and is told in notes.
 * Pure; input is valid UTF-8.
 */
#ifndef GK_INTAKE_PAGE_H
#define GK_INTAKE_PAGE_H

#include "base/date.h"
#include "base/err.h"

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING_1, BLOCK_HEADING_2, BLOCK_TO, BLOCK_SIGNATURE, BLOCK_TITLE };

struct block {
    enum block_kind kind;
    struct str text;
};

struct blocks {
    const struct block *v;
    size_t n;
};

struct page_part {
    struct str title;
    struct blocks body;
};

struct imported_page {
    struct str index_number;
    struct str document_number_typed, document_number; /* as found; stored form */
    struct str remark;            /* 备注 when it is not a document number */
    struct str publisher;         /* as named: 区教育局 */
    struct date claimed_on;       /* 公文生成日期: kept and shown, never reckoned from */
    struct str title;
    struct date posted_on;
    int posted_minute;            /* minutes after midnight; -1 when only a day is known */
    struct str addressees_text;   /* 区教育局各股(室),各区属学校 */
    struct strs addressees;       /* split at ， , 、 ； outside brackets */
    struct blocks body;           /* of the notice, structured; without number and title lines */
    struct page_part *parts;      /* carried documents */
    size_t part_count;
    struct str sign_office;
    struct date signed_on;
    struct str attribute;         /* 主动公开, 依申请公开, 不予公开; empty when no mark was found */
    struct strs cc;
    struct str print_office;
    struct date printed_on;
    struct strs interpretations;  /* kinds named at the foot */
    struct strs notes;            /* Chinese: what was missing or odd, for the person who imports */
};

const struct err *page_import(struct arena *into, struct str text, struct imported_page *out);

/* Blocks as simple HTML source for the sanitiser: p, h2, h3, p data-align=right. */
struct str blocks_to_html(struct arena *into, struct blocks b);

/* Plain text as a person types it into a form, as the same kind of source: a line is a paragraph, a short line with 一、 or （一）
 * a heading; blank lines are left out. */
struct str text_to_html(struct arena *into, struct str text);

#endif
