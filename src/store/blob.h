/*
 * blob.h: files by their content.
 *
 * A blob's name is the SHA-256 of its bytes: <data>/blobs/sha256/ab/cd/<64 hex>. The object is durable before any row names it; an
 * object without a row is rubbish and is collected later, a row without an object is an error. Nothing is deleted inside a
 * request.
 */
#ifndef GK_STORE_BLOB_H
#define GK_STORE_BLOB_H

#include "base/date.h"
#include "base/err.h"
#include "base/hash.h"

struct blob_store {
    struct str root; /* <data>/blobs */
};

/* A blob being written: bytes go to <root>/tmp, hashed on the way. Dropped (file removed) unless kept, via arena_defer. */
struct blob_writer;
const struct err *blob_begin(struct arena *into, const struct blob_store *s, struct blob_writer **out);
const struct err *blob_add(struct blob_writer *w, const void *p, size_t n);
uint64_t blob_size(const struct blob_writer *w);
/* fsync, rename, fsync of the directories. */
const struct err *blob_keep(struct blob_writer *w, struct sha256 *digest, uint64_t *size_bytes);

/* Opens for reading; ERR_FAULT when a named blob is missing. The caller closes fd (or hands it to the engine). */
const struct err *blob_open(struct arena *into, const struct blob_store *s, struct str digest_hex, int *fd, uint64_t *size_bytes);
struct str blob_path(struct arena *into, const struct blob_store *s, struct str digest_hex);
/* First bytes of a kept blob, to sniff its type. */
const struct err *blob_head(struct arena *into, const struct blob_store *s, struct str digest_hex, size_t n, struct str *out);
/* Reads all and compares with its name. */
const struct err *blob_verify(struct arena *into, const struct blob_store *s, struct str digest_hex);

/* Removes what interrupted writers left under <root>/tmp and nobody touched since older_than (a day ago is right: the longest
 * upload is over by then). *removed may be NULL. */
const struct err *blob_collect(struct arena *into, const struct blob_store *s, struct instant older_than, int64_t *removed);

#endif
