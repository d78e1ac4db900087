/*
 * sanitise_tool.c: the room as a program, for the oracles in other languages (oracle.mjs,
 * render.mjs).
 *
 *     sanitise_tool sanitise | text | tokens  < cases > results
 *
 * A case is a decimal length, LF, and that many bytes; a result is written the same way, in the
 * same order. "tokens" writes what the tokeniser saw, a line a token, with line breaks and
 * backslashes of text escaped.
 */
#include "base/err.h"
#include "base/utf8.h"
#include "html/allow.h"
#include "html/charref.h"
#include "html/sanitise.h"

#define GK_MAY_ALLOCATE
#include "base/ban.h"

static void add_line_text(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n') {
            buf_add(out, S("\\n"));
        } else if (s.p[i] == '\\') {
            buf_add(out, S("\\\\"));
        } else {
            buf_add_byte(out, s.p[i]);
        }
    }
}

static void add_decoded(struct arena *a, struct buf *out, struct str raw, enum charref_place place)
{
    size_t steps = 0;
    struct buf text = buf_make(a, raw.n * 2 + 16);
    charref_decode(&text, raw, place, &steps);
    add_line_text(out, buf_str(&text));
}

static void add_tag(struct arena *a, struct buf *out, const struct token *t)
{
    buf_add(out, t->kind == TOKEN_START ? S("start ") : S("end "));
    add_line_text(out, str_lower(a, t->name));
    buf_add(out, t->self_closing && t->kind == TOKEN_START ? S(" /\n") : S("\n"));
    struct str rest = t->kind == TOKEN_START ? t->attributes : STR_NONE;
    struct attribute at;
    while (attribute_next(&rest, &at)) {
        buf_add(out, S("  "));
        add_line_text(out, str_lower(a, at.name));
        buf_add_byte(out, '=');
        add_decoded(a, out, at.value, CHARREF_ATTRIBUTE);
        buf_add_byte(out, '\n');
    }
}

static struct str tokens_of(struct arena *a, struct str source)
{
    struct buf out = buf_make(a, source.n * 16 + 1024);
    struct tokeniser tokens = tokeniser_make(source);
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END_OF_FILE;
         t = token_next(&tokens)) {
        if (t.kind == TOKEN_TEXT && t.text.n > 0) {
            buf_add(&out, S("text "));
            add_decoded(a, &out, t.text, t.literal ? CHARREF_LITERAL : CHARREF_TEXT);
            buf_add_byte(&out, '\n');
        } else if (t.kind == TOKEN_COMMENT) {
            buf_add(&out, S("comment\n"));
        } else if (t.kind == TOKEN_START || t.kind == TOKEN_END) {
            add_tag(a, &out, &t);
            const struct element *e = element_find(t.name);
            if (t.kind == TOKEN_START && e != NULL && e->raw != RAW_NONE) {
                tokeniser_raw(&tokens, e->raw, e->name);
            }
        }
    }
    must(!buf_full(&out));
    return buf_str(&out);
}

static struct str result_of(struct arena *a, struct str mode, struct str source)
{
    if (str_eq(mode, S("sanitise"))) {
        return sanitise(a, source, NULL).safe;
    }
    if (str_eq(mode, S("text"))) {
        return html_to_text(a, sanitise(a, source, NULL));
    }
    must(str_eq(mode, S("tokens")));
    return tokens_of(a, source);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: sanitise_tool sanitise | text | tokens\n", stderr);
        return 64;
    }
    size_t n = 0;
    while (scanf("%zu", &n) == 1) {
        must(getchar() == '\n' && n < (size_t)64 << 20);
        struct arena *a = arena_open(n * 64 + ((size_t)8 << 20));
        char *bytes = arena_alloc(a, n);
        must(fread(bytes, 1, n, stdin) == n);
        struct str source = str_make(bytes, n);
        struct str result = utf8_valid(source) ? result_of(a, str_from(argv[1]), source) : STR_NONE;
        printf("%zu\n", result.n);
        must(fwrite(result.p != NULL ? result.p : "", 1, result.n, stdout) == result.n);
        arena_close(a);
    }
    return 0;
}
