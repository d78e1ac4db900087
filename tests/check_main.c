/*
 * check_main.c: runs the cases of one test file.
 */
#include "check_main.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct arena *arena;

static char dir[64];

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

const char *check_dir(void)
{
    if (dir[0] == '\0') {
        (void)snprintf(dir, sizeof dir, "/tmp/gongkai-test-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(dir));
    }
    return dir;
}

static void set_up(void)
{
    arena = arena_open((size_t)64 * 1024 * 1024);
}

static void tear_down(void)
{
    arena_close(arena);
    arena = NULL;
    if (dir[0] != '\0') {
        (void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        dir[0] = '\0';
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    /* The name of the program is the name of the suite: no second list to keep. */
    struct str name = str_from(argv[0]);
    for (ptrdiff_t at = str_find_byte(name, '/', 0); at >= 0; at = str_find_byte(name, '/', 0)) {
        name = str_skip(name, (size_t)at + 1);
    }
    Suite *suite = suite_create(name.p);
    TCase *tc = tcase_create(name.p);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 30);
    check_cases(tc);
    suite_add_tcase(suite, tc);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
