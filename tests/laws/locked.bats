#!/usr/bin/env bats
# locked - the bodies of a run: found again by its lock, read as they were found

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

# A run over servers that are gone behind it, in D/run.
setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	# shellcheck source=tests/web.sh
	. "$TOP/tests/web.sh"
	web_start
	mkdir "$D/run"
	cd "$D/run" || return 1
	printf 'id,title\n3,Here\n' >here.csv
	table "$http/a.csv" here.csv "http://me:mellon@${http#http://}/b.csv" \
	    "$bad/encoded/zstd/big.zst" "$http/big.gz" "$http/empty"
	again
	get_is 0
	mv out documents
	lock <documents >lock.tsv
	web_stop
}

setup()
{
	. "$TOP/tests/web.sh"
	cp -R "$D/run" "$BATS_TEST_TMPDIR/run"
	cd "$BATS_TEST_TMPDIR/run" || return 1
}

# One more row like the first one.
again()
{
	local row
	row=$(sed -n 2p sources.tsv)
	echo "$row" >>sources.tsv
}

lock()
{
	jq -rn '["source", "url", "sha256", "bytes"] as $columns |
	    ($columns | join("\t")),
	    (inputs | [.[$columns[]] | tostring] | join("\t"))'
}

# The body of the Nth document; it may be written to.
body()
{
	local path
	path=$(sed -n "$1p" documents | jq -r .path)
	chmod u+w "$path"
	echo "$path"
}

# flip FILE OFFSET: another bit of that byte
flip()
{
	perl -e 'open F, "+<", $ARGV[0] or die; seek F, $ARGV[1], 0;
	    read F, $c, 1; seek F, $ARGV[1], 0; print F chr(ord($c) ^ 1)' "$@"
}

@test "servers gone: the same documents, and the store is as it was" {
	find store -printf '%p %s %T@ %C@\n' | sort >before
	get_is 0 --locked lock.tsv
	cmp documents out
	grep -q media_type out
	find store -printf '%p %s %T@ %C@\n' | sort | cmp before -
	[ ! -s err ]
}

@test "without a state, or with one of a later body, only the media type is missing" {
	jq -c 'del(.media_type)' documents >bare
	mv store/state state
	get_is 0 --locked lock.tsv
	cmp bare out
	mv state store/state
	sed -i 's/"sha256":"[0-9a-f]*"/"sha256":"'"$(printf %064d 7)"'"/' \
	    store/state/*
	get_is 0 --locked lock.tsv
	cmp bare out
	rm -r store/state store/part store/host
	get_is 0 --locked lock.tsv
	cmp bare out
	[ "$(ls store)" = body ]
}

@test "a body that is gone from the store: 66, the others come" {
	path=$(body 3)
	rm -f "$path"
	get_is 66 --locked lock.tsv -E 1
	grep -qx "fetch: sources.tsv:4: no-input: $path: No such file or directory" err
	sed 3d documents | cmp - out
	rm -r store
	get_is 66 --locked lock.tsv -E 9 -r rejects
	[ "$(jq -r .source out)" = s2 ]
	[ "$(jq -r .code rejects | sort | uniq -c | xargs)" = '6 no-input' ]
	run -1 grep -rE 'mellon|me:' out err rejects
}

@test "a body of which one byte flipped, one that was cut: 65, the others come" {
	path=$(body 3)
	sum=$(sha256sum <"$path" | cut -c -64)
	flip "$path" 20
	get_is 65 --locked lock.tsv -E 1
	grep -qE "^fetch: sources.tsv:4: wrong-digest: $path: 22 bytes with the digest [0-9a-f]{64}, lock.tsv:4 has 22 with $sum$" err
	sed 3d documents | cmp - out
	truncate -s 9 "$path"
	get_is 65 --locked lock.tsv -E 1
	grep -q "wrong-digest: $path: 9 bytes with the .* has 22 with $sum" err
	sed 3d documents | cmp - out
	: >"$path"
	get_is 65 --locked lock.tsv -E 1
	[ "$(wc -l <out)" = 6 ]
}

@test "a file that is another one, or gone: 65, 66" {
	flip here.csv 11
	get_is 65 --locked lock.tsv -E 1
	grep -q '^fetch: sources.tsv:3: wrong-digest: here.csv: 16 bytes' err
	sed 2d documents | cmp - out
	rm here.csv
	get_is 66 --locked lock.tsv -E 1
	grep -q '^fetch: sources.tsv:3: no-input: here.csv: No such file' err
}

@test "a size that is not the digest's is no line of a run: 65" {
	sed -i '3s/16$/17/' lock.tsv
	get_is 65 --locked lock.tsv -E 1
	grep -q '^fetch: sources.tsv:3: wrong-digest: here.csv: 16 bytes' err
}

@test "a row without a line: 65; its body is not looked for elsewhere" {
	sed -i 3d lock.tsv
	get_is 65 --locked lock.tsv -E 1
	grep -qx 'fetch: sources.tsv:3: not-locked: here.csv: not in lock.tsv' err
	sed 2d documents | cmp - out
	# of another source, or under another url
	sed -i '2s/^s1/s9/' lock.tsv
	sed -i '4s/b.csv/c.csv/' sources.tsv
	get_is 65 --locked lock.tsv -E 9 -r rejects
	[ "$(jq -r 'select(.code == "not-locked").line' rejects | xargs)" = \
	    '3 4 8' ]
	run -1 grep -rE 'mellon|me:' err rejects
}

@test "a line without a row: 65, told of with its place; -S counts its source only" {
	sed -i 4d sources.tsv
	get_is 65 --locked lock.tsv
	[ "$(cat err)" = "fetch: lock.tsv:4: s3 $http/b.csv: no such row in the table; 1 such lines in all" ]
	[ "$(wc -l <out)" = 6 ]
	get_is 0 --locked lock.tsv -S s2
	cmp out <(sed -n 2p documents)
	sed 2d lock.tsv >short.tsv
	get_is 65 --locked short.tsv -S s1 -E 1
	grep -q not-locked err
}

@test "rows alike take the lines alike in their order" {
	# pinned to two bodies that one url had
	b=$(sha256sum <"$(body 3)" | cut -c -64)
	lock=$(tail -n 1 lock.tsv)
	sed -i "\$s/[0-9a-f]\{64\}\t.*/$b\t22/" lock.tsv
	[ "$lock" != "$(tail -n 1 lock.tsv)" ]
	get_is 0 --locked lock.tsv
	jq -r .sha256 out | cmp - <(cut -f 3 lock.tsv | tail -n +2)
	# as many rows as lines
	again
	get_is 65 --locked lock.tsv -E 1
	grep -q '^fetch: sources.tsv:9: not-locked' err
	sed -i '8,9d' sources.tsv
	get_is 65 --locked lock.tsv
	grep -q "^fetch: lock.tsv:8: s1 $http/a.csv: no such row" err
}

@test "the digest of the table counts too" {
	sed -i "1s/\$/\tsha256/;3s/\$/\t$(printf %064d 0)/" sources.tsv
	get_is 65 --locked lock.tsv -E 1
	grep -q '^fetch: sources.tsv:3: wrong-digest: here.csv: the digest is' err
}

@test "a lock that is none: 78 with the line, or 66" {
	sum=$(printf %064d 0)
	h='source\turl\tsha256\tbytes\n'
	while IFS='|' read -r line text; do
		# shellcheck disable=SC2059 # it has escapes
		printf "$text" >bad.tsv
		echo "$text"
		get_is 78 --locked bad.tsv
		[ ! -s out ]
		grep -q "^fetch: bad.tsv:$line: " err
	done <<-END
		1|source\turl\tsha256\n
		1|source\turl\tsha256\tbytes\tdate\n
		2|$h:\ta\t$sum\t1\n
		2|$h-\ta\t$sum\t1\n
		2|${h}a\t\t$sum\t1\n
		2|${h}a\ta\t${sum}0\t1\n
		2|${h}a\ta\t${sum%0}\t1\n
		2|${h}a\ta\t${sum%0}A\t1\n
		2|${h}a\ta\t$sum\n
		2|${h}a\ta\t$sum\t-1\n
		2|${h}a\ta\t$sum\t1x\n
		2|${h}a\ta\t$sum\t99999999999999999999\n
		2|${h}a\ta\t$sum\t1\t2\n
		3|${h}a\ta\t$sum\t1\na\n
	END
	: >bad.tsv
	get_is 78 --locked bad.tsv
	get_is 66 --locked none.tsv
	get_is 64 --locked lock.tsv --refresh
}

@test "a remote row needs the store: 69" {
	run -69 --separate-stderr "$BIN/fetch" -q -E 9 --locked lock.tsv sources.tsv
	# shellcheck disable=SC2154 # bats sets it
	[[ $stderr == *'bad-url: '*'-o is needed'* ]]
	[ "$output" = "$(sed -n 2p documents)" ]
}

# --- what fetch found and what parse reads

# parse of the documents has that exit status.
parse_is()
{
	local want=$1 got=0
	shift
	"$BIN/parse" -q "$@" >out 2>err || got=$?
	[ "$got" = "$want" ] || {
		echo "exit status $got, expected $want"
		cat err
		return 1
	}
}

@test "parse: each byte of a body that flips, and each cut, is 74" {
	sed -n 2p documents >one
	parse_is 0 one
	size=$(stat -c %s here.csv)
	for ((i = 0; i < size; i++)); do
		cp "$D/run/here.csv" here.csv
		flip here.csv "$i"
		parse_is 74 -E 9 one
		cp "$D/run/here.csv" here.csv
		truncate -s "$i" here.csv
		parse_is 74 -E 9 one
	done
	grep -qE "^parse: here.csv: its digest is [0-9a-f]{64}, fetch found $(jq -r .sha256 one): it changed since$" err
	rm here.csv
	parse_is 66 -E 9 one
}

@test "parse: likewise of a body in the store, compressed too" {
	sed -n '5p;5s/"csv"/"bibtex"/p' documents >two
	parse_is 65 two
	run -1 grep 'changed since' err
	path=$(body 5)
	cp "$path" good
	# in the time of gzip, in the middle, in the checksum behind the data
	size=$(stat -c %s good)
	for at in 4 $((size / 2)) $((size - 1)); do
		cp good "$path"
		flip "$path" "$at"
		parse_is 74 -E 9 two
		[ "$(grep -c 'changed since' err)" = 2 ]
	done
	cp good "$path"
	truncate -s $((size / 2)) "$path"
	parse_is 74 -E 9 two
	cat good good >"$path"
	parse_is 74 -E 9 two
}

@test "parse: also behind the place where a format stops reading" {
	{
		echo shelf,row
		yes 1,2 | head -n 500000
	} >here.csv
	table here.csv
	"$BIN/fetch" -q sources.tsv >one
	parse_is 65 one
	run -1 grep 'changed since' err
	flip here.csv 1999999
	parse_is 74 -E 1 one
	grep -q 'bad-format' err
}

@test "parse: every format reads its document to the end, and not another one" {
	mkdir all.d
	printf 'source\tformat\turl\n' >all.d/sources.tsv
	for f in $("$BIN/parse" -l | cut -f 1); do
		# a golden case of it that needs no other options
		for case in "$TOP/tests/golden/parse/$f"-*/{in,page.html}; do
			grep -qxE -e "-f $f( -S [a-z]+| page.html)*" \
			    "$(dirname "$case")/args" && [ -s "$case" ] &&
			    break
		done
		cp "$case" "all.d/$f"
		printf '%s\t%s\t%s\n' "$f" "$f" "$f" >>all.d/sources.tsv
	done
	"$BIN/fetch" -q all.d/sources.tsv >all
	parse_is 0 -E 100% all
	for f in $(jq -r .path all); do
		echo >>"$f"
	done
	parse_is 74 -E 100% all
	[ "$(grep -c 'it changed since$' err)" = "$(wc -l <all)" ]
}

@test "parse: a document without a digest is read as it is" {
	sed -n 2p documents | jq -c 'del(.sha256, .bytes)' >one
	flip here.csv 11
	parse_is 0 one
	[ "$(wc -l <out)" = 1 ]
}
