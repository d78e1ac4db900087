/*
 * number.h: grammars of official numbers.
 *
 * Document number (发文字号; 党政机关公文处理工作条例 art. 9, GB/T 9704-2012): code 〔year〕 serial 号. People write every bracket
 * and width; one form is stored. Index number (索引号): agency-category-year-serial; the pattern is data of the tenant.
 */
#ifndef GK_RULES_NUMBER_H
#define GK_RULES_NUMBER_H

#include "base/str.h"

struct document_number {
    struct str code;  /* 泉丰教; 2 to 12 Han characters */
    int year;         /* four digits */
    int64_t serial;   /* from 1 */
};

/* Accepts 〔〕 [] () （） 【】 〖〗 ［］ ﹝﹞ and none, full-width digits, spaces, leading zeros, 第…号; 号 may be missing after a
 * bracketed year only. Years 1949 to 2099. 2018年第3号 is another kind of number and refused. False: not a document number. */
bool document_number_parse(struct arena *into, struct str typed, struct document_number *out);
/* 泉丰教〔2018〕137号 */
struct str document_number_format(struct arena *into, const struct document_number *n);
/* Did normalising change what was typed (beyond outer spaces)? For the note to the person. */
bool document_number_changed(struct str typed, struct str stored);

/* The first document number inside running text: offset and length in bytes. Here the year must be bracketed and 号 be there;
 * words such as 根据 before it are left out, and where the code's beginning cannot be told it is not taken. False when none. */
bool document_number_find(struct arena *into, struct str text, size_t from, size_t *at, size_t *len, struct document_number *out);

struct index_number {
    struct str agency;    /* QZ02114 */
    struct str category;  /* 2500 */
    int year;
    int64_t serial;
};

/* pattern: {agency} {category} {year} {serial:5} and literal letters, digits, hyphens, e.g. "{agency}-{category}-{year}-{serial:5}".
 * Agency, year and serial once each, category at most once (without it the series must count across categories); a hyphen
 * follows agency, category and serial unless they end the pattern. The two functions below must get a valid one. */
bool index_pattern_valid(struct str pattern);
struct str index_number_format(struct arena *into, struct str pattern, const struct index_number *n);
bool index_number_parse(struct arena *into, struct str pattern, struct str text, struct index_number *out);
/* Any text that may stand as a number in an address: letters, digits, hyphen, 1 to 64 bytes. */
bool index_number_safe(struct str text);

#endif
