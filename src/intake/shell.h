/*
 * shell.h: the lines a page puts around the document: 索引号, 文号, 发布机构, 公文生成日期, 时间 …
 * Private to this room.
 *
 * Labels are known in the spellings met in practice, with blanks inside (索 引 号), bullets before,
 * several on one line, with or without a colon, and with the value on the same line, in the next
 * cell or on the next line.
 */
#ifndef GK_INTAKE_SHELL_H
#define GK_INTAKE_SHELL_H

#include "intake/line.h"
#include "intake/page.h"

struct shell {
    size_t document_from; /* first line of the document itself */
    struct strs loose;    /* lines among the labels that are none: titles, names of columns */
};

/* Reads the labels from the top of the page into out. */
void shell_read(
    struct arena *into, struct lines lines, struct imported_page *out, struct shell *shell);
/* A line below the document that carries one of its labels: read into what is still empty; true
 * when it was one. */
bool shell_read_below(struct arena *into, struct str line, struct imported_page *out);

#endif
