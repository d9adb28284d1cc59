#!/bin/bash
# fuzz.t - what fuzzing found worth keeping, as TAP: each entry of a document is
# a paper or a reject, and parse ends with 0 or 65
set -u
export LC_ALL=C
cd "$(dirname "$0")/fuzz/seeds" || exit 1
bin=${BIN:-$PWD/../../../bin}
stats=$(mktemp)
trap 'rm -f "$stats"' EXIT

n=0
for dir in */; do
	format=${dir%/}
	n=$((n + 1))
	bad=
	for seed in "$dir"*; do
		"$bin/parse" -q -E 100% --stats "$stats" -r /dev/null \
		    -f "$format" "$seed" >/dev/null 2>&1
		status=$?
		case $status in
		0 | 65) ;;
		*) bad="$bad $seed ($status)" ;;
		esac
		jq -e '.in == .out + .rejected' "$stats" >/dev/null ||
		    bad="$bad $seed (no balance)"
	done
	if [ -z "$bad" ]; then echo "ok $n - $format"
	else echo "not ok $n - $format:$bad"; fi
done
echo "1..$n"
