/*
 * main.c: start here.
 *
 * The registry is set, the command found, its site opened when it wants one, and it runs. Errors
 * are Chinese sentences on standard error; the exit code is that of the error's kind.
 */
#include "app/commands.h"
#include "base/err.h"
#include "base/limits.h"
#include "cap/account/account.h"
#include "cap/list.h"
#include "cli/help.h"
#include "cli/op_command.h"
#include "cli/options.h"
#include "cli/print.h"
#include "web/server.h"

#include <signal.h>
#include <sys/stat.h>

#include "base/ban.h"

struct run *the_run;

// clang-format off
static const struct command own[] = {
    {"init", "gongkai init --name 单位名称 [--data 目录] [--store postgres://…] [--admin 登录名] [--port 端口]",
     "建一个新站点\n目录只有自己能读，密钥随机生成，给出一名管理员的一次性启用码。没有预设口令。\n"
     "--short-name 简称，--agency-code 机构代码，--admin-name 管理员姓名，--listen 监听地址",
     "  gongkai init --data ./site --name 云湖区教育局 --short-name 区教育局 --agency-code YH02114\n"
     "  gongkai init --name 云湖区教育局 --store 'postgres://gongkai@localhost/gongkai'", false, command_init},
    {"demo", "gongkai demo [--data 目录] [--store postgres://…] [--port 端口] [--empty]",
     "建一个演示站点：虚构的教育局、股室、学校、人员和公文\n口令随机生成，写在数据目录的 demo-accounts.txt，只有自己能读。--empty 不建公文。",
     "  gongkai demo --data ./site", false, command_demo},
    {"serve", "gongkai serve [--data 目录] [--port 端口] [--listen 地址] [--office-port 端口]",
     "提供网站和工作台\n父进程看护各子进程，退出的子进程会重新启动。SIGTERM 或 Ctrl+C 停止。\n"
     "--office-port 把工作台放到另一个端口，公开网站的进程就只有只读的数据库。\n限度写在站点目录的 gongkai.conf 里，gongkai limits 列出名称。",
     "  gongkai serve\n  gongkai serve --data ./site --port 8080\n  gongkai serve --port 8080 --office-port 8081", false, command_serve},
    {"access", "gongkai access", "打印权限报告：谁能做什么\n每项操作和每个地址，对每个角色。",
     "  gongkai access\n  gongkai access | diff - tests/golden/access.txt", false, command_access},
    {"doctor", "gongkai doctor [--data 目录]", "检查站点：数据库、表结构、审计链、文件、日历、磁盘、密钥\n有问题时退出码不为 0。",
     "  gongkai doctor --data ./site", false, command_doctor},
    {"backup", "gongkai backup 目录 [--data 目录]", "备份数据库、文件和设置，附 SHA-256 清单\n密钥不在备份里，请把 keys 文件另外保管。站点可以照常运行。",
     "  gongkai backup /backup/2026-07-01 --data ./site", false, command_backup},
    {"restore", "gongkai restore 备份目录 [--data 目录] [--keys 密钥文件] [--verify-only]", "从备份恢复到一个空目录\n--verify-only 只核对备份，不写任何东西。",
     "  gongkai restore /backup/2026-07-01 --verify-only\n  gongkai restore /backup/2026-07-01 --data ./site2 --keys ./keys", false, command_restore},
    {"limits", "gongkai limits", "打印 gongkai.conf 里可以设置的限度\n每行：名称、含义、范围。", "  gongkai limits", false, command_limits},
    {"version", "gongkai version", "打印版本", "  gongkai version", false, command_version},
};
// clang-format on
static const struct command_list own_list = {own, sizeof(own) / sizeof(own[0])};

enum { EXIT_USAGE = 64 };

static struct str data_dir(const struct values *options)
{
    struct str given = values_get(options, S("data"));
    if (given.n > 0) {
        return given;
    }
    struct str from_env = str_from(getenv("GONGKAI_DATA"));
    return from_env.n > 0 ? from_env : S("./site");
}

/* The site, and in whose name (ruling 19). */
static const struct err *open_for(struct cli *cli, struct open_site *site, struct ctx *c)
{
    TRY(site_load(the_run->arena, &the_run->clock, cli->data_dir, site));
    TRY(site_ctx(site, the_run->arena, c));
    TRY(account_identity(c, cli_option(cli, S("as")), &c->actor));
    cli->ctx = c;
    return NULL;
}

static const struct err *run_command(struct cli *cli, const struct command *command)
{
    struct open_site site;
    struct ctx c;
    if (command->opens_site) {
        TRY(open_for(cli, &site, &c));
    }
    return command->run(cli);
}

static const struct err *run_op(struct cli *cli, const struct op *op)
{
    struct open_site site;
    struct ctx c;
    TRY(open_for(cli, &site, &c));
    return op_command(cli, op);
}

static int finish(const struct err *e)
{
    if (e == NULL) {
        return fflush(stdout) == 0 ? 0 : err_exit(ERR_FAULT);
    }
    fflush(stdout);
    cli_print_err(e);
    return err_exit(e->kind);
}

static const struct err *parse(int argc, char **argv, int from, struct cli *cli)
{
    TRY(options_parse(the_run->arena, argc - from, argv + from, "help json verify-only empty",
        &cli->words, &cli->options));
    cli->data_dir = data_dir(&cli->options);
    cli->json = values_has(&cli->options, S("json"));
    return NULL;
}

static int unknown_command(struct str first)
{
    fprintf(stderr, "没有“%.*s”这个命令。gongkai --help 列出所有命令和操作。\n", STR_ARG(first));
    return EXIT_USAGE;
}

/* gongkai op NAME …, gongkai NOUN VERB … */
static int main_op(int argc, char **argv)
{
    struct arena *a = the_run->arena;
    struct str first = str_from(argv[1]);
    struct str second = argc > 2 ? str_from(argv[2]) : STR_NONE;
    bool named = str_eq(first, S("op"));
    if (second.n == 0 || str_starts(second, S("--"))) {
        struct str noun = named ? STR_NONE : first;
        return op_list(noun) ? 0 : unknown_command(first);
    }
    const struct op *op = named ? registry_op(second) : op_of_words(a, first, second);
    if (op == NULL) {
        return unknown_command(str_format(a, "%.*s %.*s", STR_ARG(first), STR_ARG(second)));
    }
    struct cli cli = {0};
    const struct err *e = parse(argc, argv, 3, &cli);
    if (e == NULL && values_has(&cli.options, S("help"))) {
        op_help(op);
        return 0;
    }
    return finish(e != NULL ? e : run_op(&cli, op));
}

static int main_command(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        help_all(own_list);
        return argc < 2 ? EXIT_USAGE : 0;
    }
    const char *name = strcmp(argv[1], "--version") == 0 ? "version" : argv[1];
    const struct command *command = command_find(own_list, str_from(name));
    if (command == NULL) {
        return main_op(argc, argv);
    }
    struct cli cli = {0};
    const struct err *e = parse(argc, argv, 2, &cli);
    if (e == NULL && values_has(&cli.options, S("help"))) {
        help_command(command);
        return 0;
    }
    return finish(e != NULL ? e : run_command(&cli, command));
}

int main(int argc, char **argv)
{
    umask(077);
    setenv("TZ", "UTC0", 1); /* libraries that ask for local time get the same everywhere */
    tzset();
    signal(SIGPIPE, SIG_IGN);
    struct run run = {.arena = arena_open(4 * LIMIT_WORK_ARENA_BYTES), .clock = clock_system()};
    the_run = &run;
    web_register();
    registry_set(capability_list());
    int code = main_command(argc, argv);
    arena_close(run.arena);
    return code;
}
