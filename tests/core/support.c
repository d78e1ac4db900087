/*
 * support.c: makes the site of support.h.
 */
#include "support.h"

#include "base/rand.h"
#include "core/registry.h"
#include "core/tenant.h"
#include "support_sql.h"

#include <errno.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/ban.h"

enum { TENANT = 350503 };

static const char *pg_dsn(void)
{
    const char *dsn = getenv("GONGKAI_TEST_PG");

    return dsn != NULL && dsn[0] != '\0' ? dsn : NULL;
}

int fixture_engines(void)
{
    static bool told;

    if (pg_dsn() != NULL) {
        return 2;
    }
    if (!told) {
        told = true;
        (void)printf("SKIPPED: the PostgreSQL half of these tests: GONGKAI_TEST_PG is not set\n");
        (void)fflush(stdout);
    }
    return 1;
}

/* One statement on the server that keeps the test databases. */
static PGresult *pg_run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);

    ck_assert_msg(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, "%s: %s", sql,
        PQerrorMessage(conn));
    return result;
}

static PGconn *pg_open(void)
{
    PGconn *conn = PQconnectdb(pg_dsn());

    ck_assert_msg(PQstatus(conn) == CONNECTION_OK, "GONGKAI_TEST_PG: %s", PQerrorMessage(conn));
    PQclear(pg_run(conn, "SET client_min_messages = error"));
    return conn;
}

/* A case that was aborted could not drop its database; the next one does, when the process of the
 * name is gone. */
static void drop_orphans(struct arena *into, PGconn *conn)
{
    PGresult *names =
        pg_run(conn, "SELECT datname FROM pg_database WHERE datname LIKE 'gk\\_test\\_%'");

    for (int i = 0; i < PQntuples(names); i++) {
        struct str name = str_from(PQgetvalue(names, i, 0));
        struct str rest = str_skip(name, S("gk_test_").n);
        struct str pid_text = STR_NONE;
        int64_t pid = 0;
        if (!str_next(&rest, '_', &pid_text) || !str_to_int(pid_text, &pid)) {
            continue;
        }
        if (kill((pid_t)pid, 0) != 0 && errno == ESRCH) {
            struct str sql = str_format(into, "DROP DATABASE IF EXISTS %.*s", STR_ARG(name));
            PQclear(PQexec(conn, str_z(into, sql))); /* another case may be doing the same */
        }
    }
    PQclear(names);
}

static void pg_drop(void *arg)
{
    PGconn *conn = pg_open();

    PQclear(pg_run(conn, arg));
    PQfinish(conn);
}

static struct str pg_create(struct arena *into)
{
    static int made;
    struct str name = str_format(into, "gk_test_%ld_%d", (long)getpid(), ++made);
    struct str create = str_format(into,
        "CREATE DATABASE %.*s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
        STR_ARG(name));
    struct str drop = str_format(into, "DROP DATABASE IF EXISTS %.*s WITH (FORCE)", STR_ARG(name));
    PGconn *conn = pg_open();

    drop_orphans(into, conn);
    PQclear(pg_run(conn, str_z(into, create)));
    PQfinish(conn);
    union {
        const char *text;
        void *arg;
    } sql = {.text = str_z(into, drop)};
    arena_defer(into, pg_drop, sql.arg);
    return str_format(into, "%s dbname=%.*s", pg_dsn(), STR_ARG(name));
}

static struct site site_make(struct arena *into)
{
    static const char key[] = "0123456789abcdef0123456789ABCDEF";
    struct str dir = str_dup(into, str_from(check_dir()));

    return (struct site){
        .data_dir = dir,
        .blobs = {.root = str_cat(into, dir, S("/blobs"))},
        .pepper = str_make(key, 32),
        .token_key = str_make(key, 32),
        .demo = true,
        .origin = S("http://127.0.0.1:8080"),
        .calendar = calendar_compiled(),
    };
}

/* Runs one made-for-it function in a transaction of the program's own. */
static void in_system(struct fixture *f, ctx_fn *fn, void *arg)
{
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, fn, arg));
}

static const struct err *add_unit(struct ctx *c, void *arg)
{
    const struct q_support_unit_add_in *in = arg;
    int64_t changed = 0;

    TRY(q_support_unit_add(c->tx, in, &changed));
    struct q_support_alias_add_in name = {.alias = in->name, .unit = in->unit};
    TRY(q_support_alias_add(c->tx, &name, &changed));
    struct q_support_above_self_in self = {.unit = in->unit};
    TRY(q_support_above_self(c->tx, &self, &changed));
    struct q_support_above_add_in above = {.unit = in->unit, .above = in->above};
    return in->above == 0 ? NULL : q_support_above_add(c->tx, &above, &changed);
}

int64_t fixture_unit(struct fixture *f, int64_t above_id, const char *kind, const char *name,
    const char *short_name, const char *agency_code)
{
    struct q_support_unit_add_in in = {
        .unit = id_make(clock_now(&f->clock)),
        .above = above_id,
        .kind = str_from(kind),
        .name = str_from(name),
        .short_name = str_from(short_name),
        .agency_code = str_from(agency_code),
        .publishes = agency_code != NULL,
        .sort = 1,
    };

    in.sort = in.unit; /* in the order of making */
    in_system(f, add_unit, &in);
    return in.unit;
}

static const struct err *add_alias(struct ctx *c, void *arg)
{
    int64_t changed = 0;

    return q_support_alias_add(c->tx, arg, &changed);
}

static const struct err *add_person(struct ctx *c, void *arg)
{
    int64_t changed = 0;

    return q_support_person_add(c->tx, arg, &changed);
}

int64_t fixture_person(struct fixture *f, const char *login, const char *name, int64_t unit_id)
{
    struct q_support_person_add_in in = {
        .person = id_make(clock_now(&f->clock)),
        .login = str_from(login),
        .name = str_from(name),
        .unit = unit_id,
    };

    in_system(f, add_person, &in);
    return in.person;
}

static const struct err *set_status(struct ctx *c, void *arg)
{
    int64_t changed = 0;

    TRY(q_support_person_status(c->tx, arg, &changed));
    must(changed == 1);
    return NULL;
}

void fixture_person_status(struct fixture *f, int64_t person_id, const char *status)
{
    struct q_support_person_status_in in = {.person = person_id, .status = str_from(status)};

    in_system(f, set_status, &in);
}

static const struct err *hold(struct ctx *c, void *arg)
{
    int64_t changed = 0;

    return q_support_hold(c->tx, arg, &changed);
}

void fixture_hold(struct fixture *f, int64_t person_id, const char *role, int64_t unit_id,
    struct date from, struct date to)
{
    struct q_support_hold_in in = {
        .held = id_make(clock_now(&f->clock)),
        .person = person_id,
        .role = str_from(role),
        .unit = unit_id,
        .from_day = from,
        .to_day = to,
    };

    in_system(f, hold, &in);
}

static const struct err *add_role_of_may(struct ctx *c, void *arg)
{
    const struct q_support_role_may_add_in *in = arg;
    struct q_support_role_add_in role = {.role = in->role, .name = in->may};
    int64_t changed = 0;

    TRY(q_support_role_add(c->tx, &role, &changed));
    return q_support_role_may_add(c->tx, in, &changed);
}

static struct date day_2020(void)
{
    struct date day = DATE_NONE;

    must(date_from_ymd(2020, 1, 1, &day));
    return day;
}

void fixture_grant(struct fixture *f, int64_t person_id, int64_t unit_id, const struct may *may)
{
    struct str role = str_format(f->arena, "only %s", may->name);
    struct q_support_role_may_add_in in = {.role = role, .may = str_from(may->name)};

    in_system(f, add_role_of_may, &in);
    fixture_hold(f, person_id, str_z(f->arena, role), unit_id, day_2020(), DATE_NONE);
}

static bool registry_has_role(const char *code)
{
    struct capabilities all = registry_all();

    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->role_count; k++) {
            if (strcmp(all.v[i]->roles[k].code, code) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void make_units(struct fixture *f)
{
    f->bureau = fixture_unit(f, 0, "bureau", "云湖区教育局", "区教育局", "QZ02114");
    f->office = fixture_unit(f, f->bureau, "section", "办公室", "办公室", NULL);
    f->section = fixture_unit(f, f->bureau, "section", "基础教育股", "基教股", NULL);
    f->other_section = fixture_unit(f, f->bureau, "section", "人事股", "人事股", NULL);
    f->school = fixture_unit(f, f->bureau, "school", "云湖区实验小学", "实验小学", "QZ02115");
    f->other_school = fixture_unit(f, f->bureau, "school", "云湖区第二中学", "第二中学", "QZ02116");
    struct q_support_alias_add_in alias = {.alias = S("基础教育科"), .unit = f->section};
    in_system(f, add_alias, &alias);
}

static void make_people(struct fixture *f)
{
    f->author = fixture_person(f, "author", "林晓", f->section);
    f->head = fixture_person(f, "head", "王建国", f->section);
    f->officer = fixture_person(f, "officer", "陈晓", f->office);
    f->secrecy = fixture_person(f, "secrecy", "郑伟", f->office);
    f->leader = fixture_person(f, "leader", "黄志强", f->bureau);
    f->outsider = fixture_person(f, "outsider", "吴敏", f->school);
    f->admin = fixture_person(f, "admin", "周平", f->office);
    const struct {
        int64_t person;
        const char *role;
        int64_t unit;
    } held[] = {
        {f->author, "author", f->section},
        {f->author, "drafter", f->section},
        {f->head, "section_head", f->section},
        {f->officer, "office", f->bureau},
        {f->officer, "publisher", f->bureau},
        {f->secrecy, "secrecy", f->bureau},
        {f->leader, "leader", f->bureau},
        {f->outsider, "author", f->school},
        {f->outsider, "school_editor", f->school},
    };
    for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
        if (registry_has_role(held[i].role)) {
            fixture_hold(f, held[i].person, held[i].role, held[i].unit, day_2020(), DATE_NONE);
        }
    }
}

static void close_arena(void *arg)
{
    arena_close(arg);
}

struct fixture *fixture_open(int engine)
{
    struct arena *own = arena_open((size_t)192 * 1024 * 1024);
    arena_defer(arena, close_arena, own);
    struct fixture *f = arena_new(own, struct fixture);

    f->arena = own;
    f->kind = engine == 0 ? STORE_SQLITE : STORE_POSTGRES;
    f->tenant = TENANT;
    fixture_day(f, 2026, 7, 27);
    f->site = site_make(own);
    f->config = (struct db_config){.kind = f->kind, .door = DOOR_OFFICE, .prepare = true};
    if (f->kind == STORE_SQLITE) {
        static int made; /* a case may open several */
        f->config.path = str_format(own, "%.*s/test-%d.db", STR_ARG(f->site.data_dir), ++made);
    } else {
        f->config.dsn = pg_create(own);
    }
    f->db = fixture_connect(f, own, DOOR_OFFICE);
    ck_assert_well(db_migrate(own, f->db, registry_migrations(own), clock_now(&f->clock).ms));
    struct ctx c = fixture_system(f);
    ck_assert_well(tenant_create(&c, TENANT, S("云湖区教育局"), S("127.0.0.1")));
    make_units(f);
    make_people(f);
    return f;
}

struct db *fixture_connect(struct fixture *f, struct arena *into, enum door door)
{
    struct db_config config = f->config;
    struct db *db = NULL;

    config.door = door;
    ck_assert_well(db_open(into, &config, &db));
    return db;
}

void fixture_day(struct fixture *f, int year, int month, int day)
{
    struct date d = DATE_NONE;

    must(date_from_ymd(year, month, day, &d));
    f->clock = clock_fixed(instant_from_civil(d, 10, 0, 0));
}

struct ctx fixture_system(struct fixture *f)
{
    return ctx_make(f->arena, &f->clock, &f->site, f->db, f->tenant);
}

struct person_wanted {
    int64_t person_id;
    struct q_support_person_get_row row;
};

static const struct err *get_person(struct ctx *c, void *arg)
{
    struct person_wanted *wanted = arg;
    struct q_support_person_get_in in = {.person = wanted->person_id};
    bool found = false;

    TRY(q_support_person_get(c->tx, &in, &wanted->row, &found));
    must(found);
    return NULL;
}

struct ctx fixture_as(struct fixture *f, int64_t person_id)
{
    struct ctx c = fixture_system(f);
    struct person_wanted wanted = {.person_id = person_id};

    if (person_id == 0) {
        c.actor = (struct actor){.kind = ACTOR_NOBODY, .address = S("127.0.0.1")};
        return c;
    }
    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, get_person, &wanted));
    c.actor = (struct actor){
        .kind = ACTOR_PERSON,
        .person_id = person_id,
        .login = wanted.row.login,
        .name = wanted.row.name,
        .session = S("0123abcd"),
        .address = S("127.0.0.1"),
        .proved_lately = true,
    };
    return c;
}

enum { PAIRS_MOST = 64 };

static const struct err *do_v(
    struct ctx *c, const char *name, struct str form_key, struct op_done *done, va_list args)
{
    struct value *v = arena_many(c->arena, PAIRS_MOST, struct value);
    struct values input = {.v = v};
    const struct op *op = registry_op(str_from(name));

    ck_assert_msg(op != NULL, "no operation is called %s", name);
    for (const char *key = va_arg(args, const char *); key != NULL;
         key = va_arg(args, const char *)) {
        must(input.n < PAIRS_MOST);
        v[input.n++] =
            (struct value){.name = str_from(key), .text = str_from(va_arg(args, const char *))};
    }
    return op_run(c, op, &input, form_key, done);
}

const struct err *fixture_do(struct ctx *c, const char *op, struct op_done *done, ...)
{
    va_list args;
    va_start(args, done);
    const struct err *err = do_v(c, op, STR_NONE, done, args);
    va_end(args);
    return err;
}

const struct err *fixture_do_once(
    struct ctx *c, const char *op, const char *form_key, struct op_done *done, ...)
{
    va_list args;
    va_start(args, done);
    const struct err *err = do_v(c, op, str_from(form_key), done, args);
    va_end(args);
    return err;
}

struct count_wanted {
    struct str of;
    int64_t found;
};

static const struct err *count_events(struct ctx *c, void *arg)
{
    struct count_wanted *wanted = arg;
    struct q_support_event_count_row row = {0};
    bool found = false;

    TRY(q_support_event_count(c->tx, &row, &found));
    wanted->found = row.found;
    return NULL;
}

static const struct err *count_outbox(struct ctx *c, void *arg)
{
    struct count_wanted *wanted = arg;
    struct q_support_outbox_count_in in = {.topic = wanted->of};
    struct q_support_outbox_count_row row = {0};
    bool found = false;

    TRY(q_support_outbox_count(c->tx, &in, &row, &found));
    wanted->found = row.found;
    return NULL;
}

static const struct err *count_audit(struct ctx *c, void *arg)
{
    struct count_wanted *wanted = arg;
    struct q_support_audit_count_in in = {.outcome = wanted->of};
    struct q_support_audit_count_row row = {0};
    bool found = false;

    TRY(q_support_audit_count(c->tx, &in, &row, &found));
    wanted->found = row.found;
    return NULL;
}

static int64_t count_by(struct fixture *f, ctx_fn *fn, const char *of)
{
    struct count_wanted wanted = {.of = str_from(of)};
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, fn, &wanted));
    return wanted.found;
}

int64_t fixture_events(struct fixture *f)
{
    return count_by(f, count_events, NULL);
}

int64_t fixture_outbox(struct fixture *f, const char *topic)
{
    return count_by(f, count_outbox, topic);
}

int64_t fixture_audit(struct fixture *f, const char *outcome)
{
    return count_by(f, count_audit, outcome);
}
