/*
 * utf8.h: the door for text, and the counting of characters.
 */
#ifndef GK_BASE_UTF8_H
#define GK_BASE_UTF8_H

#include "base/str.h"

/* Valid UTF-8 (RFC 3629: shortest form, no surrogates) without U+0000. */
bool utf8_valid(struct str s);
/* Code points. */
size_t utf8_count(struct str s);
/* Decodes one code point at *at (which it advances); s must be valid. UINT32_MAX at the end. */
uint32_t utf8_next(struct str s, size_t *at);
size_t utf8_encode(uint32_t code_point, char out[4]);
/* At most max_chars characters, the ellipsis that stands for what was cut among them. */
struct str text_shorten(struct arena *into, struct str s, size_t max_chars);
/* One line of text as people typed it: control characters and line breaks become spaces, runs of blanks one space, ends
 * trimmed; zero-width and bidirectional control characters dropped. */
struct str text_line(struct arena *into, struct str s);
/* Several lines: CRLF to LF, a tab becomes a space, other controls and hidden characters dropped, trailing blanks of lines dropped, ends trimmed. */
struct str text_lines(struct arena *into, struct str s);
/* Full-width ASCII (digits, letters, brackets, U+3000) to half width. */
struct str text_narrow(struct arena *into, struct str s);
/* The same for one character. */
uint32_t char_narrow(uint32_t code_point);

#endif
