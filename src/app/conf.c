/* conf.c: gongkai.conf and the keys. */
#include "app/site.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/rand.h"

#include "base/ban.h"

enum { KEY_BYTES = 32 };

static bool set_number(struct str value, int64_t most, int64_t *out)
{
    return str_to_int(value, out) && *out >= 0 && *out <= most;
}

static bool set_value(struct conf *c, struct str name, struct str value)
{
    struct {
        struct str name;
        struct str *text;
    } texts[] = {{S("store"), &c->store}, {S("public_store"), &c->public_store},
        {S("origin"), &c->origin}, {S("listen"), &c->listen}, {S("hosts"), &c->hosts},
        {S("proxies"), &c->proxies}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (str_eq(texts[i].name, name)) {
            *texts[i].text = value;
            return true;
        }
    }
    int64_t demo = 0;
    if (str_eq(name, S("port"))) {
        return set_number(value, 65535, &c->port);
    }
    if (str_eq(name, S("office_port"))) {
        return set_number(value, 65535, &c->office_port);
    }
    if (str_eq(name, S("demo")) && set_number(value, 1, &demo)) {
        c->demo = demo == 1;
        return true;
    }
    int64_t prepare = 0;
    if (str_eq(name, S("db_prepare")) && set_number(value, 1, &prepare)) {
        c->db_prepare = prepare == 1;
        return true;
    }
    return limits_set(&c->limits, name, value);
}

const struct err *conf_parse(struct arena *into, struct str text, struct conf *out)
{
    *out = (struct conf){.store = S("sqlite"), .listen = S("127.0.0.1"), .port = 8080};
    struct str rest = text;
    struct str line;
    for (int number = 1; rest.n > 0 && str_next_line(&rest, &line); number++) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#') {
            continue;
        }
        ptrdiff_t eq = str_find_byte(line, '=', 0);
        struct str name = eq > 0 ? str_trim(str_sub(line, 0, (size_t)eq)) : line;
        struct str value = eq > 0 ? str_trim(str_skip(line, (size_t)eq + 1)) : STR_NONE;
        if (eq <= 0 || !set_value(out, name, value)) {
            return err_format(into, ERR_INVALID,
                "gongkai.conf 第 %d 行“%.*s”不能识别。请写成 名称 = 值，名称有 store public_store "
                "origin listen port office_port hosts proxies demo db_prepare，以及 limit.* 和 "
                "session.*（gongkai limits 列出名称）。",
                number, STR_ARG(line));
        }
    }
    return NULL;
}

struct str conf_text(struct arena *into, const struct conf *c)
{
    struct buf b = buf_make(into, KIB(16));
    buf_add(&b, S("# gongkai.conf：名称 = 值。改后重新启动 gongkai serve。\n"));
    buf_format(&b, "store = %.*s\n", STR_ARG(c->store));
    if (c->public_store.n > 0) {
        buf_format(&b, "public_store = %.*s\n", STR_ARG(c->public_store));
    }
    if (c->origin.n > 0) {
        buf_format(&b, "origin = %.*s\n", STR_ARG(c->origin));
    }
    buf_format(&b, "listen = %.*s\nport = %lld\n", STR_ARG(c->listen), (long long)c->port);
    if (c->office_port > 0) {
        buf_format(&b, "office_port = %lld\n", (long long)c->office_port);
    }
    if (c->hosts.n > 0) {
        buf_format(&b, "hosts = %.*s\n", STR_ARG(c->hosts));
    }
    if (c->proxies.n > 0) {
        buf_format(&b, "proxies = %.*s\n", STR_ARG(c->proxies));
    }
    buf_format(&b, "demo = %d\n", c->demo ? 1 : 0);
    if (c->db_prepare) {
        buf_add(&b, S("db_prepare = 1\n"));
    }
    limits_text(&c->limits, &b);
    return buf_str(&b);
}

static struct str random_hex(struct arena *into)
{
    uint8_t key[KEY_BYTES];
    rand_bytes(key, sizeof(key));
    return str_hex(into, key, sizeof(key));
}

struct str keys_make(struct arena *into)
{
    return str_format(into,
        "# 站点密钥。只给运行程序的用户读；和备份分开保管。\npepper = %.*s\ntoken_key = "
        "%.*s\nseal_key = %.*s\n",
        STR_ARG(random_hex(into)), STR_ARG(random_hex(into)), STR_ARG(random_hex(into)));
}

const struct err *keys_parse(struct arena *into, struct str text, struct site *out)
{
    struct {
        struct str name;
        struct str *key;
    } keys[] = {{S("pepper = "), &out->pepper}, {S("token_key = "), &out->token_key},
        {S("seal_key = "), &out->seal_key}};
    struct str rest = text;
    struct str line;
    while (rest.n > 0 && str_next_line(&rest, &line)) {
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
            char *bytes = arena_alloc(into, KEY_BYTES);
            if (str_starts(line, keys[i].name) &&
                str_unhex(str_trim(str_skip(line, keys[i].name.n)), bytes, KEY_BYTES)) {
                *keys[i].key = str_make(bytes, KEY_BYTES);
            }
        }
    }
    bool all =
        out->pepper.n == KEY_BYTES && out->token_key.n == KEY_BYTES && out->seal_key.n == KEY_BYTES;
    return all ? NULL
               : err_make(into, ERR_INVALID,
                     S("keys 文件不完整：pepper、token_key、seal_key 各要 64 "
                       "位十六进制数。请从密钥备份恢复。"));
}
