/*
 * scan.c: the words that may stand inside a tag. A page may not compute, so there are few.
 */
#include "scan.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool continues_name(char c)
{
    return starts_name(c) || is_digit(c);
}

static void skip(struct scan *s, size_t n)
{
    s->rest = text_at(s->rest, n, s->rest.n);
}

void scan_blanks(struct scan *s)
{
    while (s->rest.n > 0 && is_blank(s->rest.p[0])) {
        skip(s, 1);
    }
}

bool scan_end(struct scan *s)
{
    scan_blanks(s);
    return s->rest.n == 0;
}

bool scan_mark(struct scan *s, const char *mark)
{
    scan_blanks(s);
    size_t n = strlen(mark);
    if (s->rest.n < n || memcmp(s->rest.p, mark, n) != 0) {
        return false;
    }
    skip(s, n);
    return true;
}

static size_t name_length(struct text t, size_t from)
{
    size_t n = from;
    if (n < t.n && starts_name(t.p[n])) {
        while (n < t.n && continues_name(t.p[n])) {
            n++;
        }
    }
    return n - from;
}

bool scan_name(struct scan *s, struct text *name)
{
    scan_blanks(s);
    size_t n = name_length(s->rest, 0);
    if (n == 0) {
        return false;
    }
    *name = text_at(s->rest, 0, n);
    skip(s, n);
    return true;
}

bool scan_path(struct scan *s, struct text *path)
{
    scan_blanks(s);
    struct text t = s->rest;
    size_t n = name_length(t, 0);
    if (n == 0) {
        return false;
    }
    for (;;) {
        size_t joint = 0;
        if (n < t.n && t.p[n] == '.') {
            joint = 1;
        } else if (n + 1 < t.n && t.p[n] == '-' && t.p[n + 1] == '>') {
            joint = 2;
        }
        size_t more = joint > 0 ? name_length(t, n + joint) : 0;
        if (more == 0) {
            break;
        }
        n += joint + more;
    }
    *path = text_at(t, 0, n);
    skip(s, n);
    return true;
}

bool scan_number(struct scan *s, struct text *number)
{
    scan_blanks(s);
    size_t n = s->rest.n > 0 && s->rest.p[0] == '-' ? 1 : 0;
    size_t sign = n;
    while (n < s->rest.n && is_digit(s->rest.p[n])) {
        n++;
    }
    bool leading_zero = n - sign > 1 && s->rest.p[sign] == '0'; /* C would read it as octal */
    if (n == sign || n > 18 || leading_zero) {
        return false;
    }
    *number = text_at(s->rest, 0, n);
    skip(s, n);
    return true;
}

bool scan_quoted(struct scan *s, struct text *inside)
{
    scan_blanks(s);
    if (s->rest.n == 0 || s->rest.p[0] != '"') {
        return false;
    }
    for (size_t n = 1; n < s->rest.n; n++) {
        char c = s->rest.p[n];
        if (c == '"') {
            *inside = text_at(s->rest, 1, n);
            skip(s, n + 1);
            return true;
        }
        if (c == '\\' || c == '\n' || c == '\r' || (c == '?' && s->rest.p[n - 1] == '?')) {
            return false; /* nothing that C reads in another way */
        }
    }
    return false;
}

bool scan_expression(struct scan *s, struct expression *e)
{
    *e = (struct expression){0};
    struct text first;
    if (!scan_path(s, &first)) {
        return false;
    }
    if (text_is(first, "not")) {
        e->negated = true;
        return scan_path(s, &e->path) && scan_end(s);
    }
    e->path = first;
    if (scan_end(s)) {
        return true;
    }
    if (scan_mark(s, "==")) {
        e->op = "==";
    } else if (scan_mark(s, "!=")) {
        e->op = "!=";
    } else {
        return false;
    }
    return (scan_name(s, &e->right) || scan_number(s, &e->right)) && scan_end(s);
}
