/*
 * lex.h: a page as a row of tokens: text, {{ print }} and {% do %}. Comments are gone, and so are
 * lines that hold only tags.
 */
#ifndef GK_GEN_VIEWC_LEX_H
#define GK_GEN_VIEWC_LEX_H

#include "viewc.h"

enum token_kind { TOKEN_END, TOKEN_TEXT, TOKEN_PRINT, TOKEN_DO };

struct token {
    enum token_kind kind;
    int line;
    struct text text; /* of a tag: what stands between the braces */
};

struct lexer {
    struct job *job;
    const struct source *source;
    size_t at;
    size_t strip_to; /* blanks and the line break before this offset are dropped */
    int line;
};

void lexer_init(struct lexer *x, struct job *job, const struct source *source);
bool lexer_next(struct lexer *x, struct token *t);

#endif
