/*
 * index_number_fuzz.c: first line a pattern, second a number. A number read by a valid pattern is written again as the same
 * text, and every valid pattern reads what it writes.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/number.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = str_make((const char *)data, size);
    if (size > KIB(4) || !utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(1));
    struct str rest = s;
    struct str pattern = STR_NONE;
    struct str text = STR_NONE;
    (void)str_next_line(&rest, &pattern);
    (void)str_next_line(&rest, &text);
    if (index_pattern_valid(pattern)) {
        struct index_number n;
        if (index_number_parse(a, pattern, text, &n)) {
            must(str_eq(index_number_format(a, pattern, &n), text));
        }
        const struct index_number own = {S("QZ02114"), S("2500"), 2018, 5};
        const struct str written = index_number_format(a, pattern, &own);
        if (index_number_safe(written)) {
            must(index_number_parse(a, pattern, written, &n));
            must(n.serial == 5 && n.year == 2018 && str_eq(n.agency, own.agency));
        }
    }
    arena_close(a);
    return 0;
}
