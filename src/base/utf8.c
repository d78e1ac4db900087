/*
 * utf8.c: the door for text. The classes of characters that people paste without seeing them stand
 * in one table.
 */
#include "base/utf8.h"

#include "base/buf.h"
#include "base/err.h"

#include <string.h>

static bool is_tail(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* Length of the character at b (n bytes follow, at least one), 0 when it is not one (RFC 3629,
 * section 4). */
static size_t valid_length(const uint8_t *b, size_t n)
{
    uint8_t first = b[0];
    if (first < 0x80) {
        return first == 0 ? 0 : 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return n >= 2 && is_tail(b[1]) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
        if (n < 3 || !is_tail(b[1]) || !is_tail(b[2])) {
            return 0;
        }
        bool is_long_form = first == 0xe0 && b[1] < 0xa0;
        bool is_surrogate = first == 0xed && b[1] > 0x9f;
        return is_long_form || is_surrogate ? 0 : 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (n < 4 || !is_tail(b[1]) || !is_tail(b[2]) || !is_tail(b[3])) {
            return 0;
        }
        bool is_long_form = first == 0xf0 && b[1] < 0x90;
        bool is_beyond = first == 0xf4 && b[1] > 0x8f;
        return is_long_form || is_beyond ? 0 : 4;
    }
    return 0;
}

bool utf8_valid(struct str s)
{
    const uint8_t *b = (const uint8_t *)s.p;
    for (size_t at = 0; at < s.n;) {
        size_t n = valid_length(b + at, s.n - at);
        if (n == 0) {
            return false;
        }
        at += n;
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++) {
        count += !is_tail((uint8_t)s.p[i]);
    }
    return count;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    if (*at >= s.n) {
        return UINT32_MAX;
    }
    const uint8_t *b = (const uint8_t *)s.p + *at;
    size_t left = s.n - *at;
    uint8_t first = b[0];
    size_t n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    must(n <= left);
    *at += n;
    switch (n) {
    case 1:
        return first;
    case 2:
        return (first & 0x1fU) << 6 | (b[1] & 0x3fU);
    case 3:
        return (first & 0x0fU) << 12 | (b[1] & 0x3fU) << 6 | (b[2] & 0x3fU);
    default:
        return (first & 0x07U) << 18 | (b[1] & 0x3fU) << 12 | (b[2] & 0x3fU) << 6 | (b[3] & 0x3fU);
    }
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
    must(code_point <= 0x10ffff && (code_point < 0xd800 || code_point > 0xdfff));
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t n = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    uint32_t mark = n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3f));
        code_point >>= 6;
    }
    out[0] = (char)(mark | code_point);
    return n;
}

enum look { LOOK_SEEN, LOOK_BLANK, LOOK_BREAK, LOOK_CONTROL, LOOK_HIDDEN };

struct span {
    uint32_t from, to;
    enum look look;
};

// clang-format off
static const struct span spans[] = {
    {0x0000, 0x0008, LOOK_CONTROL},
    {0x0009, 0x0009, LOOK_BLANK},
    {0x000a, 0x000d, LOOK_BREAK},
    {0x000e, 0x001f, LOOK_CONTROL},
    {0x0020, 0x0020, LOOK_BLANK},
    {0x007f, 0x0084, LOOK_CONTROL},
    {0x0085, 0x0085, LOOK_BREAK},   /* next line */
    {0x0086, 0x009f, LOOK_CONTROL},
    {0x00a0, 0x00a0, LOOK_BLANK},
    {0x00ad, 0x00ad, LOOK_HIDDEN},  /* soft hyphen */
    {0x061c, 0x061c, LOOK_HIDDEN},  /* Arabic letter mark */
    {0x1680, 0x1680, LOOK_BLANK},
    {0x180e, 0x180e, LOOK_HIDDEN},
    {0x2000, 0x200a, LOOK_BLANK},
    {0x200b, 0x200f, LOOK_HIDDEN},  /* zero width, left-to-right and right-to-left marks */
    {0x2028, 0x2029, LOOK_BREAK},
    {0x202a, 0x202e, LOOK_HIDDEN},  /* embeddings and overrides */
    {0x202f, 0x202f, LOOK_BLANK},
    {0x205f, 0x205f, LOOK_BLANK},
    {0x2060, 0x206f, LOOK_HIDDEN},  /* word joiner, isolates */
    {0x3000, 0x3000, LOOK_BLANK},
    {0xfeff, 0xfeff, LOOK_HIDDEN},
    {0xfff9, 0xfffb, LOOK_HIDDEN},  /* interlinear annotation */
    {0xe0000, 0xe007f, LOOK_HIDDEN}, /* tags */
};
// clang-format on

static enum look look_of(uint32_t c)
{
    if (c > 0x20 && c < 0x7f) {
        return LOOK_SEEN;
    }
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (c >= spans[i].from && c <= spans[i].to) {
            return spans[i].look;
        }
    }
    return LOOK_SEEN;
}

struct str text_shorten(struct arena *into, struct str s, size_t max_chars)
{
    if (utf8_count(s) <= max_chars) {
        return s;
    }
    if (max_chars == 0) {
        return STR_NONE;
    }
    size_t at = 0;
    for (size_t i = 0; i + 1 < max_chars; i++) {
        (void)utf8_next(s, &at);
    }
    return str_cat(into, str_trim(str_sub(s, 0, at)), S("…"));
}

struct str text_line(struct arena *into, struct str s)
{
    struct buf b = buf_make(into, s.n);
    bool owe_space = false;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        enum look look = look_of(utf8_next(s, &at));
        if (look == LOOK_HIDDEN) {
            continue;
        }
        if (look != LOOK_SEEN) {
            owe_space = true;
            continue;
        }
        if (owe_space && b.n > 0) {
            buf_add_byte(&b, ' ');
        }
        owe_space = false;
        buf_add(&b, str_sub(s, from, at));
    }
    must(!buf_full(&b));
    return buf_str(&b);
}

/* Without the blanks at the end of the line that is being written. */
static void drop_trailing_blanks(struct buf *b)
{
    struct str all = buf_str(b);
    ptrdiff_t end = (ptrdiff_t)all.n;
    while (end > 0 && all.p[end - 1] != '\n') {
        end--;
    }
    /* str_trim cuts at both ends: shield the front of the line, where an indent may stand. */
    struct str line = str_skip(all, (size_t)end);
    struct str cut = str_trim(line);
    b->n = cut.n == 0 ? (size_t)end : (size_t)(cut.p + cut.n - all.p);
}

struct str text_lines(struct arena *into, struct str s)
{
    struct buf b = buf_make(into, s.n);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        switch (look_of(c)) {
        case LOOK_HIDDEN:
        case LOOK_CONTROL:
            break;
        case LOOK_BREAK:
            if (c == '\r' && at < s.n && s.p[at] == '\n') {
                at++;
            }
            drop_trailing_blanks(&b);
            buf_add_byte(&b, '\n');
            break;
        case LOOK_BLANK:
        case LOOK_SEEN:
            if (c == '\t') {
                buf_add_byte(&b, ' ');
            } else {
                buf_add(&b, str_sub(s, from, at));
            }
            break;
        }
    }
    must(!buf_full(&b));
    return str_trim(buf_str(&b));
}

struct str text_narrow(struct arena *into, struct str s)
{
    struct buf b = buf_make(into, s.n);
    for (size_t at = 0; at < s.n;) {
        buf_add_char(&b, char_narrow(utf8_next(s, &at)));
    }
    must(!buf_full(&b));
    return buf_str(&b);
}

uint32_t char_narrow(uint32_t code_point)
{
    if (code_point == 0x3000) {
        return ' ';
    }
    return code_point >= 0xff01 && code_point <= 0xff5e ? code_point - 0xfee0 : code_point;
}
