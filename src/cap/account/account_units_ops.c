/* account_units_ops.c: the organisation changes. */
#include "account_sql.h"
#include "cap/account/account_inside.h"
#include "core/event.h"
#include "core/setting.h"
#include "core/unit.h"
#include "rules/number.h"

#include "base/ban.h"

static struct str unit_address(struct ctx *c, int64_t unit_id)
{
    return str_format(c->arena, "/office/units/%lld", (long long)unit_id);
}

static const struct err *load(struct ctx *c, int64_t unit_id, struct q_unit_view_row *u)
{
    bool found = false;
    TRY(q_unit_view(c->tx, &(struct q_unit_view_in){.unit_id = unit_id}, u, &found));
    c->subject = str_format(c->arena, "unit:%lld", (long long)unit_id);
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个单位，请回到单位列表查找。"));
    }
    return may_require_in(c, &MAY_PEOPLE_EDIT, unit_id);
}

static const struct err *finish(struct ctx *c, const char *kind, int64_t unit_id, int64_t version,
    const char *words, struct op_done *done)
{
    TRY(event_add(c, str_from(kind), S("unit"), unit_id, STR_NONE));
    *done = (struct op_done){.id = unit_id,
        .version = version,
        .words = str_from(words),
        .location = unit_address(c, unit_id)};
    return NULL;
}

const struct err *unit_add(struct ctx *c, const struct unit_add_input *in, struct op_done *done)
{
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, in->above_id));
    int64_t id = 0;
    TRY(account_unit_make(c,
        &(struct account_unit){.above_id = in->above_id,
            .kind = in->kind,
            .name = in->name,
            .short_name = in->short_name,
            .agency_code = in->agency_code,
            .phone = in->phone,
            .publishes = in->publishes,
            .sort_no = in->sort_no,
            .aliases = in->aliases},
        &id));
    c->subject = str_format(c->arena, "unit:%lld", (long long)id);
    return finish(c, "unit.added", id, 1, "已添加单位。", done);
}

/* The old name stays an alias: texts of earlier years call the unit so. */
const struct err *unit_edit(struct ctx *c, const struct unit_edit_input *in, struct op_done *done)
{
    struct q_unit_view_row u;
    TRY(load(c, in->id, &u));
    TRY(unit_code_free(c, in->agency_code, in->id));
    struct str short_name = in->short_name.n > 0 ? in->short_name : in->name;
    TRY(unit_names_own(c, in->id, in->name, short_name, (struct strs){NULL, 0}));
    int64_t changed = 0;
    TRY(q_unit_save(c->tx,
        &(struct q_unit_save_in){.unit_id = in->id,
            .name = in->name,
            .short_name = short_name,
            .agency_code = in->agency_code,
            .publishes = in->publishes,
            .phone = in->phone,
            .sort_no = in->sort_no,
            .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    return finish(c, "unit.edited", in->id, in->version + 1, "已保存。", done);
}

const struct err *unit_alias(struct ctx *c, const struct unit_alias_input *in, struct op_done *done)
{
    struct q_unit_view_row u;
    TRY(load(c, in->id, &u));
    TRY(unit_alias_own(c, in->id, in->alias, S("alias")));
    return finish(c, "unit.alias_added", in->id, u.version, "已添加别名。", done);
}

const struct err *unit_unalias(
    struct ctx *c, const struct unit_alias_input *in, struct op_done *done)
{
    struct q_unit_view_row u;
    int64_t changed = 0;
    TRY(load(c, in->id, &u));
    if (str_eq(in->alias, u.name) || str_eq(in->alias, u.short_name)) {
        return err_field(c->arena, S("alias"), S("单位现在的名称和简称不能删除，请选择别的名称"));
    }
    TRY(q_alias_drop(
        c->tx, &(struct q_alias_drop_in){.alias = in->alias, .unit_id = in->id}, &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个别名，可能已经删除。"));
    }
    return finish(c, "unit.alias_dropped", in->id, u.version, "已删除别名。", done);
}

/* The branch goes as a whole: its inner order stays, its superiors are exchanged. */
const struct err *unit_move(struct ctx *c, const struct unit_move_input *in, struct op_done *done)
{
    struct q_unit_view_row u;
    bool below_itself = false;
    int64_t changed = 0;
    TRY(load(c, in->id, &u));
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, in->above_id));
    TRY(unit_within(c, in->above_id, in->id, &below_itself));
    if (below_itself || u.above_id == 0) {
        return err_field(c->arena, S("above_id"),
            S("请选择另一个上级：单位不能归到自己或自己的下级之下，本机关没有上级"));
    }
    TRY(q_unit_move(c->tx,
        &(struct q_unit_move_in){
            .unit_id = in->id, .above_id = in->above_id, .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    TRY(q_above_cut(c->tx, &(struct q_above_cut_in){.unit_id = in->id}));
    TRY(q_above_graft(
        c->tx, &(struct q_above_graft_in){.unit_id = in->id, .above_id = in->above_id}));
    return finish(c, "unit.moved", in->id, in->version + 1, "已调整上级单位。", done);
}

const struct err *unit_close(struct ctx *c, const struct change_input *in, struct op_done *done)
{
    struct q_unit_view_row u;
    struct q_unit_in_use_row use;
    bool found = false;
    int64_t changed = 0;
    TRY(load(c, in->id, &u));
    TRY(q_unit_in_use(
        c->tx, &(struct q_unit_in_use_in){.unit_id = in->id, .today = c->today}, &use, &found));
    must(found);
    if (u.above_id == 0 || use.units > 0 || use.people > 0) {
        return err_format(c->arena, ERR_NOT_YET,
            "还不能撤销：下面还有 %lld 个单位、%lld 个人在用。请先把他们转到别的单位。",
            (long long)use.units, (long long)use.people);
    }
    TRY(q_unit_close(c->tx,
        &(struct q_unit_close_in){.unit_id = in->id, .closed_on = c->today, .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    return finish(
        c, "unit.closed", in->id, in->version + 1, "已撤销单位，它过去的文件不受影响。", done);
}

const struct err *setting_change(
    struct ctx *c, const struct setting_input *in, struct op_done *done)
{
    enum setting s;
    if (!setting_by_name(in->name, &s)) {
        return err_field(c->arena, S("name"), S("没有这项设置，请从列表中选择"));
    }
    bool profile = s == SETTING_PASSWORD_PROFILE && !str_eq(in->value, S("dengbao")) &&
                   !str_eq(in->value, S("asvs"));
    bool flag = (s == SETTING_TOTP_FORCED || s == SETTING_INDEX_PER_CATEGORY) &&
                !str_eq(in->value, S("0")) && !str_eq(in->value, S("1"));
    if (s == SETTING_INDEX_PATTERN && !index_pattern_valid(in->value)) {
        return err_field(c->arena, S("value"),
            S("请写出机构代码、年度和流水号的位置，例如 {agency}-{category}-{year}-{serial:5}"));
    }
    if (profile || flag) {
        return err_field(c->arena, S("value"),
            profile ? S("请填写 dengbao 或 asvs") : S("请填写 1（是）或 0（否）"));
    }
    c->subject = str_cat(c->arena, S("setting:"), in->name);
    TRY(setting_put(c, s, in->value));
    TRY(event_add(c, S("setting.changed"), S("setting"), (int64_t)s + 1,
        str_format(c->arena, "{\"name\":\"%.*s\"}", STR_ARG(in->name))));
    *done = (struct op_done){.id = (int64_t)s + 1,
        .version = 1,
        .words = str_format(c->arena, "已保存“%.*s”。", STR_ARG(setting_help(s))),
        .location = S("/office/settings")};
    return NULL;
}
