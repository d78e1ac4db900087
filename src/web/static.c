/*
 * static.c: hashed names, compressed forms, and serving them.
 */
#include "web/static.h"

#include "base/ban.h"
#include "base/hash.h"
#include "web/embedded.h"
#include "web/exchange.h"

#include <zlib.h>

enum { STATIC_FILES_MAX = 64, DIGEST_CHARS = 8 };

/* Written once before the threads, read-only afterwards. */
static struct static_file files[STATIC_FILES_MAX];
static size_t file_count;

static struct str media_type_of(struct str name)
{
    static const struct {
        struct str ending, media_type;
    } types[] = {
        {S_INIT(".css"), S_INIT("text/css; charset=utf-8")},
        {S_INIT(".js"), S_INIT("text/javascript; charset=utf-8")},
        {S_INIT(".svg"), S_INIT("image/svg+xml")},
        {S_INIT(".png"), S_INIT("image/png")},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (str_ends(name, types[i].ending)) {
            return types[i].media_type;
        }
    }
    return S("application/octet-stream");
}

/* gk.css with its digest: gk.1a2b3c4d.css */
static struct str hashed_name(struct arena *boot, const struct static_file *f)
{
    size_t dot = f->name.n;
    while (dot > 0 && f->name.p[dot - 1] != '.') {
        dot--;
    }
    must(dot > 1);
    return str_format(boot, "%.*s%.*s.%.*s", STR_ARG(str_sub(f->name, 0, dot)),
        STR_ARG(str_sub(f->etag, 0, DIGEST_CHARS)), STR_ARG(str_skip(f->name, dot)));
}

static struct str gzip_of(struct arena *boot, struct str bytes)
{
    z_stream z = {0};
    must(deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    uLong most = deflateBound(&z, (uLong)bytes.n);
    uint8_t *room = arena_alloc(boot, most);
    uint8_t *source = arena_alloc(boot, bytes.n); /* zlib's field is not const */
    memcpy(source, bytes.p, bytes.n);
    z.next_in = source;
    z.avail_in = (uInt)bytes.n;
    z.next_out = room;
    z.avail_out = (uInt)most;
    must(deflate(&z, Z_FINISH) == Z_STREAM_END);
    size_t n = z.total_out;
    must(deflateEnd(&z) == Z_OK);
    return n < bytes.n ? str_make((const char *)room, n) : STR_NONE;
}

/* Does a script import one that has no hashed name yet? */
static bool waits_for_another(const struct static_file *f)
{
    if (!str_ends(f->name, S(".js"))) {
        return false;
    }
    for (size_t i = 0; i < file_count; i++) {
        char quoted[160];
        int n = snprintf(quoted, sizeof(quoted), "\"./%.*s\"", STR_ARG(files[i].name));
        must(n > 0 && (size_t)n < sizeof(quoted));
        if (files[i].path.n == 0 && &files[i] != f &&
            str_has(f->bytes, str_make(quoted, (size_t)n))) {
            return true;
        }
    }
    return false;
}

static void write_imports(struct arena *boot, struct static_file *f)
{
    if (!str_ends(f->name, S(".js"))) {
        return;
    }
    for (size_t i = 0; i < file_count; i++) {
        if (files[i].path.n > 0) {
            struct str quoted = str_format(boot, "\"./%.*s\"", STR_ARG(files[i].name));
            struct str hashed = str_format(
                boot, "\"./%.*s\"", STR_ARG(str_skip(files[i].path, sizeof("/static/") - 1)));
            f->bytes = str_replace(boot, f->bytes, quoted, hashed);
        }
    }
}

static void finish(struct arena *boot, struct static_file *f)
{
    write_imports(boot, f);
    f->etag = str_sub(sha256_hex(boot, sha256_of(f->bytes)), 0, 32);
    f->path = str_cat(boot, S("/static/"), hashed_name(boot, f));
    f->gzip = gzip_of(boot, f->bytes);
}

void static_start(struct arena *boot)
{
    if (file_count > 0) {
        return;
    }
    must(embedded_file_count <= STATIC_FILES_MAX);
    for (size_t i = 0; i < embedded_file_count; i++) {
        files[i].name = str_from(embedded_files[i].name);
        files[i].media_type = media_type_of(files[i].name);
        files[i].bytes =
            str_make((const char *)embedded_files[i].bytes, embedded_files[i].size_bytes);
    }
    file_count = embedded_file_count;
    for (size_t done = 0; done < file_count;) {
        size_t before = done;
        for (size_t i = 0; i < file_count; i++) {
            if (files[i].path.n == 0 && !waits_for_another(&files[i])) {
                finish(boot, &files[i]);
                done++;
            }
        }
        must(done > before); /* scripts that import each other in a ring */
    }
}

const struct static_file *static_find(struct str path)
{
    for (size_t i = 0; i < file_count; i++) {
        if (str_eq(files[i].path, path)) {
            return &files[i];
        }
    }
    return NULL;
}

struct url static_url_built(struct str name)
{
    for (size_t i = 0; i < file_count; i++) {
        if (str_eq(files[i].name, name)) {
            return (struct url){files[i].path};
        }
    }
    return (struct url){STR_NONE};
}

struct url static_url(struct str name)
{
    struct url found = static_url_built(name);
    if (found.safe.n > 0) {
        return found;
    }
    must_failed("static_url: no such file in assets", __FILE__, __LINE__);
}

const struct err *static_serve(struct exchange *ex)
{
    const struct static_file *f = static_find(ex->path);
    if (f == NULL) {
        return err_make(ex->ctx.arena, ERR_UNKNOWN, S("没有这个文件。请回到首页再试。"));
    }
    bool small = f->gzip.n > 0 && str_has(exchange_header(ex, S("accept-encoding")), S("gzip"));
    if (exchange_etag(ex, small ? str_cat(ex->ctx.arena, f->etag, S("-gz")) : f->etag)) {
        return NULL;
    }
    exchange_header_set(ex, S("cache-control"), S("public, max-age=31536000, immutable"));
    exchange_header_set(ex, S("vary"), S("accept-encoding"));
    if (small) {
        exchange_header_set(ex, S("content-encoding"), S("gzip"));
    }
    return exchange_bytes(ex, 200, f->media_type, small ? f->gzip : f->bytes);
}
