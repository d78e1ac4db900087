#include "web/head.h"

#include "base/ban.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { HEAD_LINES_MOST = 100 };

static int hex_digit(char c)
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
    return -1;
}

bool percent_decode(struct arena *into, struct str s, enum decode_plus plus, struct str *out)
{
    char *p = arena_alloc(into, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '+' && plus == DECODE_FORM) {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
            int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        p[n++] = c;
    }
    *out = str_make(p, n);
    return utf8_valid(*out);
}

bool path_normalise(struct arena *into, struct str decoded, struct str *out)
{
    if (decoded.n == 0 || decoded.p[0] != '/') {
        return false;
    }
    char *p = arena_alloc(into, decoded.n + 1);
    size_t n = 0;
    struct str rest = str_skip(decoded, 1);
    struct str piece;
    bool ends_open = decoded.p[decoded.n - 1] == '/';
    while (str_next(&rest, '/', &piece)) {
        if (str_eq(piece, S(".."))) {
            return false;
        }
        if (piece.n == 0 || str_eq(piece, S("."))) {
            continue;
        }
        for (size_t i = 0; i < piece.n; i++) {
            if ((unsigned char)piece.p[i] < 0x20 || piece.p[i] == 0x7f || piece.p[i] == '\\') {
                return false;
            }
        }
        p[n++] = '/';
        memcpy(p + n, piece.p, piece.n);
        n += piece.n;
    }
    if (n == 0 || (ends_open && n < decoded.n)) {
        p[n++] = '/';
    }
    *out = str_make(p, n);
    return true;
}

struct str head_line_get(const struct wire *w, struct str name)
{
    for (size_t i = 0; i < w->line_count; i++) {
        if (str_eq_nocase(w->lines[i].name, name)) {
            return str_trim(w->lines[i].value);
        }
    }
    return STR_NONE;
}

static size_t count_of(const struct wire *w, struct str name)
{
    size_t n = 0;
    for (size_t i = 0; i < w->line_count; i++) {
        n += str_eq_nocase(w->lines[i].name, name) ? 1 : 0;
    }
    return n;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL)) {
            return false;
        }
    }
    return s.n > 0;
}

static bool lines_are_clean(const struct wire *w)
{
    for (size_t i = 0; i < w->line_count; i++) {
        if (!is_token(w->lines[i].name)) {
            return false;
        }
        struct str v = w->lines[i].value;
        for (size_t k = 0; k < v.n; k++) {
            unsigned char c = (unsigned char)v.p[k];
            if ((c < 0x20 && c != '\t') || c == 0x7f) {
                return false;
            }
        }
    }
    return true;
}

/* How the body ends must be said once and plainly. */
static bool read_length(const struct wire *w, struct http_head *out)
{
    size_t lengths = count_of(w, S("Content-Length"));
    size_t codings = count_of(w, S("Transfer-Encoding"));
    if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1)) {
        return false;
    }
    if (codings == 1) {
        out->chunked = true;
        return str_eq_nocase(head_line_get(w, S("Transfer-Encoding")), S("chunked"));
    }
    if (lengths == 0) {
        return true;
    }
    struct str digits = head_line_get(w, S("Content-Length"));
    uint64_t v = 0;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9') {
            return false;
        }
        v = v * 10 + (uint64_t)(digits.p[i] - '0');
    }
    out->has_length = true;
    out->length = v;
    return digits.n > 0 && digits.n <= 16;
}

static bool read_host(struct arena *into, const struct wire *w, struct http_head *out)
{
    if (count_of(w, S("Host")) != 1) {
        return false;
    }
    struct str host = str_lower(into, head_line_get(w, S("Host")));
    out->host_port = host;
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                     c == ':' || c == '[' || c == ']' || c == '_';
        if (!plain) {
            return false;
        }
    }
    size_t from = 0;
    if (host.n > 0 && host.p[0] == '[') {
        ptrdiff_t closed = str_find_byte(host, ']', 0);
        if (closed < 0) {
            return false;
        }
        from = (size_t)closed;
    }
    ptrdiff_t colon = str_find_byte(host, ':', from);
    out->host = colon < 0 ? host : str_sub(host, 0, (size_t)colon);
    return out->host.n > 0;
}

static bool read_target(struct arena *into, struct str target, struct http_head *out)
{
    struct str path = target;
    ptrdiff_t mark = str_find_byte(target, '?', 0);
    if (mark >= 0) {
        path = str_sub(target, 0, (size_t)mark);
        out->query_raw = str_skip(target, (size_t)mark + 1);
    }
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.p[i];
        if (c <= 0x20 || c == 0x7f) {
            return false;
        }
    }
    struct str decoded;
    return path.n > 0 && path.p[0] == '/' && percent_decode(into, path, DECODE_PATH, &decoded) &&
           path_normalise(into, decoded, &out->path);
}

int head_read(struct arena *into, const struct wire *w, size_t most_bytes, struct http_head *out)
{
    *out = (struct http_head){.method = w->method};
    if (w->head_bytes > most_bytes || w->line_count > HEAD_LINES_MOST ||
        w->target.n > LIMIT_URL_BYTES) {
        return 431;
    }
    if (w->malformed || !is_token(w->method) || !lines_are_clean(w) || !read_length(w, out) ||
        !read_host(into, w, out) || !read_target(into, w->target, out)) {
        return 400;
    }
    return 0;
}
