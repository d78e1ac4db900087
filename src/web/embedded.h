/*
 * embedded.h: the files of assets/ inside the program: a table made by gen/embed, read by static.c only.
 */
#ifndef GK_WEB_EMBEDDED_H
#define GK_WEB_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* gk.css */
    const unsigned char *bytes;
    size_t size_bytes;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

#endif
