/*
 * str.c: text as a view. Nothing here knows characters beyond ASCII, except str_trim, which knows
 * the blanks that people paste; see utf8.h for the rest.
 */
#include "base/str.h"

#include "base/err.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *z)
{
    return z == NULL ? STR_NONE : (struct str){z, strlen(z)};
}

struct str str_make(const char *p, size_t n)
{
    return (struct str){p, n};
}

static char *copy(struct arena *into, struct str s)
{
    must(s.n < SIZE_MAX - 1);
    char *p = arena_alloc(into, s.n + 1);
    if (s.n > 0) {
        memcpy(p, s.p, s.n);
    }
    return p;
}

struct str str_dup(struct arena *into, struct str s)
{
    if (s.p == NULL) {
        return STR_NONE;
    }
    return (struct str){copy(into, s), s.n};
}

const char *str_z(struct arena *into, struct str s)
{
    return copy(into, s);
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i])) {
            return false;
        }
    }
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t shorter = a.n < b.n ? a.n : b.n;
    int order = shorter == 0 ? 0 : memcmp(a.p, b.p, shorter);
    if (order != 0) {
        return order < 0 ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

bool str_has(struct str s, struct str part)
{
    return str_find(s, part, 0) >= 0;
}

ptrdiff_t str_find(struct str s, struct str part, size_t from)
{
    if (from > s.n || part.n > s.n - from) {
        return -1;
    }
    if (part.n == 0) {
        return (ptrdiff_t)from;
    }
    const char *hit = memmem(s.p + from, s.n - from, part.p, part.n);
    return hit == NULL ? -1 : hit - s.p;
}

ptrdiff_t str_find_byte(struct str s, char c, size_t from)
{
    if (from >= s.n) {
        return -1;
    }
    const char *hit = memchr(s.p + from, c, s.n - from);
    return hit == NULL ? -1 : hit - s.p;
}

struct str str_sub(struct str s, size_t from, size_t to)
{
    to = to > s.n ? s.n : to;
    from = from > to ? to : from;
    return s.p == NULL ? STR_NONE : (struct str){s.p + from, to - from};
}

struct str str_skip(struct str s, size_t n)
{
    return str_sub(s, n, s.n);
}

/* The blanks that are more than one byte. */
static const struct str wide_blanks[] = {
    S_INIT("\xc2\xa0"),     /* U+00A0 no-break space */
    S_INIT("\xe3\x80\x80"), /* U+3000 ideographic space */
    S_INIT("\xef\xbb\xbf"), /* U+FEFF byte order mark */
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t blank_at_start(struct str s)
{
    if (s.n > 0 && is_blank(s.p[0])) {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide_blanks / sizeof wide_blanks[0]; i++) {
        if (str_starts(s, wide_blanks[i])) {
            return wide_blanks[i].n;
        }
    }
    return 0;
}

static size_t blank_at_end(struct str s)
{
    if (s.n > 0 && is_blank(s.p[s.n - 1])) {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide_blanks / sizeof wide_blanks[0]; i++) {
        if (str_ends(s, wide_blanks[i])) {
            return wide_blanks[i].n;
        }
    }
    return 0;
}

struct str str_trim(struct str s)
{
    for (size_t n = blank_at_start(s); n > 0; n = blank_at_start(s)) {
        s = str_skip(s, n);
    }
    for (size_t n = blank_at_end(s); n > 0; n = blank_at_end(s)) {
        s = str_sub(s, 0, s.n - n);
    }
    return s;
}

bool str_next(struct str *rest, char sep, struct str *piece)
{
    if (rest->p == NULL) {
        *piece = STR_NONE;
        return false;
    }
    ptrdiff_t at = str_find_byte(*rest, sep, 0);
    if (at < 0) {
        *piece = *rest;
        *rest = STR_NONE;
    } else {
        *piece = str_sub(*rest, 0, (size_t)at);
        *rest = str_skip(*rest, (size_t)at + 1);
    }
    return true;
}

bool str_next_line(struct str *rest, struct str *line)
{
    if (rest->n == 0) {
        *line = STR_NONE;
        return false;
    }
    (void)str_next(rest, '\n', line);
    if (str_ends(*line, S("\r"))) {
        *line = str_sub(*line, 0, line->n - 1);
    }
    return true;
}

struct str str_cat(struct arena *into, struct str a, struct str b)
{
    return str_join(into, (struct strs){(const struct str[]){a, b}, 2}, STR_NONE);
}

static char *put(char *to, struct str s)
{
    if (s.n > 0) {
        memcpy(to, s.p, s.n);
    }
    return to + s.n;
}

static void grow_total(size_t *total, size_t n)
{
    must(!__builtin_add_overflow(*total, n, total));
}

struct str str_join(struct arena *into, struct strs parts, struct str sep)
{
    size_t total = 0;
    for (size_t i = 0; i < parts.n; i++) {
        grow_total(&total, parts.v[i].n);
        grow_total(&total, i > 0 ? sep.n : 0);
    }
    char *p = arena_alloc(into, total);
    char *to = p;
    for (size_t i = 0; i < parts.n; i++) {
        to = i > 0 ? put(to, sep) : to;
        to = put(to, parts.v[i]);
    }
    must(to == p + total);
    return (struct str){p, total};
}

struct str str_replace(struct arena *into, struct str s, struct str what, struct str with)
{
    must(what.n > 0);
    size_t total = s.n;
    for (ptrdiff_t at = str_find(s, what, 0); at >= 0;
         at = str_find(s, what, (size_t)at + what.n)) {
        grow_total(&total, with.n);
        total -= what.n;
    }
    char *p = arena_alloc(into, total);
    char *to = p;
    size_t from = 0;
    for (ptrdiff_t at = str_find(s, what, 0); at >= 0; at = str_find(s, what, from)) {
        to = put(to, str_sub(s, from, (size_t)at));
        to = put(to, with);
        from = (size_t)at + what.n;
    }
    to = put(to, str_skip(s, from));
    must(to == p + total);
    return (struct str){p, total};
}

struct str str_lower(struct arena *into, struct str s)
{
    char *p = copy(into, s);
    for (size_t i = 0; i < s.n; i++) {
        p[i] = lower(p[i]);
    }
    return (struct str){p, s.n};
}

struct str str_format(struct arena *into, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = str_format_v(into, format, args);
    va_end(args);
    return s;
}

struct str str_format_v(struct arena *into, const char *format, va_list args)
{
    must(format != NULL);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    must(n >= 0);
    char *p = arena_alloc(into, (size_t)n + 1);
    must(vsnprintf(p, (size_t)n + 1, format, args) == n);
    return (struct str){p, (size_t)n};
}

bool str_to_int(struct str s, int64_t *out)
{
    *out = 0;
    bool negative = s.n > 0 && s.p[0] == '-';
    struct str digits = negative ? str_skip(s, 1) : s;
    if (digits.n == 0) {
        return false;
    }
    /* Reckoned below zero, where there is one number more. */
    int64_t v = 0;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        if (c < '0' || c > '9' || __builtin_mul_overflow(v, (int64_t)10, &v) ||
            __builtin_sub_overflow(v, (int64_t)(c - '0'), &v)) {
            return false;
        }
    }
    if (!negative && v == INT64_MIN) {
        return false;
    }
    *out = negative ? v : -v;
    return true;
}

struct str str_from_int(struct arena *into, int64_t v)
{
    return str_format(into, "%lld", (long long)v);
}

struct str str_hex(struct arena *into, const void *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *b = bytes;
    char *p = arena_array(into, n, 2);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digits[b[i] >> 4];
        p[2 * i + 1] = digits[b[i] & 15];
    }
    return (struct str){p, 2 * n};
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_unhex(struct str s, void *bytes, size_t n)
{
    if (n > SIZE_MAX / 2 || s.n != 2 * n) {
        return false;
    }
    uint8_t *b = bytes;
    for (size_t i = 0; i < n; i++) {
        int high = hex_value(s.p[2 * i]);
        int low = hex_value(s.p[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        b[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

struct str str_base64url(struct arena *into, const void *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const uint8_t *b = bytes;
    must(n < SIZE_MAX / 2);
    size_t total = (n * 4 + 2) / 3;
    char *p = arena_alloc(into, total);
    uint32_t bits = 0;
    int held = 0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        bits = (bits << 8 | b[i]) & 0xffff;
        for (held += 8; held >= 6; held -= 6) {
            p[at++] = digits[bits >> (held - 6) & 63];
        }
    }
    if (held > 0) {
        p[at++] = digits[bits << (6 - held) & 63];
    }
    must(at == total);
    return (struct str){p, total};
}

bool str_eq_secret(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
