/*
 * text_fuzz.c: what passes the door stays valid, and cleaning what is clean changes nothing.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = str_make((const char *)data, size);
    if (!utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(64));
    struct str line = text_line(a, s);
    must(utf8_valid(line) && str_eq(text_line(a, line), line));
    must(str_find_byte(line, '\n', 0) < 0 && str_find_byte(line, '\t', 0) < 0);
    must(!str_has(line, S("  ")));

    struct str lines = text_lines(a, s);
    must(utf8_valid(lines) && str_eq(text_lines(a, lines), lines));
    must(str_find_byte(lines, '\r', 0) < 0 && !str_has(lines, S(" \n")));

    struct str narrow = text_narrow(a, s);
    must(utf8_count(narrow) == utf8_count(s) && str_eq(text_narrow(a, narrow), narrow));

    for (size_t max = 0; max < 8; max++) {
        struct str brief = text_shorten(a, s, max);
        must(utf8_valid(brief) && utf8_count(brief) <= max);
    }
    arena_close(a);
    return 0;
}
