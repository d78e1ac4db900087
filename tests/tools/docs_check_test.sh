#!/bin/sh
# tools/check-docs and tools/check-glossary against a small tree with one planted mistake at a time.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0
failed=0

# A tree where all is well.
plant() {
    rm -rf "$dir/tree"
    mkdir -p "$dir/tree/docs/operate" "$dir/tree/docs/rooms" "$dir/tree/src/core" "$dir/tree/src/cap/x"
    cd "$dir/tree" || exit 1
    printf '# All\n\n[words](glossary.md#words) [set](operate/settings.md) [x](rooms/x.md) `src/core/thing.h` `thing_find` `THING_NEW`\n\n    `no_such_name` in code\n' >docs/README.md
    printf '# Words\n\n`thing`, `MAY_THING`, `THING_NEW`, `keeper`\n' >docs/glossary.md
    printf '# x\n' >docs/rooms/x.md
    printf '# Set\n\n`site.name`\n' >docs/operate/settings.md
    printf '/* thing.h */\nstruct thing {\n};\nstruct things {\n};\nenum thing_line { THING_NEW };\nextern const struct may MAY_THING;\nvoid thing_find(void);\n' >src/core/thing.h
    printf '#define SETTINGS(X) \\\n    X(SETTING_NAME, "site.name", "", "")\n' >src/core/setting.h
    printf 'static const struct role_default roles[] = {\n    {"keeper", "", NULL},\n};\n' >src/cap/x/x_cap.c
}

# says TOOL WORDS: the tool fails and says so; with no words it must be content
says() {
    what=$1
    tool=$2
    words=$3
    if out=$("$root/tools/$tool" "$dir/tree" 2>&1); then status=0; else status=1; fi
    if { [ -z "$words" ] && [ "$status" -eq 0 ]; } || { [ -n "$words" ] && [ "$status" -ne 0 ] && echo "$out" | grep -q -F "$words"; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $what: $out"
    fi
}

plant; says 'a good tree' check-docs ''
plant; says 'good words' check-glossary ''
plant; echo '[gone](gone.md)' >>docs/README.md; says 'a link to nowhere' check-docs 'docs/README.md:6: the link leads nowhere: gone.md'
plant; echo '[gone](glossary.md#gone)' >>docs/README.md; says 'a heading that is not there' check-docs 'no such heading'
plant; echo '`src/core/gone.c`' >>docs/README.md; says 'a file that is not there' check-docs 'there is no file src/core/gone.c'
plant; echo '`thing_lose()`' >>docs/README.md; says 'a function that is not there' check-docs 'nothing in the sources is called thing_lose'
plant; echo '# Lonely' >docs/lonely.md; says 'a page nobody links' check-docs 'docs/lonely.md:1: no page leads here'
plant; mkdir src/cap/y; touch src/cap/y/y_cap.c; says 'a capability without a page' check-docs 'the capability y has no page'
plant; printf 'struct other {\n};\n' >>src/core/thing.h; says 'a new noun' check-glossary 'src/core/thing.h:9: other is not in docs/glossary.md'
plant; echo 'extern const struct may MAY_OTHER;' >>src/core/thing.h; says 'a new right' check-glossary 'MAY_OTHER'
plant; echo 'enum kind { THING_OLD };' >>src/core/thing.h; says 'a new status' check-glossary 'THING_OLD'
plant; printf 'static const struct role_default roles[] = {\n    {"stranger", "", NULL},\n};\n' >src/cap/x/x_cap.c; says 'a new role' check-glossary 'role stranger'
plant; printf '    X(SETTING_OTHER, "site.other", "", "")\n' >>src/core/setting.h; says 'a setting nobody explains' check-glossary 'site.other'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
