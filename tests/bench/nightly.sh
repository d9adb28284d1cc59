#!/bin/bash
# nightly.sh - what nights cost, and whether a source that shrinks is noticed
#
# usage: nightly.sh FOLDER [RUNS [DRAWS]]
#
# FOLDER has lists VENUE/VENUEYEAR.json.  They become five sources, which nginx
# serves on 127.0.0.1, each at a port of its own.  Medians of RUNS nights: all
# from nothing, nothing new (five times 304), one record in a thousand changed in
# all sources and in one of them, shares of the first.  Then DRAWS nights, in
# each of which one source lacks 5 % of its records: they must be refused.
set -euo pipefail
export LC_ALL=C
lists=$1
runs=${2:-3}
draws=${3:-20}
top=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
nginx_pid=
trap '[ -z "$nginx_pid" ] || kill "$nginx_pid"; rm -rf "$tmp"' EXIT
# shellcheck source=tests/bench/timing.sh
. "$top/tests/bench/timing.sh"
# shellcheck source=tests/web.sh
. "$top/tests/web.sh"

mkdir -p "$tmp"/{www,p/five}
n=0
for venue in "$lists"/*/; do
	n=$((n % 5 + 1))
	for list in "$venue"*.json; do
		name=$(basename "$list" .json)
		jq -c --arg name "$name" '.[] | .id = "\($name)-\(.id)" |
		    .venue = ($name | sub("[0-9]{4}$"; "")) |
		    .year = ($name | .[-4:] | tonumber)' "$list"
	done >>"$tmp/www/s$n.json"
done

D=$tmp
read -ra ports < <(free_ports 5)
{
	[ "$(id -u)" != 0 ] || echo 'user root;'
	echo "daemon off; master_process off; pid $D/pid; error_log $D/err;"
	echo "events { } http { access_log $D/asked; root $D/www; etag on;"
	for port in "${ports[@]}"; do
		echo "server { listen 127.0.0.1:$port; }"
	done
	echo "}"
} >"$D/nginx.conf"
PATH=$PATH:/usr/sbin nginx -e "$D/err" -c "$D/nginx.conf" >/dev/null 2>&1 &
nginx_pid=$!
{
	printf 'source\tformat\tmap\turl\n'
	for n in 1 2 3 4 5; do
		printf 's%s\tjson\tpaperlists\thttp://127.0.0.1:%s/s%s.json\n' \
		    $n "${ports[n - 1]}" $n
	done
} >"$tmp/p/five/sources.tsv"
echo 'KEEP := 1' >"$tmp/p/five/pipeline.mk"

export PIPELINES=$tmp/p JOBS=2
night()
{
	timed "$tmp/$1" env OUT="$tmp/out$2" "$top/bin/nightly" five
}

# One line in $2 of a source with another title, by a seed.
change()
{
	awk -v seed="$3" -v n="$2" 'BEGIN { srand(seed) }
	    rand() < 1 / n { sub(/"title":"/, "&Changed " seed ": ") } 1' \
	    "$tmp/www/$1.json" >"$tmp/www/tmp"
	mv "$tmp/www/tmp" "$tmp/www/$1.json"
}

for run in $(seq "$runs"); do
	night full "$run"
	night none "$run"
	for n in 1 2 3 4 5; do
		change s$n 1000 "$run"
	done
	night all "$run"
	for n in 1 2 3 4 5; do
		change s$n 1000 "1$run"
	done
	night all2 "$run"
	change s3 200 "2$run"
	night one "$run"
	cp "$tmp/out$run/five/report.json" "$tmp/report.one"
done
read -r full _ < <(median "$tmp/full")
for what in full none all all2 one; do
	median "$tmp/$what" | awk -v what=$what -v full="$full" 'BEGIN {
		name["full"] = "all from nothing"
		name["none"] = "nothing new"
		name["all"] = "1 in 1000 of all sources, first"
		name["all2"] = "1 in 1000 of all sources, then"
		name["one"] = "1 in 200 of one source" }
	    { printf "%-34s %6.2f s (user %.1f, sys %.1f) %5.0f MB %6.1f %%\n",
		name[what], $1, $3, $4, $2 / 1024, 100 * $1 / full }'
done

refused=0
for draw in $(seq "$draws"); do
	n=$((draw % 5 + 1))
	cp "$tmp/www/s$n.json" "$tmp/saved"
	awk -v seed="$draw" -v all="$(wc -l <"$tmp/saved")" '
	    # just so many of those that are left
	    BEGIN { srand(seed); lose = int(all * 0.05 + 0.5) }
	    rand() * (all - NR + 1) < lose { lose--; next } 1' \
	    "$tmp/saved" >"$tmp/www/tmp"
	mv "$tmp/www/tmp" "$tmp/www/s$n.json"
	before=$(readlink "$tmp/out1/five/site")
	status=0
	night draw 1 2>"$tmp/mail" || status=$?
	if [ $status = 65 ] && [ "$(readlink "$tmp/out1/five/site")" = "$before" ] &&
	    grep -q "^publish: source s$n: " "$tmp/mail"; then
		refused=$((refused + 1))
	fi
	mv "$tmp/saved" "$tmp/www/s$n.json"
	touch "$tmp/www/s$n.json"
done
echo "a source that lacks 5 % of its records: $refused of $draws refused"
[ "$refused" = "$draws" ]
