#include "web/form.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "web/filename.h"
#include "web/head.h"
#include "web/multipart.h"
#include "web/sniff.h"

#include "base/ban.h"

/* Behind the limit this much more is read and dropped, so that a browser hears the refusal. */
enum { GRACE_BYTES = 1024 * 1024 };

struct form_part {
    struct str name;
    struct buf text;
    bool is_file;
    struct str file_name;
    struct blob_writer *writer; /* NULL: refused, or no byte came yet */
    struct str refusal;
    struct buf head; /* first bytes, for sniffing */
    char *tail;      /* last bytes: a window of twice SNIFF_TAIL_BYTES */
    size_t tail_n;
    struct file *file;
};

struct form {
    struct arena *arena;
    const struct blob_store *blobs;
    struct form_limits limits;
    struct buf raw; /* urlencoded */
    struct multipart *multipart;
    bool urlencoded;
    uint64_t seen;
    size_t text_seen;
    int files;                 /* that brought bytes: each holds a descriptor until it is kept */
    enum form_verdict verdict; /* the first thing that went wrong */
    const struct err *failed;
    struct {
        struct form_part *v;
        size_t n, cap;
    } parts;
};

static void spoil(struct form *f, enum form_verdict verdict)
{
    if (f->verdict == FORM_WELL) {
        f->verdict = verdict;
    }
}

static void part_begin(void *arg, const struct part_head *head)
{
    struct form *f = arg;
    if (f->parts.n >= (size_t)f->limits.fields) {
        spoil(f, FORM_TOO_MANY);
        return;
    }
    struct form_part *p = vec_add(f->arena, &f->parts);
    p->name = head->name;
    p->is_file = head->is_file;
    p->file_name = head->file_name;
    p->text = buf_make(f->arena, f->limits.text_bytes);
}

static void keep_tail(struct form *f, struct form_part *p, const char *bytes, size_t n)
{
    if (p->tail == NULL) {
        p->tail = arena_alloc(f->arena, 2 * (size_t)SNIFF_TAIL_BYTES);
    }
    if (n > SNIFF_TAIL_BYTES) {
        bytes += n - SNIFF_TAIL_BYTES;
        n = SNIFF_TAIL_BYTES;
    }
    if (p->tail_n + n > 2 * (size_t)SNIFF_TAIL_BYTES) {
        memmove(p->tail, p->tail + p->tail_n - SNIFF_TAIL_BYTES, SNIFF_TAIL_BYTES);
        p->tail_n = SNIFF_TAIL_BYTES;
    }
    memcpy(p->tail + p->tail_n, bytes, n);
    p->tail_n += n;
}

static void file_bytes(struct form *f, struct form_part *p, const char *bytes, size_t n)
{
    if (p->refusal.n > 0) {
        return;
    }
    if (f->limits.file_bytes == 0) {
        p->refusal = S("这里不接收文件");
        return;
    }
    if (p->writer == NULL && f->files++ >= LIMIT_ATTACHMENTS) {
        p->refusal = str_format(f->arena, "一次最多上传 %d 个文件，请分次上传", LIMIT_ATTACHMENTS);
        return;
    }
    if (p->writer == NULL) {
        f->failed = blob_begin(f->arena, f->blobs, &p->writer);
        p->head = buf_make(f->arena, SNIFF_HEAD_BYTES);
    }
    if (f->failed == NULL && blob_size(p->writer) + n > f->limits.file_bytes) {
        p->refusal = str_format(
            f->arena, "文件超过 %zu MB，请压缩或拆分后重新上传", f->limits.file_bytes / MIB(1));
        return;
    }
    if (f->failed == NULL) {
        f->failed = blob_add(p->writer, bytes, n);
    }
    if (f->failed != NULL) {
        spoil(f, FORM_FAILED);
        return;
    }
    size_t room = SNIFF_HEAD_BYTES - p->head.n;
    buf_add_bytes(&p->head, bytes, n < room ? n : room);
    keep_tail(f, p, bytes, n);
}

static void part_bytes(void *arg, const char *bytes, size_t n)
{
    struct form *f = arg;
    if (f->verdict != FORM_WELL) {
        return;
    }
    struct form_part *p = &f->parts.v[f->parts.n - 1];
    if (p->is_file) {
        file_bytes(f, p, bytes, n);
        return;
    }
    f->text_seen += n;
    if (f->text_seen > f->limits.text_bytes) {
        spoil(f, FORM_TOO_LARGE);
        return;
    }
    buf_add_bytes(&p->text, bytes, n);
}

static void part_end(void *arg)
{
    (void)arg;
}

struct form *form_make(struct arena *into, const struct blob_store *blobs, struct str content_type,
    struct form_limits limits)
{
    struct form *f = arena_new(into, struct form);
    f->arena = into;
    f->blobs = blobs;
    f->limits = limits;
    struct str boundary = multipart_boundary(into, content_type);
    ptrdiff_t semicolon = str_find_byte(content_type, ';', 0);
    struct str type = semicolon < 0 ? content_type : str_sub(content_type, 0, (size_t)semicolon);
    if (boundary.p != NULL) {
        struct multipart_sink sink = {f, part_begin, part_bytes, part_end};
        f->multipart = multipart_make(into, boundary, sink);
    } else if (str_eq_nocase(str_trim(type), S("application/x-www-form-urlencoded"))) {
        f->urlencoded = true;
        f->raw = buf_make(into, limits.text_bytes);
    } else {
        f->verdict = FORM_TYPE;
    }
    return f;
}

bool form_add(struct form *f, struct str piece)
{
    f->seen += piece.n;
    if (f->seen > f->limits.total_bytes) {
        spoil(f, FORM_TOO_LARGE);
    }
    if (f->verdict != FORM_WELL) {
        return f->seen <= f->limits.total_bytes + GRACE_BYTES;
    }
    if (f->multipart != NULL) {
        if (!multipart_add(f->multipart, piece.p, piece.n)) {
            spoil(f, FORM_BROKEN);
        }
        return true;
    }
    buf_add(&f->raw, piece);
    if (buf_full(&f->raw)) {
        spoil(f, FORM_TOO_LARGE);
    }
    return true;
}

enum form_verdict form_urlencoded(
    struct arena *into, struct str raw, int most_fields, struct values *out)
{
    struct {
        struct value *v;
        size_t n, cap;
    } list = {0};
    struct str pair;
    while (str_next(&raw, '&', &pair)) {
        if (pair.n == 0) {
            continue;
        }
        if (list.n >= (size_t)most_fields) {
            return FORM_TOO_MANY;
        }
        ptrdiff_t equals = str_find_byte(pair, '=', 0);
        struct str name = equals < 0 ? pair : str_sub(pair, 0, (size_t)equals);
        struct str text = equals < 0 ? S("") : str_skip(pair, (size_t)equals + 1);
        struct value *v = vec_add(into, &list);
        if (!percent_decode(into, name, DECODE_FORM, &v->name) ||
            !percent_decode(into, text, DECODE_FORM, &v->text)) {
            return FORM_ENCODING;
        }
    }
    *out = (struct values){list.v, list.n};
    return FORM_WELL;
}

/* No file chosen: browsers send the field with an empty name and no bytes. */
static bool is_absent_file(const struct form_part *p)
{
    return p->is_file && p->file_name.n == 0 && p->writer == NULL && p->refusal.n == 0;
}

static enum form_verdict collect_parts(struct form *f, struct values *out)
{
    struct value *v = arena_many(f->arena, f->parts.n + 1, struct value);
    size_t n = 0;
    for (size_t i = 0; i < f->parts.n; i++) {
        struct form_part *p = &f->parts.v[i];
        if (!utf8_valid(p->name) || !utf8_valid(p->file_name) || !utf8_valid(buf_str(&p->text))) {
            return FORM_ENCODING;
        }
        if (is_absent_file(p)) {
            continue;
        }
        v[n].name = p->name;
        if (p->is_file) {
            p->file = arena_new(f->arena, struct file);
            p->file->name = file_name_clean(f->arena, p->file_name);
            v[n].file = p->file;
            v[n].text = p->file->name;
        } else {
            v[n].text = p->text.n > 0 ? buf_str(&p->text) : S("");
        }
        n++;
    }
    *out = (struct values){v, n};
    return FORM_WELL;
}

enum form_verdict form_finish(struct form *f, struct values *out)
{
    *out = (struct values){0};
    if (f->verdict != FORM_WELL) {
        return f->verdict;
    }
    if (f->urlencoded) {
        return form_urlencoded(f->arena, buf_str(&f->raw), f->limits.fields, out);
    }
    if (!multipart_whole(f->multipart)) {
        return FORM_BROKEN;
    }
    return collect_parts(f, out);
}

const struct err *form_failure(const struct form *f)
{
    return f->failed;
}

static const struct err *keep_file(struct form *f, struct form_part *p)
{
    if (p->writer == NULL && p->refusal.n == 0) {
        p->refusal = S("文件是空的，请检查后重新上传");
    }
    if (p->refusal.n == 0) {
        struct sniffed s = sniff(buf_str(&p->head), str_make(p->tail, p->tail_n), p->file->name);
        p->refusal = s.refusal;
        p->file->media_type = s.media_type;
    }
    if (p->refusal.n > 0) {
        return NULL;
    }
    struct sha256 digest;
    uint64_t size = 0;
    TRY(blob_keep(p->writer, &digest, &size));
    p->file->digest = sha256_hex(f->arena, digest);
    p->file->size_bytes = (int64_t)size;
    return NULL;
}

const struct err *form_keep(struct form *f, struct faults *faults)
{
    struct fault *v = arena_many(f->arena, f->parts.n + 1, struct fault);
    size_t n = 0;
    for (size_t i = 0; i < f->parts.n; i++) {
        struct form_part *p = &f->parts.v[i];
        if (p->file == NULL) {
            continue;
        }
        TRY(keep_file(f, p));
        if (p->refusal.n > 0) {
            v[n].field = p->name;
            v[n].words =
                str_format(f->arena, "“%.*s”：%.*s", STR_ARG(p->file->name), STR_ARG(p->refusal));
            n++;
        }
    }
    *faults = (struct faults){v, n};
    return NULL;
}
