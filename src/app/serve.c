/*
 * serve.c: `gongkai serve`: a small parent that starts and watches its children.
 *
 * The parent opens no store and reads no stranger's byte. A child that dies is started again, at
 * once the first time, then with growing pauses; a SIGTERM to the parent ends all of them. Each
 * child opens its own connections after the fork.
 */
#include "app/commands.h"
#include "app/jobs.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/rand.h"
#include "cli/print.h"
#include "web/server.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/ban.h"

enum {
    CHILDREN_MOST = 4,
    PAUSE_FIRST_MS = 200,
    PAUSE_MOST_MS = 30000,
    STEADY_MS = 60000,
    STOP_MOST_MS = 12000
};

struct child {
    const char *name; /* web, web-public, web-office, jobs */
    const struct err *(*run)(struct open_site *site, const struct child *c);
    enum serve_sides sides;
    int64_t port;
    pid_t pid; /* 0: not running */
    int64_t started_ms;
    int64_t start_at_ms; /* when to start it again */
    int64_t pause_ms;
    bool refused; /* ended by itself with an error: a port that is taken, a store of another program
                   */
};

struct family {
    struct open_site *site;
    struct str data_dir;
    struct child v[CHILDREN_MOST];
    size_t n;
    bool stopping;
};

static int64_t now_ms(void)
{
    return clock_mono_us() / 1000;
}

static struct strs words_of(struct arena *into, struct str text)
{
    struct str *v = arena_many(into, text.n + 1, struct str);
    size_t n = 0;
    struct str rest = text;
    struct str one;
    while (rest.n > 0 && str_next(&rest, ' ', &one)) {
        if (one.n > 0) {
            v[n++] = one;
        }
    }
    return (struct strs){v, n};
}

static const struct err *run_web(struct open_site *site, const struct child *child)
{
    struct server_config config = server_config_make();
    struct arena *a = site->boot;
    if (child->sides == SERVE_PUBLIC) {
        TRY(site_calendar_public(site));
    } else {
        struct ctx c;
        TRY(site_ctx(site, a, &c)); /* the calendar lives in boot */
        site->site.calendar = c.calendar;
    }
    config.address = site->conf.listen;
    config.port = (int)child->port;
    config.sides = child->sides;
    config.hosts = words_of(a, site->conf.hosts);
    config.proxies = words_of(a, site->conf.proxies);
    config.site = &site->site;
    config.clock = site->clock;
    config.tenant = SITE_TENANT;
    config.public_db = site->public;
    config.office_db = site->office;
    limits_apply(&site->conf.limits, &config);
    if (child->sides == SERVE_PUBLIC) { /* this child writes nothing and opens no secret */
        site->site.pepper = STR_NONE;
        site->site.seal_key = STR_NONE;
    }
    return server_run(a, &config);
}

static const struct err *run_jobs(struct open_site *site, const struct child *child)
{
    (void)child;
    return jobs_run(site);
}

/* In the child; never returns. */
static _Noreturn void be_child(struct family *f, const struct child *child, const sigset_t *before)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_NAME, child->name);
    sigprocmask(SIG_SETMASK, before, NULL);
    id_node_set((unsigned)getpid() & 1023);
    const struct err *e = child->run(f->site, child);
    if (e != NULL) {
        cli_print_err(e);
    }
    fflush(stderr);
    _exit(e == NULL ? 0 : err_exit(e->kind));
}

static void start(struct family *f, struct child *child, const sigset_t *before)
{
    pid_t pid = fork();
    if (pid == 0) {
        be_child(f, child, before);
    }
    child->started_ms = now_ms();
    if (pid < 0) {
        child->start_at_ms = now_ms() + PAUSE_MOST_MS;
        return;
    }
    child->pid = pid;
}

/* Died at once: the pauses grow; lived a minute: they begin anew. */
static void note_death(struct family *f, struct child *child, int status)
{
    int64_t lived = now_ms() - child->started_ms;
    child->pid = 0;
    child->refused = WIFEXITED(status) && WEXITSTATUS(status) != 0;
    if (lived > STEADY_MS || child->pause_ms == 0) {
        child->pause_ms = PAUSE_FIRST_MS;
    } else {
        child->pause_ms = child->pause_ms * 2 < PAUSE_MOST_MS ? child->pause_ms * 2 : PAUSE_MOST_MS;
    }
    child->start_at_ms = now_ms() + child->pause_ms;
    if (f->stopping) {
        return;
    }
    struct arena *a = arena_open(KIB(64));
    struct diag d = diag_make(a, DIAG_ERROR, "child");
    diag_str(&d, "name", str_from(child->name));
    diag_int(&d, WIFSIGNALED(status) ? "signal" : "exit",
        WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    diag_int(&d, "again_ms", child->pause_ms);
    diag_write(&d);
    arena_close(a);
}

static void reap(struct family *f)
{
    int status = 0;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG)) {
        for (size_t i = 0; i < f->n; i++) {
            if (f->v[i].pid == pid) {
                note_death(f, &f->v[i], status);
            }
        }
    }
}

static size_t running(const struct family *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        n += f->v[i].pid > 0 ? 1 : 0;
    }
    return n;
}

static bool one_refused(const struct family *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].pid == 0 && f->v[i].refused) {
            return true;
        }
    }
    return false;
}

static void stop_all(struct family *f, const sigset_t *wanted)
{
    f->stopping = true;
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].pid > 0) {
            kill(f->v[i].pid, SIGTERM);
        }
    }
    int64_t until = now_ms() + STOP_MOST_MS;
    for (reap(f); running(f) > 0 && now_ms() < until; reap(f)) {
        struct timespec wait = {0, 100 * 1000000L};
        sigtimedwait(wanted, NULL, &wait);
    }
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].pid > 0) {
            kill(f->v[i].pid, SIGKILL);
            waitpid(f->v[i].pid, NULL, 0);
        }
    }
}

/* A child that cannot even start (port taken) at the first try ends the command: somebody is
 * looking at the terminal. */
static const struct err *watch(struct family *f)
{
    sigset_t wanted;
    sigset_t before;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGCHLD);
    sigprocmask(SIG_BLOCK, &wanted, &before);
    int64_t born = now_ms();
    for (;;) {
        for (size_t i = 0; i < f->n; i++) {
            if (f->v[i].pid == 0 && f->v[i].start_at_ms <= now_ms()) {
                start(f, &f->v[i], &before);
            }
        }
        struct timespec wait = {0, 250 * 1000000L};
        int got = sigtimedwait(&wanted, NULL, &wait);
        if (got == SIGTERM || got == SIGINT) {
            break;
        }
        reap(f);
        if (one_refused(f) && now_ms() - born < 1000) {
            stop_all(f, &wanted);
            return err_make(f->site->boot, ERR_FAULT, S("没有启动成功，原因见上。"));
        }
    }
    stop_all(f, &wanted);
    return NULL;
}

static void add_child(struct family *f, struct child c)
{
    must(f->n < CHILDREN_MOST);
    f->v[f->n++] = c;
}

static void plan_children(struct family *f)
{
    const struct conf *c = &f->site->conf;
    if (c->office_port > 0) {
        add_child(
            f, (struct child){
                   .name = "web-public", .run = run_web, .sides = SERVE_PUBLIC, .port = c->port});
        add_child(f, (struct child){.name = "web-office",
                         .run = run_web,
                         .sides = SERVE_OFFICE,
                         .port = c->office_port});
    } else {
        add_child(
            f, (struct child){.name = "web", .run = run_web, .sides = SERVE_BOTH, .port = c->port});
    }
    add_child(f, (struct child){.name = "jobs", .run = run_jobs});
}

static const struct err *number_option(const struct cli *cli, struct str name, int64_t *out)
{
    struct str v = cli_option(cli, name);
    if (v.p == NULL) {
        return NULL;
    }
    if (!str_to_int(v, out) || *out < 1 || *out > 65535) {
        return err_field(the_run->arena, name, S("请填写 1 到 65535 之间的端口"));
    }
    return NULL;
}

static void print_start(const struct open_site *s, struct str data_dir)
{
    struct arena *a = s->boot;
    cli_print("公开网站 http://%.*s:%lld/\n", STR_ARG(s->conf.listen), (long long)s->conf.port);
    cli_print("工作台   http://%.*s:%lld/office\n", STR_ARG(s->conf.listen),
        (long long)(s->conf.office_port > 0 ? s->conf.office_port : s->conf.port));
    struct str accounts = site_path(a, data_dir, "demo-accounts.txt");
    if (s->conf.demo) {
        cli_print("演示账号在 %.*s（每行：角色 登录名 口令）\n", STR_ARG(accounts));
    } else {
        cli_print("账号由管理员在“人员”页面登记；第一名管理员用 gongkai init 给出的启用码。\n");
    }
    fflush(stdout);
}

const struct err *command_serve(struct cli *cli)
{
    struct arena *boot = the_run->arena;
    struct open_site *site = arena_new(boot, struct open_site);
    TRY(site_load(boot, &the_run->clock, cli->data_dir, site));
    TRY(number_option(cli, S("port"), &site->conf.port));
    TRY(number_option(cli, S("office-port"), &site->conf.office_port));
    if (cli_option(cli, S("listen")).n > 0) {
        site->conf.listen = cli_option(cli, S("listen"));
    }
    if (site->conf.origin.n == 0) {
        site->site.origin = str_format(
            boot, "http://%.*s:%lld", STR_ARG(site->conf.listen), (long long)site->conf.port);
    }
    /* The schema first, on a connection that is closed again before anything forks. */
    struct arena *scratch = arena_open(LIMIT_WORK_ARENA_BYTES);
    const struct err *e = site_migrate(site, scratch);
    if (e != NULL) {
        const struct err *kept = err_make(boot, e->kind,
            str_dup(boot, str_format(boot, "%.*s %.*s", STR_ARG(e->words), STR_ARG(e->facts))));
        arena_close(scratch);
        return kept;
    }
    arena_close(scratch);
    struct family f = {.site = site, .data_dir = cli->data_dir};
    plan_children(&f);
    print_start(site, cli->data_dir);
    return watch(&f);
}
