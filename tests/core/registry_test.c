/*
 * registry_test.c: a wrong list of capabilities does not start; the access report reads by row.
 */
#include "check_main.h"
#include "core/access.h"
#include "core/registry.h"
#include "probe.h"

#include "base/ban.h"

START_TEST(operations_are_found_by_name)
{
    probe_set();
    ck_assert_ptr_nonnull(registry_op(S("probe.make")));
    ck_assert_ptr_null(registry_op(S("probe")));
    ck_assert_ptr_null(registry_op(S("probe.makes")));
}
END_TEST

static const struct err *do_nothing(struct ctx *c, const void *in, struct op_done *done)
{
    (void)c;
    (void)in;
    (void)done;
    return NULL;
}

static const struct may MAY_UNDECLARED = {"probe.undeclared", "没有登记"};

enum mistake {
    NO_RIGHT,
    UNDECLARED_RIGHT,
    SAME_NAME,
    FIELD_OUTSIDE,
    FIELDS_OVERLAP,
    NO_CHOICES,
    UNKNOWN_ROLE,
    GRANT_OF_THE_HOUSE,
    WRONG_ADMIN,
    MISTAKES
};

struct pair {
    struct str a;
    struct str b;
};

START_TEST(a_wrong_table_does_not_start)
{
    struct field fields[] = {
        FIELD(struct pair, a, .label = "甲", .kind = FIELD_LINE),
        FIELD(struct pair, b, .label = "乙", .kind = FIELD_LINE),
    };
    struct op ops[] = {
        {.name = "x.one",
            .title = "一",
            .may = &MAY_PROBE_EDIT,
            .fields = fields,
            .field_count = 2,
            .in_size = sizeof(struct pair),
            .run = do_nothing},
        {.name = "x.two",
            .title = "二",
            .may = &MAY_PROBE_EDIT,
            .fields = fields,
            .field_count = 2,
            .in_size = sizeof(struct pair),
            .run = do_nothing},
    };
    struct role_default roles[] = {{"keeper", "保管员", "system"}};
    struct role_grant grants[] = {{"keeper", &MAY_PROBE_EDIT}};
    struct capability x = {.name = "x",
        .title = "试",
        .ops = ops,
        .op_count = 2,
        .roles = roles,
        .role_count = 1,
        .grants = grants,
        .grant_count = 1};
    const struct capability *const list[] = {&probe_capability, &x};
    struct capabilities all = {.v = list, .n = 2};

    registry_set(all); /* still right */
    switch ((enum mistake)_i) {
    case NO_RIGHT:
        ops[1].may = NULL;
        break;
    case UNDECLARED_RIGHT:
        ops[1].may = &MAY_UNDECLARED;
        break;
    case SAME_NAME:
        ops[1].name = "probe.make";
        break;
    case FIELD_OUTSIDE:
        fields[1].offset = sizeof(struct pair) - 1;
        break;
    case FIELDS_OVERLAP:
        fields[1].offset = 8;
        break;
    case NO_CHOICES:
        fields[1].kind = FIELD_CHOICE;
        break;
    case UNKNOWN_ROLE:
        grants[0].role = "nobody";
        break;
    case GRANT_OF_THE_HOUSE:
        grants[0].may = &MAY_ANYONE;
        break;
    case WRONG_ADMIN:
        roles[0].admin = "all";
        break;
    case MISTAKES:
        return;
    }
    registry_set(all);
}
END_TEST

START_TEST(migrations_come_from_core_then_rooms_then_capabilities)
{
    static const struct migration web[] = {{.name = "web/0001_web"}};
    static const struct migration cap[] = {{.name = "x/0001_x"}};
    static const struct migrations web_all = {.v = web, .n = 1};
    static const struct migrations cap_all = {.v = cap, .n = 1};
    static const struct capability x = {.name = "x", .title = "试", .migrations = &cap_all};
    static const struct capability *const list[] = {&x};

    registry_add_room(&web_all, NULL);
    registry_add_room(&web_all, NULL); /* twice is once */
    registry_set((struct capabilities){.v = list, .n = 1});
    struct migrations all = registry_migrations(arena);
    ck_assert_uint_eq(all.n, 3);
    ck_assert(str_starts(str_from(all.v[0].name), S("core/")));
    ck_assert_str_is(str_from(all.v[1].name), "web/0001_web");
    ck_assert_str_is(str_from(all.v[2].name), "x/0001_x");
}
END_TEST

/* Read it as an inspector would: line by line, role by role. */
static const char report[] =
    "roles\n"
    "  author               起草人\n"
    "  publisher            发布人\n"
    "  security             安全管理员  administrator: security\n"
    "\n"
    "operation                 nobody  author  publisher  security  program  right\n"
    "probe.fail                ·       ●       ●          ·         ·        probe.edit\n"
    "probe.make                ·       ●       ●          ·         ·        probe.edit\n"
    "probe.open                ●       ●       ●          ●         ●        anyone\n"
    "probe.own                 ·       ●       ●          ●         ·        signed-in\n"
    "probe.publish             ·       ·       ●          ·         ·        probe.publish\n"
    "probe.silent              ·       ●       ●          ·         ·        probe.edit\n"
    "probe.tick                ·       ·       ·          ·         ●        system\n"
    "\n"
    "route                     nobody  author  publisher  security  program  right\n"
    "GET /a                    ·       ●       ●          ·         ·        probe.edit\n"
    "GET /b                    ●       ●       ●          ●         ●        anyone\n";

START_TEST(the_access_report_says_who_may_do_what)
{
    const struct access_line routes[] = {
        {"route", S("GET /b"), &MAY_ANYONE},
        {"route", S("GET /a"), &MAY_PROBE_EDIT},
    };

    probe_set();
    ck_assert_str_is(access_text(arena, (struct access_lines){.v = routes, .n = 2}), report);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, operations_are_found_by_name);
    tcase_add_loop_test_raise_signal(tc, a_wrong_table_does_not_start, SIGABRT, 0, MISTAKES);
    tcase_add_test(tc, migrations_come_from_core_then_rooms_then_capabilities);
    tcase_add_test(tc, the_access_report_says_who_may_do_what);
}
