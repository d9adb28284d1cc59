#!/bin/bash
# normalize.sh - time of normalize against yajl and jq on the same papers
#
# usage: normalize.sh YAJL_NOOP RUNS DBLP.XML PAPERS.NDJSON ...
#
# YAJL_NOOP is a program that only lets yajl read its input.  The papers are what
# parse writes.  Prints medians of the runs, all in turn: seconds of the user and
# seconds that passed of yajl and of normalize, normalize's share of yajl's speed by
# both, its memory; how many times as fast as jq it is that does a third of its
# work (white space of titles and names, a small table of venues, the year a
# number), on the first 20,000 papers; and of DBLP.XML ("-": of none) how long
# "parse | normalize" takes against the slower of the two alone.
set -euo pipefail
export LC_ALL=C
yajl=$1
runs=$2
xml=$3
shift 3
here=$(dirname "$0")
bin=${BIN:-$here/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck source=tests/bench/timing.sh
. "$here/timing.sh"

third='
{ "nips": "NeurIPS", "corr": "arXiv", "icml": "ICML", "acl": "ACL" } as $venues
| def tidy: gsub("[ \\t\\n]+"; " ") | sub("^ "; "") | sub(" $"; "");
if .title then .title |= tidy else . end
| if .authors then .authors[].name |= tidy else . end
| if .venue then .venue = ($venues[.venue | ascii_downcase] // .venue) else . end
| if (.year | type) == "string" then .year |= tonumber else . end'

printf '%-14s %6s %15s %15s %15s %8s %6s\n' papers MB 'yajl s' 'normalize s' \
    'share of speed' 'RSS KB' 'of jq'
for papers; do
	head -n 20000 "$papers" >"$tmp/head"
	for _ in $(seq "$runs"); do
		timed "$tmp/yajl" "$yajl" <"$papers" >/dev/null
		timed "$tmp/normalize" "$bin/normalize" -q <"$papers" >/dev/null
		timed "$tmp/few" "$bin/normalize" -q <"$tmp/head" >/dev/null
		timed "$tmp/jq" jq -c "$third" <"$tmp/head" >/dev/null
	done
	awk -v papers="$(basename "$papers")" \
	    -v size="$(stat -c %s "$papers")" \
	    -v yu="$(median_of 3 "$tmp/yajl")" \
	    -v ye="$(median_of 1 "$tmp/yajl")" \
	    -v nu="$(median_of 3 "$tmp/normalize")" \
	    -v ne="$(median_of 1 "$tmp/normalize")" \
	    -v rss="$(median_of 2 "$tmp/normalize")" \
	    -v few="$(median_of 3 "$tmp/few")" -v jq="$(median_of 3 "$tmp/jq")" '
	    function share(a, b) { return b > 0 ? a / b : 0 }
	    BEGIN { printf "%-14s %6.1f %6.2f / %6.2f %6.2f / %6.2f %6.2f / %6.2f %8d %6.1f\n",
		papers, size / 1e6, yu, ye, nu, ne, share(yu, nu),
		share(ye, ne), rss, share(jq, few) }'
	rm "$tmp"/{yajl,normalize,few,jq}
done
[ "$xml" != - ] || exit 0
cat "$xml" >/dev/null
"$bin/parse" -q -E 100% -f dblp "$xml" >"$tmp/papers" 2>/dev/null
for _ in $(seq "$runs"); do
	timed "$tmp/parse" "$bin/parse" -q -E 100% -f dblp "$xml" \
	    >/dev/null 2>&1
	timed "$tmp/alone" "$bin/normalize" -q <"$tmp/papers" >/dev/null
	timed "$tmp/both" bash -c '"$1" -q -E 100% -f dblp "$3" 2>/dev/null |
	    "$2" -q' - "$bin/parse" "$bin/normalize" "$xml" >/dev/null
done
awk -v p="$(median_of 1 "$tmp/parse")" -v n="$(median_of 1 "$tmp/alone")" \
    -v both="$(median_of 1 "$tmp/both")" '
    BEGIN { slow = p > n ? p : n
	printf "parse %.2f s, normalize %.2f s, both in a pipe %.2f s: %.2f of the slower one\n",
	    p, n, both, (slow > 0 ? both / slow : 0) }'
