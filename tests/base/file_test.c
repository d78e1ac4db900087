/*
 * file_test.c: the seam to the file system, and what is left when a call fails.
 */
#include "base/file.h"
#include "base/limits.h"
#include "check_main.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *in_dir(const char *name)
{
    return str_format(arena, "%s/%s", check_dir(), name).p;
}

static int files_in_dir(void)
{
    DIR *d = opendir(check_dir());
    ck_assert_ptr_nonnull(d);
    int n = 0;
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        n += e->d_name[0] != '.';
    }
    (void)closedir(d);
    return n;
}

static struct str read_back(const char *path)
{
    struct str out;
    ck_assert_well(file_read(arena, path, MIB(1), &out));
    return out;
}

START_TEST(what_is_written_is_read_again)
{
    const char *path = in_dir("a");
    ck_assert(!file_is(path));
    ck_assert_well(file_write(arena, path, S("first\0line"), 0600));
    ck_assert(file_is(path));
    ck_assert(str_eq(read_back(path), S("first\0line")));
    ck_assert_well(file_write(arena, path, STR_NONE, 0600));
    ck_assert_uint_eq(read_back(path).n, 0);
    ck_assert_int_eq(files_in_dir(), 1);
}
END_TEST

START_TEST(the_mode_is_what_was_asked_for)
{
    struct stat st;
    (void)umask(077);
    ck_assert_well(file_write(arena, in_dir("open"), S("x"), 0644));
    ck_assert_int_eq(stat(in_dir("open"), &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0644);
    (void)umask(0);
    ck_assert_well(file_write(arena, in_dir("closed"), S("x"), 0600));
    ck_assert_int_eq(stat(in_dir("closed"), &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_file_over_the_maximum_is_refused)
{
    struct str out;
    const char *path = in_dir("a");
    ck_assert_well(file_write(arena, path, S("12345"), 0600));
    ck_assert_well(file_read(arena, path, 5, &out));
    const struct err *e = file_read(arena, path, 4, &out);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_TOO_LARGE);
    ck_assert_uint_eq(out.n, 0);
    /* A file that does not tell its size is counted while it is read. */
    e = file_read(arena, "/dev/zero", KIB(100), &out);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_TOO_LARGE);
    ck_assert_well(file_read(arena, "/proc/self/status", KIB(100), &out));
    ck_assert_uint_gt(out.n, 0);
}
END_TEST

START_TEST(a_missing_file_is_unknown_and_a_folder_is_a_fault)
{
    struct str out;
    const struct err *e = file_read(arena, in_dir("none"), 10, &out);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_UNKNOWN);
    e = file_read(arena, check_dir(), MIB(1), &out);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    e = file_write(arena, in_dir("none/a"), S("x"), 0600);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
}
END_TEST

START_TEST(folders_are_made_along_the_whole_path)
{
    const char *path = in_dir("a/b//c/");
    ck_assert_well(file_make_dirs(arena, path, 0700));
    ck_assert_well(file_make_dirs(arena, path, 0700));
    ck_assert_well(file_write(arena, in_dir("a/b/c/file"), S("x"), 0600));
    const struct err *e = file_make_dirs(arena, in_dir("a/b/c/file/d"), 0700);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    e = file_make_dirs(arena, in_dir("a/b/c/file"), 0700);
    ck_assert_ptr_nonnull(e);
    ck_assert(!file_is(in_dir("a/b")));
}
END_TEST

/* Each case has its own process, so the plan is read anew. */
static void plan(const char *text)
{
    (void)check_dir();
    ck_assert_int_eq(setenv("GK_FAIL", text, 1), 0);
}

/* The first file_write takes two opens and two syncs: one each for the file and for its folder. */
static const struct {
    const char *plan;
    const char *word; /* of strerror */
} failures[] = {
    {"open:3:EMFILE", "Too many open files"},
    {"write:2:ENOSPC", "No space left on device"},
    {"write:2:EIO", "Input/output error"},
    {"sync:3:EIO", "Input/output error"},
    {"rename:2:EACCES", "Permission denied"},
};

START_TEST(a_write_that_fails_leaves_the_old_file_and_nothing_else)
{
    plan(failures[_i].plan);
    const char *path = in_dir("a");
    ck_assert_well(file_write(arena, path, S("old"), 0600));
    const struct err *e = file_write(arena, path, S("new"), 0600);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_msg(str_has(e->facts, str_from(failures[_i].word)), "%.*s", STR_ARG(e->facts));
    ck_assert_str_is(read_back(path), "old");
    ck_assert_int_eq(files_in_dir(), 1);
    /* Only the n-th call fails. */
    ck_assert_well(file_write(arena, path, S("new"), 0600));
    ck_assert_str_is(read_back(path), "new");
}
END_TEST

START_TEST(a_folder_that_cannot_be_synced_is_told)
{
    plan("sync:2:EIO");
    const struct err *e = file_write(arena, in_dir("a"), S("x"), 0600);
    ck_assert_ptr_nonnull(e);
    ck_assert(str_has(e->facts, S("folder")));
}
END_TEST

START_TEST(an_interrupted_call_is_made_again)
{
    plan("write:1:EINTR,read:1:EINTR");
    ck_assert_well(file_write(arena, in_dir("a"), S("x"), 0600));
    ck_assert_str_is(read_back(in_dir("a")), "x");
}
END_TEST

START_TEST(a_read_that_fails_is_a_fault)
{
    plan("read:1:EIO");
    struct str out;
    ck_assert_well(file_write(arena, in_dir("a"), S("x"), 0600));
    const struct err *e = file_read(arena, in_dir("a"), 10, &out);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_uint_eq(out.n, 0);
}
END_TEST

START_TEST(low_level_calls_fail_as_the_system_does)
{
    plan("rename:1:EROFS");
    ck_assert_int_eq(file_rename(in_dir("b"), in_dir("c")), -1);
    ck_assert_int_eq(errno, EROFS);
    ck_assert_int_eq(file_open(in_dir("none"), O_RDONLY, 0), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(file_sync_dir(in_dir("none")), -1);
    int fd = file_open(in_dir("b"), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    ck_assert_int_eq(file_write_all(fd, "abc", 3), 0);
    ck_assert_int_eq(file_sync(fd), 0);
    ck_assert_int_eq(close(fd), 0);
    ck_assert_int_eq(file_write_all(-1, "abc", 3), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(a_full_device_is_told)
{
    int fd = file_open("/dev/full", O_WRONLY, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(file_write_all(fd, "abc", 3), -1);
    ck_assert_int_eq(errno, ENOSPC);
    (void)close(fd);
}
END_TEST

START_TEST(a_misspelt_plan_ends_the_worker)
{
    (void)setenv("GK_FAIL", "wirte:1:EIO", 1);
    (void)file_open("/dev/null", O_RDONLY, 0);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, what_is_written_is_read_again);
    tcase_add_test(tc, the_mode_is_what_was_asked_for);
    tcase_add_test(tc, a_file_over_the_maximum_is_refused);
    tcase_add_test(tc, a_missing_file_is_unknown_and_a_folder_is_a_fault);
    tcase_add_test(tc, folders_are_made_along_the_whole_path);
    tcase_add_loop_test(tc, a_write_that_fails_leaves_the_old_file_and_nothing_else, 0,
        (int)(sizeof failures / sizeof failures[0]));
    tcase_add_test(tc, a_folder_that_cannot_be_synced_is_told);
    tcase_add_test(tc, an_interrupted_call_is_made_again);
    tcase_add_test(tc, a_read_that_fails_is_a_fault);
    tcase_add_test(tc, low_level_calls_fail_as_the_system_does);
    tcase_add_test(tc, a_full_device_is_told);
    tcase_add_test_raise_signal(tc, a_misspelt_plan_ends_the_worker, SIGABRT);
}
