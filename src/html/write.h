/*
 * write.h: the one place that writes markup. It keeps the cap and can always still close what is
 * open.
 */
#ifndef GK_HTML_WRITE_H
#define GK_HTML_WRITE_H

#include "html/allow.h"

struct writer {
    struct buf *out;
    size_t reserved; /* bytes of the end tags still owed */
    size_t pre_at;   /* where the content of the pre just opened begins; SIZE_MAX when none */
    bool cut;        /* the cap is reached: nothing more may be opened or said */
};

/* Values of the attributes to write; p == NULL: absent. */
struct values {
    struct str v[ATTRIBUTE_COUNT];
};

struct writer writer_make(struct buf *out);
/* False, and nothing written, when the tag and all ends would not fit; has_end: an end tag will
 * follow. */
bool write_start(struct writer *w, struct str name, const struct values *values, bool has_end);
void write_end(struct writer *w, struct str name);
/* Characters, cleaned (charref.h). */
void write_text(struct writer *w, struct str text);

#endif
