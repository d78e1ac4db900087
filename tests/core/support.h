/*
 * support.h: a fresh site for a test of core or of a capability, on either engine.
 *
 *     START_TEST(publish_takes_the_next_number)
 *     {
 *         struct fixture *f = fixture_open(_i);
 *         struct ctx c = fixture_as(f, f->officer);
 *         struct op_done done;
 *         ck_assert_well(fixture_do(&c, "document.publish", &done, "id", "12", "version", "3", NULL));
 *     }
 *     END_TEST
 *
 *     void check_cases(TCase *tc)
 *     {
 *         registry_set((struct capabilities){.v = capabilities, .n = 2});   what the test needs; registry_add_room before
 *         on_both_engines(tc, publish_takes_the_next_number);
 *     }
 *
 * SQLite is a file in check_dir(). PostgreSQL needs GONGKAI_TEST_PG, a connection string of key=value words whose user may
 * create databases ("host=/tmp/pg user=postgres dbname=postgres"); each case makes a database of its own and drops it. Without
 * it one loud line tells that the half is skipped.
 *
 * The site: one tenant, 云湖区教育局, with two sections and the office, and two schools that publish for themselves; seven people.
 * Everybody whose role code the registry knows holds that role (see the table in support.c); other rights are given with
 * fixture_hold and fixture_grant. The clock stands at Monday 2026-07-27, 10:00. Nothing has to be closed.
 */
#ifndef GK_TESTS_CORE_SUPPORT_H
#define GK_TESTS_CORE_SUPPORT_H

#include "check_main.h"
#include "core/op.h"

struct fixture {
    enum store_kind kind;
    struct arena *arena;      /* of the whole case */
    struct clock clock;       /* fixed */
    struct db_config config;
    struct db *db;            /* office door, of the thread of the test */
    struct site site;
    int64_t tenant;
    /* units */
    int64_t bureau;           /* 云湖区教育局, publisher QZ02114 */
    int64_t office;           /* 办公室 */
    int64_t section;          /* 基础教育股 (alias 基教股, 基础教育科) */
    int64_t other_section;    /* 人事股 */
    int64_t school;           /* 云湖区实验小学, publisher QZ02115 */
    int64_t other_school;     /* 云湖区第二中学, publisher QZ02116 */
    /* people (login is the same word) */
    int64_t author;           /* 林晓, in the section */
    int64_t head;             /* 王建国, head of the section */
    int64_t officer;          /* 陈晓, in the office; publishes */
    int64_t secrecy;          /* 郑伟, in the office */
    int64_t leader;           /* 黄志强, of the bureau */
    int64_t outsider;         /* 吴敏, author at the school */
    int64_t admin;            /* 周平, in the office: no role unless given */
};

/* 1: SQLite only (PostgreSQL is skipped, loudly); 2: both. */
int fixture_engines(void);
#define on_both_engines(tc, test) tcase_add_loop_test((tc), (test), 0, fixture_engines())

/* engine: 0 SQLite, 1 PostgreSQL: the _i of the loop test. Closed with the case. */
struct fixture *fixture_open(int engine);

/* A ctx in somebody's name, with a proof of who he is within ten minutes. 0: nobody. Its moment is the clock's. */
struct ctx fixture_as(struct fixture *f, int64_t person_id);
/* The program itself. */
struct ctx fixture_system(struct fixture *f);
/* From now on it is 10:00 on that day. */
void fixture_day(struct fixture *f, int year, int month, int day);

int64_t fixture_unit(struct fixture *f, int64_t above_id, const char *kind, const char *name, const char *short_name, const char *agency_code);
int64_t fixture_person(struct fixture *f, const char *login, const char *name, int64_t unit_id);
void fixture_person_status(struct fixture *f, int64_t person_id, const char *status);
/* Holds a role of the registry in a unit; to DATE_NONE: without an end. */
void fixture_hold(struct fixture *f, int64_t person_id, const char *role, int64_t unit_id, struct date from, struct date to);
/* Holds one right in a unit from 2020 on, by a role made for it. */
void fixture_grant(struct fixture *f, int64_t person_id, int64_t unit_id, const struct may *may);

/* A further connection to the same store: for a thread (own arena) or the public door. */
struct db *fixture_connect(struct fixture *f, struct arena *into, enum door door);

/* Runs an operation of the registry with name, value pairs of C strings, ended by NULL; without and with a form key. */
const struct err *fixture_do(struct ctx *c, const char *op, struct op_done *done, ...) __attribute__((sentinel));
const struct err *fixture_do_once(struct ctx *c, const char *op, const char *form_key, struct op_done *done, ...) __attribute__((sentinel));

/* What stands in the store. */
int64_t fixture_events(struct fixture *f);
int64_t fixture_outbox(struct fixture *f, const char *topic);
int64_t fixture_audit(struct fixture *f, const char *outcome);

#endif
