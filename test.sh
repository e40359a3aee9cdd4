#!/usr/bin/env bash
# Installs what the tests need, builds, runs all tests, and runs them once more with locks that guard nothing:
# the locks make the work quiet, the order's row makes it correct. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"

install_missing() {
  local missing=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
  command -v chromium >/dev/null || command -v chromium-headless-shell >/dev/null || missing+=(chromium)
  [ -d /usr/share/fonts/opentype/noto ] && compgen -G "/usr/share/fonts/opentype/noto/NotoSansCJK*" >/dev/null || missing+=(fonts-noto-cjk)
  # runuser, kill and ps
  command -v runuser >/dev/null || missing+=(util-linux)
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq || return 1
  # Where the browser comes without its window, too: smaller, and a third quicker.
  [ -z "$(apt-cache pkgnames chromium-headless-shell)" ] || missing=("${missing[@]/%chromium/chromium-headless-shell}")
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

passed=0
failed=0
status=0
broken_tests=$(mktemp)

run_tests() {
  local name=$1 log
  shift
  log=$(mktemp)
  echo "== $name"
  dotnet test --no-build -c Test --solution OrderConsole.sln "$@" 2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  local succeeded broken
  succeeded=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -1)
  broken=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$log" | tail -1)
  # Once more at the end, where a reader looks first: the broken tests with their first lines.
  grep -A6 '^failed ' "$log" | cut -c1-300 >> "$broken_tests"
  rm -f "$log"
  [ "$code" -eq 0 ] || status=1
  # A run without a summary, or without a single test, has not tested anything.
  [ -n "$succeeded" ] && [ "$succeeded" -gt 0 ] || status=1
  passed=$((passed + ${succeeded:-0}))
  failed=$((failed + ${broken:-0}))
}

# Hundreds of consoles are started and none runs for long: what the compiler would learn of them is never used.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
install_missing || { echo "What the tests need could not be installed."; exit 1; }
dotnet build OrderConsole.sln -c Test --nologo || exit 1

run_tests "All tests"
# Without the tests whose subject is a lock that holds. The way of due orders, which asks for locks by itself, by default; with --whole
# everything.
asking=(--filter-namespace OrderConsole.Tests.Timeouts --filter-not-class "*KilledProcessesOnPostgres" "*KilledProcessesOnSqlite")
[ "${1:-}" != --whole ] || asking=()
OC_LOCKS=always-yes run_tests "The same with locks that always say yes" --filter-not-trait "Needs=Locks" "${asking[@]}"

[ "$failed" -eq 0 ] || status=1
cat "$broken_tests"
rm -f "$broken_tests"
echo "$passed passed, $failed failed"
exit "$status"
