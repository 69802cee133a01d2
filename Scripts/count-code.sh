#!/bin/sh
# Counts the lines of code, without blank lines and comments, of what a reader may ask about: `name=lines` separated by spaces.
#   Scripts/count-code.sh
set -eu
cd "$(dirname -- "$0")/.."

code() { # NAME FOLDER-OR-FILE…
  name=$1
  shift
  lines=$(find "$@" -type f \( -name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.js' -o -name '*.css' -o -name '*.html' \) \
    -exec cat {} + | awk '
      inside { if ($0 ~ /\*\/|-->/) inside = 0; next }        # the rest of a comment of several lines
      /^[ \t]*(\/\*|<!--)/ { if ($0 !~ /\*\/|-->/) inside = 1; next }
      /^[ \t]*(\/\/|$)/ { next }
      { count++ }
      END { print count + 0 }')
  printf '%s=%s' "$name" "$lines"
}
model=Sources/TinyGPT/Model
echo "$(code forward $model/Forward.swift) $(code backward $model/Backward.swift) $(code kernels Sources/TinyGPT/Kernels)" \
  "$(code engine Sources/CMath Sources/TinyGPT) $(code analysis Sources/TinyGPTAnalysis) $(code bridge Sources/TinyGPTWasm)" \
  "$(code page Web)"
