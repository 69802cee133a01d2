#!/bin/sh
# Checks what the compiler doesn't: who imports whom (ARCHITECTURE.md), where raw memory is touched, and the data set's bytes.
set -eu
cd "$(dirname -- "$0")/.."
failed=0
fail() {
  echo "check-rules: $1" >&2
  failed=1
}

imports() { # FOLDER ALLOWED…: each import in FOLDER is one of the allowed modules
  folder=$1
  shift
  for module in $(grep -rhoE '^ *(@[a-z()A-Z]+ )?(public |internal |package |private )?import +[A-Za-z0-9_]+' \
    --include='*.swift' "$folder" | awk '{print $NF}' | sort -u); do
    case " $* " in
      *" $module "*) ;;
      *) fail "$folder imports $module; it may import: $*" ;;
    esac
  done
}
imports Sources/TinyGPT CMath TinyGPT256 TinyGPT512
imports Sources/TinyGPTAnalysis TinyGPT
imports Sources/TinyGPTWasm TinyGPT TinyGPTAnalysis
imports Sources/TinyGPTFormats TinyGPT TinyGPTAnalysis Foundation Glibc Darwin
imports Sources/gptosaurus TinyGPT TinyGPTAnalysis TinyGPTFormats ArgumentParser Foundation Dispatch Synchronization \
  NIOCore NIOPosix NIOHTTP1

if grep -rln '@testable' --include='*.swift' Tests; then fail "tests use @testable: they must test the code that ships"; fi
if grep -rlwE 'unsafe' --include='*.swift' Sources/TinyGPT Sources/TinyGPTAnalysis |
  grep -vE '^Sources/TinyGPT/(Memory/(View|Block)|Kernels/Lanes|Vectors/(Raw|Entry|Passes))\.swift$'; then
  fail "raw memory belongs in View.swift, Block.swift and Vectors/, bit patterns in Lanes.swift"
fi
if grep -vE '^ *(//|#|$)' Sources/CMath/include/CMath.h | grep -E '[a-z)] *[*/+-] *[a-z(].*[*/+-] *[a-z(]'; then
  fail "formulas belong in Swift: clang may contract two operations of one expression"
fi

expected=$(sed -n 's/^sha256 `\([0-9a-f]*\)`.*/\1/p' Data/dinosaurs.md)
actual=$(python3 -c 'import hashlib; print(hashlib.sha256(open("Data/dinosaurs.txt", "rb").read()).hexdigest())')
if [ "$actual" != "$expected" ]; then fail "Data/dinosaurs.txt has sha256 $actual, Data/dinosaurs.md says $expected"; fi
exit $failed
