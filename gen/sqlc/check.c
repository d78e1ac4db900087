/*
 * check.c: one text for two engines, and a head that tells the truth.
 *
 * The list of refusals is the storage rules' subset: everything here was seen to differ between
 * SQLite and PostgreSQL, or to be missing on an engine of PostgreSQL's family.
 */
#include "sqlc.h"

#include <stdlib.h>
#include <string.h>

struct refusal {
    const char *word;
    const char *next; /* the token behind it; NULL: any */
    const char *instead;
};

// clang-format off
static const struct refusal refusals[] = {
    {"insert",       "or",       "INSERT OR is SQLite's: write ON CONFLICT (…) DO NOTHING or DO UPDATE"},
    {"replace",      "into",     "REPLACE INTO is SQLite's: write INSERT … ON CONFLICT (…) DO UPDATE"},
    {"update",       "or",       "UPDATE OR is SQLite's: write ON CONFLICT"},
    {"filter",       "(",        "FILTER is outside the subset: write sum(CASE WHEN … THEN 1 ELSE 0 END)"},
    {"offset",       NULL,       "OFFSET is refused for pages: use the last row's key, (a, b) < (:a, :b), with LIMIT"},
    {"fetch",        "first",    "FETCH FIRST is refused: write LIMIT"},
    {"now",          "(",        "now() is refused: the moment comes in as a parameter"},
    {"current_timestamp", NULL,  "CURRENT_TIMESTAMP is refused: the moment comes in as a parameter"},
    {"current_date", NULL,       "CURRENT_DATE is refused: the day comes in as a parameter"},
    {"current_time", NULL,       "CURRENT_TIME is refused: the moment comes in as a parameter"},
    {"datetime",     "(",        "datetime() is SQLite's: reckon with moments and days in C"},
    {"julianday",    "(",        "julianday() is SQLite's: reckon with moments and days in C"},
    {"strftime",     "(",        "strftime() is SQLite's: reckon with moments and days in C"},
    {"date",         "(",        "date() differs: reckon with days in C"},
    {"to_char",      "(",        "to_char() is PostgreSQL's: format in C"},
    {"random",       "(",        "random() is refused: chance comes in as a parameter"},
    {"ilike",        NULL,       "ILIKE is PostgreSQL's: keep a folded column"},
    {"similar",      "to",       "SIMILAR TO is PostgreSQL's: use LIKE with ESCAPE"},
    {"glob",         NULL,       "GLOB is SQLite's: use LIKE with ESCAPE"},
    {"regexp",       NULL,       "REGEXP is refused: match in C"},
    {"match",        NULL,       "MATCH is SQLite's: full text goes through the search hook"},
    {"is",           "distinct", "IS DISTINCT FROM is refused: write CASE or compare with IS NULL"},
    {"greatest",     NULL,       "GREATEST is PostgreSQL's: write CASE"},
    {"least",        NULL,       "LEAST is PostgreSQL's: write CASE"},
    {"iif",          "(",        "iif() is SQLite's: write CASE"},
    {"ifnull",       "(",        "ifnull() is SQLite's: write COALESCE"},
    {"instr",        "(",        "instr() is SQLite's: search in C or with LIKE"},
    {"strpos",       "(",        "strpos() is PostgreSQL's: search in C or with LIKE"},
    {"group_concat", NULL,       "group_concat is SQLite's: join in C"},
    {"string_agg",   NULL,       "string_agg is PostgreSQL's: join in C"},
    {"array",        "[",        "arrays are PostgreSQL's: use rows"},
    {"any",          "(",        "ANY is PostgreSQL's: write EXISTS or IN"},
    {"lateral",      NULL,       "LATERAL is PostgreSQL's: write a subquery"},
    {"true",         NULL,       "there is no BOOLEAN: write 1"},
    {"false",        NULL,       "there is no BOOLEAN: write 0"},
    {"collate",      NULL,       "COLLATE differs: order by sort_no or name_sort"},
    {"rowid",        NULL,       "rowid is SQLite's: use the key"},
    {"ctid",         NULL,       "ctid is PostgreSQL's: use the key"},
    {"savepoint",    NULL,       "savepoints are refused: poolers lack them"},
    {"temp",         NULL,       "temporary tables are refused: poolers lack them"},
    {"temporary",    NULL,       "temporary tables are refused: poolers lack them"},
    {"natural",      "join",     "NATURAL JOIN is refused: say ON what"},
};

static const struct {
    const char *sign;
    const char *instead;
} refused_signs[] = {
    {"::",  "'::' is PostgreSQL's: write CAST(x AS BIGINT)"},
    {"->",  "'->' looks into JSON: keep what is filtered in a column of its own"},
    {"->>", "'->>' looks into JSON: keep what is filtered in a column of its own"},
    {"==",  "'==' is SQLite's: write ="},
    {"/*",  "write comments as -- lines"},
    {"[",   "'[' differs between the engines"},
    {"]",   "']' differs between the engines"},
    {"{",   "'{' is no SQL"},
    {"}",   "'}' is no SQL"},
    {"#",   "'#' differs between the engines"},
    {"@",   "'@' differs between the engines"},
    {"`",   "names are lower case and need no quotes"},
    {"\\",  "a backslash stands outside a string"},
    {":",   "a colon stands alone: a parameter is written :name"},
    {"^",   "'^' differs between the engines"},
    {"~",   "'~' differs between the engines"},
    {"!",   "'!' differs between the engines"},
};
// clang-format on

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct token nothing = {.kind = TOKEN_END, .p = "", .line = 0};

static const struct token *at(const struct token *v, size_t n, size_t i)
{
    return i < n ? &v[i] : &nothing;
}

static bool is_either(const struct token *t, const char *z)
{
    return is_word(t, z) || is_punct(t, z);
}

static int depth_change(const struct token *t)
{
    return is_punct(t, "(") ? 1 : is_punct(t, ")") ? -1 : 0;
}

/* The token behind the bracket that opens at i, or n. */
static size_t behind_bracket(const struct token *v, size_t n, size_t i)
{
    int depth = 0;
    for (; i < n; i++) {
        depth += depth_change(&v[i]);
        if (depth == 0) {
            return i + 1;
        }
    }
    return n;
}

static bool check_like(struct job *job, const char *file, const struct token *v, size_t n, size_t i)
{
    static const char *const ends[] = {"and", "or", "then", "when", "else", "end", "order", "group",
        "limit", "returning", "having", "union", NULL};
    int depth = 0;
    for (size_t k = i + 1; k < n; k++) {
        const struct token *t = &v[k];
        depth += depth_change(t);
        if (depth < 0 || (depth == 0 && is_punct(t, ","))) {
            break;
        }
        bool ended = false;
        for (int e = 0; depth == 0 && ends[e] != NULL; e++) {
            ended = ended || is_word(t, ends[e]);
        }
        if (ended) {
            break;
        }
        if (depth == 0 && is_word(t, "escape")) {
            const struct token *s = at(v, n, k + 1);
            if (s->kind == TOKEN_STRING && s->n == 3 && s->p[1] == '\\') {
                return true;
            }
            return fault(job, file, t->line, "ESCAPE takes '\\'");
        }
    }
    return fault(job, file, v[i].line, "LIKE without ESCAPE '\\': the default escape differs");
}

/* max(a, b) is SQLite's; the aggregate has one argument. */
static bool check_extreme(
    struct job *job, const char *file, const struct token *v, size_t n, size_t i)
{
    size_t end = behind_bracket(v, n, i + 1);
    int depth = 0;
    for (size_t k = i + 1; k < end; k++) {
        depth += depth_change(&v[k]);
        if (depth == 1 && is_punct(&v[k], ",")) {
            return fault(
                job, file, v[i].line, "%.*s(a, b) is SQLite's: write CASE", (int)v[i].n, v[i].p);
        }
    }
    return true;
}

static bool check_star(struct job *job, const char *file, const struct token *v, size_t n, size_t i)
{
    const struct token *before = i > 0 ? &v[i - 1] : &nothing;
    if (is_word(before, "select") || is_word(before, "distinct") || is_word(before, "all") ||
        is_word(before, "returning") || is_punct(before, ",") || is_punct(before, ".")) {
        return fault(job, file, v[i].line, "SELECT * is refused: name the columns");
    }
    if (is_punct(before, "(") && !is_punct(at(v, n, i + 1), ")")) {
        return fault(job, file, v[i].line, "'*' stands at a strange place");
    }
    return true;
}

static bool check_sign(struct job *job, const char *file, const struct token *v, size_t n, size_t i)
{
    for (size_t k = 0; k < COUNT(refused_signs); k++) {
        if (is_punct(&v[i], refused_signs[k].sign)) {
            return fault(job, file, v[i].line, "%s", refused_signs[k].instead);
        }
    }
    if (v[i].kind == TOKEN_STRING && v[i].n == 2) {
        return fault(job, file, v[i].line, "'' is never stored nor compared: empty is NULL");
    }
    return !is_punct(&v[i], "*") || check_star(job, file, v, n, i);
}

static bool check_word(struct job *job, const char *file, const struct token *v, size_t n, size_t i)
{
    const struct token *next = at(v, n, i + 1);
    for (size_t k = 0; k < COUNT(refusals); k++) {
        if (is_word(&v[i], refusals[k].word) &&
            (refusals[k].next == NULL || is_either(next, refusals[k].next))) {
            return fault(job, file, v[i].line, "%s", refusals[k].instead);
        }
    }
    if (is_word(&v[i], "is") && is_word(next, "not") && is_word(at(v, n, i + 2), "distinct")) {
        return fault(
            job, file, v[i].line, "IS NOT DISTINCT FROM is refused: compare, and ask IS NULL");
    }
    if (is_word(&v[i], "distinct") && is_word(next, "on")) {
        return fault(job, file, v[i].line, "DISTINCT ON is PostgreSQL's: use row_number()");
    }
    if (is_word(&v[i], "like")) {
        return check_like(job, file, v, n, i);
    }
    if ((is_word(&v[i], "max") || is_word(&v[i], "min")) && is_punct(next, "(")) {
        return check_extreme(job, file, v, n, i);
    }
    return true;
}

bool check_words(struct job *job, const char *file, const struct token *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!check_sign(job, file, v, n, i) || !check_word(job, file, v, n, i)) {
            return false;
        }
    }
    return true;
}

static bool check_brackets(struct job *job, const struct stmt *s, const struct body *b)
{
    int depth = 0;
    for (size_t i = 0; i < b->n; i++) {
        depth += depth_change(&b->v[i]);
        if (depth < 0) {
            return fault(job, s->file, b->v[i].line, "a bracket closes that was not opened");
        }
    }
    return depth == 0 ||
           fault(job, s->file, b->line, "a bracket of statement %s is not closed", s->name);
}

static bool check_params(struct job *job, struct stmt *s, const struct body *b)
{
    bool tenant = false;
    for (size_t i = 0; i < s->in.n; i++) {
        s->in.v[i].used = false;
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct token *t = &b->v[i];
        if (t->kind != TOKEN_PARAM) {
            continue;
        }
        bool known = t->n == 6 && memcmp(t->p, "tenant", 6) == 0;
        tenant = tenant || known;
        for (size_t k = 0; k < s->in.n; k++) {
            if (strlen(s->in.v[k].name) == t->n && memcmp(s->in.v[k].name, t->p, t->n) == 0) {
                s->in.v[k].used = true;
                known = true;
            }
        }
        if (!known) {
            return fault(job, s->file, t->line, ":%.*s is not declared in the line '-- in'",
                (int)t->n, t->p);
        }
    }
    for (size_t i = 0; i < s->in.n; i++) {
        if (!s->in.v[i].used) {
            return fault(job, s->file, b->line,
                "parameter %s of statement %s is declared but not used", s->in.v[i].name, s->name);
        }
    }
    if (!tenant && !s->all_tenants) {
        return fault(job, s->file, b->line,
            "statement %s does not name :tenant (else: a line '-- tenants all: why')", s->name);
    }
    s->uses_tenant = s->uses_tenant || tenant;
    return true;
}

/* The main word: the first of these outside brackets. */
static size_t find_main(const struct body *b)
{
    int depth = 0;
    for (size_t i = 0; i < b->n; i++) {
        depth += depth_change(&b->v[i]);
        const struct token *t = &b->v[i];
        if (depth == 0 && (is_word(t, "select") || is_word(t, "insert") || is_word(t, "update") ||
                              is_word(t, "delete"))) {
            return i;
        }
    }
    return b->n;
}

static bool check_main(struct job *job, struct stmt *s, const struct body *b, size_t main_at)
{
    if (main_at == b->n || (main_at > 0 && !is_word(&b->v[0], "with"))) {
        return fault(job, s->file, b->line,
            "a statement begins with SELECT, INSERT, UPDATE, DELETE or WITH");
    }
    int depth = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct token *t = &b->v[i];
        depth += depth_change(t);
        if (depth > 0 && (is_word(t, "insert") || is_word(t, "update") || is_word(t, "delete"))) {
            return fault(
                job, s->file, t->line, "a part of a statement may not write: make two statements");
        }
        if (is_word(t, "for") && is_word(at(b->v, b->n, i + 1), "update")) {
            if (i + 2 != b->n) {
                return fault(
                    job, s->file, t->line, "FOR UPDATE stands at the end, without more words");
            }
            s->writes = true;
        }
    }
    if (!is_word(&b->v[main_at], "select")) {
        s->writes = true;
    }
    if (s->audience == FOR_PUBLIC && s->writes) {
        return fault(job, s->file, b->v[main_at].line, "a public statement may not write");
    }
    return true;
}

static bool is_cte(const struct body *b, const struct token *name)
{
    if (!is_word(&b->v[0], "with")) {
        return false;
    }
    for (size_t i = 1; i + 1 < b->n; i++) {
        const struct token *next = &b->v[i + 1];
        if (b->v[i].kind == TOKEN_WORD && b->v[i].n == name->n &&
            memcmp(b->v[i].p, name->p, name->n) == 0) {
            size_t as = is_punct(next, "(") ? behind_bracket(b->v, b->n, i + 1) : i + 1;
            if (is_word(at(b->v, b->n, as), "as") && is_punct(at(b->v, b->n, as + 1), "(")) {
                return true;
            }
        }
    }
    return false;
}

static bool ends_source(const struct token *t)
{
    static const char *const words[] = {"where", "group", "order", "limit", "join", "inner", "left",
        "right", "full", "cross", "on", "using", "union", "except", "intersect", "having",
        "returning", "window", "for", NULL};
    for (int i = 0; words[i] != NULL; i++) {
        if (is_word(t, words[i])) {
            return true;
        }
    }
    return t->kind != TOKEN_WORD;
}

static bool check_public_source(
    struct job *job, const struct stmt *s, const struct body *b, const struct token *name)
{
    bool looks_public = name->n > 4 && memcmp(name->p, "pub_", 4) == 0;
    bool is_part = is_cte(b, name);
    if (looks_public && is_part) {
        /* SQLite's authorizer would take it for the view of that name */
        return fault(job, s->file, name->line, "a part of WITH may not be named pub_…");
    }
    return looks_public || is_part ||
           fault(job, s->file, name->line, "a public statement reads only pub_ views, not %.*s",
               (int)name->n, name->p);
}

/* v[i] is FROM or JOIN: what follows may be read by this audience, and is one thing. */
static bool check_source(struct job *job, const struct stmt *s, const struct body *b, size_t i)
{
    const struct token *name = at(b->v, b->n, i + 1);
    size_t next = i + 2;
    if (is_punct(name, "(")) {
        next = behind_bracket(b->v, b->n, i + 1);
    } else if (name->kind != TOKEN_WORD || !is_name(name->p, name->n)) {
        return fault(job, s->file, b->v[i].line, "a table, in lower case, must follow %.*s",
            (int)b->v[i].n, b->v[i].p);
    } else if (is_punct(at(b->v, b->n, next), "(") || is_punct(at(b->v, b->n, next), ".")) {
        return fault(job, s->file, name->line, "%.*s: a function or a schema is not a table",
            (int)name->n, name->p);
    } else if (s->audience == FOR_PUBLIC && !check_public_source(job, s, b, name)) {
        return false;
    }
    if (is_word(at(b->v, b->n, next), "as")) {
        next++;
    }
    if (!ends_source(at(b->v, b->n, next))) {
        next++;
    }
    if (is_punct(at(b->v, b->n, next), ",")) {
        return fault(
            job, s->file, b->v[next].line, "a second table after a comma: write JOIN … ON");
    }
    return true;
}

static bool check_sources(struct job *job, const struct stmt *s, const struct body *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if ((is_word(&b->v[i], "from") || is_word(&b->v[i], "join")) &&
            !check_source(job, s, b, i)) {
            return false;
        }
    }
    return true;
}

/* Columns after SELECT or RETURNING, outside brackets. */
static size_t count_columns(const struct body *b, size_t from)
{
    int depth = 0;
    size_t n = 1;
    for (size_t i = from + 1; i < b->n; i++) {
        depth += depth_change(&b->v[i]);
        if (depth == 0 && (is_word(&b->v[i], "from") || is_word(&b->v[i], "union") ||
                              is_word(&b->v[i], "order"))) {
            break;
        }
        n += depth == 0 && is_punct(&b->v[i], ",") ? 1 : 0;
    }
    return n;
}

static size_t find_returning(const struct body *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if (is_word(&b->v[i], "returning")) {
            return i;
        }
    }
    return b->n;
}

static bool check_out(struct job *job, const struct stmt *s, const struct body *b, size_t main_at)
{
    bool selects = is_word(&b->v[main_at], "select");
    size_t columns_at = selects ? main_at : find_returning(b);
    bool gives_rows = columns_at < b->n;
    bool wants_rows = s->out_kind == OUT_ONE || s->out_kind == OUT_MANY;
    if (wants_rows && !gives_rows) {
        return fault(
            job, s->file, b->line, "statement %s promises rows but has no RETURNING", s->name);
    }
    if (!wants_rows && gives_rows) {
        return fault(job, s->file, b->line,
            "statement %s gives rows but its head promises none: one: or many:", s->name);
    }
    if (wants_rows && count_columns(b, columns_at) != s->out.n) {
        return fault(job, s->file, b->v[columns_at].line,
            "statement %s gives %zu columns, its head names %zu", s->name,
            count_columns(b, columns_at), s->out.n);
    }
    return true;
}

bool check_statement(struct job *job, struct stmt *s)
{
    for (int i = 0; i < (s->pair ? BODIES : 1); i++) {
        const struct body *b = &s->body[i];
        /* A pair exists because the subset is not enough: its words are its own affair, its manners
         * are not. */
        if ((!s->pair && !check_words(job, s->file, b->v, b->n)) || !check_brackets(job, s, b)) {
            return false;
        }
        size_t main_at = find_main(b);
        if (!check_main(job, s, b, main_at) || !check_params(job, s, b) ||
            !check_sources(job, s, b) || !check_out(job, s, b, main_at)) {
            return false;
        }
    }
    return true;
}
