#!/bin/bash
# kill.t - runs of a pipeline that are killed at any moment, as TAP
#
# From the environment: BIN, KILLS (how many), SEED.  The sources are those of
# the demo, in two states that take turns, and some of the big lists where they
# are at hand.  After each kill a plain run must give what an undisturbed one
# gives, and a reader who looks all the while must always see a whole site.
set -euo pipefail
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL MFLAGS
cd "$(dirname "$0")/.."
BIN=${BIN:-$PWD/bin}
KILLS=${KILLS:-200}
RANDOM=${SEED:-1}
lists=${LISTS:-../shared/data/venues.tar.zst}

# what is synced need not reach a disk here
shm=/dev/shm
[ -w $shm ] || shm=/tmp
dir=$(mktemp -d "${TMPDIR:-$shm}/kill.XXXXXX")
reader=
finish()
{
	if [ -n "$reader" ]; then
		kill "$reader"
		wait "$reader" 2>/dev/null || true
	fi
	rm -rf "$dir"
}
trap finish EXIT

# Two states of the sources; make follows a link's change by the times of files.
mkdir "$dir/p"
cp -r pipelines/demo "$dir/p/x"
if [ -e "$lists" ]; then
	tar -C "$dir/p/x/sources" --zstd --transform 's,.*/,,' -xf "$lists" \
	    paperlists/{iclr/iclr2017,icml/icml2013,rss/rss2020}.json
	head -n 1 "$dir/p/x/sources.tsv" | tr '\t' '\n' >"$dir/columns"
	for list in iclr2017 icml2013 rss2020; do
		awk -v name="$list" '{ v = "" }
		    $0 == "source" { v = name } $0 == "format" { v = "json" }
		    $0 == "map" { v = "paperlists" }
		    $0 == "venue" { v = substr(name, 1, length(name) - 4) }
		    $0 == "year" { v = substr(name, length(name) - 3) }
		    $0 == "url" { v = "sources/" name ".json" }
		    { printf "%s%s", (NR > 1 ? "\t" : ""), v } END { print "" }' \
		    "$dir/columns" >>"$dir/p/x/sources.tsv"
	done
fi
# blocks for all cores even of small sources, and a gate that lets all through
printf 'SPREAD := 20000\nMAX_LOSS := 100%%\nKEEP := 2\n' >>"$dir/p/x/pipeline.mk"

state()
{
	{
		[ "$1" = 0 ] || echo '@misc{state, author = {Ann Lee},' \
		    'title = {A Paper of the Other State}, year = 1999}'
		cat pipelines/demo/sources/refs.bib
	} >"$dir/p/x/sources/refs.bib.tmp"
	mv "$dir/p/x/sources/refs.bib.tmp" "$dir/p/x/sources/refs.bib"
}

run()
{
	make -s pipeline NAME=x PIPELINES="$dir/p" OUT="$1" BIN="$BIN" JOBS=2 \
	    -o "$BIN/fetch" -o "$BIN/parse" -o "$BIN/normalize" \
	    -o "$BIN/dedupe" -o "$BIN/cluster" -o "$BIN/audit" -o "$BIN/render"
}

# All that must not depend on what happened before: times do, and so does what
# was public.
digest()
{
	(cd "$1/x" && {
		find site/ -type f ! -path site/report.html
		find fetched parsed normalized rejects -type f ! -name '*.stats'
		printf '%s\n' {deduped,clustered,ledger,about}.ndjson lock.tsv \
		    why.tsv
	} | sort | tr '\n' '\0' | xargs -0 sha256sum)
}

# What a reader sees: the pages of a site, as digests.
look()
{
	(cd -P "$1/x/site" 2>/dev/null && find . -type f ! -path ./report.html |
	    sort | tr '\n' '\0' | xargs -0 sha256sum 2>/dev/null | sha256sum)
}

# How long a run takes, in microseconds: timed FOLDER
timed()
{
	local begun=${EPOCHREALTIME/./}
	run "$1" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
	took=$((${EPOCHREALTIME/./} - begun))
}

for n in 0 1; do
	state $n
	timed "$dir/good$n"
	all=$took
	digest "$dir/good$n" >"$dir/good$n.list"
	look "$dir/good$n" >>"$dir/whole"
done
if [ "$(sort -u "$dir/whole" | wc -l)" != 2 ]; then
	echo "Bail out! the two states make one site"
	exit 1
fi
timed "$dir/out"
state 0
timed "$dir/out"
some=$took

read_on()
{
	local seen
	while :; do
		if [ -e "$dir/out/x/site" ]; then
			seen=$(look "$dir/out") || seen=none
			grep -qxF "$seen" "$dir/whole" || echo "$seen" >>"$dir/torn"
			echo >>"$dir/looks"
		fi
		sleep 0.05
	done
}
: >"$dir/torn"
read_on &
reader=$!

# Begin a run and kill its processes within so many microseconds; fails where
# it has ended by then, though nobody has waited for it.
kill_within()
{
	local group status=0
	micro=$(((RANDOM * 32768 + RANDOM) % $1))
	setsid bash -c "$(declare -f run); dir=$dir BIN=$BIN; run $dir/out" \
	    >/dev/null 2>&1 &
	group=$!
	sleep "$((micro / 1000000)).$(printf %06d $((micro % 1000000)))"
	kill -KILL -- "-$group" 2>/dev/null || true
	wait "$group" 2>/dev/null || status=$?
	[ $status = 137 ]
}

echo "1..$((KILLS + 1))"
which=0
for ((n = 1; n <= KILLS; n++)); do
	took=$some
	if [ $((RANDOM % 4)) = 0 ]; then
		# from nothing; the reader may be in there
		rm -rf "$dir"/gone.*
		mv "$dir/out/x" "$dir/gone.$n"
		took=$all
	fi
	which=$((1 - which))
	state $which
	until kill_within "$took"; do
		which=$((1 - which))
		state $which
		took=$some
	done
	why=
	if ! run "$dir/out" >"$dir/log" 2>&1; then
		why=$(cat "$dir/log")
	elif ! cmp -s "$dir/out/x/report.json" "$dir/out/x/runs/$(
	    basename "$(readlink "$dir/out/x/site")")/report.json"; then
		why="the report is not that of the site"
	elif ! digest "$dir/out" | diff "$dir/good$which.list" - >"$dir/log"; then
		why=$(head -n 5 "$dir/log")
	else
		why=$(cd "$dir/out/x" && find . -name '*.tmp' -o \
		    -name '*.jobs*' -o -name '*.link' -o -path './tmp/*')
	fi
	if [ -z "$why" ]; then
		echo "ok $n - killed after $((micro / 1000)) ms"
	else
		echo "not ok $n - killed after $((micro / 1000)) ms"
		printf '%s\n' "$why" | sed 's/^/# /'
	fi
done
looks=$(wc -l <"$dir/looks")
if [ -s "$dir/torn" ] || [ "$looks" -lt "$KILLS" ]; then
	echo "not ok $n - a reader saw a whole site, always"
	echo "# $(wc -l <"$dir/torn") of $looks looks were torn"
else
	echo "ok $n - a reader saw a whole site, $looks times"
fi
