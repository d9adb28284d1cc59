#!/usr/bin/env bats
# fetch-slow - the cases of fetch.bats that take their time

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	# shellcheck source=tests/web.sh
	. "$TOP/tests/web.sh"
	web_start
}

teardown_file()
{
	. "$TOP/tests/web.sh"
	web_stop
}

setup()
{
	. "$TOP/tests/web.sh"
	cd "$BATS_TEST_TMPDIR" || return 1
	WWW=$D/www
}

@test "Retry-After in seconds and as a date is waited for" {
	table "$bad/once/429/a.csv?after=1"
	start=$(date +%s%N)
	get_is 0
	[ $(($(date +%s%N) - start)) -ge 1000000000 ]
	rm -rf store
	date=$(date -u -d '+2 seconds' '+%a, %d %b %Y %H:%M:%S GMT')
	table "$bad/once/503/a.csv?after=${date// /%20}"
	start=$(date +%s%N)
	get_is 0
	[ $(($(date +%s%N) - start)) -ge 900000000 ]
}

@test "a server that hardly sends, or never answers: --stall, --max-time, 75" {
	table "$bad/slow/a.csv"
	get_is 75 --stall 1 --retries 0
	grep -q 'no-answer: .*, 1 try' err
	get_is 75 --max-time 1
	grep -q 'no-answer: .*no more time' err
}

@test "--connections and --rate hold for all who share the store" {
	for i in 1 2 3; do
		mkdir "p$i"
		(cd "p$i" && table "$bad/hold/a.csv?c=$i"{1,2,3,4} &&
		    ln -s ../store store)
	done
	mkdir store
	for i in 1 2 3; do
		(cd "p$i" && get --connections 2) &
	done
	wait
	[ "$(cat p?/out | wc -l)" = 12 ]
	[ "$(requests '/hold/a.csv?c=' held | sort -n | tail -n 1)" = 2 ]
	# 8 requests at 10 a second: 0.7 s from the first to the last
	for i in 1 2; do
		(cd "p$i" && table "$bad/plain/a.csv?r=$i"{1,2,3,4} &&
		    get --rate 10) &
	done
	wait
	[ "$(cat p[12]/out | wc -l)" = 8 ]
	jq -es 'map(select(.path | startswith("/plain/a.csv?r=")).time) |
	    length == 8 and max - min > 0.65' "$D/log"
}

@test "several who want the same: each url is asked for once, all have it" {
	mkdir store p1 p2 p3
	for i in 1 2 3; do
		(cd p$i && ln -s ../store store && table \
		    "$bad/throttle/100/big" "$bad/hold/a.csv?same="{1,2,3,4} &&
		    get) &
	done
	wait
	for i in 1 2 3; do
		(
			cd p$i
			body_is "$WWW/big" 1
			body_is "$WWW/a.csv" 5
		)
	done
	[ "$(requests /throttle/100/big nth)" = 1 ]
	[ "$(requests '/hold/a.csv?same=' nth | wc -l)" = 4 ]
	nothing_is_left
}

# What came of a body is more than that many bytes.
part_is_over()
{
	[ -n "$(find store/part -type f ! -name '*.*' -size "+$1c")" ]
}

@test "kill -9 in the middle, and again: it goes on from there" {
	table "$bad/throttle/40/big?kill"
	for size in 0 200000; do
		"$BIN/fetch" -q -o store --rate 0 sources.tsv >out 2>err 3>&- &
		wait_for part_is_over $size
		kill -9 $!
		wait $! || true
		[ ! -s out ]
		[ -z "$(find store/body -type f)" ]
	done
	get_is 0
	body_is "$WWW/big"
	[ "$(requests '/throttle/40/big?kill' range | grep -c bytes=)" = 2 ]
	nothing_is_left
}

@test "... from nginx too" {
	table "$http/limited/big"
	"$BIN/fetch" -q -o store sources.tsv >out 2>err 3>&- &
	wait_for part_is_over 200000
	kill -9 $!
	wait $! || true
	get_is 0
	body_is "$WWW/big"
	tail -n 1 "$D/nginx.log" | grep -xE '/limited/big 206 bytes=[0-9]{6,}-'
}

@test "kill -9 at any time: the store is sound" {
	for i in 1 2 3 4 5 6 7 8; do
		table "$bad/plain/big?any=$i"{1,2,3,4,5,6,7,8}
		"$BIN/fetch" -q -o store --rate 0 --connections 8 sources.tsv \
		    >out 2>err 3>&- &
		sleep "0.0$i"
		kill -9 $! || true
		wait $! || true
		store_is_sound
		get_is 0 --connections 8
		for row in 1 2 3 4 5 6 7 8; do
			body_is "$WWW/big" $row
		done
		rm -rf store
	done
}

@test "a full disk is 74, and what is there stays sound" {
	[ "$(id -u)" = 0 ] || skip "only root can mount a small disk"
	mkdir store
	mount -t tmpfs -o size=200k none store || skip "no tmpfs here"
	table "$bad/plain/a.csv?disk" "$bad/plain/big?disk"
	got=0
	get || got=$?
	umount store
	[ "$got" = 74 ]
	grep -q "^fetch: store/part/[0-9a-f]*: No space left on device" err
}

@test "--progress tells how much, how fast and how long" {
	table "$bad/throttle/40/big?progress"
	get_is 0 --progress
	grep -aqE '127.0.0.1:[0-9]+: [0-9]+ % of 1.3 MB, [0-9.]+ MB/s, [0-9]+ s left' \
	    err || { cat -v err; false; }
}

