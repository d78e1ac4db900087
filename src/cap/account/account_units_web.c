/* account_units_web.c: the organisation. */
#include "account_views.h"
#include "base/limits.h"
#include "cap/account/account_forms.h"
#include "cap/account/account_web.h"

#include "base/ban.h"

static const struct choice kinds[] = {
    {"section", "内设机构"}, {"school", "学校"}, {"bureau", "所属单位"}};

static struct str kind_label(struct str kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_eq(kind, str_from(kinds[i].value))) {
            return str_from(kinds[i].label);
        }
    }
    return S("导入的发布单位");
}

static struct text_field unit_text(struct exchange *ex, const struct err *fault, const char *name,
    const char *label, const char *hint, struct str stored)
{
    return (struct text_field){.name = str_from(name),
        .label = str_from(label),
        .hint = str_from(hint),
        .value = form_text(ex, str_from(name), stored),
        .error = fault_of(fault, str_from(name)),
        .autocomplete = S("off"),
        .max_chars = LIMIT_NAME_CHARS};
}

static struct checkbox publishes_box(struct exchange *ex, bool chosen)
{
    bool typed = ex->method == METHOD_POST && values_has(&ex->form, S("sort_no"));
    return (struct checkbox){.name = S("publishes"),
        .label = S("以自己的名义公开信息"),
        .hint = S("勾选后要填写机构代码，索引号里要用。"),
        .required = true, /* says nothing beside the label; unchecked is an answer too */
        .chosen = typed ? values_has(&ex->form, S("publishes")) : chosen};
}

static struct str name_of(const struct q_unit_lines_rows *all, int64_t unit_id)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].unit_id == unit_id) {
            return all->v[i].name;
        }
    }
    return S("—");
}

static struct options above_options(struct exchange *ex, const struct q_unit_lines_rows *all)
{
    struct str chosen = form_text(ex, S("above_id"), STR_NONE);
    struct option *v = arena_many(ex->ctx.arena, all->n, struct option);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (!date_is(all->v[i].closed_on) && !str_eq(all->v[i].kind, S("imported"))) {
            struct str value = id_text(ex, all->v[i].unit_id);
            v[n++] = (struct option){
                .value = value, .label = all->v[i].name, .chosen = str_eq(value, chosen)};
        }
    }
    return (struct options){v, n};
}

static void fill_unit_form(struct exchange *ex, struct units_view *d,
    const struct q_unit_lines_rows *all, const struct err *fault)
{
    d->name = unit_text(ex, fault, "name", "名称", "例如 教育股、云湖区实验小学", STR_NONE);
    d->name.required = true;
    d->short_name = unit_text(ex, fault, "short_name", "简称", "", STR_NONE);
    d->code = unit_text(ex, fault, "agency_code", "机构代码",
        "以自己的名义公开的单位才需要，例如 QZ02114", STR_NONE);
    d->phone = unit_text(ex, fault, "phone", "联系电话", "", STR_NONE);
    d->sort_no = unit_text(ex, fault, "sort_no", "排序号", "数字小的排在前面", S("100"));
    d->sort_no.required = true;
    d->sort_no.inputmode = S("numeric");
    d->sort_no.narrow = true;
    d->publishes = publishes_box(ex, false);
    d->kind = (struct choice_field){.name = S("kind"),
        .label = S("类型"),
        .error = fault_of(fault, S("kind")),
        .required = true,
        .options =
            options_of(ex->ctx.arena, kinds, COUNT(kinds), form_text(ex, S("kind"), S("section")))};
    d->above = (struct choice_field){.name = S("above_id"),
        .label = S("上级单位"),
        .error = fault_of(fault, S("above_id")),
        .required = true,
        .options = above_options(ex, all)};
}

static const struct err *show_units(struct exchange *ex, const struct err *fault)
{
    struct q_unit_lines_rows all = {0};
    struct units_view d = {0};
    TRY(account_read_units(&ex->ctx, &all));
    page_begin(ex, &d.page, S("单位"), S("/office/units"));
    d.page.faults = faults_shown(ex, fault);
    struct unit_line *v = arena_many(ex->ctx.arena, all.n, struct unit_line);
    for (size_t i = 0; i < all.n; i++) {
        const struct q_unit_lines_row *u = &all.v[i];
        v[i] =
            (struct unit_line){.url = url_format(ex, "/office/units/%lld", (long long)u->unit_id),
                .name = u->name,
                .short_name = u->short_name,
                .kind = u->above_id == 0 && str_eq(u->kind, S("bureau")) ? S("本机关")
                                                                         : kind_label(u->kind),
                .above = name_of(&all, u->above_id),
                .code = u->agency_code.n > 0 ? u->agency_code : S("—"),
                .people = u->people,
                .publishes = u->publishes,
                .closed = date_is(u->closed_on)};
    }
    d.units = (struct unit_lines){v, all.n};
    d.may_edit = may_among(ex->session.mays, &MAY_PEOPLE_EDIT);
    fill_unit_form(ex, &d, &all, fault);
    view_account_units(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *units_page(struct exchange *ex)
{
    return show_units(ex, NULL);
}

const struct err *units_send(struct exchange *ex)
{
    return form_op(ex, "unit.add", ex->form, S("/office/units"), show_units);
}

/* ---- one unit ---- */

static void fill_aliases(struct exchange *ex, struct unit_view *d, const struct unit_read *r)
{
    struct alias_line *v = arena_many(ex->ctx.arena, r->aliases.n, struct alias_line);
    for (size_t i = 0; i < r->aliases.n; i++) {
        struct str a = r->aliases.v[i].alias;
        v[i] = (struct alias_line){a, str_eq(a, r->unit.name) || str_eq(a, r->unit.short_name)};
    }
    d->aliases = (struct alias_lines){v, r->aliases.n};
}

static void fill_edit_form(
    struct exchange *ex, struct unit_view *d, const struct unit_read *r, const struct err *fault)
{
    const struct q_unit_view_row *u = &r->unit;
    d->name_field = unit_text(ex, fault, "name", "名称", "改名后，旧名称仍是别名", u->name);
    d->name_field.required = true;
    d->short_field = unit_text(ex, fault, "short_name", "简称", "", u->short_name);
    d->code_field = unit_text(ex, fault, "agency_code", "机构代码", "", u->agency_code);
    d->phone_field = unit_text(ex, fault, "phone", "联系电话", "", u->phone);
    d->sort_field = unit_text(ex, fault, "sort_no", "排序号", "", id_text(ex, u->sort_no));
    d->sort_field.required = true;
    d->sort_field.inputmode = S("numeric");
    d->sort_field.narrow = true;
    d->publishes = publishes_box(ex, u->publishes);
    d->alias_field = unit_text(ex, fault, "alias", "别名", "", STR_NONE);
    d->alias_field.required = true;
    d->above_field = (struct choice_field){.name = S("above_id"),
        .label = S("上级单位"),
        .error = fault_of(fault, S("above_id")),
        .required = true,
        .options =
            unit_options(ex, r->units, form_text(ex, S("above_id"), id_text(ex, u->above_id)))};
}

static const struct err *show_unit(struct exchange *ex, const struct err *fault)
{
    struct unit_read r = {0};
    struct unit_view d = {0};
    int64_t id = 0;
    exchange_param_id(ex, S("id"), &id);
    TRY(account_read_unit(&ex->ctx, id, &r));
    page_begin(ex, &d.page, r.unit.name, S("/office/units"));
    struct page_link crumb[] = {
        {.label = S("单位"), .url = url_path(ex->ctx.arena, S("/office/units"))},
        {.label = r.unit.name}};
    page_crumb(ex, &d.page, crumb, COUNT(crumb));
    d.page.faults = faults_shown(ex, fault);
    d.name = r.unit.name;
    d.kind = kind_label(r.unit.kind);
    d.above = r.above_name.n > 0 ? r.above_name : S("—");
    d.code = r.unit.agency_code.n > 0 ? r.unit.agency_code : S("—");
    d.closed = date_is(r.unit.closed_on) ? date_chinese(ex->ctx.arena, r.unit.closed_on) : STR_NONE;
    d.open = !date_is(r.unit.closed_on);
    d.has_above = r.unit.above_id != 0;
    d.version = r.unit.version;
    d.may_edit = may_among(ex->session.mays, &MAY_PEOPLE_EDIT);
    d.edit = url_format(ex, "/office/units/%lld/edit", (long long)id);
    d.alias = url_format(ex, "/office/units/%lld/alias", (long long)id);
    d.unalias = url_format(ex, "/office/units/%lld/unalias", (long long)id);
    d.move = url_format(ex, "/office/units/%lld/move", (long long)id);
    d.close = url_format(ex, "/office/units/%lld/close", (long long)id);
    fill_aliases(ex, &d, &r);
    fill_edit_form(ex, &d, &r, fault);
    view_account_unit(&ex->out, &d);
    return exchange_page(ex, fault == NULL ? 200 : err_http(fault->kind));
}

const struct err *unit_page(struct exchange *ex)
{
    return show_unit(ex, NULL);
}

static const struct err *unit_op(struct exchange *ex, const char *name)
{
    const struct value more[] = {{.name = S("id"), .text = param_text(ex, "id")}};
    struct str back = str_cat(ex->ctx.arena, S("/office/units/"), param_text(ex, "id"));
    return form_op(ex, name, form_with(ex, more, COUNT(more)), back, show_unit);
}

const struct err *unit_edit_send(struct exchange *ex)
{
    return unit_op(ex, "unit.edit");
}

const struct err *unit_alias_send(struct exchange *ex)
{
    return unit_op(ex, "unit.alias");
}

const struct err *unit_unalias_send(struct exchange *ex)
{
    return unit_op(ex, "unit.unalias");
}

const struct err *unit_move_send(struct exchange *ex)
{
    return unit_op(ex, "unit.move");
}

const struct err *unit_close_send(struct exchange *ex)
{
    return unit_op(ex, "unit.close");
}
