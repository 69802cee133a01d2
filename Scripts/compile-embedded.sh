#!/bin/sh
# Compiles one module of Sources/ as Embedded Swift, whole, into WORK/NAME.o and WORK/NAME.swiftmodule; it sees the modules
# compiled into WORK before it.
# The engine is compiled for speed, what asks it for size: that is most of the module, and little of the time.
#   Scripts/compile-embedded.sh NAME WORK TOOLCHAIN/bin FLAGS…
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
name=$1
work=$2
bin=$3
shift 3
if [ "$name" = TinyGPT ]; then optimize=-O; else optimize=-Osize; fi
find "$root/Sources/$name" -name '*.swift' | LC_ALL=C sort | sed 's/.*/"&"/' > "$work/$name.files"
"$bin/swiftc" -enable-experimental-feature Embedded -swift-version 6 -wmo -parse-as-library $optimize \
  -enable-upcoming-feature MemberImportVisibility -suppress-warnings -package-name gptosaurus -module-name "$name" \
  -Xcc "-fmodule-map-file=$root/Scripts/CMath.modulemap" -Xcc "-I$root/Sources/CMath/include" -I "$work" "$@" \
  -emit-module -emit-module-path "$work/$name.swiftmodule" -emit-object -o "$work/$name.o" "@$work/$name.files"
