/*
 * lex.c: cuts a page into tokens.
 */
#include "lex.h"

#include <string.h>

void lexer_init(struct lexer *x, struct job *job, const struct source *source)
{
    *x = (struct lexer){.job = job, .source = source, .line = 1};
}

static bool at_mark(struct text t, size_t at, const char *mark)
{
    return at + 2 <= t.n && t.p[at] == mark[0] && t.p[at + 1] == mark[1];
}

static bool find_mark(struct text t, size_t from, const char *mark, size_t *where)
{
    for (size_t at = from; at + 2 <= t.n; at++) {
        if (at_mark(t, at, mark)) {
            *where = at;
            return true;
        }
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* If the line that starts here holds only tags and comments: the offset after its line break, else
 * 0. */
static size_t end_of_tag_line(struct text t, size_t at)
{
    bool any = false;
    while (at < t.n) {
        if (is_blank(t.p[at])) {
            at++;
            continue;
        }
        if (t.p[at] == '\n') {
            return any ? at + 1 : 0;
        }
        const char *close = NULL;
        if (at_mark(t, at, "{%")) {
            close = "%}";
        } else if (at_mark(t, at, "{#")) {
            close = "#}";
        }
        if (close == NULL || !find_mark(t, at + 2, close, &at)) {
            return 0;
        }
        at += 2;
        any = true;
    }
    return any ? at : 0;
}

static void advance(struct lexer *x, size_t to)
{
    for (; x->at < to; x->at++) {
        if (x->source->text.p[x->at] == '\n') {
            x->line++;
        }
    }
}

static bool at_line_start(const struct lexer *x, size_t at)
{
    return at == 0 || x->source->text.p[at - 1] == '\n';
}

/* Takes the tag that starts here. */
static bool take_tag(struct lexer *x, const char *close, struct text *inside)
{
    struct text t = x->source->text;
    size_t end;
    if (!find_mark(t, x->at + 2, close, &end)) {
        return job_fail(
            x->job, x->source, x->line, "the tag is not closed: \"%s\" is missing", close);
    }
    *inside = text_at(t, x->at + 2, end);
    advance(x, end + 2);
    return true;
}

/* Text up to the next tag, or to the next line that holds only tags. */
static bool take_text(struct lexer *x, struct text *text)
{
    struct text t = x->source->text;
    size_t at = x->at;
    for (; at < t.n; at++) {
        if (at_mark(t, at, "{{") || at_mark(t, at, "{%") || at_mark(t, at, "{#")) {
            break;
        }
        if (at > x->at && at_line_start(x, at) && end_of_tag_line(t, at) > 0) {
            break;
        }
        unsigned char c = (unsigned char)t.p[at];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
            return job_fail(x->job, x->source, x->line, "a control character (%#x) in the text", c);
        }
    }
    *text = text_at(t, x->at, at);
    advance(x, at);
    return true;
}

bool lexer_next(struct lexer *x, struct token *t)
{
    struct text all = x->source->text;
    for (;;) {
        if (x->at >= x->strip_to && at_line_start(x, x->at)) {
            x->strip_to = end_of_tag_line(all, x->at);
        }
        if (x->at >= all.n) {
            *t = (struct token){.kind = TOKEN_END, .line = x->line};
            return true;
        }
        char c = all.p[x->at];
        if (x->at < x->strip_to && (is_blank(c) || c == '\n')) {
            advance(x, x->at + 1);
            continue;
        }
        *t = (struct token){.line = x->line};
        if (at_mark(all, x->at, "{#")) {
            if (!take_tag(x, "#}", &t->text)) {
                return false;
            }
            continue;
        }
        if (at_mark(all, x->at, "{{")) {
            t->kind = TOKEN_PRINT;
            return take_tag(x, "}}", &t->text);
        }
        if (at_mark(all, x->at, "{%")) {
            t->kind = TOKEN_DO;
            return take_tag(x, "%}", &t->text);
        }
        t->kind = TOKEN_TEXT;
        return take_text(x, &t->text);
    }
}
