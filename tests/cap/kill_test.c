/*
 * kill_test.c: the program is killed in the middle of publishing, again and again. What was
 * acknowledged is public and whole, nothing is half, numbers have no gap.
 *
 * A child publishes and writes an acknowledgement to a pipe when op_run has returned; the parent
 * kills it with SIGKILL at a random moment and opens the store anew: on SQLite that is a recovery,
 * since nobody else holds the file open. 20 rounds, 300 with GONGKAI_TEST_LONG.
 */
#include "base/hash.h"
#include "base/rand.h"
#include "core/audit.h"
#include "paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ban.h"

enum {
    READY = 8,
    ACKS_MOST = 4096,
    LOOKED_AT = 200,
    NUMBER_BYTES = 64,
    ROUND_ARENA = 96 * 1024 * 1024
};

/* What the child tells: this document is public under this number. */
struct ack {
    int64_t id;
    char number[NUMBER_BYTES];
};

struct acks {
    struct ack v[ACKS_MOST];
    size_t n;
};

struct round {
    struct fixture f;     /* the site, with an arena of this round */
    int64_t ready[READY]; /* approved, to be published by the child; 0: used up */
    int no;
};

/* ---- the child ---- */

static void tell(int fd, int64_t id, struct str number)
{
    struct ack ack = {.id = id};
    must(number.n < NUMBER_BYTES);
    memcpy(ack.number, number.p, number.n);
    must(write(fd, &ack, sizeof ack) ==
         (ssize_t)sizeof ack); /* one write of less than PIPE_BUF: whole or not at all */
}

static struct str page_of(struct round *r, int i)
{
    return str_format(r->f.arena,
        "发布机构:区教育局\n关于第%d轮第%d项工作的通知\n时间:2026-07-01 "
        "08:16\n\n关于第%d轮第%d项工作的通知\n\n各区属学校:\n\n"
        "现将有关事项通知如下，请遵照执行。\n\n区教育局办公室\n\n2026年7月1日\n",
        r->no, i, r->no, i);
}

/* Publishes what is ready, then imports pages, until it is killed. */
static _Noreturn void publish_until_killed(struct round *r, int fd)
{
    struct fixture *f = &r->f;
    id_node_set((unsigned)(r->no % 1000) + 1);
    for (int i = 0; i < READY; i++) {
        struct sheet s = {0};
        struct op_done done = {0};
        sheet_id(f, &s, "id", r->ready[i]);
        sheet_id(f, &s, "version", paper_edition(f, r->ready[i]).version);
        if (sheet_run(f, f->officer, "document.publish", &s, &done) == NULL) {
            tell(fd, done.id, done.number);
        }
    }
    for (int i = 0;; i++) {
        struct sheet s = {0};
        struct op_done done = {0};
        s.v[s.n++] = (struct value){.name = S("text"), .text = page_of(r, i)};
        if (sheet_run(f, f->officer, "document.import", &s, &done) == NULL) {
            tell(fd, done.id, done.number);
        }
    }
}

/* ---- the parent ---- */

/* The pipe to its end: everything that was told before the kill. */
static void listen_to(int fd, struct acks *acks)
{
    struct ack ack;
    for (ssize_t got; (got = read(fd, &ack, sizeof ack)) > 0;) {
        ck_assert_int_eq(got, sizeof ack);
        ck_assert_uint_lt(acks->n, ACKS_MOST);
        acks->v[acks->n++] = ack;
    }
}

static void run_and_kill(struct round *r, struct acks *acks)
{
    int ends[2];
    db_drop_connection(r->f.db); /* a fork must not share a connection */
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        (void)close(ends[0]);
        publish_until_killed(r, ends[1]);
    }
    (void)close(ends[1]);
    (void)usleep((useconds_t)rand_below(
        120000)); /* before the first one, among the publications, among the imports */
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
        "the child ended by itself: %d", status);
    listen_to(ends[0], acks);
    (void)close(ends[0]);
}

static void acknowledged_is_public(struct fixture *f, const struct acks *acks)
{
    struct ctx citizen = paper_citizen(f);
    for (size_t i = 0; i < acks->n; i++) {
        struct public_document d = {0};
        const struct err *e = document_public_read(&citizen, str_from(acks->v[i].number), 0, &d);
        ck_assert_msg(e == NULL, "%s was acknowledged and is not there", acks->v[i].number);
        ck_assert_int_eq(d.document_id, acks->v[i].id);
        ck_assert_uint_ge(d.parts.n, 1);
        ck_assert_uint_gt(d.parts.v[0].body.safe.n, 0);
    }
}

static void is_whole(struct round *r, const struct acks *acks)
{
    struct fixture *f = &r->f;
    if (f->kind == STORE_SQLITE) {
        ck_assert_well(db_integrity(f->arena, f->db));
    }
    paper_whole(f);
    acknowledged_is_public(f, acks);
}

static void make_ready(struct round *r)
{
    for (int i = 0; i < READY; i++) {
        bool used =
            r->ready[i] == 0 || str_eq(paper_document(&r->f, r->ready[i]).status, S("public"));
        if (used) {
            r->ready[i] = paper_approved(&r->f, NULL);
        }
    }
}

static void audit_is_whole(struct fixture *f)
{
    struct ctx c = fixture_system(f);
    struct audit_verdict verdict = {0};
    for (int linked = 1; linked > 0;) {
        ck_assert_well(audit_link(&c, 1000, &linked));
    }
    ck_assert_well(audit_verify(&c, &verdict));
    ck_assert_msg(verdict.bad_seq == 0, "%.*s", STR_ARG(verdict.why));
}

static struct acks acks; /* of all rounds */

START_TEST(killed_while_publishing_nothing_acknowledged_is_lost_and_nothing_is_half)
{
    struct fixture *f = paper_site(_i);
    int rounds = getenv("GONGKAI_TEST_LONG") != NULL ? 300 : 20;
    struct round r = {.f = *f};
    size_t published = 0;
    id_node_set(1023);
    acks.n = 0;
    for (r.no = 1; r.no <= rounds; r.no++) {
        r.f.arena = arena_open(ROUND_ARENA);
        make_ready(&r);
        size_t before = acks.n;
        run_and_kill(&r, &acks);
        published += acks.n - before;
        is_whole(&r, &acks);
        if (acks.n > LOOKED_AT) {
            acks.n = 0; /* those were looked at after this kill */
        }
        arena_close(r.f.arena);
    }
    ck_assert_uint_gt(
        published, (size_t)rounds); /* the kills did not all come before the first publication */
    audit_is_whole(f);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 1700);
    on_both_engines(tc, killed_while_publishing_nothing_acknowledged_is_lost_and_nothing_is_half);
}
