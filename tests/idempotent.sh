#!/bin/bash
# idempotent.sh - normalize changes nothing in what it writes
#
# usage: idempotent.sh FILE ...
#
# Each file holds papers or persons.  Prints the first lines that differ, what
# normalize makes of a line in front of what it makes of that; fails if there are
# any.
set -euo pipefail
bin=${BIN:-$(dirname "$0")/../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

failed=0
for file; do
	"$bin/normalize" -q -E 100% "$file" >"$tmp/once" 2>"$tmp/messages"
	"$bin/normalize" -q "$tmp/once" >"$tmp/twice"
	if ! cmp -s "$tmp/once" "$tmp/twice"; then
		failed=1
		echo "$file:"
		diff "$tmp/once" "$tmp/twice" | head -n 8 || true
	fi
done
exit "$failed"
