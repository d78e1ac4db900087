/*
 * access.h: the access report: who may do what, by default. A golden text: a change of rights is a
 * line in the difference that a reviewer cannot overlook.
 */
#ifndef GK_CORE_ACCESS_H
#define GK_CORE_ACCESS_H

#include "core/may.h"

/* A door that core does not know itself: a route of web, given by app. */
struct access_line {
    const char *what; /* "route": lines of one kind stand together under that word */
    struct str name;  /* "GET /office/documents/{id}" */
    const struct may *may;
};
struct access_lines {
    const struct access_line *v;
    size_t n;
};

/* Operations of the registry, then the extra lines, each kind sorted by name, against the default
 * roles of the registry. Columns: nobody, every role by its code in the order of the registry,
 * program. A dot marks yes. */
struct str access_text(struct arena *into, struct access_lines extra);

#endif
