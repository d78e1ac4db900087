/* token.c: cuts an .sql file into words, strings, parameters and comments. */
#include "sqlc.h"

#include <string.h>

struct scan {
    struct job *job;
    struct source *s;
    size_t at;
    size_t cap;
    int line;
    bool space;
    bool new_line;
};

static bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool is_word(const struct token *t, const char *lower_case)
{
    size_t n = strlen(lower_case);
    if (t->kind != TOKEN_WORD || t->n != n) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (lower(t->p[i]) != lower_case[i]) {
            return false;
        }
    }
    return true;
}

bool is_punct(const struct token *t, const char *punct)
{
    return t->kind == TOKEN_PUNCT && t->n == strlen(punct) && memcmp(t->p, punct, t->n) == 0;
}

bool is_name(const char *p, size_t n)
{
    if (n == 0 || n > 60 || p[0] < 'a' || p[0] > 'z') {
        return false;
    }
    for (size_t i = 1; i < n; i++) {
        if (!((p[i] >= 'a' && p[i] <= 'z') || is_digit(p[i]) || p[i] == '_')) {
            return false;
        }
    }
    return true;
}

static char peek(const struct scan *c, size_t ahead)
{
    return c->at + ahead < c->s->n ? c->s->text[c->at + ahead] : '\0';
}

static void put(struct scan *c, enum token_kind kind, const char *p, size_t n)
{
    c->s->v = pool_grow(c->job->pool, c->s->v, c->s->count, &c->cap, sizeof *c->s->v);
    c->s->v[c->s->count++] = (struct token){
        .kind = kind, .p = p, .n = n, .line = c->line, .space = c->space, .new_line = c->new_line};
    c->space = false;
    c->new_line = false;
}

static void skip_space(struct scan *c)
{
    while (c->at < c->s->n) {
        char b = c->s->text[c->at];
        if (b == '\n') {
            c->line++;
            c->new_line = true;
        } else if (b != ' ' && b != '\t' && b != '\r') {
            return;
        }
        c->space = true;
        c->at++;
    }
}

static void take_comment(struct scan *c)
{
    const char *from = c->s->text + c->at + 2;
    const char *end = memchr(from, '\n', c->s->n - c->at - 2);
    size_t n = end != NULL ? (size_t)(end - from) : c->s->n - c->at - 2;
    size_t cut = n;
    while (cut > 0 && (from[cut - 1] == ' ' || from[cut - 1] == '\t' || from[cut - 1] == '\r')) {
        cut--;
    }
    put(c, TOKEN_COMMENT, from, cut);
    c->at += n + 2;
}

static bool take_string(struct scan *c)
{
    const char *from = c->s->text + c->at;
    size_t i = 1;
    for (;;) {
        char b = peek(c, i);
        if (b == '\0' || b == '\n') {
            return fault(
                c->job, c->s->name, c->line, "a string begins here and does not end on its line");
        }
        if (b == '\'' && peek(c, i + 1) != '\'') {
            break;
        }
        i += b == '\'' ? 2 : 1;
    }
    put(c, TOKEN_STRING, from, i + 1);
    c->at += i + 1;
    return true;
}

static void take_run(struct scan *c, enum token_kind kind, size_t from)
{
    size_t i = from;
    while (starts_word(peek(c, i)) || is_digit(peek(c, i)) ||
           (kind == TOKEN_NUMBER && peek(c, i) == '.')) {
        i++;
    }
    put(c, kind, c->s->text + c->at + from, i - from);
    c->at += i;
}

static void take_punct(struct scan *c)
{
    static const char *const pairs[] = {
        "->>", "::", "->", "||", "<=", ">=", "<>", "!=", "==", "/*", NULL};
    const char *p = c->s->text + c->at;
    size_t left = c->s->n - c->at;
    size_t n = 1;
    for (int i = 0; pairs[i] != NULL; i++) {
        size_t m = strlen(pairs[i]);
        if (m <= left && memcmp(p, pairs[i], m) == 0) {
            n = m;
            break;
        }
    }
    put(c, TOKEN_PUNCT, p, n);
    c->at += n;
}

static bool take_one(struct scan *c)
{
    char b = peek(c, 0);
    if (b == '-' && peek(c, 1) == '-') {
        take_comment(c);
    } else if (b == '\'') {
        return take_string(c);
    } else if (starts_word(b)) {
        take_run(c, TOKEN_WORD, 0);
    } else if (is_digit(b)) {
        take_run(c, TOKEN_NUMBER, 0);
    } else if (b == ':' && starts_word(peek(c, 1))) {
        take_run(c, TOKEN_PARAM, 1);
    } else if (b == '"') {
        return fault(c->job, c->s->name, c->line,
            "double quotes: names are lower case and need none, strings take single quotes");
    } else if (b == '?' || b == '$') {
        return fault(c->job, c->s->name, c->line, "a parameter is written :name, not %c", b);
    } else if (b <= ' ' || b > '~') {
        return fault(c->job, c->s->name, c->line,
            "a character outside ASCII stands outside a string or comment");
    } else {
        take_punct(c);
    }
    return true;
}

bool tokenise(struct job *job, struct source *s)
{
    struct scan c = {.job = job, .s = s, .line = 1, .new_line = true};
    for (;;) {
        skip_space(&c);
        if (c.at >= s->n) {
            put(&c, TOKEN_END, s->text + s->n, 0);
            return true;
        }
        /* "::name" is a cast, not a parameter after a colon. */
        if (peek(&c, 0) == ':' && peek(&c, 1) == ':') {
            take_punct(&c);
        } else if (!take_one(&c)) {
            return false;
        }
    }
}
