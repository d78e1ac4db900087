/* account_cap.c: the manifest of accounts. */
#include "account_sql.h"
#include "cap/account/account_inside.h"
#include "cap/account/account_jobs.h"
#include "cap/account/account_web.h"

#include "base/ban.h"

extern const struct capability account_capability;

static const struct may *const mays[] = {
    &MAY_PEOPLE_READ,
    &MAY_PEOPLE_EDIT,
    &MAY_ROLE_GIVE,
    &MAY_ROLE_CONFIRM,
    &MAY_AUDIT_READ,
    &MAY_SETTING_EDIT,
};

// clang-format off
static const struct role_default roles[] = {
    {"drafter",       "起草人（股室经办）",     NULL},
    {"section_head",  "股室负责人",             NULL},
    {"office",        "办公室（审核、发布）",   NULL},
    {"secrecy",       "保密审查员",             NULL},
    {"leader",        "分管领导",               NULL},
    {"school_editor", "学校信息员",             NULL},
    {"school_head",   "学校负责人",             NULL},
    {"emergency",     "应急发布人",             NULL},
    {"reader",        "公文阅收人",             NULL},
    {"owner",         "站点运维（命令行）",     NULL},
    {"system",        "系统管理员",             "system"},
    {"security",      "安全管理员",             "security"},
    {"audit",         "审计管理员",             "audit"},
};

static const struct role_grant grants[] = {
    {"office",   &MAY_PEOPLE_READ},
    {"owner",    &MAY_PEOPLE_READ},
    {"system",   &MAY_PEOPLE_READ}, {"system",   &MAY_PEOPLE_EDIT}, {"system", &MAY_SETTING_EDIT},
    {"security", &MAY_PEOPLE_READ}, {"security", &MAY_ROLE_GIVE},   {"security", &MAY_ROLE_CONFIRM},
    {"audit",    &MAY_PEOPLE_READ}, {"audit",    &MAY_AUDIT_READ},  {"audit", &MAY_ROLE_CONFIRM},
};

static const struct route routes[] = {
    {METHOD_GET,  "/login",                       SIDE_OFFICE, &MAY_ANYONE,       CLASS_PAGE,  login_page},
    {METHOD_POST, "/login",                       SIDE_OFFICE, &MAY_ANYONE,       CLASS_LOGIN, login_send},
    {METHOD_POST, "/login.json",                  SIDE_OFFICE, &MAY_ANYONE,       CLASS_LOGIN, login_json},
    {METHOD_POST, "/logout",                      SIDE_OFFICE, &MAY_ANYONE,       CLASS_PAGE,  logout_send},
    {METHOD_GET,  "/activate/{code}",             SIDE_OFFICE, &MAY_ANYONE,       CLASS_LOGIN, activate_page},
    {METHOD_POST, "/activate/{code}",             SIDE_OFFICE, &MAY_ANYONE,       CLASS_LOGIN, activate_send},
    {METHOD_GET,  "/office/prove",                SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,  prove_page},
    {METHOD_POST, "/office/prove",                SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_LOGIN, prove_send},
    {METHOD_GET,  "/office/me",                   SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,  me_page},
    {METHOD_POST, "/office/me/end-others",        SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,  me_end_others},
    {METHOD_GET,  "/office/password",             SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,  password_page},
    {METHOD_POST, "/office/password",             SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_LOGIN, password_send},
    {METHOD_GET,  "/office/totp",                 SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_PAGE,  totp_page},
    {METHOD_POST, "/office/totp",                 SIDE_OFFICE, &MAY_SIGNED_IN,    CLASS_LOGIN, totp_send},
    {METHOD_GET,  "/office/people",               SIDE_OFFICE, &MAY_PEOPLE_READ,  CLASS_PAGE,  people_page},
    {METHOD_POST, "/office/people",               SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  people_send},
    {METHOD_GET,  "/office/people/{id}",          SIDE_OFFICE, &MAY_PEOPLE_READ,  CLASS_PAGE,  person_page},
    {METHOD_POST, "/office/people/{id}/edit",     SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  person_edit_send},
    {METHOD_POST, "/office/people/{id}/code",     SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  person_code_send},
    {METHOD_POST, "/office/people/{id}/lock",     SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  person_lock_send},
    {METHOD_POST, "/office/people/{id}/unlock",   SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  person_unlock_send},
    {METHOD_POST, "/office/people/{id}/leave",    SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  person_leave_send},
    {METHOD_POST, "/office/people/{id}/unbind",   SIDE_OFFICE, &MAY_ROLE_GIVE,    CLASS_PAGE,  person_unbind_send},
    {METHOD_POST, "/office/people/{id}/roles",    SIDE_OFFICE, &MAY_ROLE_GIVE,    CLASS_PAGE,  role_give_send},
    {METHOD_POST, "/office/people/{person}/roles/{id}/take", SIDE_OFFICE, &MAY_ROLE_GIVE, CLASS_PAGE, role_take_send},
    {METHOD_GET,  "/office/units",                SIDE_OFFICE, &MAY_PEOPLE_READ,  CLASS_PAGE,  units_page},
    {METHOD_POST, "/office/units",                SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  units_send},
    {METHOD_GET,  "/office/units/{id}",           SIDE_OFFICE, &MAY_PEOPLE_READ,  CLASS_PAGE,  unit_page},
    {METHOD_POST, "/office/units/{id}/edit",      SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  unit_edit_send},
    {METHOD_POST, "/office/units/{id}/alias",     SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  unit_alias_send},
    {METHOD_POST, "/office/units/{id}/unalias",   SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  unit_unalias_send},
    {METHOD_POST, "/office/units/{id}/move",      SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  unit_move_send},
    {METHOD_POST, "/office/units/{id}/close",     SIDE_OFFICE, &MAY_PEOPLE_EDIT,  CLASS_PAGE,  unit_close_send},
    {METHOD_GET,  "/office/roles",                SIDE_OFFICE, &MAY_PEOPLE_READ,  CLASS_PAGE,  roles_page},
    {METHOD_POST, "/office/roles/changes/{id}/confirm", SIDE_OFFICE, &MAY_ROLE_CONFIRM, CLASS_PAGE, role_confirm_send},
    {METHOD_POST, "/office/roles/changes/{id}/refuse",  SIDE_OFFICE, &MAY_ROLE_CONFIRM, CLASS_PAGE, role_refuse_send},
    {METHOD_GET,  "/office/settings",             SIDE_OFFICE, &MAY_SETTING_EDIT, CLASS_PAGE,  settings_page},
    {METHOD_POST, "/office/settings",             SIDE_OFFICE, &MAY_SETTING_EDIT, CLASS_PAGE,  settings_send},
    {METHOD_GET,  "/office/audit",                SIDE_OFFICE, &MAY_AUDIT_READ,   CLASS_PAGE,  audit_page},
    {METHOD_POST, "/office/audit/verify",         SIDE_OFFICE, &MAY_AUDIT_READ,   CLASS_PAGE,  audit_verify_send},
};

static const struct menu_item menu[] = {
    {70, "人员",     "/office/people",   &MAY_PEOPLE_READ},
    {71, "单位",     "/office/units",    &MAY_PEOPLE_READ},
    {72, "角色",     "/office/roles",    &MAY_PEOPLE_READ},
    {80, "系统设置", "/office/settings", &MAY_SETTING_EDIT},
    {81, "审计",     "/office/audit",    &MAY_AUDIT_READ},
    {90, "我的账号", "/office/me",       &MAY_SIGNED_IN},
};
// clang-format on

static const struct job jobs[] = {
    {"account.lock-idle", 60 * 60, account_lock_idle},
};

const struct capability account_capability = {
    .name = "account",
    .title = "人员和单位",
    .statements = &account_statements,
    .migrations = &account_migrations,
    .mays = mays,
    .may_count = COUNT(mays),
    .ops = account_ops,
    .op_count = ACCOUNT_OPS,
    .routes = routes,
    .route_count = COUNT(routes),
    .roles = roles,
    .role_count = COUNT(roles),
    .grants = grants,
    .grant_count = COUNT(grants),
    .jobs = jobs,
    .job_count = COUNT(jobs),
    .menu = menu,
    .menu_count = COUNT(menu),
};
