#include "web/multipart.h"

#include "base/ban.h"
#include "base/buf.h"
#include "web/header.h"

enum { BOUNDARY_MOST = 70, PART_HEAD_MOST = 8 * 1024 };

enum place {
    PLACE_PREAMBLE, /* before the first boundary: dropped */
    PLACE_BODY,     /* in a part */
    PLACE_BEHIND,   /* just behind a boundary: CRLF (a part follows) or "--" (the end) */
    PLACE_HEAD,     /* in the head of a part */
    PLACE_EPILOGUE, /* behind the closing boundary: dropped */
    PLACE_BROKEN,
};

struct multipart {
    struct arena *arena;
    struct multipart_sink sink;
    enum place place;
    char mark[BOUNDARY_MOST + 4]; /* CRLF "--" boundary */
    size_t mark_n;
    uint8_t back[BOUNDARY_MOST + 4]; /* how much of the mark still fits after a mismatch */
    size_t matched;
    char behind[2];
    size_t behind_n;
    char *head;
    size_t head_n;
};

struct str multipart_boundary(struct arena *into, struct str content_type)
{
    ptrdiff_t semicolon = str_find_byte(content_type, ';', 0);
    struct str type = semicolon < 0 ? content_type : str_sub(content_type, 0, (size_t)semicolon);
    if (!str_eq_nocase(str_trim(type), S("multipart/form-data"))) {
        return STR_NONE;
    }
    struct str b = parameter_find(into, content_type, S("boundary"));
    if (b.p == NULL || b.n == 0 || b.n > BOUNDARY_MOST) {
        return STR_NONE;
    }
    for (size_t i = 0; i < b.n; i++) {
        if (b.p[i] < 0x20 || b.p[i] == 0x7f) {
            return STR_NONE;
        }
    }
    return b;
}

struct multipart *multipart_make(
    struct arena *into, struct str boundary, struct multipart_sink sink)
{
    must(boundary.n > 0 && boundary.n <= BOUNDARY_MOST);
    struct multipart *m = arena_new(into, struct multipart);
    m->arena = into;
    m->sink = sink;
    memcpy(m->mark, "\r\n--", 4);
    memcpy(m->mark + 4, boundary.p, boundary.n);
    m->mark_n = boundary.n + 4;
    size_t k = 0;
    for (size_t i = 1; i < m->mark_n; i++) {
        while (k > 0 && m->mark[i] != m->mark[k]) {
            k = m->back[k - 1];
        }
        k += m->mark[i] == m->mark[k] ? 1 : 0;
        m->back[i] = (uint8_t)k;
    }
    m->matched = 2; /* the first boundary may stand at the very beginning */
    m->head = arena_alloc(into, PART_HEAD_MOST);
    return m;
}

static void give(struct multipart *m, const char *p, size_t n)
{
    if (m->place == PLACE_BODY && n > 0) {
        m->sink.bytes(m->sink.arg, p, n);
    }
}

/* Looks for the mark; what cannot be part of it is content. Returns the bytes used. */
static size_t scan(struct multipart *m, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        if (m->matched == 0) {
            const char *cr = memchr(p + i, '\r', n - i);
            size_t plain = cr != NULL ? (size_t)(cr - p) - i : n - i;
            give(m, p + i, plain);
            i += plain;
            if (cr == NULL) {
                break;
            }
        }
        while (m->matched > 0 && p[i] != m->mark[m->matched]) {
            size_t keep = m->back[m->matched - 1];
            give(m, m->mark, m->matched - keep);
            m->matched = keep;
        }
        if (p[i] != m->mark[m->matched]) {
            give(m, p + i, 1);
            i++;
            continue;
        }
        i++;
        if (++m->matched == m->mark_n) {
            if (m->place == PLACE_BODY) {
                m->sink.end(m->sink.arg);
            }
            m->matched = 0;
            m->behind_n = 0;
            m->place = PLACE_BEHIND;
            break;
        }
    }
    return i;
}

/* Behind a boundary: blanks are allowed before the CRLF. */
static size_t step_behind(struct multipart *m, const char *p)
{
    if (m->behind_n == 0 && (*p == ' ' || *p == '\t')) {
        return 1;
    }
    m->behind[m->behind_n++] = *p;
    if (m->behind_n < 2) {
        return 1;
    }
    if (memcmp(m->behind, "\r\n", 2) == 0) {
        m->place = PLACE_HEAD;
        m->head_n = 0;
    } else if (memcmp(m->behind, "--", 2) == 0) {
        m->place = PLACE_EPILOGUE;
    } else {
        m->place = PLACE_BROKEN;
    }
    return 1;
}

static bool read_part_head(struct multipart *m, struct part_head *out)
{
    struct str rest = str_dup(m->arena, str_make(m->head, m->head_n));
    struct str line;
    while (str_next_line(&rest, &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon < 0) {
            continue;
        }
        struct str name = str_trim(str_sub(line, 0, (size_t)colon));
        struct str value = str_trim(str_skip(line, (size_t)colon + 1));
        if (!str_eq_nocase(name, S("Content-Disposition")) || !str_starts(value, S("form-data"))) {
            continue;
        }
        out->name = parameter_find(m->arena, value, S("name"));
        struct str file = parameter_find(m->arena, value, S("filename"));
        out->is_file = file.p != NULL;
        out->file_name = file;
        return out->name.p != NULL;
    }
    return false;
}

static size_t step_head(struct multipart *m, const char *p)
{
    if (m->head_n == PART_HEAD_MOST) {
        m->place = PLACE_BROKEN;
        return 1;
    }
    m->head[m->head_n++] = *p;
    if (m->head_n < 4 || memcmp(m->head + m->head_n - 4, "\r\n\r\n", 4) != 0) {
        return 1;
    }
    struct part_head head = {0};
    if (!read_part_head(m, &head)) {
        m->place = PLACE_BROKEN;
        return 1;
    }
    m->sink.begin(m->sink.arg, &head);
    m->place = PLACE_BODY;
    m->matched = 0;
    return 1;
}

bool multipart_add(struct multipart *m, const char *p, size_t n)
{
    while (n > 0) {
        size_t used = n;
        switch (m->place) {
        case PLACE_PREAMBLE:
        case PLACE_BODY:
            used = scan(m, p, n);
            break;
        case PLACE_BEHIND:
            used = step_behind(m, p);
            break;
        case PLACE_HEAD:
            used = step_head(m, p);
            break;
        case PLACE_EPILOGUE:
            break;
        case PLACE_BROKEN:
            return false;
        }
        p += used;
        n -= used;
    }
    return m->place != PLACE_BROKEN;
}

bool multipart_whole(const struct multipart *m)
{
    return m->place == PLACE_EPILOGUE;
}
