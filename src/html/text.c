/*
 * text.c: plain text to body text and back.
 */
#include "base/ban.h"
#include "base/vec.h"
#include "html/charref.h"
#include "html/sanitise.h"
#include "html/write.h"

struct html html_from_store(struct str sanitised)
{
    return (struct html){.safe = sanitised};
}

struct html html_from_text(struct arena *into, struct str source)
{
    /* The longest escape has six bytes, a line of one character gets seven of tags. */
    struct buf out = buf_make(into, source.n * 13 + 16);
    struct buf clean = buf_make(into, source.n * 2 + 16);
    struct writer writer = writer_make(&out);
    size_t steps = 0;
    charref_decode(&clean, source, CHARREF_LITERAL, &steps);
    struct str rest = buf_str(&clean);
    struct str line;
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.n > 0 && write_start(&writer, S("p"), NULL, true)) {
            write_text(&writer, line);
            write_end(&writer, S("p"));
        }
    }
    return (struct html){.safe = buf_str(&out)};
}

/* ---- back ---- */

struct blocks {
    struct str *v;
    size_t n, cap;
};

struct walk {
    struct arena *into;
    struct buf line; /* the block in hand */
    struct blocks blocks;
    size_t cells; /* cells open: blocks within a cell belong to the row */
    size_t pres;
    bool first_cell;
    bool blank_owed; /* white space seen, written before the next character */
};

static bool ends_in(const struct walk *w, char c)
{
    return w->line.n > 0 && w->line.p[w->line.n - 1] == c;
}

static void break_block(struct walk *w)
{
    w->blank_owed = false;
    struct str line = buf_str(&w->line);
    if (str_trim(line).n > 0) {
        /* The TAB before an empty first cell keeps the columns of a row; an indent is only looks.
         */
        bool is_row = str_find_byte(line, '\t', 0) >= 0;
        *vec_add(w->into, &w->blocks) = str_dup(w->into, is_row ? line : str_trim(line));
    }
    w->line.n = 0;
}

static void block_edge(struct walk *w)
{
    if (w->cells > 0) {
        w->blank_owed = true;
    } else {
        break_block(w);
    }
}

static void add_line_break(struct walk *w)
{
    w->blank_owed = false;
    if (w->line.n > 0 && !ends_in(w, '\n')) {
        buf_add_byte(&w->line, w->cells > 0 ? ' ' : '\n');
    }
}

static void add_text(struct walk *w, struct str s)
{
    for (size_t at = 0; at < s.n; at++) {
        bool blank = html_is_space(s.p[at]);
        if (blank && w->pres > 0 && s.p[at] == '\n') {
            add_line_break(w);
        } else if (blank) {
            w->blank_owed = true;
        } else {
            bool at_start =
                w->line.n == 0 || ends_in(w, '\n') || ends_in(w, '\t') || ends_in(w, ' ');
            if (w->blank_owed && !at_start) {
                buf_add_byte(&w->line, ' ');
            }
            w->blank_owed = false;
            buf_add_byte(&w->line, s.p[at]);
        }
    }
}

static void cell_edge(struct walk *w, bool opens)
{
    if (opens && w->cells == 0 && !w->first_cell) {
        w->blank_owed = false;
        buf_add_byte(&w->line, '\t');
    } else if (w->cells > 1 || (opens && w->cells > 0)) {
        w->blank_owed = true; /* a table within a cell */
    }
    if (opens) {
        w->first_cell = w->first_cell && w->cells > 0;
        w->cells++;
    } else if (w->cells > 0) {
        w->cells--;
        w->blank_owed = w->blank_owed && w->cells > 0;
    }
}

static void walk_tag(struct walk *w, const struct token *tag)
{
    const struct element *e = element_find(tag->name);
    bool opens = tag->kind == TOKEN_START;
    if (e == NULL) {
        return;
    }
    if (str_eq(e->as, S("br"))) {
        add_line_break(w);
        return;
    }
    if (e->kind == ELEMENT_CELL) {
        cell_edge(w, opens);
        return;
    }
    if (e->kind == ELEMENT_ROW && w->cells == 0) {
        break_block(w);
        w->first_cell = true;
        return;
    }
    if (e->kind == ELEMENT_VOID_BLOCK || element_may_align(e)) {
        block_edge(w);
    }
    if (str_eq(e->as, S("pre"))) {
        w->pres = opens ? w->pres + 1 : w->pres - (w->pres > 0 ? 1 : 0);
    }
}

struct strs html_blocks(struct arena *into, struct html h)
{
    struct walk w = {.into = into, .line = buf_make(into, h.safe.n * 2 + 16)};
    struct buf text = buf_make(into, h.safe.n * 2 + 16);
    struct tokeniser tokens = tokeniser_make(h.safe);
    for (struct token t = token_next(&tokens); t.kind != TOKEN_END_OF_FILE;
         t = token_next(&tokens)) {
        if (t.kind == TOKEN_TEXT) {
            text.n = 0;
            charref_decode(&text, t.text, CHARREF_TEXT, &tokens.steps);
            add_text(&w, buf_str(&text));
        } else if (t.kind == TOKEN_START || t.kind == TOKEN_END) {
            walk_tag(&w, &t);
        }
    }
    break_block(&w);
    return (struct strs){.v = w.blocks.v, .n = w.blocks.n};
}

struct str html_to_text(struct arena *into, struct html h)
{
    return str_join(into, html_blocks(into, h), S("\n"));
}
