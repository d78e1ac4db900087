/*
 * manifest.h: what is in a backup: a line each, "<64 hex>  <bytes>  <path below the backup>",
 * sorted as written.
 *
 * The manifest's own digest is its last line, so that a cut-off manifest is seen.
 */
#ifndef GK_APP_MANIFEST_H
#define GK_APP_MANIFEST_H

#include "base/buf.h"
#include "base/err.h"

struct manifest_line {
    struct str digest; /* 64 hex */
    int64_t size_bytes;
    struct str path;
};
struct manifest {
    struct manifest_line *v;
    size_t n, cap;
};

void manifest_add(struct arena *into, struct manifest *m, struct manifest_line line);
struct str manifest_text(struct arena *into, const struct manifest *m);
const struct err *manifest_parse(struct arena *into, struct str text, struct manifest *out);

/* Copies from → to (to NULL: only reads), tells digest and size. */
const struct err *copy_hashed(
    struct arena *into, const char *from, const char *to, struct manifest_line *out);

#endif
