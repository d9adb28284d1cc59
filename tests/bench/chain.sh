#!/bin/bash
# chain.sh - time and memory of the chain on a dblp.xml, against peers
#
# usage: chain.sh DBLP.XML [RUNS]
#
# Each stage reads the file that the one before it wrote.  The peers do less on
# the same input: xmllint --stream only parses the XML (its DTD beside it), jq -c .
# only copies the JSON.  Prints the median of the runs (stage and peer in turn), the ratio, and
# the peak memory of the stage.  The peer's output goes to /dev/null.
set -euo pipefail
xml=$1
runs=${2:-3}
bin=${BIN:-$(dirname "$0")/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck source=tests/bench/timing.sh
. "$(dirname "$0")/timing.sh"

# stage NAME OUTPUT COMMAND ... -- PEER ...
stage()
{
	local name=$1 output=$2 command=() _
	shift 2
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	for _ in $(seq "$runs"); do
		timed "$tmp/a" "${command[@]}" >"$output" 2>>"$tmp/messages"
		timed "$tmp/b" "$@" >/dev/null
	done
	read -r t m _ < <(median "$tmp/a")
	read -r p _ < <(median "$tmp/b")
	awk -v n="$name" -v t="$t" -v m="$m" -v p="$p" -v peer="$1" 'BEGIN {
		printf "%-10s %6.1f s %8.1f MB   %.2f times %s (%.1f s)\n",
		    n, t, m / 1024, t / p, peer, p }'
	rm "$tmp/a" "$tmp/b"
}

stage parse "$tmp/1" "$bin/parse" -q -f dblp "$xml" \
    -- xmllint --stream --noout --loaddtd --nonet --huge "$xml"
stage normalize "$tmp/2" "$bin/normalize" -q "$tmp/1" -- jq -c . "$tmp/1"
stage dedupe "$tmp/3" "$bin/dedupe" -q -T "$tmp" "$tmp/2" -- jq -c . "$tmp/2"
stage cluster "$tmp/4" "$bin/cluster" -q -T "$tmp" "$tmp/3" -- jq -c . "$tmp/3"
stage render "$tmp/5" "$bin/render" -q -T "$tmp" "$tmp/4" -- jq -c . "$tmp/4"
