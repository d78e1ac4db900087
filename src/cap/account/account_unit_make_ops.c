/*
 * account_unit_make_ops.c: making a unit: its row, every name it goes by, and its place in the tree.
 *
 * unit_above is the closure: one row for each unit and each of its superiors, itself included. It
 * is kept here and in account_units_ops.c (move) and nowhere else.
 */
#include "account_sql.h"
#include "base/rand.h"
#include "cap/account/account_inside.h"
#include "core/unit.h"

#include "base/ban.h"

/* The names a unit must own; a form made by the program yields to a unit that really is called so.
 */
const struct err *unit_alias_own(struct ctx *c, int64_t unit_id, struct str alias, struct str field)
{
    int64_t changed = 0;
    TRY(q_alias_add(c->tx, &(struct q_alias_add_in){.alias = alias, .unit_id = unit_id}, &changed));
    if (changed == 1) {
        return NULL;
    }
    struct q_alias_find_row other;
    bool found = false;
    TRY(q_alias_find(c->tx, &(struct q_alias_find_in){.alias = alias}, &other, &found));
    must(found);
    if (other.unit_id == unit_id) {
        return NULL;
    }
    struct str words = str_format(c->arena, "“%.*s”已经是“%.*s”的名称或别名，请换一个",
        STR_ARG(alias), STR_ARG(other.unit_name));
    return err_field(c->arena, field, words);
}

const struct err *unit_names_own(
    struct ctx *c, int64_t unit_id, struct str name, struct str short_name, struct strs more)
{
    TRY(unit_alias_own(c, unit_id, name, S("name")));
    if (!str_eq(short_name, name)) {
        TRY(unit_alias_own(c, unit_id, short_name, S("short_name")));
    }
    for (size_t i = 0; i < more.n; i++) {
        TRY(unit_alias_own(c, unit_id, more.v[i], S("aliases")));
    }
    struct str both[] = {name, short_name};
    for (size_t k = 0; k < COUNT(both); k++) {
        struct strs forms = account_name_forms(c->arena, both[k]);
        for (size_t i = 1; i < forms.n; i++) {
            int64_t changed = 0;
            TRY(q_alias_add(c->tx,
                &(struct q_alias_add_in){.alias = forms.v[i], .unit_id = unit_id}, &changed));
        }
    }
    return NULL;
}

const struct err *unit_code_free(struct ctx *c, struct str code, int64_t unit_id)
{
    if (code.n == 0) {
        return NULL;
    }
    struct q_code_taken_row other;
    bool found = false;
    TRY(q_code_taken(c->tx, &(struct q_code_taken_in){.agency_code = code}, &other, &found));
    if (found && other.unit_id != unit_id) {
        return err_field(c->arena, S("agency_code"),
            str_format(c->arena, "机构代码 %.*s 已经是“%.*s”的，请核对", STR_ARG(code),
                STR_ARG(other.name)));
    }
    return NULL;
}

const struct err *account_unit_make(struct ctx *c, const struct account_unit *u, int64_t *unit_id)
{
    struct unit above;
    if (u->above_id != 0) {
        TRY(unit_get(c, u->above_id, &above));
    }
    TRY(unit_code_free(c, u->agency_code, 0));
    struct str short_name = u->short_name.n > 0 ? u->short_name : u->name;
    int64_t id = id_make(c->now);
    TRY(q_unit_add(c->tx, &(struct q_unit_add_in){.unit_id = id,
                              .above_id = u->above_id,
                              .kind = u->kind,
                              .name = u->name,
                              .short_name = short_name,
                              .agency_code = u->agency_code,
                              .publishes = u->publishes,
                              .phone = u->phone,
                              .sort_no = u->sort_no}));
    TRY(q_above_self(c->tx, &(struct q_above_self_in){.unit_id = id}));
    if (u->above_id != 0) {
        TRY(q_above_from(c->tx, &(struct q_above_from_in){.unit_id = id, .above_id = u->above_id}));
    }
    TRY(unit_names_own(c, id, u->name, short_name, u->aliases));
    *unit_id = id;
    return NULL;
}
