/*
 * sanitise_fuzz.c: the promises of sanitise.h hold for any text; the first byte sets a small cap
 * for a second try.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "html/build.h"
#include "strict.h"
#include "target.h"

#include <stdio.h>

static void must_be_strict(struct str output)
{
    size_t at = 0;
    const char *fault = strict_fault(output, &at);
    if (fault != NULL) {
        (void)fprintf(stderr, "%s at %zu of: %.*s\n", fault, at, STR_ARG(output));
    }
    must(fault == NULL);
}

/* Rounds with little room: whatever is cut, the rest is whole; and it stays as it is after one more
 * round, which may drop white space that the cut has left alone at the end. */
static void try_cap(struct arena *a, struct str source, size_t max)
{
    struct sanitise_report report = {.steps = 0};
    struct buf first = buf_make(a, max);
    struct buf second = buf_make(a, max);
    build(&first, source, a, &report);
    must_be_strict(buf_str(&first));
    build(&second, buf_str(&first), a, &report);
    must_be_strict(buf_str(&second));
    build(&first, buf_str(&second), a, &report);
    must(str_eq(buf_str(&first), buf_str(&second)));
}

static void try_text(struct arena *a, struct html h, struct str source)
{
    struct str text = html_to_text(a, h);
    must(utf8_valid(text) && text.n <= h.safe.n);
    struct html plain = html_from_text(a, source);
    must_be_strict(plain.safe);
    must(str_eq(sanitise(a, plain.safe, NULL).safe, plain.safe));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = str_make((const char *)data, size);
    if (size == 0 || !utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(256));
    struct sanitise_report report;
    struct html h = sanitise(a, s, &report);
    must(h.safe.n <= size * 4 + KIB(64));
    must(!report.rounds_exceeded && !report.cut_short);
    must(report.steps <= (size + h.safe.n + 1) * 128);
    must_be_strict(h.safe);
    must(str_eq(sanitise(a, h.safe, NULL).safe, h.safe));
    try_cap(a, s, (size_t)data[0] * 4);
    try_text(a, h, s);
    arena_close(a);
    return 0;
}
