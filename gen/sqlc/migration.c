/*
 * migration.c: a step of the schema, written in PostgreSQL's spelling and mapped for SQLite.
 *
 * What may stand here is little, because a table made wrongly (no tenant in its key, a type one
 * engine lacks) is the one mistake that cannot be corrected by a better program later.
 */
#include "sqlc.h"

#include <string.h>

/* One statement of the step: tokens [from, to), without comments and semicolon. */
struct part {
    const struct source *s;
    struct token *v;
    size_t n, cap;
    bool reference; /* a comment "reference table: why" stands before it */
};

static const struct token nothing = {.kind = TOKEN_END, .p = ""};

static const struct token *get(const struct part *p, size_t i)
{
    return i < p->n ? &p->v[i] : &nothing;
}

static int line_of(const struct part *p, size_t i)
{
    return i < p->n ? p->v[i].line : p->v[p->n - 1].line;
}

static bool refuse(struct job *job, const struct part *p, size_t i, const char *what)
{
    const struct token *t = get(p, i);
    return fault(job, p->s->name, line_of(p, i), "%s (at '%.*s')", what, (int)t->n, t->p);
}

static bool words(const struct part *p, size_t i, const char *a, const char *b)
{
    return is_word(get(p, i), a) && (b == NULL || is_word(get(p, i + 1), b));
}

static bool name_at(struct job *job, const struct part *p, size_t i)
{
    static const char *const taken[] = {"user", "order", "group", "desc", "asc", "offset", "limit",
        "end", "table", "select", "from", "where", "check", "default", "references", "column",
        "index", "case", "when", "then", "to", "all", "any", "and", "or", "not", "null", "primary",
        "unique", "foreign", "constraint", NULL};
    const struct token *t = get(p, i);
    if (t->kind != TOKEN_WORD || !is_name(t->p, t->n)) {
        return refuse(job, p, i, "a name in lower case is expected");
    }
    for (int k = 0; taken[k] != NULL; k++) {
        if (is_word(t, taken[k])) {
            return refuse(job, p, i, "this name is a word of SQL: choose another");
        }
    }
    return true;
}

static bool is_reference(const struct job *job, const struct token *table)
{
    for (size_t i = 0; i < job->reference_tables.n; i++) {
        const char *name = job->reference_tables.v[i];
        if (strlen(name) == table->n && memcmp(name, table->p, table->n) == 0) {
            return true;
        }
    }
    return false;
}

static size_t behind_bracket(const struct part *p, size_t i)
{
    int depth = 0;
    for (; i < p->n; i++) {
        depth += is_punct(&p->v[i], "(") ? 1 : is_punct(&p->v[i], ")") ? -1 : 0;
        if (depth == 0) {
            return i + 1;
        }
    }
    return p->n;
}

/* The end of a list item that begins at i: its comma, or the bracket that closes the list. */
static size_t item_end(const struct part *p, size_t i)
{
    int depth = 0;
    for (; i < p->n; i++) {
        if (depth == 0 && (is_punct(&p->v[i], ",") || is_punct(&p->v[i], ")"))) {
            return i;
        }
        depth += is_punct(&p->v[i], "(") ? 1 : is_punct(&p->v[i], ")") ? -1 : 0;
    }
    return p->n;
}

static bool check_type(struct job *job, const struct part *p, size_t i)
{
    static const char *const types[] = {"bigint", "integer", "smallint", "text", "bytea", NULL};
    if (words(p, i, "double", "precision")) {
        return true;
    }
    for (int k = 0; types[k] != NULL; k++) {
        if (words(p, i, types[k], NULL)) {
            return true;
        }
    }
    return refuse(job, p, i, "types are BIGINT INTEGER SMALLINT TEXT DOUBLE PRECISION BYTEA");
}

/* The bracket at i opens a key: its first column is the tenant. */
static bool starts_with_tenant(const struct part *p, size_t i)
{
    return is_punct(get(p, i), "(") && is_word(get(p, i + 1), "tenant") &&
           (is_punct(get(p, i + 2), ",") || is_punct(get(p, i + 2), ")"));
}

struct table_seen {
    bool tenant_column;
    bool tenant_key;
    bool reference;
};

static bool check_column(
    struct job *job, const struct part *p, size_t i, size_t end, struct table_seen *seen)
{
    if (!name_at(job, p, i) || !check_type(job, p, i + 1)) {
        return false;
    }
    if (words(p, i, "tenant", "bigint") && words(p, i + 2, "not", "null")) {
        seen->tenant_column = true;
    }
    for (size_t k = i + 2; k < end; k++) {
        if (!seen->reference && (words(p, k, "primary", "key") || words(p, k, "unique", NULL))) {
            return refuse(job, p, k, "a key of one column: write it below, with tenant first");
        }
        if (!seen->reference && words(p, k, "references", NULL) &&
            !is_reference(job, get(p, k + 1))) {
            return refuse(
                job, p, k, "a foreign key stays inside one tenant: FOREIGN KEY (tenant, …)");
        }
        if (words(p, k, "generated", NULL) || words(p, k, "autoincrement", NULL) ||
            words(p, k, "collate", NULL)) {
            return refuse(job, p, k, "this differs between the engines");
        }
    }
    return true;
}

static bool check_item(
    struct job *job, const struct part *p, size_t i, size_t end, struct table_seen *seen)
{
    if (words(p, i, "constraint", NULL)) {
        if (!name_at(job, p, i + 1)) {
            return false;
        }
        i += 2;
    }
    if (words(p, i, "primary", "key")) {
        seen->tenant_key = starts_with_tenant(p, i + 2);
        return seen->tenant_key || seen->reference ||
               refuse(job, p, i, "tenant must be first in the PRIMARY KEY");
    }
    if (words(p, i, "unique", NULL)) {
        return seen->reference || starts_with_tenant(p, i + 1) ||
               refuse(job, p, i, "tenant must be first in every UNIQUE");
    }
    if (words(p, i, "foreign", "key")) {
        size_t to = behind_bracket(p, i + 2);
        return seen->reference || starts_with_tenant(p, i + 2) ||
               (words(p, to, "references", NULL) && is_reference(job, get(p, to + 1))) ||
               refuse(job, p, i, "a foreign key stays inside one tenant: FOREIGN KEY (tenant, …)");
    }
    if (words(p, i, "check", NULL)) {
        return true;
    }
    return check_column(job, p, i, end, seen);
}

static bool check_table(struct job *job, const struct part *p)
{
    struct table_seen seen = {.reference = p->reference};
    if (!name_at(job, p, 2)) {
        return false;
    }
    if (!is_punct(get(p, 3), "(")) {
        return refuse(job, p, 3, "the columns must follow the name of the table");
    }
    size_t i = 4;
    for (;;) {
        size_t end = item_end(p, i);
        if (end == i || end == p->n) {
            return refuse(job, p, i, "a column or constraint is missing here");
        }
        if (!check_item(job, p, i, end, &seen)) {
            return false;
        }
        i = end + 1;
        if (is_punct(get(p, end), ")")) {
            break;
        }
    }
    if (i != p->n) {
        return refuse(job, p, i, "nothing may follow the closing bracket of the columns");
    }
    if (!seen.reference && !(seen.tenant_column && seen.tenant_key)) {
        return refuse(job, p, 2,
            "a table has tenant BIGINT NOT NULL, first in its PRIMARY KEY, or a line '-- reference "
            "table: why' before it");
    }
    if (seen.reference) {
        job->reference_tables.v = pool_grow(job->pool, job->reference_tables.v,
            job->reference_tables.n, &job->reference_tables.cap, sizeof *job->reference_tables.v);
        job->reference_tables.v[job->reference_tables.n++] =
            pool_copy(job->pool, p->v[2].p, p->v[2].n);
    }
    return true;
}

static bool check_index(struct job *job, const struct part *p)
{
    bool is_unique = words(p, 1, "unique", NULL);
    size_t i = is_unique ? 3 : 2;
    if (!name_at(job, p, i)) {
        return false;
    }
    if (!words(p, i + 1, "on", NULL) || !name_at(job, p, i + 2) || !is_punct(get(p, i + 3), "(")) {
        return refuse(job, p, i + 1, "CREATE INDEX name ON table (columns)");
    }
    if (is_unique && !is_reference(job, get(p, i + 2)) && !starts_with_tenant(p, i + 3)) {
        return refuse(job, p, i + 3, "tenant must be first in every UNIQUE");
    }
    return true;
}

static bool check_view(struct job *job, const struct part *p)
{
    static const char *const many[] = {"join", "union", "group", "order", "limit", "distinct",
        "having", "with", "intersect", "except", "exists", NULL};
    const struct token *name = get(p, 2);
    if (!name_at(job, p, 2)) {
        return false;
    }
    if (name->n < 5 || memcmp(name->p, "pub_", 4) != 0) {
        return refuse(job, p, 2, "a view is named pub_…");
    }
    if (!words(p, 3, "as", "select")) {
        return refuse(job, p, 3, "CREATE VIEW pub_… AS SELECT …");
    }
    bool has_alias = is_punct(get(p, 6), ".");
    size_t behind = has_alias ? 8 : 6;
    if (!words(p, behind - 1, "tenant", NULL) ||
        !(is_punct(get(p, behind), ",") || words(p, behind, "from", NULL))) {
        return refuse(job, p, 5, "the first column of a view is tenant");
    }
    size_t froms = 0;
    bool has_where = false;
    for (size_t i = 5; i < p->n; i++) {
        for (int k = 0; many[k] != NULL; k++) {
            if (words(p, i, many[k], NULL)) {
                return refuse(job, p, i, "a view is a SELECT of one table with a constant WHERE");
            }
        }
        froms += words(p, i, "from", NULL) ? 1 : 0;
        has_where = has_where || words(p, i, "where", NULL);
        if (words(p, i, "select", NULL) || froms > 1 ||
            (froms == 1 && !has_where && is_punct(get(p, i), ","))) {
            return refuse(job, p, i, "a view is a SELECT of one table with a constant WHERE");
        }
    }
    return (froms == 1 && has_where) ||
           refuse(job, p, 2, "a view needs FROM one table and a WHERE that says what is public");
}

static bool check_alter(struct job *job, const struct part *p)
{
    if (!name_at(job, p, 2) || !words(p, 3, "add", "column")) {
        return refuse(job, p, 3, "of ALTER TABLE only ADD COLUMN is known to both engines");
    }
    struct table_seen seen = {.reference = is_reference(job, get(p, 2))};
    size_t end = item_end(p, 5);
    if (end != p->n) {
        return refuse(job, p, end, "one column each ALTER TABLE");
    }
    bool not_null = false;
    bool has_default = false;
    for (size_t i = 6; i < end; i++) {
        not_null = not_null || words(p, i, "not", "null");
        has_default = has_default || words(p, i, "default", NULL);
    }
    if (not_null && !has_default) {
        return refuse(
            job, p, 5, "a new column that is NOT NULL needs a DEFAULT for the rows that are there");
    }
    return check_column(job, p, 5, end, &seen);
}

static bool check_part(struct job *job, const struct part *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->v[i].kind == TOKEN_PARAM) {
            return refuse(job, p, i, "a migration has no parameters");
        }
        if (words(p, i, "if", "exists") || words(p, i, "if", "not")) {
            return refuse(job, p, i, "a step runs once: no IF EXISTS");
        }
    }
    if (!check_words(job, p->s->name, p->v, p->n)) {
        return false;
    }
    if (words(p, 0, "create", "table")) {
        return check_table(job, p);
    }
    if (words(p, 0, "create", "index") ||
        (words(p, 0, "create", "unique") && words(p, 2, "index", NULL))) {
        return check_index(job, p);
    }
    if (words(p, 0, "create", "view")) {
        return check_view(job, p);
    }
    if (words(p, 0, "alter", "table")) {
        return check_alter(job, p);
    }
    if (words(p, 0, "drop", "view")) {
        return (name_at(job, p, 2) && p->n == 3) || refuse(job, p, 2, "DROP VIEW name");
    }
    if (words(p, 0, "insert", "into") || words(p, 0, "update", NULL)) {
        return true;
    }
    return refuse(job, p, 0,
        "a migration holds CREATE TABLE, CREATE INDEX, CREATE VIEW, ALTER TABLE … ADD COLUMN, DROP "
        "VIEW, INSERT, UPDATE");
}

static void write_part(const struct part *p, bool sqlite, struct text *to)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct token *t = &p->v[i];
        if (i > 0 && t->new_line) {
            text_puts(to, "\n ");
        } else if (i > 0 && t->space) {
            text_puts(to, " ");
        }
        if (sqlite && (is_word(t, "bigint") || is_word(t, "smallint"))) {
            text_puts(to, "INTEGER");
        } else if (sqlite && is_word(t, "bytea")) {
            text_puts(to, "BLOB");
        } else if (sqlite && words(p, i, "double", "precision")) {
            text_puts(to, "REAL");
            i++;
        } else {
            text_add(to, t->p, t->n);
        }
    }
    text_puts(to, sqlite && words(p, 0, "create", "table") ? " STRICT;\n" : ";\n");
}

/* The last folder and file name are not looked at: a step is known as NAME/file. */
static const char *step_name(const struct job *job, const struct source *s)
{
    const char *slash = strrchr(s->name, '/');
    const char *base = slash != NULL ? slash + 1 : s->name;
    size_t n = strlen(base);
    if (n > 4 && strcmp(base + n - 4, ".sql") == 0) {
        n -= 4;
    }
    struct text t = {.pool = job->pool};
    text_format(&t, "%s/%.*s", job->name, (int)n, base);
    return t.p;
}

/* Collects the next statement; false with job->error set when it does not end. */
static bool next_part(struct job *job, const struct source *s, size_t *at, struct part *p)
{
    *p = (struct part){.s = s};
    for (;; (*at)++) {
        const struct token *t = &s->v[*at];
        if (t->kind == TOKEN_END) {
            return p->n == 0 ||
                   fault(job, s->name, p->v[0].line, "this statement does not end with ';'");
        }
        if (t->kind == TOKEN_COMMENT) {
            static const char mark[] = " reference table: ";
            size_t n = sizeof mark - 1;
            p->reference = p->reference || (p->n == 0 && t->n > n && memcmp(t->p, mark, n) == 0);
            continue;
        }
        if (is_punct(t, ";")) {
            const struct token *next = &s->v[*at + 1];
            if (next->kind != TOKEN_END && !next->new_line) {
                return fault(job, s->name, t->line, "';' ends a line");
            }
            (*at)++;
            return p->n > 0 || fault(job, s->name, t->line, "an empty statement");
        }
        p->v = pool_grow(job->pool, p->v, p->n, &p->cap, sizeof *p->v);
        p->v[p->n++] = *t;
    }
}

bool parse_migration(struct job *job, const struct source *s)
{
    struct text sqlite = {.pool = job->pool};
    struct text postgres = {.pool = job->pool};
    struct step step = {.name = step_name(job, s)};
    size_t at = 0;
    for (;;) {
        struct part p;
        if (!next_part(job, s, &at, &p)) {
            return false;
        }
        if (p.n == 0) {
            break;
        }
        if (!check_part(job, &p)) {
            return false;
        }
        write_part(&p, true, &sqlite);
        write_part(&p, false, &postgres);
    }
    if (sqlite.n == 0) {
        return fault(job, s->name, 1, "a migration without a statement");
    }
    for (size_t i = 0; i < job->steps.n; i++) {
        if (strcmp(job->steps.v[i].name, step.name) >= 0) {
            return fault(job, s->name, 1,
                "steps come in the order of their names, and once: %s stands before",
                job->steps.v[i].name);
        }
    }
    step.sqlite = sqlite.p;
    step.postgres = postgres.p;
    sha256_text(s->text, s->n, step.digest);
    job->steps.v = pool_grow(job->pool, job->steps.v, job->steps.n, &job->steps.cap, sizeof step);
    job->steps.v[job->steps.n++] = step;
    return true;
}
