/* manifest.c: the list of a backup, and the copying that makes it true. */
#include "app/manifest.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/ban.h"

#define HEAD_LINE "gongkai.backup/v1\n"

void manifest_add(struct arena *into, struct manifest *m, struct manifest_line line)
{
    *vec_add(into, m) = line;
}

struct str manifest_text(struct arena *into, const struct manifest *m)
{
    struct buf b = buf_make(into, MIB(64));
    buf_add(&b, S(HEAD_LINE));
    for (size_t i = 0; i < m->n; i++) {
        buf_format(&b, "%.*s  %lld  %.*s\n", STR_ARG(m->v[i].digest), (long long)m->v[i].size_bytes,
            STR_ARG(m->v[i].path));
    }
    struct str digest = sha256_hex(into, sha256_of(buf_str(&b)));
    buf_format(&b, "end %.*s\n", STR_ARG(digest));
    must(!buf_full(&b));
    return buf_str(&b);
}

/* No way out of the backup's folder. */
static bool path_is_inside(struct str path)
{
    return path.n > 0 && path.p[0] != '/' && !str_has(path, S("..")) && !str_has(path, S("//"));
}

static bool parse_line(struct str line, struct manifest_line *out)
{
    uint8_t digest[SHA256_BYTES];
    if (line.n < 68 || !str_unhex(str_sub(line, 0, 64), digest, sizeof(digest)) ||
        !str_starts(str_skip(line, 64), S("  "))) {
        return false;
    }
    struct str rest = str_skip(line, 66);
    ptrdiff_t gap = str_find(rest, S("  "), 0);
    if (gap <= 0 || !str_to_int(str_sub(rest, 0, (size_t)gap), &out->size_bytes)) {
        return false;
    }
    out->digest = str_sub(line, 0, 64);
    out->path = str_skip(rest, (size_t)gap + 2);
    return path_is_inside(out->path);
}

const struct err *manifest_parse(struct arena *into, struct str text, struct manifest *out)
{
    *out = (struct manifest){0};
    ptrdiff_t end = str_find(text, S("\nend "), 0);
    if (!str_starts(text, S(HEAD_LINE)) || end < 0) {
        return err_make(into, ERR_INVALID, S("清单不完整，这不是一份完成的备份。"));
    }
    struct str body = str_sub(text, 0, (size_t)end + 1);
    struct str told = str_trim(str_skip(text, (size_t)end + 5));
    if (!str_eq(told, sha256_hex(into, sha256_of(body)))) {
        return err_make(into, ERR_INVALID, S("清单被改动过：它的校验值不对。"));
    }
    struct str rest = str_skip(body, sizeof(HEAD_LINE) - 1);
    struct str line;
    while (rest.n > 0 && str_next_line(&rest, &line)) {
        struct manifest_line one = {0};
        if (!parse_line(line, &one)) {
            return err_format(into, ERR_INVALID, "清单里这一行不能识别：%.*s", STR_ARG(line));
        }
        manifest_add(into, out, one);
    }
    return NULL;
}

struct copying {
    int from, to;
    struct sha256_stream *hash;
    int64_t size;
};

static const struct err *copy_bytes(struct arena *into, struct copying *c, const char *name)
{
    enum { PIECE = 64 * 1024 };
    char *piece = arena_alloc(into, PIECE);
    for (;;) {
        ptrdiff_t n = file_read_some(c->from, piece, PIECE);
        if (n < 0) {
            return err_fault(into, "read %s: %s", name, strerror(errno));
        }
        if (n == 0) {
            return NULL;
        }
        sha256_add(c->hash, piece, (size_t)n);
        c->size += n;
        if (c->to >= 0 && file_write_all(c->to, piece, (size_t)n) != 0) {
            return err_fault(into, "write copy of %s: %s", name, strerror(errno));
        }
    }
}

const struct err *copy_hashed(
    struct arena *into, const char *from, const char *to, struct manifest_line *out)
{
    struct arena *scratch = arena_open(MIB(1));
    struct copying c = {
        .from = file_open(from, O_RDONLY | O_CLOEXEC, 0), .to = -1, .hash = sha256_begin(scratch)};
    const struct err *e =
        c.from >= 0 ? NULL : err_fault(into, "open %s: %s", from, strerror(errno));
    if (e == NULL && to != NULL) {
        c.to = file_open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        e = c.to >= 0 ? NULL : err_fault(into, "create %s: %s", to, strerror(errno));
    }
    if (e == NULL) {
        const struct err *failed = copy_bytes(scratch, &c, from);
        e = failed == NULL ? NULL : err_fault(into, "%.*s", STR_ARG(failed->facts));
    }
    if (e == NULL && c.to >= 0 && file_sync(c.to) != 0) {
        e = err_fault(into, "sync %s: %s", to, strerror(errno));
    }
    if (c.from >= 0) {
        close(c.from);
    }
    if (c.to >= 0) {
        close(c.to);
    }
    out->digest = sha256_hex(into, sha256_end(c.hash));
    out->size_bytes = c.size;
    arena_close(scratch);
    return e;
}
