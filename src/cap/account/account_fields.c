/* account_fields.c: the operations as rows: name, right, fields. */
#include "base/limits.h"
#include "cap/account/account_inside.h"

#include "base/ban.h"

enum { CODE_CHARS = 100, SHORT_CHARS = 40, SORT_MOST = 1000000000 };

#define EXAMPLE_LOGIN "chenxiao"

// clang-format off
static const struct choice unit_kinds[] = {{"section", "内设机构"}, {"school", "学校"}, {"bureau", "所属单位"}};

static const struct field invite_fields[] = {
    FIELD(struct person_invite_input, login, .label = "登录名", .kind = FIELD_LINE, .most = ACCOUNT_LOGIN_MOST, .required = true, .example = EXAMPLE_LOGIN),
    FIELD(struct person_invite_input, name, .label = "姓名", .kind = FIELD_LINE, .most = SHORT_CHARS, .required = true, .example = "陈晓"),
    FIELD(struct person_invite_input, unit_id, .label = "所在单位", .kind = FIELD_ID, .required = true),
    FIELD(struct person_invite_input, code, .label = "启用码", .kind = FIELD_SECRET, .most = CODE_CHARS),
};
static const struct field edit_fields[] = {
    FIELD(struct person_edit_input, id, .label = "人员", .kind = FIELD_ID, .required = true),
    FIELD(struct person_edit_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
    FIELD(struct person_edit_input, name, .label = "姓名", .kind = FIELD_LINE, .most = SHORT_CHARS, .required = true, .example = "陈晓"),
    FIELD(struct person_edit_input, unit_id, .label = "所在单位", .kind = FIELD_ID, .required = true),
};
static const struct field code_fields[] = {
    FIELD(struct person_code_input, id, .label = "人员", .kind = FIELD_ID, .required = true),
    FIELD(struct person_code_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
    FIELD(struct person_code_input, code, .label = "启用码", .kind = FIELD_SECRET, .most = CODE_CHARS, .required = true),
};
static const struct field person_fields[] = {
    FIELD(struct person_version_input, id, .label = "人员", .kind = FIELD_ID, .required = true),
    FIELD(struct person_version_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
};
static const struct field give_fields[] = {
    FIELD(struct role_give_input, person_id, .label = "人员", .kind = FIELD_ID, .required = true),
    FIELD(struct role_give_input, role, .label = "角色", .kind = FIELD_LINE, .most = SHORT_CHARS, .required = true),
    FIELD(struct role_give_input, unit_id, .label = "在哪个单位", .kind = FIELD_ID, .required = true),
    FIELD(struct role_give_input, from_day, .label = "从哪天起", .kind = FIELD_DAY),
    FIELD(struct role_give_input, to_day, .label = "到哪天止", .kind = FIELD_DAY),
};
static const struct field change_fields[] = {
    FIELD(struct change_input, id, .label = "变更", .kind = FIELD_ID, .required = true),
    FIELD(struct change_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
};
static const struct field unit_add_fields[] = {
    FIELD(struct unit_add_input, above_id, .label = "上级单位", .kind = FIELD_ID, .required = true),
    FIELD(struct unit_add_input, kind, .label = "类型", .kind = FIELD_CHOICE, .choices = unit_kinds, .choice_count = COUNT(unit_kinds), .required = true),
    FIELD(struct unit_add_input, name, .label = "名称", .kind = FIELD_LINE, .most = LIMIT_NAME_CHARS, .required = true, .example = "教育股"),
    FIELD(struct unit_add_input, short_name, .label = "简称", .kind = FIELD_LINE, .most = LIMIT_NAME_CHARS),
    FIELD(struct unit_add_input, agency_code, .label = "机构代码", .kind = FIELD_LINE, .most = SHORT_CHARS, .example = "QZ02114"),
    FIELD(struct unit_add_input, publishes, .label = "以自己的名义公开", .kind = FIELD_FLAG),
    FIELD(struct unit_add_input, phone, .label = "联系电话", .kind = FIELD_LINE, .most = SHORT_CHARS),
    FIELD(struct unit_add_input, sort_no, .label = "排序号", .kind = FIELD_INT, .most = SORT_MOST, .required = true, .example = "100"),
    FIELD(struct unit_add_input, aliases, .label = "别名", .kind = FIELD_LIST, .most = 20),
};
static const struct field unit_edit_fields[] = {
    FIELD(struct unit_edit_input, id, .label = "单位", .kind = FIELD_ID, .required = true),
    FIELD(struct unit_edit_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
    FIELD(struct unit_edit_input, name, .label = "名称", .kind = FIELD_LINE, .most = LIMIT_NAME_CHARS, .required = true, .example = "教育股"),
    FIELD(struct unit_edit_input, short_name, .label = "简称", .kind = FIELD_LINE, .most = LIMIT_NAME_CHARS),
    FIELD(struct unit_edit_input, agency_code, .label = "机构代码", .kind = FIELD_LINE, .most = SHORT_CHARS, .example = "QZ02114"),
    FIELD(struct unit_edit_input, publishes, .label = "以自己的名义公开", .kind = FIELD_FLAG),
    FIELD(struct unit_edit_input, phone, .label = "联系电话", .kind = FIELD_LINE, .most = SHORT_CHARS),
    FIELD(struct unit_edit_input, sort_no, .label = "排序号", .kind = FIELD_INT, .most = SORT_MOST, .required = true, .example = "100"),
};
static const struct field alias_fields[] = {
    FIELD(struct unit_alias_input, id, .label = "单位", .kind = FIELD_ID, .required = true),
    FIELD(struct unit_alias_input, alias, .label = "别名", .kind = FIELD_LINE, .most = LIMIT_NAME_CHARS, .required = true, .example = "教育科"),
};
static const struct field move_fields[] = {
    FIELD(struct unit_move_input, id, .label = "单位", .kind = FIELD_ID, .required = true),
    FIELD(struct unit_move_input, version, .label = "版本", .kind = FIELD_INT, .most = INT64_MAX, .required = true),
    FIELD(struct unit_move_input, above_id, .label = "上级单位", .kind = FIELD_ID, .required = true),
};
static const struct field setting_fields[] = {
    FIELD(struct setting_input, name, .label = "设置", .kind = FIELD_LINE, .most = SHORT_CHARS, .required = true, .example = "site.phone"),
    FIELD(struct setting_input, value, .label = "内容", .kind = FIELD_LINE, .most = LIMIT_LINE_CHARS),
};

OP_ADAPT(person_invite, struct person_invite_input)
OP_ADAPT(person_edit, struct person_edit_input)
OP_ADAPT(person_code, struct person_code_input)
OP_ADAPT(person_lock, struct person_version_input)
OP_ADAPT(person_unlock, struct person_version_input)
OP_ADAPT(person_leave, struct person_version_input)
OP_ADAPT(person_unbind, struct person_version_input)
OP_ADAPT(role_give, struct role_give_input)
OP_ADAPT(role_take, struct change_input)
OP_ADAPT(role_confirm, struct change_input)
OP_ADAPT(role_refuse, struct change_input)
OP_ADAPT(unit_add, struct unit_add_input)
OP_ADAPT(unit_edit, struct unit_edit_input)
OP_ADAPT(unit_alias, struct unit_alias_input)
OP_ADAPT(unit_unalias, struct unit_alias_input)
OP_ADAPT(unit_move, struct unit_move_input)
OP_ADAPT(unit_close, struct change_input)
OP_ADAPT(setting_change, struct setting_input)

const struct op account_ops[ACCOUNT_OPS] = {
    OP("person.invite",  "登记人员",           MAY_PEOPLE_EDIT,  invite_fields,    struct person_invite_input,  person_invite,  OP_PLAIN),
    OP("person.edit",    "修改人员",           MAY_PEOPLE_EDIT,  edit_fields,      struct person_edit_input,    person_edit,    OP_PLAIN),
    OP("person.code",    "重新生成启用码",     MAY_PEOPLE_EDIT,  code_fields,      struct person_code_input,    person_code,    OP_PROOF),
    OP("person.lock",    "停用账号",           MAY_PEOPLE_EDIT,  person_fields,    struct person_version_input, person_lock,    OP_PLAIN),
    OP("person.unlock",  "恢复账号",           MAY_PEOPLE_EDIT,  person_fields,    struct person_version_input, person_unlock,  OP_PLAIN),
    OP("person.leave",   "登记离岗",           MAY_PEOPLE_EDIT,  person_fields,    struct person_version_input, person_leave,   OP_PROOF),
    OP("person.unbind",  "解除动态口令绑定",   MAY_ROLE_GIVE,    person_fields,    struct person_version_input, person_unbind,  OP_PROOF),
    OP("role.give",      "授予角色",           MAY_ROLE_GIVE,    give_fields,      struct role_give_input,      role_give,      OP_PROOF),
    OP("role.take",      "收回角色",           MAY_ROLE_GIVE,    change_fields,    struct change_input,         role_take,      OP_PROOF),
    OP("role.confirm",   "确认管理员变更",     MAY_ROLE_CONFIRM, change_fields,    struct change_input,         role_confirm,   OP_PROOF),
    OP("role.refuse",    "驳回管理员变更",     MAY_ROLE_CONFIRM, change_fields,    struct change_input,         role_refuse,    OP_PROOF),
    OP("unit.add",       "添加单位",           MAY_PEOPLE_EDIT,  unit_add_fields,  struct unit_add_input,       unit_add,       OP_PLAIN),
    OP("unit.edit",      "修改单位",           MAY_PEOPLE_EDIT,  unit_edit_fields, struct unit_edit_input,      unit_edit,      OP_PLAIN),
    OP("unit.alias",     "添加单位别名",       MAY_PEOPLE_EDIT,  alias_fields,     struct unit_alias_input,     unit_alias,     OP_PLAIN),
    OP("unit.unalias",   "删除单位别名",       MAY_PEOPLE_EDIT,  alias_fields,     struct unit_alias_input,     unit_unalias,   OP_PLAIN),
    OP("unit.move",      "调整上级单位",       MAY_PEOPLE_EDIT,  move_fields,      struct unit_move_input,      unit_move,      OP_PROOF),
    OP("unit.close",     "撤销单位",           MAY_PEOPLE_EDIT,  change_fields,    struct change_input,         unit_close,     OP_PROOF),
    OP("setting.change", "修改系统设置",       MAY_SETTING_EDIT, setting_fields,   struct setting_input,        setting_change, OP_PLAIN),
};
// clang-format on

const struct op *account_op(const char *name)
{
    for (size_t i = 0; i < ACCOUNT_OPS; i++) {
        if (strcmp(account_ops[i].name, name) == 0) {
            return &account_ops[i];
        }
    }
    must(false);
}
