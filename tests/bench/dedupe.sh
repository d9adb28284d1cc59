#!/bin/bash
# dedupe.sh - speed and memory of dedupe, and how they grow with the stream
#
# usage: dedupe.sh NORMALIZED.NDJSON [RUNS]
#
# Every tenth of the papers, all of them, and ten times as many: each once more in
# nine alphabets (dedupe-copies.py), so that they are other papers.  As a floor,
# what only finds titles that are equal: sort -u of lines with the title in front,
# and a dictionary of folded titles in Python, which parses the same lines.
# Medians of the runs, all in turn; ten times as many are run once.  dedupe has one
# thread, so has sort here.
set -euo pipefail
export LC_ALL=C
stream=$1
runs=${2:-3}
here=$(dirname "$0")
bin=${BIN:-$here/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck source=tests/bench/timing.sh
. "$here/timing.sh"

dictionary='
import json, sys
seen = {}
for line in sys.stdin.buffer:
    paper = json.loads(line)
    title = paper.get("title", "").casefold()
    seen.setdefault("".join(filter(str.isalnum, title)), []).append(paper["id"])
print(len(seen))
'

# measure SIZE: one run of each on the papers of this size
measure()
{
	cat "$tmp/papers" "$tmp/titles" >/dev/null
	timed "$tmp/dedupe.$1" "$bin/dedupe" -q -E 100% -T "$tmp" \
	    --stats "$tmp/stats.$1" "$tmp/papers" 2>>"$tmp/said" >/dev/null
	timed "$tmp/sort.$1" sort -u -t $'\t' -k 1,1 --parallel=1 -T "$tmp" \
	    "$tmp/titles" >/dev/null
	timed "$tmp/dictionary.$1" /usr/bin/python3 -c "$dictionary" \
	    <"$tmp/papers" >/dev/null
}

tell()
{
	local what=$1 name=$2 size t m u t0='' u0='' n
	for size in 0.1 1 10; do
		read -r t m u _ < <(median "$tmp/$what.$size")
		n=$(jq .in "$tmp/stats.$size")
		awk -v name="$name" -v size=$size -v n="$n" -v t="$t" -v u="$u" \
		    -v m="$m" -v t0="$t0" -v u0="$u0" \
		    -v papers="$([ "$what" != dedupe ] ||
		    jq .out "$tmp/stats.$size")" '
		    function rate(s) { return s > 0 ? n / s : 0 }
		    function times(a, b) {
			return b > 0 ? sprintf("%.2f", a / b) : ""
		    }
		    BEGIN { printf "%-20s %4sx %8d %8s %8.2f %8.2f %9d %9d %8.1f %8.1f %6s %6s\n",
			name, size, n, papers, u, t, rate(u), rate(t), m / 1024,
			(n ? m * 1e6 / n / 1024 : 0), times(u, u0),
			times(t, t0) }'
		t0=$t u0=$u
	done
}

for size in 0.1 1 10; do
	case $size in
	0.1) awk 'NR % 10 == 1' "$stream" >"$tmp/papers" ;;
	1) cat "$stream" >"$tmp/papers" ;;
	10) "$here/dedupe-copies.py" 10 <"$stream" >"$tmp/papers" ;;
	esac
	awk -v OFS='\t' '{
		at = match($0, /"title":"([^"\\]|\\.)*"/)
		print at ? substr($0, at + 9, RLENGTH - 10) : "", $0 }' \
	    "$tmp/papers" >"$tmp/titles"
	for _ in $(seq "$([ $size = 10 ] && echo 1 || echo "$runs")"); do
		measure $size
	done
done
printf '%-20s %5s %8s %8s %17s %19s %8s %8s %13s\n' '' '' '' '' 'seconds, of user,' \
    'records a second,' 'memory' 'a' 'times as long'
printf '%-20s %5s %8s %8s %8s %8s %9s %9s %8s %8s %6s %6s\n' '' size records \
    papers user elapsed user elapsed MB million user elapsed
tell dedupe dedupe
tell sort 'sort -u on a title'
tell dictionary 'Python dictionary'
echo 'dedupe is to do 100,000 a second, in 256 MB for a million, and ten times as
many in at most 11 times the time.  BibDedupe says of itself 113 to 137 a second.'
