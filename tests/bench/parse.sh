#!/bin/bash
# parse.sh - time of parse against the bare libraries on the same input
#
# usage: parse.sh YARDSTICKS RUNS FORMAT=FILE ...
#
# YARDSTICKS is a folder with programs that only let a library read the file and
# do nothing: csv_noop (libcsv), yajl_noop (yajl) on standard input, sax_noop FILE
# (libxml2).
# parse reads the file in the format and writes its papers to /dev/null.  A
# format may have options behind colons: "json:-m:paperlists=list.json".
#
# Prints the medians of the runs, of the two in turn: seconds of the user, which
# other work on the machine disturbs less, seconds that passed, and the speed of
# parse as a share of the library's by both.  And of the file twice: seconds that
# passed in one process and in two at once, on two cores, and how many times as
# fast these are.
set -euo pipefail
yard=$1
runs=$2
shift 2
bin=${BIN:-$(dirname "$0")/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck source=tests/bench/timing.sh
. "$(dirname "$0")/timing.sh"

# Sets noop to the command of a format's yardstick for a file.
yardstick()
{
	case $1 in
	csv) noop=("$yard/csv_noop") ;;
	dblp) noop=("$yard/sax_noop" "$2") ;;
	json | openreview) noop=("$yard/yajl_noop") ;;
	*) echo "parse.sh: no yardstick for $1" >&2; exit 64 ;;
	esac
}

printf '%-12s %-12s %6s %15s %15s %15s %15s %6s\n' format yardstick MB \
    'user s' 'elapsed s' 'share of speed' 'twice, elapsed' times
for arg; do
	file=${arg#*=}
	IFS=: read -r format options <<<"${arg%%=*}"
	IFS=: read -ra options <<<"$options"
	yardstick "$format" "$file"
	parse=("$bin/parse" -q -E 100% -f "$format" "${options[@]}")
	cat "$file" >/dev/null
	for _ in $(seq "$runs"); do
		timed "$tmp/noop" "${noop[@]}" <"$file" >/dev/null
		timed "$tmp/parse" "${parse[@]}" "$file" >/dev/null 2>&1
		timed "$tmp/one" "${parse[@]}" "$file" "$file" \
		    >/dev/null 2>&1
		timed "$tmp/two" xargs -0 -n 1 -P 2 "${parse[@]}" \
		    < <(printf '%s\0' "$file" "$file") >/dev/null 2>&1
	done
	awk -v format="$format" -v noop="${noop[0]##*/}" -v size="$(stat -c %s "$file")" \
	    -v nu="$(median_of 3 "$tmp/noop")" \
	    -v ne="$(median_of 1 "$tmp/noop")" \
	    -v pu="$(median_of 3 "$tmp/parse")" \
	    -v pe="$(median_of 1 "$tmp/parse")" \
	    -v one="$(median_of 1 "$tmp/one")" \
	    -v two="$(median_of 1 "$tmp/two")" '
		function share(a, b) { return b > 0 ? a / b : 0 }
		BEGIN { printf "%-12s %-12s %6.1f %6.2f / %6.2f %6.2f / %6.2f %6.2f / %6.2f %6.2f / %6.2f %6.2f\n",
		    format, noop, size / 1e6, pu, nu, pe, ne,
		    share(nu, pu), share(ne, pe), one, two, share(one, two) }'
	rm "$tmp"/{noop,parse,one,two}
done
