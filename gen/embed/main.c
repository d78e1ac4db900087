/*
 * main.c: embed OUT.c file…: files into the program, as they are.
 *
 * Each file becomes a row {name, bytes, size} of embedded_files[] (src/web/embedded.h). Everything
 * that depends on the content (hashed names, compressed forms) is made when the program starts.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

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

int main(int argc, char **argv)
{
    FILE *out = argc < 3 ? NULL : fopen(argv[1], "wb");
    if (out == NULL) {
        fputs("embed OUT.c file…   writes the files as a table of C\n", stderr);
        return 64;
    }
    fputs("/* Made by gen/embed; do not edit. */\n#include \"web/embedded.h\"\n\n", out);
    int exit_code = 0;
    for (int i = 2; i < argc && exit_code == 0; i++) {
        exit_code = embed_bytes(out, argv[i], i - 2);
    }
    fputs("\nconst struct embedded_file embedded_files[] = {\n", out);
    for (int i = 2; i < argc; i++) {
        fprintf(
            out, "    {\"%s\", file_%d, sizeof(file_%d) - 1},\n", base_name(argv[i]), i - 2, i - 2);
    }
    fprintf(out, "};\nconst size_t embedded_file_count = %d;\n", argc - 2);
    if (fclose(out) != 0) {
        return 74;
    }
    return exit_code;
}
