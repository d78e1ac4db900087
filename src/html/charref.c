#include "html/charref.h"

#include "base/ban.h"
#include "base/err.h"
#include "html/entities.h"

enum { REPLACEMENT = 0xFFFD, CODE_POINT_MAX = 0x10FFFF };

/* Numeric references into 0x80-0x9F mean Windows-1252: old pages wrote them so. 0 = no such
 * character. */
static const uint16_t windows_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return 16;
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/* A character that came from a reference. A CR written as a reference is a control here, not a line
 * end. */
static void add_character(struct buf *out, uint32_t c, enum charref_place place)
{
    bool kept = (c == '\n' || c == '\t') && place != CHARREF_ATTRIBUTE;
    buf_add_char(out, is_control(c) && !kept ? ' ' : c);
}

static uint32_t numeric_meaning(uint32_t c)
{
    if (c == 0 || c > CODE_POINT_MAX || (c >= 0xD800 && c <= 0xDFFF)) {
        return REPLACEMENT;
    }
    if (c >= 0x80 && c <= 0x9F && windows_1252[c - 0x80] != 0) {
        return windows_1252[c - 0x80];
    }
    return c;
}

/* raw begins with "&#". Gives the bytes used, 0 when it is not a reference. */
static size_t decode_number(struct buf *out, struct str raw, enum charref_place place)
{
    size_t at = 2;
    int base = 10;
    if (at < raw.n && (raw.p[at] == 'x' || raw.p[at] == 'X')) {
        base = 16;
        at++;
    }
    size_t first = at;
    uint32_t value = 0;
    for (; at < raw.n && digit_of(raw.p[at]) < base; at++) {
        if (value <= CODE_POINT_MAX) { /* beyond it the value only has to stay too large */
            value = value * (uint32_t)base + (uint32_t)digit_of(raw.p[at]);
        }
    }
    if (at == first) {
        return 0;
    }
    if (at < raw.n && raw.p[at] == ';') {
        at++;
    }
    add_character(out, numeric_meaning(value), place);
    return at;
}

/* The longest entity that begins the name; its length in *length. The range of candidates narrows
 * with every character. */
static const struct entity *entity_longest(struct str name, size_t *length)
{
    const struct entity *best = NULL;
    size_t low = 0;
    size_t high = entities_count;
    for (size_t i = 0; i < name.n && low < high; i++) {
        unsigned char c = (unsigned char)name.p[i];
        size_t from = low;
        size_t to = high;
        while (from < to) { /* first entity whose i-th byte is not below c */
            size_t middle = from + (to - from) / 2;
            if ((unsigned char)entities[middle].name[i] < c) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        low = from;
        to = high;
        while (from < to) { /* first entity whose i-th byte is above c */
            size_t middle = from + (to - from) / 2;
            if ((unsigned char)entities[middle].name[i] <= c) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        high = from;
        if (low < high && entities[low].name[i + 1] == '\0') {
            best = &entities[low];
            *length = i + 1;
        }
    }
    return best;
}

/* raw begins with "&" and a letter or digit. Gives the bytes used, 0 when it is not a reference. */
static size_t decode_name(struct buf *out, struct str raw, enum charref_place place)
{
    size_t length = 0;
    const struct entity *e = entity_longest(str_sub(raw, 1, 1 + ENTITY_NAME_MAX), &length);
    if (e == NULL) {
        return 0;
    }
    size_t used = 1 + length;
    must(used <= raw.n);
    if (place == CHARREF_ATTRIBUTE && raw.p[used - 1] != ';' && used < raw.n &&
        (raw.p[used] == '=' || is_alnum(raw.p[used]))) {
        return 0;
    }
    add_character(out, e->first, place);
    if (e->second != 0) {
        add_character(out, e->second, place);
    }
    return used;
}

static size_t decode_reference(struct buf *out, struct str raw, enum charref_place place)
{
    if (place == CHARREF_LITERAL || raw.n < 2) {
        return 0;
    }
    if (raw.p[1] == '#') {
        return decode_number(out, raw, place);
    }
    return is_alnum(raw.p[1]) ? decode_name(out, raw, place) : 0;
}

/* Bytes that mean themselves: everything but "&", controls, and the lead byte of U+0080 to U+00BF.
 */
static bool is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u != '&' && u != 0x7F && u != 0xC2;
}

/* One byte (or CRLF, or a C1 control) that is not plain. Gives the bytes used. */
static size_t decode_special(struct buf *out, struct str raw, enum charref_place place)
{
    char c = raw.p[0];
    if (c == '&') {
        size_t used = decode_reference(out, raw, place);
        if (used == 0) {
            buf_add_byte(out, '&');
        }
        return used == 0 ? 1 : used;
    }
    if (c == '\r') {
        add_character(out, '\n', place);
        return raw.n > 1 && raw.p[1] == '\n' ? 2 : 1;
    }
    if ((unsigned char)c == 0xC2 && raw.n > 1 && (unsigned char)raw.p[1] < 0xA0) {
        buf_add_byte(out, ' ');
        return 2;
    }
    if ((unsigned char)c == 0xC2) {
        buf_add_byte(out, c);
        return 1;
    }
    add_character(out, c == '\0' ? REPLACEMENT : (unsigned char)c, place);
    return 1;
}

void charref_decode(struct buf *out, struct str raw, enum charref_place place, size_t *steps)
{
    size_t at = 0;
    while (at < raw.n) {
        size_t from = at;
        while (at < raw.n && is_plain(raw.p[at])) {
            at++;
        }
        buf_add_bytes(out, raw.p + from, at - from);
        if (at < raw.n) {
            size_t used = decode_special(out, str_skip(raw, at), place);
            must(used > 0);
            at += used;
            *steps += ENTITY_NAME_MAX; /* a name is looked at no further than this */
        }
        *steps += at - from;
    }
}
