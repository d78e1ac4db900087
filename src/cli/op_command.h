/*
 * op_command.h: every operation of the registry as a command.
 *
 *     gongkai op document.publish --id 123 --version 4
 *     gongkai document publish --id 123 --version 4
 */
#ifndef GK_CLI_OP_COMMAND_H
#define GK_CLI_OP_COMMAND_H

#include "cli/command.h"

/* "document" "publish" → the row; NULL when there is none. */
const struct op *op_of_words(struct arena *into, struct str noun, struct str verb);
/* Runs it with the options of the command line; an option that is no field of the operation is a
 * fault. Prints the answer. */
const struct err *op_command(struct cli *cli, const struct op *op);
/* Fields, with example. */
void op_help(const struct op *op);
/* All operations, a line each; with a noun only those of it. False: there are none. */
bool op_list(struct str noun);

#endif
