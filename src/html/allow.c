#include "html/allow.h"

#include "base/ban.h"
#include "base/err.h"

// clang-format off
#define AS_IS(name, kind)       {S_INIT(name), S_INIT(name), kind, RAW_NONE, false}
#define BECOMES(name, as, kind) {S_INIT(name), S_INIT(as),   kind, RAW_NONE, false}
#define DROP_RAW(name, raw)     {S_INIT(name), S_INIT(name), ELEMENT_DROP, raw, false}
#define FOREIGN(name)           {S_INIT(name), S_INIT(name), ELEMENT_DROP_NESTS, RAW_NONE, true}

/* Sorted by name. What is not here is unwrapped: the tags go, the content stays. */
static const struct element elements[] = {
    AS_IS("a", ELEMENT_LINK),
    AS_IS("abbr", ELEMENT_INLINE),
    BECOMES("address", "div", ELEMENT_BLOCK),     /* containers we do not keep still part the text they hold */
    BECOMES("article", "div", ELEMENT_BLOCK),
    BECOMES("aside", "div", ELEMENT_BLOCK),
    AS_IS("b", ELEMENT_INLINE),
    AS_IS("base", ELEMENT_DROP_VOID),
    AS_IS("blockquote", ELEMENT_BLOCK),
    AS_IS("br", ELEMENT_VOID_INLINE),
    AS_IS("button", ELEMENT_DROP),
    AS_IS("caption", ELEMENT_TABLE_CAPTION),
    BECOMES("center", "div", ELEMENT_BLOCK),
    AS_IS("code", ELEMENT_INLINE),
    AS_IS("col", ELEMENT_COLUMN),
    AS_IS("colgroup", ELEMENT_COLUMNS),
    AS_IS("datalist", ELEMENT_DROP),
    AS_IS("dd", ELEMENT_TERM),
    AS_IS("del", ELEMENT_INLINE),
    BECOMES("details", "div", ELEMENT_BLOCK),
    BECOMES("dialog", "div", ELEMENT_BLOCK),
    BECOMES("dir", "ul", ELEMENT_LIST),
    AS_IS("div", ELEMENT_BLOCK),
    AS_IS("dl", ELEMENT_TERMS),
    AS_IS("dt", ELEMENT_TERM),
    AS_IS("em", ELEMENT_INLINE),
    AS_IS("embed", ELEMENT_DROP_VOID),
    BECOMES("fieldset", "div", ELEMENT_BLOCK),
    AS_IS("figcaption", ELEMENT_FIGURE_CAPTION),
    AS_IS("figure", ELEMENT_BLOCK),
    BECOMES("footer", "div", ELEMENT_BLOCK),
    AS_IS("frame", ELEMENT_DROP_VOID),
    BECOMES("h1", "h2", ELEMENT_HEADING),         /* h1 is the title of the page */
    AS_IS("h2", ELEMENT_HEADING),
    AS_IS("h3", ELEMENT_HEADING),
    AS_IS("h4", ELEMENT_HEADING),
    AS_IS("h5", ELEMENT_HEADING),
    AS_IS("h6", ELEMENT_HEADING),
    BECOMES("header", "div", ELEMENT_BLOCK),
    AS_IS("hr", ELEMENT_VOID_BLOCK),
    AS_IS("i", ELEMENT_INLINE),
    DROP_RAW("iframe", RAW_TEXT),
    BECOMES("image", "img", ELEMENT_VOID_INLINE), /* as browsers read it */
    AS_IS("img", ELEMENT_VOID_INLINE),
    AS_IS("input", ELEMENT_DROP_VOID),
    AS_IS("ins", ELEMENT_INLINE),
    AS_IS("keygen", ELEMENT_DROP_VOID),
    AS_IS("li", ELEMENT_ITEM),
    AS_IS("link", ELEMENT_DROP_VOID),
    BECOMES("main", "div", ELEMENT_BLOCK),
    AS_IS("mark", ELEMENT_INLINE),
    FOREIGN("math"),
    BECOMES("menu", "ul", ELEMENT_LIST),
    AS_IS("meta", ELEMENT_DROP_VOID),
    BECOMES("nav", "div", ELEMENT_BLOCK),
    DROP_RAW("noembed", RAW_TEXT),
    DROP_RAW("noframes", RAW_TEXT),
    DROP_RAW("noscript", RAW_TEXT),
    AS_IS("object", ELEMENT_DROP_NESTS),
    AS_IS("ol", ELEMENT_LIST),
    AS_IS("p", ELEMENT_PARAGRAPH),
    DROP_RAW("plaintext", RAW_PLAIN),
    AS_IS("pre", ELEMENT_BLOCK),
    AS_IS("rb", ELEMENT_RUBY_PART),
    AS_IS("rp", ELEMENT_RUBY_PART),
    AS_IS("rt", ELEMENT_RUBY_PART),
    AS_IS("ruby", ELEMENT_INLINE),
    AS_IS("s", ELEMENT_INLINE),
    DROP_RAW("script", RAW_SCRIPT),
    BECOMES("section", "div", ELEMENT_BLOCK),
    AS_IS("select", ELEMENT_DROP),
    AS_IS("small", ELEMENT_INLINE),
    AS_IS("span", ELEMENT_INLINE),
    BECOMES("strike", "s", ELEMENT_INLINE),
    AS_IS("strong", ELEMENT_INLINE),
    DROP_RAW("style", RAW_TEXT),
    AS_IS("sub", ELEMENT_INLINE),
    BECOMES("summary", "div", ELEMENT_BLOCK),
    AS_IS("sup", ELEMENT_INLINE),
    FOREIGN("svg"),
    AS_IS("table", ELEMENT_TABLE),
    AS_IS("tbody", ELEMENT_ROWS),
    AS_IS("td", ELEMENT_CELL),
    AS_IS("template", ELEMENT_DROP_NESTS),
    DROP_RAW("textarea", RAW_ESCAPABLE),
    AS_IS("tfoot", ELEMENT_ROWS),
    AS_IS("th", ELEMENT_CELL),
    AS_IS("thead", ELEMENT_ROWS),
    DROP_RAW("title", RAW_ESCAPABLE),
    AS_IS("tr", ELEMENT_ROW),
    AS_IS("u", ELEMENT_INLINE),
    AS_IS("ul", ELEMENT_LIST),
    AS_IS("xml", ELEMENT_DROP_NESTS),             /* Word's islands of settings */
    DROP_RAW("xmp", RAW_TEXT),
};

enum carrier { ON_ANY, ON_BLOCKS, ON_CELLS, ON_OL, ON_A, ON_IMG };

static const struct {
    struct str name;
    enum carrier carrier;
} attributes[ATTRIBUTE_COUNT] = {
    [ATTRIBUTE_HREF]       = {S_INIT("href"),       ON_A},
    [ATTRIBUTE_SRC]        = {S_INIT("src"),        ON_IMG},
    [ATTRIBUTE_ALT]        = {S_INIT("alt"),        ON_IMG},
    [ATTRIBUTE_WIDTH]      = {S_INIT("width"),      ON_IMG},
    [ATTRIBUTE_HEIGHT]     = {S_INIT("height"),     ON_IMG},
    [ATTRIBUTE_COLSPAN]    = {S_INIT("colspan"),    ON_CELLS},
    [ATTRIBUTE_ROWSPAN]    = {S_INIT("rowspan"),    ON_CELLS},
    [ATTRIBUTE_SCOPE]      = {S_INIT("scope"),      ON_CELLS},
    [ATTRIBUTE_START]      = {S_INIT("start"),      ON_OL},
    [ATTRIBUTE_DATA_ALIGN] = {S_INIT("data-align"), ON_BLOCKS},
    [ATTRIBUTE_TITLE]      = {S_INIT("title"),      ON_ANY},
    [ATTRIBUTE_LANG]       = {S_INIT("lang"),       ON_ANY},
    [ATTRIBUTE_DIR]        = {S_INIT("dir"),        ON_ANY},
};

/* Whole numbers an attribute may hold. */
static const struct {
    enum attribute_id id;
    int64_t least, most;
} numbers[] = {
    {ATTRIBUTE_COLSPAN, 1, 1000},
    {ATTRIBUTE_ROWSPAN, 1, 1000},
    {ATTRIBUTE_WIDTH, 1, 10000},
    {ATTRIBUTE_HEIGHT, 1, 10000},
    {ATTRIBUTE_START, -100000, 100000},
};

/* Words an attribute may hold. */
static const struct {
    enum attribute_id id;
    struct str word;
} words[] = {
    {ATTRIBUTE_SCOPE, S_INIT("row")},      {ATTRIBUTE_SCOPE, S_INIT("col")},
    {ATTRIBUTE_SCOPE, S_INIT("rowgroup")}, {ATTRIBUTE_SCOPE, S_INIT("colgroup")},
    {ATTRIBUTE_DIR, S_INIT("ltr")},        {ATTRIBUTE_DIR, S_INIT("rtl")},
    {ATTRIBUTE_DIR, S_INIT("auto")},
    {ATTRIBUTE_DATA_ALIGN, S_INIT("center")}, {ATTRIBUTE_DATA_ALIGN, S_INIT("right")},
};

/* Our own attachments: pictures come from nowhere else. */
static const struct str picture_roots[] = {S_INIT("/files/")};

/* Style values that hide text from a reader, or mark Word's margin comments. Compared without blanks, lower case. */
static const struct {
    struct str property, value;
} hiding_styles[] = {
    {S_INIT("display"), S_INIT("none")},
    {S_INIT("visibility"), S_INIT("hidden")},
    {S_INIT("mso-hide"), S_INIT("all")},
    {S_INIT("mso-element"), S_INIT("comment")},
    {S_INIT("mso-element"), S_INIT("comment-list")},
    {S_INIT("mso-special-character"), S_INIT("comment")},
};
// clang-format on

enum { ELEMENT_NAME_MAX = 10, LANG_MAX = 35 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int compare_name(struct str source, struct str name)
{
    for (size_t i = 0; i < source.n && i < name.n; i++) {
        unsigned char a = (unsigned char)lower(source.p[i]);
        unsigned char b = (unsigned char)name.p[i];
        if (a != b) {
            return a < b ? -1 : 1;
        }
    }
    return source.n == name.n ? 0 : source.n < name.n ? -1 : 1;
}

static const struct element *element_row(struct str name)
{
    size_t low = 0;
    size_t high = sizeof(elements) / sizeof(elements[0]);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_name(name, elements[middle].name);
        if (order == 0) {
            return &elements[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

const struct element *element_find(struct str name)
{
    if (name.n > ELEMENT_NAME_MAX) {
        return NULL;
    }
    const struct element *e = element_row(name);
    if (e != NULL && !str_eq(e->name, e->as)) {
        e = element_row(e->as);
        must(e != NULL && str_eq(e->name, e->as));
    }
    return e;
}

struct str attribute_name(enum attribute_id id)
{
    must(id < ATTRIBUTE_COUNT);
    return attributes[id].name;
}

bool element_may_align(const struct element *e)
{
    switch (e->kind) {
    case ELEMENT_BLOCK:
    case ELEMENT_PARAGRAPH:
    case ELEMENT_HEADING:
    case ELEMENT_FIGURE_CAPTION:
    case ELEMENT_LIST:
    case ELEMENT_ITEM:
    case ELEMENT_TERMS:
    case ELEMENT_TERM:
    case ELEMENT_TABLE:
    case ELEMENT_TABLE_CAPTION:
    case ELEMENT_ROWS:
    case ELEMENT_ROW:
    case ELEMENT_CELL:
        return true;
    case ELEMENT_INLINE:
    case ELEMENT_LINK:
    case ELEMENT_RUBY_PART:
    case ELEMENT_VOID_INLINE:
    case ELEMENT_VOID_BLOCK:
    case ELEMENT_COLUMNS:
    case ELEMENT_COLUMN:
    case ELEMENT_DROP:
    case ELEMENT_DROP_NESTS:
    case ELEMENT_DROP_VOID:
        return false;
    }
    return false;
}

static bool may_carry(const struct element *e, enum carrier carrier)
{
    switch (carrier) {
    case ON_ANY:
        return true;
    case ON_BLOCKS:
        return element_may_align(e);
    case ON_CELLS:
        return e->kind == ELEMENT_CELL;
    case ON_OL:
        return str_eq(e->as, S("ol"));
    case ON_A:
        return e->kind == ELEMENT_LINK;
    case ON_IMG:
        return str_eq(e->as, S("img"));
    }
    return false;
}

bool attribute_find(const struct element *e, struct str name, enum attribute_id *id)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (str_eq_nocase(name, attributes[i].name)) {
            *id = (enum attribute_id)i;
            return may_carry(e, attributes[i].carrier);
        }
    }
    return false;
}

/* ---- addresses ---- */

static bool is_alnum(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool starts_nocase(struct str s, struct str prefix)
{
    return str_eq_nocase(str_sub(s, 0, prefix.n), prefix);
}

/* After "http://": a host, and no "name@" in front of it that would make a stranger's address look
 * like ours. */
static bool host_is_plain(struct str rest)
{
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#') {
        if (rest.p[end] == '@') {
            return false;
        }
        end++;
    }
    return end > 0 && (is_alnum(rest.p[0]) || (unsigned char)rest.p[0] >= 0x80 || rest.p[0] == '[');
}

static bool address_is_clean(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c == 0x7F || c == '\\') {
            return false;
        }
    }
    return s.n > 0;
}

static bool link_is_allowed(struct str s)
{
    if (!address_is_clean(s) || str_starts(s, S("//"))) {
        return false;
    }
    if (s.p[0] == '/' || s.p[0] == '#') {
        return true;
    }
    if (starts_nocase(s, S("http://"))) {
        return host_is_plain(str_skip(s, 7));
    }
    if (starts_nocase(s, S("https://"))) {
        return host_is_plain(str_skip(s, 8));
    }
    return (starts_nocase(s, S("mailto:")) && s.n > 7) || (starts_nocase(s, S("tel:")) && s.n > 4);
}

bool link_is_external(struct str value)
{
    return starts_nocase(value, S("http://")) || starts_nocase(value, S("https://"));
}

/* No step upwards in any spelling, no query: the picture is a file of ours and nothing else of
 * ours. */
static bool picture_is_allowed(struct str s)
{
    if (!address_is_clean(s) || str_has(s, S("//")) || str_has(s, S("/.")) || str_has(s, S("?")) ||
        str_has(s, S("#"))) {
        return false;
    }
    for (ptrdiff_t at = str_find_byte(s, '%', 0); at >= 0;
         at = str_find_byte(s, '%', (size_t)at + 1)) {
        struct str escape = str_sub(s, (size_t)at, (size_t)at + 3);
        if (str_eq_nocase(escape, S("%2e")) || str_eq_nocase(escape, S("%2f")) ||
            str_eq_nocase(escape, S("%5c"))) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof(picture_roots) / sizeof(picture_roots[0]); i++) {
        if (str_starts(s, picture_roots[i]) && s.n > picture_roots[i].n) {
            return true;
        }
    }
    return false;
}

/* ---- values ---- */

static bool number_value(struct arena *into, enum attribute_id id, struct str s, struct str *value)
{
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        int64_t number = 0;
        if (numbers[i].id == id && str_to_int(s, &number) && number >= numbers[i].least &&
            number <= numbers[i].most) {
            *value = str_from_int(into, number);
            return true;
        }
    }
    return false;
}

static bool word_value(enum attribute_id id, struct str s, struct str *value)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (words[i].id == id && str_eq_nocase(words[i].word, s)) {
            *value = words[i].word;
            return true;
        }
    }
    return false;
}

static bool language_is_allowed(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_alnum(s.p[i]) && s.p[i] != '-') {
            return false;
        }
    }
    return s.n > 0 && s.n <= LANG_MAX;
}

static bool check_value(
    struct arena *into, enum attribute_id id, struct str decoded, struct str *value)
{
    *value = str_trim(decoded);
    switch (id) {
    case ATTRIBUTE_HREF:
        return link_is_allowed(*value);
    case ATTRIBUTE_SRC:
        return picture_is_allowed(*value);
    case ATTRIBUTE_WIDTH:
    case ATTRIBUTE_HEIGHT:
    case ATTRIBUTE_COLSPAN:
    case ATTRIBUTE_ROWSPAN:
    case ATTRIBUTE_START:
        return number_value(into, id, *value, value);
    case ATTRIBUTE_SCOPE:
    case ATTRIBUTE_DATA_ALIGN:
    case ATTRIBUTE_DIR:
        return word_value(id, *value, value);
    case ATTRIBUTE_LANG:
        return language_is_allowed(*value);
    case ATTRIBUTE_ALT:
    case ATTRIBUTE_TITLE:
        *value = decoded;
        return true;
    case ATTRIBUTE_COUNT:
        break;
    }
    return false;
}

bool attribute_value(
    struct arena *into, enum attribute_id id, struct str decoded, struct str *value)
{
    bool allowed = check_value(into, id, decoded, value);
    if (!allowed) {
        *value = STR_NONE; /* nobody can write what was refused, even by mistake */
    }
    return allowed;
}

/* ---- style ---- */

struct style style_read(struct str decoded)
{
    struct style style = {.hides = false};
    struct str rest = decoded;
    struct str declaration;
    while (str_next(&rest, ';', &declaration)) {
        ptrdiff_t colon = str_find_byte(declaration, ':', 0);
        if (colon < 0) {
            continue;
        }
        struct str property = str_trim(str_sub(declaration, 0, (size_t)colon));
        struct str value = str_trim(str_skip(declaration, (size_t)colon + 1));
        ptrdiff_t important = str_find_byte(value, '!', 0);
        if (important >= 0) {
            value = str_trim(str_sub(value, 0, (size_t)important));
        }
        if (str_eq_nocase(property, S("text-align"))) {
            style.align = STR_NONE; /* the last one counts, "left" and "justify" too */
            (void)word_value(ATTRIBUTE_DATA_ALIGN, value, &style.align);
        }
        for (size_t i = 0; i < sizeof(hiding_styles) / sizeof(hiding_styles[0]); i++) {
            if (str_eq_nocase(property, hiding_styles[i].property) &&
                str_eq_nocase(value, hiding_styles[i].value)) {
                style.hides = true;
            }
        }
    }
    return style;
}
