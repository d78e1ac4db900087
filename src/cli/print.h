/* print.h: errors on the command line. */
#ifndef GK_CLI_PRINT_H
#define GK_CLI_PRINT_H

#include "base/err.h"

/* To standard error: words, the fault of each option, facts for the operator. */
void cli_print_err(const struct err *e);

#endif
