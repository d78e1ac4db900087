/*
 * web_header_fuzz.c: single header fields: cookies, ranges, tags, parameters, names of files.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"
#include "web/filename.h"
#include "web/header.h"

static void check_range(struct str s)
{
    static const uint64_t sizes[] = {0, 1, 10, UINT64_C(1) << 40};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        uint64_t first, length;
        enum range_kind kind = range_read(s, sizes[i], &first, &length);
        must(first <= sizes[i] && length <= sizes[i] - first);
        must(kind != RANGE_PART || length > 0);
        must(kind != RANGE_ALL || (first == 0 && length == sizes[i]));
    }
}

static void check_name(struct arena *a, struct str s)
{
    struct str name = file_name_clean(a, s);
    must(name.n > 0 && name.n <= LIMIT_FILE_NAME_BYTES && utf8_valid(name));
    must(name.p[0] != '.' && str_find_byte(name, '/', 0) < 0 && str_find_byte(name, '\\', 0) < 0);
    must(str_eq(file_name_clean(a, name), name));
    struct str d = disposition_format(a, S("attachment"), name);
    for (size_t i = 0; i < d.n; i++) {
        must(d.p[i] >= 0x20 && (unsigned char)d.p[i] < 0x7f);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(MIB(64));
    struct str s = str_make((const char *)data, size);
    cookie_find(s, S("gk"));
    parameter_find(a, s, S("name"));
    etag_among(s, S("abc"));
    accepts_json(s);
    must(!accepts_gzip(s) || str_has(str_lower(a, s), S("gzip")) || str_has(s, S("*")));
    check_range(s);
    if (utf8_valid(s) && size < 4096) {
        check_name(a, s);
    }
    arena_close(a);
    return 0;
}
