/*
 * restore.c: `gongkai restore DIR`: a backup is proved, then copied to an empty place.
 *
 * Proved means: the manifest is whole, every file has its size and digest, the store opens and
 * passes its integrity check and the audit chain is whole. The store is checked on a copy, so that
 * nothing is ever written into the backup.
 */
#include "app/commands.h"
#include "app/manifest.h"
#include "base/file.h"
#include "base/limits.h"
#include "core/audit.h"
#include "core/registry.h"

#include <errno.h>
#include <unistd.h>

#include "base/ban.h"

struct restoring {
    struct arena *arena;
    struct str from, to;
    struct manifest list;
};

static const struct err *check_line(
    struct restoring *r, const struct manifest_line *want, const char *to)
{
    struct manifest_line is = {0};
    const char *from =
        str_z(r->arena, str_format(r->arena, "%.*s/%.*s", STR_ARG(r->from), STR_ARG(want->path)));
    if (!file_is(from)) {
        return err_format(r->arena, ERR_INVALID, "备份里缺少 %.*s。", STR_ARG(want->path));
    }
    TRY(copy_hashed(r->arena, from, to, &is));
    if (is.size_bytes != want->size_bytes || !str_eq(is.digest, want->digest)) {
        return err_format(
            r->arena, ERR_INVALID, "备份里的 %.*s 被改动过或已损坏。", STR_ARG(want->path));
    }
    return NULL;
}

static const struct err *read_manifest(struct restoring *r)
{
    struct str text;
    const char *path = str_z(r->arena, site_path(r->arena, r->from, "manifest.txt"));
    if (!file_is(path)) {
        return err_format(
            r->arena, ERR_UNKNOWN, "“%.*s”里没有 manifest.txt，不是一份备份。", STR_ARG(r->from));
    }
    TRY(file_read(r->arena, path, MIB(64), &text));
    return manifest_parse(r->arena, text, &r->list);
}

static const struct err *check_all(struct restoring *r)
{
    for (size_t i = 0; i < r->list.n; i++) {
        TRY(check_line(r, &r->list.v[i], NULL));
    }
    return NULL;
}

/* Integrity and audit chain of a store file that may be written to. */
static const struct err *check_store(struct restoring *r, struct str path)
{
    struct arena *arena = arena_open(LIMIT_WORK_ARENA_BYTES);
    struct db_config config = {.kind = STORE_SQLITE, .path = path, .door = DOOR_OFFICE};
    struct site site = {.calendar = NULL};
    struct db *db = NULL;
    struct audit_verdict verdict = {.whole = false};
    const struct err *e = db_open(arena, &config, &db);
    if (e == NULL) {
        e = db_integrity(arena, db);
    }
    if (e == NULL) {
        struct ctx c = ctx_make(arena, &the_run->clock, &site, db, SITE_TENANT);
        e = audit_verify(&c, &verdict);
    }
    const struct err *kept = NULL;
    if (e != NULL) {
        kept = err_format(r->arena, ERR_INVALID, "备份里的数据库有问题：%.*s %.*s",
            STR_ARG(e->words), STR_ARG(e->facts));
    } else if (!verdict.whole) {
        kept = err_format(r->arena, ERR_INVALID, "备份里的审计链第 %lld 条有问题：%.*s",
            (long long)verdict.bad_seq, STR_ARG(verdict.why));
    } else {
        cli_print("数据库完整，审计链 %lld 条完整。\n", (long long)verdict.rows);
    }
    arena_close(arena);
    return kept;
}

static const struct manifest_line *store_line(const struct restoring *r)
{
    for (size_t i = 0; i < r->list.n; i++) {
        if (str_eq(r->list.v[i].path, S("site.db"))) {
            return &r->list.v[i];
        }
    }
    return NULL;
}

static const struct err *verify_only(struct restoring *r)
{
    const struct manifest_line *store = store_line(r);
    const char *tmp_root = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    struct str pattern = str_format(r->arena, "%s/gongkai-verify-XXXXXX", tmp_root);
    char *dir = arena_alloc(r->arena, pattern.n + 1);
    memcpy(dir, pattern.p, pattern.n);
    if (store == NULL) {
        return err_make(r->arena, ERR_INVALID, S("清单里没有数据库。"));
    }
    if (mkdtemp(dir) == NULL) {
        return err_fault(r->arena, "mkdtemp %s: %s", dir, strerror(errno));
    }
    struct str copy = str_format(r->arena, "%s/site.db", dir);
    const struct err *e = check_line(r, store, str_z(r->arena, copy));
    if (e == NULL) {
        e = check_store(r, copy);
    }
    static const char *const tails[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        unlink(str_z(r->arena, str_format(r->arena, "%.*s%s", STR_ARG(copy), tails[i])));
    }
    rmdir(dir);
    return e;
}

static const struct err *copy_all(struct restoring *r)
{
    for (size_t i = 0; i < r->list.n; i++) {
        const struct manifest_line *line = &r->list.v[i];
        struct str to = str_format(r->arena, "%.*s/%.*s", STR_ARG(r->to), STR_ARG(line->path));
        size_t slash = to.n;
        while (slash > 0 && to.p[slash - 1] != '/') {
            slash--;
        }
        TRY(file_make_dirs(r->arena, str_z(r->arena, str_sub(to, 0, slash - 1)), 0700));
        TRY(check_line(r, line, str_z(r->arena, to)));
    }
    return file_make_dirs(r->arena, str_z(r->arena, site_path(r->arena, r->to, "blobs/tmp")), 0700);
}

static const struct err *restore_keys(struct restoring *r, struct str keys_file)
{
    struct str text;
    struct site site = {0};
    if (keys_file.n == 0) {
        cli_print("还缺密钥：请把保管的 keys 文件放到 %.*s，并运行 chmod 600。\n",
            STR_ARG(site_path(r->arena, r->to, "keys")));
        return NULL;
    }
    TRY(file_read(r->arena, str_z(r->arena, keys_file), KIB(4), &text));
    TRY(keys_parse(r->arena, text, &site));
    return file_write(r->arena, str_z(r->arena, site_path(r->arena, r->to, "keys")), text, 0600);
}

const struct err *command_restore(struct cli *cli)
{
    struct restoring r = {.arena = the_run->arena, .to = cli->data_dir};
    if (cli->words.n != 1) {
        return err_make(r.arena, ERR_INVALID,
            S("请写明备份所在的目录，例如 gongkai restore /backup/2026-07-01 --data ./site2"));
    }
    r.from = cli->words.v[0];
    TRY(read_manifest(&r));
    if (values_has(&cli->options, S("verify-only"))) {
        TRY(check_all(&r));
        TRY(verify_only(&r));
        cli_print("备份完好：%zu 个文件都和清单一致。\n", r.list.n);
        return NULL;
    }
    if (site_is(r.arena, r.to) || file_is(str_z(r.arena, site_path(r.arena, r.to, "site.db")))) {
        return err_format(r.arena, ERR_CONFLICT,
            "“%.*s”里已经有站点，不会覆盖。请用 --data 指定一个新目录。", STR_ARG(r.to));
    }
    TRY(check_all(&r)); /* nothing is written before all of it is known to be good */
    TRY(file_make_dirs(r.arena, str_z(r.arena, r.to), 0700));
    TRY(copy_all(&r));
    TRY(check_store(&r, site_path(r.arena, r.to, "site.db")));
    TRY(restore_keys(&r, cli_option(cli, S("keys"))));
    cli_print("已恢复到 %.*s：%zu 个文件。\n", STR_ARG(r.to), r.list.n);
    return NULL;
}
