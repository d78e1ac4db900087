/*
 * replay.c: runs a fuzz target once over every file of a folder, in the order of their names.
 *
 * An empty or missing corpus is a failure: a replay that replays nothing says nothing. Each input
 * is also cut short at a few places and changed in a few bytes, always the same ones, so that the
 * ordinary run sees more than the files.
 */
#include "base/file.h"
#include "base/limits.h"
#include "target.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES = 64 };

/* A copy of exactly n bytes, so that the sanitizer sees a read past its end. */
static void run(const char *bytes, size_t n)
{
    uint8_t *copy = malloc(n > 0 ? n : 1);
    must(copy != NULL);
    if (n > 0) {
        memcpy(copy, bytes, n);
    }
    must(LLVMFuzzerTestOneInput(copy, n) == 0);
    free(copy);
}

static void run_changed(struct arena *a, struct str s)
{
    struct str changed = str_dup(a, s);
    char *p = arena_alloc(a, s.n);
    uint32_t draw = 2463534242U;
    for (int i = 0; i < CHANGES && s.n > 0; i++) {
        memcpy(p, changed.p, s.n);
        /* xorshift: the same changes in every run. */
        draw ^= draw << 13;
        draw ^= draw >> 17;
        draw ^= draw << 5;
        size_t at = draw % s.n;
        p[at] = (char)(draw >> 24);
        run(p, s.n);
        run(s.p, at);
    }
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_file_name(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    struct dirent **names = NULL;
    int n = argc == 2 ? scandir(argv[1], &names, is_file_name, by_name) : -1;
    if (n <= 0) {
        (void)fprintf(stderr, "usage: replay FOLDER, which holds at least one file\n");
        return EXIT_FAILURE;
    }
    struct arena *a = arena_open(MIB(64));
    for (int i = 0; i < n; i++) {
        struct str bytes;
        const char *path = str_format(a, "%s/%s", argv[1], names[i]->d_name).p;
        (void)fprintf(stderr, "%s\n", path);
        must(file_read(a, path, MIB(8), &bytes) == NULL);
        run(bytes.p, bytes.n);
        run_changed(a, bytes);
        free(names[i]);
        arena_reset(a);
    }
    free(names);
    arena_close(a);
    (void)printf("%d inputs, each with %d changes and cuts\n", n, CHANGES);
    return EXIT_SUCCESS;
}
