/*
 * place.h: where in the HTML does a byte stand?
 *
 * A strict reading: what a browser would have to guess (unquoted values, a bare "<", names cut by a
 * tag) is refused, so that our idea of the place is the browser's. Every mistake comes back as
 * words; NULL is well.
 */
#ifndef GK_GEN_VIEWC_PLACE_H
#define GK_GEN_VIEWC_PLACE_H

#include "viewc.h"

enum position {
    IN_TEXT,
    IN_PLAIN, /* inside title, textarea */
    IN_RAW,   /* inside script, style */
    IN_COMMENT,
    IN_DECLARATION, /* <!doctype … */
    IN_TAG_NAME,
    IN_END_TAG,    /* behind the name of an end tag */
    IN_TAG,        /* behind a blank: an attribute may begin */
    IN_TAG_CLOSED, /* behind a value or a template tag: a blank, "/" or ">" must come */
    IN_ATTR_NAME,
    IN_ATTR_EQUALS, /* behind "=" */
    IN_VALUE,       /* between double quotes */
    IN_SLASH,       /* behind "/" */
};

enum attr_kind { ATTR_PLAIN, ATTR_TIME, ATTR_URL, ATTR_NO_VALUES };

enum { PLACE_NAME_MAX = 32, PLACE_LEAD_MAX = 16 };

struct standing {
    enum position at;
    char tag[PLACE_NAME_MAX]; /* element whose tag or content this is */
    size_t tag_n;
    char attr[PLACE_NAME_MAX]; /* attribute being read */
    size_t attr_n;
    enum attr_kind attr_kind;
    char lead[PLACE_LEAD_MAX]; /* first bytes of a URL attribute */
    size_t lead_n;
    bool lead_value; /* a value was printed in it */
};

struct standing standing_start(void);

/* Moves over text as written; *lines counts the line breaks passed, for the message. */
const char *standing_text(struct standing *s, struct text t, int *lines);

/* A value stands here: how is it printed? */
const char *standing_value(struct standing *s, enum place *place);

/* A template tag ({% … %}) stands here: names may not be cut by it. */
void standing_tag(struct standing *s);

/* Two ways meet. Words if they may not. */
const char *standing_meet(const struct standing *a, const struct standing *b, struct standing *out);

bool standing_same(const struct standing *a, const struct standing *b);

#endif
