/* version.c: `gongkai version`. */
#include "app/commands.h"

#include "base/ban.h"

const struct err *command_version(struct cli *cli)
{
    (void)cli;
    cli_print("gongkai %s\n", GK_VERSION);
    return NULL;
}
