/* document_command.h: the commands of this capability, for its manifest: gongkai import. */
#ifndef GK_CAP_DOCUMENT_COMMAND_H
#define GK_CAP_DOCUMENT_COMMAND_H

#include "cli/command.h"

enum { DOCUMENT_COMMANDS = 1 };
extern const struct command document_commands[DOCUMENT_COMMANDS];

#endif
