/* doctor.c: `gongkai doctor`: is this site well? Every check says one line; the exit code says
 * whether all were well. */
#include "app/commands.h"
#include "base/limits.h"
#include "core/audit.h"
#include "core/registry.h"
#include "rules/calendar.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/ban.h"

enum { DISK_LEAST_PERCENT = 5, LINK_LATE_MS = 10000 };

struct visit {
    struct arena *arena;
    struct open_site site;
    struct ctx c;
    int faults;
};

static void well(const char *what, struct str words)
{
    cli_print("  好    %s：%.*s\n", what, STR_ARG(words));
}

static void ill(struct visit *v, const char *what, struct str words)
{
    v->faults++;
    cli_print("  有问题 %s：%.*s\n", what, STR_ARG(words));
}

static void check_err(struct visit *v, const char *what, const struct err *e, struct str good)
{
    if (e == NULL) {
        well(what, good);
    } else {
        ill(v, what, str_format(v->arena, "%.*s %.*s", STR_ARG(e->words), STR_ARG(e->facts)));
    }
}

static void check_modes(struct visit *v, struct str data_dir)
{
    struct stat st;
    const char *dir = str_z(v->arena, data_dir);
    bool private_dir = stat(dir, &st) == 0 && (st.st_mode & 077) == 0;
    const char *keys = str_z(v->arena, site_path(v->arena, data_dir, "keys"));
    bool private_keys = stat(keys, &st) == 0 && (st.st_mode & 077) == 0;
    if (private_dir && private_keys) {
        well("密钥和目录", S("只有自己能读"));
    } else {
        ill(v, "密钥和目录",
            str_format(v->arena, "别的用户也能读。请运行 chmod 700 %s 和 chmod 600 %s", dir, keys));
    }
}

static void check_disk(struct visit *v, struct str data_dir)
{
    struct statvfs fs;
    if (statvfs(str_z(v->arena, data_dir), &fs) != 0 || fs.f_blocks == 0) {
        ill(v, "磁盘", S("读不到剩余空间"));
        return;
    }
    int64_t percent = (int64_t)(fs.f_bavail * 100 / fs.f_blocks);
    struct str words = str_format(v->arena, "剩余 %lld%%", (long long)percent);
    if (percent < DISK_LEAST_PERCENT) {
        ill(v, "磁盘", str_cat(v->arena, words, S("，请清理或扩容")));
    } else {
        well("磁盘", words);
    }
}

static void check_calendar(struct visit *v)
{
    int year = date_year(v->c.today);
    if (date_year(calendar_last(v->c.calendar)) >= year) {
        well("日历", str_format(v->arena, "%d 年的节假日安排已公布", year));
    } else {
        ill(v, "日历",
            str_format(
                v->arena, "缺少 %d 年的节假日安排，期限都是暂定的。安排公布后请升级程序", year));
    }
}

static void check_audit(struct visit *v)
{
    struct audit_verdict a = {0};
    const struct err *e = audit_verify(&v->c, &a);
    if (e != NULL) {
        check_err(v, "审计链", e, STR_NONE);
    } else if (!a.whole) {
        ill(v, "审计链",
            str_format(v->arena, "第 %lld 条：%.*s", (long long)a.bad_seq, STR_ARG(a.why)));
    } else if (a.oldest_waiting_ms > LINK_LATE_MS) {
        well("审计链", str_format(v->arena, "%lld 条完整；%lld 条等待编号，serve 运行后会补上",
                           (long long)a.rows, (long long)a.waiting));
    } else {
        well("审计链", str_format(v->arena, "%lld 条完整，末端 %.*s", (long long)a.rows,
                           STR_ARG(str_sub(a.head, 0, 16))));
    }
}

/* Every blob against its own name. */
struct blob_walk {
    struct visit *v;
    int64_t good, bad;
};

static void check_blob(struct blob_walk *w, const char *name)
{
    struct arena *scratch = arena_open(LIMIT_WORK_ARENA_BYTES);
    const struct err *e = blob_verify(scratch, &w->v->site.site.blobs, str_from(name));
    if (e == NULL) {
        w->good++;
    } else {
        w->bad++;
        ill(w->v, "文件", str_format(w->v->arena, "%s 的内容和名称不符", name));
    }
    arena_close(scratch);
}

/* Two levels of two digits, then the names: walked level by level, no deeper. */
static void walk(struct blob_walk *w, struct str path, int level)
{
    DIR *dir = opendir(str_z(w->v->arena, path));
    if (dir == NULL) {
        return;
    }
    for (const struct dirent *d = readdir(dir); d != NULL; d = readdir(dir)) {
        if (d->d_name[0] == '.') {
            continue;
        }
        if (level < 2) {
            walk(w, str_format(w->v->arena, "%.*s/%s", STR_ARG(path), d->d_name), level + 1);
        } else {
            check_blob(w, d->d_name);
        }
    }
    closedir(dir);
}

static void check_blobs(struct visit *v)
{
    struct blob_walk w = {.v = v};
    walk(&w, str_cat(v->arena, v->site.site.blobs.root, S("/sha256")), 0);
    if (w.bad == 0) {
        well("文件", str_format(v->arena, "%lld 个，内容都和名称一致", (long long)w.good));
    }
}

static void check_clock(struct visit *v)
{
    struct str now = instant_minute(v->arena, v->c.now);
    if (date_year(v->c.today) < 2020) {
        ill(v, "时钟", str_format(v->arena, "现在是 %.*s，请校准系统时间", STR_ARG(now)));
    } else {
        well("时钟", now);
    }
}

/* Only looks: `serve` brings the schema up to date, after a backup if the operator is wise. */
static bool check_schema(struct visit *v, struct db *db)
{
    size_t missing = 0;
    const struct err *e = db_schema_missing(v->arena, db, registry_migrations(v->arena), &missing);
    if (e == NULL && missing > 0) {
        ill(v, "表结构",
            str_format(v->arena,
                "比程序少 %zu 步。请先运行 gongkai backup，再启动 gongkai serve，它会补上", missing));
        return false;
    }
    check_err(v, "表结构", e, S("和程序一致"));
    return e == NULL;
}

static const struct err *end(const struct visit *v)
{
    if (v->faults > 0) {
        return err_format(v->arena, ERR_FAULT, "发现 %d 处问题。", v->faults);
    }
    cli_print("一切正常。\n");
    return NULL;
}

const struct err *command_doctor(struct cli *cli)
{
    struct visit v = {.arena = the_run->arena};
    TRY(site_load(v.arena, &the_run->clock, cli->data_dir, &v.site));
    cli_print("检查 %.*s\n", STR_ARG(cli->data_dir));
    check_modes(&v, cli->data_dir);
    check_disk(&v, cli->data_dir);
    struct db *db = NULL;
    TRY(db_open(v.arena, &v.site.office, &db));
    const struct err *reached = db_ping(v.arena, db);
    check_err(&v, "数据库", reached,
        v.site.office.kind == STORE_SQLITE ? S("SQLite，连接正常") : S("PostgreSQL，连接正常"));
    if (reached == NULL) {
        check_err(&v, "完整性", db_integrity(v.arena, db), S("没有发现损坏"));
        bool current = check_schema(&v, db);
        if (!current) {
            return end(&v);
        }
        TRY(site_ctx(&v.site, v.arena, &v.c));
        check_audit(&v);
        check_calendar(&v);
        check_clock(&v);
    }
    check_blobs(&v);
    return end(&v);
}
