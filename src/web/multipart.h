/*
 * multipart.h: multipart/form-data as a stream (RFC 7578).
 *
 * Bytes go in as they come, in pieces of any size; parts come out to a sink. Nothing is buffered
 * but the head of a part and what might be the beginning of a boundary.
 */
#ifndef GK_WEB_MULTIPART_H
#define GK_WEB_MULTIPART_H

#include "base/err.h"

struct part_head {
    struct str name;
    bool is_file;         /* a filename parameter is there */
    struct str file_name; /* as sent; empty: no file was chosen */
};

struct multipart_sink {
    void *arg;
    void (*begin)(void *arg, const struct part_head *head);
    void (*bytes)(void *arg, const char *p, size_t n);
    void (*end)(void *arg);
};

struct multipart;

/* The boundary parameter of a Content-Type; STR_NONE when it is not multipart/form-data with a
 * sound boundary. */
struct str multipart_boundary(struct arena *into, struct str content_type);
struct multipart *multipart_make(
    struct arena *into, struct str boundary, struct multipart_sink sink);
/* False: not multipart, or the head of a part is broken or too long. Stays false. */
bool multipart_add(struct multipart *m, const char *p, size_t n);
/* Was the closing boundary seen? */
bool multipart_whole(const struct multipart *m);

#endif
