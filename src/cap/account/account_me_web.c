/* account_me_web.c: one's own account: sessions, password, second factor. */
#include "account_views.h"
#include "base/vec.h"
#include "cap/account/account_forms.h"
#include "cap/account/account_web.h"

#include <qrencode.h>

#include "base/ban.h"

const struct err *me_page(struct exchange *ex)
{
    struct me_view d = {0};
    struct person_read me = {0};
    TRY(account_read_person(&ex->ctx, ex->session.person_id, &me));
    TRY(session_list(ex, &d.sessions));
    page_begin(ex, &d.page, S("我的账号"), S("/office/me"));
    d.login = me.person.login;
    d.name = me.person.name;
    d.unit = me.person.unit_name;
    d.has_totp = me.person.has_totp;
    d.password_since = moment_or_dash(ex, me.person.password_ms);
    view_account_me(&ex->out, &d);
    return exchange_page(ex, 200);
}

const struct err *me_end_others(struct exchange *ex)
{
    int64_t ended = 0;
    TRY(session_end_others(ex, &ended));
    session_notice(ex, str_format(ex->ctx.arena, "已结束其他 %lld 处登录。", (long long)ended));
    return exchange_go(ex, S("/office/me"));
}

static struct text_field secret_field(
    const struct err *fault, const char *name, const char *label, const char *autocomplete)
{
    return (struct text_field){.name = str_from(name),
        .label = str_from(label),
        .type = S("password"),
        .autocomplete = str_from(autocomplete),
        .error = fault_of(fault, str_from(name)),
        .required = true,
        .max_chars = ACCOUNT_PASSWORD_MOST};
}

static const struct err *show_password(struct exchange *ex, const struct err *fault)
{
    struct password_view d = {0};
    bool asvs = str_eq(ex->settings.v[SETTING_PASSWORD_PROFILE], S("asvs"));
    page_begin(ex, &d.page, S("修改口令"), S("/office/me"));
    d.page.faults = faults_shown(ex, fault);
    d.current = secret_field(fault, "current", "现在的口令", "current-password");
    d.password = secret_field(fault, "password", "新口令", "new-password");
    d.password.hint = account_password_advice(asvs ? PASSWORD_ASVS : PASSWORD_DENGBAO);
    d.again = secret_field(fault, "again", "再输入一次新口令", "new-password");
    view_account_password(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : 422);
}

const struct err *password_page(struct exchange *ex)
{
    return show_password(ex, NULL);
}

const struct err *password_send(struct exchange *ex)
{
    const struct err *e = password_change(&ex->ctx, values_get(&ex->form, S("current")),
        values_get(&ex->form, S("password")), values_get(&ex->form, S("again")),
        ex->session.session_id);
    if (e != NULL) {
        return is_form_fault(e) ? show_password(ex, e) : e;
    }
    TRY(session_prove(ex, SESSION_PASSWORD_ONLY));
    session_notice(ex, S("口令已修改，其他地方的登录已结束。"));
    return exchange_go(ex, S("/office/me"));
}

/* The dark modules of each row, run by run, with the four light ones around. */
static void qr_fill(struct exchange *ex, struct str text, struct totp_view *d)
{
    enum { QUIET = 4 };
    QRcode *qr = QRcode_encodeString8bit(str_z(ex->ctx.arena, text), 0, QR_ECLEVEL_M);
    if (qr == NULL) {
        return; /* the secret stands beside it as text */
    }
    struct {
        struct qr_run *v;
        size_t n, cap;
    } runs = {0};
    for (int y = 0; y < qr->width; y++) {
        for (int x = 0; x < qr->width; x++) {
            if ((qr->data[y * qr->width + x] & 1) == 0) {
                continue;
            }
            int from = x;
            while (x < qr->width && (qr->data[y * qr->width + x] & 1) == 1) {
                x++;
            }
            *vec_add(ex->ctx.arena, &runs) = (struct qr_run){from + QUIET, y + QUIET, x - from};
        }
    }
    d->qr_size = qr->width + 2 * QUIET;
    d->runs = (struct qr_runs){runs.v, runs.n};
    QRcode_free(qr);
}

static const struct err *show_totp(
    struct exchange *ex, const struct enrolment *e, const struct err *fault)
{
    struct totp_view d = {0};
    page_begin(ex, &d.page, S("绑定动态口令"), S("/office/me"));
    d.page.faults = faults_shown(ex, fault);
    d.has_totp = e == NULL;
    if (e != NULL) {
        d.secret = e->text;
        d.sealed = e->sealed;
        qr_fill(ex, e->address, &d);
    }
    d.code = (struct text_field){.name = S("code"),
        .label = S("认证器上的 6 位数字"),
        .autocomplete = S("one-time-code"),
        .inputmode = S("numeric"),
        .error = fault_of(fault, S("code")),
        .required = true,
        .narrow = true,
        .max_chars = 10};
    view_account_totp(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : 422);
}

static const struct err *has_second(struct exchange *ex, bool *yes)
{
    struct person_read me = {0};
    TRY(account_read_person(&ex->ctx, ex->session.person_id, &me));
    *yes = me.person.has_totp;
    return NULL;
}

const struct err *totp_page(struct exchange *ex)
{
    struct enrolment e = {0};
    bool bound = false;
    TRY(has_second(ex, &bound));
    if (bound) {
        return show_totp(ex, NULL, NULL);
    }
    TRY(enrolment_make(&ex->ctx, ex->settings.v[SETTING_SITE_NAME], &e));
    return show_totp(ex, &e, NULL);
}

const struct err *totp_send(struct exchange *ex)
{
    struct enrolment e = {0};
    struct recovery_view d = {0};
    bool bound = false;
    TRY(has_second(ex, &bound));
    if (bound) {
        return show_totp(ex, NULL, NULL); /* rebinding needs a second person: people page */
    }
    TRY(enrolment_again(
        &ex->ctx, ex->settings.v[SETTING_SITE_NAME], values_get(&ex->form, S("sealed")), &e));
    const struct err *fault =
        enrolment_confirm(&ex->ctx, &e, values_get(&ex->form, S("code")), &d.codes);
    if (fault != NULL) {
        return is_form_fault(fault) ? show_totp(ex, &e, fault) : fault;
    }
    TRY(session_prove(ex, SESSION_TWO_FACTORS));
    page_begin(ex, &d.page, S("动态口令已绑定"), S("/office/me"));
    view_account_recovery(&ex->out, &d);
    return exchange_page(ex, 200);
}
