/* command.c: what a command asks of its command line. */
#include "cli/command.h"

#include "base/ban.h"

struct str cli_option(const struct cli *cli, struct str name)
{
    return values_get(&cli->options, name);
}
