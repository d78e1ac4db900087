/*
 * parts.h: what the shared partial views are handed. A page fills a struct per field in its handler and calls the view:
 *
 *     {% include "web/layout_views.h" %}
 *     {% view draft_page(struct out *o, const struct draft_page *d) %}
 *     {% call office_head(o, &d->page) %}
 *     <h1>起草公文</h1>
 *     <form action="{{ d->action }}" method="post">
 *     {% call form_keys(o, &d->page) %}
 *     {% call text_field(o, &d->title) %}
 *     …
 *     {% call office_foot(o, &d->page) %}
 *     {% end %}
 *
 * The heads open <main>, the feet close it; the page itself writes its one h1. Faults of struct page are shown on top by the
 * heads, each linked to the field of its name: so the id of a field is its name, unless a page has two fields of one name
 * and says otherwise.
 */
#ifndef GK_WEB_PARTS_H
#define GK_WEB_PARTS_H

#include "web/exchange.h"

/* Common to all fields: name; label (no 选填: the view adds it when not required); hint: one line under the label;
 * error: words of the fault (fault_of()), empty when well; id: empty = name. */

struct text_field { /* view text_field: one line */
    struct str id, name, label, hint, value, error;
    bool required;
    struct str type;         /* empty: text; password, email, tel, url, search */
    struct str autocomplete; /* empty: off is not said */
    struct str inputmode;    /* numeric, decimal … */
    struct str list;         /* id of a datalist of the page */
    int max_chars;           /* 0: not said */
    bool narrow;             /* a number, a code, a date */
    bool wide;               /* as wide as its column: titles */
    bool readonly;
};

struct area_field { /* view area_field: several lines */
    struct str id, name, label, hint, value, error;
    bool required;
    int rows;      /* 0: five */
    int max_chars; /* 0: not said; else the characters left are counted */
    bool wide;
    bool source;   /* body text as HTML source: tall, and what the editor script takes over */
};

struct date_field { /* view date_field: value as typed, or YYYY-MM-DD */
    struct str id, name, label, hint, value, error;
    bool required;
    struct str least, most; /* YYYY-MM-DD or empty */
};

struct option {
    struct str value, label;
    struct str hint; /* radio_group and check_group: small line under the label */
    bool chosen;
};
struct options {
    const struct option *v;
    size_t n;
};
/* From a table of choices (core/op.h). */
struct options options_of(struct arena *into, const struct choice *choices, size_t n, struct str chosen);

struct choice_field { /* views radio_group, check_group (several may be chosen), select_field */
    struct str id, name, label, hint, error;
    bool required;
    struct str blank; /* select_field: words of an empty first choice, e.g. 请选择; empty: none */
    struct options options;
};

struct checkbox { /* view checkbox: one yes or no; sends value, or nothing */
    struct str id, name, label, hint, error;
    struct str value; /* empty: 1 */
    bool required;
    bool chosen;
};

struct file_field { /* view file_field; the form needs enctype="multipart/form-data" */
    struct str id, name, label, hint, error;
    bool required;
    bool several;
    struct str accept; /* .pdf,.docx */
};

/* Paging: links with addresses. query: the other parameters as they stand in the address, without p ("q=%E6%8B%9B&type=a"). */
struct pager {
    int64_t total, page, pages;
    struct url previous, next; /* empty: none */
    struct page_links links;   /* an empty address: a gap */
};
struct pager pager_make(struct arena *into, struct str path, struct str query, int64_t page, int64_t per_page, int64_t total);

/* 403, 404, 410, 422, 429, 500 …: view error_page, a whole page, public or office after page.office. */
struct error_page {
    int status;
    struct str title;     /* 没有找到这个页面 */
    struct str words;     /* what to do */
    struct str reference; /* to be told on the phone; may be empty */
};

/* A plain message as a whole page: view status_page. */
struct status_page {
    struct str title;
    struct str words;
    struct page_links links; /* where to go from here */
};

#endif
