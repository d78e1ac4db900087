/* init.c: `gongkai init`: a site with one administrator, who starts with a one-time code. No
 * password is shipped. */
#include "app/init.h"

#include "app/commands.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cap/account/account.h"
#include "core/audit.h"
#include "core/setting.h"
#include "core/tenant.h"

#include <sys/stat.h>

#include "base/ban.h"

struct founding {
    const struct init_plan *plan;
    int64_t body;
};

static const struct err *found(struct ctx *c, void *arg)
{
    struct founding *f = arg;
    const struct init_plan *p = f->plan;
    int64_t owner = 0;
    TRY(account_unit_make(c,
        &(struct account_unit){.kind = S("bureau"),
            .name = p->name,
            .short_name = p->short_name,
            .agency_code = p->agency_code,
            .publishes = true,
            .sort_no = 1},
        &f->body));
    TRY(account_person_make(c,
        &(struct account_person){.login = S("owner"), .name = S("命令行"), .unit_id = f->body},
        &owner));
    TRY(account_role_hold(c, owner, S("owner"), f->body));
    TRY(account_owner_enable(c, owner));
    TRY(setting_put(c, SETTING_SITE_HOST, p->name));
    TRY(setting_put(c, SETTING_SITE_KEEPER, p->name));
    if (p->demo) {
        TRY(setting_put(c, SETTING_TOTP_FORCED, S("0")));
    }
    return audit_add(c, &(struct audit_entry){.op = S("site.init"), .outcome = S("ok")});
}

/* Keys first: a store made with keys that were lost would be a site nobody can open. */
static const struct err *write_files(struct arena *arena, const struct init_plan *p)
{
    const char *dir = str_z(arena, p->data_dir);
    TRY(file_make_dirs(arena, dir, 0700));
    if (chmod(dir, 0700) != 0) {
        return err_fault(arena, "chmod %s", dir);
    }
    TRY(file_make_dirs(arena, str_z(arena, site_path(arena, p->data_dir, "blobs/sha256")), 0700));
    TRY(file_make_dirs(arena, str_z(arena, site_path(arena, p->data_dir, "blobs/tmp")), 0700));
    TRY(file_write(
        arena, str_z(arena, site_path(arena, p->data_dir, "keys")), keys_make(arena), 0600));
    struct conf conf = {.store = p->store, .listen = p->listen, .port = p->port, .demo = p->demo};
    return file_write(arena, str_z(arena, site_path(arena, p->data_dir, "gongkai.conf")),
        conf_text(arena, &conf), 0600);
}

const struct err *init_site(struct arena *arena, const struct clock *clock,
    const struct init_plan *plan, struct open_site *site, struct ctx *c, int64_t *body)
{
    if (site_is(arena, plan->data_dir)) {
        return err_format(arena, ERR_CONFLICT, "“%.*s”里已经有一个站点，不会覆盖。请换一个目录。",
            STR_ARG(plan->data_dir));
    }
    if (file_is(str_z(arena, site_path(arena, plan->data_dir, "site.db")))) {
        return err_format(arena, ERR_CONFLICT,
            "“%.*s”里有 site.db，但没有 gongkai.conf。请检查是不是没有完成的恢复。",
            STR_ARG(plan->data_dir));
    }
    TRY(write_files(arena, plan));
    TRY(site_load(arena, clock, plan->data_dir, site));
    TRY(site_migrate(site, arena));
    TRY(site_ctx(site, arena, c));
    TRY(tenant_create(c, SITE_TENANT, plan->name, STR_NONE));
    struct founding f = {.plan = plan};
    TRY(ctx_write(c, AUDIENCE_SYSTEM, found, &f));
    *body = f.body;
    return NULL;
}

static struct str option_or(const struct cli *cli, struct str name, struct str fallback)
{
    struct str v = cli_option(cli, name);
    return v.n > 0 ? v : fallback;
}

static const struct err *port_of(struct arena *arena, const struct cli *cli, int64_t *port)
{
    struct str v = option_or(cli, S("port"), S("8080"));
    if (!str_to_int(v, port) || *port < 1 || *port > 65535) {
        return err_field(arena, S("port"), S("请填写 1 到 65535 之间的端口"));
    }
    return NULL;
}

struct admin {
    struct str login, name, code;
    int64_t body;
};

static const struct err *make_admin(struct ctx *c, void *arg)
{
    const struct admin *a = arg;
    int64_t id = 0;
    TRY(account_person_make(c,
        &(struct account_person){
            .login = a->login, .name = a->name, .unit_id = a->body, .activation = a->code},
        &id));
    return account_role_hold(c, id, S("system"), a->body);
}

const struct err *command_init(struct cli *cli)
{
    struct arena *arena = the_run->arena;
    struct init_plan plan = {.data_dir = cli->data_dir,
        .store = option_or(cli, S("store"), S("sqlite")),
        .name = text_line(arena, cli_option(cli, S("name"))),
        .short_name = text_line(arena, cli_option(cli, S("short-name"))),
        .agency_code = text_line(arena, cli_option(cli, S("agency-code"))),
        .listen = option_or(cli, S("listen"), S("127.0.0.1"))};
    TRY(port_of(arena, cli, &plan.port));
    if (plan.name.n == 0) {
        return err_field(arena, S("name"), S("请写明单位名称，例如 --name 云湖区教育局"));
    }
    struct open_site site;
    struct ctx c;
    struct admin admin = {.login = option_or(cli, S("admin"), S("admin")),
        .name = option_or(cli, S("admin-name"), S("系统管理员")),
        .code = account_code_make(arena)};
    if (!account_login_valid(admin.login)) {
        return err_field(
            arena, S("admin"), S("请用小写字母开头的登录名，2 到 32 个小写字母、数字、点或短横"));
    }
    TRY(init_site(arena, &the_run->clock, &plan, &site, &c, &admin.body));
    TRY(ctx_write(&c, AUDIENCE_SYSTEM, make_admin, &admin));
    cli_print(
        "站点已建好：%.*s\n系统管理员的登录名：%.*s\n启用码（七天内有效，只显示这一次）：%.*s\n\n"
        "下一步：\n  gongkai serve --data %.*s\n  在浏览器打开 %.*s/activate/%.*s\n",
        STR_ARG(plan.data_dir), STR_ARG(admin.login), STR_ARG(admin.code), STR_ARG(plan.data_dir),
        STR_ARG(site.site.origin), STR_ARG(admin.code));
    return NULL;
}
