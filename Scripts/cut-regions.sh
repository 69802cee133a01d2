#!/bin/sh
# Cuts the source regions that the page shows out of Sources/TinyGPT, as JSON: by name the file, the number of the first line
# and the lines between "// region: NAME" and "// end region". Fails where a region that Web/core/regions.js lists is missing.
#   Scripts/cut-regions.sh OUT.json [ROOT]
set -eu
root=${2:-$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)}
out=$1
asked=$(sed -n "s/^  '\([a-z-]*\)',\$/\1/p" "$root/Web/core/regions.js" | tr '\n' ' ')
if [ -z "$asked" ]; then
  echo "error: Web/core/regions.js lists no region." >&2
  exit 1
fi
cd "$root"
find Sources/TinyGPT -name '*.swift' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 awk -v asked="$asked" '
  function fail(sentence) { print "error: " sentence > "/dev/stderr"; failed = 1 }
  BEGIN { count = split(asked, names, " "); for (i = 1; i <= count; i++) wanted[names[i]] = 1 }
  FNR == 1 { closed() }
  function closed() { if (name != "") fail("region " name " of " file " has no end: write // end region after its last line."); name = "" }
  /^ *\/\/ region: / {
    closed()
    name = $3
    file = FILENAME
    if (name in cut) fail("region " name " stands twice: in " files[name] " and in " file ".")
    if (!(name in wanted)) fail("region " name " of " file " is asked for by nothing: list it in Web/core/regions.js, or remove its marks.")
    files[name] = file
    first[name] = FNR + 1
    cut[name] = ""
    next
  }
  /^ *\/\/ end region$/ {
    if (name == "") fail(FILENAME " line " FNR " ends a region that has no beginning.")
    name = ""
    next
  }
  name != "" {
    line = $0
    gsub(/[\\"]/, "\\\\&", line)
    gsub(/\t/, "\\t", line)
    cut[name] = cut[name] (cut[name] == "" ? "" : ",") "\"" line "\""
  }
  END {
    closed()
    for (i = 1; i <= count; i++) {
      if (!(names[i] in cut)) fail("the page shows the region " names[i] ", but Sources/TinyGPT has none: mark its lines with // region: " names[i] " and // end region.")
    }
    if (failed) exit 1
    printf "{"
    for (i = 1; i <= count; i++) {
      n = names[i]
      printf "%s\n\"%s\":{\"file\":\"%s\",\"first\":%d,\"lines\":[%s]}", (i == 1 ? "" : ","), n, files[n], first[n], cut[n]
    }
    print "\n}"
  }' > "$out"
