#!/bin/bash
# machine.t - full and read-only disks, under filters and pipelines, as TAP
#
# In a mount namespace of its own: what it mounts goes with it, and whoever is
# not root is root in there.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit 1
if [ -z "${MOUNTS:-}" ]; then
	user=
	[ "$(id -u)" = 0 ] || user=r
	export MOUNTS=1
	unshare -m$user true 2>/dev/null || {
		echo "1..0 # SKIP no mounts here"
		exit 0
	}
	exec unshare -m$user "$0"
fi
bin=${BIN:-$PWD/bin}
D=$(mktemp -d)
small=$D/small
mkdir "$small" "$D/in"
trap 'umount "$small" 2>/dev/null; rm -rf "$D"' EXIT
filters="fetch parse normalize dedupe cluster render audit"
n=0

# A test of a function, which says what is wrong.
check()
{
	local name=$1 why
	shift
	n=$((n + 1))
	why=$("$@" 2>&1)
	if [ -z "$why" ]; then echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		printf '%s\n' "$why" | head -n 20 | sed 's/^/# /'
	fi
}

# A disk of that size, with nothing on it.
disk()
{
	umount "$small" 2>/dev/null
	mount -t tmpfs -o size="$1" none "$small"
}

# Run a filter on its input, with all its outputs and spill files in a folder.
# Sets status; what it says is in $D/err.
run()
{
	local at=$1 filter=$2 more=()
	case $filter in
	dedupe) more=(-w "$at/why") ;;
	render) more=(-o "$at/site") ;;
	audit) more=(--ledger "$at/ledger" --against "$D/in/ledger") ;;
	esac
	status=0
	TMPDIR=$at "$bin/$filter" -q -E 100% -r "$at/rejects" \
	    --stats "$at/stats" "${more[@]}" "$D/in/$filter" 2>"$D/err" \
	    >"$at/out" || status=$?
}

# The digests of all that run wrote, but for what no two runs have in common.
written()
{
	(cd "$1" && sed 's/,"seconds".*//' stats &&
	    find -L . -name site.builds -prune -o -type f ! -name stats \
		-print | sort | xargs sha256sum)
}

# What each filter reads, the demo and a record that it rejects, and what it
# makes of that.
inputs()
{
	local filter next
	sed "s,sources/,$PWD/pipelines/demo/&," pipelines/demo/sources.tsv \
	    >"$D/in/fetch"
	printf 'bad\tcsv\n' >>"$D/in/fetch"
	for filter in $filters; do
		[ "$filter" = fetch ] || echo garbage >>"$D/in/$filter"
		mkdir -p "$D/good/$filter"
		run "$D/good/$filter" "$filter"
		[ "$status" = 0 ] || cat "$D/err"
		written "$D/good/$filter" >"$D/good/$filter.sum"
		case $filter in
		cluster)
			cp "$D/good/cluster/out" "$D/in/render"
			head -n 100 "$D/in/render" |
			    "$bin/audit" -q --ledger "$D/in/ledger" >/dev/null
			cp "$D/in/render" "$D/in/audit"
			;;
		render | audit) ;;
		*)
			next=$(echo "$filters" | sed "s/.*$filter //; s/ .*//")
			cp "$D/good/$filter/out" "$D/in/$next"
			;;
		esac
	done
}

# What a run that failed must be like: its status and a message.
failed()
{
	[ "$status" = 73 ] || [ "$status" = 74 ] ||
	    echo "$1: exit status $status"
	grep -q "^${1%% *}: .*$2" "$D/err" || {
		echo "$1 says"
		cat "$D/err"
	}
}

# Disks from tiny to large enough, by a factor of 1.5.
full()
{
	local filter=$1 size failures=0
	for ((size = 4096; ; size += size / 2)); do
		disk $size
		run "$small" "$filter" 2>/dev/null
		[ "$status" != 0 ] || break
		failures=$((failures + 1))
		failed "$filter" 'No space left'
		# and then there is space
		mount -o remount,size=64M "$small"
		run "$small" "$filter"
		written "$small" | diff - "$D/good/$filter.sum"
	done
	written "$small" | diff - "$D/good/$filter.sum"
	[ "$failures" -gt 0 ] || echo "no disk was too small"
}

# One run with one output elsewhere: output FILTER WHAT OPTION ...
output()
{
	local filter=$1 what=$2
	shift 2
	status=0
	"$bin/$filter" -q -E 100% "$@" "$D/in/$filter" >/dev/null \
	    2>"$D/err" || status=$?
	failed "$filter $*" "$what"
}

read_only()
{
	local filter
	disk 1M
	mkdir "$small/tmp"
	printf 'source\tformat\turl\na\tcsv\thttp://127.0.0.1:1/\n' \
	    >"$D/in/remote"
	mount -o remount,ro "$small"
	for filter in $filters; do
		output "$filter" "$small/x: Read-only" -r "$small/x"
		output "$filter" "$small/x: Read-only" --stats "$small/x"
	done
	output dedupe "$small/x: Read-only" -w "$small/x"
	output audit "$small/x.tmp: Read-only" --ledger "$small/x"
	for filter in dedupe cluster render; do
		output "$filter" "$small/tmp/.*: Read-only" -T "$small/tmp"
	done
	output render "$small/.*: Read-only" -o "$small/site"
	output fetch "$small/.*: Read-only" -o "$small/store" "$D/in/remote"
}

dev_full()
{
	local filter against
	for filter in $filters; do
		output "$filter" 'full: No space left' -r /dev/full
		output "$filter" 'full: No space left' --stats /dev/full
		against=()
		[ "$filter" != audit ] || against=(--against "$D/in/ledger")
		status=0
		"$bin/$filter" -q -E 100% "${against[@]}" "$D/in/$filter" \
		    2>"$D/err" >/dev/full || status=$?
		failed "$filter" 'stdout: No space left'
	done
	output dedupe 'full: No space left' -w /dev/full
}

# Run the pipeline of $D/pipelines on the small disk.
pipeline()
{
	status=0
	make -s pipeline NAME=demo PIPELINES="$D/pipelines" BIN="$bin" \
	    JOBS="$1" OUT="$2" >"$D/said" 2>"$D/err" </dev/null || status=$?
}

site()
{
	(cd "$1/demo/site/" 2>/dev/null && find . -type f \
	    ! -name report.html | sort | xargs sha256sum)
}

pipeline_full()
{
	local size failures=0
	for ((size = 256 * 1024; ; size *= 2)); do
		disk $size
		pipeline "$1" "$small/out"
		[ "$status" != 0 ] || break
		failures=$((failures + 1))
		grep -qE 'No space left|cannot create' "$D/err" || {
			echo "on a disk of $size bytes it says"
			cat "$D/err"
		}
		mount -o remount,size=256M "$small"
		pipeline "$1" "$small/out"
		site "$small/out" | diff - "$D/new"
	done
	site "$small/out" | diff - "$D/new"
	[ "$failures" -gt 2 ] || echo "no disk was too small"
}

# Of the space that the next run of a published pipeline needs, more and more.
pipeline_again()
{
	local used room failures=0
	for ((room = 4096; ; room *= 4)); do
		disk 256M
		cp "$D/icml.old" "$D/pipelines/demo/sources/icml.csv"
		pipeline "$1" "$small/out"
		site "$small/out" | diff - "$D/old"
		cp pipelines/demo/sources/icml.csv "$D/pipelines/demo/sources/"
		used=$(df --output=used -B1 "$small" | tail -n 1)
		mount -o remount,size=$((used + room)) "$small"
		pipeline "$1" "$small/out"
		[ "$status" != 0 ] || break
		failures=$((failures + 1))
		grep -qE 'No space left|cannot create' "$D/err" || {
			echo "with $room bytes left it says"
			cat "$D/err"
		}
		site "$small/out" | diff - "$D/old"
		mount -o remount,size=256M "$small"
		pipeline "$1" "$small/out"
		site "$small/out" | diff - "$D/new"
	done
	site "$small/out" | diff - "$D/new"
	[ "$failures" -gt 2 ] || echo "there was always room"
}

pipeline_read_only()
{
	disk 256M
	cp "$D/icml.old" "$D/pipelines/demo/sources/icml.csv"
	pipeline 1 "$small/out"
	cp pipelines/demo/sources/icml.csv "$D/pipelines/demo/sources/"
	mount -o remount,ro "$small"
	pipeline 1 "$small/out"
	[ "$status" != 0 ] || echo "0 on a disk that cannot be written"
	grep -q 'Read-only file system' "$D/err" || cat "$D/err"
	site "$small/out" | diff - "$D/old"
	mount -o remount,rw "$small"
	pipeline 1 "$small/out"
	site "$small/out" | diff - "$D/new"
}

check "what the filters make of the demo" inputs
for filter in $filters; do
	check "$filter on disks that are too small" full "$filter"
done
check "outputs on a disk that is read-only" read_only
check "outputs to /dev/full" dev_full

# the demo, and before that with a row less
mkdir "$D/pipelines"
cp -r pipelines/demo "$D/pipelines"
pipeline 2 "$D/new.out"
site "$D/new.out" >"$D/new"
sed 5d pipelines/demo/sources/icml.csv >"$D/icml.old"
cp "$D/icml.old" "$D/pipelines/demo/sources/icml.csv"
pipeline 2 "$D/old.out"
site "$D/old.out" >"$D/old"
check "two sites that differ" eval '[ -s "$D/old" ] && [ -s "$D/new" ] &&
    ! cmp -s "$D/old" "$D/new" || cat "$D/err"'
cp pipelines/demo/sources/icml.csv "$D/pipelines/demo/sources/"
for jobs in 1 2; do
	check "a pipeline on disks that are too small, $jobs jobs" \
	    pipeline_full "$jobs"
done
check "a published pipeline on a disk that fills up" pipeline_again 2
check "a published pipeline on a disk that became read-only" \
    pipeline_read_only
echo "1..$n"
