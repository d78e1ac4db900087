/*
 * setting.c: rows over compiled defaults.
 *
 * On the public side only names that begin with site. have rows to see (view pub_setting); the
 * others answer their default there.
 */
#include "core/setting.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "core_sql.h"

#include "base/ban.h"

struct setting_words {
    struct str name, fallback, help;
};

static const struct setting_words words[SETTING_COUNT] = {
#define X(id, name_, fallback_, help_) [id] = {S_INIT(name_), S_INIT(fallback_), S_INIT(help_)},
    SETTINGS(X)
#undef X
};

struct str setting_name(enum setting s)
{
    must(s < SETTING_COUNT);
    return words[s].name;
}

struct str setting_fallback(enum setting s)
{
    must(s < SETTING_COUNT);
    return words[s].fallback;
}

struct str setting_help(enum setting s)
{
    must(s < SETTING_COUNT);
    return words[s].help;
}

bool setting_by_name(struct str name, enum setting *out)
{
    for (enum setting s = 0; s < SETTING_COUNT; s++) {
        if (str_eq(words[s].name, name)) {
            *out = s;
            return true;
        }
    }
    return false;
}

const struct err *setting_get(struct ctx *c, enum setting s, struct str *out)
{
    must(c->tx != NULL);
    bool found = false;
    struct str value = STR_NONE;

    if (c->tx->audience == AUDIENCE_PUBLIC) {
        struct q_core_pub_setting_get_in in = {.name = setting_name(s)};
        struct q_core_pub_setting_get_row row;
        TRY(q_core_pub_setting_get(c->tx, &in, &row, &found));
        value = found ? row.value : STR_NONE;
    } else {
        struct q_core_setting_get_in in = {.name = setting_name(s)};
        struct q_core_setting_get_row row;
        TRY(q_core_setting_get(c->tx, &in, &row, &found));
        value = found ? row.value : STR_NONE;
    }
    *out = found ? value : setting_fallback(s);
    return NULL;
}

const struct err *setting_put(struct ctx *c, enum setting s, struct str value)
{
    must(c->tx != NULL && c->tx->writes);
    struct str line = text_line(c->arena, value);
    int64_t changed = 0;

    if (line.n == 0) {
        struct q_core_setting_drop_in drop = {.name = setting_name(s)};
        return q_core_setting_drop(c->tx, &drop, &changed);
    }
    if (utf8_count(line) > LIMIT_LINE_CHARS) {
        return err_field(c->arena, setting_name(s),
            str_format(c->arena, "%.*s最多 %d 个字，现在 %zu 个字", STR_ARG(setting_help(s)),
                LIMIT_LINE_CHARS, utf8_count(line)));
    }
    struct q_core_setting_put_in put = {.name = setting_name(s), .value = line};
    return q_core_setting_put(c->tx, &put, &changed);
}

/* A row whose name this program does not know is of another version and is left alone. */
static void take(struct settings *out, struct str name, struct str value)
{
    enum setting s = SETTING_COUNT;

    if (setting_by_name(name, &s)) {
        out->v[s] = value;
    }
}

const struct err *settings_load(struct ctx *c, struct settings *out)
{
    must(c->tx != NULL);
    for (enum setting s = 0; s < SETTING_COUNT; s++) {
        out->v[s] = setting_fallback(s);
    }
    if (c->tx->audience == AUDIENCE_PUBLIC) {
        struct q_core_pub_setting_list_rows rows = {0};
        TRY(q_core_pub_setting_list(c->tx, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            take(out, rows.v[i].name, rows.v[i].value);
        }
        return NULL;
    }
    struct q_core_setting_list_rows rows = {0};
    TRY(q_core_setting_list(c->tx, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        take(out, rows.v[i].name, rows.v[i].value);
    }
    return NULL;
}
