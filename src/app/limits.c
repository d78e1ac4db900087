/*
 * limits.c: limits of the server as lines of gongkai.conf (ruling 18: all are settings). One row
 * each; what a file does not say keeps the default of web/server.h.
 */
#include "app/limits.h"

#include "app/commands.h"

#include "base/ban.h"

struct row {
    const char *name;
    int64_t least, most;
    const char *help;
};

// clang-format off
static const struct row rows[APP_LIMITS] = {
    [APP_LIMIT_WORKERS]         = {"limit.workers",         1, 256,      "处理请求的线程数"},
    [APP_LIMIT_QUEUE]           = {"limit.queue",           1, 100000,   "等待处理的请求数，超过的回答 503"},
    [APP_LIMIT_CONNECTIONS]     = {"limit.connections",     1, 1000000,  "同时打开的连接数"},
    [APP_LIMIT_PER_ADDRESS]     = {"limit.per_address",     1, 1000000,  "同一地址同时打开的连接数"},
    [APP_LIMIT_IDLE_S]          = {"limit.idle_s",          1, 3600,     "空闲连接保留的秒数"},
    [APP_LIMIT_UPLOAD_MIB]      = {"limit.upload_mib",      1, 4096,     "单个上传文件的最大 MiB 数"},
    [APP_LIMIT_PAGE_RATE]       = {"limit.page_rate",       1, 100000000, "同一网段每分钟的页面请求数"},
    [APP_LIMIT_FORM_RATE]       = {"limit.form_rate",       1, 100000000, "同一网段每分钟提交的大表单数"},
    [APP_LIMIT_LOGIN_RATE]      = {"limit.login_rate",      1, 100000000, "同一网段每分钟的登录次数"},
    [APP_LIMIT_FILE_RATE]       = {"limit.file_rate",       1, 100000000, "同一网段每分钟的下载次数"},
    [APP_LIMIT_SESSION_IDLE]    = {"session.idle_minutes",  1, 480,      "登录空闲多少分钟后失效"},
    [APP_LIMIT_SESSION_TOTAL]   = {"session.total_minutes", 1, 1440,     "登录最长多少分钟"},
};
// clang-format on

bool limits_set(struct limits *l, struct str name, struct str value)
{
    for (size_t i = 0; i < APP_LIMITS; i++) {
        if (str_eq(name, str_from(rows[i].name))) {
            return str_to_int(value, &l->v[i]) && l->v[i] >= rows[i].least &&
                   l->v[i] <= rows[i].most;
        }
    }
    return false;
}

void limits_text(const struct limits *l, struct buf *out)
{
    for (size_t i = 0; i < APP_LIMITS; i++) {
        if (l->v[i] != LIMIT_UNSET) {
            buf_format(out, "%s = %lld\n", rows[i].name, (long long)l->v[i]);
        }
    }
}

const struct err *command_limits(struct cli *cli)
{
    (void)cli;
    for (size_t i = 0; i < APP_LIMITS; i++) {
        cli_print("%-22s %s（%lld 到 %lld）\n", rows[i].name, rows[i].help,
            (long long)rows[i].least, (long long)rows[i].most);
    }
    return NULL;
}

static void set_int(int64_t v, int *field)
{
    if (v != LIMIT_UNSET) {
        *field = (int)v;
    }
}

/* A rate given by the operator counts for addresses and for persons; a burst of a minute's worth.
 */
static void set_rate(int64_t v, enum route_class class, struct server_config *config)
{
    if (v != LIMIT_UNSET) {
        config->rates[class] = (struct rate_limit){(int)v, (int)v};
        config->account_rates[class] = (struct rate_limit){(int)v, (int)v};
    }
}

void limits_apply(const struct limits *l, struct server_config *config)
{
    set_int(l->v[APP_LIMIT_WORKERS], &config->workers);
    set_int(l->v[APP_LIMIT_QUEUE], &config->queue);
    set_int(l->v[APP_LIMIT_CONNECTIONS], &config->connections);
    set_int(l->v[APP_LIMIT_PER_ADDRESS], &config->per_address);
    set_int(l->v[APP_LIMIT_IDLE_S], &config->idle_s);
    if (l->v[APP_LIMIT_UPLOAD_MIB] != LIMIT_UNSET) {
        config->upload_bytes = (size_t)l->v[APP_LIMIT_UPLOAD_MIB] * 1024 * 1024;
        config->upload_form_bytes = 4 * config->upload_bytes;
    }
    set_rate(l->v[APP_LIMIT_PAGE_RATE], CLASS_PAGE, config);
    set_rate(l->v[APP_LIMIT_FORM_RATE], CLASS_BODY, config);
    set_rate(l->v[APP_LIMIT_FORM_RATE], CLASS_UPLOAD, config);
    set_rate(l->v[APP_LIMIT_LOGIN_RATE], CLASS_LOGIN, config);
    set_rate(l->v[APP_LIMIT_FILE_RATE], CLASS_FILE, config);
    if (l->v[APP_LIMIT_SESSION_IDLE] != LIMIT_UNSET) {
        config->session_idle_s = (int)l->v[APP_LIMIT_SESSION_IDLE] * 60;
    }
    if (l->v[APP_LIMIT_SESSION_TOTAL] != LIMIT_UNSET) {
        config->session_total_s = (int)l->v[APP_LIMIT_SESSION_TOTAL] * 60;
    }
}
