/*
 * ground_test.c: the ground: statements on both engines, tenants, units, settings, the calendar of
 * the store, the public door.
 */
#include "core/calendar_store.h"
#include "core/registry.h"
#include "core/setting.h"
#include "core/tenant.h"
#include "core/unit.h"
#include "probe.h"
#include "support.h"
#include "support_sql.h"

#include "base/ban.h"

START_TEST(every_statement_is_understood)
{
    struct fixture *f = fixture_open(_i);
    struct statements all = registry_statements(arena);

    ck_assert_uint_gt(all.n, 30);
    for (size_t i = 0; i < all.n; i++) {
        ck_assert_well(db_prepare_check(arena, f->db, &all.v[i]));
    }
}
END_TEST

START_TEST(a_tenant_made_twice_is_one)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    struct tenants all;
    struct tenant found_tenant;
    bool found = false;

    ck_assert_well(tenant_create(&c, f->tenant, S("云湖区教育局"), S("127.0.0.1")));
    ck_assert_well(tenant_list(&c, &all));
    ck_assert_uint_eq(all.n, 1);
    ck_assert_str_is(all.v[0].name, "云湖区教育局");
    ck_assert_well(tenant_by_host(&c, S("unknown.example"), &found_tenant, &found));
    ck_assert(found && found_tenant.tenant == f->tenant); /* the only one answers for every host */

    struct ctx second = fixture_system(f);
    second.tenant = 0;
    ck_assert_well(tenant_create(&second, 350504, S("东川区教育局"), S("www.dongchuan.example")));
    ck_assert_well(tenant_by_host(&c, S("WWW.dongchuan.example"), &found_tenant, &found));
    ck_assert(found && found_tenant.tenant == 350504);
    ck_assert_well(tenant_by_host(&c, S("unknown.example"), &found_tenant, &found));
    ck_assert(!found);
}
END_TEST

struct unit_asked {
    const char *name;
    int64_t unit_id, above_id;
    struct unit unit;
    struct units units;
    bool yes;
};

static const struct err *by_name(struct ctx *c, void *arg)
{
    struct unit_asked *a = arg;

    return unit_by_name(c, str_from(a->name), &a->unit, &a->yes);
}

static const struct err *publisher(struct ctx *c, void *arg)
{
    struct unit_asked *a = arg;

    return unit_publisher(c, a->unit_id, &a->unit);
}

static const struct err *within(struct ctx *c, void *arg)
{
    struct unit_asked *a = arg;

    return unit_within(c, a->unit_id, a->above_id, &a->yes);
}

static const struct err *list(struct ctx *c, void *arg)
{
    return unit_list(c, &((struct unit_asked *)arg)->units);
}

static const struct err *get(struct ctx *c, void *arg)
{
    struct unit_asked *a = arg;

    return unit_get(c, a->unit_id, &a->unit);
}

START_TEST(a_unit_is_found_by_any_of_its_names)
{
    static const char *const names[] = {"基础教育股", "基教股", "基础教育科", " 基础教育科　"};
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);

    for (int i = 0; i < 4; i++) {
        struct unit_asked a = {.name = names[i]};
        ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, by_name, &a));
        ck_assert(a.yes && a.unit.unit_id == f->section);
    }
    struct unit_asked code = {.name = "QZ02115"}, none = {.name = "财政局"}, empty = {.name = ""};
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, by_name, &code));
    ck_assert(code.yes && code.unit.unit_id == f->school && code.unit.publishes);
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, by_name, &none));
    ck_assert(!none.yes);
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, by_name, &empty));
    ck_assert(!empty.yes);
}
END_TEST

START_TEST(a_section_publishes_through_the_nearest_publisher_above)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    int64_t grade = fixture_unit(f, f->school, "section", "一年级", "一年级", NULL);
    struct unit_asked section = {.unit_id = f->section}, school = {.unit_id = grade};

    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, publisher, &section));
    ck_assert_str_is(section.unit.agency_code, "QZ02114");
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, publisher, &school));
    ck_assert_str_is(school.unit.agency_code, "QZ02115");
    int64_t lone = fixture_unit(f, 0, "imported", "某单位", "某单位", NULL);
    struct unit_asked nobody = {.unit_id = lone};
    const struct err *err = ctx_read(&c, AUDIENCE_STAFF, publisher, &nobody);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_NOT_YET);
}
END_TEST

START_TEST(the_tree_says_what_stands_below)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    const struct {
        int64_t unit, above;
        bool yes;
    } cases[] = {
        {f->section, f->bureau, true},
        {f->section, f->section, true},
        {f->bureau, f->section, false},
        {f->school, f->other_school, false},
    };

    for (int i = 0; i < 4; i++) {
        struct unit_asked a = {.unit_id = cases[i].unit, .above_id = cases[i].above};
        ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, within, &a));
        ck_assert(a.yes == cases[i].yes);
    }
    struct unit_asked unknown = {.unit_id = 99};
    const struct err *err = ctx_read(&c, AUDIENCE_STAFF, get, &unknown);
    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_UNKNOWN);
}
END_TEST

struct one_setting {
    enum setting s;
    struct str value;
    struct settings all;
};

static const struct err *put(struct ctx *c, void *arg)
{
    struct one_setting *o = arg;

    return setting_put(c, o->s, o->value);
}

static const struct err *get_setting(struct ctx *c, void *arg)
{
    struct one_setting *o = arg;

    TRY(settings_load(c, &o->all));
    return setting_get(c, o->s, &o->value);
}

START_TEST(a_setting_is_a_row_over_its_default)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    struct one_setting o = {.s = SETTING_SITE_PHONE, .value = S(" 0595-2250 0000 ")};
    struct one_setting read = {.s = SETTING_SITE_PHONE};

    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, put, &o));
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, get_setting, &read));
    ck_assert_str_is(read.value, "0595-2250 0000");
    ck_assert_str_is(read.all.v[SETTING_SITE_PHONE], "0595-2250 0000");
    ck_assert_str_is(read.all.v[SETTING_INDEX_PER_CATEGORY], "1");
    o.value = S("");
    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, put, &o));
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, get_setting, &read));
    ck_assert_uint_eq(read.value.n, 0);
    enum setting found = SETTING_COUNT;
    ck_assert(setting_by_name(S("index.pattern"), &found) && found == SETTING_INDEX_PATTERN);
    ck_assert(!setting_by_name(S("index"), &found));
}
END_TEST

START_TEST(the_public_door_shows_units_and_settings_of_the_site)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    struct one_setting name = {.s = SETTING_SITE_NAME, .value = S("云湖区政府信息公开")};
    struct one_setting pattern = {.s = SETTING_INDEX_PATTERN, .value = S("{agency}-{serial:5}")};
    struct unit_asked a = {0};

    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, put, &name));
    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, put, &pattern));
    (void)fixture_unit(f, 0, "imported", "某单位", "某单位", NULL);
    c.db = fixture_connect(f, f->arena, DOOR_PUBLIC);
    ck_assert_well(ctx_read(&c, AUDIENCE_PUBLIC, get_setting, &name));
    ck_assert_str_is(name.value, "云湖区政府信息公开");
    ck_assert_well(ctx_read(&c, AUDIENCE_PUBLIC, get_setting, &pattern));
    ck_assert(str_eq(pattern.value, setting_fallback(SETTING_INDEX_PATTERN)));
    ck_assert_well(ctx_read(&c, AUDIENCE_PUBLIC, list, &a));
    ck_assert_uint_eq(a.units.n, 6); /* the imported one is not shown */
    ck_assert_str_is(a.units.v[0].name, "云湖区教育局");
    a.unit_id = f->school;
    ck_assert_well(ctx_read(&c, AUDIENCE_PUBLIC, get, &a));
    ck_assert_str_is(a.unit.name, "云湖区实验小学");
}
END_TEST

struct override_row {
    int year, month, day;
    const char *kind, *name, *basis;
};

static const struct err *add_override(struct ctx *c, void *arg)
{
    const struct override_row *o = arg;
    struct q_support_day_add_in in = {
        .kind = str_from(o->kind),
        .name = str_from(o->name),
        .basis = str_from(o->basis),
    };
    int64_t changed = 0;

    must(date_from_ymd(o->year, o->month, o->day, &in.day));
    return q_support_day_add(c->tx, &in, &changed);
}

static const struct err *load_calendar(struct ctx *c, void *arg)
{
    return calendar_load(c, arg);
}

static struct date day(int year, int month, int d)
{
    struct date out = DATE_NONE;

    must(date_from_ymd(year, month, d, &out));
    return out;
}

START_TEST(rows_of_the_store_override_the_compiled_calendar)
{
    static struct override_row rows[] = {
        {2026, 7, 28, "holiday", "校庆", NULL},
        {2026, 8, 1, "makeup", "补校庆", NULL},
        {2027, 1, 1, "holiday", "元旦", "国办发明电〔2026〕9号"},
    };
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    const struct calendar *calendar = NULL;

    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, load_calendar, &calendar));
    struct date compiled_last = calendar_last(calendar);
    ck_assert(date_eq(compiled_last, calendar_last(calendar_compiled())));
    ck_assert(calendar_works(calendar, day(2026, 7, 28)));
    for (int i = 0; i < 2; i++) {
        ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, add_override, &rows[i]));
    }
    ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, load_calendar, &calendar));
    ck_assert(!calendar_works(calendar, day(2026, 7, 28)));
    ck_assert(calendar_works(calendar, day(2026, 8, 1)));
    ck_assert(date_eq(calendar_last(calendar), compiled_last)); /* local days announce no year */

    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, add_override, &rows[2]));
    c.db = fixture_connect(f, f->arena, DOOR_PUBLIC);
    ck_assert_well(ctx_read(&c, AUDIENCE_PUBLIC, load_calendar, &calendar));
    ck_assert(date_eq(calendar_last(calendar), day(2027, 12, 31)));
    ck_assert(!calendar_works(calendar, day(2027, 1, 1)));
}
END_TEST

static const struct err *read_inside(struct ctx *c, void *arg)
{
    struct one_setting *o = arg;

    TRY(setting_put(c, o->s, S("内层")));
    return ctx_read(c, AUDIENCE_STAFF, get_setting, o);
}

START_TEST(a_nested_read_sees_what_the_transaction_wrote)
{
    struct fixture *f = fixture_open(_i);
    struct ctx c = fixture_system(f);
    struct one_setting o = {.s = SETTING_SITE_HOST};

    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, read_inside, &o));
    ck_assert_str_is(o.value, "内层");
    ck_assert_ptr_null(c.tx);
}
END_TEST

static const struct err *write_inside(struct ctx *c, void *arg)
{
    return ctx_write(c, AUDIENCE_STAFF, put, arg);
}

START_TEST(a_write_inside_a_read_is_a_fault_of_the_program)
{
    struct fixture *f = fixture_open(0);
    struct ctx c = fixture_system(f);
    struct one_setting o = {.s = SETTING_SITE_HOST, .value = S("x")};

    (void)ctx_read(&c, AUDIENCE_STAFF, write_inside, &o);
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    on_both_engines(tc, every_statement_is_understood);
    on_both_engines(tc, a_tenant_made_twice_is_one);
    on_both_engines(tc, a_unit_is_found_by_any_of_its_names);
    on_both_engines(tc, a_section_publishes_through_the_nearest_publisher_above);
    on_both_engines(tc, the_tree_says_what_stands_below);
    on_both_engines(tc, a_setting_is_a_row_over_its_default);
    on_both_engines(tc, the_public_door_shows_units_and_settings_of_the_site);
    on_both_engines(tc, rows_of_the_store_override_the_compiled_calendar);
    on_both_engines(tc, a_nested_read_sees_what_the_transaction_wrote);
    tcase_add_test_raise_signal(tc, a_write_inside_a_read_is_a_fault_of_the_program, SIGABRT);
}
