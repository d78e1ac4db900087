/* blob.c: written aside, hashed on the way, synced, then named. */
#include "store/blob.h"

#include "base/file.h"
#include "base/rand.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ban.h"

enum { HEX_CHARS = 2 * SHA256_BYTES, FILE_MODE = 0640, DIR_MODE = 0750, PIECE_BYTES = 64 * 1024 };

struct blob_writer {
    struct arena *arena;
    struct str root;
    const char *tmp; /* where the bytes are until they are kept */
    int fd;          /* -1: kept or dropped */
    struct sha256_stream *hash;
    uint64_t size_bytes;
};

static const struct err *fault(struct arena *into, const char *what, const char *path)
{
    int error = errno;
    char text[128];
    const char *said = strerror_r(error, text, sizeof text);
    if (error == ENOSPC || error == EDQUOT) {
        struct err *e = err_format(into, ERR_FAULT, "磁盘空间不足，没有保存，请联系管理员");
        e->facts = str_format(into, "blob: %s %s: %s", what, path, said);
        return e;
    }
    return err_fault(into, "blob: %s %s: %s", what, path, said);
}

static void drop_writer(void *arg)
{
    struct blob_writer *w = arg;
    if (w->fd >= 0) {
        (void)close(w->fd);
        (void)unlink(w->tmp);
        w->fd = -1;
    }
}

static const char *below(struct arena *into, struct str root, const char *name)
{
    return str_z(into, str_format(into, "%.*s/%s", STR_ARG(root), name));
}

const struct err *blob_begin(
    struct arena *into, const struct blob_store *s, struct blob_writer **out)
{
    *out = NULL;
    const char *dir = below(into, s->root, "tmp");
    TRY(file_make_dirs(into, dir, DIR_MODE));
    struct str token = rand_token(into, 16);
    struct blob_writer *w = arena_new(into, struct blob_writer);
    w->arena = into;
    w->root = str_dup(into, s->root);
    w->tmp = str_z(into, str_format(into, "%s/%.*s", dir, STR_ARG(token)));
    w->hash = sha256_begin(into);
    w->fd = file_open(w->tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE);
    if (w->fd < 0) {
        return fault(into, "open", w->tmp);
    }
    arena_defer(into, drop_writer, w);
    *out = w;
    return NULL;
}

const struct err *blob_add(struct blob_writer *w, const void *p, size_t n)
{
    must(w->fd >= 0);
    if (n == 0) {
        return NULL;
    }
    if (file_write_all(w->fd, p, n) != 0) {
        return fault(w->arena, "write", w->tmp);
    }
    sha256_add(w->hash, p, n);
    w->size_bytes += n;
    return NULL;
}

uint64_t blob_size(const struct blob_writer *w)
{
    return w->size_bytes;
}

/* Makes one folder; one that is new is remembered by its parent before anything is put into it. */
static const struct err *make_dir(struct arena *into, const char *path, const char *parent)
{
    if (mkdir(path, DIR_MODE) != 0 && errno != EEXIST) {
        return fault(into, "mkdir", path);
    }
    return file_sync_dir(parent) == 0 ? NULL : fault(into, "sync folder", parent);
}

static const struct err *make_place(
    struct arena *into, struct str root, struct str hex, const char **dir)
{
    const char *base = str_z(into, root);
    const char *algo = below(into, root, "sha256");
    const char *first = str_z(into, str_format(into, "%s/%.2s", algo, hex.p));
    *dir = str_z(into, str_format(into, "%s/%.2s", first, hex.p + 2));
    TRY(make_dir(into, algo, base));
    TRY(make_dir(into, first, algo));
    return make_dir(into, *dir, first);
}

const struct err *blob_keep(struct blob_writer *w, struct sha256 *digest, uint64_t *size_bytes)
{
    must(w->fd >= 0);
    *size_bytes = w->size_bytes;
    *digest = sha256_end(w->hash);
    struct str hex = sha256_hex(w->arena, *digest);
    must(hex.n == HEX_CHARS);
    if (file_sync(w->fd) != 0) {
        return fault(w->arena, "sync", w->tmp);
    }
    const char *dir = NULL;
    TRY(make_place(w->arena, w->root, hex, &dir));
    const char *path = str_z(w->arena, str_format(w->arena, "%s/%.*s", dir, STR_ARG(hex)));
    /* If the object is there already it is replaced by its equal. */
    if (file_rename(w->tmp, path) != 0) {
        return fault(w->arena, "rename", path);
    }
    (void)close(w->fd);
    w->fd = -1;
    const char *tmp_dir = below(w->arena, w->root, "tmp");
    if (file_sync_dir(dir) != 0 || file_sync_dir(tmp_dir) != 0) {
        return fault(w->arena, "sync folder of", path);
    }
    return NULL;
}

static bool is_digest(struct str hex)
{
    if (hex.n != HEX_CHARS) {
        return false;
    }
    for (size_t i = 0; i < hex.n; i++) {
        char c = hex.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return true;
}

struct str blob_path(struct arena *into, const struct blob_store *s, struct str digest_hex)
{
    must(is_digest(digest_hex));
    return str_format(into, "%.*s/sha256/%.2s/%.2s/%.*s", STR_ARG(s->root), digest_hex.p,
        digest_hex.p + 2, STR_ARG(digest_hex));
}

const struct err *blob_open(struct arena *into, const struct blob_store *s, struct str digest_hex,
    int *fd, uint64_t *size_bytes)
{
    *fd = -1;
    *size_bytes = 0;
    if (!is_digest(digest_hex)) {
        return err_fault(into, "blob: a name that is no digest");
    }
    const char *path = str_z(into, blob_path(into, s, digest_hex));
    int opened = file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    if (opened < 0) {
        return fault(into, "open", path);
    }
    struct stat st;
    if (fstat(opened, &st) != 0 || !S_ISREG(st.st_mode)) {
        (void)close(opened);
        return err_fault(into, "blob: %s is not a file", path);
    }
    *fd = opened;
    *size_bytes = (uint64_t)st.st_size;
    return NULL;
}

/* Reads until n bytes are there or the file ends. */
static ptrdiff_t read_up_to(int fd, char *p, size_t n)
{
    size_t have = 0;
    while (have < n) {
        ptrdiff_t got = file_read_some(fd, p + have, n - have);
        if (got < 0) {
            return got;
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    return (ptrdiff_t)have;
}

const struct err *blob_head(struct arena *into, const struct blob_store *s, struct str digest_hex,
    size_t n, struct str *out)
{
    *out = STR_NONE;
    int fd = -1;
    uint64_t size = 0;
    TRY(blob_open(into, s, digest_hex, &fd, &size));
    n = size < n ? (size_t)size : n;
    char *bytes = arena_alloc(into, n);
    ptrdiff_t got = read_up_to(fd, bytes, n);
    const struct err *e = got < 0 ? fault(into, "read", "object") : NULL;
    (void)close(fd);
    if (e == NULL) {
        *out = str_make(bytes, (size_t)got);
    }
    return e;
}

static const struct err *hash_all(struct arena *into, int fd, struct str digest_hex)
{
    struct sha256_stream *hash = sha256_begin(into);
    char piece[PIECE_BYTES];
    for (;;) {
        ptrdiff_t got = file_read_some(fd, piece, sizeof piece);
        if (got < 0) {
            return fault(into, "read", "object");
        }
        if (got == 0) {
            break;
        }
        sha256_add(hash, piece, (size_t)got);
    }
    struct str found = sha256_hex(into, sha256_end(hash));
    return str_eq(found, digest_hex) ? NULL
                                     : err_fault(into, "blob: %.*s holds other bytes, %.*s",
                                           STR_ARG(digest_hex), STR_ARG(found));
}

const struct err *blob_verify(struct arena *into, const struct blob_store *s, struct str digest_hex)
{
    int fd = -1;
    uint64_t size = 0;
    TRY(blob_open(into, s, digest_hex, &fd, &size));
    const struct err *e = hash_all(into, fd, digest_hex);
    (void)close(fd);
    return e;
}

static int64_t changed_ms(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * 1000 + st->st_mtim.tv_nsec / 1000000;
}

const struct err *blob_collect(
    struct arena *into, const struct blob_store *s, struct instant older_than, int64_t *removed)
{
    int64_t count = 0;
    const char *path = below(into, s->root, "tmp");
    DIR *dir = opendir(path);
    if (dir == NULL && errno != ENOENT) {
        return fault(into, "open folder", path);
    }
    /* A writer that is alive keeps its file young. */
    for (struct dirent *d = dir != NULL ? readdir(dir) : NULL; d != NULL; d = readdir(dir)) {
        struct stat st;
        bool is_old = fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
                      S_ISREG(st.st_mode) && changed_ms(&st) < older_than.ms;
        if (is_old && unlinkat(dirfd(dir), d->d_name, 0) == 0) {
            count++;
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    if (removed != NULL) {
        *removed = count;
    }
    return NULL;
}
