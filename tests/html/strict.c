#include "strict.h"

#include "base/utf8.h"

#include <string.h>

enum { DEPTH_MAX = 64, NAME_MAX_BYTES = 16 };

static const char phrases[] =
    " b strong i em u s del ins sub sup span a abbr code mark small ruby rt rp rb ";
static const char voids[] = " br hr img col ";
static const char blocks[] =
    " p div h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup thead tbody tfoot tr th td "
    "blockquote pre figure figcaption ";
static const char attributes[] =
    " title lang dir colspan rowspan scope start src alt width height href rel data-align ";

/* What a parent may hold; others hold anything but table and list parts. */
static const struct {
    const char *parent, *children;
} holds_only[] = {
    {"ul", " li "},
    {"ol", " li "},
    {"dl", " dt dd "},
    {"tr", " td th "},
    {"colgroup", " col "},
    {"thead", " tr "},
    {"tbody", " tr "},
    {"tfoot", " tr "},
    {"table", " caption colgroup thead tbody tfoot "},
};
static const char parts[] = " li dt dd tr td th col caption colgroup thead tbody tfoot ";

static bool in_list(const char *list, const char *name)
{
    char word[NAME_MAX_BYTES + 3] = " ";
    strncat(word, name, NAME_MAX_BYTES);
    strncat(word, " ", 2);
    return strstr(list, word) != NULL;
}

static const char *children_of(const char *parent)
{
    for (size_t i = 0; i < sizeof(holds_only) / sizeof(holds_only[0]); i++) {
        if (strcmp(holds_only[i].parent, parent) == 0) {
            return holds_only[i].children;
        }
    }
    return NULL;
}

struct reader {
    struct str s;
    size_t at;
    char open[DEPTH_MAX][NAME_MAX_BYTES];
    size_t depth;
};

static bool take(struct reader *r, char c)
{
    if (r->at < r->s.n && r->s.p[r->at] == c) {
        r->at++;
        return true;
    }
    return false;
}

static bool take_name(struct reader *r, char name[NAME_MAX_BYTES])
{
    size_t n = 0;
    while (r->at < r->s.n && n + 1 < NAME_MAX_BYTES) {
        char c = r->s.p[r->at];
        if (!((c >= 'a' && c <= 'z') || (c == '-' && n > 0) || (c >= '0' && c <= '9' && n > 0))) {
            break;
        }
        name[n++] = c;
        r->at++;
    }
    name[n] = '\0';
    return n > 0;
}

static bool escape_is_ours(struct str rest)
{
    return str_starts(rest, S("&amp;")) || str_starts(rest, S("&lt;")) ||
           str_starts(rest, S("&gt;")) || str_starts(rest, S("&quot;")) ||
           str_starts(rest, S("&#39;")) || str_starts(rest, S("&#96;"));
}

/* Up to the end of a text or value: no character that could mean something else. */
static const char *take_characters(struct reader *r, char end, bool line_breaks)
{
    for (; r->at < r->s.n && r->s.p[r->at] != end; r->at++) {
        unsigned char c = (unsigned char)r->s.p[r->at];
        if (c == '<' || c == '>' || c == '"' || c == '\'' || c == '`') {
            return "a mark that had to be escaped";
        }
        if (c == '&' && !escape_is_ours(str_skip(r->s, r->at))) {
            return "an escape we do not write";
        }
        if ((c < 0x20 && !(line_breaks && (c == '\n' || c == '\t'))) || c == 0x7F) {
            return "a control character";
        }
    }
    return NULL;
}

static bool address_is_safe(struct str value)
{
    static const char *const starts[] = {"/", "#", "http://", "https://", "mailto:", "tel:"};
    if (str_starts(value, S("//")) || str_has(value, S("\\")) || str_has(value, S(" "))) {
        return false;
    }
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        struct str start = str_from(starts[i]);
        if (str_eq_nocase(str_sub(value, 0, start.n), start)) {
            return true;
        }
    }
    return false;
}

static const char *value_fault(const char *element, const char *name, struct str value)
{
    if (strcmp(name, "href") == 0 && (strcmp(element, "a") != 0 || !address_is_safe(value))) {
        return "an address that may lead elsewhere";
    }
    if (strcmp(name, "src") == 0 &&
        (strcmp(element, "img") != 0 || !str_starts(value, S("/files/")) ||
            str_has(value, S("..")))) {
        return "a picture that is not ours";
    }
    if (strcmp(name, "data-align") == 0 && !str_eq(value, S("center")) &&
        !str_eq(value, S("right"))) {
        return "an alignment we do not know";
    }
    return NULL;
}

static const char *take_attributes(struct reader *r, const char *element)
{
    char seen[512] = " ";
    while (take(r, ' ')) {
        char name[NAME_MAX_BYTES];
        if (!take_name(r, name) || !in_list(attributes, name) || !take(r, '=') || !take(r, '"')) {
            return "an attribute that is not allowed";
        }
        if (in_list(seen, name)) {
            return "the same attribute twice";
        }
        strncat(seen, name, NAME_MAX_BYTES);
        strncat(seen, " ", 2);
        size_t from = r->at;
        const char *fault = take_characters(r, '"', false);
        fault = fault != NULL ? fault : value_fault(element, name, str_sub(r->s, from, r->at));
        if (fault != NULL) {
            return fault;
        }
        if (!take(r, '"')) {
            return "an attribute without its end";
        }
    }
    return take(r, '>') ? NULL : "a tag without its end";
}

static const char *place_fault(const struct reader *r, const char *name)
{
    const char *children = r->depth > 0 ? children_of(r->open[r->depth - 1]) : NULL;
    if (children != NULL) {
        return in_list(children, name) ? NULL : "something a list or table cannot hold";
    }
    if (in_list(parts, name)) {
        return "a part of a list or table without it";
    }
    for (size_t i = 0; i < r->depth; i++) {
        if (strcmp(r->open[i], "p") == 0 && (in_list(blocks, name) || strcmp(name, "hr") == 0)) {
            bool walled = false;
            for (size_t k = i + 1; k < r->depth; k++) {
                walled = walled || in_list(" table td th caption ", r->open[k]);
            }
            if (!walled) {
                return "a block within a paragraph";
            }
        }
    }
    return NULL;
}

static const char *take_tag(struct reader *r)
{
    char name[NAME_MAX_BYTES];
    if (take(r, '/')) {
        if (!take_name(r, name) || !take(r, '>')) {
            return "an end tag that is none";
        }
        if (r->depth == 0 || strcmp(r->open[r->depth - 1], name) != 0) {
            return "an end tag that ends something else";
        }
        r->depth--;
        return NULL;
    }
    if (!take_name(r, name)) {
        return "a tag without a name";
    }
    bool is_void = in_list(voids, name);
    if (!is_void && !in_list(phrases, name) && !in_list(blocks, name)) {
        return "an element that is not allowed";
    }
    const char *fault = place_fault(r, name);
    fault = fault != NULL ? fault : take_attributes(r, name);
    if (fault != NULL || is_void) {
        return fault;
    }
    if (r->depth == DEPTH_MAX) {
        return "deeper than the stack";
    }
    memcpy(r->open[r->depth++], name, NAME_MAX_BYTES);
    return NULL;
}

const char *strict_fault(struct str output, size_t *at)
{
    struct reader r = {.s = output};
    const char *fault = utf8_valid(output) ? NULL : "broken UTF-8";
    while (fault == NULL && r.at < output.n) {
        if (take(&r, '<')) {
            fault = take_tag(&r);
        } else if (r.depth > 0 && children_of(r.open[r.depth - 1]) != NULL) {
            fault = "text where a list or table cannot hold it";
        } else {
            fault = take_characters(&r, '<', true);
        }
    }
    *at = r.at;
    return fault != NULL ? fault : r.depth > 0 ? "something is open at the end" : NULL;
}
