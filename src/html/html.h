/*
 * html.h: the type of text that is already safe to print into a page.
 *
 * Only the sanitiser (sanitise.h) and compiled templates make one. There is deliberately no
 * html_from_str().
 */
#ifndef GK_HTML_HTML_H
#define GK_HTML_HTML_H

#include "base/str.h"

struct html {
    struct str safe;
};

#endif
