/*
 * backup.c: `gongkai backup DIR`: the store by online backup, then the files it names, settings,
 * and the manifest last.
 *
 * The store comes first: a file is durable before any row names it, so everything the copied store
 * names is there when the files are copied. Keys are never in a backup: whoever finds one cannot
 * open a secret.
 */
#include "app/commands.h"
#include "app/manifest.h"
#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/ban.h"

struct copy {
    struct arena *arena;
    struct str from, to; /* directories */
    struct manifest list;
};

static const struct err *copy_one(struct copy *c, struct str path)
{
    struct manifest_line line = {.path = str_dup(c->arena, path)};
    const char *from =
        str_z(c->arena, str_format(c->arena, "%.*s/%.*s", STR_ARG(c->from), STR_ARG(path)));
    const char *to =
        str_z(c->arena, str_format(c->arena, "%.*s/%.*s", STR_ARG(c->to), STR_ARG(path)));
    TRY(copy_hashed(c->arena, from, to, &line));
    manifest_add(c->arena, &c->list, line);
    return NULL;
}

static void close_dir(void *dir)
{
    closedir(dir);
}

/* blobs/sha256/ab/cd/<name>: exactly this deep. */
static const struct err *copy_level(struct copy *c, struct str path, int level)
{
    const char *from =
        str_z(c->arena, str_format(c->arena, "%.*s/%.*s", STR_ARG(c->from), STR_ARG(path)));
    DIR *dir = opendir(from);
    if (dir == NULL) {
        return errno == ENOENT ? NULL
                               : err_fault(c->arena, "opendir %s: %s", from, strerror(errno));
    }
    arena_defer(c->arena, close_dir, dir);
    TRY(file_make_dirs(c->arena,
        str_z(c->arena, str_format(c->arena, "%.*s/%.*s", STR_ARG(c->to), STR_ARG(path))), 0700));
    for (const struct dirent *d = readdir(dir); d != NULL; d = readdir(dir)) {
        if (d->d_name[0] == '.') {
            continue;
        }
        struct str inner = str_format(c->arena, "%.*s/%s", STR_ARG(path), d->d_name);
        TRY(level < 2 ? copy_level(c, inner, level + 1) : copy_one(c, inner));
    }
    return NULL;
}

static bool is_empty_dir(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return errno == ENOENT;
    }
    int n = 0;
    while (readdir(dir) != NULL) {
        n++;
    }
    closedir(dir);
    return n <= 2; /* . and .. */
}

/* The copied store's own digest: it was written by the store, not by copy_one. */
static const struct err *note_store(struct copy *c, const char *path)
{
    struct manifest_line line = {.path = S("site.db")};
    TRY(copy_hashed(c->arena, path, NULL, &line));
    manifest_add(c->arena, &c->list, line);
    return NULL;
}

const struct err *command_backup(struct cli *cli)
{
    struct arena *arena = the_run->arena;
    struct open_site site;
    struct db *db = NULL;
    if (cli->words.n != 1) {
        return err_make(
            arena, ERR_INVALID, S("请写明备份到哪个目录，例如 gongkai backup /backup/2026-07-01"));
    }
    struct copy c = {.arena = arena, .from = cli->data_dir, .to = cli->words.v[0]};
    if (!is_empty_dir(str_z(arena, c.to))) {
        return err_format(
            arena, ERR_CONFLICT, "“%.*s”不是空目录，不会覆盖。请换一个目录。", STR_ARG(c.to));
    }
    TRY(site_load(arena, &the_run->clock, cli->data_dir, &site));
    TRY(file_make_dirs(arena, str_z(arena, c.to), 0700));
    const char *store = str_z(arena, site_path(arena, c.to, "site.db"));
    TRY(db_open(arena, &site.office, &db));
    TRY(db_backup(arena, db, store));
    TRY(note_store(&c, store));
    TRY(copy_level(&c, S("blobs/sha256"), 0));
    TRY(copy_one(&c, S("gongkai.conf")));
    TRY(file_write(arena, str_z(arena, site_path(arena, c.to, "manifest.txt")),
        manifest_text(arena, &c.list), 0600));
    cli_print(
        "已备份到 %.*s：%zu 个文件，清单 manifest.txt。\n密钥不在备份里，请把 %.*s 另外保管。\n",
        STR_ARG(c.to), c.list.n, STR_ARG(site_path(arena, cli->data_dir, "keys")));
    return NULL;
}
