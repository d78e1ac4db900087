/*
 * answer.c: what goes back: headers, compression, conditional answers.
 */
#include "base/limits.h"
#include "web/header.h"
#include "web/inside.h"

#include <zlib.h>

#include "base/ban.h"

enum { GZIP_LEAST_BYTES = 1024, GZIP_LEVEL = 6, GZIP_WINDOW = 15 + 16, ETAG_BYTES = 16 };

// clang-format off
#define CSP_PAGE                                                                                   \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " \
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static const struct head_line always[] = {
    {S_INIT("X-Content-Type-Options"), S_INIT("nosniff")},
    {S_INIT("Referrer-Policy"), S_INIT("same-origin")},
    {S_INIT("Cross-Origin-Opener-Policy"), S_INIT("same-origin")},
    {S_INIT("Cross-Origin-Resource-Policy"), S_INIT("same-origin")},
    {S_INIT("Permissions-Policy"), S_INIT("accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()")},
};
// clang-format on

static void add_line(struct arena *into, struct answer *a, struct str name, struct str value)
{
    if (a->line_count == a->line_cap) {
        size_t cap = a->line_cap == 0 ? 24 : a->line_cap * 2;
        struct head_line *v = arena_many(into, cap, struct head_line);
        if (a->line_count > 0) {
            memcpy(v, a->lines, a->line_count * sizeof(*v));
        }
        a->lines = v;
        a->line_cap = cap;
    }
    a->lines[a->line_count++] = (struct head_line){name, value};
}

/* A value never carries a line break or a byte outside the visible ones: it would be another
 * header. */
static struct str clean_value(struct arena *into, struct str s)
{
    char *p = arena_alloc(into, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        p[i] = c < 0x20 || c >= 0x7f ? ' ' : s.p[i];
    }
    return str_make(p, s.n);
}

void answer_line(struct exchange *ex, struct str name, struct str value)
{
    struct arena *a = ex->ctx.arena;
    add_line(a, &ex->inside->wire->answer, str_dup(a, name), clean_value(a, value));
}

bool answer_has_line(const struct answer *a, struct str name)
{
    for (size_t i = 0; i < a->line_count; i++) {
        if (str_eq_nocase(a->lines[i].name, name)) {
            return true;
        }
    }
    return false;
}

void exchange_header_set(struct exchange *ex, struct str name, struct str value)
{
    struct answer *a = &ex->inside->wire->answer;
    for (size_t i = 0; i < a->line_count; i++) {
        if (str_eq_nocase(a->lines[i].name, name)) {
            a->lines[i].value = clean_value(ex->ctx.arena, value);
            return;
        }
    }
    answer_line(ex, name, value);
}

const struct err *exchange_bytes(
    struct exchange *ex, int status, struct str media_type, struct str body)
{
    struct answer *a = &ex->inside->wire->answer;
    a->status = status;
    a->body = body;
    exchange_header_set(ex, S("Content-Type"), media_type);
    ex->inside->answered = true;
    return NULL;
}

const struct err *exchange_page(struct exchange *ex, int status)
{
    if (buf_full(&ex->out.buf)) {
        return err_fault(ex->ctx.arena, "page over %zu bytes", ex->out.buf.max);
    }
    return exchange_bytes(ex, status, S("text/html; charset=utf-8"), buf_str(&ex->out.buf));
}

/* Only ASCII may stand in a Location; what is escaped already stays. */
static struct str location_of(struct arena *into, struct str path)
{
    return url_path(into, path).safe;
}

static const struct err *go(struct exchange *ex, int status, struct str path)
{
    exchange_header_set(ex, S("Location"), location_of(ex->ctx.arena, path));
    return exchange_bytes(ex, status, S("text/plain; charset=utf-8"), S(""));
}

const struct err *exchange_go(struct exchange *ex, struct str path)
{
    return go(ex, 303, path);
}

const struct err *exchange_moved(struct exchange *ex, struct str path)
{
    return go(ex, 301, path);
}

static bool is_public(const struct exchange *ex)
{
    return ex->inside->route != NULL && ex->inside->route->side == SIDE_PUBLIC;
}

#define CACHE_PUBLIC S("public, max-age=60, must-revalidate")

bool exchange_etag(struct exchange *ex, struct str etag)
{
    struct exchange_inside *in = ex->inside;
    if (!is_public(ex) || ex->method != METHOD_GET) {
        return false; /* the office keeps nothing in caches */
    }
    /* The display modes change the page, so they are part of its tag. */
    struct arena *a = ex->ctx.arena;
    etag = str_format(a, "%.*s%s%s", STR_ARG(etag), ex->display_size.n > 0 ? "-l" : "",
        ex->display_contrast.n > 0 ? "-h" : "");
    in->etag = etag;
    exchange_header_set(ex, S("Cache-Control"), CACHE_PUBLIC);
    struct str seen = exchange_header(ex, S("If-None-Match"));
    if (seen.n == 0 || !etag_among(seen, etag)) {
        return false;
    }
    in->wire->answer.status = 304;
    in->wire->answer.body = S("");
    in->answered = true;
    return true;
}

static bool is_text(struct str media_type)
{
    struct str type = media_type;
    str_next(&media_type, ';', &type);
    return str_starts(type, S("text/")) || str_eq(type, S("application/json")) ||
           str_eq(type, S("application/xml")) || str_ends(type, S("+xml")) ||
           str_ends(type, S("+json")) || str_eq(type, S("application/x-ndjson"));
}

/* False: kept as it is (it did not get smaller, or there is no memory). */
static bool compress_body(struct arena *into, struct str *body)
{
    z_stream z = {0};
    if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    size_t most = body->n - body->n / 16;
    char *p = arena_alloc(into, most);
    union {
        const char *read;
        Bytef *any;
    } source = {.read = body->p};
    z.next_in = source.any;
    z.avail_in = (uInt)body->n;
    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)most;
    int how = deflate(&z, Z_FINISH);
    size_t n = most - z.avail_out;
    deflateEnd(&z);
    if (how != Z_STREAM_END) {
        return false;
    }
    *body = str_make(p, n);
    return true;
}

static struct str media_type_of(const struct answer *a)
{
    for (size_t i = 0; i < a->line_count; i++) {
        if (str_eq(a->lines[i].name, S("Content-Type"))) {
            return a->lines[i].value;
        }
    }
    return STR_NONE;
}

/* A public page that gave no tag of its own is told by its bytes. */
static void tag_by_bytes(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    struct answer *a = &in->wire->answer;
    if (in->etag.n > 0 || a->status != 200 || a->fd >= 0 || a->stream != STREAM_NOT ||
        !is_public(ex) || answer_has_line(a, S("Cache-Control"))) {
        return;
    }
    struct sha256 h = sha256_of(a->body);
    exchange_etag(ex, str_hex(ex->ctx.arena, h.b, ETAG_BYTES));
}

/* Which form of the page does the client of a 304 hold? It is told the tag of that one. */
static bool holds_packed(const struct exchange *ex)
{
    const struct exchange_inside *in = ex->inside;
    struct str tag = str_format(ex->ctx.arena, "\"%.*s-gz\"", STR_ARG(in->etag));
    return in->wire->answer.status == 304 && str_has(exchange_header(ex, S("If-None-Match")), tag);
}

static void finish_body(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    struct answer *a = &in->wire->answer;
    bool text =
        a->fd < 0 && is_text(media_type_of(a)) && !answer_has_line(a, S("Content-Encoding"));
    bool packed = false;
    if (text && in->gzip && a->stream == STREAM_NOT && a->body.n > GZIP_LEAST_BYTES) {
        packed = compress_body(ex->ctx.arena, &a->body);
    }
    if (packed) {
        exchange_header_set(ex, S("Content-Encoding"), S("gzip"));
    }
    if ((text || a->status == 304) && !answer_has_line(a, S("Vary"))) {
        exchange_header_set(
            ex, S("Vary"), is_public(ex) ? S("Accept-Encoding, Cookie") : S("Accept-Encoding"));
    }
    if (in->etag.n > 0) {
        bool gz = packed || holds_packed(ex);
        exchange_header_set(ex, S("ETag"),
            str_format(ex->ctx.arena, "\"%.*s%s\"", STR_ARG(in->etag), gz ? "-gz" : ""));
    }
}

bool answer_is_api(const struct exchange *ex)
{
    const struct route *r = ex->inside->route;
    return str_starts(ex->path, S("/api/")) && (r == NULL || r->side == SIDE_PUBLIC);
}

void answer_finish(struct exchange *ex)
{
    struct answer *a = &ex->inside->wire->answer;
    if (answer_is_api(ex)) {
        /* Scripts of other sites may read it: nobody is signed in there, so nothing can be taken. */
        exchange_header_set(ex, S("Access-Control-Allow-Origin"), S("*"));
        exchange_header_set(ex, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
    }
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
        if (!answer_has_line(a, always[i].name)) {
            add_line(ex->ctx.arena, a, always[i].name, always[i].value);
        }
    }
    if (!answer_has_line(a, S("Content-Security-Policy"))) {
        add_line(ex->ctx.arena, a, S("Content-Security-Policy"), S(CSP_PAGE));
    }
    if (ex->inside->tls) {
        exchange_header_set(
            ex, S("Strict-Transport-Security"), S("max-age=31536000; includeSubDomains"));
    }
    tag_by_bytes(ex);
    if (!answer_has_line(a, S("Cache-Control"))) {
        exchange_header_set(ex, S("Cache-Control"), S("no-store"));
    }
    finish_body(ex);
}

void answer_bare(struct wire *w, int status, int retry_after_s)
{
    struct answer *a = &w->answer;
    *a = (struct answer){.status = status, .fd = -1, .close = true};
    struct str heading = error_heading(status);
    struct str advice = error_advice(status);
    a->body = str_format(w->arena,
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>%.*s</title>\n</head>\n<body>\n<main>\n<h1>%.*s</h1>\n<p>%.*s</p>\n"
        "<p>错误代码 %d。</p>\n</main>\n</body>\n</html>\n",
        STR_ARG(heading), STR_ARG(heading), STR_ARG(advice), status);
    add_line(w->arena, a, S("Content-Type"), S("text/html; charset=utf-8"));
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
        add_line(w->arena, a, always[i].name, always[i].value);
    }
    add_line(w->arena, a, S("Content-Security-Policy"), S(CSP_PAGE));
    add_line(w->arena, a, S("Cache-Control"), S("no-store"));
    if (retry_after_s > 0) {
        add_line(w->arena, a, S("Retry-After"), str_from_int(w->arena, retry_after_s));
    }
}
