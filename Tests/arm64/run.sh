#!/bin/sh
# The same bits on arm64: compiles the engine as Embedded Swift for arm64, trains 50 steps under qemu's user mode and compares
# the fingerprint with the golden one.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
bin=$(dirname -- "$(command -v swiftc)")
work=$(mktemp -d "${TMPDIR:-/tmp}/gptosaurus-arm64.XXXXXX")
trap 'rm -rf "$work"' EXIT

target="-target aarch64-none-none-elf"
# shellcheck disable=SC2086
sh "$root/Scripts/compile-embedded.sh" TinyGPT "$work" "$bin" $target
# shellcheck disable=SC2086
"$bin/swiftc" $target -enable-experimental-feature Embedded -wmo -parse-as-library -O -swift-version 6 -I "$work" \
  -Xcc "-fmodule-map-file=$root/Scripts/CMath.modulemap" -Xcc "-I$root/Sources/CMath/include" \
  -module-name Fingerprint -emit-object -o "$work/fingerprint.o" "$root/Tests/arm64/Fingerprint.swift"
"$bin/clang" --target=aarch64-none-none-elf -O1 -ffreestanding -fno-builtin -c "$root/Tests/arm64/start.c" \
  -o "$work/start.o"
"$bin/ld.lld" "$work/start.o" "$work/fingerprint.o" "$work/TinyGPT.o" --gc-sections -e _start -o "$work/fingerprint"
ours=$(qemu-aarch64 "$work/fingerprint" < "$root/Data/dinosaurs.txt")
golden=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["fingerprints"]["50"])' \
  "$root/Tests/Fixtures/golden.json")
if [ "$ours" != "$golden" ]; then
  echo "arm64: fingerprint after 50 steps is $ours, not $golden" >&2
  exit 1
fi
echo "arm64: fingerprint after 50 steps is $ours, as everywhere"
