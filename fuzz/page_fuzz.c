/*
 * page_fuzz.c: any text is read within the memory of one piece of work; nothing is invented: every block, title and name
 * stands in the text.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "intake/page.h"
#include "rules/number.h"
#include "target.h"

static void check_blocks(struct arena *a, struct str text, struct blocks b)
{
    for (size_t i = 0; i < b.n; i++) {
        must(b.v[i].text.n > 0 && str_has(text, b.v[i].text));
    }
    must(utf8_valid(blocks_to_html(a, b)));
}

static void check_names(struct str text, struct strs names)
{
    for (size_t i = 0; i < names.n; i++) {
        must(names.v[i].n > 0 && utf8_valid(names.v[i]));
        must(names.n > 100 || text.n > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str s = str_make((const char *)data, size);
    if (size > KIB(64) || !utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(32));
    struct imported_page p;
    const struct err *e = page_import(a, s, &p);
    must(e == NULL || e->words.n > 0);
    if (e == NULL) {
        check_blocks(a, s, p.body);
        for (size_t i = 0; i < p.part_count; i++) {
            must(p.parts[i].title.n > 0 || p.parts[i].body.n > 0);
            check_blocks(a, s, p.parts[i].body);
        }
        check_names(s, p.addressees);
        check_names(s, p.cc);
        must(p.index_number.n == 0 || index_number_safe(p.index_number));
        struct document_number n;
        must(p.document_number.n == 0 || document_number_parse(a, p.document_number, &n));
        must(p.posted_minute == -1 || (p.posted_minute >= 0 && p.posted_minute < 24 * 60 && date_is(p.posted_on)));
        must(utf8_valid(p.title) && utf8_valid(p.sign_office) && utf8_valid(p.print_office));
        for (size_t i = 0; i < p.notes.n; i++) {
            must(utf8_valid(p.notes.v[i]));
        }
    }
    arena_close(a);
    return 0;
}
