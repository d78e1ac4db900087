/*
 * place.c: the small HTML reader behind place.h.
 */
#include "place.h"

#include <string.h>

struct standing standing_start(void)
{
    return (struct standing){.at = IN_TEXT};
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool name_is(const char *name, size_t n, const char *z)
{
    return strlen(z) == n && memcmp(name, z, n) == 0;
}

static bool name_among(const char *name, size_t n, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (name_is(name, n, *list)) {
            return true;
        }
    }
    return false;
}

/* Elements that change how a browser reads what follows, or load a foreign document into the page.
 */
static const char *const refused_elements[] = {"base", "iframe", "frame", "frameset", "object",
    "embed", "applet", "noscript", "noembed", "noframes", "xmp", "plaintext", "listing", "math",
    NULL};
static const char *const plain_elements[] = {"title", "textarea", NULL};
static const char *const raw_elements[] = {"script", "style", NULL};
static const char *const url_attributes[] = {"href", "src", "action", "formaction", "poster",
    "cite", "data", "ping", "background", "manifest", "longdesc", "xlink:href", NULL};
static const char *const valueless_attributes[] = {"srcset", "imagesrcset", "sizes", "media", NULL};
static const char *const refused_attributes[] = {"style", "srcdoc", "http-equiv", NULL};

/* ---- names ---- */

static const char *add_to_name(char *name, size_t *n, char c)
{
    if (*n == PLACE_NAME_MAX) {
        return "a name of an element or attribute is too long";
    }
    name[(*n)++] = lower(c);
    return NULL;
}

static const char *end_tag_name(struct standing *s)
{
    if (name_among(s->tag, s->tag_n, refused_elements)) {
        return "this element is refused: it changes how the rest of the page is read, or loads "
               "another document";
    }
    return NULL;
}

static const char *end_attr_name(struct standing *s)
{
    const char *a = s->attr;
    size_t n = s->attr_n;
    if (n > 2 && a[0] == 'o' && a[1] == 'n') {
        return "an on… handler is refused: behaviour belongs into a script file";
    }
    if (name_among(a, n, refused_attributes)) {
        return "the attribute style, srcdoc or http-equiv is refused: the site's policy does not "
               "allow it";
    }
    if (name_among(a, n, url_attributes)) {
        s->attr_kind = ATTR_URL;
    } else if (name_among(a, n, valueless_attributes)) {
        s->attr_kind = ATTR_NO_VALUES;
    } else {
        s->attr_kind = name_is(a, n, "datetime") ? ATTR_TIME : ATTR_PLAIN;
    }
    s->lead_n = 0;
    s->lead_value = false;
    return NULL;
}

/* ---- addresses ---- */

enum lead { LEAD_NOTHING, LEAD_OPEN, LEAD_WHOLE, LEAD_REFUSED };

static bool lead_starts(const struct standing *s, const char *z)
{
    size_t n = strlen(z);
    return s->lead_n >= n && memcmp(s->lead, z, n) == 0;
}

/* What the beginning of an address allows behind it. OPEN: values; WHOLE: only as it is written. */
static enum lead lead_of(const struct standing *s)
{
    if (s->lead_value) {
        return LEAD_OPEN;
    }
    if (s->lead_n == 0) {
        return LEAD_NOTHING;
    }
    if (lead_starts(s, "#") || lead_starts(s, "?") || lead_starts(s, "mailto:") ||
        lead_starts(s, "tel:")) {
        return LEAD_OPEN;
    }
    if (lead_starts(s, "//") || lead_starts(s, "/\\")) {
        return LEAD_REFUSED;
    }
    if (s->lead[0] == '/') {
        return LEAD_OPEN;
    }
    if (lead_starts(s, "https://") || lead_starts(s, "http://") || lead_starts(s, "data:,")) {
        return LEAD_WHOLE;
    }
    return LEAD_REFUSED;
}

static const char *end_value(struct standing *s)
{
    if (s->attr_kind == ATTR_URL && lead_of(s) == LEAD_REFUSED) {
        return "an address begins with \"/\", \"#\", \"?\", \"https://\", \"mailto:\", \"tel:\" or "
               "a struct url";
    }
    if (s->attr_kind == ATTR_URL && lead_of(s) == LEAD_NOTHING) {
        return "an address is empty";
    }
    s->at = IN_TAG_CLOSED;
    return NULL;
}

/* ---- bytes ---- */

static bool rest_starts(struct text t, size_t at, const char *z)
{
    size_t n = strlen(z);
    return t.n - at >= n && memcmp(t.p + at, z, n) == 0;
}

/* "<" in text: what comes? *used: bytes taken beyond the first. */
static const char *open_angle(struct standing *s, struct text t, size_t at, size_t *used)
{
    if (rest_starts(t, at, "<!--")) {
        s->at = IN_COMMENT;
        *used = 3;
        return NULL;
    }
    if (at + 1 < t.n && t.p[at + 1] == '!') {
        s->at = IN_DECLARATION;
        return NULL;
    }
    bool end = at + 1 < t.n && t.p[at + 1] == '/';
    size_t name = at + (end ? 2 : 1);
    if (name >= t.n || !is_letter(t.p[name])) {
        return "\"<\" without the name of an element behind it: write &lt; for the sign; a value "
               "cannot be a name";
    }
    s->tag_n = 0;
    s->at = end ? IN_END_TAG : IN_TAG_NAME;
    *used = end ? 1 : 0;
    return NULL;
}

static const char *close_angle(struct standing *s)
{
    if (name_among(s->tag, s->tag_n, plain_elements)) {
        s->at = IN_PLAIN;
    } else if (name_among(s->tag, s->tag_n, raw_elements)) {
        s->at = IN_RAW;
    } else {
        s->at = IN_TEXT;
    }
    return NULL;
}

/* Inside title, textarea, script, style: only the own end tag may begin with "<". */
static const char *inside_plain(struct standing *s, struct text t, size_t at, size_t *used)
{
    char c = t.p[at];
    if (s->at == IN_RAW && c != '<') {
        return is_blank(c) ? NULL
                           : "a script or style inside the page is refused: it belongs into a file";
    }
    if (c != '<') {
        return NULL;
    }
    size_t n = s->tag_n;
    bool own = t.n - at > n + 2 && t.p[at + 1] == '/' && memcmp(t.p + at + 2, s->tag, n) == 0 &&
               t.p[at + 2 + n] == '>';
    if (!own) {
        return "here only the end tag of the element may begin with \"<\": write &lt; for the sign";
    }
    *used = n + 2;
    s->tag_n = 0;
    s->at = IN_TEXT;
    return NULL;
}

static const char *in_comment(struct standing *s, struct text t, size_t at, size_t *used)
{
    if (rest_starts(t, at, "-->")) {
        *used = 2;
        s->at = IN_TEXT;
    }
    return NULL;
}

/* Between the attributes. */
static const char *in_tag(struct standing *s, char c)
{
    if (is_blank(c)) {
        s->at = IN_TAG;
        return NULL;
    }
    if (c == '>') {
        return close_angle(s);
    }
    if (c == '/') {
        s->at = IN_SLASH;
        return NULL;
    }
    if (s->at == IN_TAG_CLOSED || s->at == IN_SLASH || !is_letter(c)) {
        return "a blank, \"/\" or \">\" and then a name must come here; names may not be cut by "
               "template tags";
    }
    s->at = IN_ATTR_NAME;
    s->attr_n = 0;
    return add_to_name(s->attr, &s->attr_n, c);
}

static const char *in_tag_name(struct standing *s, char c)
{
    if (is_name_char(c)) {
        return add_to_name(s->tag, &s->tag_n, c);
    }
    const char *wrong = end_tag_name(s);
    return wrong != NULL ? wrong : in_tag(s, c);
}

static const char *in_end_tag(struct standing *s, char c)
{
    if (is_name_char(c)) {
        return add_to_name(s->tag, &s->tag_n, c);
    }
    if (c == '>') {
        s->at = IN_TEXT;
        return NULL;
    }
    return "an end tag holds only its name";
}

static const char *in_attr_name(struct standing *s, char c)
{
    if (is_name_char(c)) {
        return add_to_name(s->attr, &s->attr_n, c);
    }
    const char *wrong = end_attr_name(s);
    if (wrong != NULL) {
        return wrong;
    }
    if (c == '=') {
        s->at = IN_ATTR_EQUALS;
        return NULL;
    }
    return in_tag(s, c);
}

static const char *in_value(struct standing *s, char c)
{
    if (c == '"') {
        return end_value(s);
    }
    if (c == '<') {
        return "\"<\" inside an attribute value: is a quote missing? write &lt; for the sign";
    }
    if (s->attr_kind == ATTR_URL && !s->lead_value && s->lead_n < PLACE_LEAD_MAX) {
        if (is_blank(c)) {
            return "a blank inside an address";
        }
        s->lead[s->lead_n++] = lower(c);
    }
    return NULL;
}

static const char *step(struct standing *s, struct text t, size_t at, size_t *used)
{
    char c = t.p[at];
    switch (s->at) {
    case IN_TEXT:
        return c == '<' ? open_angle(s, t, at, used) : NULL;
    case IN_PLAIN:
    case IN_RAW:
        return inside_plain(s, t, at, used);
    case IN_COMMENT:
        return in_comment(s, t, at, used);
    case IN_DECLARATION:
        if (c == '>') {
            s->at = IN_TEXT;
        }
        return NULL;
    case IN_TAG_NAME:
        return in_tag_name(s, c);
    case IN_END_TAG:
        return in_end_tag(s, c);
    case IN_TAG:
    case IN_TAG_CLOSED:
    case IN_SLASH:
        return in_tag(s, c);
    case IN_ATTR_NAME:
        return in_attr_name(s, c);
    case IN_ATTR_EQUALS:
        if (c != '"') {
            return "an unquoted attribute value: values stand in double quotes";
        }
        s->at = IN_VALUE;
        return NULL;
    case IN_VALUE:
        return in_value(s, c);
    }
    return NULL;
}

const char *standing_text(struct standing *s, struct text t, int *lines)
{
    for (size_t at = 0; at < t.n; at++) {
        size_t used = 0;
        const char *wrong = step(s, t, at, &used);
        if (wrong != NULL) {
            return wrong;
        }
        if (t.p[at] == '\n') {
            (*lines)++;
        }
        at += used;
    }
    return NULL;
}

/* ---- values and template tags ---- */

static const char *value_in_attr(struct standing *s, enum place *place)
{
    *place = s->attr_kind == ATTR_TIME ? PLACE_TIME : PLACE_ATTR;
    if (s->attr_kind == ATTR_NO_VALUES) {
        return "a value may not stand in this attribute: it has a grammar of its own";
    }
    if (s->attr_kind != ATTR_URL) {
        return NULL;
    }
    enum lead lead = lead_of(s);
    if (lead == LEAD_WHOLE || lead == LEAD_REFUSED) {
        return "a value may not stand behind the beginning of this address: hand over the whole as "
               "a struct url";
    }
    *place = lead == LEAD_NOTHING ? PLACE_URL_FIRST : PLACE_SEGMENT;
    s->lead_value = true;
    return NULL;
}

const char *standing_value(struct standing *s, enum place *place)
{
    *place = PLACE_NONE;
    switch (s->at) {
    case IN_TEXT:
        *place = PLACE_TEXT;
        return NULL;
    case IN_PLAIN:
        *place = PLACE_PLAIN;
        return NULL;
    case IN_VALUE:
        return value_in_attr(s, place);
    case IN_RAW:
        return "a value inside script or style is refused: hand it over in a data- attribute";
    case IN_COMMENT:
    case IN_DECLARATION:
        return "a value inside a comment or declaration is refused";
    case IN_TAG_NAME:
    case IN_END_TAG:
        return "a value may not be part of a tag's name";
    case IN_ATTR_EQUALS:
        return "an unquoted attribute value: values stand in double quotes";
    case IN_TAG:
    case IN_TAG_CLOSED:
    case IN_ATTR_NAME:
    case IN_SLASH:
        return "a value may not be an attribute or part of its name: use {% if %} around the "
               "attribute";
    }
    return NULL;
}

void standing_tag(struct standing *s)
{
    if (s->at == IN_TAG_NAME || s->at == IN_ATTR_NAME || s->at == IN_SLASH) {
        s->at = IN_TAG_CLOSED;
    }
}

static bool is_between_attributes(const struct standing *s)
{
    return s->at == IN_TAG || s->at == IN_TAG_CLOSED;
}

static bool same_tag(const struct standing *a, const struct standing *b)
{
    return a->tag_n == b->tag_n && memcmp(a->tag, b->tag, a->tag_n) == 0;
}

bool standing_same(const struct standing *a, const struct standing *b)
{
    if (a->at != b->at) {
        return false;
    }
    if (a->at == IN_TEXT || a->at == IN_COMMENT || a->at == IN_DECLARATION) {
        return true;
    }
    if (!same_tag(a, b)) {
        return false;
    }
    if (a->at == IN_VALUE || a->at == IN_ATTR_EQUALS) {
        return a->attr_kind == b->attr_kind && a->attr_n == b->attr_n &&
               memcmp(a->attr, b->attr, a->attr_n) == 0 &&
               (a->attr_kind != ATTR_URL || lead_of(a) == lead_of(b));
    }
    return true;
}

const char *standing_meet(const struct standing *a, const struct standing *b, struct standing *out)
{
    *out = *a;
    if (standing_same(a, b)) {
        return NULL;
    }
    if (is_between_attributes(a) && is_between_attributes(b) && same_tag(a, b)) {
        out->at = IN_TAG_CLOSED;
        return NULL;
    }
    return "the branches of if, or the turns of each, do not come back to the same place in the "
           "HTML";
}
