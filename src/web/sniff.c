#include "web/sniff.h"

#include "base/ban.h"
#include "base/utf8.h"

#define REFUSE(text) ((struct sniffed){.refusal = S(text)})
#define TYPE(text) ((struct sniffed){.media_type = S(text)})

struct magic {
    size_t at;
    struct str bytes;
    struct str media_type;
    struct str refusal;
};

// clang-format off
static const struct magic magics[] = {
    {0, S_INIT("%PDF-"),                            S_INIT("application/pdf"), {NULL, 0}},
    {0, S_INIT("\xff\xd8\xff"),                     S_INIT("image/jpeg"), {NULL, 0}},
    {0, S_INIT("\x89PNG\r\n\x1a\n"),                S_INIT("image/png"), {NULL, 0}},
    {0, S_INIT("GIF87a"),                           S_INIT("image/gif"), {NULL, 0}},
    {0, S_INIT("GIF89a"),                           S_INIT("image/gif"), {NULL, 0}},
    {8, S_INIT("WEBP"),                             S_INIT("image/webp"), {NULL, 0}},
    {0, S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), {NULL, 0}, S_INIT("这是旧版 Office（.doc、.xls、.ppt）或 WPS 文件，请另存为 .docx、.xlsx、.pptx 或 PDF 后重新上传")},
    {0, S_INIT("Rar!\x1a\x07"),                     {NULL, 0}, S_INIT("不接收 RAR 压缩包，请解压后逐个上传文件，或改用 ZIP 压缩")},
    {0, S_INIT("7z\xbc\xaf\x27\x1c"),               {NULL, 0}, S_INIT("不接收 7z 压缩包，请解压后逐个上传文件，或改用 ZIP 压缩")},
    {0, S_INIT("MZ"),                               {NULL, 0}, S_INIT("这是程序文件，不能作为附件，请上传文档或图片")},
    {0, S_INIT("\x7f" "ELF"),                       {NULL, 0}, S_INIT("这是程序文件，不能作为附件，请上传文档或图片")},
    {0, S_INIT("#!"),                               {NULL, 0}, S_INIT("这是程序文件，不能作为附件，请上传文档或图片")},
    {0, S_INIT("\x1f\x8b"),                         {NULL, 0}, S_INIT("不接收 GZ 压缩包，请解压后逐个上传文件，或改用 ZIP 压缩")},
    {0, S_INIT("{\\rtf"),                           {NULL, 0}, S_INIT("不接收 RTF 文件，请另存为 .docx 或 PDF 后重新上传")},
};

struct entry_type {
    struct str entry;      /* a name inside the archive that only this kind has */
    struct str media_type;
};
static const struct entry_type entry_types[] = {
    {S_INIT("word/document"),       S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document")},
    {S_INIT("xl/workbook"),         S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")},
    {S_INIT("ppt/presentation"),    S_INIT("application/vnd.openxmlformats-officedocument.presentationml.presentation")},
    {S_INIT("OFD.xml"),             S_INIT("application/ofd")},
};
// clang-format on

static bool has_at(struct str s, size_t at, struct str what)
{
    return s.n >= at + what.n && memcmp(s.p + at, what.p, what.n) == 0;
}

static size_t little(struct str s, size_t at, int bytes)
{
    size_t v = 0;
    for (int i = bytes - 1; i >= 0; i--) {
        v = v << 8 | (unsigned char)s.p[at + (size_t)i];
    }
    return v;
}

/* Names of the archive's entries: from local heads in the first bytes, from the directory in the
 * last. */
static struct str entry_name(struct str s, size_t at)
{
    size_t name_at = 0;
    size_t n = 0;
    if (has_at(s, at, S("PK\3\4")) && s.n >= at + 30) {
        n = little(s, at + 26, 2);
        name_at = at + 30;
    } else if (has_at(s, at, S("PK\1\2")) && s.n >= at + 46) {
        n = little(s, at + 28, 2);
        name_at = at + 46;
    }
    return str_sub(s, name_at, name_at + n);
}

static struct str type_by_entries(struct str s)
{
    for (size_t at = 0; at + 30 < s.n; at++) {
        const char *p = memchr(s.p + at, 'P', s.n - at);
        if (p == NULL) {
            break;
        }
        at = (size_t)(p - s.p);
        struct str name = entry_name(s, at);
        for (size_t k = 0; name.n > 0 && k < sizeof(entry_types) / sizeof(entry_types[0]); k++) {
            if (str_starts(name, entry_types[k].entry)) {
                return entry_types[k].media_type;
            }
        }
    }
    return STR_NONE;
}

static struct sniffed sniff_zip(struct str head, struct str tail)
{
    /* OpenDocument says its type in a first entry that is not compressed. */
    if (has_at(head, 30, S("mimetypeapplication/vnd.oasis.opendocument.text"))) {
        return TYPE("application/vnd.oasis.opendocument.text");
    }
    if (has_at(head, 30, S("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))) {
        return TYPE("application/vnd.oasis.opendocument.spreadsheet");
    }
    struct str type = type_by_entries(tail);
    if (type.n == 0) {
        type = type_by_entries(head);
    }
    return (struct sniffed){.media_type = type.n > 0 ? type : S("application/zip")};
}

static bool starts_with_tag(struct str text, struct str tag)
{
    return text.n >= tag.n && str_eq_nocase(str_sub(text, 0, tag.n), tag);
}

static struct str lower_first(struct str text)
{
    while (text.n > 0 && (unsigned char)text.p[0] <= ' ') {
        text = str_skip(text, 1);
    }
    return text;
}

/* Text that a browser would run: the usual beginnings, anywhere in the first kilobyte. */
static bool is_markup(struct str head)
{
    static const struct str tags[] = {S_INIT("<!doctype html"), S_INIT("<html"), S_INIT("<head"),
        S_INIT("<body"), S_INIT("<script"), S_INIT("<iframe"), S_INIT("<svg"), S_INIT("<!--"),
        S_INIT("<table"), S_INIT("<title"), S_INIT("<meta"), S_INIT("<style")};
    struct str first = str_sub(head, 0, 1024);
    if (str_starts(first, S("\xef\xbb\xbf"))) {
        first = str_skip(first, 3);
    }
    if (!str_starts(lower_first(first), S("<"))) {
        return false;
    }
    for (size_t i = 0; i < first.n; i++) {
        if (first.p[i] != '<') {
            continue;
        }
        for (size_t k = 0; k < sizeof(tags) / sizeof(tags[0]); k++) {
            if (starts_with_tag(str_skip(first, i), tags[k])) {
                return true;
            }
        }
    }
    return false;
}

/* Text has no NUL and hardly any controls; Chinese offices still send GB18030, so UTF-8 is not
 * asked for. */
static bool is_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f) {
            return false;
        }
    }
    return s.n > 0;
}

static bool name_ends(struct str name, struct str ending)
{
    return name.n >= ending.n && str_eq_nocase(str_skip(name, name.n - ending.n), ending);
}

struct sniffed sniff(struct str head, struct str tail, struct str name)
{
    if (head.n == 0) {
        return REFUSE("文件是空的，请检查后重新上传");
    }
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        const struct magic *m = &magics[i];
        if (!has_at(head, m->at, m->bytes) || (m->at == 8 && !str_starts(head, S("RIFF")))) {
            continue;
        }
        return (struct sniffed){m->media_type, m->refusal};
    }
    if (has_at(head, 0, S("PK\3\4")) || has_at(head, 0, S("PK\5\6"))) {
        return sniff_zip(head, tail);
    }
    if (is_markup(head)) {
        return REFUSE("不接收网页（HTML）和 SVG 文件，请另存为 PDF 或图片后重新上传");
    }
    if (is_text(head) && is_text(tail)) {
        return name_ends(name, S(".csv")) ? TYPE("text/csv") : TYPE("text/plain");
    }
    return REFUSE("不能识别这种文件，请上传 PDF、OFD、Word、Excel、PPT、图片、文本或 ZIP 文件");
}
