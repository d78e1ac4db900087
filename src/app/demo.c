/*
 * demo.c: `gongkai demo`: an invented education bureau with its sections, schools and people, one
 * for each role.
 *
 * Passwords are random and written once to demo-accounts.txt, which only its owner can read. All
 * names are invented.
 */
#include "app/commands.h"
#include "app/demo_content.h"
#include "app/init.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/rand.h"
#include "cap/account/account.h"
#include "core/event.h"
#include "core/setting.h"

#include "base/ban.h"

struct demo_unit {
    const char *key; /* how the people below name it */
    const char *name, *short_name, *kind, *code, *phone;
    int sort_no;
};

// clang-format off
static const struct demo_unit units[] = {
    {"office",  "办公室",             NULL,         "section", NULL,       "0595-22000101", 10},
    {"edu",     "教育股",             NULL,         "section", NULL,       "0595-22000102", 20},
    {"finance", "计财股",             NULL,         "section", NULL,       "0595-22000103", 30},
    {"staff",   "人事股",             NULL,         "section", NULL,       "0595-22000104", 40},
    {"private", "社管办",             NULL,         "section", NULL,       "0595-22000105", 50},
    {"inspect", "督导室",             NULL,         "section", NULL,       "0595-22000106", 60},
    {"enforce", "执法检查股",         NULL,         "section", NULL,       "0595-22000107", 70},
    {"primary1","云湖区实验小学",     "区实验小学", "school",  "YH02301",  "0595-22000201", 210},
    {"primary2","云湖区第二小学",     "区二小",     "school",  "YH02302",  "0595-22000202", 220},
    {"middle1", "云湖区第一中学",     "区一中",     "school",  "YH02303",  "0595-22000203", 230},
    {"kinder",  "云湖区实验幼儿园",   "区实验幼儿园", "school", "YH02304", "0595-22000204", 240},
};

struct demo_person {
    const char *role, *login, *name, *unit, *where; /* unit: where he works; where: in which unit the role is held; NULL = body */
};

static const struct demo_person people[] = {
    {"drafter",       "linyue",    "林樾",   "edu",      "edu"},
    {"drafter",       "wuqing",    "吴晴",   "finance",  "finance"},
    {"drafter",       "xieyuan",   "谢原",   "inspect",  "inspect"},
    {"section_head",  "zhengbo",   "郑柏",   "edu",      "edu"},
    {"section_head",  "huangsui",  "黄穗",   "finance",  "finance"},
    {"section_head",  "caiyi",     "蔡屹",   "inspect",  "inspect"},
    {"office",        "chenxiao",  "陈晓",   "office",   NULL},
    {"secrecy",       "lanzhi",    "蓝芷",   "office",   NULL},
    {"leader",        "sutan",     "苏坦",   NULL,       NULL},
    {"emergency",     "yemu",      "叶沐",   "office",   NULL},
    {"reader",        "dengke",    "邓珂",   "staff",    "staff"},
    {"school_editor", "heyou",     "何攸",   "primary1", "primary1"},
    {"school_head",   "liangdan",  "梁旦",   "primary1", "primary1"},
    {"school_editor", "fangci",    "方词",   "middle1",  "middle1"},
    {"school_head",   "jianglu",   "江麓",   "middle1",  "middle1"},
    {"system",        "sysadmin",  "程维",   "office",   NULL},
    {"security",      "secadmin",  "安岑",   "office",   NULL},
    {"audit",         "auditor",   "明鉴秋", "office",   NULL},
};

static const struct { enum setting setting; const char *value; } settings[] = {
    {SETTING_SITE_NAME,    "云湖区教育局政府信息公开"},
    {SETTING_SITE_ABOVE,   "云湖区人民政府"},
    {SETTING_SITE_DOMAIN,  "localhost"},
    {SETTING_SITE_ID_CODE, "3500000001"},
    {SETTING_SITE_FILING,  "演示站点，未备案"},
    {SETTING_SITE_PHONE,   "0595-22000100"},
    {SETTING_SITE_HOURS,   "工作日 8:30—12:00，14:30—17:30"},
    {SETTING_SITE_ADDRESS, "云湖区青石路 1 号"},
};
// clang-format on

enum { UNITS = sizeof(units) / sizeof(units[0]), PEOPLE = sizeof(people) / sizeof(people[0]) };

struct demo {
    int64_t body;
    int64_t unit_ids[UNITS];
    struct str passwords[PEOPLE];
    struct str stored[PEOPLE];
};

static int64_t unit_of(const struct demo *d, const char *key)
{
    for (size_t i = 0; key != NULL && i < UNITS; i++) {
        if (strcmp(units[i].key, key) == 0) {
            return d->unit_ids[i];
        }
    }
    must(key == NULL);
    return d->body;
}

static const struct err *add_units(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < UNITS; i++) {
        const struct demo_unit *u = &units[i];
        TRY(account_unit_make(c,
            &(struct account_unit){.above_id = d->body,
                .kind = str_from(u->kind),
                .name = str_from(u->name),
                .short_name = str_from(u->short_name),
                .agency_code = str_from(u->code),
                .phone = str_from(u->phone),
                .publishes = u->code != NULL,
                .sort_no = u->sort_no},
            &d->unit_ids[i]));
    }
    return NULL;
}

static const struct err *add_people(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct demo_person *p = &people[i];
        int64_t id = 0;
        TRY(account_person_make(c,
            &(struct account_person){.login = str_from(p->login),
                .name = str_from(p->name),
                .unit_id = unit_of(d, p->unit),
                .activation = S("demo")},
            &id));
        TRY(account_password_put(c, id, d->stored[i]));
        TRY(account_role_hold(c, id, str_from(p->role), unit_of(d, p->where)));
        TRY(event_add(c, S("person.invited"), S("person"), id, STR_NONE));
    }
    return NULL;
}

static const struct err *fill(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    TRY(add_units(c, d));
    TRY(add_people(c, d));
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        TRY(setting_put(c, settings[i].setting, str_from(settings[i].value)));
    }
    return NULL;
}

/* Typed by people in a demonstration: four groups, three classes of characters, 75 bits. */
static struct str demo_password(struct arena *arena)
{
    struct str r = rand_token(arena, 10);
    return str_format(arena, "%.*s-%.*s-%.*s-%.*s-A7", STR_ARG(str_sub(r, 0, 4)),
        STR_ARG(str_sub(r, 4, 8)), STR_ARG(str_sub(r, 8, 12)), STR_ARG(str_sub(r, 12, 16)));
}

static const struct err *make_passwords(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        d->passwords[i] = demo_password(c->arena);
        TRY(account_password_make(c, d->passwords[i], &d->stored[i]));
    }
    return NULL;
}

static const struct err *write_accounts(struct ctx *c, const struct demo *d, struct str path)
{
    struct buf b = buf_make(c->arena, KIB(64));
    for (size_t i = 0; i < PEOPLE; i++) {
        buf_format(&b, "%s %s %.*s\n", people[i].role, people[i].login, STR_ARG(d->passwords[i]));
    }
    return file_write(c->arena, str_z(c->arena, path), buf_str(&b), 0600);
}

const struct err *command_demo(struct cli *cli)
{
    struct arena *arena = the_run->arena;
    struct str port = cli_option(cli, S("port"));
    struct init_plan plan = {.data_dir = cli->data_dir,
        .store = cli_option(cli, S("store")).n > 0 ? cli_option(cli, S("store")) : S("sqlite"),
        .name = S("云湖区教育局"),
        .short_name = S("区教育局"),
        .agency_code = S("YH02114"),
        .listen = S("127.0.0.1"),
        .port = 8080,
        .demo = true};
    if (port.n > 0 && (!str_to_int(port, &plan.port) || plan.port < 1 || plan.port > 65535)) {
        return err_field(arena, S("port"), S("请填写 1 到 65535 之间的端口"));
    }
    struct open_site site;
    struct ctx c;
    struct demo d = {0};
    TRY(init_site(arena, &the_run->clock, &plan, &site, &c, &d.body));
    TRY(make_passwords(&c, &d));
    TRY(ctx_write(&c, AUDIENCE_SYSTEM, fill, &d));
    struct str accounts = site_path(arena, plan.data_dir, "demo-accounts.txt");
    TRY(write_accounts(&c, &d, accounts));
    if (!values_has(&cli->options, S("empty"))) {
        TRY(demo_content(&c));
    }
    cli_print("演示站点已建好：%.*s\n账号在 %.*s（每行：角色 登录名 口令）\n\n下一步：\n  gongkai "
              "serve --data %.*s\n",
        STR_ARG(plan.data_dir), STR_ARG(accounts), STR_ARG(plan.data_dir));
    return NULL;
}
