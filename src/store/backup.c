/* backup.c: a copy of a running store, and whether a store is whole. */
#include "base/clock.h"
#include "base/file.h"
#include "store/driver.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/ban.h"

enum { PAGES_A_STEP = 256, PAUSE_MS = 5, COPY_BUDGET_MS = 600000 };

static const struct err *copy_failed(struct arena *into, int rc, const char *what)
{
    if ((rc & 0xff) == SQLITE_FULL) {
        struct err *e = err_format(into, ERR_FAULT, "磁盘空间不足，没有保存，请联系管理员");
        e->facts = str_format(into, "backup: %s: %s", what, sqlite3_errstr(rc));
        return e;
    }
    return err_fault(into, "backup: %s: %s", what, sqlite3_errstr(rc));
}

/* Writers go on meanwhile; when they do, SQLite begins the copy again from their state. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (b == NULL) {
        return sqlite3_extended_errcode(to);
    }
    int64_t end_us = clock_mono_us() + (int64_t)COPY_BUDGET_MS * 1000;
    int rc = SQLITE_OK;
    while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
        rc = sqlite3_backup_step(b, PAGES_A_STEP);
        if ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED)) {
            struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
            (void)nanosleep(&pause, NULL);
        }
        if (clock_mono_us() > end_us) {
            break;
        }
    }
    int end = sqlite3_backup_finish(b);
    return rc == SQLITE_DONE ? end : rc;
}

static int count_finding(void *arg, int n, char **values, char **names)
{
    (void)names;
    int *findings = arg;
    bool is_ok = n == 1 && values[0] != NULL && strcmp(values[0], "ok") == 0;
    *findings += is_ok ? 0 : 1;
    return 0;
}

static int check_whole(sqlite3 *db, int *findings)
{
    *findings = 0;
    int rc = sqlite3_exec(db, "PRAGMA integrity_check(20)", count_finding, findings, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(db, "PRAGMA foreign_key_check", count_finding, findings, NULL);
    }
    return rc;
}

/* Copies into a file of its own and looks whether the copy is whole before it gets its name. */
static const struct err *copy_to(struct arena *into, sqlite3 *from, const char *part)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(
        part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL);
    const char *what = "open";
    if (rc == SQLITE_OK) {
        what = "copy";
        rc = copy_pages(from, to);
    }
    if (rc == SQLITE_OK) {
        what = "journal"; /* one file, without -wal beside it */
        rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    int findings = 0;
    if (rc == SQLITE_OK) {
        what = "check";
        rc = check_whole(to, &findings);
    }
    (void)sqlite3_close(to);
    if (rc != SQLITE_OK) {
        return copy_failed(into, rc, what);
    }
    return findings == 0 ? NULL : err_fault(into, "backup: the copy has %d findings", findings);
}

static const struct err *keep_copy(struct arena *into, const char *part, const char *to_path)
{
    int fd = file_open(part, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0) {
        return err_fault(into, "backup: the copy cannot be opened again");
    }
    bool well = fchmod(fd, 0600) == 0 && file_sync(fd) == 0; /* it holds everybody's data */
    (void)close(fd);
    const char *slash = strrchr(to_path, '/');
    const char *dir = slash == NULL ? "."
                      : slash == to_path
                          ? "/"
                          : str_z(into, str_make(to_path, (size_t)(slash - to_path)));
    if (!well || file_rename(part, to_path) != 0 || file_sync_dir(dir) != 0) {
        return err_fault(into, "backup: the copy cannot be kept");
    }
    return NULL;
}

const struct err *db_backup(struct arena *into, struct db *db, const char *to_path)
{
    if (db->kind == STORE_POSTGRES) {
        return err_make(into, ERR_INVALID,
            S("PostgreSQL 数据库请用 pg_dump 导出，或用 pg_basebackup 做基础备份。"));
    }
    must(db->door == DOOR_OFFICE && !db->in_tx);
    TRY(db_ping(into, db));
    const char *part = str_z(into, str_format(into, "%s.part", to_path));
    (void)unlink(part);
    const struct err *e = copy_to(into, db->sqlite, part);
    if (e == NULL) {
        e = keep_copy(into, part, to_path);
    }
    if (e != NULL) {
        (void)unlink(part);
    }
    return e;
}

const struct err *db_integrity(struct arena *into, struct db *db)
{
    TRY(db_ping(into, db));
    if (db->kind == STORE_POSTGRES) {
        return NULL; /* its page checksums watch by themselves; db_ping has read */
    }
    must(db->door == DOOR_OFFICE && !db->in_tx);
    int findings = 0;
    int rc = check_whole(db->sqlite, &findings);
    if (rc != SQLITE_OK) {
        return err_fault(into, "integrity: %s", sqlite3_errstr(rc));
    }
    return findings == 0 ? NULL : err_fault(into, "integrity: %d findings", findings);
}
