/*
 * diff.c: Myers' greedy comparison, twice: over paragraphs, then over the characters of paragraphs
 * that belong together.
 *
 * Both runs are bounded by the number of edits they follow and by the work of the whole call.
 * Beyond it the piece in hand is shown as wholly deleted and inserted, which is true, only less
 * helpful.
 */
#include "html/diff.h"

#include "base/ban.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    PARAGRAPH_EDITS_MAX = 1000,
    CHARACTER_EDITS_MAX = 300,
    PAIRING_MAX = 40,  /* paragraphs of one changed region matched by likeness; beyond: by order */
    LIKENESS_MIN = 35, /* percent of shared pairs of characters: below, two paragraphs have nothing
                          in common */
    BIGRAM_KINDS = 256,
    ISLAND_MAX = 1, /* characters the same between two changes that are not worth an island */
};
#define WORK_MAX ((size_t)40 * 1000 * 1000) /* steps of one call: some tenths of a second */
#define SCRATCH_MAX MIB(256)

/* A row of things; equal ids are equal things. */
struct ids {
    const uint32_t *v;
    size_t n;
};

/* What became of each: by index in the old and in the new row. */
struct fate {
    bool *gone;
    bool *come;
};

struct comparison {
    struct arena *into;
    struct arena *scratch; /* emptied after each paragraph */
    size_t work;
    struct {
        struct diff_row *v;
        size_t n, cap;
    } rows;
    int changes;
};

/* ---- Myers ---- */

struct greedy {
    struct ids before, after;
    int32_t **trace; /* trace[d][k + d]: furthest x on diagonal k with d edits */
};

/* Did the furthest path on diagonal k of round d come from above (an insertion) or from the left (a
 * deletion)? */
static bool comes_from_above(int32_t *const *trace, int32_t d, int32_t k)
{
    const int32_t *last = trace[d - 1]; /* holds diagonals -(d-1) .. d-1 */
    return k == -d || (k != d && last[k - 1 + d - 1] < last[k + 1 + d - 1]);
}

static int32_t start_of(int32_t *const *trace, int32_t d, int32_t k)
{
    if (d == 0) {
        return 0;
    }
    const int32_t *last = trace[d - 1];
    return comes_from_above(trace, d, k) ? last[k + 1 + d - 1] : last[k - 1 + d - 1] + 1;
}

/* The least number of edits; -1 when it is beyond the limits. */
static int32_t count_edits(struct comparison *c, struct greedy *g, int32_t edits_max)
{
    int32_t n = (int32_t)g->before.n;
    int32_t m = (int32_t)g->after.n;
    g->trace = arena_many(c->scratch, (size_t)edits_max + 1, int32_t *);
    for (int32_t d = 0; d <= edits_max && c->work < WORK_MAX; d++) {
        g->trace[d] = arena_many(c->scratch, (size_t)d * 2 + 1, int32_t);
        for (int32_t k = -d; k <= d; k += 2) {
            int32_t x = start_of(g->trace, d, k);
            int32_t from = x;
            while (x < n && x - k < m && x - k >= 0 && g->before.v[x] == g->after.v[x - k]) {
                x++;
            }
            g->trace[d][k + d] = x;
            c->work += (size_t)(x - from) + 1;
            if (x >= n && x - k >= m) {
                return d;
            }
        }
    }
    return -1;
}

static void walk_back(const struct greedy *g, int32_t edits, const struct fate *fate)
{
    int32_t x = (int32_t)g->before.n;
    int32_t y = (int32_t)g->after.n;
    for (int32_t d = edits; d > 0; d--) {
        int32_t k = x - y;
        bool above = comes_from_above(g->trace, d, k);
        int32_t last_k = above ? k + 1 : k - 1;
        x = g->trace[d - 1][last_k + d - 1];
        y = x - last_k;
        must(x >= 0 && y >= 0);
        if (above) {
            must((size_t)y < g->after.n);
            fate->come[y] = true;
        } else {
            must((size_t)x < g->before.n);
            fate->gone[x] = true;
        }
    }
}

/* False when the limits do not allow to tell; then everything is gone and everything has come. */
static bool compare(
    struct comparison *c, struct ids before, struct ids after, int32_t edits_max, struct fate *fate)
{
    must(before.n < INT32_MAX / 4 && after.n < INT32_MAX / 4);
    fate->gone = arena_many(c->scratch, before.n, bool);
    fate->come = arena_many(c->scratch, after.n, bool);
    struct greedy g = {.before = before, .after = after};
    int32_t edits = count_edits(c, &g, edits_max);
    if (edits >= 0) {
        walk_back(&g, edits, fate);
        return true;
    }
    for (size_t i = 0; i < before.n; i++) {
        fate->gone[i] = true;
    }
    for (size_t i = 0; i < after.n; i++) {
        fate->come[i] = true;
    }
    return false;
}

/* ---- characters of two paragraphs ---- */

struct characters {
    uint32_t *v; /* code points */
    size_t *at;  /* their byte offsets, and the length at the end */
    size_t n;
};

static struct characters characters_of(struct arena *scratch, struct str s)
{
    size_t n = utf8_count(s);
    struct characters c = {
        .v = arena_many(scratch, n, uint32_t), .at = arena_many(scratch, n + 1, size_t), .n = n};
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        c.at[i] = at;
        c.v[i] = utf8_next(s, &at);
    }
    c.at[n] = at;
    return c;
}

/* A single character that happens to be the same between two changes is noise to a reader. */
static void sink_islands(struct fate *fate, size_t old_n, size_t new_n)
{
    size_t i = 0;
    size_t j = 0;
    bool after_change = false;
    while (i < old_n && j < new_n) {
        if (fate->gone[i] || fate->come[j]) {
            i += fate->gone[i] ? 1 : 0;
            j += j < new_n && fate->come[j] ? 1 : 0;
            after_change = true;
            continue;
        }
        size_t run = 0;
        while (i + run < old_n && j + run < new_n && !fate->gone[i + run] && !fate->come[j + run]) {
            run++;
        }
        bool before_change = i + run < old_n && j + run < new_n;
        if (after_change && before_change && run <= ISLAND_MAX) {
            for (size_t k = 0; k < run; k++) {
                fate->gone[i + k] = true;
                fate->come[j + k] = true;
            }
        }
        i += run;
        j += run;
        after_change = false;
    }
}

static struct spans spans_of(struct arena *into, struct str s, const struct characters *c,
    const bool *changed, enum span_kind kind)
{
    struct {
        struct span *v;
        size_t n, cap;
    } spans = {0};
    size_t from = 0;
    for (size_t i = 1; i <= c->n; i++) {
        if (i == c->n || changed[i] != changed[from]) {
            *vec_add(into, &spans) = (struct span){
                .kind = changed[from] ? kind : SPAN_SAME,
                .text = str_sub(s, c->at[from], c->at[i]),
            };
            from = i;
        }
    }
    return (struct spans){.v = spans.v, .n = spans.n};
}

static struct spans one_span(struct arena *into, struct str s, enum span_kind kind)
{
    struct span *span = arena_new(into, struct span);
    *span = (struct span){.kind = kind, .text = s};
    return (struct spans){.v = span, .n = 1};
}

static struct diff_row *add_row(struct comparison *c, bool same)
{
    struct diff_row *row = vec_add(c->into, &c->rows);
    row->same = same;
    c->changes += same ? 0 : 1;
    return row;
}

static void add_changed(
    struct comparison *c, struct strs before, struct strs after, size_t i, size_t j)
{
    struct diff_row *row = add_row(c, false);
    row->old_no = (int)i + 1;
    row->new_no = (int)j + 1;
    struct arena *outer = c->scratch;
    c->scratch = arena_open(SCRATCH_MAX);
    struct characters a = characters_of(c->scratch, before.v[i]);
    struct characters b = characters_of(c->scratch, after.v[j]);
    struct fate fate;
    (void)compare(c, (struct ids){a.v, a.n}, (struct ids){b.v, b.n}, CHARACTER_EDITS_MAX, &fate);
    sink_islands(&fate, a.n, b.n);
    row->old_spans = spans_of(c->into, before.v[i], &a, fate.gone, SPAN_DELETED);
    row->new_spans = spans_of(c->into, after.v[j], &b, fate.come, SPAN_INSERTED);
    arena_close(c->scratch);
    c->scratch = outer;
}

static void add_deleted(struct comparison *c, struct strs before, size_t i)
{
    struct diff_row *row = add_row(c, false);
    row->old_no = (int)i + 1;
    row->old_spans = one_span(c->into, before.v[i], SPAN_DELETED);
}

static void add_inserted(struct comparison *c, struct strs after, size_t j)
{
    struct diff_row *row = add_row(c, false);
    row->new_no = (int)j + 1;
    row->new_spans = one_span(c->into, after.v[j], SPAN_INSERTED);
}

/* ---- which paragraphs of a changed region belong together ---- */

struct bigrams {
    uint32_t count[BIGRAM_KINDS];
    uint32_t total;
};

static struct bigrams bigrams_of(struct str s)
{
    struct bigrams b = {.total = 0};
    size_t at = 0;
    uint32_t last = 0;
    for (uint32_t c = utf8_next(s, &at); c != UINT32_MAX; c = utf8_next(s, &at)) {
        b.count[(last * 31 + c) % BIGRAM_KINDS]++;
        b.total++;
        last = c;
    }
    return b;
}

/* 0 to 100. */
static int likeness(const struct bigrams *a, const struct bigrams *b)
{
    uint64_t shared = 0;
    for (int i = 0; i < BIGRAM_KINDS; i++) {
        shared += a->count[i] < b->count[i] ? a->count[i] : b->count[i];
    }
    uint64_t total = (uint64_t)a->total + b->total;
    return total == 0 ? 100 : (int)(shared * 200 / total);
}

struct region {
    size_t old_from, old_to, new_from, new_to;
};

/* best[i][j]: the greatest sum of likeness when paragraphs from i and from j on are paired in
 * order. */
struct pairing {
    int like[PAIRING_MAX][PAIRING_MAX];
    int best[PAIRING_MAX + 1][PAIRING_MAX + 1];
};

static void fill_pairing(struct comparison *c, struct strs before, struct strs after,
    const struct region *r, struct pairing *p)
{
    size_t n = r->old_to - r->old_from;
    size_t m = r->new_to - r->new_from;
    struct bigrams *a = arena_many(c->scratch, n, struct bigrams);
    struct bigrams *b = arena_many(c->scratch, m, struct bigrams);
    for (size_t i = 0; i < n; i++) {
        a[i] = bigrams_of(before.v[r->old_from + i]);
    }
    for (size_t j = 0; j < m; j++) {
        b[j] = bigrams_of(after.v[r->new_from + j]);
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = m; j-- > 0;) {
            p->like[i][j] = likeness(&a[i], &b[j]);
            int skip =
                p->best[i + 1][j] > p->best[i][j + 1] ? p->best[i + 1][j] : p->best[i][j + 1];
            int pair = p->like[i][j] + p->best[i + 1][j + 1];
            p->best[i][j] = p->like[i][j] >= LIKENESS_MIN && pair > skip ? pair : skip;
        }
    }
}

static void add_region_by_likeness(
    struct comparison *c, struct strs before, struct strs after, const struct region *r)
{
    struct pairing *p = arena_new(c->scratch, struct pairing);
    fill_pairing(c, before, after, r, p);
    size_t n = r->old_to - r->old_from;
    size_t m = r->new_to - r->new_from;
    size_t i = 0;
    size_t j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && p->like[i][j] >= LIKENESS_MIN &&
            p->best[i][j] == p->like[i][j] + p->best[i + 1][j + 1]) {
            add_changed(c, before, after, r->old_from + i++, r->new_from + j++);
        } else if (i < n && (j >= m || p->best[i][j] == p->best[i + 1][j])) {
            add_deleted(c, before, r->old_from + i++);
        } else {
            add_inserted(c, after, r->new_from + j++);
        }
    }
}

static void add_region(
    struct comparison *c, struct strs before, struct strs after, const struct region *r)
{
    size_t n = r->old_to - r->old_from;
    size_t m = r->new_to - r->new_from;
    if (n > 0 && m > 0 && n <= PAIRING_MAX && m <= PAIRING_MAX) {
        add_region_by_likeness(c, before, after, r);
        return;
    }
    size_t pairs = n < m ? n : m;
    for (size_t i = 0; i < pairs; i++) {
        add_changed(c, before, after, r->old_from + i, r->new_from + i);
    }
    for (size_t i = pairs; i < n; i++) {
        add_deleted(c, before, r->old_from + i);
    }
    for (size_t j = pairs; j < m; j++) {
        add_inserted(c, after, r->new_from + j);
    }
}

/* ---- paragraphs ---- */

struct names {
    struct str *text; /* open addressing; p == NULL: free */
    uint32_t *id;
    size_t size; /* a power of two */
    uint32_t next_id;
};

static uint64_t hash_of(struct str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    }
    return h;
}

static uint32_t id_of(struct names *names, struct str s)
{
    size_t at = hash_of(s) & (names->size - 1);
    while (names->id[at] != 0 && !str_eq(names->text[at], s)) {
        at = (at + 1) & (names->size - 1);
    }
    if (names->id[at] == 0) {
        names->text[at] = s;
        names->id[at] = ++names->next_id;
    }
    return names->id[at];
}

static struct ids ids_of(struct arena *scratch, struct names *names, struct strs blocks)
{
    uint32_t *v = arena_many(scratch, blocks.n, uint32_t);
    for (size_t i = 0; i < blocks.n; i++) {
        v[i] = id_of(names, blocks.v[i]);
    }
    return (struct ids){v, blocks.n};
}

static void add_same(
    struct comparison *c, struct strs before, struct strs after, size_t i, size_t j)
{
    struct diff_row *row = add_row(c, true);
    row->old_no = (int)i + 1;
    row->new_no = (int)j + 1;
    row->old_spans = one_span(c->into, before.v[i], SPAN_SAME);
    row->new_spans = one_span(c->into, after.v[j], SPAN_SAME);
}

struct diff_rows diff_blocks(struct arena *into, struct strs old_blocks, struct strs new_blocks)
{
    struct comparison c = {.into = into, .scratch = arena_open(SCRATCH_MAX)};
    size_t size = 16;
    while (size < (old_blocks.n + new_blocks.n) * 2) {
        size *= 2;
    }
    struct names names = {.text = arena_many(c.scratch, size, struct str),
        .id = arena_many(c.scratch, size, uint32_t),
        .size = size};
    struct ids before = ids_of(c.scratch, &names, old_blocks);
    struct ids after = ids_of(c.scratch, &names, new_blocks);
    struct fate fate;
    (void)compare(&c, before, after, PARAGRAPH_EDITS_MAX, &fate);
    size_t i = 0;
    size_t j = 0;
    while (i < before.n || j < after.n) {
        struct region r = {.old_from = i, .new_from = j};
        while (i < before.n && fate.gone[i]) {
            i++;
        }
        while (j < after.n && fate.come[j]) {
            j++;
        }
        r.old_to = i;
        r.new_to = j;
        add_region(&c, old_blocks, new_blocks, &r);
        if (i < before.n && j < after.n) {
            add_same(&c, old_blocks, new_blocks, i++, j++);
        }
    }
    arena_close(c.scratch);
    return (struct diff_rows){.v = c.rows.v, .n = c.rows.n, .changes = c.changes};
}
