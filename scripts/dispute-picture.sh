#!/usr/bin/env bash
# Draws the picture of the demo's dispute for the documents: dispute-picture.sh PAGE.html PICTURE.png
# It needs the Debian packages chromium and imagemagick; `make demo` writes the page to .demo/cases.
set -eu
page=$(realpath "$1")
drawn=$(mktemp --suffix .png)
trap 'rm -f "$drawn"' EXIT
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=960,2400 \
    --screenshot="$drawn" "file://$page" 2>/dev/null
convert "$drawn" -trim +repage -bordercolor '#f4f2ee' -border 24 +dither -colors 64 -define png:compression-level=9 "$2"
