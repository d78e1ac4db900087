/*
 * web_head_fuzz.c: a head is read or refused; what is read is clean. First line: the target;
 * others: name, colon, value.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"
#include "web/form.h"
#include "web/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(MIB(64));
    struct str rest = str_make((const char *)data, size);
    struct wire w = {.method = S("GET"), .arena = a};
    w.lines = arena_many(a, 200, struct head_line);
    struct str line;
    if (str_next_line(&rest, &line)) {
        w.target = line;
    }
    while (w.line_count < 150 && str_next_line(&rest, &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        struct head_line *l = &w.lines[w.line_count++];
        l->name = colon < 0 ? line : str_sub(line, 0, (size_t)colon);
        l->value = colon < 0 ? S("") : str_skip(line, (size_t)colon + 1);
    }
    struct http_head head;
    if (head_read(a, &w, LIMIT_HEAD_BYTES, &head) == 0) {
        must(head.path.n > 0 && head.path.p[0] == '/' && utf8_valid(head.path));
        must(!str_has(head.path, S("//")) && !str_has(head.path, S("/../")));
        must(!str_ends(head.path, S("/..")) && !str_has(head.path, S("\\")));
        must(!head.chunked || !head.has_length);
        must(head.host.n > 0);
        struct str again;
        must(path_normalise(a, head.path, &again) && str_eq(again, head.path));
        struct values v;
        if (form_urlencoded(a, head.query_raw, 100, &v) == FORM_WELL) {
            for (size_t i = 0; i < v.n; i++) {
                must(utf8_valid(v.v[i].name) && utf8_valid(v.v[i].text));
            }
        }
    }
    arena_close(a);
    return 0;
}
