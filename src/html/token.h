/*
 * token.h: HTML source cut into tokens as the tokeniser of the HTML standard does.
 *
 * Tokens are views of the source: nothing is decoded or copied here (charref.h decodes). The states
 * of the standard are all there, a function for each group: data and tag open, tag name and
 * attributes, comments, doctype, CDATA, and the raw-text family with the script escapes. The cursor
 * only moves forward, so the whole is linear.
 */
#ifndef GK_HTML_TOKEN_H
#define GK_HTML_TOKEN_H

#include "base/str.h"

enum token_kind {
    TOKEN_END_OF_FILE,
    TOKEN_TEXT,
    TOKEN_START,
    TOKEN_END,
    TOKEN_COMMENT, /* also doctype, bogus comments, and nothing at all as in "</>" */
};

/* What follows certain start tags is not markup. */
enum raw_kind {
    RAW_NONE,
    RAW_TEXT,      /* style, xmp, iframe …: up to its end tag */
    RAW_ESCAPABLE, /* title, textarea: the same, with character references */
    RAW_SCRIPT,    /* script: knows <!-- and a <script> within */
    RAW_PLAIN,     /* plaintext: all the rest */
};

struct token {
    enum token_kind kind;
    struct str text;       /* TEXT, undecoded */
    bool literal;          /* TEXT without character references */
    struct str name;       /* START, END; in the letters of the source */
    struct str attributes; /* START, END: for attribute_next */
    bool self_closing;
};

struct tokeniser {
    struct str source;
    size_t at;
    enum raw_kind raw;
    struct str raw_name;
    bool foreign; /* the caller is inside svg or math: CDATA sections are text */
    size_t steps; /* work done, for tests that it stays linear */
};

struct tokeniser tokeniser_make(struct str source);
struct token token_next(struct tokeniser *t);
/* After a start tag: what comes up to the end tag of this name is raw. */
void tokeniser_raw(struct tokeniser *t, enum raw_kind kind, struct str name);

struct attribute {
    struct str name;  /* in the letters of the source */
    struct str value; /* undecoded; empty when there is none */
};

/* Cuts the next attribute off *rest (which starts as token.attributes). */
bool attribute_next(struct str *rest, struct attribute *a);

bool html_is_space(char c);

#endif
