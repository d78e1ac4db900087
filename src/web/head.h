/*
 * head.h: is this head one we read the same way as everybody else on its way? (security: request
 * smuggling)
 *
 * Pure. What is doubtful is refused and the connection closed; nothing is mended. The path is
 * decoded once, checked and normalised here, and nobody decodes it again.
 */
#ifndef GK_WEB_HEAD_H
#define GK_WEB_HEAD_H

#include "web/engine.h"

struct http_head {
    struct str method;
    struct str path; /* decoded, UTF-8, no empty segments, no "." */
    struct str query_raw;
    struct str host;      /* without port, lower case */
    struct str host_port; /* as sent, lower case: for comparing origins */
    bool has_length;
    uint64_t length;
    bool chunked;
};

/* 0, or the status to answer before closing (400, 431). */
int head_read(struct arena *into, const struct wire *w, size_t most_bytes, struct http_head *out);

/* First line of that name; STR_NONE when absent. */
struct str head_line_get(const struct wire *w, struct str name);

/* Percent-decoding of a path, or of a form (plus: '+' is a space). False: bad escape, NUL, or not
 * UTF-8. */
enum decode_plus { DECODE_PATH, DECODE_FORM };
bool percent_decode(struct arena *into, struct str s, enum decode_plus plus, struct str *out);
/* Decoded and without empty or "." segments; false for "..", backslashes, controls. */
bool path_normalise(struct arena *into, struct str decoded, struct str *out);

#endif
