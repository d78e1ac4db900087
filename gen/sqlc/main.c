/* main.c: sqlc NAME OUT.h OUT.c statements.sql migrations/0001_a.sql … */
#include "sqlc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE_BYTES = 4 * 1024 * 1024 };

static bool read_file(struct job *job, const char *path, struct source *s)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return fault(job, path, 0, "%s", strerror(errno));
    }
    char *text = pool_get(job->pool, MAX_FILE_BYTES + 1);
    size_t n = fread(text, 1, MAX_FILE_BYTES + 1, f);
    bool bad = ferror(f) != 0;
    (void)fclose(f);
    if (bad || n > MAX_FILE_BYTES) {
        return fault(job, path, 0, "cannot be read, or is larger than 4 MiB");
    }
    *s = (struct source){.name = path, .text = text, .n = n};
    return true;
}

static bool write_file(struct job *job, const char *path, const struct text *t)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL) {
        return fault(job, path, 0, "%s", strerror(errno));
    }
    bool well = fwrite(t->p, 1, t->n, f) == t->n;
    well = fclose(f) == 0 && well;
    return well || fault(job, path, 0, "cannot be written: %s", strerror(errno));
}

static bool is_migration(const char *path)
{
    return strncmp(path, "migrations/", 11) == 0 || strstr(path, "/migrations/") != NULL;
}

static bool run(struct job *job, char **argv, int argc)
{
    if (!is_name(argv[1], strlen(argv[1]))) {
        return fault(job, argv[1], 0, "the name of a capability is a-z, 0-9 and _");
    }
    job->name = argv[1];
    for (int i = 4; i < argc; i++) {
        struct source s;
        if (!read_file(job, argv[i], &s) || !tokenise(job, &s) ||
            !(is_migration(argv[i]) ? parse_migration(job, &s) : parse_statements(job, &s))) {
            return false;
        }
    }
    struct text header = {.pool = job->pool};
    struct text source = {.pool = job->pool};
    const char *slash = strrchr(argv[2], '/');
    emit_header(job, &header);
    emit_source(job, slash != NULL ? slash + 1 : argv[2], &source);
    return write_file(job, argv[2], &header) && write_file(job, argv[3], &source);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: sqlc NAME OUT.h OUT.c statements.sql migrations/0001_first.sql …\n", stderr);
        return 64;
    }
    struct job job = {.pool = pool_open()};
    bool well = run(&job, argv, argc);
    if (!well) {
        fprintf(stderr, "%s\n", job.error);
    }
    pool_close(job.pool);
    return well ? 0 : 1;
}
