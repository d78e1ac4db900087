/*
 * gumbo_test.c: a second opinion: libgumbo, a parser of the standard that we did not write, reads
 * our output as it was meant, and finds in a harmless source the very characters that we kept.
 * (parse5 says the same in oracle.mjs.)
 */
#include "base/ban.h"
#include "base/buf.h"
#include "base/limits.h"
#include "check_main.h"
#include "html/sanitise.h"

#include <gumbo.h>

enum { SOUPS = 3000, PIECES = 40 };

static const char *const pieces[] = {"<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=/x>",
    "</a>", "<div>", "</div>", "<ul>", "</ul>", "<ol start=2>", "<li>", "</li>", "<dl>", "<dt>",
    "<dd>", "</dl>", "<table>", "</table>", "<caption>", "<col>", "<colgroup>", "<tbody>",
    "<thead>", "<tr>", "</tr>", "<td>", "<th scope=row>", "</td>", "<ruby>", "<rb>", "<rt>", "<rp>",
    "</ruby>", "<h1>", "<h3>", "</h3>", "<pre>", "</pre>", "\n", " ", "<blockquote>",
    "</blockquote>", "<br>", "<hr>", "</br>", "<img src=/files/a/b alt='\"'>", "<figure>",
    "<figcaption>", "<font>", "<x-y>", "<span lang=zh>", "</span>", "<code>", "<em>", "</em>",
    "<del>", "<small>", "甲", "x", "&amp;", "&lt", "&#x4e59;", "<!-- c -->", "</>",
    "<sup title='a&amp;b'>"};

static uint32_t draw(uint32_t *state, size_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % (uint32_t)below;
}

static struct str soup(uint32_t *state)
{
    struct buf out = buf_make(arena, KIB(64));
    for (uint32_t n = draw(state, PIECES) + 1; n > 0; n--) {
        buf_add(&out, str_from(pieces[draw(state, sizeof(pieces) / sizeof(pieces[0]))]));
    }
    return buf_str(&out);
}

static void add_escaped(struct buf *out, const char *z)
{
    for (; *z != '\0'; z++) {
        switch (*z) {
        case '&':
            buf_add(out, S("&amp;"));
            break;
        case '<':
            buf_add(out, S("&lt;"));
            break;
        case '>':
            buf_add(out, S("&gt;"));
            break;
        case '"':
            buf_add(out, S("&quot;"));
            break;
        case '\'':
            buf_add(out, S("&#39;"));
            break;
        case '`':
            buf_add(out, S("&#96;"));
            break;
        default:
            buf_add_byte(out, *z);
        }
    }
}

static void add_start(struct buf *out, const GumboElement *e, const char *name)
{
    buf_format(out, "<%s", name);
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *a = e->attributes.data[i];
        buf_format(out, " %s=\"", a->name);
        add_escaped(out, a->value);
        buf_add_byte(out, '"');
    }
    buf_add_byte(out, '>');
}

/* The tree in our own spelling. Trees of tests are shallow, so this may call itself. */
static void add_node(struct buf *out, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
        add_escaped(out, node->v.text.text);
        return;
    }
    ck_assert_int_eq(node->type, GUMBO_NODE_ELEMENT);
    const GumboElement *e = &node->v.element;
    const char *name = gumbo_normalized_tagname(e->tag);
    add_start(out, e, name);
    size_t inner = out->n;
    for (unsigned i = 0; i < e->children.length; i++) {
        const GumboNode *child = e->children.data[i];
        if (i == 0 && strcmp(name, "pre") == 0 && child->type != GUMBO_NODE_ELEMENT &&
            child->v.text.text[0] == '\n') {
            buf_add_byte(out, '\n');
        }
        add_node(out, child);
    }
    bool is_void = str_has(S(" br hr img col "), str_format(arena, " %s ", name));
    if (!is_void || out->n > inner) {
        buf_format(out, "</%s>", name);
    }
}

static void add_characters(struct buf *out, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT) {
        buf_add(out, str_from(node->v.text.text));
    } else if (node->type == GUMBO_NODE_ELEMENT) {
        for (unsigned i = 0; i < node->v.element.children.length; i++) {
            add_characters(out, node->v.element.children.data[i]);
        }
    }
}

static GumboOutput *parse(struct str s)
{
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    return gumbo_parse_with_options(&options, str_z(arena, s), s.n);
}

static int by_byte(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* The bytes of the text in order of their value: places may differ (foster parents), characters may
 * not. */
static struct str characters(struct str source)
{
    GumboOutput *tree = parse(source);
    struct buf out = buf_make(arena, KIB(256));
    add_characters(&out, tree->root);
    gumbo_destroy_output(&kGumboDefaultOptions, tree);
    struct buf kept = buf_make(arena, KIB(256));
    for (size_t i = 0; i < out.n; i++) {
        if (out.p[i] != ' ' && out.p[i] != '\n') {
            buf_add_byte(&kept, out.p[i]);
        }
    }
    if (kept.n > 0) {
        qsort(kept.p, kept.n, 1, by_byte);
    }
    return buf_str(&kept);
}

START_TEST(gumbo_reads_the_output_as_written)
{
    uint32_t state = 20260725;
    for (int i = 0; i < SOUPS; i++) {
        struct str source = soup(&state);
        struct str output = sanitise(arena, source, NULL).safe;
        GumboOutput *tree = parse(output);
        struct buf read = buf_make(arena, KIB(256));
        for (unsigned k = 0; k < tree->root->v.element.children.length; k++) {
            add_node(&read, tree->root->v.element.children.data[k]);
        }
        gumbo_destroy_output(&kGumboDefaultOptions, tree);
        ck_assert_msg(str_eq(buf_str(&read), output), "source %.*s\noutput %.*s\ngumbo  %.*s",
            STR_ARG(source), STR_ARG(output), STR_ARG(buf_str(&read)));
        arena_reset(arena);
    }
}
END_TEST

START_TEST(gumbo_finds_the_characters_that_were_kept)
{
    uint32_t state = 20140801;
    for (int i = 0; i < SOUPS; i++) {
        struct str source = soup(&state);
        struct str output = sanitise(arena, source, NULL).safe;
        ck_assert_msg(str_eq(characters(source), characters(output)), "source %.*s\noutput %.*s",
            STR_ARG(source), STR_ARG(output));
        arena_reset(arena);
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, gumbo_reads_the_output_as_written);
    tcase_add_test(tc, gumbo_finds_the_characters_that_were_kept);
}
