#!/bin/sh
# Installs what the tests need, says so, and runs them all.
#   Scripts/test.sh
set -eu
cd "$(dirname -- "$0")/.."
started=$(date +%s)
mkdir -p .build
say() { printf '\n== %s (%s s)\n' "$1" "$(($(date +%s) - started))"; }

say "Release build: tool, page, WebAssembly; meanwhile what the tests need is installed"
swift build -c release &
build=$!
trap 'kill "$build" 2> /dev/null || true' EXIT
missing=""
need() { command -v "$1" > /dev/null || missing="$missing $2"; } # COMMAND PACKAGE
need node nodejs
need python3 python3
python3 -c 'import venv, ensurepip' 2> /dev/null || missing="$missing python3-venv"
if [ "$(uname -s)" = Linux ]; then
  # Chromium without windows: its tests take four fifths of the time.
  need chromium-headless-shell chromium-headless-shell
  need firefox-esr firefox-esr
  # The browsers' text is drawn with it.
  [ -d /usr/share/fonts/truetype/dejavu ] || missing="$missing fonts-dejavu-core"
fi
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
cat Tests/cli/requirements.txt Tests/web/requirements.txt | LC_ALL=C sort -u > .build/requirements.txt
if ! cmp -s .build/requirements.txt "$venv/installed.txt"; then
  echo "with pip, into $venv: $(tr '\n' ' ' < .build/requirements.txt)"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --no-compile -r .build/requirements.txt
  cp .build/requirements.txt "$venv/installed.txt"
fi
export PATH="$PWD/$venv/bin:$PATH"
wait "$build"
trap - EXIT

say "Format, types and rules"
swift format lint --strict --recursive Package.swift Sources Tests Plugins
deno check -q --config Tests/web/page.deno.json Web/boot.js Web/lesson-boot.js
deno check -q --config Tests/web/worker.deno.json Web/worker-boot.js Web/*service-worker.js Web/core/*.js
oxlint -c .oxlintrc.json --deny-warnings Web Tests Benchmarks
sh Scripts/check-rules.sh

say "Swift tests of the code that ships"
sh Scripts/build-wasm.sh .build/scalar.wasm "" scalar &
scalar=$!
swift test -c release --disable-testable-imports

# Beside node, which keeps one core busy.
arm64=""
case "$(uname -sm)" in "Linux x86_64")
  sh Tests/arm64/run.sh > .build/arm64.txt 2>&1 &
  arm64=$!
  ;;
esac

say "The page's modules and WebAssembly under node, with and without SIMD"
wait "$scalar"
.build/release/gptosaurus site --output .build/site
GPTOSAURUS_WASM=.build/site/engine.wasm GPTOSAURUS_WASM_SCALAR=.build/scalar.wasm node --test Tests/wasm/ Tests/js/

if [ -n "$arm64" ]; then
  say "arm64 under qemu"
  wait "$arm64" || { cat .build/arm64.txt >&2; exit 1; }
  cat .build/arm64.txt
fi

say "The command line"
python -m pytest -q -n 3 --dist worksteal Tests/cli -W ignore::pytest.PytestRemovedIn10Warning

say "The page in Chromium"
python -m pytest -q -n 3 --dist worksteal Tests/web -W ignore::pytest.PytestRemovedIn10Warning

say "The main path in Firefox"
python -m pytest -q -n 3 --dist worksteal Tests/web -W ignore::pytest.PytestRemovedIn10Warning --browser firefox -m main_path

say "All tests passed"
