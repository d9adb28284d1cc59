#!/bin/bash
# site.sh - time, memory and size of a site, against tar that writes the same
#
# usage: site.sh CLUSTERED.NDJSON [JOBS [RUNS]]
#
# A full build, the same again with nothing changed, and with one title
# changed.  The peer is tar -x of the same tree and sync, which makes no page.
# Medians of the runs.  Nothing is removed before the end: ext4 looks long for
# an inode when many were freed within the last minutes.
set -euo pipefail
stream=$1
jobs=${2:-2}
runs=${3:-3}
bin=${BIN:-$(dirname "$0")/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck source=tests/bench/timing.sh
. "$(dirname "$0")/timing.sh"

build()
{
	timed "$tmp/$1" "$bin/render" -q --view html --jobs "$jobs" \
	    -T "$tmp" -o "$2" "$3"
}

n=$(grep -c '"kind":"paper"' "$stream")
awk -v n=$((n / 2)) 'NR == n { sub(/"title":"/, "&Changed: ") } 1' \
    "$stream" >"$tmp/changed.ndjson"
for run in $(seq "$runs"); do
	mkdir "$tmp/peer$run"
	build full "$tmp/site$run" "$stream"
	tar -C "$tmp/site$run/" -cf "$tmp/tar" .
	timed "$tmp/peer" bash -c 'tar -C "$1" -xf "$2" && sync -f "$1"' - \
	    "$tmp/peer$run" "$tmp/tar"
	build same "$tmp/site$run" "$stream"
	build first "$tmp/site$run" "$tmp/changed.ndjson"
	build next "$tmp/site$run" "$stream"
done
find "$tmp/site1/" -type f -printf '%s %f\n' | awk '{ files++; bytes += $1
    pages += /\.html$/ } END { printf "%d files, %d pages, %.0f MB\n",
    files, pages, bytes / 1e6 }'
files=$(find "$tmp/site1/" -type f | wc -l)
read -r peer _ < <(median "$tmp/peer")
for what in full same first next; do
	median "$tmp/$what" | awk -v what="$what" -v files="$files" \
	    -v peer="$peer" -v jobs="$jobs" 'BEGIN {
		name["full"] = "all of it"
		name["same"] = "nothing changed"
		name["first"] = "one title changed, first"
		name["next"] = "one title changed, next" }
	    { printf "%-26s %6.1f s (user %.1f, sys %.1f) %5.0f MB" \
		"  %6.0f files/s  %.2f times tar -x and sync (%.1f s)\n",
		name[what], $1, $3, $4, $2 / 1024, files / $1, $1 / peer,
		peer }'
done
