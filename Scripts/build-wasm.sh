#!/bin/sh
# Compiles the engine to one WebAssembly module without imports.
#   Scripts/build-wasm.sh OUT.wasm [TOOLCHAIN/bin] [simd|scalar]
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
out=$1
bin=${2:-$(dirname -- "$(command -v swiftc)")}
kind=${3:-simd}
work=$(mktemp -d "${TMPDIR:-/tmp}/gptosaurus-wasm.XXXXXX")
trap 'rm -rf "$work"' EXIT

set -- -target wasm32-unknown-none-wasm -Xfrontend -disable-stack-protector
if [ "$kind" = simd ]; then set -- "$@" -Xcc -msimd128; fi
for module in TinyGPT TinyGPTAnalysis TinyGPTWasm; do
  sh "$root/Scripts/compile-embedded.sh" "$module" "$work" "$bin" "$@"
done
"$bin/clang" --target=wasm32 -O2 -ffreestanding -nostdlib -mbulk-memory -c "$root/Scripts/wasm-memory.c" \
  -o "$work/memory.o"
# The stack comes first, so that an overflow traps instead of overwriting data. It has room for ten times what the tests use.
"$bin/wasm-ld" --no-entry --strip-all --compress-relocations --gc-sections --stack-first -z stack-size=32768 \
  "$work/memory.o" "$work/TinyGPT.o" "$work/TinyGPTAnalysis.o" "$work/TinyGPTWasm.o" -o "$work/out.wasm"
mv "$work/out.wasm" "$out"
