/*
 * document_number_fuzz.c: a number that was understood is written in one form, which is understood as the same number; what
 * is found in running text lies inside it.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/number.h"
#include "target.h"

static void check_find(struct arena *a, struct str s)
{
    size_t from = 0;
    size_t at = 0;
    size_t len = 0;
    struct document_number n;
    for (int i = 0; i < 50 && document_number_find(a, s, from, &at, &len, &n); i++) {
        must(at >= from && len > 0 && at + len <= s.n);
        must(utf8_valid(str_sub(s, at, at + len)));
        struct document_number again;
        if (document_number_parse(a, str_sub(s, at, at + len), &again)) {
            must(str_eq(again.code, n.code) && again.year == n.year && again.serial == n.serial);
        } else {
            must(len > 400); /* only a number blown up with blanks is found and not parsed */
        }
        from = at + len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = str_make((const char *)data, size);
    if (size > KIB(64) || !utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(16));
    struct document_number n;
    if (document_number_parse(a, s, &n)) {
        const struct str stored = document_number_format(a, &n);
        struct document_number again;
        must(document_number_parse(a, stored, &again));
        must(str_eq(document_number_format(a, &again), stored));
        must(!document_number_changed(stored, stored));
    }
    check_find(a, s);
    arena_close(a);
    return 0;
}
