/* account_login_web.c: the pages of log-in, activation and proof. */
#include "account_views.h"
#include "base/json.h"
#include "base/limits.h"
#include "cap/account/account_forms.h"
#include "cap/account/account_web.h"

#include "base/ban.h"

static struct str field(const struct exchange *ex, const char *name)
{
    return values_get(&ex->form, str_from(name));
}

static struct text_field password_field(
    const char *name, const char *label, const char *autocomplete)
{
    return (struct text_field){.name = str_from(name),
        .label = str_from(label),
        .type = S("password"),
        .autocomplete = str_from(autocomplete),
        .required = true,
        .max_chars = ACCOUNT_PASSWORD_MOST};
}

static struct text_field code_field(void)
{
    return (struct text_field){.name = S("code"),
        .label = S("动态口令"),
        .hint = S("已绑定认证器的，请填写认证器上的 6 位数字；手机不在身边时，可以填一个备用码。"),
        .autocomplete = S("one-time-code"),
        .narrow = true,
        .max_chars = 40};
}

static const struct err *show_login(struct exchange *ex, const struct err *fault)
{
    struct login_view d = {0};
    page_begin(ex, &d.page, S("登录"), STR_NONE);
    d.page.faults = faults_shown(ex, fault);
    d.next = local_next(ex, form_text(ex, S("next"), values_get(&ex->query, S("next"))));
    d.login = (struct text_field){.name = S("login"),
        .label = S("登录名"),
        .autocomplete = S("username"),
        .value = form_text(ex, S("login"), STR_NONE),
        .required = true,
        .max_chars = 64};
    d.password = password_field("password", "口令", "current-password");
    d.code = code_field();
    view_account_login(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : 422);
}

const struct err *login_page(struct exchange *ex)
{
    if (ex->session.is) {
        return exchange_go(ex, local_next(ex, values_get(&ex->query, S("next"))));
    }
    return show_login(ex, NULL);
}

static const struct err *try_login(struct exchange *ex, struct login_good *good)
{
    struct login_try t = {field(ex, "login"), field(ex, "password"), field(ex, "code")};
    if (t.login.n > 256 || t.password.n > 4 * ACCOUNT_PASSWORD_MOST || t.code.n > 256) {
        return err_make(ex->ctx.arena, ERR_LOGIN, S(ACCOUNT_REFUSED));
    }
    TRY(login_check(&ex->ctx, &t, good));
    return session_begin(
        ex, good->person_id, good->two_factors ? SESSION_TWO_FACTORS : SESSION_PASSWORD_ONLY);
}

const struct err *login_send(struct exchange *ex)
{
    struct login_good good = {0};
    const struct err *e = try_login(ex, &good);
    if (e != NULL) {
        return e->kind == ERR_LOGIN ? show_login(ex, e) : e;
    }
    if (ex->session.needs_totp) {
        return exchange_go(ex, S("/office/totp"));
    }
    if (good.recovery_left >= 0) {
        session_notice(
            ex, str_format(ex->ctx.arena, "您用了一个备用码，还剩 %d 个。", good.recovery_left));
    }
    if (good.password_old) {
        session_notice(ex, S("口令已使用超过 90 天，请现在修改。"));
        return exchange_go(ex, S("/office/password"));
    }
    return exchange_go(ex, local_next(ex, field(ex, "next")));
}

/* An expired log-in is renewed in place, so that typed text is kept: the script sends it again with
 * the new token. */
const struct err *login_json(struct exchange *ex)
{
    struct login_good good = {0};
    const struct err *e = try_login(ex, &good);
    if (e != NULL && e->kind != ERR_LOGIN) {
        return e;
    }
    struct buf b = buf_make(ex->ctx.arena, KIB(8));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    if (e == NULL) {
        struct page page;
        page_begin(ex, &page, STR_NONE, STR_NONE);
        json_key(&w, S("token"));
        json_str(&w, page.csrf);
    } else {
        json_key(&w, S("words"));
        json_str(&w, e->words);
        json_key(&w, S("code")); /* always asked for: whether one is bound is nobody's business */
        json_bool(&w, true);
    }
    json_close(&w, '}');
    return exchange_bytes(ex, e == NULL ? 200 : 401, S("application/json"), buf_str(&b));
}

const struct err *logout_send(struct exchange *ex)
{
    TRY(session_end(ex));
    return exchange_go(ex, S("/login"));
}

/* ---- activation ---- */

static struct text_field named_field(const struct exchange *ex, const struct err *fault,
    const char *name, const char *label, int most)
{
    return (struct text_field){.name = str_from(name),
        .label = str_from(label),
        .value = form_text(ex, str_from(name), STR_NONE),
        .error = fault_of(fault, str_from(name)),
        .required = true,
        .autocomplete = S("off"),
        .max_chars = most};
}

static const struct err *show_activate(struct exchange *ex, const struct err *fault)
{
    struct activation a = {0};
    struct activate_view d = {0};
    TRY(activation_find(&ex->ctx, param_text(ex, "code"), &a));
    page_begin(ex, &d.page, S("启用账号"), STR_NONE);
    d.page.faults = faults_shown(ex, fault);
    d.name = a.name;
    d.login = a.login;
    d.first = a.first;
    d.action = url_format(
        ex, "/activate/%.*s", STR_ARG(url_encode(ex->ctx.arena, param_text(ex, "code"))));
    d.password = password_field("password", "口令", "new-password");
    d.password.hint = account_password_advice(a.profile);
    d.password.error = fault_of(fault, S("password"));
    d.again = password_field("again", "再输入一次口令", "new-password");
    d.again.error = fault_of(fault, S("again"));
    d.security_login =
        named_field(ex, fault, "security_login", "安全管理员的登录名", ACCOUNT_LOGIN_MOST);
    d.security_name = named_field(ex, fault, "security_name", "安全管理员的姓名", 40);
    d.audit_login = named_field(ex, fault, "audit_login", "审计管理员的登录名", ACCOUNT_LOGIN_MOST);
    d.audit_name = named_field(ex, fault, "audit_name", "审计管理员的姓名", 40);
    view_account_activate(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : 422);
}

const struct err *activate_page(struct exchange *ex)
{
    return show_activate(ex, NULL);
}

static struct told_code told(struct exchange *ex, const char *title, const struct named *n)
{
    return (struct told_code){.title = str_from(title),
        .login = n->login,
        .name = n->name,
        .code = n->code,
        .address = str_format(
            ex->ctx.arena, "%.*s/activate/%.*s", STR_ARG(ex->ctx.site->origin), STR_ARG(n->code))};
}

const struct err *activate_send(struct exchange *ex)
{
    struct activation_form f = {.code = param_text(ex, "code"),
        .password = field(ex, "password"),
        .again = field(ex, "again"),
        .security = {.login = field(ex, "security_login"), .name = field(ex, "security_name")},
        .audit = {.login = field(ex, "audit_login"), .name = field(ex, "audit_name")}};
    int64_t person_id = 0;
    const struct err *e = activation_use(&ex->ctx, &f, &person_id);
    if (e != NULL) {
        return is_form_fault(e) ? show_activate(ex, e) : e;
    }
    struct told_view d = {.title = S("账号已启用"), .next_label = S("去登录")};
    struct told_code codes[2];
    d.words = S("现在可以用登录名和新口令登录。");
    if (f.security.code.n > 0) {
        codes[0] = told(ex, "安全管理员", &f.security);
        codes[1] = told(ex, "审计管理员", &f.audit);
        d.codes = (struct told_codes){codes, 2};
        d.words = S(
            "您的账号可以登录了。下面两个启用码只显示这一次，七天内有效，请当面或用电话告诉本人。");
    }
    page_begin(ex, &d.page, d.title, STR_NONE);
    d.next = url_path(ex->ctx.arena, S("/login"));
    view_account_told(&ex->out, &d);
    return exchange_page(ex, 200);
}

/* ---- proof ---- */

static const struct err *show_prove(struct exchange *ex, const struct err *fault)
{
    struct prove_view d = {0};
    struct person_read me = {0};
    TRY(account_read_person(&ex->ctx, ex->session.person_id, &me));
    page_begin(ex, &d.page, S("再次确认是您本人"), STR_NONE);
    d.page.faults = faults_shown(ex, fault);
    d.has_totp = me.person.has_totp;
    d.next = local_next(ex, form_text(ex, S("next"), values_get(&ex->query, S("next"))));
    d.password = password_field("password", "口令", "current-password");
    d.password.required = !d.has_totp;
    d.code = code_field();
    d.code.hint = S("填写口令或动态口令中的一个就可以。");
    view_account_prove(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : 422);
}

const struct err *prove_page(struct exchange *ex)
{
    return show_prove(ex, NULL);
}

const struct err *prove_send(struct exchange *ex)
{
    bool two = false;
    const struct err *e = login_prove(&ex->ctx, field(ex, "password"), field(ex, "code"), &two);
    if (e != NULL) {
        return e->kind == ERR_LOGIN ? show_prove(ex, e) : e;
    }
    TRY(session_prove(ex, two ? SESSION_TWO_FACTORS : SESSION_PASSWORD_ONLY));
    return exchange_go(ex, local_next(ex, field(ex, "next")));
}
