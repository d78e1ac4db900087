/*
 * file.c: the seam to the file system, with the place where tests make it fail.
 */
#include "base/file.h"

#include "base/buf.h"
#include "base/rand.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum fail_kind { FAIL_OPEN, FAIL_READ, FAIL_WRITE, FAIL_SYNC, FAIL_RENAME, FAIL_KINDS };

/* The planned failure of each kind of call: the n-th one, or none when n is 0. */
static struct {
    int64_t n;
    int error;
} planned[FAIL_KINDS];

static _Atomic int64_t calls[FAIL_KINDS];

struct error_name {
    struct str name;
    int number;
};

static int error_by_name(struct str name)
{
    static const struct error_name names[] = {
        {S_INIT("ENOSPC"), ENOSPC},
        {S_INIT("EIO"), EIO},
        {S_INIT("EACCES"), EACCES},
        {S_INIT("EDQUOT"), EDQUOT},
        {S_INIT("EINTR"), EINTR},
        {S_INIT("EMFILE"), EMFILE},
        {S_INIT("ENOENT"), ENOENT},
        {S_INIT("EROFS"), EROFS},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_eq(names[i].name, name)) {
            return names[i].number;
        }
    }
    return 0;
}

static int kind_by_name(struct str name)
{
    static const struct str names[FAIL_KINDS] = {
        [FAIL_OPEN] = S_INIT("open"),
        [FAIL_READ] = S_INIT("read"),
        [FAIL_WRITE] = S_INIT("write"),
        [FAIL_SYNC] = S_INIT("sync"),
        [FAIL_RENAME] = S_INIT("rename"),
    };
    for (int i = 0; i < FAIL_KINDS; i++) {
        if (str_eq(names[i], name)) {
            return i;
        }
    }
    return -1;
}

static void plan_one(struct str plan)
{
    struct str kind_name;
    struct str nth;
    int64_t n = 0;
    (void)str_next(&plan, ':', &kind_name);
    (void)str_next(&plan, ':', &nth);
    int kind = kind_by_name(kind_name);
    int error = error_by_name(plan);
    /* A misspelt plan would make a test pass that tests nothing. */
    must(kind >= 0 && error != 0 && str_to_int(nth, &n) && n > 0);
    planned[kind].n = n;
    planned[kind].error = error;
}

static void read_plan(void)
{
    struct str rest = str_from(getenv("GK_FAIL")); // NOLINT(concurrency-mt-unsafe): nobody sets it
    struct str one;
    while (rest.n > 0 && str_next(&rest, ',', &one)) {
        plan_one(one);
    }
}

/* True, with errno, when this call is the one that has to fail. */
static bool fails_now(enum fail_kind kind)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    must(pthread_once(&once, read_plan) == 0);
    if (planned[kind].n == 0 || atomic_fetch_add(&calls[kind], 1) + 1 != planned[kind].n) {
        return false;
    }
    errno = planned[kind].error;
    return true;
}

int file_open(const char *path, int flags, int mode)
{
    if (fails_now(FAIL_OPEN)) {
        return -1;
    }
    return open(path, flags | O_CLOEXEC, (mode_t)mode);
}

ptrdiff_t file_read_some(int fd, void *p, size_t n)
{
    for (;;) {
        ssize_t got = fails_now(FAIL_READ) ? -1 : read(fd, p, n);
        if (got >= 0 || errno != EINTR) {
            return got;
        }
    }
}

int file_write_all(int fd, const void *p, size_t n)
{
    const char *from = p;
    while (n > 0) {
        ssize_t put = fails_now(FAIL_WRITE) ? -1 : write(fd, from, n);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return -1;
        }
        if (put == 0) {
            errno = EIO;
            return -1;
        }
        from += put;
        n -= (size_t)put;
    }
    return 0;
}

int file_sync(int fd)
{
    return fails_now(FAIL_SYNC) ? -1 : fsync(fd);
}

int file_sync_dir(const char *path)
{
    int fd = file_open(path, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) {
        return -1;
    }
    int result = file_sync(fd);
    int error = errno;
    (void)close(fd);
    errno = error;
    return result;
}

int file_rename(const char *from, const char *to)
{
    return fails_now(FAIL_RENAME) ? -1 : rename(from, to);
}

/* The words of errno, for the diagnostics. */
static const struct err *fault(struct arena *into, const char *what, const char *path)
{
    int error = errno;
    char text[128];
    return err_fault(into, "%s %s: %s", what, path, strerror_r(error, text, sizeof text));
}

static const struct err *too_large(struct arena *into, const char *path, size_t max_bytes)
{
    struct err *e = err_format(into, ERR_TOO_LARGE, "文件太大，最多 %zu 字节。", max_bytes);
    e->facts = str_format(into, "read %s: over %zu bytes", path, max_bytes);
    return e;
}

static const struct err *read_all(
    struct arena *into, int fd, const char *path, size_t max_bytes, struct str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        return fault(into, "stat", path);
    }
    struct buf b = buf_make(into, max_bytes);
    if (st.st_size > 0 && !buf_reserve(&b, (size_t)st.st_size)) {
        return too_large(into, path, max_bytes);
    }
    /* To the end and not to st_size: the file may grow, and some have no size. */
    char piece[16 * 1024];
    for (;;) {
        ptrdiff_t got = file_read_some(fd, piece, sizeof piece);
        if (got < 0) {
            return fault(into, "read", path);
        }
        if (got == 0) {
            *out = b.p == NULL ? S("") : buf_str(&b);
            return NULL;
        }
        buf_add_bytes(&b, piece, (size_t)got);
        if (buf_full(&b)) {
            return too_large(into, path, max_bytes);
        }
    }
}

const struct err *file_read(struct arena *into, const char *path, size_t max_bytes, struct str *out)
{
    *out = STR_NONE;
    int fd = file_open(path, O_RDONLY, 0);
    if (fd < 0 && errno == ENOENT) {
        struct err *e = err_format(into, ERR_UNKNOWN, "找不到文件 %s，请核对路径。", path);
        e->facts = str_format(into, "open %s: not there", path);
        return e;
    }
    if (fd < 0) {
        return fault(into, "open", path);
    }
    const struct err *e = read_all(into, fd, path, max_bytes, out);
    (void)close(fd);
    return e;
}

static const char *dir_of(struct arena *into, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    size_t n = slash == path ? 1 : (size_t)(slash - path);
    return str_z(into, str_make(path, n));
}

static const struct err *fill(
    struct arena *into, int fd, const char *path, struct str bytes, int mode)
{
    /* The mode was narrowed by the umask; here it becomes what was asked for. */
    if (fchmod(fd, (mode_t)mode) != 0) {
        return fault(into, "chmod", path);
    }
    if (file_write_all(fd, bytes.p, bytes.n) != 0) {
        return fault(into, "write", path);
    }
    return file_sync(fd) != 0 ? fault(into, "sync", path) : NULL;
}

static const struct err *write_beside(
    struct arena *into, const char *beside, const char *path, struct str bytes, int mode)
{
    int fd = file_open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (fd < 0) {
        return fault(into, "open", beside);
    }
    const struct err *e = fill(into, fd, beside, bytes, mode);
    if (close(fd) != 0 && e == NULL) {
        e = fault(into, "close", beside);
    }
    if (e == NULL && file_rename(beside, path) != 0) {
        e = fault(into, "rename", path);
    }
    if (e != NULL) {
        (void)unlink(beside);
    }
    return e;
}

const struct err *file_write(struct arena *into, const char *path, struct str bytes, int mode)
{
    struct str token = rand_token(into, 8);
    const char *beside = str_format(into, "%s.%.*s.tmp", path, STR_ARG(token)).p;
    TRY(write_beside(into, beside, path, bytes, mode));
    return file_sync_dir(dir_of(into, path)) != 0 ? fault(into, "sync folder of", path) : NULL;
}

static const struct err *make_dir(struct arena *into, const char *path, int mode)
{
    if (mkdir(path, (mode_t)mode) == 0) {
        return NULL;
    }
    int error = errno;
    struct stat st;
    if (error == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return NULL;
    }
    errno = error;
    return fault(into, "mkdir", path);
}

const struct err *file_make_dirs(struct arena *into, const char *path, int mode)
{
    struct str whole = str_from(path);
    for (size_t at = 1; at <= whole.n; at++) {
        bool is_border = at == whole.n || whole.p[at] == '/';
        if (is_border && whole.p[at - 1] != '/') {
            TRY(make_dir(into, str_z(into, str_sub(whole, 0, at)), mode));
        }
    }
    return NULL;
}

bool file_is(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
