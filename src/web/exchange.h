/*
 * exchange.h: one HTTP request and its response. (The citizen's request is another thing: 依申请公开.)
 *
 * Handlers read the parts, call a read or an operation, fill a page struct, call a compiled view on ex->out, and say
 * exchange_page(). The exchange holds a ctx; it never holds SQL and never decides law.
 */
#ifndef GK_WEB_EXCHANGE_H
#define GK_WEB_EXCHANGE_H

#include "core/op.h"
#include "core/setting.h"
#include "web/out.h"
#include "web/route.h"

struct session {
    bool is;                 /* signed in */
    int64_t session_id;
    struct str hash8;
    int64_t person_id;
    struct str name, login;
    struct str home_unit;    /* 办公室: name of the unit shown in the bar */
    int64_t home_unit_id;
    struct strs mays;        /* names of rights held somewhere, for menus */
    struct instant proved_at;/* last password or code */
    bool needs_totp;         /* only enrolment is reachable */
};

struct exchange {
    struct ctx ctx;
    enum method method;
    bool head;               /* HEAD */
    struct str path;         /* decoded, normalised */
    struct str query_raw;
    struct values query;
    struct values form;      /* POST: urlencoded or multipart fields; uploads have .file */
    struct session session;
    struct str display_size, display_contrast; /* from cookies: "large", "high" or empty */
    struct settings settings; /* loaded before the handler */
    struct out out;          /* where views print */

    /* below: for web/ only */
    struct exchange_inside *inside;
};

/* reading */
struct str exchange_param(const struct exchange *ex, struct str name);   /* of the pattern; "" if absent */
bool exchange_param_id(const struct exchange *ex, struct str name, int64_t *out);
struct str exchange_header(const struct exchange *ex, struct str name);  /* case-insensitive; STR_NONE when absent */
struct str exchange_cookie(const struct exchange *ex, struct str name);

/* answering; the last call before returning NULL */
const struct err *exchange_page(struct exchange *ex, int status);            /* ex->out as text/html */
const struct err *exchange_bytes(struct exchange *ex, int status, struct str media_type, struct str body);
const struct err *exchange_go(struct exchange *ex, struct str path);         /* 303 */
const struct err *exchange_moved(struct exchange *ex, struct str path);      /* 301 */
/* A blob, with ranges (RFC 9110 14), strong ETag = digest, Content-Disposition by RFC 6266, nosniff, sandbox CSP. */
const struct err *exchange_blob(struct exchange *ex, const struct file *f, bool inline_view);
void exchange_header_set(struct exchange *ex, struct str name, struct str value);
/* Strong ETag (without quotes) and conditional answer: true = 304 was set, return NULL at once. Also sets Cache-Control. */
bool exchange_etag(struct exchange *ex, struct str etag);

/* The common part of every page: filled for the layout views. */
struct page_link {
    struct str label;
    struct url url;
    bool here;
};
struct page_links {
    const struct page_link *v;
    size_t n;
};
struct meta_tag {
    struct str name, content;
};
struct meta_tags {
    const struct meta_tag *v;
    size_t n;
};
struct page {
    struct str title;          /* of this page; the layout adds the site's name; on error "有 N 处需要修改 - " in front */
    struct str description;
    struct str size, contrast; /* display modes */
    struct str site_name, site_above, site_domain, site_id_code, site_filing, site_host, site_keeper, site_phone, site_hours, site_address;
    struct meta_tags meta;     /* further tags: ColumnName …, ArticleTitle … */
    struct page_links nav;     /* public navigation, or the office's menu */
    struct page_links crumb;   /* the last one is this page */
    bool office, demo;
    bool searches;             /* some capability answers /search: the masthead offers it */
    struct str who;            /* 局办公室　陈晓 */
    struct str csrf;           /* form token */
    struct str form_key;       /* fresh key against double sending */
    struct str notice;         /* what just happened (words of op_done), shown once */
    struct faults faults;      /* error summary on top */
    struct str path;           /* for the display mode links: where to come back */
    struct url style_url, script_url; /* hashed static files: static_url() of static.h */
    struct url more_style_url; /* a second style sheet, for the few pages that need one */
};

/* Fills the common part: navigation, settings, session, token, notice. `here`: href of the current main-menu entry. */
void page_begin(struct exchange *ex, struct page *p, struct str title, struct str here);
void page_crumb(struct exchange *ex, struct page *p, const struct page_link *v, size_t n);

/* Runs an operation with the exchange's form. NULL: answered with 303 to done.location (words shown there). On an error the
 * caller re-renders its form with (*fault)->faults and what was typed, by exchange_page(ex, err_http(kind)). */
const struct err *exchange_op(struct exchange *ex, const struct op *op, const struct err **fault);

/* Faults of the form that no operation can see (refused uploads), with the operation's own beside them; NULL when there are
 * none. For handlers that run an operation themselves. */
const struct err *exchange_form_fault(struct exchange *ex, const struct op *op);

/* Words for a field of the form being shown again: what was typed, else what is stored. */
struct str form_text(const struct exchange *ex, struct str name, struct str stored);
/* The fault of a field, or empty. */
struct str fault_of(const struct err *fault, struct str field);

#endif
