#include "web/header.h"

#include "base/ban.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <arpa/inet.h>

struct str cookie_find(struct str field, struct str name)
{
    struct str piece;
    while (str_next(&field, ';', &piece)) {
        piece = str_trim(piece);
        if (piece.n > name.n && str_starts(piece, name) && piece.p[name.n] == '=') {
            struct str v = str_skip(piece, name.n + 1);
            if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"') {
                v = str_sub(v, 1, v.n - 1);
            }
            return v;
        }
    }
    return STR_NONE;
}

/* "q=0", "q=0.0", "q=0.000" */
static bool weight_is_zero(struct str parameters)
{
    struct str piece;
    while (str_next(&parameters, ';', &piece)) {
        piece = str_trim(piece);
        if (piece.n >= 3 && (piece.p[0] == 'q' || piece.p[0] == 'Q') && piece.p[1] == '=') {
            for (size_t i = 2; i < piece.n; i++) {
                if (piece.p[i] != '0' && piece.p[i] != '.') {
                    return false;
                }
            }
            return true;
        }
    }
    return false;
}

/* -1 not named, 0 refused, 1 taken */
static int taken(struct str field, struct str what)
{
    struct str piece;
    while (str_next(&field, ',', &piece)) {
        ptrdiff_t semicolon = str_find_byte(piece, ';', 0);
        struct str word = semicolon < 0 ? piece : str_sub(piece, 0, (size_t)semicolon);
        if (str_eq_nocase(str_trim(word), what)) {
            struct str rest = semicolon < 0 ? STR_NONE : str_skip(piece, (size_t)semicolon + 1);
            return weight_is_zero(rest) ? 0 : 1;
        }
    }
    return -1;
}

bool accepts_gzip(struct str field)
{
    int named = taken(field, S("gzip"));
    return named == 1 || (named == -1 && taken(field, S("*")) == 1);
}

bool accepts_json(struct str field)
{
    return taken(field, S("application/json")) == 1 && taken(field, S("text/html")) != 1;
}

bool etag_among(struct str field, struct str etag)
{
    struct str piece;
    while (str_next(&field, ',', &piece)) {
        piece = str_trim(piece);
        if (str_eq(piece, S("*"))) {
            return true;
        }
        if (str_starts(piece, S("W/"))) {
            piece = str_skip(piece, 2);
        }
        if (piece.n < 2 || piece.p[0] != '"' || piece.p[piece.n - 1] != '"') {
            continue;
        }
        piece = str_sub(piece, 1, piece.n - 1);
        struct str plain = str_ends(piece, S("-gz")) ? str_sub(piece, 0, piece.n - 3) : piece;
        if (str_eq(piece, etag) || str_eq(plain, etag)) {
            return true;
        }
    }
    return false;
}

static bool read_offset(struct str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0 && s.n <= 18;
}

enum range_kind range_read(struct str field, uint64_t size, uint64_t *first, uint64_t *length)
{
    *first = 0;
    *length = size;
    ptrdiff_t minus = str_find_byte(field, '-', 0);
    if (!str_starts(field, S("bytes=")) || minus < 6 || str_find_byte(field, ',', 0) >= 0) {
        return RANGE_ALL;
    }
    struct str from = str_trim(str_sub(field, 6, (size_t)minus));
    struct str to = str_trim(str_skip(field, (size_t)minus + 1));
    uint64_t a = 0, b = 0;
    if (from.n == 0) {
        if (!read_offset(to, &b)) {
            return RANGE_ALL;
        }
        if (b == 0 || size == 0) {
            return RANGE_OUTSIDE;
        }
        *length = b < size ? b : size;
        *first = size - *length;
        return RANGE_PART;
    }
    if (!read_offset(from, &a) || (to.n > 0 && (!read_offset(to, &b) || b < a))) {
        return RANGE_ALL;
    }
    if (a >= size) {
        return RANGE_OUTSIDE;
    }
    if (to.n == 0 || b >= size) {
        b = size - 1;
    }
    *first = a;
    *length = b - a + 1;
    return RANGE_PART;
}

static bool is_attr_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$&+-.^_`|~", c) != NULL);
}

struct str disposition_format(struct arena *into, struct str kind, struct str file_name)
{
    struct buf b = buf_make(into, file_name.n * 4 + kind.n + 64);
    buf_add(&b, kind);
    buf_add(&b, S("; filename=\""));
    for (size_t i = 0; i < file_name.n; i++) {
        unsigned char c = (unsigned char)file_name.p[i];
        bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
        if (plain || (c & 0xc0) != 0x80) { /* one underscore for a whole character */
            buf_add_byte(&b, plain ? (char)c : '_');
        }
    }
    buf_add(&b, S("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < file_name.n; i++) {
        unsigned char c = (unsigned char)file_name.p[i];
        if (is_attr_char(c)) {
            buf_add_byte(&b, (char)c);
        } else {
            buf_format(&b, "%%%02X", c);
        }
    }
    return buf_str(&b);
}

/* A quoted value up to its closing quote. Browsers escape only the quote itself; old ones send
 * whole Windows paths, so a backslash before anything else is a backslash. */
static struct str read_quoted(struct arena *into, struct str s, size_t *at)
{
    char *p = arena_alloc(into, s.n + 1);
    size_t n = 0;
    size_t i = *at + 1;
    while (i < s.n && s.p[i] != '"') {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') {
            i++;
        }
        p[n++] = s.p[i++];
    }
    *at = i + 1;
    return str_make(p, n);
}

static struct str undo_form_escapes(struct arena *into, struct str s)
{
    if (str_find_byte(s, '%', 0) < 0) {
        return s;
    }
    s = str_replace(into, s, S("%22"), S("\""));
    s = str_replace(into, s, S("%0D"), S("\r"));
    return str_replace(into, s, S("%0A"), S("\n"));
}

struct str parameter_find(struct arena *into, struct str field, struct str name)
{
    ptrdiff_t semicolon = str_find_byte(field, ';', 0);
    size_t at = semicolon < 0 ? field.n : (size_t)semicolon;
    while (at < field.n) {
        while (at < field.n && (field.p[at] == ';' || field.p[at] == ' ' || field.p[at] == '\t')) {
            at++;
        }
        size_t start = at;
        while (at < field.n && field.p[at] != '=' && field.p[at] != ';') {
            at++;
        }
        struct str key = str_trim(str_sub(field, start, at));
        if (at >= field.n || field.p[at] == ';') {
            continue;
        }
        at++;
        struct str value;
        if (at < field.n && field.p[at] == '"') {
            value = undo_form_escapes(into, read_quoted(into, field, &at));
        } else {
            size_t from = at;
            while (at < field.n && field.p[at] != ';') {
                at++;
            }
            value = str_trim(str_sub(field, from, at));
        }
        if (str_eq_nocase(key, name)) {
            return value.p == NULL ? S("") : value;
        }
    }
    return STR_NONE;
}

struct str address_network(struct arena *into, struct str address)
{
    uint8_t bytes[16];
    const char *z = str_z(into, address);
    if (inet_pton(AF_INET, z, bytes) == 1) {
        return str_hex(into, bytes, 3);
    }
    if (inet_pton(AF_INET6, z, bytes) == 1) {
        return str_hex(into, bytes, 7);
    }
    return address;
}
