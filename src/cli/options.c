/* options.c: argv into words and options. */
#include "cli/options.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/ban.h"

static bool is_flag(const char *flags, struct str name)
{
    struct str rest = str_from(flags);
    struct str one;
    while (rest.n > 0 && str_next(&rest, ' ', &one)) {
        if (str_eq(one, name)) {
            return true;
        }
    }
    return false;
}

static const struct err *value_of(
    struct arena *into, struct str name, struct str typed, struct str *out)
{
    if (str_starts(typed, S("@@"))) {
        *out = str_skip(typed, 1);
        return NULL;
    }
    if (!str_starts(typed, S("@"))) {
        *out = typed;
        return NULL;
    }
    TRY(file_read(into, str_z(into, str_skip(typed, 1)), LIMIT_BODY_HTML_BYTES, out));
    if (!utf8_valid(*out)) {
        return err_format(
            into, ERR_INVALID, "--%.*s 的文件不是 UTF-8 文本，请转换后再用。", STR_ARG(name));
    }
    return NULL;
}

const struct err *options_parse(struct arena *into, int argc, char *const *argv, const char *flags,
    struct strs *words, struct values *options)
{
    size_t most = argc > 0 ? (size_t)argc : 0;
    struct str *w = arena_many(into, most, struct str);
    struct value *v = arena_many(into, most, struct value);
    size_t word_n = 0;
    size_t option_n = 0;
    bool only_words = false;
    for (int i = 0; i < argc; i++) {
        struct str a = str_from(argv[i]);
        if (!utf8_valid(a)) {
            return err_format(into, ERR_INVALID, "第 %d 个参数不是 UTF-8 文本。", i + 1);
        }
        if (only_words || !str_starts(a, S("--"))) {
            w[word_n++] = a;
            continue;
        }
        if (a.n == 2) {
            only_words = true;
            continue;
        }
        struct str body = str_skip(a, 2);
        ptrdiff_t eq = str_find_byte(body, '=', 0);
        struct value *o = &v[option_n++];
        o->name = eq >= 0 ? str_sub(body, 0, (size_t)eq) : body;
        o->text = S("1");
        if (eq >= 0) {
            TRY(value_of(into, o->name, str_skip(body, (size_t)eq + 1), &o->text));
        } else if (!is_flag(flags, o->name) && i + 1 < argc &&
                   !str_starts(str_from(argv[i + 1]), S("--"))) {
            TRY(value_of(into, o->name, str_from(argv[++i]), &o->text));
        }
    }
    *words = (struct strs){w, word_n};
    *options = (struct values){v, option_n};
    return NULL;
}
