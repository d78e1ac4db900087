/* db.c: opening, health, and what a failure is called. */
#include "store/driver.h"

#include <stdio.h>

#include "base/ban.h"

enum { PING_BUDGET_MS = 500 };

static void close_db(void *arg)
{
    struct db *db = arg;
    db->driver->disconnect(db);
}

const struct err *db_open(struct arena *into, const struct db_config *config, struct db **out)
{
    *out = NULL;
    if (config->kind == STORE_SQLITE && config->path.n == 0) {
        return err_make(into, ERR_INVALID, S("请填写数据库文件的路径。"));
    }
    if (config->kind == STORE_POSTGRES && config->dsn.n == 0) {
        return err_make(into, ERR_INVALID, S("请填写数据库的连接参数。"));
    }
    struct db *db = arena_new(into, struct db);
    db->driver = config->kind == STORE_SQLITE ? &driver_sqlite : &driver_postgres;
    db->kind = config->kind;
    db->door = config->door;
    db->prepare = config->prepare;
    db->path = str_z(into, config->path);
    db->dsn = str_z(into, config->dsn);
    db->public_dsn = config->public_dsn.n > 0 ? str_z(into, config->public_dsn) : NULL;
    arena_defer(into, close_db, db);
    *out = db;
    return NULL;
}

enum store_kind db_kind(const struct db *db)
{
    return db->kind;
}

void db_drop_connection(struct db *db)
{
    db->driver->cut(db);
}

bool db_failed(struct db *db, enum outcome outcome, const char *code, const char *format, ...)
{
    must(outcome != OUTCOME_OK);
    struct failure *f = &db->last;
    *f = (struct failure){.outcome = outcome, .statement = f->statement};
    (void)snprintf(f->code, sizeof f->code, "%s", code);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(f->text, sizeof f->text, format, args);
    va_end(args);
    return false;
}

static struct err *busy(struct arena *into, const char *words)
{
    struct err *e = err_format(into, ERR_BUSY, "%s", words);
    e->retry_after_s = 2;
    return e;
}

const struct err *db_error(struct arena *into, const struct db *db)
{
    const struct failure *f = &db->last;
    struct err *e = NULL;
    switch (f->outcome) {
    case OUTCOME_RETRY:
    case OUTCOME_RECONNECT:
        e = busy(into, "系统正忙，没有保存。请稍候再试一次。");
        break;
    case OUTCOME_CANCELLED:
        e = busy(into, "处理时间过长，已经停止，没有保存。请稍候再试一次。");
        break;
    case OUTCOME_UNKNOWN:
        e = busy(into, "暂时无法确认是否已经保存。请刷新页面核对，没有保存的请再提交一次。");
        break;
    case OUTCOME_CONFLICT:
        e = err_format(into, ERR_CONFLICT, "内容已经存在，或刚被他人修改。请刷新页面后再试。");
        break;
    case OUTCOME_OK:
    case OUTCOME_BUG:
    case OUTCOME_FATAL:
        e = err_format(into, ERR_FAULT, "%s",
            f->disk_full ? "磁盘空间不足，没有保存，请联系管理员"
                         : "系统出现故障，没有保存，请联系管理员。");
        break;
    }
    e->facts = str_format(
        into, "store %s %s: %s", f->statement != NULL ? f->statement : "-", f->code, f->text);
    return e;
}

/* Statements are few hundred and live for ever: their addresses are good keys. */
struct cache_slot *cache_find(struct db *db, const struct statement *s)
{
    size_t at = ((uintptr_t)s >> 4) * 2654435761U % CACHE_SLOTS;
    for (size_t i = 0; i < CACHE_SLOTS / 4; i++) {
        struct cache_slot *slot = &db->cache[(at + i) % CACHE_SLOTS];
        if (slot->key == NULL || slot->key == s) {
            return slot;
        }
    }
    return NULL;
}

static const struct err *say_hello(struct tx *tx, void *arg)
{
    (void)arg;
    return tx->db->driver->exec(tx->db, tx->db->driver->hello)
               ? NULL
               : tx_fail(tx, db_error(tx->arena, tx->db));
}

const struct err *db_hello(struct arena *into, struct db *db, int budget_ms)
{
    const struct tx_how how = {
        .audience = db->door == DOOR_PUBLIC ? AUDIENCE_PUBLIC : AUDIENCE_SYSTEM,
        .budget_ms = budget_ms};
    return store_tx(db, into, how, say_hello, NULL);
}

const struct err *db_ping(struct arena *into, struct db *db)
{
    return db_hello(into, db, PING_BUDGET_MS);
}

const struct err *db_prepare_check(struct arena *into, struct db *db, const struct statement *s)
{
    TRY(db_ping(into, db));
    db->last.statement = s->name;
    return db->driver->check(into, db, s) ? NULL : db_error(into, db);
}
