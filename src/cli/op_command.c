/* op_command.c: operations from the command line. */
#include "cli/op_command.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/vec.h"

#include "base/ban.h"

const struct op *op_of_words(struct arena *into, struct str noun, struct str verb)
{
    return registry_op(str_format(into, "%.*s.%.*s", STR_ARG(noun), STR_ARG(verb)));
}

static bool is_common(struct str name)
{
    return str_eq(name, S("data")) || str_eq(name, S("as")) || str_eq(name, S("json")) ||
           str_eq(name, S("help"));
}

static const struct field *field_named(const struct op *op, struct str name)
{
    for (size_t i = 0; i < op->field_count; i++) {
        if (str_eq(str_from(op->fields[i].name), name)) {
            return &op->fields[i];
        }
    }
    return NULL;
}

/* A mistyped option must not be silently dropped: it might have been the reason or the date. */
static const struct err *check_names(struct cli *cli, const struct op *op, struct values *out)
{
    struct arena *a = cli->ctx->arena;
    struct value *v = arena_many(a, cli->options.n, struct value);
    size_t n = 0;
    struct {
        struct fault *v;
        size_t n, cap;
    } faults = {0};
    for (size_t i = 0; i < cli->options.n; i++) {
        const struct value *o = &cli->options.v[i];
        const struct field *f = field_named(op, o->name);
        if (f == NULL && !is_common(o->name)) {
            *vec_add(a, &faults) =
                (struct fault){o->name, S("没有这个选项，请用 --help 查看可用的选项")};
        } else if (f != NULL && f->kind == FIELD_FILES) {
            *vec_add(a, &faults) = (struct fault){o->name, S("附件只能在网页上传")};
        } else if (f != NULL) {
            v[n++] = *o;
        }
    }
    *out = (struct values){v, n};
    return faults.n == 0 ? NULL : err_faults(a, ERR_INVALID, (struct faults){faults.v, faults.n});
}

static void print_done(struct cli *cli, const struct op_done *done)
{
    if (!cli->json) {
        cli_print("%.*s\n", STR_ARG(done->words));
        if (done->number.n > 0) {
            cli_print("编号 %.*s\n", STR_ARG(done->number));
        }
        if (done->id != 0) {
            cli_print("id %lld  version %lld  %.*s\n", (long long)done->id,
                (long long)done->version, STR_ARG(done->location));
        }
        return;
    }
    struct buf b = buf_make(cli->ctx->arena, MIB(1));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("id"));
    json_str(&w, str_from_int(cli->ctx->arena, done->id));
    json_key(&w, S("version"));
    json_int(&w, done->version);
    json_key(&w, S("words"));
    json_str(&w, done->words);
    json_key(&w, S("number"));
    json_str(&w, done->number);
    json_key(&w, S("location"));
    json_str(&w, done->location);
    json_close(&w, '}');
    cli_print("%.*s\n", STR_ARG(buf_str(&b)));
}

const struct err *op_command(struct cli *cli, const struct op *op)
{
    struct values input = {0};
    struct op_done done = {0};
    TRY(check_names(cli, op, &input));
    TRY(op_run(cli->ctx, op, &input, STR_NONE, &done));
    print_done(cli, &done);
    return NULL;
}

static const char *kind_words(enum field_kind kind)
{
    switch (kind) {
    case FIELD_LINE:
        return "一行文字";
    case FIELD_LINES:
        return "多行文字";
    case FIELD_RAW:
        return "正文，可用 @文件";
    case FIELD_SECRET:
        return "保密内容，可用 @文件";
    case FIELD_ID:
        return "编号";
    case FIELD_INT:
        return "整数";
    case FIELD_DAY:
        return "日期";
    case FIELD_FLAG:
        return "是否";
    case FIELD_CHOICE:
        return "选一个";
    case FIELD_LIST:
        return "可写多次";
    case FIELD_IDS:
        return "编号，可写多次";
    case FIELD_PARTS:
        return "文字，可写多次";
    case FIELD_FILES:
        return "附件，只能在网页上传";
    }
    must(false);
}

static void field_help(const struct field *f)
{
    cli_print("  --%-18s %s（%s%s）", f->name, f->label, kind_words(f->kind),
        f->required ? "，必填" : "");
    for (size_t i = 0; i < f->choice_count; i++) {
        cli_print("%s%s=%s", i == 0 ? " " : "，", f->choices[i].value, f->choices[i].label);
    }
    if (f->example != NULL && f->example[0] != '\0') {
        cli_print(" 例如 %s", f->example);
    }
    cli_print("\n");
}

void op_help(const struct op *op)
{
    const char *dot = strchr(op->name, '.');
    must(dot != NULL);
    int noun = (int)(dot - op->name);
    cli_print("%s\n\n用法：gongkai %.*s %s [--data 目录] [--as 登录名]", op->title, noun, op->name,
        dot + 1);
    cli_print(" …\n      gongkai op %s …\n\n", op->name);
    for (size_t i = 0; i < op->field_count; i++) {
        field_help(&op->fields[i]);
    }
    cli_print(
        "\n需要的权限：%s（%s）\n\n例：\n  gongkai op %s", op->may->title, op->may->name, op->name);
    for (size_t i = 0; i < op->field_count; i++) {
        const struct field *f = &op->fields[i];
        if (f->required) {
            const char *sample = f->choice_count > 0  ? f->choices[0].value
                                 : f->example != NULL ? f->example
                                                      : "…";
            cli_print(" --%s %s", f->name, sample);
        }
    }
    cli_print("\n");
}

bool op_list(struct str noun)
{
    struct capabilities all = registry_all();
    bool any = false;
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            const struct op *op = &all.v[i]->ops[k];
            struct str name = str_from(op->name);
            bool wanted =
                noun.n == 0 || (str_starts(name, noun) && name.n > noun.n && name.p[noun.n] == '.');
            if (wanted) {
                cli_print("  %-28s %s\n", op->name, op->title);
                any = true;
            }
        }
    }
    return any;
}
