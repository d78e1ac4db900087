/*
 * setting.h: differences between tenants are rows, never an `if` on a name.
 */
#ifndef GK_CORE_SETTING_H
#define GK_CORE_SETTING_H

#include "core/ctx.h"

#define SETTINGS(X)                                                                                \
    /* id                      name                     default                              help */ \
    X(SETTING_SITE_NAME,       "site.name",             "政府信息公开",                      "网站名称") \
    X(SETTING_SITE_ABOVE,      "site.above",            "",                                  "站名上方的小字，如上级政府名称") \
    X(SETTING_SITE_DOMAIN,     "site.domain",           "localhost",                         "网站域名（meta SiteDomain）") \
    X(SETTING_SITE_ID_CODE,    "site.id_code",          "0000000000",                        "政府网站标识码") \
    X(SETTING_SITE_FILING,     "site.filing",           "",                                  "备案号") \
    X(SETTING_SITE_HOST,       "site.host",             "",                                  "主办单位") \
    X(SETTING_SITE_KEEPER,     "site.keeper",           "",                                  "承办单位") \
    X(SETTING_SITE_PHONE,      "site.phone",            "",                                  "联系电话") \
    X(SETTING_SITE_HOURS,      "site.hours",            "",                                  "办公时间") \
    X(SETTING_SITE_ADDRESS,    "site.address",          "",                                  "地址") \
    X(SETTING_INDEX_PATTERN,   "index.pattern",         "{agency}-{category}-{year}-{serial:5}", "索引号格式") \
    X(SETTING_INDEX_PER_CATEGORY, "index.per_category", "1",                                 "流水号按类别分别编排（1）或全单位统一编排（0）") \
    X(SETTING_PASSWORD_PROFILE, "password.profile",     "dengbao",                           "口令规则：dengbao 或 asvs") \
    X(SETTING_TOTP_FORCED,     "totp.forced",           "1",                                 "工作人员必须使用动态口令")

enum setting {
#define X(id, name, fallback, help) id,
    SETTINGS(X)
#undef X
    SETTING_COUNT
};

struct str setting_name(enum setting s);
struct str setting_fallback(enum setting s);
struct str setting_help(enum setting s);
bool setting_by_name(struct str name, enum setting *out);
/* Inside a transaction. */
const struct err *setting_get(struct ctx *c, enum setting s, struct str *out);
const struct err *setting_put(struct ctx *c, enum setting s, struct str value); /* writing */

/* All of them at once, for pages. */
struct settings {
    struct str v[SETTING_COUNT];
};
const struct err *settings_load(struct ctx *c, struct settings *out);

#endif
