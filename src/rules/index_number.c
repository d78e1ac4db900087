/*
 * index_number.c: index numbers by the tenant's pattern.
 *
 * A pattern is cut into pieces once per call; it is short. Agency and category are letters and
 * digits and end at the hyphen that must follow them, so a number can be read in one way only.
 */
#include "base/ban.h"
#include "base/buf.h"
#include "base/err.h"
#include "rules/number.h"

enum piece_kind {
    PIECE_LITERAL,
    PIECE_AGENCY,
    PIECE_CATEGORY,
    PIECE_YEAR,
    PIECE_SERIAL,
    PIECE_KINDS
};

struct piece {
    enum piece_kind kind;
    struct str literal;
    int width; /* of the serial; 0: as it comes */
};

enum {
    PIECES_MOST = 9,
    NUMBER_BYTES_MOST = 64,
    PATTERN_BYTES_MOST = 128,
    SERIAL_WIDTH_MOST = 12,
    SERIAL_DIGITS_MOST = 15
};

struct pieces {
    struct piece v[PIECES_MOST];
    size_t n;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool all_safe(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_word(s.p[i]) && s.p[i] != '-') {
            return false;
        }
    }
    return true;
}

bool index_number_safe(struct str text)
{
    return text.n > 0 && text.n <= NUMBER_BYTES_MOST && all_safe(text);
}

static bool read_placeholder(struct str name, struct piece *out)
{
    static const struct {
        struct str name;
        enum piece_kind kind;
    } known[] = {
        {S_INIT("agency"), PIECE_AGENCY},
        {S_INIT("category"), PIECE_CATEGORY},
        {S_INIT("year"), PIECE_YEAR},
        {S_INIT("serial"), PIECE_SERIAL},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (str_eq(name, known[i].name)) {
            *out = (struct piece){.kind = known[i].kind};
            return true;
        }
    }
    int64_t width = 0;
    if (str_starts(name, S("serial:")) && name.n <= 9 && is_digit(name.p[7]) &&
        str_to_int(str_skip(name, 7), &width) && width >= 1 && width <= SERIAL_WIDTH_MOST) {
        *out = (struct piece){.kind = PIECE_SERIAL, .width = (int)width};
        return true;
    }
    return false;
}

static bool cut_pattern(struct str pattern, struct pieces *out)
{
    *out = (struct pieces){0};
    struct str rest = pattern;
    while (rest.n > 0) {
        if (out->n == PIECES_MOST) {
            return false;
        }
        struct piece *p = &out->v[out->n++];
        if (rest.p[0] == '{') {
            const ptrdiff_t end = str_find_byte(rest, '}', 0);
            if (end < 0 || !read_placeholder(str_sub(rest, 1, (size_t)end), p)) {
                return false;
            }
            rest = str_skip(rest, (size_t)end + 1);
            continue;
        }
        const ptrdiff_t next = str_find_byte(rest, '{', 0);
        const size_t n = next < 0 ? rest.n : (size_t)next;
        *p = (struct piece){.kind = PIECE_LITERAL, .literal = str_sub(rest, 0, n)};
        if (!all_safe(p->literal)) {
            return false;
        }
        rest = str_skip(rest, n);
    }
    return true;
}

/* Can what follows this piece be told from it? */
static bool ends_clearly(const struct pieces *all, size_t i)
{
    const enum piece_kind kind = all->v[i].kind;
    if (kind == PIECE_LITERAL || kind == PIECE_YEAR || i + 1 == all->n) {
        return true;
    }
    const struct piece *next = &all->v[i + 1];
    return next->kind == PIECE_LITERAL && next->literal.p[0] == '-';
}

bool index_pattern_valid(struct str pattern)
{
    struct pieces all;
    if (pattern.n > PATTERN_BYTES_MOST || !cut_pattern(pattern, &all)) {
        return false;
    }
    int seen[PIECE_KINDS] = {0};
    for (size_t i = 0; i < all.n; i++) {
        seen[all.v[i].kind]++;
        if (!ends_clearly(&all, i)) {
            return false;
        }
    }
    return seen[PIECE_AGENCY] == 1 && seen[PIECE_YEAR] == 1 && seen[PIECE_SERIAL] == 1 &&
           seen[PIECE_CATEGORY] <= 1;
}

static void add_padded(struct buf *b, int width, int64_t v)
{
    buf_format(b, "%0*lld", width, (long long)v);
}

struct str index_number_format(struct arena *into, struct str pattern, const struct index_number *n)
{
    struct pieces all;
    must(index_pattern_valid(pattern) && cut_pattern(pattern, &all));
    must(n->serial > 0 && n->year >= 1000 && n->year <= 9999);
    struct buf b = buf_make(into, 1024);
    for (size_t i = 0; i < all.n; i++) {
        const struct piece *p = &all.v[i];
        switch (p->kind) {
        case PIECE_LITERAL:
            buf_add(&b, p->literal);
            break;
        case PIECE_AGENCY:
            buf_add(&b, n->agency);
            break;
        case PIECE_CATEGORY:
            buf_add(&b, n->category);
            break;
        case PIECE_YEAR:
            add_padded(&b, 4, n->year);
            break;
        case PIECE_SERIAL:
            add_padded(&b, p->width, n->serial);
            break;
        case PIECE_KINDS:
            must(false);
        }
    }
    must(!buf_full(&b));
    return buf_str(&b);
}

static struct str take_while(struct str *rest, bool (*is)(char), size_t most)
{
    size_t n = 0;
    while (n < rest->n && n < most && is(rest->p[n])) {
        n++;
    }
    const struct str taken = str_sub(*rest, 0, n);
    *rest = str_skip(*rest, n);
    return taken;
}

static bool take_number(struct str digits, size_t least, int64_t *out)
{
    const bool padded_enough = digits.n >= least;
    const bool longer_with_zero = digits.n > least && digits.n > 0 && digits.p[0] == '0';
    return digits.n > 0 && padded_enough && !longer_with_zero && str_to_int(digits, out) &&
           *out > 0;
}

static bool take_piece(const struct piece *p, struct str *rest, struct index_number *n)
{
    int64_t year = 0;
    switch (p->kind) {
    case PIECE_LITERAL:
        if (!str_starts(*rest, p->literal)) {
            return false;
        }
        *rest = str_skip(*rest, p->literal.n);
        return true;
    case PIECE_AGENCY:
        n->agency = take_while(rest, is_word, NUMBER_BYTES_MOST);
        return n->agency.n > 0;
    case PIECE_CATEGORY:
        n->category = take_while(rest, is_word, NUMBER_BYTES_MOST);
        return n->category.n > 0;
    case PIECE_YEAR:
        if (!take_number(take_while(rest, is_digit, 4), 4, &year) || year < 1000) {
            return false;
        }
        n->year = (int)year;
        return true;
    case PIECE_SERIAL:
        return take_number(
            take_while(rest, is_digit, SERIAL_DIGITS_MOST), (size_t)p->width, &n->serial);
    case PIECE_KINDS:
        break;
    }
    must(false);
    return false;
}

bool index_number_parse(
    struct arena *into, struct str pattern, struct str text, struct index_number *out)
{
    *out = (struct index_number){0};
    struct pieces all;
    must(index_pattern_valid(pattern) && cut_pattern(pattern, &all));
    if (!index_number_safe(text)) {
        return false;
    }
    struct index_number n = {0};
    struct str rest = text;
    for (size_t i = 0; i < all.n; i++) {
        if (!take_piece(&all.v[i], &rest, &n)) {
            return false;
        }
    }
    if (rest.n > 0) {
        return false;
    }
    n.agency = str_dup(into, n.agency);
    n.category = str_dup(into, n.category);
    *out = n;
    return true;
}
