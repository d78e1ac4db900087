/*
 * statements_test.c: every statement of the whole program is understood by every engine, and the registry of the real
 * program is sound.
 */
#include "../core/support.h"

#include "cap/list.h"
#include "core/registry.h"
#include "web/server.h"

#include "base/ban.h"

START_TEST(every_statement_is_understood)
{
    struct fixture *f = fixture_open(_i);
    struct statements all = registry_statements(f->arena);
    ck_assert_uint_gt(all.n, 100);
    for (size_t i = 0; i < all.n; i++) {
        const struct err *e = db_prepare_check(f->arena, f->db, &all.v[i]);
        struct str facts = e != NULL ? e->facts : S("");
        ck_assert_msg(e == NULL, "%s: %.*s", all.v[i].name, STR_ARG(facts));
    }
}
END_TEST

START_TEST(roles_that_capabilities_name_exist)
{
    (void)_i;
    struct capabilities all = registry_all();
    ck_assert_uint_gt(all.n, 1);
    ck_assert_ptr_nonnull(registry_op(S("role.give")));
}
END_TEST

void check_cases(TCase *tc)
{
    web_register();
    registry_set(capability_list());
    on_both_engines(tc, every_statement_is_understood);
    tcase_add_test(tc, roles_that_capabilities_name_exist);
}
