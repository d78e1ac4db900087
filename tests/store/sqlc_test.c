/* sqlc_test.c: what the generator refuses, and with which words. */
#include "base/ban.h"
#include "base/file.h"
#include "check_main.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs the generator; what it says goes to *said. */
static int run_sqlc(const char *input, struct str *said)
{
    const char *dir = check_dir();
    const char *sqlc = getenv("GONGKAI_SQLC");
    ck_assert_ptr_nonnull(sqlc);
    char header[200];
    char source[200];
    char log[200];
    (void)snprintf(header, sizeof header, "%s/out.h", dir);
    (void)snprintf(source, sizeof source, "%s/out.c", dir);
    (void)snprintf(log, sizeof log, "%s/log", dir);
    posix_spawn_file_actions_t actions;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const char *const argv[] = {sqlc, "try", header, source, input, NULL};
    pid_t pid = 0;
    ck_assert_int_eq(
        posix_spawn(&pid, sqlc, &actions, NULL, (char *const *)(uintptr_t)argv, environ), 0);
    (void)posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_well(file_read(arena, log, 4096, said));
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) != 0) {
        ck_assert_msg(!file_is(header) && !file_is(source), "something was written all the same");
    }
    return WEXITSTATUS(status);
}

static int run_text(const char *name, struct str sql, struct str *said)
{
    const char *path = str_z(arena, str_format(arena, "%s/%s", check_dir(), name));
    ck_assert_well(file_write(arena, path, sql, 0600));
    return run_sqlc(path, said);
}

// clang-format off
#define HEAD "-- statement s\n-- for staff\n-- out many: x int\n-- why w\n"
#define SELECT(what) HEAD "SELECT " what " FROM t WHERE tenant = :tenant;\n"
#define WRITE(sql) "-- statement s\n-- for staff\n-- out changed\n-- why w\n" sql ";\n"
#define PUBLIC(sql) "-- statement s\n-- for public\n-- out many: x int\n-- why w\n" sql ";\n"

struct refused {
    const char *sql;
    int line;
    const char *says;
};

static const struct refused statements[] = {
    {"SELECT 1;\n", 1, "SQL outside a statement"},
    {"-- statement S-1\n-- for staff\n-- out none\n-- why w\nSELECT 1;\n", 1, "is not a name"},
    {"-- statement s\n-- out none\n-- why w\nSELECT 1;\n", 1, "'-- for public|staff|system' is missing"},
    {"-- statement s\n-- for all\n-- out none\n-- why w\nSELECT 1;\n", 2, "public, staff or system"},
    {"-- statement s\n-- for staff\n-- why w\nSELECT 1;\n", 1, "'-- out none"},
    {"-- statement s\n-- for staff\n-- out some\n-- why w\nSELECT 1;\n", 3, "none, changed, one: columns"},
    {"-- statement s\n-- for staff\n-- out none\nSELECT 1;\n", 1, "'-- why'"},
    {"-- statement s\n-- form staff\n", 2, "is not a line of a head"},
    {"-- statement s\n-- for staff\n-- out none\n-- why w\n-- statement t\n", 1, "has no SQL"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant\n", 1, "does not end with ';'"},
    {HEAD ";\n", 5, "is empty"},
    {SELECT("x") SELECT("x"), 6, "stands already at"},
    {"-- statement s\n-- for staff\n-- in a number\n-- out none\n-- why w\nSELECT 1;\n", 3, "has the type 'number'"},
    {"-- statement s\n-- for staff\n-- in a int, a int\n-- out none\n-- why w\nSELECT 1;\n", 3, "named twice"},
    {"-- statement s\n-- for staff\n-- in long int\n-- out none\n-- why w\nSELECT 1;\n", 3, "a word of C"},
    {"-- statement s\n-- for staff\n-- in a yesno?\n-- out none\n-- why w\nSELECT 1;\n", 3, "knows no NULL"},
    {"-- statement s\n-- for staff\n-- in tenant id\n-- out none\n-- why w\nSELECT 1;\n", 3, "tenant is never declared"},
    {"-- statement s\n-- for staff\n-- in a int\n-- out changed\n-- why w\nDELETE FROM t WHERE tenant = :tenant;\n", 6, "declared but not used"},
    {WRITE("DELETE FROM t WHERE tenant = :tenant AND x = :x"), 5, ":x is not declared"},
    {WRITE("DELETE FROM t WHERE x = 1"), 5, "does not name :tenant"},
    {"-- statement s\n-- for staff\n-- tenants all\n-- out changed\n-- why w\nDELETE FROM t;\n", 3, "'all: ' and why"},
    {WRITE("DELETE FROM t WHERE tenant = $1"), 5, "written :name, not $"},
    {WRITE("DELETE FROM t WHERE tenant = ?"), 5, "written :name, not ?"},
    {SELECT("x, y"), 5, "gives 2 columns, its head names 1"},
    {SELECT("*"), 5, "SELECT * is refused"},
    {SELECT("t.*"), 5, "SELECT * is refused"},
    {SELECT("x::bigint"), 5, "CAST(x AS BIGINT)"},
    {SELECT("\"x\""), 5, "double quotes"},
    {SELECT("x -> 'a'"), 5, "looks into JSON"},
    {SELECT("x ->> 'a'"), 5, "looks into JSON"},
    {SELECT("max(x, y)"), 5, "is SQLite's: write CASE"},
    {SELECT("count(*) FILTER (WHERE x = 1)"), 5, "FILTER is outside the subset"},
    {SELECT("now()"), 5, "now() is refused"},
    {SELECT("CURRENT_TIMESTAMP"), 5, "CURRENT_TIMESTAMP"},
    {SELECT("datetime('now')"), 5, "datetime()"},
    {SELECT("random()"), 5, "random() is refused"},
    {SELECT("GREATEST(x, 1)"), 5, "GREATEST is PostgreSQL's"},
    {SELECT("instr(x, 'a')"), 5, "instr() is SQLite's"},
    {SELECT("strpos(x, 'a')"), 5, "strpos() is PostgreSQL's"},
    {SELECT("group_concat(x)"), 5, "group_concat is SQLite's"},
    {SELECT("string_agg(x, ',')"), 5, "string_agg is PostgreSQL's"},
    {SELECT("COALESCE(x, '')"), 5, "empty is NULL"},
    {SELECT("x = TRUE"), 5, "no BOOLEAN"},
    {SELECT("x COLLATE nocase"), 5, "COLLATE differs"},
    {SELECT("DISTINCT ON (x) x"), 5, "DISTINCT ON"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant AND x ILIKE 'a';\n", 5, "ILIKE is PostgreSQL's"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant AND x LIKE 'a%' AND y = 1;\n", 5, "LIKE without ESCAPE"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant AND x LIKE 'a%' ESCAPE '#';\n", 5, "ESCAPE takes"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant\n LIMIT 5 OFFSET 5;\n", 6, "OFFSET is refused"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant AND x IS DISTINCT FROM 1;\n", 5, "IS DISTINCT FROM is refused"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant AND x IS NOT DISTINCT FROM 1;\n", 5, "IS NOT DISTINCT FROM is refused"},
    {HEAD "SELECT x FROM t, u WHERE t.tenant = :tenant;\n", 5, "write JOIN"},
    {HEAD "SELECT x FROM t AS a, u WHERE a.tenant = :tenant;\n", 5, "write JOIN"},
    {HEAD "SELECT (x FROM t WHERE tenant = :tenant;\n", 5, "is not closed"},
    {HEAD "SELECT x) FROM t WHERE tenant = :tenant;\n", 5, "was not opened"},
    {HEAD "SELECT 'x FROM t WHERE tenant = :tenant;\n", 5, "does not end on its line"},
    {HEAD "SELECT x /* y */ FROM t WHERE tenant = :tenant;\n", 5, "-- lines"},
    {WRITE("INSERT OR IGNORE INTO t (tenant) VALUES (:tenant)"), 5, "INSERT OR is SQLite's"},
    {WRITE("REPLACE INTO t (tenant) VALUES (:tenant)"), 5, "REPLACE INTO is SQLite's"},
    {WRITE("PRAGMA table_info(:tenant)"), 5, "begins with SELECT"},
    {WRITE("WITH a AS (DELETE FROM t WHERE tenant = :tenant RETURNING x) SELECT x FROM a"), 5, "may not write"},
    {WRITE("SELECT x FROM t WHERE tenant = :tenant"), 5, "gives rows"},
    {HEAD "DELETE FROM t WHERE tenant = :tenant;\n", 5, "has no RETURNING"},
    {HEAD "SELECT x FROM t WHERE tenant = :tenant FOR UPDATE NOWAIT;\n", 5, "FOR UPDATE stands at the end"},
    {PUBLIC("SELECT x FROM t WHERE tenant = :tenant"), 5, "reads only pub_ views, not t"},
    {PUBLIC("SELECT x FROM pub_t p JOIN t ON t.x = p.x WHERE p.tenant = :tenant"), 5, "reads only pub_ views, not t"},
    {PUBLIC("SELECT x FROM pub_t WHERE tenant = :tenant AND EXISTS (SELECT 1 FROM t)"), 5, "reads only pub_ views, not t"},
    {PUBLIC("WITH pub_t AS (SELECT x FROM pub_u) SELECT x FROM pub_t WHERE tenant = :tenant"), 5, "may not be named pub_"},
    {PUBLIC("SELECT x FROM pub_t WHERE tenant = :tenant FOR UPDATE"), 5, "a public statement may not write"},
    {PUBLIC("DELETE FROM pub_t WHERE tenant = :tenant RETURNING x"), 5, "a public statement may not write"},
    {"-- statement s\n-- for staff\n-- out none\n-- why w\n-- dialect sqlite\nDELETE FROM t WHERE tenant = :tenant;\n", 7, "the second dialect"},
    {"-- statement s\n-- for staff\n-- out none\n-- why w\n-- dialect oracle\nDELETE FROM t WHERE tenant = :tenant;\n", 5, "sqlite and postgres, once each"},
};

#define TABLE(rest) "CREATE TABLE t (tenant BIGINT NOT NULL, x BIGINT" rest ");\n"

static const struct refused steps[] = {
    {"-- nothing\n", 1, "without a statement"},
    {"CREATE TABLE t (x BIGINT NOT NULL PRIMARY KEY);\n", 1, "a key of one column"},
    {"CREATE TABLE t (x BIGINT NOT NULL);\n", 1, "first in its PRIMARY KEY"},
    {"CREATE TABLE t (tenant BIGINT, x BIGINT, PRIMARY KEY (tenant, x));\n", 1, "first in its PRIMARY KEY"},
    {TABLE(", PRIMARY KEY (x, tenant)"), 1, "tenant must be first in the PRIMARY KEY"},
    {TABLE(", PRIMARY KEY (tenant, x), UNIQUE (x)"), 1, "tenant must be first in every UNIQUE"},
    {TABLE(", y BIGINT UNIQUE, PRIMARY KEY (tenant, x)"), 1, "a key of one column"},
    {TABLE(", PRIMARY KEY (tenant, x), FOREIGN KEY (x) REFERENCES u (x)"), 1, "stays inside one tenant"},
    {TABLE(", y BOOLEAN, PRIMARY KEY (tenant, x)"), 1, "types are BIGINT"},
    {TABLE(", y VARCHAR(20), PRIMARY KEY (tenant, x)"), 1, "types are BIGINT"},
    {TABLE(", y TIMESTAMP, PRIMARY KEY (tenant, x)"), 1, "types are BIGINT"},
    {TABLE(", y SERIAL, PRIMARY KEY (tenant, x)"), 1, "types are BIGINT"},
    {TABLE(", desc TEXT, PRIMARY KEY (tenant, x)"), 1, "a word of SQL"},
    {TABLE(", Y TEXT, PRIMARY KEY (tenant, x)"), 1, "a name in lower case"},
    {TABLE(", PRIMARY KEY (tenant, x)") "CREATE UNIQUE INDEX i ON t (x);\n", 2, "tenant must be first in every UNIQUE"},
    {"CREATE TABLE IF NOT EXISTS t (x BIGINT);\n", 1, "no IF EXISTS"},
    {"CREATE TABLE t (tenant BIGINT NOT NULL, PRIMARY KEY (tenant)) STRICT;\n", 1, "nothing may follow"},
    {"CREATE TABLE t (tenant BIGINT NOT NULL, PRIMARY KEY (tenant))\n", 1, "does not end with ';'"},
    {"ALTER TABLE t DROP COLUMN x;\n", 1, "only ADD COLUMN"},
    {"ALTER TABLE t ADD COLUMN x TEXT, ADD COLUMN y TEXT;\n", 1, "one column each"},
    {"ALTER TABLE t ADD COLUMN x TEXT NOT NULL;\n", 1, "needs a DEFAULT"},
    {"CREATE VIEW v AS SELECT tenant, x FROM t WHERE x = 1;\n", 1, "named pub_"},
    {"CREATE VIEW pub_v AS SELECT x, tenant FROM t WHERE x = 1;\n", 1, "the first column of a view is tenant"},
    {"CREATE VIEW pub_v AS SELECT tenant, x FROM t;\n", 1, "a WHERE that says what is public"},
    {"CREATE VIEW pub_v AS SELECT a.tenant, a.x FROM t a JOIN u ON u.x = a.x WHERE a.x = 1;\n", 1, "one table"},
    {"CREATE VIEW pub_v AS SELECT tenant, x FROM t WHERE x IN (SELECT x FROM u);\n", 1, "one table"},
    {"CREATE TRIGGER g AFTER INSERT ON t;\n", 1, "a migration holds"},
    {"DROP TABLE t;\n", 1, "a migration holds"},
    {"INSERT INTO t (tenant, x) VALUES (:tenant, 1);\n", 1, "no parameters"},
    {"INSERT INTO t (tenant, x) VALUES (1, now());\n", 1, "now() is refused"},
};
// clang-format on

enum {
    STATEMENTS = sizeof statements / sizeof statements[0],
    STEPS = sizeof steps / sizeof steps[0]
};

static void ck_refused(const char *name, const struct refused *r)
{
    struct str said;
    int status = run_text(name, str_from(r->sql), &said);
    ck_assert_msg(status == 1, "taken: %s", r->sql);
    const char *where = str_z(arena, str_format(arena, "%s:%d: ", name, r->line));
    ck_assert_msg(str_has(said, str_from(where)), "not at line %d: %.*s", r->line, STR_ARG(said));
    ck_assert_msg(str_has(said, str_from(r->says)), "%s\nsaid: %.*s", r->sql, STR_ARG(said));
}

START_TEST(statements_outside_the_rules_are_refused)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        ck_refused("x.sql", &statements[i]);
    }
}
END_TEST

START_TEST(steps_outside_the_rules_are_refused)
{
    char dir[200];
    (void)snprintf(dir, sizeof dir, "%s/migrations", check_dir());
    ck_assert_int_eq(mkdir(dir, 0700), 0);
    for (size_t i = 0; i < STEPS; i++) {
        ck_refused("migrations/0001_x.sql", &steps[i]);
    }
}
END_TEST

START_TEST(strings_may_hold_anything)
{
    struct str said;
    static const char good[] =
        SELECT("CASE WHEN y = ':x ?1 $1 now() \"q\" -- ; :: it''s' THEN 1 END");
    ck_assert_msg(run_text("x.sql", str_from(good), &said) == 0, "%.*s", STR_ARG(said));
    struct str source;
    char path[200];
    (void)snprintf(path, sizeof path, "%s/out.c", check_dir());
    ck_assert_well(file_read(arena, path, 65536, &source));
    ck_assert(str_has(source, S(":x ?1 $1 now() \\\"q\\\" -- ; :: it''s")));
    ck_assert(str_has(source, S("tenant = $1")));
    ck_assert(str_has(source, S("tenant = ?1")));
}
END_TEST

START_TEST(for_update_is_for_the_engine_that_knows_it)
{
    struct str said;
    static const char sql[] = HEAD "SELECT x FROM t WHERE tenant = :tenant FOR UPDATE;\n";
    ck_assert_msg(run_text("x.sql", str_from(sql), &said) == 0, "%.*s", STR_ARG(said));
    struct str source;
    char path[200];
    (void)snprintf(path, sizeof path, "%s/out.c", check_dir());
    ck_assert_well(file_read(arena, path, 65536, &source));
    ck_assert(str_has(source, S("tenant = $1 FOR UPDATE\"")));
    ck_assert(str_has(source, S("tenant = ?1\"")));
    ck_assert(str_has(source, S(".writes = true")));
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told)
{
    struct str said;
    ck_assert_int_eq(run_sqlc("/nowhere/x.sql", &said), 1);
    ck_assert(str_has(said, S("/nowhere/x.sql")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, statements_outside_the_rules_are_refused);
    tcase_add_test(tc, steps_outside_the_rules_are_refused);
    tcase_add_test(tc, strings_may_hold_anything);
    tcase_add_test(tc, for_update_is_for_the_engine_that_knows_it);
    tcase_add_test(tc, a_file_that_is_not_there_is_told);
}
