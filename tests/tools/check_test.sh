#!/bin/sh
# tools/check must be able to fail: one planted mistake of each kind, each found at its line, and nothing else.
set -u
source=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0
failed=0

fresh() {
    rm -rf "$dir/tree"
    mkdir -p "$dir/tree/src/base" "$dir/tree/src/rules" "$dir/tree/src/store" "$dir/tree/src/web" "$dir/tree/src/cap/request/views" \
        "$dir/tree/src/cap/document" "$dir/tree/docs/rooms"
    cd "$dir/tree" || exit 1
    for room in base rules store web cap; do echo "# $room" >"docs/rooms/$room.md"; done
    printf "capabilities = {\n  'document': [],\n  'request': ['document'],\n}\n" >src/cap/meson.build
    for h in base/ban.h rules/day.h store/tx.h store/db.h web/page.h cap/request/request.h cap/document/document.h; do
        printf '/* A manual. */\n#ifndef GK_X_H\n#define GK_X_H\n#endif\n' >"src/$h"
    done
    printf '#include "cap/request/request.h"\n\n#include "cap/document/document.h"\n#include "store/tx.h"\n#include "request_sql.h"\n#include "base/ban.h"\n' \
        >src/cap/request/request_ops.c
    printf '#include "cap/request/request.h"\n#include "request_views.h"\n#include "web/page.h"\n#include "base/ban.h"\n' >src/cap/request/request_web.c
    printf '<p class="a">\n</p>\n' >src/cap/request/views/page.html
}

# expect FILE:LINE WORDS: exactly this finding; after the caller planted it.
expect() {
    said=$("$source/tools/check" "$dir/tree")
    status=$?
    findings=$(printf '%s\n' "$said" | sed '$d')
    if [ "$status" -eq 1 ] && [ "$(printf '%s\n' "$findings" | wc -l)" -eq 1 ] && printf '%s' "$findings" | grep -qF "$1: $2"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not found alone: $1: $2"
        printf '%s\n' "$said"
    fi
    fresh
}

fresh
if "$source/tools/check" "$dir/tree"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

printf '#include "store/tx.h"\n#include "base/ban.h"\n' >src/rules/day.c
expect src/rules/day.c:1 'rules may not include store/tx.h'
printf '#include "cap/request/request.h"\n#include "base/ban.h"\n' >src/web/page.c
expect src/web/page.c:1 'web may not know the capability request'
printf '#include "cap/request/request.h"\n#include "base/ban.h"\n' >src/cap/document/document_ops.c
expect src/cap/document/document_ops.c:1 'capability document does not list request'
printf '#include "web/page.h"\n#include "base/ban.h"\n' >src/cap/request/request_ops.c
expect src/cap/request/request_ops.c:1 'this kind of file of a capability may not include web/page.h'
printf '#include "store/tx.h"\n#include "base/ban.h"\n' >src/cap/request/request_web.c
expect src/cap/request/request_web.c:1 'this kind of file of a capability may not include store/tx.h'
printf '#include "request_sql.h"\n#include "base/ban.h"\n' >src/cap/request/request_web.c
expect src/cap/request/request_web.c:1 'SQL belongs to'
printf '#include "document_sql.h"\n#include "base/ban.h"\n' >src/cap/request/request_ops.c
expect src/cap/request/request_ops.c:1 'document_sql.h is not of this room'
printf '#include <sqlite3.h>\n#include "base/ban.h"\n' >src/web/page.c
expect src/web/page.c:1 '<sqlite3.h> belongs to store'
printf '#include "rules/day.h"\n' >src/rules/day.c
expect src/rules/day.c:1 'base/ban.h is not included'
printf '#include "base/ban.h"\nint f(void)\n{\n    free(0);\n}\n' >src/rules/day.c
expect src/rules/day.c:4 'a banned call'
printf '#define GK_MAY_ALLOCATE\n#include "base/ban.h"\n' >src/rules/day.c
expect src/rules/day.c:1 'allocates'
{ printf '#include "base/ban.h"\nint f(void)\n{\n'; yes '    ;' | head -n 69; printf '}\n'; } >src/rules/day.c
expect src/rules/day.c:3 'a function of 71 lines'
{ printf '#include "base/ban.h"\n'; yes '' | head -n 1000; } >src/rules/day.c
expect src/rules/day.c:1001 'a file of 1001 lines'
printf '#ifndef GK_X_H\n#define GK_X_H\n#endif\n' >src/rules/day.h
expect src/rules/day.h:1 'a header begins with its manual'
printf '#include "base/ban.h"\n/* %s: later */\n' "TO""DO" >src/rules/day.c
expect src/rules/day.c:2 'left for later'
printf '#include "base/ban.h"\n/* see /%s/x */\n' "work" >src/rules/day.c
expect src/rules/day.c:2 'a path of one machine'
rm docs/rooms/rules.md
expect docs/rooms/rules.md:1 'the room src/rules has no page'
printf '<p style="color: red">\n' >src/cap/request/views/page.html
expect src/cap/request/views/page.html:1 'inline style or handler'
printf '<p>\n<script>\n' >src/cap/request/views/page.html
expect src/cap/request/views/page.html:2 'style and script are files of assets/'
printf '<img src="https://example.org/a.png">\n' >src/cap/request/views/page.html
expect src/cap/request/views/page.html:1 'a page asks no other host'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
