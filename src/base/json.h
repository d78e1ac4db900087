/*
 * json.h: RFC 8259, strict reader into an arena tree, writer into a buf.
 *
 * The reader refuses: depth over 64, duplicate keys, broken UTF-8, lone surrogates, trailing text, numbers that do not fit.
 */
#ifndef GK_BASE_JSON_H
#define GK_BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_INT, JSON_REAL, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json {
    enum json_kind kind;
    int64_t integer;
    double real;
    struct str text;
    struct str key;           /* inside an object: the name of this member */
    const struct json *child; /* first element or member */
    const struct json *next;
};

const struct err *json_parse(struct arena *into, struct str text, const struct json **out);
const struct json *json_get(const struct json *object, struct str key); /* NULL when absent or not an object */
struct str json_text(const struct json *j);                           /* empty when not text */

/* Writer: commas and quoting are its business. Usage: json_open(&w,'{'); json_key(&w,S("a")); json_int(&w,1); json_close(&w,'}'); */
struct json_writer {
    struct buf *out;
    bool need_comma;
};
void json_open(struct json_writer *w, char bracket);
void json_close(struct json_writer *w, char bracket);
void json_key(struct json_writer *w, struct str key);
void json_str(struct json_writer *w, struct str text);
void json_int(struct json_writer *w, int64_t v);
void json_bool(struct json_writer *w, bool v);
void json_null(struct json_writer *w);

#endif
