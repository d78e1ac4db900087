/*
 * json_fuzz.c: what is read, written and read again is the same.
 */
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"

static void write_tree(struct json_writer *w, const struct json *j)
{
    switch (j->kind) {
    case JSON_NULL:
    case JSON_REAL: /* the writer has no reals */
        json_null(w);
        return;
    case JSON_FALSE:
    case JSON_TRUE:
        json_bool(w, j->kind == JSON_TRUE);
        return;
    case JSON_INT:
        json_int(w, j->integer);
        return;
    case JSON_TEXT:
        json_str(w, j->text);
        return;
    case JSON_LIST:
    case JSON_OBJECT:
        json_open(w, j->kind == JSON_LIST ? '[' : '{');
        for (const struct json *c = j->child; c != NULL; c = c->next) {
            if (j->kind == JSON_OBJECT) {
                json_key(w, c->key);
            }
            write_tree(w, c);
        }
        json_close(w, j->kind == JSON_LIST ? ']' : '}');
        return;
    }
}

static bool is_same(const struct json *a, const struct json *b)
{
    enum json_kind kind = a->kind == JSON_REAL ? JSON_NULL : a->kind;
    if (kind != b->kind || a->integer != b->integer || !str_eq(a->text, b->text) ||
        !str_eq(a->key, b->key)) {
        return false;
    }
    const struct json *other = b->child;
    for (const struct json *c = a->child; c != NULL; c = c->next, other = other->next) {
        if (other == NULL || !is_same(c, other)) {
            return false;
        }
    }
    return other == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(MIB(64));
    const struct json *tree;
    const struct err *e = json_parse(a, str_make((const char *)data, size), &tree);
    if (e == NULL) {
        struct buf b = buf_make(a, size * 8 + 16);
        struct json_writer w = {.out = &b};
        write_tree(&w, tree);
        must(!buf_full(&b));
        const struct json *again;
        must(json_parse(a, buf_str(&b), &again) == NULL);
        must(is_same(tree, again));
    } else {
        must(tree == NULL && e->words.n > 0 && utf8_valid(e->words));
    }
    arena_close(a);
    return 0;
}
