/*
 * emit.c: the C of a run. #line makes a C error (an unknown field, a value that cannot be printed
 * there) point at the page.
 */
#include "viewc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LITERAL_BYTES = 1800 }; /* compilers must take 4095 characters of a literal */

static void emit_line(struct writing *w, const struct view *v, int line)
{
    write_format(w, "#line %d \"%s\"\n", line, v->source->name);
}

static void indent(struct writing *w, int depth)
{
    for (int i = 0; i < depth; i++) {
        write_z(w, "    ");
    }
}

static void emit_literal_byte(struct writing *w, char c)
{
    switch (c) {
    case '\n':
        write_z(w, "\\n");
        break;
    case '\t':
        write_z(w, "\\t");
        break;
    case '\r':
        break;
    case '"':
    case '\\':
    case '?': /* no trigraphs */
        write_bytes(w, "\\", 1);
        write_bytes(w, &c, 1);
        break;
    default:
        write_bytes(w, &c, 1);
        break;
    }
}

static void emit_text(struct writing *w, struct text t, int depth)
{
    for (size_t at = 0; at < t.n;) {
        size_t end = t.n - at > LITERAL_BYTES ? at + LITERAL_BYTES : t.n;
        indent(w, depth);
        write_z(w, "out_raw(o, S(\"");
        for (; at < end; at++) {
            emit_literal_byte(w, t.p[at]);
        }
        write_z(w, "\"));\n");
    }
}

static const char *printer(enum place place)
{
    switch (place) {
    case PLACE_TEXT:
        return "VIEW_TEXT";
    case PLACE_PLAIN:
        return "VIEW_PLAIN";
    case PLACE_ATTR:
        return "VIEW_ATTR";
    case PLACE_TIME:
        return "VIEW_TIME";
    case PLACE_URL_FIRST:
        return "VIEW_URL_FIRST";
    case PLACE_SEGMENT:
        return "VIEW_SEGMENT";
    case PLACE_NONE:
        break;
    }
    return "VIEW_NOWHERE";
}

static void emit_nodes(
    struct writing *w, const struct view *v, const struct node *first, int depth);

static void emit_condition(struct writing *w, const struct expression *e)
{
    if (e->op != NULL) {
        write_text(w, e->path);
        write_format(w, " %s ", e->op);
        write_text(w, e->right);
        return;
    }
    write_z(w, e->negated ? "!VIEW_TRUE(" : "VIEW_TRUE(");
    write_text(w, e->path);
    write_z(w, ")");
}

static void emit_if(struct writing *w, const struct view *v, const struct node *n, int depth)
{
    for (const struct branch *b = n->branches; b != NULL; b = b->next) {
        emit_line(w, v, b->line);
        indent(w, depth);
        if (b->otherwise) {
            write_z(w, "} else {\n");
        } else {
            write_z(w, b == n->branches ? "if (" : "} else if (");
            emit_condition(w, &b->condition);
            write_z(w, ") {\n");
        }
        emit_nodes(w, v, b->body, depth + 1);
    }
    indent(w, depth);
    write_z(w, "}\n");
}

static void emit_each(struct writing *w, const struct view *v, const struct node *n, int depth)
{
    struct text list = n->expression.path;
    emit_line(w, v, n->line);
    indent(w, depth);
    write_format(w, "for (size_t i%d_ = 0; i%d_ < ", depth, depth);
    write_text(w, list);
    write_format(w, ".n; i%d_++) { const __typeof__(*", depth);
    write_text(w, list);
    write_z(w, ".v) *");
    write_text(w, n->name);
    write_z(w, " = &");
    write_text(w, list);
    write_format(w, ".v[i%d_]; (void)", depth);
    write_text(w, n->name);
    write_z(w, ";\n");
    emit_nodes(w, v, n->body, depth + 1);
    indent(w, depth);
    write_z(w, "}\n");
}

static void emit_node(struct writing *w, const struct view *v, const struct node *n, int depth)
{
    switch (n->kind) {
    case NODE_TEXT:
        emit_text(w, n->text, depth);
        break;
    case NODE_PRINT:
        emit_line(w, v, n->line);
        indent(w, depth);
        write_format(w, "%s(o, ", printer(n->place));
        write_text(w, n->expression.path);
        write_z(w, ");\n");
        break;
    case NODE_IF:
        emit_if(w, v, n, depth);
        break;
    case NODE_EACH:
        emit_each(w, v, n, depth);
        break;
    case NODE_CALL:
        emit_line(w, v, n->line);
        indent(w, depth);
        write_z(w, "view_");
        write_text(w, n->name);
        write_z(w, "(");
        write_text(w, n->text);
        write_z(w, ");\n");
        break;
    }
}

static void emit_nodes(struct writing *w, const struct view *v, const struct node *first, int depth)
{
    for (const struct node *n = first; n != NULL; n = n->next) {
        emit_node(w, v, n, depth);
    }
}

static void emit_signature(struct writing *w, const struct view *v)
{
    write_z(w, "void view_");
    write_text(w, v->name);
    write_z(w, "(");
    write_text(w, v->parameters);
    write_z(w, ")");
}

static void emit_guard(struct writing *w, const char *header_name)
{
    write_z(w, "GK_VIEWS_");
    for (const char *p = header_name; *p != '\0'; p++) {
        char c = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
        write_bytes(w, &c, 1);
    }
}

void emit_header(const struct job *j, const char *header_name, struct writing *w)
{
    write_z(w, "/* Made from pages by gen/viewc; do not edit. */\n#ifndef ");
    emit_guard(w, header_name);
    write_z(w, "\n#define ");
    emit_guard(w, header_name);
    write_z(w, "\n\n#include \"web/out.h\"\n");
    for (const struct include *i = j->includes; i != NULL; i = i->next) {
        write_z(w, "#include \"");
        write_text(w, i->path);
        write_z(w, "\"\n");
    }
    write_z(w, "\n");
    for (const struct view *v = j->views; v != NULL; v = v->next) {
        emit_signature(w, v);
        write_z(w, ";\n");
    }
    write_z(w, "\n#endif\n");
}

void emit_code(const struct job *j, const char *header_name, struct writing *w)
{
    write_format(w,
        "/* Made from pages by gen/viewc; do not edit. */\n#include \"%s\"\n\n#include "
        "\"web/view_print.h\"\n",
        header_name);
    for (const struct view *v = j->views; v != NULL; v = v->next) {
        write_z(w, "\n");
        emit_line(w, v, v->line);
        emit_signature(w, v);
        write_z(w, "\n{\n");
        for (size_t i = 0; i < v->parameter_count; i++) {
            write_z(w, "    (void)");
            write_text(w, v->parameter_names[i]);
            write_z(w, ";\n");
        }
        emit_nodes(w, v, v->body, 1);
        write_z(w, "}\n");
    }
}
