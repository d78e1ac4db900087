/* print.c: output for people, and errors as Chinese sentences. */
#include "cli/print.h"

#include "cli/command.h"

#include <stdarg.h>

#include "base/ban.h"

void cli_print(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}

void cli_print_err(const struct err *e)
{
    if (e->words.n > 0) {
        fprintf(stderr, "%.*s\n", STR_ARG(e->words));
    }
    for (size_t i = 0; i < e->faults.n; i++) {
        const struct fault *f = &e->faults.v[i];
        if (f->field.n > 0) {
            fprintf(stderr, "  --%.*s：%.*s\n", STR_ARG(f->field), STR_ARG(f->words));
        } else {
            fprintf(stderr, "  %.*s\n", STR_ARG(f->words));
        }
    }
    if (e->facts.n > 0) {
        fprintf(stderr, "  （%.*s）\n", STR_ARG(e->facts));
    }
}
