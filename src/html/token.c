#include "html/token.h"

#include "base/ban.h"
#include "base/err.h"

bool html_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- attributes: before name, name, after name, before value, the three kinds of value, after
 * value, self-closing ---- */

enum attribute_result {
    ATTRIBUTE_FOUND,
    ATTRIBUTE_TAG_ENDS,  /* at the ">" */
    ATTRIBUTE_TAG_EMPTY, /* at the "/" of "/>" */
    ATTRIBUTE_CUT_OFF,   /* the source ends within the tag */
};

static size_t skip_space(struct str s, size_t at)
{
    while (at < s.n && html_is_space(s.p[at])) {
        at++;
    }
    return at;
}

static enum attribute_result scan_value(struct str s, size_t *at, struct attribute *a)
{
    size_t from = skip_space(s, *at);
    if (from >= s.n) {
        return ATTRIBUTE_CUT_OFF;
    }
    if (s.p[from] == '"' || s.p[from] == '\'') {
        ptrdiff_t end = str_find_byte(s, s.p[from], from + 1);
        if (end < 0) {
            return ATTRIBUTE_CUT_OFF;
        }
        a->value = str_sub(s, from + 1, (size_t)end);
        *at = (size_t)end + 1;
        return ATTRIBUTE_FOUND;
    }
    size_t end = from;
    while (end < s.n && !html_is_space(s.p[end]) && s.p[end] != '>') {
        end++;
    }
    if (end >= s.n) {
        *at = end;
        a->value = str_sub(s, from, end);
        return ATTRIBUTE_CUT_OFF;
    }
    a->value = str_sub(s, from, end);
    *at = end;
    return ATTRIBUTE_FOUND;
}

static enum attribute_result scan_attribute(struct str s, size_t *at, struct attribute *a)
{
    *a = (struct attribute){.name = STR_NONE};
    size_t i = *at;
    for (;;) {
        i = skip_space(s, i);
        if (i >= s.n) {
            *at = i;
            return ATTRIBUTE_CUT_OFF;
        }
        if (s.p[i] == '>') {
            *at = i;
            return ATTRIBUTE_TAG_ENDS;
        }
        if (s.p[i] != '/') {
            break;
        }
        if (i + 1 < s.n && s.p[i + 1] == '>') {
            *at = i;
            return ATTRIBUTE_TAG_EMPTY;
        }
        i++;
    }
    size_t from = i;
    i++; /* the first character is part of the name whatever it is, "=" too */
    while (i < s.n && !html_is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>' && s.p[i] != '=') {
        i++;
    }
    a->name = str_sub(s, from, i);
    *at = i;
    size_t after = skip_space(s, i);
    if (after < s.n && s.p[after] == '=') {
        *at = after + 1;
        return scan_value(s, at, a);
    }
    return i >= s.n ? ATTRIBUTE_CUT_OFF : ATTRIBUTE_FOUND;
}

bool attribute_next(struct str *rest, struct attribute *a)
{
    size_t at = 0;
    enum attribute_result result = scan_attribute(*rest, &at, a);
    /* token.attributes ends before the ">": the last attribute is cut off there, which is its
     * proper end. */
    if (result == ATTRIBUTE_CUT_OFF && a->name.n > 0) {
        *rest = STR_NONE;
        return true;
    }
    *rest = str_skip(*rest, at);
    return result == ATTRIBUTE_FOUND;
}

/* ---- tags ---- */

/* at: the first letter of the name. A tag that the source cuts off is no token: the rest is gone.
 */
static struct token scan_tag(struct tokeniser *t, enum token_kind kind, size_t at)
{
    struct str s = t->source;
    size_t from = at;
    while (at < s.n && !html_is_space(s.p[at]) && s.p[at] != '/' && s.p[at] != '>') {
        at++;
    }
    struct token tag = {.kind = kind, .name = str_sub(s, from, at)};
    size_t attributes_from = at;
    struct attribute ignored;
    enum attribute_result result = ATTRIBUTE_FOUND;
    while (result == ATTRIBUTE_FOUND) {
        result = scan_attribute(s, &at, &ignored);
    }
    if (result == ATTRIBUTE_CUT_OFF) {
        t->at = s.n;
        return (struct token){.kind = TOKEN_END_OF_FILE};
    }
    tag.attributes = str_sub(s, attributes_from, at);
    tag.self_closing = result == ATTRIBUTE_TAG_EMPTY;
    t->at = at + (tag.self_closing ? 2 : 1);
    return tag;
}

/* ---- comments, doctype, CDATA ---- */

static struct token comment_up_to(struct tokeniser *t, ptrdiff_t end, size_t length)
{
    t->at = end < 0 ? t->source.n : (size_t)end + length;
    return (struct token){.kind = TOKEN_COMMENT};
}

/* at: after "<!--". Ends at "-->" or "--!>", or at once with ">" or "->". */
static struct token scan_comment(struct tokeniser *t, size_t at)
{
    struct str s = t->source;
    if (str_starts(str_skip(s, at), S(">"))) {
        return comment_up_to(t, (ptrdiff_t)at, 1);
    }
    if (str_starts(str_skip(s, at), S("->"))) {
        return comment_up_to(t, (ptrdiff_t)at, 2);
    }
    for (ptrdiff_t i = str_find_byte(s, '-', at); i >= 0;
         i = str_find_byte(s, '-', (size_t)i + 1)) {
        struct str rest = str_skip(s, (size_t)i);
        if (str_starts(rest, S("-->"))) {
            return comment_up_to(t, i, 3);
        }
        if (str_starts(rest, S("--!>"))) {
            return comment_up_to(t, i, 4);
        }
    }
    return comment_up_to(t, -1, 0);
}

/* at: after "<!". A doctype and every bogus comment end at the first ">", even within quotes. */
static struct token scan_declaration(struct tokeniser *t, size_t at)
{
    struct str rest = str_skip(t->source, at);
    if (str_starts(rest, S("--"))) {
        return scan_comment(t, at + 2);
    }
    if (t->foreign && str_starts(rest, S("[CDATA["))) {
        size_t from = at + 7;
        ptrdiff_t end = str_find(t->source, S("]]>"), from);
        struct token text = {.kind = TOKEN_TEXT, .literal = true};
        text.text = str_sub(t->source, from, end < 0 ? t->source.n : (size_t)end);
        t->at = end < 0 ? t->source.n : (size_t)end + 3;
        return text;
    }
    return comment_up_to(t, str_find_byte(t->source, '>', at), 1);
}

/* ---- data and tag open ---- */

/* Is there markup at this "<", or does it stand for itself? */
static bool markup_at(struct str s, size_t at)
{
    if (at + 1 >= s.n) {
        return false;
    }
    char c = s.p[at + 1];
    if (c == '/') {
        return at + 2 < s.n; /* "</" at the very end is text */
    }
    return is_letter(c) || c == '!' || c == '?';
}

static struct token scan_markup(struct tokeniser *t)
{
    struct str s = t->source;
    char c = s.p[t->at + 1];
    if (is_letter(c)) {
        return scan_tag(t, TOKEN_START, t->at + 1);
    }
    if (c == '!') {
        return scan_declaration(t, t->at + 2);
    }
    if (c == '?') {
        return comment_up_to(t, str_find_byte(s, '>', t->at + 1), 1);
    }
    if (is_letter(s.p[t->at + 2])) {
        return scan_tag(t, TOKEN_END, t->at + 2);
    }
    return comment_up_to(t, str_find_byte(s, '>', t->at + 2), 1);
}

static struct token scan_text(struct tokeniser *t)
{
    struct str s = t->source;
    size_t from = t->at;
    ptrdiff_t at = str_find_byte(s, '<', from);
    while (at >= 0 && !markup_at(s, (size_t)at)) {
        at = str_find_byte(s, '<', (size_t)at + 1);
    }
    t->at = at < 0 ? s.n : (size_t)at;
    return (struct token){.kind = TOKEN_TEXT, .text = str_sub(s, from, t->at)};
}

/* ---- raw text ---- */

/* Does the name stand at this place, followed by what ends a tag name? */
static bool name_at(struct str s, size_t at, struct str name)
{
    if (at + name.n >= s.n || !str_eq_nocase(str_sub(s, at, at + name.n), name)) {
        return false;
    }
    char c = s.p[at + name.n];
    return html_is_space(c) || c == '/' || c == '>';
}

static bool end_tag_at(struct str s, size_t at, struct str name)
{
    return at + 1 < s.n && s.p[at] == '<' && s.p[at + 1] == '/' && name_at(s, at + 2, name);
}

static size_t raw_text_end(struct str s, size_t from, struct str name)
{
    ptrdiff_t at = str_find_byte(s, '<', from);
    while (at >= 0 && !end_tag_at(s, (size_t)at, name)) {
        at = str_find_byte(s, '<', (size_t)at + 1);
    }
    return at < 0 ? s.n : (size_t)at;
}

/* Script data: within <!-- a further <script> hides the next </script>. */
static size_t script_end(struct str s, size_t from)
{
    enum { PLAIN, ESCAPED, DOUBLE_ESCAPED } state = PLAIN;
    size_t dashes = 0;
    size_t at = from;
    while (at < s.n) {
        char c = s.p[at];
        if (c == '-') {
            dashes++;
        } else if (c == '>' && dashes >= 2) {
            state = PLAIN;
            dashes = 0;
        } else {
            dashes = 0;
        }
        if (c != '<') {
            at++;
            continue;
        }
        if (state == PLAIN && str_starts(str_skip(s, at), S("<!--"))) {
            state = ESCAPED;
            dashes = 2;
            at += 4;
            continue;
        }
        if (state != DOUBLE_ESCAPED && end_tag_at(s, at, S("script"))) {
            return at;
        }
        if (state == ESCAPED && name_at(s, at + 1, S("script"))) {
            state = DOUBLE_ESCAPED;
        } else if (state == DOUBLE_ESCAPED && end_tag_at(s, at, S("script"))) {
            state = ESCAPED;
        }
        at++;
    }
    return s.n;
}

static struct token scan_raw(struct tokeniser *t)
{
    size_t from = t->at;
    switch (t->raw) {
    case RAW_PLAIN:
        t->at = t->source.n;
        break;
    case RAW_SCRIPT:
        t->at = script_end(t->source, from);
        break;
    case RAW_TEXT:
    case RAW_ESCAPABLE:
    case RAW_NONE:
        t->at = raw_text_end(t->source, from, t->raw_name);
        break;
    }
    struct token text = {.kind = TOKEN_TEXT, .literal = t->raw != RAW_ESCAPABLE};
    text.text = str_sub(t->source, from, t->at);
    t->raw = RAW_NONE;
    return text;
}

struct tokeniser tokeniser_make(struct str source)
{
    return (struct tokeniser){.source = source};
}

void tokeniser_raw(struct tokeniser *t, enum raw_kind kind, struct str name)
{
    must(kind != RAW_NONE);
    t->raw = kind;
    t->raw_name = name;
}

struct token token_next(struct tokeniser *t)
{
    size_t from = t->at;
    struct token token = {.kind = TOKEN_END_OF_FILE};
    if (t->raw != RAW_NONE) {
        token = scan_raw(t);
    } else if (from < t->source.n && t->source.p[from] == '<' && markup_at(t->source, from)) {
        token = scan_markup(t);
    } else if (from < t->source.n) {
        token = scan_text(t);
    }
    must(t->at >= from && t->at <= t->source.n);
    t->steps += t->at - from + 1;
    return token;
}
