/* emit.c: the header and the C file. */
#include "sqlc.h"

#include <string.h>

struct type_words {
    const char *value;  /* enum value_type */
    const char *c;      /* in C */
    const char *member; /* of struct tx_value, with the way into the field */
    const char *inside;
    const char *read; /* from a row */
    const char *none; /* what a row that was not found holds, when it is not zero */
};

// clang-format off
static const struct type_words types[] = {
    [FIELD_ID]      = {"VALUE_ID",      "int64_t",        "integer", "",    "tx_row_int",     NULL},
    [FIELD_INT]     = {"VALUE_INT",     "int64_t",        "integer", "",    "tx_row_int",     NULL},
    [FIELD_TEXT]    = {"VALUE_TEXT",    "struct str",     "text",    "",    "tx_row_text",    NULL},
    [FIELD_DAY]     = {"VALUE_DAY",     "struct date",    "day",     "",    "tx_row_day",     "DATE_NONE"},
    [FIELD_INSTANT] = {"VALUE_INSTANT", "struct instant", "integer", ".ms", "tx_row_instant", "INSTANT_NONE"},
    [FIELD_YESNO]   = {"VALUE_YESNO",   "bool",           "integer", "",    "tx_row_yesno",   NULL},
    [FIELD_MONEY]   = {"VALUE_MONEY",   "int64_t",        "integer", "",    "tx_row_int",     NULL},
    [FIELD_BLOB]    = {"VALUE_BLOB",    "struct str",     "text",    "",    "tx_row_text",    NULL},
};
// clang-format on

static bool gives_rows(const struct stmt *s)
{
    return s->out_kind == OUT_ONE || s->out_kind == OUT_MANY;
}

static void emit_comment(struct text *out, const char *why)
{
    text_puts(out, "/* ");
    for (const char *p = why; *p != '\0'; p++) {
        bool ends = p[0] == '*' && p[1] == '/';
        bool opens = p[0] == '/' && p[1] == '*';
        text_add(out, ends || opens ? " " : p, 1);
    }
    text_puts(out, " */\n");
}

static void emit_fields(struct text *out, const struct fields *f)
{
    for (size_t i = 0; i < f->n; i++) {
        text_format(out, "    %s %s;%s\n", types[f->v[i].type].c, f->v[i].name,
            f->v[i].nullable ? " /* may be absent */" : "");
    }
}

static void emit_signature(struct text *out, const struct stmt *s)
{
    text_format(out, "const struct err *q_%s(struct tx *tx", s->name);
    if (s->in.n > 0) {
        text_format(out, ", const struct q_%s_in *in", s->name);
    }
    if (s->out_kind == OUT_CHANGED) {
        text_puts(out, ", int64_t *changed");
    } else if (s->out_kind == OUT_ONE) {
        text_format(out, ", struct q_%s_row *row, bool *found", s->name);
    } else if (s->out_kind == OUT_MANY) {
        text_format(out, ", struct q_%s_rows *rows", s->name);
    }
    text_puts(out, ")");
}

static void emit_declarations(struct text *out, const struct stmt *s)
{
    text_puts(out, "\n");
    if (s->in.n > 0) {
        text_format(out, "struct q_%s_in {\n", s->name);
        emit_fields(out, &s->in);
        text_puts(out, "};\n");
    }
    if (gives_rows(s)) {
        text_format(out, "struct q_%s_row {\n", s->name);
        emit_fields(out, &s->out);
        text_puts(out, "};\n");
    }
    if (s->out_kind == OUT_MANY) {
        text_format(out, "struct q_%s_rows {\n    struct q_%s_row *v;\n    size_t n;\n};\n",
            s->name, s->name);
    }
    emit_comment(out, s->why);
    emit_signature(out, s);
    text_puts(out, ";\n");
}

void emit_header(const struct job *job, struct text *out)
{
    text_puts(out, "/* Made by sqlc; do not edit. */\n");
    text_format(out, "#ifndef GK_SQL_%s_H\n#define GK_SQL_%s_H\n\n#include \"store/tx.h\"\n\n",
        job->name, job->name);
    text_format(out, "extern const struct statements %s_statements;\n", job->name);
    text_format(out, "extern const struct migrations %s_migrations;\n", job->name);
    for (size_t i = 0; i < job->stmts.n; i++) {
        emit_declarations(out, &job->stmts.v[i]);
    }
    text_puts(out, "\n#endif\n");
}

/* As a C string, one piece a line. */
static void emit_string(struct text *out, const char *z)
{
    text_puts(out, "\n        \"");
    for (const char *p = z; *p != '\0'; p++) {
        if (*p == '\n') {
            text_puts(out, p[1] != '\0' ? "\\n\"\n        \"" : "\\n");
        } else if (*p == '"' || *p == '\\' || (*p == '?' && p > z && p[-1] == '?')) {
            char escaped[2] = {'\\', *p};
            text_add(out, escaped, 2);
        } else {
            text_add(out, p, 1);
        }
    }
    text_puts(out, "\"");
}

static size_t param_number(const struct stmt *s, const struct token *t)
{
    size_t shift = s->uses_tenant ? 1 : 0;
    for (size_t i = 0; i < s->in.n; i++) {
        if (strlen(s->in.v[i].name) == t->n && memcmp(s->in.v[i].name, t->p, t->n) == 0) {
            return i + 1 + shift;
        }
    }
    return 1; /* :tenant */
}

/* SQLite locks the whole file when a transaction writes: FOR UPDATE says nothing there. */
static size_t length_for(const struct body *b, int engine)
{
    bool locks = b->n > 2 && is_word(&b->v[b->n - 2], "for") && is_word(&b->v[b->n - 1], "update");
    return locks && engine == BODY_SQLITE ? b->n - 2 : b->n;
}

static void emit_body(struct text *out, const struct job *job, const struct stmt *s, int engine)
{
    const struct body *b = &s->body[s->pair ? engine : BODY_SQLITE];
    struct text sql = {.pool = job->pool};
    size_t n = length_for(b, engine);
    for (size_t i = 0; i < n; i++) {
        const struct token *t = &b->v[i];
        if (i > 0 && (t->new_line || t->space)) {
            text_puts(&sql, t->new_line ? "\n" : " ");
        }
        if (t->kind == TOKEN_PARAM) {
            text_format(&sql, "%c%zu", engine == BODY_SQLITE ? '?' : '$', param_number(s, t));
        } else {
            text_add(&sql, t->p, t->n);
        }
    }
    emit_string(out, sql.p);
}

static void emit_values(
    struct text *out, const char *what, const struct stmt *s, const struct fields *f, bool tenant)
{
    if (f->n == 0 && !tenant) {
        return;
    }
    text_format(out, "static const struct statement_value %s_%s[] = {\n", what, s->name);
    if (tenant) {
        text_puts(out, "    {\"tenant\", VALUE_ID, false},\n");
    }
    for (size_t i = 0; i < f->n; i++) {
        text_format(out, "    {\"%s\", %s, %s},\n", f->v[i].name, types[f->v[i].type].value,
            f->v[i].nullable ? "true" : "false");
    }
    text_puts(out, "};\n");
}

static void emit_statement(struct text *out, const struct job *job, const struct stmt *s)
{
    static const char *const audiences[] = {
        "", "AUDIENCE_PUBLIC", "AUDIENCE_STAFF", "AUDIENCE_SYSTEM"};
    size_t in_n = s->in.n + (s->uses_tenant ? 1 : 0);
    text_format(out,
        "    {.name = \"%s\", .audience = %s, .writes = %s, .crosses_tenants = %s, .dialect_pair = "
        "%s,\n",
        s->name, audiences[s->audience], s->writes ? "true" : "false",
        s->all_tenants ? "true" : "false", s->pair ? "true" : "false");
    if (in_n > 0) {
        text_format(out, "     .in = in_%s, .in_count = %zu,\n", s->name, in_n);
    }
    if (s->out.n > 0) {
        text_format(out, "     .out = out_%s, .out_count = %zu,\n", s->name, s->out.n);
    }
    text_puts(out, "     .sqlite =");
    emit_body(out, job, s, BODY_SQLITE);
    text_puts(out, ",\n     .postgres =");
    emit_body(out, job, s, BODY_POSTGRES);
    text_puts(out, "},\n");
}

static void emit_reader(struct text *out, const struct stmt *s)
{
    text_format(out, "\nstatic void read_%s(const struct tx_row *from, struct q_%s_row *to)\n{\n",
        s->name, s->name);
    for (size_t i = 0; i < s->out.n; i++) {
        text_format(out, "    to->%s = %s(from, %zu);\n", s->out.v[i].name,
            types[s->out.v[i].type].read, i);
    }
    text_puts(out, "}\n");
    if (s->out_kind == OUT_ONE) {
        text_format(out,
            "\nstruct one_%s {\n    struct q_%s_row *row;\n    bool *found;\n};\n\n"
            "static void each_%s(struct tx *tx, const struct tx_row *from, void *arg)\n{\n"
            "    const struct one_%s *one = arg;\n"
            "    if (*one->found) {\n"
            "        (void)tx_fail(tx, err_fault(tx->arena, \"statement %s: more than one "
            "row\"));\n"
            "        return;\n    }\n"
            "    read_%s(from, one->row);\n    *one->found = true;\n}\n",
            s->name, s->name, s->name, s->name, s->name, s->name);
        return;
    }
    text_format(out,
        "\nstruct many_%s {\n    struct q_%s_row *v;\n    size_t n, cap;\n};\n\n"
        "static void each_%s(struct tx *tx, const struct tx_row *from, void *arg)\n{\n"
        "    struct many_%s *many = arg;\n"
        "    struct q_%s_row *to = vec_add(tx->arena, many);\n"
        "    read_%s(from, to);\n}\n",
        s->name, s->name, s->name, s->name, s->name, s->name);
}

static void emit_binds(struct text *out, const struct stmt *s)
{
    text_puts(out, "    const struct tx_value values[] = {\n");
    if (s->uses_tenant) {
        text_puts(out, "        {.type = VALUE_ID, .integer = tx->tenant},\n");
    }
    for (size_t i = 0; i < s->in.n; i++) {
        const struct field *f = &s->in.v[i];
        const struct type_words *t = &types[f->type];
        text_format(out, "        {.type = %s, .nullable = %s, .%s = in->%s%s%s},\n", t->value,
            f->nullable ? "true" : "false", t->member, f->name, t->inside,
            f->type == FIELD_YESNO ? " ? 1 : 0" : "");
    }
    text_puts(out, "    };\n");
}

static void emit_absent_row(struct text *out, const struct stmt *s)
{
    text_format(out, "    *found = false;\n    *row = (struct q_%s_row){0};\n", s->name);
    for (size_t i = 0; i < s->out.n; i++) {
        if (types[s->out.v[i].type].none != NULL) {
            text_format(out, "    row->%s = %s;\n", s->out.v[i].name, types[s->out.v[i].type].none);
        }
    }
}

static void emit_function(struct text *out, const struct stmt *s, size_t index)
{
    if (gives_rows(s)) {
        emit_reader(out, s);
    }
    text_puts(out, "\n");
    emit_signature(out, s);
    text_puts(out, "\n{\n");
    bool binds = s->in.n > 0 || s->uses_tenant;
    if (binds) {
        emit_binds(out, s);
    }
    const char *values = binds ? "values" : "NULL";
    if (s->out_kind == OUT_ONE) {
        emit_absent_row(out, s);
        text_format(out, "    struct one_%s one = {row, found};\n", s->name);
        text_format(out, "    return tx_run(tx, &all[%zu], %s, each_%s, &one, NULL);\n}\n", index,
            values, s->name);
    } else if (s->out_kind == OUT_MANY) {
        text_format(out, "    struct many_%s many = {0};\n", s->name);
        text_format(out,
            "    const struct err *e = tx_run(tx, &all[%zu], %s, each_%s, &many, NULL);\n", index,
            values, s->name);
        text_puts(out, "    rows->v = many.v;\n    rows->n = many.n;\n    return e;\n}\n");
    } else {
        text_format(out, "    return tx_run(tx, &all[%zu], %s, NULL, NULL, %s);\n}\n", index,
            values, s->out_kind == OUT_CHANGED ? "changed" : "NULL");
    }
}

static void emit_migrations(const struct job *job, struct text *out)
{
    if (job->steps.n == 0) {
        text_format(out, "\nconst struct migrations %s_migrations = {NULL, 0};\n", job->name);
        return;
    }
    text_puts(out, "\nstatic const struct migration steps[] = {\n");
    for (size_t i = 0; i < job->steps.n; i++) {
        const struct step *step = &job->steps.v[i];
        text_format(out, "    {.name = \"%s\",\n     .digest = \"%s\",\n     .sqlite =", step->name,
            step->digest);
        emit_string(out, step->sqlite);
        text_puts(out, ",\n     .postgres =");
        emit_string(out, step->postgres);
        text_puts(out, "},\n");
    }
    text_format(out, "};\n\nconst struct migrations %s_migrations = {steps, %zu};\n", job->name,
        job->steps.n);
}

void emit_source(const struct job *job, const char *header_name, struct text *out)
{
    text_format(out,
        "/* Made by sqlc; do not edit. */\n#include \"%s\"\n\n#include \"base/vec.h\"\n\n",
        header_name);
    text_puts(out, "/* A schema is longer than what C promises to take as one string. */\n"
                   "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n");
    for (size_t i = 0; i < job->stmts.n; i++) {
        emit_values(out, "in", &job->stmts.v[i], &job->stmts.v[i].in, job->stmts.v[i].uses_tenant);
        emit_values(out, "out", &job->stmts.v[i], &job->stmts.v[i].out, false);
    }
    if (job->stmts.n > 0) {
        text_puts(out, "\nstatic const struct statement all[] = {\n");
        for (size_t i = 0; i < job->stmts.n; i++) {
            emit_statement(out, job, &job->stmts.v[i]);
        }
        text_puts(out, "};\n");
    }
    text_format(out, "\nconst struct statements %s_statements = {%s, %zu};\n", job->name,
        job->stmts.n > 0 ? "all" : "NULL", job->stmts.n);
    emit_migrations(job, out);
    for (size_t i = 0; i < job->stmts.n; i++) {
        emit_function(out, &job->stmts.v[i], i);
    }
}
