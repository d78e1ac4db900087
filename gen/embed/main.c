/*
 * main.c: embed OUT.c DIR file…: files into the program, as they are.
 *
 * Each file becomes a row {name, bytes, size} of embedded_files[] (src/web/embedded.h). Everything
 * that depends on the content (hashed names, compressed forms) is made when the program starts.
 *
 * The scripts in DIR come after the files named. DIR holds what web/build.sh has built; on a
 * machine without Node it is not there, and the program is built without it. So this runs at every
 * build, and touches OUT.c only when something changed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 64, PATH_MAX_BYTES = 4096 };

struct list {
    char *paths[FILES_MAX];
    int n;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static int embed_bytes(FILE *out, const char *path, int number)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
        return 66;
    }
    fprintf(out, "static const unsigned char file_%d[] = {", number);
    unsigned char piece[4096];
    size_t n, total = 0;
    while ((n = fread(piece, 1, sizeof(piece), in)) > 0) {
        for (size_t i = 0; i < n; i++) {
            fprintf(out, "%s%u,", total++ % 32 == 0 ? "\n" : "", piece[i]);
        }
    }
    fprintf(out, "0};\n");
    int well = ferror(in) == 0;
    fclose(in);
    return well ? 0 : 74;
}

static int list_add(struct list *l, const char *path)
{
    if (l->n == FILES_MAX) {
        fputs("embed: too many files\n", stderr);
        return 64;
    }
    l->paths[l->n] = strdup(path);
    return l->paths[l->n++] != NULL ? 0 : 71;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The scripts of a directory, in the order of their names; none when it is not there. */
static int list_add_built(struct list *l, const char *dir)
{
    DIR *d = opendir(dir);
    if (d == NULL) {
        return errno == ENOENT ? 0 : 66;
    }
    int first = l->n;
    int exit_code = 0;
    for (struct dirent *e = readdir(d); e != NULL && exit_code == 0; e = readdir(d)) {
        const char *dot = strrchr(e->d_name, '.');
        char path[PATH_MAX_BYTES];
        if (dot == NULL || strcmp(dot, ".js") != 0) {
            continue;
        }
        int n = snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
        exit_code = n > 0 && (size_t)n < sizeof(path) ? list_add(l, path) : 66;
    }
    closedir(d);
    qsort(l->paths + first, (size_t)(l->n - first), sizeof(l->paths[0]), by_name);
    return exit_code;
}

static int write_table(FILE *out, const struct list *l)
{
    fputs("/* Made by gen/embed; do not edit. */\n#include \"web/embedded.h\"\n\n", out);
    for (int i = 0; i < l->n; i++) {
        int exit_code = embed_bytes(out, l->paths[i], i);
        if (exit_code != 0) {
            return exit_code;
        }
    }
    fputs("\nconst struct embedded_file embedded_files[] = {\n", out);
    for (int i = 0; i < l->n; i++) {
        fprintf(out, "    {\"%s\", file_%d, sizeof(file_%d) - 1},\n", base_name(l->paths[i]), i, i);
    }
    fprintf(out, "};\nconst size_t embedded_file_count = %d;\n", l->n);
    return ferror(out) == 0 ? 0 : 74;
}

static int same_content(const char *a, const char *b)
{
    FILE *one = fopen(a, "rb");
    FILE *other = fopen(b, "rb");
    int same = one != NULL && other != NULL;
    for (int c = 0; same && c != EOF;) {
        c = getc(one);
        same = c == getc(other);
    }
    if (one != NULL) {
        fclose(one);
    }
    if (other != NULL) {
        fclose(other);
    }
    return same;
}

int main(int argc, char **argv)
{
    static struct list l;
    char fresh[PATH_MAX_BYTES];
    int n = argc < 4 ? -1 : snprintf(fresh, sizeof(fresh), "%s.new", argv[1]);
    FILE *out = n < 0 || (size_t)n >= sizeof(fresh) ? NULL : fopen(fresh, "wb");
    if (out == NULL) {
        fputs("embed OUT.c DIR file…   writes the files, and the scripts in DIR, as a table of C\n",
            stderr);
        return 64;
    }
    int exit_code = 0;
    for (int i = 3; i < argc && exit_code == 0; i++) {
        exit_code = list_add(&l, argv[i]);
    }
    if (exit_code == 0) {
        exit_code = list_add_built(&l, argv[2]);
    }
    if (exit_code == 0) {
        exit_code = write_table(out, &l);
    }
    if (fclose(out) != 0 || exit_code != 0) {
        remove(fresh);
        return exit_code != 0 ? exit_code : 74;
    }
    if (same_content(fresh, argv[1])) {
        return remove(fresh) == 0 ? 0 : 74;
    }
    return rename(fresh, argv[1]) == 0 ? 0 : 74;
}
