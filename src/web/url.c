/*
 * url.c: addresses that cannot become something else.
 *
 * A browser drops tabs and line breaks from an address and reads "\" as "/" before it decides what
 * the address is; so those bytes never get through as themselves.
 */
#include "base/ban.h"
#include "web/out.h"

static const char hex_digits[] = "0123456789ABCDEF";

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/* RFC 3986: gen-delims and sub-delims without brackets, which only a host of numbers needs. */
static bool is_reserved(char c)
{
    return c != '\0' && strchr(":/?#@!$&'()*+,;=", c) != NULL;
}

static void add_percent(struct buf *b, char c)
{
    uint8_t byte = (uint8_t)c;
    char three[3] = {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};
    buf_add_bytes(b, three, sizeof(three));
}

struct str url_encode(struct arena *into, struct str segment)
{
    struct buf b = buf_make(into, segment.n * 3);
    for (size_t i = 0; i < segment.n; i++) {
        if (is_unreserved(segment.p[i])) {
            buf_add_byte(&b, segment.p[i]);
        } else {
            add_percent(&b, segment.p[i]);
        }
    }
    return buf_str(&b);
}

/* The address with everything encoded that may not stand in one. */
static void add_address(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool escape = c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]);
        if (escape || is_unreserved(c) || is_reserved(c)) {
            buf_add_byte(b, c);
        } else {
            add_percent(b, c);
        }
    }
}

struct url url_path(struct arena *into, struct str path)
{
    bool well = path.n > 0 && (path.p[0] == '/' || path.p[0] == '#' || path.p[0] == '?');
    if (!well || str_starts(path, S("//"))) {
        return url_literal("/");
    }
    struct buf b = buf_make(into, path.n * 3);
    add_address(&b, path);
    return (struct url){buf_str(&b)};
}

/* Letters, digits, dots, hyphens and a port: a name people can check. No user part, no brackets. */
static size_t host_length(struct str s, size_t from)
{
    size_t n = from;
    while (n < s.n && (is_unreserved(s.p[n]) || s.p[n] == ':') && s.p[n] != '~') {
        n++;
    }
    return n - from;
}

struct url url_absolute(struct arena *into, struct str http)
{
    size_t host = 0;
    if (str_eq_nocase(str_sub(http, 0, 7), S("http://"))) {
        host = 7;
    } else if (str_eq_nocase(str_sub(http, 0, 8), S("https://"))) {
        host = 8;
    }
    size_t n = host > 0 ? host_length(http, host) : 0;
    struct str rest = str_skip(http, host + n);
    bool ends_well = rest.n == 0 || rest.p[0] == '/' || rest.p[0] == '?' || rest.p[0] == '#';
    if (n == 0 || !ends_well) {
        return url_literal("/");
    }
    struct buf b = buf_make(into, http.n * 3 + 1);
    add_address(&b, str_sub(http, 0, host + n));
    if (rest.n == 0 || rest.p[0] != '/') {
        buf_add_byte(&b, '/'); /* so that nothing printed behind it can lengthen the host */
    }
    add_address(&b, rest);
    return (struct url){buf_str(&b)};
}
