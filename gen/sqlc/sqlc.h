/*
 * sqlc.h: from .sql files to typed C functions.
 *
 * The generator is a small compiler of its own and stands on libc alone, because everything else is
 * built after it. It reads tokens (token.c), understands the heads of statements (parse.c), refuses
 * what one of the two engines would read differently (check.c, migration.c), and writes one header
 * and one C file (emit.c). The first fault ends the run with "file:line: what"; nothing is written
 * then. docs/rooms/generators.md describes the language.
 */
#ifndef GK_GEN_SQLC_H
#define GK_GEN_SQLC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Memory of one run, given back at once. */
struct pool;
struct pool *pool_open(void);
void pool_close(struct pool *p);
void *pool_get(struct pool *p, size_t n); /* zeroed */
/* Room for one more of size bytes after n; the old part is copied when it moves. */
void *pool_grow(struct pool *p, void *v, size_t n, size_t *cap, size_t size);
const char *pool_copy(struct pool *p, const char *from, size_t n);

/* A text being made. */
struct text {
    struct pool *pool;
    char *p;
    size_t n, cap;
};
void text_add(struct text *t, const char *from, size_t n);
void text_puts(struct text *t, const char *z);
void text_format(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_PARAM,
    TOKEN_PUNCT,
    TOKEN_COMMENT
};

struct token {
    enum token_kind kind;
    const char *p; /* PARAM: the name without the colon; COMMENT: what follows the dashes; STRING:
                      with its quotes */
    size_t n;
    int line;
    bool space;    /* white space before it */
    bool new_line; /* first on its line */
};

struct source {
    const char *name;
    const char *text;
    size_t n;
    struct token *v; /* the last one is TOKEN_END */
    size_t count;
};

enum field_type {
    FIELD_ID,
    FIELD_INT,
    FIELD_TEXT,
    FIELD_DAY,
    FIELD_INSTANT,
    FIELD_YESNO,
    FIELD_MONEY,
    FIELD_BLOB
};

struct field {
    const char *name;
    enum field_type type;
    bool nullable;
    bool used; /* parameters: met in the body being checked */
};

struct fields {
    struct field *v;
    size_t n, cap;
};

enum audience_word { FOR_NOBODY, FOR_PUBLIC, FOR_STAFF, FOR_SYSTEM };
enum out_kind { OUT_MISSING, OUT_NONE, OUT_CHANGED, OUT_ONE, OUT_MANY };
enum { BODY_SQLITE, BODY_POSTGRES, BODIES };

struct body {
    struct token *v; /* without comments and the closing semicolon */
    size_t n, cap;
    int line;
};

struct stmt {
    const char *name;
    const char *file;
    int line;
    enum audience_word audience;
    enum out_kind out_kind;
    struct fields in;
    struct fields out;
    const char *why;
    bool all_tenants;
    bool uses_tenant;
    bool pair;   /* two bodies, else only the first */
    bool writes; /* or takes row locks */
    struct body body[BODIES];
};

struct step {
    const char *name; /* document/0001_document */
    const char *sqlite;
    const char *postgres;
    char digest[65];
};

struct job {
    struct pool *pool;
    const char *name;
    struct {
        struct stmt *v;
        size_t n, cap;
    } stmts;
    struct {
        struct step *v;
        size_t n, cap;
    } steps;
    struct {
        const char **v;
        size_t n, cap;
    } reference_tables;
    char error[600];
};

/* Says what is wrong, as file:line: message; always false, so that it can be returned. */
bool fault(struct job *job, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* token.c */
bool tokenise(struct job *job, struct source *s);
bool is_word(
    const struct token *t, const char *lower_case); /* a bare word, in any case of letters */
bool is_punct(const struct token *t, const char *punct);
bool is_name(const char *p, size_t n); /* a-z, then a-z 0-9 _ */

/* parse.c: statements of one file are added to job->stmts. */
bool parse_statements(struct job *job, const struct source *s);
/* check.c: is the body inside the subset, and does it keep what the head promises? */
bool check_statement(struct job *job, struct stmt *s);
/* Words and signs of which the engines think differently. */
bool check_words(struct job *job, const char *file, const struct token *v, size_t n);
/* migration.c: one file is one step. */
bool parse_migration(struct job *job, const struct source *s);
/* emit.c */
void emit_header(const struct job *job, struct text *out);
void emit_source(const struct job *job, const char *header_name, struct text *out);
void sha256_text(const void *p, size_t n, char hex[65]);

#endif
