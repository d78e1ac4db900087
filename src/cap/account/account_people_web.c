/* account_people_web.c: people and the roles they hold. */
#include "account_views.h"
#include "cap/account/account_forms.h"
#include "cap/account/account_web.h"

#include "base/ban.h"

static struct str status_label(struct str status, bool has_code)
{
    if (str_eq(status, S("invited"))) {
        return has_code ? S("待启用") : S("待启用（没有启用码）");
    }
    if (str_eq(status, S("active"))) {
        return S("在用");
    }
    return str_eq(status, S("locked")) ? S("已停用") : S("已离岗");
}

static bool is_held(const struct q_held_list_row *h, struct date today)
{
    return !date_before(today, h->from_day) &&
           (!date_is(h->to_day) || !date_before(h->to_day, today));
}

static struct str roles_of(
    struct exchange *ex, const struct q_held_list_rows *held, int64_t person_id)
{
    struct str *v = arena_many(ex->ctx.arena, held->n, struct str);
    size_t n = 0;
    for (size_t i = 0; i < held->n; i++) {
        if (held->v[i].person_id == person_id && is_held(&held->v[i], ex->ctx.today)) {
            v[n++] = held->v[i].role_name;
        }
    }
    return n > 0 ? str_join(ex->ctx.arena, (struct strs){v, n}, S("、")) : S("—");
}

static void fill_add_form(struct exchange *ex, struct people_view *d, const struct people_read *r,
    const struct err *fault)
{
    d->login = (struct text_field){.name = S("login"),
        .label = S("登录名"),
        .hint = S("小写字母开头，2 到 32 个小写字母、数字、点或短横，例如 chenxiao。以后不能改。"),
        .value = form_text(ex, S("login"), STR_NONE),
        .error = fault_of(fault, S("login")),
        .autocomplete = S("off"),
        .required = true,
        .max_chars = ACCOUNT_LOGIN_MOST};
    d->name = (struct text_field){.name = S("name"),
        .label = S("姓名"),
        .value = form_text(ex, S("name"), STR_NONE),
        .error = fault_of(fault, S("name")),
        .autocomplete = S("off"),
        .required = true,
        .max_chars = 40};
    d->unit = (struct choice_field){.name = S("unit_id"),
        .label = S("所在单位"),
        .error = fault_of(fault, S("unit_id")),
        .required = true,
        .blank = S("请选择"),
        .options = unit_options(ex, r->units, form_text(ex, S("unit_id"), STR_NONE))};
}

static const struct err *show_people(struct exchange *ex, const struct err *fault)
{
    struct people_read r = {0};
    struct people_view d = {0};
    TRY(account_read_people(&ex->ctx, &r));
    page_begin(ex, &d.page, S("人员"), S("/office/people"));
    d.page.faults = faults_shown(ex, fault);
    struct person_line *v = arena_many(ex->ctx.arena, r.people.n, struct person_line);
    for (size_t i = 0; i < r.people.n; i++) {
        const struct q_person_list_row *p = &r.people.v[i];
        v[i] = (struct person_line){
            .url = url_path(ex->ctx.arena, person_address(&ex->ctx, p->person_id)),
            .login = p->login,
            .name = p->name,
            .unit = p->unit_name,
            .roles = roles_of(ex, &r.held, p->person_id),
            .status = status_label(p->status, true),
            .seen = moment_or_dash(ex, p->last_seen_ms),
            .has_totp = p->has_totp};
    }
    d.people = (struct person_lines){v, r.people.n};
    d.count = (int64_t)r.people.n;
    d.may_edit = may_among(ex->session.mays, &MAY_PEOPLE_EDIT);
    fill_add_form(ex, &d, &r, fault);
    view_account_people(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *people_page(struct exchange *ex)
{
    return show_people(ex, NULL);
}

/* The code is made here and shown here: its plain text is never in the store, not even in a notice.
 */
static const struct err *tell_code(
    struct exchange *ex, int64_t person_id, struct str code, const struct op_done *done)
{
    struct person_read r = {0};
    struct told_view d = {.title = S("启用码"), .next_label = S("回到人员页面")};
    struct told_code one;
    TRY(account_read_person(&ex->ctx, person_id, &r));
    page_begin(ex, &d.page, d.title, S("/office/people"));
    if (done->again) {
        d.words = S("这张表单已经提交过，启用码只显示一次。需要的话，请在人员页面重新生成。");
    } else {
        one = (struct told_code){.title = S("启用码"),
            .login = r.person.login,
            .name = r.person.name,
            .code = code,
            .address = str_format(
                ex->ctx.arena, "%.*s/activate/%.*s", STR_ARG(ex->ctx.site->origin), STR_ARG(code))};
        d.codes = (struct told_codes){&one, 1};
        d.words = S("启用码只显示这一次，七天内有效，请当面或用电话告诉本人。");
    }
    d.next = url_path(ex->ctx.arena, person_address(&ex->ctx, person_id));
    view_account_told(&ex->out, &d);
    return exchange_page(ex, 200);
}

static const struct err *run_with_code(
    struct exchange *ex, const char *name, struct str id, struct str back, again_fn *again)
{
    struct str code = account_code_make(ex->ctx.arena);
    const struct value more[] = {{.name = S("code"), .text = code}, {.name = S("id"), .text = id}};
    struct values form = form_with(ex, more, COUNT(more));
    struct op_done done = {0};
    const struct err *e =
        op_run(&ex->ctx, account_op(name), &form, values_get(&ex->form, S("_key")), &done);
    if (e == NULL) {
        return tell_code(ex, done.id, code, &done);
    }
    if (e->kind == ERR_LOGIN) {
        return exchange_go(
            ex, str_cat(ex->ctx.arena, S("/office/prove?next="), url_encode(ex->ctx.arena, back)));
    }
    return is_form_fault(e) ? again(ex, e) : e;
}

const struct err *people_send(struct exchange *ex)
{
    return run_with_code(ex, "person.invite", STR_NONE, S("/office/people"), show_people);
}

/* ---- one person ---- */

static void fill_held(struct exchange *ex, struct person_view *d, const struct person_read *r)
{
    struct held_line *v = arena_many(ex->ctx.arena, r->held.n, struct held_line);
    for (size_t i = 0; i < r->held.n; i++) {
        const struct q_held_list_row *h = &r->held.v[i];
        v[i] = (struct held_line){.role = h->role_name,
            .unit = h->unit_name,
            .from = date_iso(ex->ctx.arena, h->from_day),
            .to = date_is(h->to_day) ? date_iso(ex->ctx.arena, h->to_day) : S("—"),
            .take = url_format(ex, "/office/people/%lld/roles/%lld/take", (long long)h->person_id,
                (long long)h->held_id),
            .version = h->version,
            .past = date_is(h->to_day) && date_before(h->to_day, ex->ctx.today)};
    }
    d->held = (struct held_lines){v, r->held.n};
}

static void fill_role_form(struct exchange *ex, struct person_view *d, const struct person_read *r,
    const struct err *fault)
{
    struct str chosen = form_text(ex, S("role"), STR_NONE);
    struct option *v = arena_many(ex->ctx.arena, r->roles.n, struct option);
    size_t n = 0;
    for (size_t i = 0; i < r->roles.n; i++) {
        if (!str_eq(r->roles.v[i].role, S("owner"))) {
            v[n++] = (struct option){.value = r->roles.v[i].role,
                .label = r->roles.v[i].name,
                .chosen = str_eq(r->roles.v[i].role, chosen)};
        }
    }
    d->role = (struct choice_field){.name = S("role"),
        .label = S("角色"),
        .error = fault_of(fault, S("role")),
        .required = true,
        .blank = S("请选择"),
        .options = {v, n}};
    d->role_unit = (struct choice_field){.id = S("role-unit"),
        .name = S("unit_id"),
        .label = S("在哪个单位"),
        .hint = S("在一个单位的角色，对它的下级单位也有效。"),
        .error = fault_of(fault, S("unit_id")),
        .required = true,
        .options = unit_options(
            ex, r->units, form_text(ex, S("unit_id"), id_text(ex, r->person.unit_id)))};
    d->from_day = (struct date_field){.name = S("from_day"),
        .label = S("从哪天起"),
        .hint = S("不填就从今天起。"),
        .value = form_text(ex, S("from_day"), STR_NONE),
        .error = fault_of(fault, S("from_day"))};
    d->to_day = (struct date_field){.name = S("to_day"),
        .label = S("到哪天止"),
        .hint = S("不填就一直有效。"),
        .value = form_text(ex, S("to_day"), STR_NONE),
        .error = fault_of(fault, S("to_day"))};
}

static void fill_facts(
    struct exchange *ex, struct person_view *d, const struct q_person_view_row *p)
{
    d->login = p->login;
    d->name = p->name;
    d->unit = p->unit_name;
    d->status_text = status_label(p->status, p->has_code);
    d->seen = moment_or_dash(ex, p->last_seen_ms);
    d->password_since = moment_or_dash(ex, p->password_ms);
    if (instant_is(p->locked_until_ms) && p->locked_until_ms.ms > ex->ctx.now.ms) {
        d->locked_until = instant_minute(ex->ctx.arena, p->locked_until_ms);
    }
    d->has_totp = p->has_totp;
    d->active = str_eq(p->status, S("active"));
    d->locked = str_eq(p->status, S("locked"));
    d->invited = str_eq(p->status, S("invited"));
    d->left = str_eq(p->status, S("left"));
    d->version = p->version;
}

static void fill_addresses(struct exchange *ex, struct person_view *d, int64_t id)
{
    d->edit = url_format(ex, "/office/people/%lld/edit", (long long)id);
    d->code = url_format(ex, "/office/people/%lld/code", (long long)id);
    d->lock = url_format(ex, "/office/people/%lld/lock", (long long)id);
    d->unlock = url_format(ex, "/office/people/%lld/unlock", (long long)id);
    d->leave = url_format(ex, "/office/people/%lld/leave", (long long)id);
    d->unbind = url_format(ex, "/office/people/%lld/unbind", (long long)id);
    d->give = url_format(ex, "/office/people/%lld/roles", (long long)id);
}

static int64_t person_of_address(struct exchange *ex)
{
    int64_t id = 0;
    if (!exchange_param_id(ex, S("person"), &id) && !exchange_param_id(ex, S("id"), &id)) {
        return 0;
    }
    return id;
}

static const struct err *show_person(struct exchange *ex, const struct err *fault)
{
    struct person_read r = {0};
    struct person_view d = {0};
    int64_t id = person_of_address(ex);
    TRY(account_read_person(&ex->ctx, id, &r));
    page_begin(ex, &d.page, r.person.name, S("/office/people"));
    struct page_link crumb[] = {
        {.label = S("人员"), .url = url_path(ex->ctx.arena, S("/office/people"))},
        {.label = r.person.name}};
    page_crumb(ex, &d.page, crumb, COUNT(crumb));
    d.page.faults = faults_shown(ex, fault);
    fill_facts(ex, &d, &r.person);
    fill_addresses(ex, &d, id);
    fill_held(ex, &d, &r);
    d.may_edit = may_among(ex->session.mays, &MAY_PEOPLE_EDIT);
    d.may_role = may_among(ex->session.mays, &MAY_ROLE_GIVE) && !d.left;
    d.name_field = (struct text_field){.name = S("name"),
        .label = S("姓名"),
        .value = form_text(ex, S("name"), r.person.name),
        .error = fault_of(fault, S("name")),
        .autocomplete = S("off"),
        .required = true,
        .max_chars = 40};
    d.unit_field = (struct choice_field){.name = S("unit_id"),
        .label = S("所在单位"),
        .required = true,
        .options = unit_options(ex, r.units, id_text(ex, r.person.unit_id))};
    fill_role_form(ex, &d, &r, fault);
    view_account_person(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *person_page(struct exchange *ex)
{
    return show_person(ex, NULL);
}

static const struct err *person_op(struct exchange *ex, const char *name)
{
    const struct value more[] = {{.name = S("id"), .text = param_text(ex, "id")}};
    struct str back = str_cat(ex->ctx.arena, S("/office/people/"), param_text(ex, "id"));
    return form_op(ex, name, form_with(ex, more, COUNT(more)), back, show_person);
}

const struct err *person_edit_send(struct exchange *ex)
{
    return person_op(ex, "person.edit");
}

const struct err *person_code_send(struct exchange *ex)
{
    struct str id = param_text(ex, "id");
    return run_with_code(
        ex, "person.code", id, str_cat(ex->ctx.arena, S("/office/people/"), id), show_person);
}

const struct err *person_lock_send(struct exchange *ex)
{
    return person_op(ex, "person.lock");
}

const struct err *person_unlock_send(struct exchange *ex)
{
    return person_op(ex, "person.unlock");
}

const struct err *person_leave_send(struct exchange *ex)
{
    return person_op(ex, "person.leave");
}

const struct err *person_unbind_send(struct exchange *ex)
{
    return person_op(ex, "person.unbind");
}

const struct err *role_give_send(struct exchange *ex)
{
    const struct value more[] = {{.name = S("person_id"), .text = param_text(ex, "id")}};
    struct str back = str_cat(ex->ctx.arena, S("/office/people/"), param_text(ex, "id"));
    return form_op(ex, "role.give", form_with(ex, more, COUNT(more)), back, show_person);
}

const struct err *role_take_send(struct exchange *ex)
{
    const struct value more[] = {{.name = S("id"), .text = param_text(ex, "id")}};
    struct str back = str_cat(ex->ctx.arena, S("/office/people/"), param_text(ex, "person"));
    return form_op(ex, "role.take", form_with(ex, more, COUNT(more)), back, show_person);
}
