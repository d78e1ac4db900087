#!/usr/bin/env bash
# Builds the rich text field into assets/built, from where it becomes part of the program: web/build.sh
#
# Does nothing when nothing of its own has changed. Without Node it says so and ends well: the program then has the plain field.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

out=../assets/built
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'No Node here: the program gets the plain text field instead of the editor.' >&2
    exit 0
fi

stamp=$(cat package.json package-lock.json build.sh ./*.js | sha256sum | cut -d ' ' -f 1)
if [ -f "$out/richtext.js" ] && [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi

echo 'Building the editor…'
installed=node_modules/.lock-installed
if ! cmp -s package-lock.json "$installed"; then
    # What the lock file says, and no scripts of other people's packages.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
    cp package-lock.json "$installed"
fi
mkdir -p "$out"
# Safari 14 reads destructuring but for one corner of default values, which esbuild holds against all of it.
node_modules/.bin/esbuild richtext.js --bundle --format=esm --minify --target=chrome86,safari14,firefox90 --supported:destructuring=true \
    --legal-comments=none --log-level=warning --outfile="$out/richtext.new"
mv "$out/richtext.new" "$out/richtext.js"
printf '%s\n' "$stamp" >"$out/stamp"
