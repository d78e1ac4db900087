/*
 * web_multipart_fuzz.c: the same bytes in any cut give the same parts. The first byte chooses the
 * cut.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "target.h"
#include "web/multipart.h"

static void on_begin(void *arg, const struct part_head *head)
{
    buf_add(arg, S("["));
    buf_add(arg, head->name);
    buf_add(arg, head->is_file ? S("@") : S("|"));
    buf_add(arg, head->file_name);
}

static void on_bytes(void *arg, const char *p, size_t n)
{
    buf_add_bytes(arg, p, n);
}

static void on_end(void *arg)
{
    buf_add(arg, S("]"));
}

static struct str parts_of(struct arena *a, struct str body, size_t piece, bool *well)
{
    struct buf *seen = arena_new(a, struct buf);
    *seen = buf_make(a, body.n * 2 + 64);
    struct multipart_sink sink = {seen, on_begin, on_bytes, on_end};
    struct multipart *m = multipart_make(a, S("B"), sink);
    *well = true;
    for (size_t at = 0; at < body.n && *well; at += piece) {
        size_t n = body.n - at < piece ? body.n - at : piece;
        *well = multipart_add(m, body.p + at, n);
    }
    *well = *well && multipart_whole(m);
    return buf_str(seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) {
        return 0;
    }
    struct arena *a = arena_open(MIB(64));
    struct str body = str_make((const char *)data + 1, size - 1);
    bool whole, cut;
    struct str at_once = parts_of(a, body, body.n, &whole);
    struct str pieces = parts_of(a, body, (size_t)data[0] % 17 + 1, &cut);
    must(whole == cut && (!whole || str_eq(at_once, pieces)));
    multipart_boundary(a, body);
    arena_close(a);
    return 0;
}
