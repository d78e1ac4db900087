#include "check_main.h"
#include "core/registry.h"
#include "web/match.h"

#include <string.h>

static const struct err *nothing(struct exchange *ex)
{
    (void)ex;
    return NULL;
}

// clang-format off
static const struct route table[] = {
    {METHOD_GET,  "/",                       SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, nothing},
    {METHOD_GET,  "/d/{number}",             SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, nothing},
    {METHOD_GET,  "/d/{number}.json",        SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, nothing},
    {METHOD_GET,  "/d/{number}/v{edition}",  SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, nothing},
    {METHOD_GET,  "/d/new",                  SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, nothing},
    {METHOD_POST, "/d/{number}/read",        SIDE_OFFICE, &MAY_SIGNED_IN, CLASS_PAGE, nothing},
};

static const struct {
    enum method method;
    const char *path;
    const char *pattern; /* NULL: none */
    const char *param, *value;
    bool other_method;
} rows[] = {
    {METHOD_GET,  "/",             "/", NULL, NULL, false},
    {METHOD_GET,  "/d/QZ-1",       "/d/{number}", "number", "QZ-1", false},
    {METHOD_GET,  "/d/QZ-1.json",  "/d/{number}.json", "number", "QZ-1", false},
    {METHOD_GET,  "/d/.json",      "/d/{number}", "number", ".json", false},
    {METHOD_GET,  "/d/new",        "/d/new", NULL, NULL, false},
    {METHOD_GET,  "/d/a/v12",      "/d/{number}/v{edition}", "edition", "12", false},
    {METHOD_GET,  "/d/a/v",        NULL, NULL, NULL, false},
    {METHOD_GET,  "/d/a/read",     NULL, NULL, NULL, true},
    {METHOD_POST, "/d/a/read",     "/d/{number}/read", "number", "a", false},
    {METHOD_POST, "/d/new",        NULL, NULL, NULL, true},
    {METHOD_GET,  "/d",            NULL, NULL, NULL, false},
    {METHOD_GET,  "/d/",           NULL, NULL, NULL, false},
    {METHOD_GET,  "/d/a/b/c",      NULL, NULL, NULL, false},
};
// clang-format on

START_TEST(longest_literal_wins)
{
    struct route_table t = route_table_make(arena, table, ROUTES_COUNT(table), true, true);
    struct route_found f = route_find(arena, &t, rows[_i].method, str_from(rows[_i].path));
    ck_assert_msg((f.route != NULL) == (rows[_i].pattern != NULL), "%s", rows[_i].path);
    ck_assert_int_eq(f.other_method, rows[_i].other_method || (f.route != NULL && f.other_method));
    if (f.route != NULL) {
        ck_assert_str_eq(f.route->pattern, rows[_i].pattern);
    }
    if (rows[_i].param != NULL) {
        ck_assert_str_is(values_get(&f.params, str_from(rows[_i].param)), rows[_i].value);
    }
}
END_TEST

START_TEST(sides_are_served_apart)
{
    struct route_table t = route_table_make(arena, NULL, 0, true, false);
    ck_assert_uint_eq(t.n, 0);
}
END_TEST

START_TEST(route_without_audience_does_not_start)
{
    static const struct route bad[] = {{METHOD_GET, "/x", SIDE_OFFICE, NULL, CLASS_PAGE, nothing}};
    route_table_make(arena, bad, 1, true, true);
}
END_TEST

START_TEST(public_route_that_asks_for_a_person_does_not_start)
{
    static const struct route bad[] = {
        {METHOD_GET, "/x", SIDE_PUBLIC, &MAY_SIGNED_IN, CLASS_PAGE, nothing}};
    route_table_make(arena, bad, 1, true, true);
}
END_TEST

START_TEST(two_rows_of_one_address_do_not_start)
{
    static const struct route bad[] = {
        {METHOD_GET, "/x", SIDE_OFFICE, &MAY_ANYONE, CLASS_PAGE, nothing},
        {METHOD_GET, "/x", SIDE_OFFICE, &MAY_ANYONE, CLASS_PAGE, nothing}};
    route_table_make(arena, bad, 2, true, true);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, longest_literal_wins, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(tc, sides_are_served_apart);
    tcase_add_test_raise_signal(tc, route_without_audience_does_not_start, SIGABRT);
    tcase_add_test_raise_signal(tc, public_route_that_asks_for_a_person_does_not_start, SIGABRT);
    tcase_add_test_raise_signal(tc, two_rows_of_one_address_do_not_start, SIGABRT);
}
