/*
 * main.c: viewc OUT.h OUT.c a.html b.html …
 */
#include "viewc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool read_source(struct pool *pool, const char *path, struct source *out)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "viewc: %s: %s\n", path, strerror(errno));
        return false;
    }
    struct writing w = {.pool = pool};
    char piece[16384];
    size_t n;
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0) {
        write_bytes(&w, piece, n);
    }
    bool well = ferror(f) == 0;
    fclose(f);
    *out = (struct source){.name = path, .text = {w.p != NULL ? w.p : "", w.n}};
    if (!well) {
        fprintf(stderr, "viewc: %s cannot be read\n", path);
    }
    return well;
}

static bool write_file(const char *path, struct text t)
{
    FILE *f = fopen(path, "wb");
    bool well = f != NULL && fwrite(t.p, 1, t.n, f) == t.n;
    if (f != NULL && fclose(f) != 0) {
        well = false;
    }
    if (!well) {
        fprintf(stderr, "viewc: %s cannot be written\n", path);
    }
    return well;
}

static int compile(struct pool *pool, int argc, char **argv)
{
    size_t count = (size_t)argc - 3;
    struct source *sources = pool_alloc(pool, count * sizeof(*sources));
    for (size_t i = 0; i < count; i++) {
        if (!read_source(pool, argv[i + 3], &sources[i])) {
            return 66;
        }
    }
    const char *slash = strrchr(argv[1], '/');
    struct text header, code;
    char failure[VIEWC_FAILURE_BYTES];
    if (!viewc_compile(
            pool, sources, count, slash != NULL ? slash + 1 : argv[1], &header, &code, failure)) {
        fprintf(stderr, "%s\n", failure);
        return 65;
    }
    return write_file(argv[1], header) && write_file(argv[2], code) ? 0 : 74;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("viewc OUT.h OUT.c a.html b.html …   compiles pages to C (docs/rooms/views.md)\n",
            stderr);
        return 64;
    }
    struct pool pool = {0};
    int exit_code = compile(&pool, argc, argv);
    pool_close(&pool);
    return exit_code;
}
