#include "html/sanitise.h"

#include "base/ban.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "html/build.h"

enum { ROUNDS_MAX = 4 };

static size_t output_max(size_t source_bytes)
{
    must(source_bytes < SIZE_MAX / 64);
    return source_bytes * 4 + KIB(64);
}

/* What was dropped is told of the first round: later ones read our own output. */
static struct html settle(struct arena *into, struct str source, struct sanitise_report *report)
{
    size_t max = output_max(source.n);
    struct arena *scratch =
        arena_open(max * 16 + MIB(1)); /* two outputs and two texts, doubled as they grow */
    struct buf a = buf_make(scratch, max);
    struct buf b = buf_make(scratch, max);
    struct buf *newer = &a;
    struct buf *older = &b;
    struct sanitise_report again = {.steps = 0};
    build(newer, source, scratch, report);
    bool settled = false;
    for (int round = 1; round < ROUNDS_MAX && !settled; round++) {
        struct buf *spare = older;
        older = newer;
        newer = spare;
        build(newer, buf_str(older), scratch, &again);
        settled = str_eq(buf_str(newer), buf_str(older));
    }
    report->steps += again.steps;
    report->rounds_exceeded = !settled;
    struct html result = {.safe = str_dup(into, buf_str(newer))};
    arena_close(scratch);
    return settled ? result : html_from_text(into, html_to_text(into, result));
}

struct html sanitise(struct arena *into, struct str source, struct sanitise_report *report)
{
    must(utf8_valid(source));
    struct sanitise_report unasked;
    report = report != NULL ? report : &unasked;
    *report = (struct sanitise_report){.steps = 0};
    return settle(into, source, report);
}
