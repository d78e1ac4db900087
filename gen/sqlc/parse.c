/* parse.c: the heads of statements: who, what goes in, what comes out, why. */
#include "sqlc.h"

#include <stdlib.h>
#include <string.h>

enum head_key { KEY_FOR, KEY_IN, KEY_OUT, KEY_WHY, KEY_TENANTS, KEYS };

static const char *const key_words[KEYS] = {"for", "in", "out", "why", "tenants"};

struct head {
    struct text value[KEYS];
    int line[KEYS];
};

/* Cuts the first word of a comment; *rest is what follows it, trimmed. */
static size_t first_word(
    const struct token *t, const char **word, const char **rest, size_t *rest_n)
{
    size_t i = 0;
    while (i < t->n && t->p[i] == ' ') {
        i++;
    }
    *word = t->p + i;
    size_t from = i;
    while (i < t->n && t->p[i] != ' ' && t->p[i] != '\t') {
        i++;
    }
    size_t n = i - from;
    while (i < t->n && (t->p[i] == ' ' || t->p[i] == '\t')) {
        i++;
    }
    *rest = t->p + i;
    *rest_n = t->n - i;
    return n;
}

static bool same(const char *p, size_t n, const char *z)
{
    return n == strlen(z) && memcmp(p, z, n) == 0;
}

/* Is this comment "-- KEY rest", with one blank before the key? */
static bool comment_is(const struct token *t, const char *key, const char **rest, size_t *rest_n)
{
    if (t->kind != TOKEN_COMMENT || !t->new_line) {
        return false;
    }
    const char *word = NULL;
    size_t n = first_word(t, &word, rest, rest_n);
    return same(word, n, key);
}

static bool starts_statement(const struct token *t, const char **name, size_t *n)
{
    return comment_is(t, "statement", name, n) && memchr(*name, ' ', *n) == NULL && *n > 0;
}

static void join(struct text *t, const char *p, size_t n, const char *with)
{
    if (t->n > 0) {
        text_puts(t, t->p[t->n - 1] == ',' ? " " : with);
    }
    text_add(t, p, n);
}

static bool take_head_line(
    struct job *job, const struct source *s, const struct token *t, struct head *head, int *last)
{
    size_t blanks = 0;
    while (blanks < t->n && t->p[blanks] == ' ') {
        blanks++;
    }
    if (blanks == t->n) {
        return true;
    }
    if (blanks > 3) {
        if (*last < 0) {
            return fault(job, s->name, t->line, "this line continues nothing");
        }
        join(&head->value[*last], t->p + blanks, t->n - blanks, " ");
        return true;
    }
    const char *word = NULL;
    const char *rest = NULL;
    size_t rest_n = 0;
    size_t n = first_word(t, &word, &rest, &rest_n);
    for (int k = 0; k < KEYS; k++) {
        if (same(word, n, key_words[k])) {
            join(&head->value[k], rest, rest_n, k == KEY_IN || k == KEY_OUT ? ", " : " ");
            if (head->line[k] == 0) {
                head->line[k] = t->line;
            }
            *last = k;
            return true;
        }
    }
    return fault(job, s->name, t->line,
        "'%.*s' is not a line of a head (for, in, out, why, tenants, dialect)", (int)n, word);
}

static bool type_of(const char *p, size_t n, struct field *f)
{
    static const struct {
        const char *word;
        enum field_type type;
    } types[] = {{"id", FIELD_ID}, {"int", FIELD_INT}, {"text", FIELD_TEXT}, {"day", FIELD_DAY},
        {"instant", FIELD_INSTANT}, {"yesno", FIELD_YESNO}, {"money", FIELD_MONEY},
        {"blob", FIELD_BLOB}};
    f->nullable = n > 0 && p[n - 1] == '?';
    n -= f->nullable ? 1 : 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (same(p, n, types[i].word)) {
            f->type = types[i].type;
            return true;
        }
    }
    /* document_id and the like: an id that says of what */
    f->type = FIELD_ID;
    return n > 3 && is_name(p, n) && memcmp(p + n - 3, "_id", 3) == 0;
}

static bool is_c_word(const char *name)
{
    static const char *const words[] = {"auto", "bool", "break", "case", "char", "const",
        "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto",
        "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
        "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile",
        "while", "asm", "typeof", NULL};
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_field(
    struct job *job, const char *file, int line, struct fields *to, const char *p, size_t n)
{
    struct token t = {.p = p, .n = n};
    const char *name = NULL;
    const char *type = NULL;
    size_t type_n = 0;
    size_t name_n = first_word(&t, &name, &type, &type_n);
    while (type_n > 0 && type[type_n - 1] == ' ') {
        type_n--;
    }
    struct field f = {0};
    if (!is_name(name, name_n)) {
        return fault(job, file, line, "'%.*s' is not a name followed by a type", (int)n, p);
    }
    f.name = pool_copy(job->pool, name, name_n);
    if (is_c_word(f.name)) {
        return fault(job, file, line, "'%s' is a word of C: choose another name", f.name);
    }
    if (!type_of(type, type_n, &f)) {
        return fault(job, file, line,
            "'%s' has the type '%.*s'; types are id int text day instant yesno money blob, with ? "
            "when it may be NULL",
            f.name, (int)type_n, type);
    }
    if (f.type == FIELD_YESNO && f.nullable) {
        return fault(job, file, line, "'%s': a yesno knows no NULL; use int?", f.name);
    }
    for (size_t i = 0; i < to->n; i++) {
        if (strcmp(to->v[i].name, f.name) == 0) {
            return fault(job, file, line, "'%s' is named twice", f.name);
        }
    }
    to->v = pool_grow(job->pool, to->v, to->n, &to->cap, sizeof *to->v);
    to->v[to->n++] = f;
    return true;
}

static bool add_fields(
    struct job *job, const char *file, int line, struct fields *to, const char *p, size_t n)
{
    while (n > 0) {
        const char *comma = memchr(p, ',', n);
        size_t m = comma != NULL ? (size_t)(comma - p) : n;
        if (!add_field(job, file, line, to, p, m)) {
            return false;
        }
        if (comma == NULL) {
            return true;
        }
        p += m + 1;
        n -= m + 1;
    }
    return fault(job, file, line, "a name and a type are missing after the last comma");
}

static bool read_for(struct job *job, struct stmt *s, const struct head *h)
{
    const struct text *t = &h->value[KEY_FOR];
    if (t->n == 0) {
        return fault(job, s->file, s->line,
            "statement %s: a line '-- for public|staff|system' is missing", s->name);
    }
    s->audience = same(t->p, t->n, "public")   ? FOR_PUBLIC
                  : same(t->p, t->n, "staff")  ? FOR_STAFF
                  : same(t->p, t->n, "system") ? FOR_SYSTEM
                                               : FOR_NOBODY;
    if (s->audience == FOR_NOBODY) {
        return fault(
            job, s->file, h->line[KEY_FOR], "for: public, staff or system, not '%s'", t->p);
    }
    return true;
}

static bool read_in(struct job *job, struct stmt *s, const struct head *h)
{
    const struct text *t = &h->value[KEY_IN];
    if (t->n == 0 || same(t->p, t->n, "none")) {
        return true;
    }
    if (!add_fields(job, s->file, h->line[KEY_IN], &s->in, t->p, t->n)) {
        return false;
    }
    for (size_t i = 0; i < s->in.n; i++) {
        if (strcmp(s->in.v[i].name, "tenant") == 0) {
            return fault(job, s->file, h->line[KEY_IN],
                "tenant is never declared: it comes from the transaction");
        }
    }
    return true;
}

static bool read_out(struct job *job, struct stmt *s, const struct head *h)
{
    const struct text *t = &h->value[KEY_OUT];
    if (t->n == 0) {
        return fault(job, s->file, s->line,
            "statement %s: a line '-- out none|changed|one: …|many: …' is missing", s->name);
    }
    if (same(t->p, t->n, "none") || same(t->p, t->n, "changed")) {
        s->out_kind = t->p[0] == 'n' ? OUT_NONE : OUT_CHANGED;
        return true;
    }
    const char *colon = memchr(t->p, ':', t->n);
    size_t n = colon != NULL ? (size_t)(colon - t->p) : 0;
    s->out_kind = same(t->p, n, "one") ? OUT_ONE : same(t->p, n, "many") ? OUT_MANY : OUT_MISSING;
    if (s->out_kind == OUT_MISSING) {
        return fault(job, s->file, h->line[KEY_OUT],
            "out: none, changed, one: columns or many: columns, not '%s'", t->p);
    }
    return add_fields(job, s->file, h->line[KEY_OUT], &s->out, colon + 1, t->n - n - 1);
}

static bool read_rest(struct job *job, struct stmt *s, const struct head *h)
{
    if (h->value[KEY_WHY].n == 0) {
        return fault(job, s->file, s->line,
            "statement %s: a line '-- why' with one sentence is missing", s->name);
    }
    s->why = h->value[KEY_WHY].p;
    const struct text *t = &h->value[KEY_TENANTS];
    if (t->n > 0) {
        if (t->n < 6 || memcmp(t->p, "all: ", 5) != 0) {
            return fault(job, s->file, h->line[KEY_TENANTS], "tenants: write 'all: ' and why");
        }
        s->all_tenants = true;
    }
    return true;
}

/* Reads tokens up to the semicolon; *at comes to stand behind it. */
static bool read_body(
    struct job *job, const struct source *s, struct stmt *st, struct body *b, size_t *at)
{
    b->line = s->v[*at].line;
    for (;; (*at)++) {
        const struct token *t = &s->v[*at];
        const char *rest = NULL;
        size_t rest_n = 0;
        if (t->kind == TOKEN_END || starts_statement(t, &rest, &rest_n) ||
            comment_is(t, "dialect", &rest, &rest_n)) {
            return fault(job, s->name, st->line, "statement %s does not end with ';'", st->name);
        }
        if (t->kind == TOKEN_COMMENT) {
            continue;
        }
        if (is_punct(t, ";")) {
            (*at)++;
            if (b->n == 0) {
                return fault(job, s->name, t->line, "statement %s is empty", st->name);
            }
            return true;
        }
        b->v = pool_grow(job->pool, b->v, b->n, &b->cap, sizeof *b->v);
        b->v[b->n++] = *t;
    }
}

/* The two texts of a pair; *at stands on the line of the first dialect. */
static bool read_pair(struct job *job, const struct source *s, struct stmt *st, size_t *at)
{
    st->pair = true;
    bool have[BODIES] = {false};
    for (int i = 0; i < BODIES; i++) {
        const struct token *t = &s->v[*at];
        const char *word = NULL;
        size_t n = 0;
        if (!comment_is(t, "dialect", &word, &n)) {
            return fault(job, s->name, t->line,
                "statement %s: the second dialect of the pair is missing", st->name);
        }
        int which = same(word, n, "sqlite")     ? BODY_SQLITE
                    : same(word, n, "postgres") ? BODY_POSTGRES
                                                : BODIES;
        if (which == BODIES || have[which]) {
            return fault(job, s->name, t->line, "dialect: sqlite and postgres, once each");
        }
        have[which] = true;
        (*at)++;
        if (!read_body(job, s, st, &st->body[which], at)) {
            return false;
        }
    }
    return true;
}

static bool name_is_free(struct job *job, const struct stmt *s)
{
    for (size_t i = 0; i < job->stmts.n; i++) {
        if (strcmp(job->stmts.v[i].name, s->name) == 0) {
            return fault(job, s->file, s->line, "statement %s stands already at %s:%d", s->name,
                job->stmts.v[i].file, job->stmts.v[i].line);
        }
    }
    return true;
}

static bool read_statement(struct job *job, const struct source *s, size_t *at)
{
    const char *name = NULL;
    size_t n = 0;
    struct stmt st = {.file = s->name, .line = s->v[*at].line};
    (void)starts_statement(&s->v[*at], &name, &n);
    if (!is_name(name, n)) {
        return fault(
            job, s->name, st.line, "'%.*s' is not a name: a-z, then a-z, 0-9 and _", (int)n, name);
    }
    st.name = pool_copy(job->pool, name, n);
    struct head head = {0};
    for (int k = 0; k < KEYS; k++) {
        head.value[k].pool = job->pool;
    }
    int last = -1;
    const char *rest = NULL;
    size_t rest_n = 0;
    bool pair = false;
    for ((*at)++; s->v[*at].kind == TOKEN_COMMENT; (*at)++) {
        if (comment_is(&s->v[*at], "dialect", &rest, &rest_n)) {
            pair = true;
            break;
        }
        if (starts_statement(&s->v[*at], &rest, &rest_n)) {
            return fault(job, s->name, st.line, "statement %s has no SQL", st.name);
        }
        if (!take_head_line(job, s, &s->v[*at], &head, &last)) {
            return false;
        }
    }
    if (!name_is_free(job, &st) || !read_for(job, &st, &head) || !read_in(job, &st, &head) ||
        !read_out(job, &st, &head) || !read_rest(job, &st, &head)) {
        return false;
    }
    if (!(pair ? read_pair(job, s, &st, at) : read_body(job, s, &st, &st.body[BODY_SQLITE], at)) ||
        !check_statement(job, &st)) {
        return false;
    }
    job->stmts.v = pool_grow(job->pool, job->stmts.v, job->stmts.n, &job->stmts.cap, sizeof st);
    job->stmts.v[job->stmts.n++] = st;
    return true;
}

bool parse_statements(struct job *job, const struct source *s)
{
    size_t at = 0;
    while (s->v[at].kind != TOKEN_END) {
        const char *name = NULL;
        size_t n = 0;
        if (starts_statement(&s->v[at], &name, &n)) {
            if (!read_statement(job, s, &at)) {
                return false;
            }
        } else if (s->v[at].kind == TOKEN_COMMENT) {
            at++;
        } else {
            return fault(job, s->name, s->v[at].line,
                "SQL outside a statement: begin with '-- statement NAME'");
        }
    }
    return true;
}
