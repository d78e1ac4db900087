/*
 * form.h: what a form carries: text fields into the arena, files into the blob store, hashed on the
 * way.
 *
 * form_add() runs on an I/O thread and never waits for anything but write(2). form_finish() and
 * form_keep() run on a worker. Files are temporary until form_keep(), which is called when the
 * form's token was found right; whatever happens before leaves nothing behind.
 */
#ifndef GK_WEB_FORM_H
#define GK_WEB_FORM_H

#include "core/op.h"
#include "store/blob.h"

struct form_limits {
    uint64_t total_bytes; /* of the body */
    size_t text_bytes;    /* of all text fields */
    size_t file_bytes;    /* of one file; 0: files are not taken here */
    int fields;
};

enum form_verdict {
    FORM_WELL,
    FORM_TYPE,     /* a media type that is no form */
    FORM_ENCODING, /* not UTF-8, or NUL */
    FORM_BROKEN,   /* not what it claims to be, or cut off */
    FORM_TOO_LARGE,
    FORM_TOO_MANY, /* fields */
    FORM_FAILED,   /* the blob store: see form_failure() */
};

struct form;
struct form *form_make(struct arena *into, const struct blob_store *blobs, struct str content_type,
    struct form_limits limits);
/* False: far over the limit, or hopeless: close the connection. */
bool form_add(struct form *f, struct str piece);
enum form_verdict form_finish(struct form *f, struct values *out);
const struct err *form_failure(const struct form *f);
/* Sniffs and keeps the files; the values' file members are filled. Refused files are faults at
 * their fields. */
const struct err *form_keep(struct form *f, struct faults *faults);

/* a=b&c=d */
enum form_verdict form_urlencoded(
    struct arena *into, struct str raw, int most_fields, struct values *out);

#endif
