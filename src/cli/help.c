/* help.c: --help. */
#include "cli/help.h"

#include "cli/op_command.h"

#include "base/ban.h"

const struct command *command_find(struct command_list own, struct str name)
{
    for (size_t i = 0; i < own.n; i++) {
        if (str_eq(str_from(own.v[i].name), name)) {
            return &own.v[i];
        }
    }
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->command_count; k++) {
            if (str_eq(str_from(all.v[i]->commands[k].name), name)) {
                return &all.v[i]->commands[k];
            }
        }
    }
    return NULL;
}

/* The first line of the help. */
static void print_line(const struct command *c)
{
    struct str rest = str_from(c->help);
    struct str first = STR_NONE;
    str_next_line(&rest, &first);
    cli_print("  %-10s %.*s\n", c->name, STR_ARG(first));
}

void help_all(struct command_list own)
{
    cli_print("gongkai：政务公开，一个程序\n\n用法：gongkai 命令 [--data 目录] [--as 登录名] "
              "…\n\n命令：\n");
    for (size_t i = 0; i < own.n; i++) {
        print_line(&own.v[i]);
    }
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->command_count; k++) {
            print_line(&all.v[i]->commands[k]);
        }
    }
    cli_print("\n操作（gongkai op 名称 …，或 gongkai 名词 动词 …）：\n");
    op_list(STR_NONE);
    cli_print("\n--data 不写时用环境变量 GONGKAI_DATA，再不然用 ./site。--as "
              "不写时用建站时的命令行账号。\n"
              "每个命令后加 --help 看说明和例子。\n\n例：\n  gongkai demo --data ./site\n  gongkai "
              "serve --data ./site --port 8080\n"
              "  gongkai op unit.add --help\n");
}

void help_command(const struct command *c)
{
    cli_print("%s\n\n用法：%s\n", c->help, c->usage);
    if (c->examples != NULL) {
        cli_print("\n例：\n%s\n", c->examples);
    }
}
