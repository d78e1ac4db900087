/*
 * build.c: a small, strict cousin of the standard's tree construction.
 *
 * It knows no adoption agency and no foster parents. Its rules are chosen so that the output, read
 * by a browser, gives the very same tree: a paragraph never holds a block, lists hold items only,
 * tables hold rows of cells only, nothing is open at the end. What cannot stand somewhere is given
 * what it needs (an implied li, an implied tbody tr td) or loses its tags.
 */
#include "html/build.h"

#include "base/ban.h"
#include "base/err.h"
#include "html/charref.h"
#include "html/write.h"

struct open_element {
    const struct element *e;
    bool hides;
};

struct builder {
    struct tokeniser tokens;
    struct writer writer;
    struct buf text;      /* a text token, decoded; reused */
    struct arena *of_tag; /* values of the tag in hand */
    struct sanitise_report *report;
    struct open_element stack[BUILD_DEPTH_MAX];
    size_t depth;
    size_t hidden;     /* open elements that hide: nothing is written while there are any */
    bool first_in_pre; /* the next token is the first within a pre */
    size_t steps;
};

enum { NOT_THERE = -1 };

/* ---- the stack ---- */

static enum element_kind kind_at(const struct builder *b, ptrdiff_t at)
{
    return b->stack[at].e->kind;
}

static bool is_wall(enum element_kind kind)
{
    return kind == ELEMENT_TABLE || kind == ELEMENT_CELL || kind == ELEMENT_TABLE_CAPTION;
}

static bool is_phrase(enum element_kind kind)
{
    return kind == ELEMENT_INLINE || kind == ELEMENT_LINK || kind == ELEMENT_RUBY_PART;
}

/* Nothing is said or opened any more when the cap is reached; hidden text is treated the same until
 * its element ends. */
static bool push(
    struct builder *b, const struct element *e, const struct values *values, bool hides)
{
    must(b->depth < BUILD_DEPTH_MAX);
    b->hidden += hides ? 1 : 0;
    if (b->hidden == 0 && !write_start(&b->writer, e->as, values, true)) {
        return false;
    }
    b->stack[b->depth++] = (struct open_element){.e = e, .hides = hides};
    return true;
}

static void pop_to(struct builder *b, ptrdiff_t depth)
{
    must(depth >= 0);
    while (b->depth > (size_t)depth) {
        struct open_element top = b->stack[--b->depth];
        if (b->hidden == 0) {
            write_end(&b->writer, top.e->as);
        }
        b->hidden -= top.hides ? 1 : 0;
        b->steps++;
    }
}

static ptrdiff_t top_of(const struct builder *b)
{
    return (ptrdiff_t)b->depth - 1;
}

/* The innermost open element of a kind, not looking beyond a wall (which may itself be what is
 * looked for). */
static ptrdiff_t find_within_wall(struct builder *b, enum element_kind kind)
{
    for (ptrdiff_t at = top_of(b); at >= 0; at--) {
        b->steps++;
        if (kind_at(b, at) == kind) {
            return at;
        }
        if (is_wall(kind_at(b, at))) {
            return NOT_THERE;
        }
    }
    return NOT_THERE;
}

static ptrdiff_t find_table(struct builder *b)
{
    for (ptrdiff_t at = top_of(b); at >= 0; at--) {
        b->steps++;
        if (kind_at(b, at) == ELEMENT_TABLE) {
            return at;
        }
    }
    return NOT_THERE;
}

/* A paragraph can only be open below phrases: whatever else is open has closed it. */
static void close_paragraph(struct builder *b)
{
    for (ptrdiff_t at = top_of(b); at >= 0; at--) {
        b->steps++;
        if (kind_at(b, at) == ELEMENT_PARAGRAPH) {
            pop_to(b, at);
            return;
        }
        if (!is_phrase(kind_at(b, at))) {
            return;
        }
    }
}

static bool push_implied(struct builder *b, struct str name)
{
    return push(b, element_find(name), NULL, false);
}

/* Levels an element needs with what it implies: there is always a place for the text in it. */
static size_t levels_of(enum element_kind kind)
{
    if (kind == ELEMENT_TABLE) {
        return 4;
    }
    return kind == ELEMENT_LIST || kind == ELEMENT_TERMS ? 2 : 1;
}

static bool has_room(const struct builder *b, size_t levels)
{
    return b->depth + levels <= BUILD_DEPTH_MAX;
}

/* Lists and tables hold no content themselves: opens what does. The levels were kept free when they
 * were opened. */
static void enter_content(struct builder *b)
{
    while (b->depth > 0 && !b->writer.cut) {
        enum element_kind kind = kind_at(b, top_of(b));
        if (kind == ELEMENT_LIST) {
            push_implied(b, S("li"));
        } else if (kind == ELEMENT_TERMS) {
            push_implied(b, S("dd"));
        } else if (kind == ELEMENT_COLUMNS) {
            pop_to(b, top_of(b));
        } else if (kind == ELEMENT_TABLE) {
            push_implied(b, S("tbody"));
        } else if (kind == ELEMENT_ROWS) {
            push_implied(b, S("tr"));
        } else if (kind == ELEMENT_ROW) {
            push_implied(b, S("td"));
        } else {
            return;
        }
    }
}

static bool holds_no_text(enum element_kind kind)
{
    return kind == ELEMENT_LIST || kind == ELEMENT_TERMS || kind == ELEMENT_COLUMNS ||
           kind == ELEMENT_TABLE || kind == ELEMENT_ROWS || kind == ELEMENT_ROW;
}

/* ---- attributes ---- */

struct carried {
    struct values values;
    bool hides;
    bool asked_link; /* an href or src stood there, allowed or not */
};

struct reading {
    bool seen[ATTRIBUTE_COUNT];
    bool seen_style, seen_align;
    struct str style_align, align;
};

static struct str decode_value(struct builder *b, struct str raw)
{
    struct buf value = buf_make(b->of_tag, raw.n * 2 + 16);
    charref_decode(&value, raw, CHARREF_ATTRIBUTE, &b->steps);
    must(!buf_full(&value));
    struct str s = buf_str(&value);
    return s.n == 0 ? S("") : s;
}

/* The attributes that are never kept, but mean something. True when this was one and its meaning
 * was kept. */
static bool read_meaning(struct builder *b, const struct element *e, const struct attribute *a,
    struct reading *r, struct carried *c)
{
    if (str_eq_nocase(a->name, S("style")) && !r->seen_style) {
        r->seen_style = true;
        struct style style = style_read(decode_value(b, a->value));
        r->style_align = style.align;
        c->hides = c->hides || style.hides;
        return style.align.n > 0 && element_may_align(e);
    }
    if (str_eq_nocase(a->name, S("align")) && !r->seen_align && element_may_align(e)) {
        r->seen_align = true;
        return attribute_value(
            b->of_tag, ATTRIBUTE_DATA_ALIGN, decode_value(b, a->value), &r->align);
    }
    if (str_eq_nocase(a->name, S("hidden"))) {
        c->hides = true;
    }
    /* A del with a date or a source is a change tracked by a word processor: its author deleted
     * that text. */
    if (str_eq(e->as, S("del")) &&
        (str_eq_nocase(a->name, S("datetime")) || str_eq_nocase(a->name, S("cite")))) {
        c->hides = true;
    }
    return str_eq(e->as, S("a")) && str_eq_nocase(a->name, S("rel")); /* written anew */
}

static void read_attribute(struct builder *b, const struct element *e, const struct attribute *a,
    struct reading *r, struct carried *c)
{
    enum attribute_id id = ATTRIBUTE_COUNT;
    if (!attribute_find(e, a->name, &id)) {
        b->report->attributes_dropped += read_meaning(b, e, a, r, c) ? 0 : 1;
        return;
    }
    if (r->seen[id]) { /* the first of a name counts */
        b->report->attributes_dropped++;
        return;
    }
    r->seen[id] = true;
    c->asked_link = c->asked_link || id == ATTRIBUTE_HREF || id == ATTRIBUTE_SRC;
    struct str value;
    if (attribute_value(b->of_tag, id, decode_value(b, a->value), &value)) {
        c->values.v[id] = value;
    } else if (id != ATTRIBUTE_HREF &&
               id != ATTRIBUTE_SRC) { /* those two are counted on their own */
        b->report->attributes_dropped++;
    }
}

static struct carried read_attributes(
    struct builder *b, const struct element *e, const struct token *tag)
{
    struct carried c = {.hides = false};
    struct reading r = {.seen_style = false};
    arena_reset(b->of_tag);
    if (str_eq_nocase(tag->name, S("center"))) {
        r.align = S("center");
    }
    struct str rest = tag->attributes;
    struct attribute a;
    while (attribute_next(&rest, &a)) {
        read_attribute(b, e, &a, &r, &c);
    }
    b->steps += tag->attributes.n;
    if (element_may_align(e) && c.values.v[ATTRIBUTE_DATA_ALIGN].n == 0) {
        struct str align = r.style_align.n > 0 ? r.style_align : r.align;
        c.values.v[ATTRIBUTE_DATA_ALIGN] = align.n > 0 ? align : STR_NONE;
    }
    return c;
}

/* ---- dropping with content ---- */

/* Reads on behind the end tag that belongs to a start tag already read. Nothing of it is looked at
 * but its own kind. */
static void skip_to_end(
    struct builder *b, struct str name, enum raw_kind raw, bool nests, bool foreign)
{
    size_t open = 1;
    b->tokens.foreign = foreign;
    if (raw != RAW_NONE) {
        tokeniser_raw(&b->tokens, raw, name);
    }
    while (open > 0) {
        struct token token = token_next(&b->tokens);
        if (token.kind == TOKEN_END_OF_FILE) {
            break;
        }
        bool same = (token.kind == TOKEN_START || token.kind == TOKEN_END) &&
                    str_eq_nocase(token.name, name);
        if (token.kind == TOKEN_END) {
            open -= same ? 1 : 0;
        } else if (token.kind == TOKEN_START && same) {
            open += nests && !(foreign && token.self_closing) ? 1 : 0;
        } else if (token.kind == TOKEN_START && !foreign) {
            const struct element *e = element_find(token.name);
            if (e != NULL && e->raw != RAW_NONE) {
                tokeniser_raw(&b->tokens, e->raw, e->name);
            }
        }
    }
    b->tokens.foreign = false;
}

static void drop(struct builder *b, const struct element *e, const struct token *tag)
{
    b->report->elements_dropped++;
    if (e->kind == ELEMENT_DROP_VOID || (e->foreign && tag->self_closing)) {
        return;
    }
    skip_to_end(b, e->name, e->raw, e->kind == ELEMENT_DROP_NESTS, e->foreign);
}

/* ---- start tags ---- */

/* Pushes, or unwraps when the stack is full: then hidden content has to be skipped here and now. */
static void open_element(struct builder *b, const struct element *e, struct carried *c)
{
    b->report->elements_dropped += c->hides ? 1 : 0;
    if (has_room(b, levels_of(e->kind))) {
        bool opened = push(b, e, &c->values, c->hides);
        b->first_in_pre = opened && str_eq(e->as, S("pre"));
    } else if (c->hides) {
        skip_to_end(b, e->as, RAW_NONE, true, false);
    }
}

static void start_link(struct builder *b, const struct element *e, struct carried *c)
{
    if (c->values.v[ATTRIBUTE_HREF].n == 0) {
        b->report->links_dropped += c->asked_link ? 1 : 0;
        if (c->hides) {
            b->report->elements_dropped++;
            skip_to_end(b, e->as, RAW_NONE, true, false);
        }
        return;
    }
    ptrdiff_t open = find_within_wall(b, ELEMENT_LINK);
    if (open != NOT_THERE) {
        pop_to(b, open);
    }
    enter_content(b);
    open_element(b, e, c);
}

static void start_void(struct builder *b, const struct element *e, struct carried *c)
{
    if (c->hides) {
        b->report->elements_dropped++;
        return;
    }
    if (str_eq(e->as, S("img")) && c->values.v[ATTRIBUTE_SRC].n == 0) {
        b->report->images_dropped++;
        return;
    }
    if (e->kind == ELEMENT_VOID_BLOCK) {
        close_paragraph(b);
    }
    enter_content(b);
    if (b->hidden == 0) {
        (void)write_start(&b->writer, e->as, &c->values, false);
    }
}

static void start_ruby_part(struct builder *b, const struct element *e, struct carried *c)
{
    for (ptrdiff_t at = top_of(b); at >= 0 && !is_wall(kind_at(b, at)); at--) {
        b->steps++;
        if (str_eq(b->stack[at].e->as, S("ruby"))) {
            pop_to(b, at + 1);
            open_element(b, e, c);
            return;
        }
    }
}

/* li, dt, dd: close their like, as far as a browser would look; without a list around them they
 * imply one. */
static void start_item(struct builder *b, const struct element *e, struct carried *c)
{
    enum element_kind list = e->kind == ELEMENT_ITEM ? ELEMENT_LIST : ELEMENT_TERMS;
    for (ptrdiff_t at = top_of(b); at >= 0; at--) {
        b->steps++;
        enum element_kind kind = kind_at(b, at);
        if (kind == e->kind || kind == list) {
            pop_to(b, kind == list ? at + 1 : at);
            open_element(b, e, c);
            return;
        }
        if (!is_phrase(kind) && kind != ELEMENT_PARAGRAPH &&
            !str_eq(b->stack[at].e->as, S("div"))) {
            break;
        }
    }
    close_paragraph(b);
    enter_content(b);
    if (!has_room(b, levels_of(list))) {
        return;
    }
    if (push_implied(b, e->kind == ELEMENT_ITEM ? S("ul") : S("dl"))) {
        open_element(b, e, c);
    }
}

/* Closes what is open down to the part of this table that can hold e, and opens what is missing
 * between. */
static void start_table_part(struct builder *b, const struct element *e, struct carried *c)
{
    ptrdiff_t table = find_table(b);
    if (table == NOT_THERE) {
        return;
    }
    ptrdiff_t at = table + 1;
    bool in_rows = at <= top_of(b) && kind_at(b, at) == ELEMENT_ROWS;
    bool in_row = in_rows && at + 1 <= top_of(b) && kind_at(b, at + 1) == ELEMENT_ROW;
    bool in_columns = at <= top_of(b) && kind_at(b, at) == ELEMENT_COLUMNS;
    bool opened = true;
    if (e->kind == ELEMENT_CELL) {
        pop_to(b, at + (in_row ? 2 : in_rows ? 1 : 0));
        opened = in_rows || push_implied(b, S("tbody"));
        opened = opened && (in_row || push_implied(b, S("tr")));
    } else if (e->kind == ELEMENT_ROW) {
        pop_to(b, at + (in_rows ? 1 : 0));
        opened = in_rows || push_implied(b, S("tbody"));
    } else if (e->kind == ELEMENT_COLUMN) {
        pop_to(b, at + (in_columns ? 1 : 0));
        opened = in_columns || push_implied(b, S("colgroup"));
    } else {
        pop_to(b, at);
    }
    if (opened && e->kind == ELEMENT_COLUMN) {
        if (b->hidden == 0 && !c->hides) {
            (void)write_start(&b->writer, e->as, &c->values, false);
        }
    } else if (opened) {
        open_element(b, e, c);
    }
}

static void start_block(struct builder *b, const struct element *e, struct carried *c)
{
    close_paragraph(b);
    if (e->kind == ELEMENT_HEADING) {
        ptrdiff_t open = find_within_wall(b, ELEMENT_HEADING);
        if (open != NOT_THERE) {
            pop_to(b, open);
        }
    }
    bool in_figure = b->depth > 0 && str_eq(b->stack[b->depth - 1].e->as, S("figure"));
    if (e->kind == ELEMENT_FIGURE_CAPTION && !in_figure) {
        return;
    }
    enter_content(b);
    open_element(b, e, c);
}

static void start_known(struct builder *b, const struct element *e, struct carried *c)
{
    switch (e->kind) {
    case ELEMENT_INLINE:
        enter_content(b);
        open_element(b, e, c);
        return;
    case ELEMENT_LINK:
        start_link(b, e, c);
        return;
    case ELEMENT_RUBY_PART:
        start_ruby_part(b, e, c);
        return;
    case ELEMENT_VOID_INLINE:
    case ELEMENT_VOID_BLOCK:
        start_void(b, e, c);
        return;
    case ELEMENT_BLOCK:
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
    case ELEMENT_FIGURE_CAPTION:
    case ELEMENT_LIST:
    case ELEMENT_TERMS:
    case ELEMENT_TABLE:
        start_block(b, e, c);
        return;
    case ELEMENT_ITEM:
    case ELEMENT_TERM:
        start_item(b, e, c);
        return;
    case ELEMENT_TABLE_CAPTION:
    case ELEMENT_COLUMNS:
    case ELEMENT_COLUMN:
    case ELEMENT_ROWS:
    case ELEMENT_ROW:
    case ELEMENT_CELL:
        start_table_part(b, e, c);
        return;
    case ELEMENT_DROP:
    case ELEMENT_DROP_NESTS:
    case ELEMENT_DROP_VOID:
        break;
    }
    must(false);
}

static void start_tag(struct builder *b, const struct token *tag)
{
    static const struct element unknown = {.kind = ELEMENT_DROP};
    const struct element *e = element_find(tag->name);
    if (e != NULL && e->kind >= ELEMENT_DROP) {
        drop(b, e, tag);
        return;
    }
    struct carried c = read_attributes(b, e != NULL ? e : &unknown, tag);
    if (e != NULL) {
        start_known(b, e, &c);
    } else if (c.hides) {
        b->report->elements_dropped++;
        skip_to_end(b, tag->name, RAW_NONE, true, false);
    }
}

/* ---- end tags ---- */

/* Phrases: never beyond a block. */
static void end_phrase(struct builder *b, const struct element *e)
{
    for (ptrdiff_t at = top_of(b); at >= 0 && is_phrase(kind_at(b, at)); at--) {
        b->steps++;
        if (b->stack[at].e == e) {
            pop_to(b, at);
            return;
        }
    }
}

static void end_block(struct builder *b, const struct element *e)
{
    enum element_kind stop = e->kind == ELEMENT_ITEM   ? ELEMENT_LIST
                             : e->kind == ELEMENT_TERM ? ELEMENT_TERMS
                                                       : e->kind;
    for (ptrdiff_t at = top_of(b); at >= 0 && !is_wall(kind_at(b, at)); at--) {
        b->steps++;
        bool same = b->stack[at].e == e ||
                    (e->kind == ELEMENT_HEADING && kind_at(b, at) == ELEMENT_HEADING);
        if (same) {
            pop_to(b, at);
            return;
        }
        if (stop != e->kind && kind_at(b, at) == stop) {
            return;
        }
    }
}

/* Parts of the innermost table stand right above it, in order: rows, row, cell; or caption, or
 * columns. */
static void end_table_part(struct builder *b, const struct element *e)
{
    ptrdiff_t table = find_table(b);
    for (ptrdiff_t at = table; table != NOT_THERE && at <= top_of(b) && at <= table + 3; at++) {
        if (b->stack[at].e == e) {
            pop_to(b, at);
            return;
        }
    }
}

static void end_tag(struct builder *b, const struct token *tag)
{
    const struct element *e = element_find(tag->name);
    if (e == NULL || e->kind >= ELEMENT_DROP) {
        return;
    }
    switch (e->kind) {
    case ELEMENT_INLINE:
    case ELEMENT_LINK:
    case ELEMENT_RUBY_PART:
        end_phrase(b, e);
        return;
    case ELEMENT_TABLE:
    case ELEMENT_TABLE_CAPTION:
    case ELEMENT_COLUMNS:
    case ELEMENT_ROWS:
    case ELEMENT_ROW:
    case ELEMENT_CELL:
        end_table_part(b, e);
        return;
    case ELEMENT_BLOCK:
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
    case ELEMENT_FIGURE_CAPTION:
    case ELEMENT_LIST:
    case ELEMENT_ITEM:
    case ELEMENT_TERMS:
    case ELEMENT_TERM:
        end_block(b, e);
        return;
    case ELEMENT_VOID_INLINE: /* "</br>" is a line break to every browser */
        if (str_eq(e->as, S("br"))) {
            struct carried none = {.hides = false};
            start_void(b, e, &none);
        }
        return;
    case ELEMENT_VOID_BLOCK:
    case ELEMENT_COLUMN:
    case ELEMENT_DROP:
    case ELEMENT_DROP_NESTS:
    case ELEMENT_DROP_VOID:
        return;
    }
}

/* ---- text ---- */

static size_t leading_space(struct str s)
{
    size_t at = 0;
    while (at < s.n && html_is_space(s.p[at])) {
        at++;
    }
    return at;
}

/* White space between blocks: one line break is kept of it, for those who read the source. */
static struct str space_between(const struct builder *b)
{
    const struct buf *out = b->writer.out;
    return out->n == 0 || out->p[out->n - 1] == '\n' ? STR_NONE : S("\n");
}

static void text(struct builder *b, const struct token *token)
{
    b->text.n = 0;
    enum charref_place place = token->literal ? CHARREF_LITERAL : CHARREF_TEXT;
    charref_decode(&b->text, token->text, place, &b->steps);
    must(!buf_full(&b->text));
    struct str s = buf_str(&b->text);
    if (b->first_in_pre && s.n > 0 && s.p[0] == '\n') {
        s = str_skip(s, 1);
    }
    if (b->depth > 0 && holds_no_text(kind_at(b, top_of(b)))) {
        s = str_skip(s, leading_space(s));
        if (s.n > 0) {
            enter_content(b);
        }
    } else if (b->depth == 0 && leading_space(s) == s.n) {
        s = space_between(b);
    }
    if (b->hidden == 0) {
        write_text(&b->writer, s);
    }
}

void build(
    struct buf *out, struct str source, struct arena *scratch, struct sanitise_report *report)
{
    out->n = 0;
    struct builder b = {
        .tokens = tokeniser_make(source),
        .writer = writer_make(out),
        .text = buf_make(scratch, source.n * 2 + 16),
        .of_tag = arena_open(source.n * 8 + 65536),
        .report = report,
    };
    struct token token = token_next(&b.tokens);
    while (token.kind != TOKEN_END_OF_FILE && !b.writer.cut) {
        if (token.kind == TOKEN_START) {
            b.first_in_pre = false;
            start_tag(&b, &token);
        } else {
            if (token.kind == TOKEN_END) {
                end_tag(&b, &token);
            } else if (token.kind == TOKEN_TEXT) {
                text(&b, &token);
            }
            b.first_in_pre = false;
        }
        token = token_next(&b.tokens);
    }
    pop_to(&b, 0);
    must(b.writer.reserved == 0 && b.hidden == 0);
    arena_close(b.of_tag);
    report->cut_short = report->cut_short || b.writer.cut;
    report->steps += b.tokens.steps + b.steps;
}
