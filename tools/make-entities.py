#!/usr/bin/env python3
"""Writes src/html/entities.c: the named character references of the HTML standard.

The list is data of the standard; Python carries it as html.entities.html5. Run by hand, the result is committed:
    tools/make-entities.py > src/html/entities.c
"""
from html.entities import html5

HEAD = """\
/*
 * entities.c: the named character references of the HTML standard, sorted by bytes.
 *
 * Data, not code: made by tools/make-entities.py from the list that Python carries (html.entities.html5). A few old names
 * are valid without the semicolon, so they stand here twice. Two of the columns: first and second code point (0 = none).
 */
#include "html/entities.h"

#include "base/ban.h"

// clang-format off
const struct entity entities[] = {
"""
WIDTH = 120


def main():
    print(HEAD, end="")
    line = "   "
    for name in sorted(html5):
        points = [ord(c) for c in html5[name]] + [0]
        cell = ' {"%s",0x%x,%s},' % (name, points[0], "0x%x" % points[1] if points[1] else "0")
        if len(line) + len(cell) > WIDTH:
            print(line)
            line = "   "
        line += cell
    print(line)
    print("};\n// clang-format on\n\nconst size_t entities_count = sizeof(entities) / sizeof(entities[0]);")


main()
