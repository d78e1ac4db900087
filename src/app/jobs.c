/*
 * jobs.c: the jobs child.
 *
 * Two rhythms: every half second the sequencer links waiting audit rows; every two seconds each job
 * of the registry is asked for whether it is due, and leased in the store before it runs, so that
 * two machines never run one at the same time.
 */
#include "app/jobs.h"

#include "base/diag.h"
#include "base/limits.h"
#include "base/rand.h"
#include "cap/upkeep/upkeep.h"
#include "core/audit.h"
#include "core/registry.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/ban.h"

enum { TICK_MS = 500, JOBS_EVERY_TICKS = 4, LINK_MOST = 500 };

struct runner {
    struct open_site *site;
    struct arena *kept; /* the connection lives as long as the child */
    struct arena *work; /* one tick */
    struct ctx base;
    struct str holder;
};

static void tell(struct runner *r, const char *what, struct str name, const struct err *e)
{
    struct diag d = diag_make(r->work, e->kind == ERR_BUSY ? DIAG_NOTICE : DIAG_ERROR, what);
    diag_str(&d, "name", name);
    diag_str(&d, "outcome", err_name(e->kind));
    diag_str(&d, "facts", e->facts);
    diag_write(&d);
}

static struct ctx now_ctx(const struct runner *r)
{
    struct ctx c = ctx_make(r->work, r->site->clock, &r->site->site, r->base.db, SITE_TENANT);
    c.calendar = r->base.calendar;
    return c;
}

static void link_audit(struct runner *r)
{
    int linked = LINK_MOST;
    while (linked == LINK_MOST) {
        struct ctx c = now_ctx(r);
        const struct err *e = audit_link(&c, LINK_MOST, &linked);
        if (e != NULL) {
            tell(r, "sequencer", S("audit"), e);
            return;
        }
    }
}

static void run_job(struct runner *r, const struct job *job)
{
    struct str name = str_from(job->name);
    struct ctx c = now_ctx(r);
    bool mine = false;
    const struct err *e = upkeep_lease_take(&c, name, r->holder, &mine);
    if (e != NULL || !mine) {
        if (e != NULL) {
            tell(r, "job", name, e);
        }
        return;
    }
    int64_t from = clock_mono_us();
    c = now_ctx(r);
    e = job->run(&c);
    if (e != NULL) {
        tell(r, "job", name, e);
    }
    c = now_ctx(r);
    const struct err *end = upkeep_lease_done(
        &c, name, r->holder, job->every_s, e == NULL ? S("ok") : err_name(e->kind));
    if (end != NULL) {
        tell(r, "job", name, end);
    }
    struct diag d = diag_make(r->work, DIAG_INFO, "job");
    diag_str(&d, "name", name);
    diag_int(&d, "ms", (clock_mono_us() - from) / 1000);
    diag_write(&d);
}

static void run_jobs(struct runner *r)
{
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->job_count; k++) {
            run_job(r, &all.v[i]->jobs[k]);
            arena_reset(r->work);
        }
    }
}

/* Waits a tick; true when it is time to end. */
static bool ended(const sigset_t *ends)
{
    struct timespec wait = {0, TICK_MS * 1000000L};
    return sigtimedwait(ends, NULL, &wait) > 0;
}

const struct err *jobs_run(struct open_site *site)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    struct runner r = {.site = site,
        .kept = arena_open(LIMIT_WORK_ARENA_BYTES),
        .work = arena_open(LIMIT_WORK_ARENA_BYTES)};
    TRY(site_ctx(site, r.kept, &r.base));
    r.holder = str_format(r.kept, "%d-%.*s", (int)getpid(), STR_ARG(rand_token(r.kept, 5)));
    for (int tick = 0; !ended(&ends); tick++) {
        link_audit(&r);
        arena_reset(r.work);
        if (tick % JOBS_EVERY_TICKS == 0) {
            run_jobs(&r);
        }
        if (getppid() == 1) {
            break; /* the parent was killed: nobody watches any more */
        }
    }
    link_audit(&r); /* what was done before the end is linked before the end */
    arena_close(r.work);
    arena_close(r.kept);
    return NULL;
}
