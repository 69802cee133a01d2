#!/bin/sh
# Installs what the tests need, says so, and runs them all.
#   Scripts/test.sh
set -eu
cd "$(dirname -- "$0")/.."
started=$(date +%s)
say() { printf '\n== %s (%s s)\n' "$1" "$(($(date +%s) - started))"; }

say "Installing what the tests need"
missing=""
need() { command -v "$1" > /dev/null || missing="$missing $2"; } # COMMAND PACKAGE
need node nodejs
need python3 python3
python3 -c 'import venv, ensurepip' 2> /dev/null || missing="$missing python3-venv"
case "$(uname -sm)" in "Linux x86_64") need qemu-aarch64 qemu-user ;; esac
if [ -n "$missing" ]; then
  if command -v apt-get > /dev/null; then
    sudo=""
    if [ "$(id -u)" != 0 ]; then sudo=sudo; fi
    echo "with apt-get:$missing"
    $sudo apt-get update -qq
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
  else
    echo "Please install$missing, then run this again (on macOS: Homebrew's node and python)." >&2
    exit 69
  fi
fi
venv=.build/python
if ! cmp -s Tests/cli/requirements.txt "$venv/installed.txt"; then
  echo "with pip, into $venv: $(tr '\n' ' ' < Tests/cli/requirements.txt)"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r Tests/cli/requirements.txt
  cp Tests/cli/requirements.txt "$venv/installed.txt"
fi

say "Format and rules"
swift format lint --strict --recursive Package.swift Sources Tests Plugins
sh Scripts/check-rules.sh

say "Release build, WebAssembly included"
swift build -c release

say "Swift tests of the code that ships"
swift test -c release --disable-testable-imports

say "Swift tests of the debug build"
swift test

say "WebAssembly under node, with and without SIMD"
mkdir -p .build/wasm
sh Scripts/build-wasm.sh .build/wasm/simd.wasm
sh Scripts/build-wasm.sh .build/wasm/scalar.wasm "$(dirname -- "$(command -v swiftc)")" scalar
GPTOSAURUS_WASM=.build/wasm/simd.wasm GPTOSAURUS_WASM_SCALAR=.build/wasm/scalar.wasm node --test Tests/wasm/

case "$(uname -sm)" in "Linux x86_64")
  say "arm64 under qemu"
  sh Tests/arm64/run.sh
  ;;
esac

say "The command line"
"$venv/bin/python" -m pytest -q Tests/cli

say "All tests passed"
