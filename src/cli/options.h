/*
 * options.h: the words of a command line.
 *
 *     --name value   --name=value   --flag   -- (all that follows are words)
 *
 * An option is a flag when the command says so in its list, or when it stands last or before
 * another option. A value "@file" is the content of the file, "@@text" is "@text".
 */
#ifndef GK_CLI_OPTIONS_H
#define GK_CLI_OPTIONS_H

#include "cli/command.h"

/* argv from the first word after the command's name on. flags: names that never take a value, space
 * separated. */
const struct err *options_parse(struct arena *into, int argc, char *const *argv, const char *flags,
    struct strs *words, struct values *options);

#endif
