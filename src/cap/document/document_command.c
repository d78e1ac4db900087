/*
 * document_command.c: `gongkai import FILE…`: saved disclosure pages as text, one after the other.
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_command.h"
#include "cli/command.h"

#include <errno.h>
#include <iconv.h>

#include "base/ban.h"

/* Pages saved by older browsers are GB18030; anything that is no valid UTF-8 is read as that. */
static const struct err *to_utf8(struct arena *into, struct str bytes, struct str *out)
{
    struct str text = str_starts(bytes, S("\xEF\xBB\xBF")) ? str_skip(bytes, 3) : bytes;
    if (utf8_valid(text)) {
        *out = text;
        return NULL;
    }
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1) {
        return err_fault(into, "no GB18030 converter: errno %d", errno);
    }
    size_t room = bytes.n * 3 + 16;
    char *p = arena_alloc(into, room);
    char *at = p;
    char *from = arena_alloc(into, bytes.n + 1);
    memcpy(from, bytes.p, bytes.n);
    size_t left = bytes.n;
    size_t rc = iconv(cd, &from, &left, &at, &room);
    iconv_close(cd);
    *out = str_make(p, (size_t)(at - p));
    if (rc == (size_t)-1 || !utf8_valid(*out)) {
        return err_make(into, ERR_INVALID, S("文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 UTF-8 文本后再导入。"));
    }
    return NULL;
}

static const struct err *import_file(struct cli *cli, struct str path, struct op_done *done)
{
    struct ctx *c = cli->ctx;
    struct str bytes = STR_NONE;
    struct str text = STR_NONE;
    TRY(file_read(c->arena, str_z(c->arena, path), LIMIT_IMPORT_FILE_BYTES, &bytes));
    TRY(to_utf8(c->arena, bytes, &text));
    struct value v[] = {
        {.name = S("text"), .text = text},
        {.name = S("publisher"), .text = cli_option(cli, S("publisher"))},
        {.name = S("category"), .text = cli_option(cli, S("category"))},
    };
    struct values values = {v, sizeof v / sizeof v[0]};
    return op_run(c, OP_DOCUMENT_IMPORT, &values, STR_NONE, done);
}

static const struct err *import_run(struct cli *cli)
{
    struct ctx *c = cli->ctx;
    if (cli->words.n == 0) {
        return err_make(c->arena, ERR_INVALID, S("请写明要导入的文件，例如 gongkai import page.txt"));
    }
    const struct err *first = NULL;
    for (size_t i = 0; i < cli->words.n; i++) {
        struct op_done done = {0};
        const struct err *e = import_file(cli, cli->words.v[i], &done);
        if (e != NULL) {
            cli_print("%.*s：没有导入。%.*s\n", STR_ARG(cli->words.v[i]), STR_ARG(e->faults.n > 0 ? e->faults.v[0].words : e->words));
            first = first != NULL ? first : e;
            continue;
        }
        cli_print("%.*s：%.*s\n  索引号 %.*s\n  网址   %.*s%.*s\n", STR_ARG(cli->words.v[i]), STR_ARG(done.words), STR_ARG(done.number),
            STR_ARG(c->site->origin), STR_ARG(done.location));
    }
    return first;
}

const struct command document_commands[DOCUMENT_COMMANDS] = {
    {
        .name = "import",
        .usage = "gongkai import FILE… [--data DIR] [--as LOGIN] [--publisher NAME] [--category CODE]",
        .help = "导入以前公开过的页面（保存下来的文本，UTF-8 或 GB18030）。\n"
                "索引号、文号、日期、发布时间、正文和所附文件照原页面保留，标为录入导入；同一页面不会导入两次。",
        .examples = "  gongkai import work-plan-2018.txt\n  gongkai import old/*.txt --publisher 区教育局 --category 2500",
        .opens_site = true,
        .run = import_run,
    },
};
