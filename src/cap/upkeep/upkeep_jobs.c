/* upkeep_jobs.c: throwing away what nobody needs any more. */
#include "cap/upkeep/upkeep_jobs.h"

#include "upkeep_sql.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ban.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static const struct err *drop_old_rows(struct ctx *c, void *arg)
{
    (void)arg;
    int64_t changed = 0;
    TRY(q_form_keys_drop(c->tx,
        &(struct q_form_keys_drop_in){.before = {c->now.ms - 2 * (int64_t)DAY_MS}}, &changed));
    return q_sessions_drop(
        c->tx, &(struct q_sessions_drop_in){.before = {c->now.ms - 7 * (int64_t)DAY_MS}}, &changed);
}

const struct err *upkeep_old_rows(struct ctx *c)
{
    return ctx_write(c, AUDIENCE_SYSTEM, drop_old_rows, NULL);
}

static void close_dir(void *dir)
{
    closedir(dir);
}

const struct err *upkeep_cut_uploads(struct ctx *c)
{
    const char *path = str_z(c->arena, str_cat(c->arena, c->site->blobs.root, S("/tmp")));
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return NULL; /* no upload was ever begun */
    }
    arena_defer(c->arena, close_dir, dir);
    for (const struct dirent *d = readdir(dir); d != NULL; d = readdir(dir)) {
        struct stat st;
        if (fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
            (int64_t)st.st_mtim.tv_sec * 1000 < c->now.ms - DAY_MS) {
            unlinkat(dirfd(dir), d->d_name, 0);
        }
    }
    return NULL;
}
