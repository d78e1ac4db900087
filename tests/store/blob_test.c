/* blob_test.c: a file is there whole, under the name of its content, or not at all. */
#include "base/ban.h"
#include "base/file.h"
#include "check_main.h"
#include "store/blob.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct blob_store store_here(void)
{
    struct blob_store s = {.root = str_dup(arena, str_format(arena, "%s/blobs", check_dir()))};
    return s;
}

static int files_in_tmp(const struct blob_store *s)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%.*s/tmp", STR_ARG(s->root));
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    int n = 0;
    for (struct dirent *d = readdir(dir); d != NULL; d = readdir(dir)) {
        n += d->d_name[0] != '.' ? 1 : 0;
    }
    (void)closedir(dir);
    return n;
}

static const struct err *keep(
    struct arena *into, const struct blob_store *s, struct str bytes, struct str *hex)
{
    struct blob_writer *w = NULL;
    TRY(blob_begin(into, s, &w));
    TRY(blob_add(w, bytes.p, bytes.n / 2));
    TRY(blob_add(w, bytes.p + bytes.n / 2, bytes.n - bytes.n / 2));
    struct sha256 digest;
    uint64_t size = 0;
    TRY(blob_keep(w, &digest, &size));
    must(size == bytes.n && blob_size(w) == size);
    *hex = sha256_hex(into, digest);
    return NULL;
}

START_TEST(bytes_come_back_under_their_digest)
{
    struct blob_store s = store_here();
    struct str hex;
    ck_assert_well(keep(arena, &s, S("abc"), &hex));
    ck_assert_str_is(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert(str_ends(blob_path(arena, &s, hex),
        S("/sha256/ba/78/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    ck_assert_well(blob_verify(arena, &s, hex));
    struct str head;
    ck_assert_well(blob_head(arena, &s, hex, 2, &head));
    ck_assert_str_is(head, "ab");
    ck_assert_well(blob_head(arena, &s, hex, 100, &head));
    ck_assert_str_is(head, "abc");
    int fd = -1;
    uint64_t size = 0;
    ck_assert_well(blob_open(arena, &s, hex, &fd, &size));
    ck_assert_uint_eq(size, 3);
    (void)close(fd);
    ck_assert_int_eq(files_in_tmp(&s), 0);
}
END_TEST

START_TEST(the_same_file_twice_is_one_object)
{
    struct blob_store s = store_here();
    struct str one;
    struct str two;
    ck_assert_well(keep(arena, &s, S("同一个文件"), &one));
    ck_assert_well(keep(arena, &s, S("同一个文件"), &two));
    ck_assert(str_eq(one, two));
    ck_assert_well(blob_verify(arena, &s, one));
}
END_TEST

START_TEST(an_empty_file_is_a_file)
{
    struct blob_store s = store_here();
    struct str hex;
    ck_assert_well(keep(arena, &s, S(""), &hex));
    ck_assert_well(blob_verify(arena, &s, hex));
}
END_TEST

START_TEST(what_is_not_kept_disappears_with_its_work)
{
    struct blob_store s = store_here();
    struct arena *work = arena_open((size_t)1024 * 1024);
    struct blob_writer *w = NULL;
    ck_assert_well(blob_begin(work, &s, &w));
    ck_assert_well(blob_add(w, "half", 4));
    ck_assert_int_eq(files_in_tmp(&s), 1);
    arena_close(work);
    ck_assert_int_eq(files_in_tmp(&s), 0);
}
END_TEST

START_TEST(a_missing_object_is_a_fault)
{
    struct blob_store s = store_here();
    int fd = 0;
    uint64_t size = 0;
    const struct err *e = blob_open(arena, &s,
        S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &fd, &size);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    ck_assert_int_eq(fd, -1);
    ck_assert_ptr_nonnull(blob_open(arena, &s, S("../../etc/passwd"), &fd, &size));
}
END_TEST

START_TEST(a_changed_object_is_found_out)
{
    struct blob_store s = store_here();
    struct str hex;
    ck_assert_well(keep(arena, &s, S("abc"), &hex));
    const char *path = str_z(arena, blob_path(arena, &s, hex));
    ck_assert_well(file_write(arena, path, S("abd"), 0600));
    const struct err *e = blob_verify(arena, &s, hex);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
}
END_TEST

/* Writes for ever; is killed in the middle. */
static void write_until_killed(const struct blob_store *s, int ready)
{
    struct blob_writer *w = NULL;
    (void)blob_begin(arena, s, &w);
    static char piece[4096];
    for (int i = 0;; i++) {
        (void)blob_add(w, piece, sizeof piece);
        if (i == 8) {
            (void)!write(ready, "x", 1);
        }
    }
}

START_TEST(a_killed_writer_leaves_no_half_object)
{
    struct blob_store s = store_here();
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        write_until_killed(&s, ends[1]);
    }
    char c;
    ck_assert_int_eq(read(ends[0], &c, 1), 1);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_int_eq(files_in_tmp(&s), 1);
    char path[200];
    (void)snprintf(path, sizeof path, "%.*s/sha256", STR_ARG(s.root));
    struct stat st;
    ck_assert_int_ne(stat(path, &st), 0);

    int64_t removed = 9;
    ck_assert_well(blob_collect(arena, &s, (struct instant){1000}, &removed));
    ck_assert_int_eq(removed, 0); /* too young */
    ck_assert_well(blob_collect(arena, &s, (struct instant){INT64_MAX}, &removed));
    ck_assert_int_eq(removed, 1);
    ck_assert_int_eq(files_in_tmp(&s), 0);
}
END_TEST

static const char *const plans[] = {"write:1:ENOSPC", "write:2:ENOSPC", "sync:1:EIO",
    "sync:1:ENOSPC", "sync:3:EIO", "rename:1:EACCES", "open:1:ENOSPC"};

enum { PLANS = sizeof plans / sizeof plans[0] };

/* The file system says no at each point once: a clear error, and no object. */
START_TEST(a_failing_disk_leaves_no_object)
{
    ck_assert_int_eq(setenv("GK_FAIL", plans[_i], 1), 0);
    struct blob_store s = store_here();
    struct arena *work = arena_open((size_t)1024 * 1024);
    struct str hex;
    const struct err *e = keep(work, &s, S("abc"), &hex);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_FAULT);
    if (str_has(str_from(plans[_i]), S("ENOSPC"))) {
        ck_assert_str_is(e->words, "磁盘空间不足，没有保存，请联系管理员");
    }
    arena_close(work);
    ck_assert_int_eq(files_in_tmp(&s), 0);
    int fd = -1;
    uint64_t size = 0;
    ck_assert_ptr_nonnull(blob_open(arena, &s,
        S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &fd, &size));
    /* and the next one succeeds */
    ck_assert_well(keep(arena, &s, S("abc"), &hex));
    ck_assert_well(blob_verify(arena, &s, hex));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, bytes_come_back_under_their_digest);
    tcase_add_test(tc, the_same_file_twice_is_one_object);
    tcase_add_test(tc, an_empty_file_is_a_file);
    tcase_add_test(tc, what_is_not_kept_disappears_with_its_work);
    tcase_add_test(tc, a_missing_object_is_a_fault);
    tcase_add_test(tc, a_changed_object_is_found_out);
    tcase_add_test(tc, a_killed_writer_leaves_no_half_object);
    tcase_add_loop_test(tc, a_failing_disk_leaves_no_object, 0, PLANS);
}
