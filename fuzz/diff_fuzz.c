/*
 * diff_fuzz.c: both texts can be read back from the rows of the comparison. The two are parted by
 * the byte 1.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "html/diff.h"
#include "target.h"

static struct strs lines_of(struct arena *a, struct str s)
{
    struct {
        struct str *v;
        size_t n, cap;
    } lines = {0};
    struct str line;
    while (str_next_line(&s, &line)) {
        *vec_add(a, &lines) = line;
    }
    return (struct strs){.v = lines.v, .n = lines.n};
}

static struct str joined(struct arena *a, struct spans spans, enum span_kind also)
{
    struct buf out = buf_make(a, MIB(8));
    for (size_t i = 0; i < spans.n; i++) {
        must(spans.v[i].kind == SPAN_SAME || spans.v[i].kind == also);
        must(utf8_valid(spans.v[i].text));
        buf_add(&out, spans.v[i].text);
    }
    return buf_str(&out);
}

static struct str common(struct arena *a, struct spans spans)
{
    struct buf out = buf_make(a, MIB(8));
    for (size_t i = 0; i < spans.n; i++) {
        if (spans.v[i].kind == SPAN_SAME) {
            buf_add(&out, spans.v[i].text);
        }
    }
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = str_make((const char *)data, size);
    if (!utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(256));
    struct str old_text = STR_NONE;
    (void)str_next(&s, '\1', &old_text);
    struct strs before = lines_of(a, old_text);
    struct strs after = lines_of(a, s);
    struct diff_rows rows = diff_blocks(a, before, after);
    size_t i = 0;
    size_t j = 0;
    int changes = 0;
    for (size_t r = 0; r < rows.n; r++) {
        const struct diff_row *row = &rows.v[r];
        must(row->old_no == 0 || (size_t)row->old_no == i + 1);
        must(row->new_no == 0 || (size_t)row->new_no == j + 1);
        must(row->old_no != 0 || row->new_no != 0);
        if (row->old_no != 0) {
            must(str_eq(joined(a, row->old_spans, SPAN_DELETED), before.v[i++]));
        }
        if (row->new_no != 0) {
            must(str_eq(joined(a, row->new_spans, SPAN_INSERTED), after.v[j++]));
        }
        must(row->same ==
             (row->old_no != 0 && row->new_no != 0 && str_eq(before.v[i - 1], after.v[j - 1])));
        must(str_eq(common(a, row->old_spans), common(a, row->new_spans)));
        changes += row->same ? 0 : 1;
    }
    must(i == before.n && j == after.n && changes == rows.changes);
    arena_close(a);
    return 0;
}
