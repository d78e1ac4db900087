/*
 * blob_answer.c: a file of the blob store, by ranges, without passing through memory.
 */
#include "base/ban.h"
#include "web/header.h"
#include "web/inside.h"

#include <unistd.h>

/* Validators first: an answer that sends nothing opens no file. */
static bool is_fresh(struct exchange *ex, const struct file *f)
{
    struct str seen = exchange_header(ex, S("If-None-Match"));
    if (seen.n == 0 || !etag_among(seen, f->digest)) {
        return false;
    }
    struct answer *a = &ex->inside->wire->answer;
    a->status = 304;
    a->body = S("");
    ex->inside->answered = true;
    return true;
}

/* With If-Range a part is right only if the whole is still the same. */
static bool range_holds(const struct exchange *ex, const struct file *f)
{
    struct str condition = exchange_header(ex, S("If-Range"));
    if (condition.n == 0) {
        return true;
    }
    return condition.n == f->digest.n + 2 && condition.p[0] == '"' &&
           str_eq(str_sub(condition, 1, condition.n - 1), f->digest);
}

static void set_headers(struct exchange *ex, const struct file *f, bool inline_view)
{
    exchange_header_set(ex, S("Content-Disposition"),
        disposition_format(ex->ctx.arena, inline_view ? S("inline") : S("attachment"), f->name));
    exchange_header_set(
        ex, S("Content-Security-Policy"), S("sandbox; default-src 'none'; frame-ancestors 'none'"));
    exchange_header_set(ex, S("Accept-Ranges"), S("bytes"));
    exchange_header_set(ex, S("ETag"), str_format(ex->ctx.arena, "\"%.*s\"", STR_ARG(f->digest)));
    bool open = ex->inside->route->side == SIDE_PUBLIC;
    exchange_header_set(
        ex, S("Cache-Control"), open ? S("public, max-age=60, must-revalidate") : S("no-store"));
}

const struct err *exchange_blob(struct exchange *ex, const struct file *f, bool inline_view)
{
    struct exchange_inside *in = ex->inside;
    struct answer *a = &in->wire->answer;
    set_headers(ex, f, inline_view);
    if (is_fresh(ex, f)) {
        return NULL;
    }
    int fd = -1;
    uint64_t size = 0;
    TRY(blob_open(ex->ctx.arena, &ex->ctx.site->blobs, f->digest, &fd, &size));
    uint64_t first = 0;
    uint64_t length = size;
    struct str range = exchange_header(ex, S("Range"));
    enum range_kind kind = RANGE_ALL;
    if (range.n > 0 && !ex->head && range_holds(ex, f)) {
        kind = range_read(range, size, &first, &length);
    }
    if (kind == RANGE_OUTSIDE) {
        close(fd);
        exchange_header_set(ex, S("Content-Range"),
            str_format(ex->ctx.arena, "bytes */%llu", (unsigned long long)size));
        return exchange_bytes(ex, 416, S("text/plain; charset=utf-8"), S(""));
    }
    if (kind == RANGE_PART) {
        exchange_header_set(ex, S("Content-Range"),
            str_format(ex->ctx.arena, "bytes %llu-%llu/%llu", (unsigned long long)first,
                (unsigned long long)(first + length - 1), (unsigned long long)size));
    }
    exchange_bytes(ex, kind == RANGE_PART ? 206 : 200, f->media_type, S(""));
    a->fd = fd;
    a->offset = first;
    a->length = length;
    return NULL;
}
