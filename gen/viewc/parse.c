/*
 * parse.c: tokens to a tree of each view.
 */
#include "lex.h"
#include "scan.h"

#include <string.h>

struct parser {
    struct job *job;
    struct lexer lexer;
    int depth;
};

/* How a block came to its end. */
struct ending {
    enum { END_OF_BLOCK, ELIF_OF_BLOCK, ELSE_OF_BLOCK } how;
    int line;
    struct scan rest; /* behind elif: its condition */
};

static bool parse_block(
    struct parser *p, int opened_on, struct node **first, struct ending *ending);

static bool fail(struct parser *p, int line, const char *words)
{
    return job_fail(p->job, p->lexer.source, line, "%s", words);
}

/* One argument of a call, written into C. */
static bool parse_argument(
    struct scan *s, struct pool *pool, struct writing *w, struct argument ***last)
{
    struct text t;
    bool address = scan_mark(s, "&");
    if (scan_path(s, &t)) {
        struct argument *a = pool_alloc(pool, sizeof(*a));
        a->path = t;
        **last = a;
        *last = &a->next;
        write_z(w, address ? "&" : "");
        write_text(w, t);
        return true;
    }
    if (address) {
        return false;
    }
    if (scan_number(s, &t)) {
        write_text(w, t);
        return true;
    }
    if (scan_quoted(s, &t)) {
        write_z(w, "S(\"");
        write_text(w, t);
        write_z(w, "\")");
        return true;
    }
    return false;
}

static bool parse_call(struct parser *p, struct scan *s, struct node *n)
{
    n->kind = NODE_CALL;
    struct writing w = {.pool = p->job->pool};
    struct argument **last = &n->arguments;
    if (!scan_name(s, &n->name) || !scan_mark(s, "(")) {
        return fail(
            p, n->line, "call wants a view and its arguments: {% call name(o, &d->part) %}");
    }
    do {
        if (w.n > 0) {
            write_z(&w, ", ");
        }
        if (!parse_argument(s, p->job->pool, &w, &last)) {
            return fail(p, n->line,
                "an argument of call is a path, &path, a number or a \"literal\"; nothing is "
                "computed in a page");
        }
    } while (scan_mark(s, ","));
    if (!scan_mark(s, ")") || !scan_end(s)) {
        return fail(p, n->line, "call ends with \")\" and nothing behind it");
    }
    if (n->arguments == NULL || !text_is(n->arguments->path, "o") || w.p[0] != 'o') {
        return fail(p, n->line, "the first argument of call is o");
    }
    n->text = (struct text){w.p, w.n};
    return true;
}

static bool parse_each(struct parser *p, struct scan *s, struct node *n)
{
    n->kind = NODE_EACH;
    struct text word;
    if (!scan_name(s, &n->name) || !scan_name(s, &word) || !text_is(word, "in") ||
        !scan_path(s, &n->expression.path) || !scan_end(s)) {
        return fail(p, n->line, "each wants a name and a list: {% each row in d->rows %}");
    }
    struct ending ending;
    if (!parse_block(p, n->line, &n->body, &ending)) {
        return false;
    }
    if (ending.how != END_OF_BLOCK) {
        return fail(p, ending.line, "each has no elif or else");
    }
    return true;
}

static bool parse_if(struct parser *p, struct scan *s, struct node *n)
{
    n->kind = NODE_IF;
    struct branch **last = &n->branches;
    struct ending ending = {.how = ELIF_OF_BLOCK, .line = n->line, .rest = *s};
    while (ending.how != END_OF_BLOCK) {
        struct branch *b = pool_alloc(p->job->pool, sizeof(*b));
        *last = b;
        last = &b->next;
        b->line = ending.line;
        b->otherwise = ending.how == ELSE_OF_BLOCK;
        if (b->otherwise && !scan_end(&ending.rest)) {
            return fail(p, b->line, "else stands alone; a further condition is elif");
        }
        if (!b->otherwise && !scan_expression(&ending.rest, &b->condition)) {
            return fail(p, b->line,
                "a condition is a path, `not path`, or one comparison with a name or number; "
                "nothing is computed in a page");
        }
        if (!parse_block(p, n->line, &b->body, &ending)) {
            return false;
        }
        if (b->otherwise && ending.how != END_OF_BLOCK) {
            return fail(p, ending.line, "nothing but end comes after else");
        }
    }
    return true;
}

/* A {% … %} inside a view that is not the end of its block. */
static bool parse_statement(struct parser *p, struct text word, struct scan *s, struct node *n)
{
    if (text_is(word, "if")) {
        return parse_if(p, s, n);
    }
    if (text_is(word, "each")) {
        return parse_each(p, s, n);
    }
    if (text_is(word, "call")) {
        return parse_call(p, s, n);
    }
    if (text_is(word, "view") || text_is(word, "include")) {
        return fail(
            p, n->line, "a view or include inside a view: is an {% end %} missing before it?");
    }
    return job_fail(p->job, p->lexer.source, n->line,
        "unknown word \"%.*s\": if, elif, else, each, call, end", (int)word.n, word.p);
}

static bool parse_print(struct parser *p, struct text inside, struct node *n)
{
    n->kind = NODE_PRINT;
    struct scan s = {inside};
    if (!scan_path(&s, &n->expression.path) || !scan_end(&s)) {
        return fail(
            p, n->line, "{{ }} prints one path, as d->title; nothing is computed in a page");
    }
    return true;
}

/* Is this word the end of the block? */
static bool is_ending(struct text word, struct ending *ending)
{
    if (text_is(word, "end")) {
        ending->how = END_OF_BLOCK;
    } else if (text_is(word, "elif")) {
        ending->how = ELIF_OF_BLOCK;
    } else if (text_is(word, "else")) {
        ending->how = ELSE_OF_BLOCK;
    } else {
        return false;
    }
    return true;
}

static bool parse_block_inside(
    struct parser *p, int opened_on, struct node **last, struct ending *ending)
{
    for (;;) {
        struct token t;
        if (!lexer_next(&p->lexer, &t)) {
            return false;
        }
        if (t.kind == TOKEN_END) {
            return job_fail(p->job, p->lexer.source, opened_on,
                "opened here and never closed: {%% end %%} is missing");
        }
        struct node *n = pool_alloc(p->job->pool, sizeof(*n));
        n->line = t.line;
        struct scan s = {t.text};
        struct text word = {"", 0};
        if (t.kind == TOKEN_DO) {
            if (!scan_name(&s, &word)) {
                return fail(p, t.line, "an empty tag");
            }
            if (is_ending(word, ending)) {
                ending->line = t.line;
                ending->rest = s;
                if (ending->how == END_OF_BLOCK && !scan_end(&s)) {
                    return fail(p, t.line, "end stands alone");
                }
                return true;
            }
        }
        bool well = true;
        if (t.kind == TOKEN_TEXT) {
            n->text = t.text;
        } else if (t.kind == TOKEN_PRINT) {
            well = parse_print(p, t.text, n);
        } else {
            well = parse_statement(p, word, &s, n);
        }
        if (!well) {
            return false;
        }
        *last = n;
        last = &n->next;
    }
}

static bool parse_block(struct parser *p, int opened_on, struct node **first, struct ending *ending)
{
    if (p->depth == VIEWC_NESTING_MAX) {
        return fail(p, opened_on, "blocks stand too deep in each other");
    }
    p->depth++;
    bool well = parse_block_inside(p, opened_on, first, ending);
    p->depth--;
    return well;
}

/* One argument of a view as C writes it: words and stars, a name last. */
static bool parse_parameter(struct scan *s, struct text *name)
{
    size_t words = 0;
    bool star_last = false;
    for (;;) {
        if (scan_mark(s, "*")) {
            star_last = true;
        } else if (scan_name(s, name)) {
            star_last = false;
            words++;
        } else {
            return words >= 2 && !star_last;
        }
    }
}

static bool parse_parameters(struct parser *p, struct scan *s, struct view *v)
{
    scan_blanks(s);
    const char *start = s->rest.p;
    do {
        size_t most = sizeof(v->parameter_names) / sizeof(v->parameter_names[0]);
        if (v->parameter_count == most) {
            return fail(p, v->line, "a view has at most eight arguments: put them into a struct");
        }
        if (!parse_parameter(s, &v->parameter_names[v->parameter_count])) {
            return fail(p, v->line,
                "view wants typed arguments: {% view name(struct out *o, const struct thing *d) "
                "%}");
        }
        v->parameter_count++;
    } while (scan_mark(s, ","));
    v->parameters = (struct text){start, (size_t)(s->rest.p - start)};
    struct scan first = {v->parameters};
    if (!scan_mark(&first, "struct out") || !scan_mark(&first, "*") ||
        !text_is(v->parameter_names[0], "o")) {
        return fail(p, v->line, "the first argument of a view is struct out *o");
    }
    return true;
}

static bool parse_view(struct parser *p, struct scan *s, int line)
{
    struct job *j = p->job;
    struct view *v = pool_alloc(j->pool, sizeof(*v));
    v->source = p->lexer.source;
    v->line = line;
    if (!scan_name(s, &v->name) || !scan_mark(s, "(")) {
        return fail(p, line,
            "view wants a name and arguments: {% view name(struct out *o, const struct thing *d) "
            "%}");
    }
    if (!parse_parameters(p, s, v)) {
        return false;
    }
    if (!scan_mark(s, ")") || !scan_end(s)) {
        return fail(p, line, "view ends with \")\" and nothing behind it");
    }
    for (const struct view *other = j->views; other != NULL; other = other->next) {
        if (text_same(other->name, v->name)) {
            return job_fail(j, v->source, line, "view %.*s stands already in %s:%d", (int)v->name.n,
                v->name.p, other->source->name, other->line);
        }
    }
    struct ending ending;
    if (!parse_block(p, line, &v->body, &ending)) {
        return false;
    }
    if (ending.how != END_OF_BLOCK) {
        return fail(p, ending.line, "elif or else without its if");
    }
    *j->last_view = v;
    j->last_view = &v->next;
    return true;
}

static bool parse_include(struct parser *p, struct scan *s, int line)
{
    struct job *j = p->job;
    struct text path;
    if (!scan_quoted(s, &path) || path.n == 0 || !scan_end(s)) {
        return fail(p, line, "include wants a header: {% include \"cap/thing/thing_pages.h\" %}");
    }
    for (const struct include *i = j->includes; i != NULL; i = i->next) {
        if (text_same(i->path, path)) {
            return true;
        }
    }
    struct include *i = pool_alloc(j->pool, sizeof(*i));
    i->path = path;
    *j->last_include = i;
    j->last_include = &i->next;
    return true;
}

static bool is_blank_text(struct text t)
{
    struct scan s = {t};
    return scan_end(&s);
}

/* The outer level of a file: includes and views, and only white space between them. */
bool parse_source(struct job *j, const struct source *source)
{
    struct parser p = {.job = j};
    lexer_init(&p.lexer, j, source);
    for (;;) {
        struct token t;
        if (!lexer_next(&p.lexer, &t)) {
            return false;
        }
        if (t.kind == TOKEN_END) {
            return true;
        }
        struct scan s = {t.text};
        struct text word = {"", 0};
        if (t.kind == TOKEN_PRINT || (t.kind == TOKEN_TEXT && !is_blank_text(t.text))) {
            return fail(&p, t.line, "this stands outside of any view");
        }
        if (t.kind == TOKEN_TEXT) {
            continue;
        }
        bool well;
        if (!scan_name(&s, &word)) {
            well = fail(&p, t.line, "an empty tag");
        } else if (text_is(word, "view")) {
            well = parse_view(&p, &s, t.line);
        } else if (text_is(word, "include")) {
            well = parse_include(&p, &s, t.line);
        } else if (text_is(word, "end")) {
            well = fail(&p, t.line, "an end too many: no block is open");
        } else {
            well = fail(&p, t.line, "outside of views stand only include and view");
        }
        if (!well) {
            return false;
        }
    }
}
