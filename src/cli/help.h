/* help.h: what commands there are, and what each does. */
#ifndef GK_CLI_HELP_H
#define GK_CLI_HELP_H

#include "cli/command.h"

struct command_list {
    const struct command *v;
    size_t n;
};

/* The program's own commands, then those of the capabilities. */
const struct command *command_find(struct command_list own, struct str name);
void help_all(struct command_list own);
void help_command(const struct command *command);

#endif
