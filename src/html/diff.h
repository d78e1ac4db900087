/*
 * diff.h: what changed between two texts, paragraph by paragraph, characters within a paragraph
 * (Myers).
 *
 * Bounded: above the work limit a changed paragraph is shown as wholly deleted and inserted. Pure.
 */
#ifndef GK_HTML_DIFF_H
#define GK_HTML_DIFF_H

#include "base/str.h"

enum span_kind { SPAN_SAME, SPAN_DELETED, SPAN_INSERTED };

struct span {
    enum span_kind kind;
    struct str text;
};

struct spans {
    const struct span *v;
    size_t n;
};

/* One line of the side-by-side table. A paragraph that exists on one side only has number 0 on the
 * other. */
struct diff_row {
    int old_no, new_no;
    bool same;
    struct spans old_spans; /* SAME and DELETED */
    struct spans new_spans; /* SAME and INSERTED */
};

struct diff_rows {
    const struct diff_row *v;
    size_t n;
    int changes; /* rows that are not the same */
};

struct diff_rows diff_blocks(struct arena *into, struct strs old_blocks, struct strs new_blocks);

#endif
