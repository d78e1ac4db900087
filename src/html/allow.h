/*
 * allow.h: what may stand in a body text: the tables of elements and attributes, and the checks of
 * their values.
 */
#ifndef GK_HTML_ALLOW_H
#define GK_HTML_ALLOW_H

#include "base/buf.h"
#include "html/token.h"

/* How the builder treats an element; see build.c for what each kind ends and implies. */
enum element_kind {
    ELEMENT_INLINE,
    ELEMENT_LINK,
    ELEMENT_RUBY_PART,
    ELEMENT_VOID_INLINE,
    ELEMENT_VOID_BLOCK,
    ELEMENT_BLOCK,
    ELEMENT_PARAGRAPH,
    ELEMENT_HEADING,
    ELEMENT_FIGURE_CAPTION,
    ELEMENT_LIST,
    ELEMENT_ITEM,
    ELEMENT_TERMS, /* dl */
    ELEMENT_TERM,  /* dt, dd */
    ELEMENT_TABLE,
    ELEMENT_TABLE_CAPTION,
    ELEMENT_COLUMNS, /* colgroup */
    ELEMENT_COLUMN,  /* col: void */
    ELEMENT_ROWS,    /* thead, tbody, tfoot */
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_DROP,       /* with its content */
    ELEMENT_DROP_NESTS, /* the same, and it can contain its like */
    ELEMENT_DROP_VOID,  /* has no content */
};

struct element {
    struct str name; /* in the source */
    struct str as;   /* what it becomes; its own name for most */
    enum element_kind kind;
    enum raw_kind raw;
    bool foreign; /* svg, math */
};

/* The row of a name in any case, with aliases followed to the row they become; NULL for an unknown
 * element. */
const struct element *element_find(struct str name);

enum attribute_id {
    ATTRIBUTE_HREF,
    ATTRIBUTE_SRC,
    ATTRIBUTE_ALT,
    ATTRIBUTE_WIDTH,
    ATTRIBUTE_HEIGHT,
    ATTRIBUTE_COLSPAN,
    ATTRIBUTE_ROWSPAN,
    ATTRIBUTE_SCOPE,
    ATTRIBUTE_START,
    ATTRIBUTE_DATA_ALIGN,
    ATTRIBUTE_TITLE,
    ATTRIBUTE_LANG,
    ATTRIBUTE_DIR,
    ATTRIBUTE_COUNT,
};

struct str attribute_name(enum attribute_id id);
/* Finds an attribute that this element may carry; false when it may not. */
bool attribute_find(const struct element *e, struct str name, enum attribute_id *id);
/* Checks a decoded value and gives its one spelling (in into when it differs); false when it may
 * not stand. */
bool attribute_value(
    struct arena *into, enum attribute_id id, struct str decoded, struct str *value);
/* An absolute http(s) address: gets rel="noopener nofollow". */
bool link_is_external(struct str value);
bool element_may_align(const struct element *e);

/* What is read from a style attribute; nothing of it is ever copied. */
struct style {
    struct str align; /* "center", "right", or none */
    bool hides; /* text its author did not show, or a comment on it: may not come to light here */
};
struct style style_read(struct str decoded);

#endif
