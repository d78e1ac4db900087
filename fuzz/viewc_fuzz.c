/*
 * viewc_fuzz.c: the template compiler ends on any page, with C or with the place and words of a
 * mistake.
 */
#include "base/limits.h"
#include "target.h"
#include "viewc.h"

#include <string.h>

/* No way out of the literals: every quote in the C opens or closes one on its own line. */
static bool quotes_are_paired(struct text c)
{
    bool open = false;
    for (size_t i = 0; i < c.n; i++) {
        if (c.p[i] == '\\' && open) {
            i++;
        } else if (c.p[i] == '"') {
            open = !open;
        } else if (c.p[i] == '\n' && open) {
            return false;
        }
    }
    return !open;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pool pool = {0};
    struct source source = {.name = "page.html", .text = {(const char *)data, size}};
    struct text header, code;
    char failure[VIEWC_FAILURE_BYTES];
    if (viewc_compile(&pool, &source, 1, "page.h", &header, &code, failure)) {
        must(failure[0] == '\0');
        must(header.n > 0 && code.n > 0);
        must(quotes_are_paired(code) && quotes_are_paired(header));
    } else {
        must(strncmp(failure, "page.html:", 10) == 0 && strlen(failure) > 14);
    }
    pool_close(&pool);
    return 0;
}
