/*
 * statement.h: the closed list of statements. Generated from .sql files by gen/sqlc; nobody else makes one.
 */
#ifndef GK_STORE_STATEMENT_H
#define GK_STORE_STATEMENT_H

#include "base/str.h"

/* Who may run it. PUBLIC statements name only pub_* views and run on the read-only door. */
enum audience { AUDIENCE_PUBLIC, AUDIENCE_STAFF, AUDIENCE_SYSTEM };

/* The id of a parameter or column type, for binding and for the dialects. NULLABLE is or-ed in. */
enum value_type { VALUE_ID, VALUE_INT, VALUE_TEXT, VALUE_DAY, VALUE_INSTANT, VALUE_YESNO, VALUE_MONEY, VALUE_BLOB };

struct statement_value {
    const char *name;
    enum value_type type;
    bool nullable;
};

struct statement {
    const char *name;
    enum audience audience;
    bool writes;
    bool crosses_tenants;      /* declared, with its reason, in the source */
    const char *sqlite;        /* parameters written ?1 … ?n in the order of .in (tenant included where used) */
    const char *postgres;      /* $1 … $n, the same order */
    const struct statement_value *in;
    int in_count;
    const struct statement_value *out;
    int out_count;
    bool dialect_pair;
};

struct statements {
    const struct statement *v;
    size_t n;
};

/* One step of the schema. sql is in the PostgreSQL spelling (storage rules); the SQLite text is mapped by the generator. */
struct migration {
    const char *name;      /* "document/0001_document" */
    const char *sqlite;
    const char *postgres;
    const char *digest;    /* hex SHA-256 of the source file */
};

struct migrations {
    const struct migration *v;
    size_t n;
};

#endif
