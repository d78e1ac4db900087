/*
 * file_kind_test.c: names and kinds of files, as hostile as they come.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "check_main.h"
#include "web/filename.h"
#include "web/sniff.h"

#include <string.h>

// clang-format off
static const struct {
    const char *sent, *cleaned;
} names[] = {
    {"通知.pdf", "通知.pdf"},
    {"../../etc/passwd", "passwd"},
    {"C:\\Users\\chen\\桌面\\方案.docx", "方案.docx"},
    {"a/b\\c/d.txt", "d.txt"},
    {"...hidden", "hidden"},
    {".htaccess", "htaccess"},
    {"..", "文件"},
    {"", "文件"},
    {"/", "文件"},
    {"   ", "文件"},
    {"a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"},
    {"abc\xe2\x80\xae" "fdp.exe", "abcfdp.exe"},
    {"\xef\xbb\xbf\xe2\x80\x8bz.txt", "z.txt"},
    {"a\"b<c>|d?e*f.pdf", "a_b_c__d_e_f.pdf"},
    {"name.pdf. . ", "name.pdf"},
    {"\xe3\x80\x80全角.pdf\xe3\x80\x80", "全角.pdf"},
};
// clang-format on

START_TEST(name_is_cleaned)
{
    ck_assert_str_is(file_name_clean(arena, str_from(names[_i].sent)), names[_i].cleaned);
}
END_TEST

START_TEST(long_name_keeps_its_extension_and_whole_characters)
{
    struct str name = S("");
    for (int i = 0; i < 200; i++) {
        name = str_cat(arena, name, S("公"));
    }
    name = file_name_clean(arena, str_cat(arena, name, S(".docx")));
    ck_assert_uint_le(name.n, LIMIT_FILE_NAME_BYTES);
    ck_assert(str_ends(name, S("公.docx")));
    ck_assert(utf8_valid(name));
    struct str plain = S("");
    for (int i = 0; i < 100; i++) {
        plain = str_cat(arena, plain, S("公文"));
    }
    plain = file_name_clean(arena, plain);
    ck_assert_uint_le(plain.n, LIMIT_FILE_NAME_BYTES);
    ck_assert(utf8_valid(plain));
}
END_TEST

#define LOCAL(name_length, name)                                                                   \
    "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" name_length "\0\0\0" name
#define CENTRAL(name_length, name)                                                                 \
    "PK\1\2\24\0\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" name_length                         \
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" name

// clang-format off
static const struct {
    struct str bytes;
    const char *name;
    const char *type; /* NULL: refused */
} kinds[] = {
    {S_INIT("%PDF-1.7\n"), "a.pdf", "application/pdf"},
    {S_INIT("\xff\xd8\xff\xe0"), "a.txt", "image/jpeg"},
    {S_INIT("\x89PNG\r\n\x1a\n...."), "a", "image/png"},
    {S_INIT("GIF89a...."), "a", "image/gif"},
    {S_INIT("RIFF....WEBPVP8 "), "a", "image/webp"},
    {S_INIT("RIFF....WAVEfmt \0"), "a", NULL},
    {S_INIT("plain text\n"), "a.txt", "text/plain"},
    {S_INIT("a,b\n1,2\n"), "a.CSV", "text/csv"},
    {S_INIT("\xb1\xed\xb8\xf1 GB18030\n"), "a.txt", "text/plain"},
    {S_INIT("PK\5\6\0\0\0\0"), "a.zip", "application/zip"},
    {S_INIT(LOCAL("\13", "hello.world") CENTRAL("\13", "hello.world")), "a.zip", "application/zip"},
    {S_INIT(LOCAL("\23", "[Content_Types].xml") CENTRAL("\21", "word/document.xml")), "a.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {S_INIT(LOCAL("\17", "xl/workbook.xml")), "a.docx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {S_INIT(LOCAL("\24", "ppt/presentation.xml")), "a", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {S_INIT(LOCAL("\7", "OFD.xml")), "a.ofd", "application/ofd"},
    {S_INIT(LOCAL("\10", "mimetypeapplication/vnd.oasis.opendocument.text")), "a.odt", "application/vnd.oasis.opendocument.text"},
    {S_INIT(LOCAL("\10", "mimetypeapplication/vnd.oasis.opendocument.spreadsheet")), "a.ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."), "a.doc", NULL},
    {S_INIT("Rar!\x1a\x07\x01"), "a.rar", NULL},
    {S_INIT("7z\xbc\xaf\x27\x1c"), "a.7z", NULL},
    {S_INIT("MZ\x90\0"), "a.pdf", NULL},
    {S_INIT("\x7f" "ELF\2"), "a", NULL},
    {S_INIT("#!/bin/sh\n"), "a.txt", NULL},
    {S_INIT("  \n<!DOCTYPE html><p>"), "a.txt", NULL},
    {S_INIT("<svg xmlns='x'>"), "a.png", NULL},
    {S_INIT("<?xml version='1.0'?>\n<svg onload='x'>"), "a.xml", NULL},
    {S_INIT("\xef\xbb\xbf<script>"), "a.csv", NULL},
    {S_INIT("\0\1\2\3"), "a.bin", NULL},
    {S_INIT(""), "a.txt", NULL},
};
// clang-format on

START_TEST(kind_is_told_by_content)
{
    struct str b = kinds[_i].bytes;
    struct sniffed s = sniff(b, b, str_from(kinds[_i].name));
    if (kinds[_i].type == NULL) {
        ck_assert_msg(s.media_type.n == 0, "row %d: %.*s", _i, STR_ARG(s.media_type));
        ck_assert(s.refusal.n > 0);
    } else {
        ck_assert_str_is(s.media_type, kinds[_i].type);
        ck_assert_uint_eq(s.refusal.n, 0);
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, name_is_cleaned, 0, sizeof(names) / sizeof(names[0]));
    tcase_add_test(tc, long_name_keeps_its_extension_and_whole_characters);
    tcase_add_loop_test(tc, kind_is_told_by_content, 0, sizeof(kinds) / sizeof(kinds[0]));
}
