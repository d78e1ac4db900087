/*
 * check.c: walks each view through the HTML, gives every value its place, and knows the names in
 * sight.
 */
#include "place.h"

#include <stdio.h>

struct walk {
    struct job *job;
    const struct view *view;
    struct text names[VIEWC_NAMES_MAX];
    size_t name_count;
};

static bool check_nodes(struct walk *w, struct node *first, struct standing *s);

static bool fail(struct walk *w, int line, const char *words)
{
    return job_fail(w->job, w->view->source, line, "%s", words);
}

/* The first name of a path must be an argument of the view, a loop, or a constant of C. */
static bool check_path(struct walk *w, struct text path, int line)
{
    size_t n = 0;
    while (n < path.n && path.p[n] != '.' && path.p[n] != '-') {
        n++;
    }
    struct text root = text_at(path, 0, n);
    for (size_t i = 0; i < w->name_count; i++) {
        if (text_same(w->names[i], root)) {
            return true;
        }
    }
    return job_fail(w->job, w->view->source, line,
        "\"%.*s\" is neither an argument of the view nor the name of a loop", (int)root.n, root.p);
}

static bool add_name(struct walk *w, struct text name, int line)
{
    for (size_t i = 0; i < w->name_count; i++) {
        if (text_same(w->names[i], name)) {
            return job_fail(w->job, w->view->source, line, "the name \"%.*s\" is taken already",
                (int)name.n, name.p);
        }
    }
    if (w->name_count == VIEWC_NAMES_MAX) {
        return fail(w, line, "too many names");
    }
    w->names[w->name_count++] = name;
    return true;
}

static bool check_print(struct walk *w, struct node *n, struct standing *s)
{
    const char *wrong = standing_value(s, &n->place);
    if (wrong != NULL) {
        return fail(w, n->line, wrong);
    }
    return check_path(w, n->expression.path, n->line);
}

static bool check_if(struct walk *w, struct node *n, struct standing *s)
{
    struct standing start = *s, met = *s;
    bool any = false, otherwise = false;
    for (struct branch *b = n->branches; b != NULL; b = b->next) {
        if (!b->otherwise && !check_path(w, b->condition.path, b->line)) {
            return false;
        }
        otherwise = otherwise || b->otherwise;
        struct standing end = start;
        if (!check_nodes(w, b->body, &end)) {
            return false;
        }
        const char *wrong = standing_meet(any ? &met : &end, &end, &met);
        if (wrong != NULL) {
            return fail(w, b->line, wrong);
        }
        any = true;
    }
    if (!otherwise) { /* no branch taken is a branch too */
        const char *wrong = standing_meet(&met, &start, &met);
        if (wrong != NULL) {
            return fail(w, n->line, wrong);
        }
    }
    *s = met;
    return true;
}

/* The body must fit behind itself as well as behind what stands before it. */
static bool check_each(struct walk *w, struct node *n, struct standing *s)
{
    size_t names = w->name_count;
    if (!check_path(w, n->expression.path, n->line) || !add_name(w, n->name, n->line)) {
        return false;
    }
    struct standing met = *s;
    for (int turn = 0; turn < 2; turn++) {
        struct standing end = met;
        if (!check_nodes(w, n->body, &end)) {
            return false;
        }
        const char *wrong = standing_meet(&met, &end, &met);
        if (wrong != NULL) {
            return fail(w, n->line, wrong);
        }
    }
    w->name_count = names;
    *s = met;
    return true;
}

static bool check_call(struct walk *w, struct node *n, const struct standing *s)
{
    if (s->at != IN_TEXT) {
        return fail(w, n->line, "call may stand only in text: a view begins and ends there");
    }
    for (const struct argument *a = n->arguments; a != NULL; a = a->next) {
        bool constant =
            text_is(a->path, "true") || text_is(a->path, "false") || text_is(a->path, "NULL");
        if (!constant && !check_path(w, a->path, n->line)) {
            return false;
        }
    }
    return true;
}

static bool check_node(struct walk *w, struct node *n, struct standing *s)
{
    switch (n->kind) {
    case NODE_TEXT: {
        int lines = 0;
        const char *wrong = standing_text(s, n->text, &lines);
        return wrong == NULL || fail(w, n->line + lines, wrong);
    }
    case NODE_PRINT:
        return check_print(w, n, s);
    case NODE_IF:
        standing_tag(s);
        return check_if(w, n, s);
    case NODE_EACH:
        standing_tag(s);
        return check_each(w, n, s);
    case NODE_CALL:
        return check_call(w, n, s);
    }
    return false;
}

static bool check_nodes(struct walk *w, struct node *first, struct standing *s)
{
    for (struct node *n = first; n != NULL; n = n->next) {
        if (!check_node(w, n, s)) {
            return false;
        }
    }
    standing_tag(s); /* end, elif or else comes now */
    return true;
}

bool check_view(struct job *j, const struct view *view)
{
    struct walk w = {.job = j, .view = view};
    for (size_t i = 0; i < view->parameter_count; i++) {
        if (!add_name(&w, view->parameter_names[i], view->line)) {
            return false;
        }
    }
    struct standing s = standing_start();
    if (!check_nodes(&w, view->body, &s)) {
        return false;
    }
    if (s.at != IN_TEXT) {
        return job_fail(j, view->source, view->line,
            "the view ends inside a tag, a quoted value, a comment, or title, textarea, script, "
            "style");
    }
    return true;
}
