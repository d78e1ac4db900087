/*
 * document_reads.h: what pages show. Structs without HTTP; one read transaction each.
 */
#ifndef GK_CAP_DOCUMENT_READS_H
#define GK_CAP_DOCUMENT_READS_H

#include "cap/document/document.h"

struct part_view {
    int no;
    struct str title;
    struct html body;
};
struct parts_view {
    const struct part_view *v;
    size_t n;
};

struct file_view {
    int64_t file_id;
    struct str name, media_type, digest;
    struct str kind_label; /* PDF */
    struct str size_label; /* 486 KB */
    int64_t size_bytes;
};
struct files_view {
    const struct file_view *v;
    size_t n;
};

struct edition_line {
    int no;
    struct str status_label, title, change_label, change_reason;
    struct instant at;   /* published, or posted for an imported one */
    bool is_public, here;
};
struct edition_lines {
    const struct edition_line *v;
    size_t n;
};

struct link_view {
    struct str number, title, doc_number;
};
struct links_view {
    const struct link_view *v;
    size_t n;
};

/* What a citizen may see of one document. */
struct public_document {
    int64_t document_id;
    bool withdrawn;
    struct str withdrawn_label, withdrawn_reason, withdrawn_title;
    struct instant withdrawn_at;

    struct str number, title, doc_number, remark, category, category_name, theme;
    struct str publisher, publisher_short, section, section_phone;
    int64_t publisher_id;
    struct date signed_on, printed_on, claimed_on;
    struct str sign_office, print_office, sent_to, copy_to;
    struct str attribute_label, validity, validity_label, validity_reason;
    struct date valid_to;
    bool in_force;
    struct str basis, stage_label, summary, keywords;
    struct strs interpretation_labels;  /* kinds that exist or are planned */
    struct instant published;           /* the program's moment */
    struct instant posted;              /* of an imported page */
    bool imported, posted_exact;
    struct str shown_text;              /* the moment the page shows: 2018-12-18 08:16 */
    struct str pub_date;                /* PubDate of the website guideline: 2018-12-18 08:16 */
    struct str late_reason;
    bool emergency;
    struct publish_clock clock;
    struct str clock_words;             /* 第 3 个工作日发布（期限 20 个工作日）… */
    int edition_no;
    bool current;                       /* the edition shown is the one in force */
    struct str change_label, change_reason;
    struct edition_lines editions;
    struct parts_view parts;
    struct files_view files;
    struct links_view replaced;         /* documents this one replaced */
    struct link_view replaced_by;       /* number empty: none */
    struct str etag;
};
/* edition_no 0: the current one. ERR_UNKNOWN for anything a citizen may not see: the same for hidden and non-existent. */
const struct err *document_public_read(struct ctx *c, struct str number, int edition_no, struct public_document *out);

struct list_filter {
    int64_t publisher_id; /* 0: any */
    struct str category;  /* empty: any */
    int year;             /* 0: any */
    struct instant before_ms;
    int64_t before_id;    /* keyset; 0: the first page */
};
struct list_line {
    struct str number, title, doc_number, publisher, validity_label;
    struct instant shown;
    int64_t document_id;
    struct date shown_on, signed_on;
    bool in_force, imported;
};
struct list_lines {
    const struct list_line *v;
    size_t n;
    bool more;
};
struct name_value {
    struct str value, label;
    int64_t n;
};
struct name_values {
    const struct name_value *v;
    size_t n;
};
struct public_list {
    struct list_lines lines;
    int64_t total;
    struct name_values years, categories, publishers;
};
const struct err *document_public_list(struct ctx *c, const struct list_filter *f, size_t most, bool facets, struct public_list *out);
/* A file with a public address; ERR_UNKNOWN else. */
const struct err *document_public_file(struct ctx *c, struct str digest, struct str name, struct file *out);

/* ---- office ---- */

struct office_document {
    int64_t document_id, edition_id, unit_id, publisher_id, author_id, version;
    struct str status, number, category, origin;
    enum edition_status edition_status;
    struct str edition_status_label;
    int no;
    struct str title, doc_number, doc_number_typed, remark, theme, sign_office, print_office;
    struct date signed_on, printed_on, claimed_on, valid_to;
    struct str attribute, attribute_label, ground, ground_reason, decider;
    struct str basis, stage, interpretations, summary, keywords, replaces, change_kind, change_label, change_reason;
    struct str returned_reason, late_reason, emergency_reason, validity, validity_label, validity_reason;
    struct str addressees, cc;
    struct instant cc_sent;     /* recorded as sent; none before publication, and for imported documents */
    struct str author, saved_by, published_by, secrecy_by, unit_name, publisher_name;
    struct instant saved_at, submitted_at, approved_at, published_at, secrecy_at, withdrawn_at;
    struct str withdrawn_reason, withdrawn_label;
    struct parts_view parts;
    struct files_view files;
    struct edition_lines editions;
    struct publish_clock clock;
    struct str clock_words;
    struct reasons reasons;     /* what review or publication would miss now */
    bool may_edit, may_publish, may_emergency, wrote, is_public;
    bool provable_late;         /* publication asks for a reason */
};
const struct err *document_office_read(struct ctx *c, int64_t document_id, struct office_document *out);

struct office_line {
    int64_t document_id;
    struct str title, doc_number, number, unit_name, author, status_label;
    enum edition_status status;
    struct instant saved_at;
    struct str due_words;
    bool overdue;
};
struct office_lines {
    const struct office_line *v;
    size_t n;
    bool more;
};
const struct err *document_office_list(struct ctx *c, struct str status, int64_t before, size_t most, struct office_lines *out);
const struct err *document_office_file(struct ctx *c, int64_t file_id, struct file *out);

struct reading_line {
    int64_t document_id, unit_id;
    struct str title, doc_number, number, unit_name;
    struct instant at, read_at;
    bool is_public;
};
struct reading_lines {
    const struct reading_line *v;
    size_t n;
};
const struct err *document_reading_list(struct ctx *c, size_t most, struct reading_lines *out);
/* What was sent to a unit of the reader's, also when it is not public. ERR_UNKNOWN else. */
const struct err *document_delivered_read(struct ctx *c, int64_t document_id, struct office_document *out);
/* Who got it and who has confirmed. */
struct receipt_line {
    struct str unit_name, reader;
    struct instant at, read_at;
};
struct receipt_lines {
    const struct receipt_line *v;
    size_t n;
};
const struct err *document_receipts(struct ctx *c, int64_t document_id, struct receipt_lines *out);

struct place {
    int64_t unit_id;
    struct str name;
};
struct places {
    const struct place *v;
    size_t n;
};
const struct err *document_draft_places(struct ctx *c, struct places *out);
const struct err *document_categories(struct ctx *c, struct name_values *out);

/* 486 KB, 1.2 MB; PDF, DOCX. */
struct str document_size_label(struct arena *into, int64_t bytes);
struct str document_kind_label(struct arena *into, struct str file_name);

/* "已于第 3 个工作日发布，期限 20 个工作日" and its like, for pages of both sides. */
struct str clock_words(struct arena *into, const struct publish_clock *clock);

const struct err *document_work(struct ctx *c, struct work_items *into);

#endif
