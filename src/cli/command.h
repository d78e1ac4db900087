/*
 * command.h: gongkai <noun> <verb>, or a word of its own. Each with --help and examples.
 */
#ifndef GK_CLI_COMMAND_H
#define GK_CLI_COMMAND_H

#include "core/registry.h"

struct cli {
    struct ctx *ctx; /* of the identity of --as (ruling 19); NULL for commands that open no site */
    struct str data_dir;
    struct strs words;     /* positional arguments */
    struct values options; /* --name value, --name=value; flags have text "1" */
    bool json;
};

struct command {
    const char *name;  /* "import" */
    const char *usage; /* "gongkai import FILE…" */
    const char *help;  /* what it does, a line each */
    const char *examples;
    bool opens_site;
    const struct err *(*run)(struct cli *cli);
};

struct str cli_option(const struct cli *cli, struct str name); /* STR_NONE when absent */
void cli_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
