/*
 * viewc.h: the template compiler, from pages to C.
 *
 * It runs during the build, before anything of the program exists, so it uses the C library only.
 * Four steps, one file each: parse.c makes a tree of each view, place.c knows where in the HTML a
 * byte stands, check.c walks the tree with that knowledge and refuses what cannot be escaped,
 * emit.c writes the C. The first mistake ends the run: `failure` then says "file:line: what is
 * wrong".
 */
#ifndef GK_GEN_VIEWC_H
#define GK_GEN_VIEWC_H

#include <stdbool.h>
#include <stddef.h>

enum {
    VIEWC_NESTING_MAX = 24, /* blocks within blocks: deeper than any page people can read */
    VIEWC_NAMES_MAX = 40,   /* arguments and loop names in sight */
    VIEWC_FAILURE_BYTES = 600,
};

/* A view of text; never owns. */
struct text {
    const char *p;
    size_t n;
};

/* Memory of one run: everything is given back together. */
struct pool {
    struct pool_block *blocks;
};

struct source {
    const char *name; /* as the error messages and #line name it */
    struct text text;
};

/* A text that grows. */
struct writing {
    struct pool *pool;
    char *p;
    size_t n, cap;
};

/* How a value is printed: decided by the place where it stands. */
enum place {
    PLACE_NONE,
    PLACE_TEXT,      /* between tags */
    PLACE_PLAIN,     /* inside title or textarea: text only */
    PLACE_ATTR,      /* double-quoted attribute value */
    PLACE_TIME,      /* the datetime attribute: dates in machine form */
    PLACE_URL_FIRST, /* at the start of a URL attribute */
    PLACE_SEGMENT,   /* later in a URL attribute */
};

/* path, `not path`, or `path == right` (op: "==" or "!=", else NULL). */
struct expression {
    bool negated;
    struct text path;
    const char *op;
    struct text right;
};

enum node_kind { NODE_TEXT, NODE_PRINT, NODE_IF, NODE_EACH, NODE_CALL };

struct node {
    enum node_kind kind;
    int line;
    struct text text;             /* TEXT: as written. CALL: the arguments, already in C */
    struct text name;             /* EACH: of the loop. CALL: of the view */
    struct expression expression; /* PRINT, EACH: the path. IF: unused */
    struct branch *branches;      /* IF */
    struct node *body;            /* EACH */
    enum place place;             /* PRINT: filled by check.c */
    struct argument *arguments;   /* CALL: the paths used, for check.c */
    struct node *next;
};

struct branch {
    bool otherwise; /* else */
    int line;
    struct expression condition;
    struct node *body;
    struct branch *next;
};

struct argument {
    struct text path;
    struct argument *next;
};

struct view {
    struct text name;
    struct text parameters; /* as written: struct out *o, … */
    struct text parameter_names[8];
    size_t parameter_count;
    const struct source *source;
    int line;
    struct node *body;
    struct view *next;
};

struct include {
    struct text path;
    struct include *next;
};

/* One run over all files given together. */
struct job {
    struct pool *pool;
    struct include *includes, **last_include;
    struct view *views, **last_view;
    char failure[VIEWC_FAILURE_BYTES];
};

/* The whole run. On false `failure` is filled. header_name is what the .c includes. */
bool viewc_compile(struct pool *pool, const struct source *sources, size_t count,
    const char *header_name, struct text *header, struct text *code,
    char failure[VIEWC_FAILURE_BYTES]);

/* The steps. */
void job_init(struct job *j, struct pool *pool);
bool job_fail(struct job *j, const struct source *source, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5))); /* always false */
bool parse_source(struct job *j, const struct source *source);
bool check_view(struct job *j, const struct view *view);
void emit_header(const struct job *j, const char *header_name, struct writing *w);
void emit_code(const struct job *j, const char *header_name, struct writing *w);

/* pool.c */
void *pool_alloc(
    struct pool *p, size_t size_bytes); /* zeroed; ends the program when there is none */
void pool_close(struct pool *p);
void write_bytes(struct writing *w, const char *p, size_t n);
void write_z(struct writing *w, const char *z);
void write_text(struct writing *w, struct text t);
void write_format(struct writing *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool text_is(struct text t, const char *z);
bool text_same(struct text a, struct text b);
struct text text_at(struct text t, size_t from, size_t to);

#endif
