/*
 * line.h: what one line of a saved page is. Private to this room.
 *
 * All questions look at the line alone, accept full and half width and blanks between signs, and
 * change nothing: the text of the document keeps its characters.
 */
#ifndef GK_INTAKE_LINE_H
#define GK_INTAKE_LINE_H

#include "base/date.h"

struct lines {
    const struct str *v; /* trimmed, none is empty */
    size_t n;
};

/* False when there are more than most lines with text. */
bool lines_split(struct arena *into, struct str text, size_t most, struct lines *out);

/* Narrow and without any blank: for comparison only. */
struct str squash(struct arena *into, struct str s);
/* Is the text this, told by its signs alone? */
bool squash_is(struct str s, struct str plain);
/* Joined without anything between. */
struct str lines_join(struct arena *into, struct lines lines, size_t from, size_t count);
size_t chars(struct str s);

/* The whole line is a day: 2018年7月24日, 2018-07-24, 二〇一八年七月二十四日. */
bool line_is_date(struct str line, struct date *out);
/* The line ends with a day: what stands before it, and the day. */
bool line_ends_with_date(struct str line, struct str *before, struct date *out);
/* The line is a document number and nothing else. */
bool line_is_number(struct arena *into, struct str line);
/* (此件主动公开) and its kin. attribute: one of the three words. */
bool line_is_mark(struct str line, struct str *attribute);
/* One of the three words from whatever a page says; empty when it says none. */
struct str attribute_word(struct str text);
/* 抄送：… */
bool line_is_cc(struct str line, struct str *names);
/* 办公室 2018年7月25日印发; office is empty when it stands elsewhere. */
bool line_is_print(struct str line, struct str *office, struct date *day);
/* A line the page adds below the document. */
bool line_is_foot(struct str line);
/* 文字解读 and its kin, below 相关解读. */
bool line_is_interpretation(struct str line);
/* 附件, 附件1, 附件2：名称; title is what follows the colon. */
bool line_is_part_mark(struct str line, struct str *title);
/* 区教育局各股(室),各区属学校: */
bool line_is_addressees(struct str line);
/* 一、 or 第一章: 1; （一）: 2; else 0. Only short lines that do not end like a sentence. */
int line_heading_level(struct str line);
/* Short, and does not end like a sentence. */
bool line_is_short(struct str line, size_t most_chars);
/* Ends with a kind of official paper: …的通知, …实施方案（试行）. */
bool line_ends_with_kind(struct str line);

/* Names split at ， , 、 ； ; outside brackets; a closing 。 or ： is left out. */
struct strs names_split(struct arena *into, struct str text);

#endif
