/* account_admin_web.c: roles, settings, audit. */
#include "account_views.h"
#include "base/limits.h"
#include "cap/account/account_forms.h"
#include "cap/account/account_web.h"

#include "base/ban.h"

/* ---- roles ---- */

static const struct may *may_named(struct str name)
{
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->may_count; k++) {
            if (str_eq(str_from(all.v[i]->mays[k]->name), name)) {
                return all.v[i]->mays[k];
            }
        }
    }
    return NULL;
}

static struct role_line role_line(
    struct exchange *ex, const struct roles_read *r, const struct q_role_list_row *role)
{
    struct arena *a = ex->ctx.arena;
    struct str *mays = arena_many(a, r->mays.n, struct str);
    struct str *people = arena_many(a, r->held.n, struct str);
    size_t may_n = 0;
    size_t people_n = 0;
    for (size_t i = 0; i < r->mays.n; i++) {
        if (str_eq(r->mays.v[i].role, role->role)) {
            const struct may *m = may_named(r->mays.v[i].may);
            mays[may_n++] = m != NULL ? str_from(m->title) : r->mays.v[i].may;
        }
    }
    for (size_t i = 0; i < r->held.n; i++) {
        const struct q_held_list_row *h = &r->held.v[i];
        bool over = date_is(h->to_day) && date_before(h->to_day, ex->ctx.today);
        if (str_eq(h->role, role->role) && !over) {
            people[people_n++] =
                str_format(a, "%.*s（%.*s）", STR_ARG(h->person_name), STR_ARG(h->unit_name));
        }
    }
    return (struct role_line){.role = role->role,
        .name = role->name,
        .admin = role->admin,
        .mays = str_join(a, (struct strs){mays, may_n}, S("、")),
        .people = {people, people_n}};
}

static struct str change_words(struct exchange *ex, const struct q_change_waiting_row *c)
{
    if (str_eq(c->verb, S("unbind"))) {
        return S("解除动态口令绑定");
    }
    return str_format(ex->ctx.arena, "%s“%.*s”（%.*s）",
        str_eq(c->verb, S("give")) ? "授予" : "收回", STR_ARG(c->role_name), STR_ARG(c->unit_name));
}

static void fill_changes(struct exchange *ex, struct roles_view *d, const struct roles_read *r)
{
    struct change_line *v = arena_many(ex->ctx.arena, r->changes.n, struct change_line);
    for (size_t i = 0; i < r->changes.n; i++) {
        const struct q_change_waiting_row *c = &r->changes.v[i];
        v[i] = (struct change_line){.what = change_words(ex, c),
            .person = c->person_name,
            .proposer = c->proposer_name,
            .at = instant_minute(ex->ctx.arena, c->proposed_ms),
            .confirm =
                url_format(ex, "/office/roles/changes/%lld/confirm", (long long)c->change_id),
            .refuse = url_format(ex, "/office/roles/changes/%lld/refuse", (long long)c->change_id),
            .version = c->version,
            .mine =
                c->proposed_by == ex->session.person_id || c->person_id == ex->session.person_id};
    }
    d->changes = (struct change_lines){v, r->changes.n};
}

static const struct err *show_roles(struct exchange *ex, const struct err *fault)
{
    struct roles_read r = {0};
    struct roles_view d = {0};
    TRY(account_read_roles(&ex->ctx, &r));
    page_begin(ex, &d.page, S("角色"), S("/office/roles"));
    d.page.faults = faults_shown(ex, fault);
    struct role_line *v = arena_many(ex->ctx.arena, r.roles.n, struct role_line);
    for (size_t i = 0; i < r.roles.n; i++) {
        v[i] = role_line(ex, &r, &r.roles.v[i]);
    }
    d.roles = (struct role_lines){v, r.roles.n};
    fill_changes(ex, &d, &r);
    d.may_confirm = may_among(ex->session.mays, &MAY_ROLE_CONFIRM);
    d.bootstrap = r.bootstrap;
    view_account_roles(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *roles_page(struct exchange *ex)
{
    return show_roles(ex, NULL);
}

static const struct err *change_op(struct exchange *ex, const char *name)
{
    const struct value more[] = {{.name = S("id"), .text = param_text(ex, "id")}};
    return form_op(ex, name, form_with(ex, more, COUNT(more)), S("/office/roles"), show_roles);
}

const struct err *role_confirm_send(struct exchange *ex)
{
    return change_op(ex, "role.confirm");
}

const struct err *role_refuse_send(struct exchange *ex)
{
    return change_op(ex, "role.refuse");
}

/* ---- settings ---- */

static const struct err *load_settings(struct ctx *c, void *arg)
{
    return settings_load(c, arg);
}

static struct str field_id(struct exchange *ex, struct str name)
{
    return str_replace(ex->ctx.arena, name, S("."), S("-"));
}

/* Every form of the page has a field of the same name: the summary links to the one that was sent. */
static struct faults faults_at(struct exchange *ex, const struct err *fault, struct str name)
{
    struct faults shown = faults_shown(ex, fault);
    struct fault *v = arena_many(ex->ctx.arena, shown.n, struct fault);
    for (size_t i = 0; i < shown.n; i++) {
        bool value = str_eq(shown.v[i].field, S("value"));
        v[i] = (struct fault){value ? field_id(ex, name) : STR_NONE, shown.v[i].words};
    }
    return (struct faults){v, shown.n};
}

static const struct err *show_settings(struct exchange *ex, const struct err *fault)
{
    struct settings now = {0};
    struct settings_view d = {0};
    TRY(ctx_read(&ex->ctx, AUDIENCE_STAFF, load_settings, &now));
    page_begin(ex, &d.page, S("系统设置"), S("/office/settings"));
    struct setting_line *v = arena_many(ex->ctx.arena, SETTING_COUNT, struct setting_line);
    struct str sent = values_get(&ex->form, S("name"));
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting s = (enum setting)i;
        bool this_one = str_eq(sent, setting_name(s));
        v[i].name = setting_name(s);
        v[i].field =
            (struct text_field){.id = field_id(ex, setting_name(s)),
                .name = S("value"),
                .label = setting_help(s),
                .value = this_one ? form_text(ex, S("value"), now.v[i]) : now.v[i],
                .error = this_one ? fault_of(fault, S("value")) : STR_NONE,
                .autocomplete = S("off"),
                .required = setting_fallback(s).n > 0,
                .max_chars = LIMIT_LINE_CHARS};
    }
    d.settings = (struct setting_lines){v, SETTING_COUNT};
    d.page.faults = faults_at(ex, fault, sent);
    view_account_settings(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *settings_page(struct exchange *ex)
{
    return show_settings(ex, NULL);
}

const struct err *settings_send(struct exchange *ex)
{
    return form_op(ex, "setting.change", ex->form, S("/office/settings"), show_settings);
}

/* ---- audit ---- */

static struct str actor_name(struct exchange *ex, const struct audit_read *a, struct str actor)
{
    int64_t id = 0;
    if (str_eq(actor, S("system"))) {
        return S("系统");
    }
    if (!str_starts(actor, S("person:")) || !str_to_int(str_skip(actor, S("person:").n), &id)) {
        return S("未登录");
    }
    for (size_t i = 0; i < a->people.n; i++) {
        if (a->people.v[i].person_id == id) {
            return str_format(ex->ctx.arena, "%.*s（%.*s）", STR_ARG(a->people.v[i].name),
                STR_ARG(a->people.v[i].login));
        }
    }
    return actor;
}

static struct str outcome_label(struct str outcome)
{
    static const struct choice labels[] = {{"ok", "成功"}, {"invalid", "填写有误"},
        {"unknown", "没有找到"}, {"login", "未通过验证"}, {"denied", "没有权限"},
        {"conflict", "状态已变"}, {"not-yet", "条件不足"}, {"limit", "过于频繁"},
        {"too-large", "内容过大"}, {"busy", "系统忙"}, {"fault", "系统故障"}};
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (str_eq(outcome, str_from(labels[i].value))) {
            return str_from(labels[i].label);
        }
    }
    return outcome;
}

static const struct err *show_audit(struct exchange *ex, const struct audit_verdict *verdict)
{
    struct audit_view d = {0};
    struct audit_read a = {.most = LIMIT_OFFICE_ROWS};
    str_to_int(values_get(&ex->query, S("before")), &a.before);
    TRY(account_read_audit(&ex->ctx, &a));
    page_begin(ex, &d.page, S("审计记录"), S("/office/audit"));
    struct audit_line *v = arena_many(ex->ctx.arena, a.rows.n, struct audit_line);
    for (size_t i = 0; i < a.rows.n; i++) {
        const struct q_audit_page_row *r = &a.rows.v[i];
        v[i] = (struct audit_line){.seq = r->seq == INT_NONE ? S("待编号") : id_text(ex, r->seq),
            .at = instant_minute(ex->ctx.arena, r->at_ms),
            .actor = actor_name(ex, &a, r->actor),
            .op = r->op,
            .subject = r->subject,
            .outcome = outcome_label(r->outcome),
            .address = r->address};
    }
    d.lines = (struct audit_lines){v, a.rows.n};
    if (a.rows.n == LIMIT_OFFICE_ROWS) {
        d.older =
            url_format(ex, "/office/audit?before=%lld", (long long)a.rows.v[a.rows.n - 1].audit_id);
    }
    if (verdict != NULL) {
        d.verified = true;
        d.whole = verdict->whole;
        d.verdict = verdict->whole ? str_format(ex->ctx.arena,
                                         "已核对 %lld 条记录，没有发现改动。还有 %lld 条等待编号。",
                                         (long long)verdict->rows, (long long)verdict->waiting)
                                   : str_format(ex->ctx.arena,
                                         "第 %lld 条记录有问题：%.*s。请立即报告，并保存数据目录。",
                                         (long long)verdict->bad_seq, STR_ARG(verdict->why));
    }
    view_account_audit(&ex->out, &d);
    return exchange_page(ex, 200);
}

const struct err *audit_page(struct exchange *ex)
{
    return show_audit(ex, NULL);
}

const struct err *audit_verify_send(struct exchange *ex)
{
    struct audit_verdict verdict = {0};
    TRY(account_verify_audit(&ex->ctx, &verdict));
    return show_audit(ex, &verdict);
}
