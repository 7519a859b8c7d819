#!/usr/bin/env bash
# The step of action.yml: docket lint and docket check with annotations, a job summary, SARIF files and outputs. The inputs
# come as DOCKET_* variables, GITHUB_OUTPUT, GITHUB_PATH, GITHUB_STEP_SUMMARY and RUNNER_TEMP from the runner.
set -euo pipefail

scratch=$(mktemp -d "${RUNNER_TEMP:-/tmp}/docket.XXXXXX")
# What was installed stays for later steps.
trap 'rm -rf "$scratch/summary.md" "$scratch/docket.deb"; rmdir "$scratch" 2>/dev/null || true' EXIT

fail() {
  echo "::error::$1"
  exit 2
}

# Unpacks the release package, which needs no root: docket needs nothing of the system but its time zones.
install_package() {
  [ -n "${DOCKET_PACKAGE:-}" ] || fail "docket is not on PATH, and the input 'package' names no release package"
  case $DOCKET_PACKAGE in
    https://*) curl -fsSL --retry 3 -o "$scratch/docket.deb" "$DOCKET_PACKAGE" || fail "$DOCKET_PACKAGE cannot be fetched" ;;
    *) [ -f "$DOCKET_PACKAGE" ] || fail "$DOCKET_PACKAGE: no such package"; cp "$DOCKET_PACKAGE" "$scratch/docket.deb" ;;
  esac
  dpkg-deb -x "$scratch/docket.deb" "$scratch/package" || fail "$DOCKET_PACKAGE is no package that dpkg can read"
  export PATH="$scratch/package/usr/bin:$PATH"
  docket --version >/dev/null || fail "the docket of $DOCKET_PACKAGE does not run on this machine"
  echo "$scratch/package/usr/bin" >>"$GITHUB_PATH"
}

# Runs docket with annotations on standard output; adds to the summary, and keeps the worse of the exit codes.
worst=0
run() {
  local status=0
  : >"$scratch/summary.md"
  docket "$@" --format github --output "markdown=$scratch/summary.md" || status=$?
  cat "$scratch/summary.md" >>"$GITHUB_STEP_SUMMARY"
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
}

command -v docket >/dev/null 2>&1 || install_package
rules=${DOCKET_RULES:-rules}
fail_on=${DOCKET_FAIL_ON:-error}
sarif=${DOCKET_SARIF:-docket.sarif}
lint_sarif="${sarif%.sarif}-rules.sarif"
# What a run before left would be taken for this one's.
rm -f "$sarif" "$lint_sarif"

if [ "${DOCKET_LINT:-true}" = true ]; then
  run lint "$rules" --fail-on "$fail_on" --output "sarif=$lint_sarif"
fi

tickets=()
while IFS= read -r path; do
  if [ -n "$path" ]; then tickets+=("$path"); fi
done <<<"${DOCKET_TICKETS:-}"
if [ ${#tickets[@]} -gt 0 ]; then
  options=(--rules "$rules" --fail-on "$fail_on" --output "sarif=$sarif")
  if [ -n "${DOCKET_BASELINE:-}" ]; then options+=(--baseline "$DOCKET_BASELINE"); fi
  if [ -n "${DOCKET_AS_OF:-}" ]; then options+=(--as-of "$DOCKET_AS_OF"); fi
  run check "${tickets[@]}" "${options[@]}"
elif [ "${DOCKET_LINT:-true}" != true ]; then
  fail "there is nothing to do: the input 'tickets' is empty, and 'lint' is not 'true'"
fi

{
  echo "exit-code=$worst"
  echo "sarif=$([ ${#tickets[@]} -gt 0 ] && [ -f "$sarif" ] && echo "$sarif")"
  echo "lint-sarif=$([ "${DOCKET_LINT:-true}" = true ] && [ -f "$lint_sarif" ] && echo "$lint_sarif")"
} >>"$GITHUB_OUTPUT"
exit "$worst"
