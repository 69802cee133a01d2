#!/bin/sh
# Compiles the engine to one WebAssembly module without imports.
#   Scripts/build-wasm.sh OUT.wasm [TOOLCHAIN/bin] [simd|scalar]
# Each Swift module is compiled whole and sees those before it; clang adds the allocator; wasm-ld links.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
out=$1
bin=${2:-$(dirname -- "$(command -v swiftc)")}
work=$(mktemp -d "${TMPDIR:-/tmp}/gptosaurus-wasm.XXXXXX")
trap 'rm -rf "$work"' EXIT

simd="-Xcc -msimd128"
if [ "${3:-simd}" = scalar ]; then simd=""; fi

swift_module() { # NAME: Sources/NAME -> $work/NAME.o and $work/NAME.swiftmodule
  find "$root/Sources/$1" -name '*.swift' | LC_ALL=C sort | sed 's/.*/"&"/' > "$work/$1.files"
  # shellcheck disable=SC2086
  "$bin/swiftc" -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -swift-version 6 \
    -Xfrontend -disable-stack-protector -wmo -parse-as-library -O $simd -package-name gptosaurus -module-name "$1" \
    -enable-upcoming-feature MemberImportVisibility -suppress-warnings \
    -Xcc "-fmodule-map-file=$root/Scripts/CMath.modulemap" -Xcc "-I$root/Sources/CMath/include" -I "$work" \
    -emit-module -emit-module-path "$work/$1.swiftmodule" -emit-object -o "$work/$1.o" "@$work/$1.files"
}
swift_module TinyGPT
swift_module TinyGPTAnalysis
swift_module TinyGPTWasm

"$bin/clang" --target=wasm32 -O2 -ffreestanding -nostdlib -mbulk-memory -c "$root/Scripts/wasm-memory.c" \
  -o "$work/memory.o"
# The stack comes first, so that an overflow traps instead of overwriting data.
"$bin/wasm-ld" --no-entry --strip-all --gc-sections --stack-first -z stack-size=131072 \
  "$work/memory.o" "$work/TinyGPT.o" "$work/TinyGPTAnalysis.o" "$work/TinyGPTWasm.o" -o "$work/out.wasm"
mv "$work/out.wasm" "$out"
