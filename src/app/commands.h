/* commands.h: the commands that compose rooms, and so belong to none of them. */
#ifndef GK_APP_COMMANDS_H
#define GK_APP_COMMANDS_H

#include "app/site.h"
#include "cli/command.h"

const struct err *command_init(struct cli *cli);
const struct err *command_demo(struct cli *cli);
const struct err *command_serve(struct cli *cli);
const struct err *command_access(struct cli *cli);
const struct err *command_doctor(struct cli *cli);
const struct err *command_backup(struct cli *cli);
const struct err *command_restore(struct cli *cli);
const struct err *command_version(struct cli *cli);
const struct err *command_limits(struct cli *cli);

/* For commands that open no site by themselves: the arena and clock of the run. main.c owns them.
 */
struct run {
    struct arena *arena;
    struct clock clock;
};
extern struct run *the_run;

#endif
