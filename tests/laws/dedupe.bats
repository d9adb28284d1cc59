#!/usr/bin/env bats
# dedupe - what holds whatever the records are like
#
# Draws are random with a fixed seed.

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export LC_ALL=C BIN=${BIN:-$BATS_TEST_DIRNAME/../../bin}
	[[ $BIN == /* ]] || BIN=$PWD/$BIN
	export D=$BATS_FILE_TMPDIR
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	"$BIN/fetch" -q pipelines/demo/sources.tsv |
	    "$BIN/parse" -q -E 100% 2>/dev/null |
	    "$BIN/normalize" -q >"$D/demo"
	tests/bench/dedupe-copies.py 10 <"$D/demo" >"$D/large"
}

setup()
{
	mkdir "$BATS_TEST_TMPDIR/spill"
	cd "$BATS_TEST_TMPDIR" || return 1
}

@test "records that were damaged in 1,000 ways" {
	"$BATS_TEST_DIRNAME/dedupe-damage.py" "$BIN/dedupe" "$D/demo" \
	    $((25 * ${ROUNDS:-40}))
}

@test "any order and any split into files, the same bytes" {
	"$BIN/dedupe" -q -k -w why -v review "$D/demo" >want
	for seed in {1..8}; do
		shuf --random-source=<(yes "$seed") "$D/demo" >lines
		rm -f part.*
		split -n "r/$seed" lines part.
		"$BIN/dedupe" -q -k -w why.now -v review.now part.* | cmp - want
		cmp why.now why
		cmp review.now review
	done
	# copies in other alphabets are other papers
	"$BIN/dedupe" -q "$D/large" >want
	[ "$(grep -c '"kind":"paper"' want)" -gt \
	    $((9 * $("$BIN/dedupe" -q "$D/demo" | grep -c '"paper"'))) ]
	shuf --random-source=<(yes 1) "$D/large" | "$BIN/dedupe" -q | cmp - want
}

@test "what it wrote stays as it is" {
	for records in demo large; do
		"$BIN/dedupe" -q "$D/$records" >once
		"$BIN/dedupe" -q once | cmp - once
	done
}

@test "any order of venues that name a word several times" {
	printf '{"kind":"paper","id":"%s:1","title":"On Sums","authors":[{"name":"Ann Lee"}],"venue":"%s"}\n' \
	    a 'Data Data Data Systems' b 'Data Kernel Lattice Graph' >lines
	"$BIN/dedupe" -q -x a:1 -x b:1 lines >want
	tac lines | "$BIN/dedupe" -q -x a:1 -x b:1 | cmp - want
	grep -q 'venue' want
}

# killed PROCESS: it had not ended, and nothing is in the folder once it has
killed()
{
	local status=0
	kill -KILL "$1"
	wait "$1" || status=$?
	[ $status = 137 ]
	[ -z "$(ls spill)" ]
}

@test "killed while it reads or writes it leaves no file" {
	mkfifo in out
	"$BIN/dedupe" -q -T spill in >whole 2>err &
	exec 7>in
	head -c 3000000 "$D/large" >&7
	killed $!
	exec 7>&-
	[ ! -s whole ]
	"$BIN/dedupe" -q -T spill "$D/large" >out 2>err &
	exec 8<out
	head -c 1 <&8 >/dev/null
	killed $!
	exec 8<&-
	[ ! -s err ]
}

@test "a full disk under papers, reasons or pairs is 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	run -74 bash -c '"$0" -q "$1" >/dev/full' "$BIN/dedupe" "$D/large"
	[ "$output" = "dedupe: stdout: No space left on device" ]
	run -74 bash -c '"$0" -q -w /dev/full "$1" >/dev/null' "$BIN/dedupe" \
	    "$D/large"
	[ "$output" = "dedupe: /dev/full: No space left on device" ]
	run -74 bash -c '"$0" -q -v /dev/full "$1" >/dev/null' "$BIN/dedupe" \
	    "$BATS_TEST_DIRNAME/../golden/dedupe/review/in"
	[ "$output" = "dedupe: /dev/full: No space left on device" ]
}

@test "a spill file that cannot be made is 73, one that cannot grow 74" {
	for dir in none "$D/demo" /proc; do
		run -73 "$BIN/dedupe" -q -T "$dir" "$D/demo"
		[[ "$output" == "dedupe: $dir/"* ]]
		TMPDIR=$dir run -73 "$BIN/dedupe" -q "$D/demo"
	done
	if [ "$(id -u)" != 0 ]; then
		chmod a-w spill
		run -73 "$BIN/dedupe" -q -T spill "$D/demo"
		chmod u+w spill
	fi
	# as much as that may be in memory
	run -74 bash -c 'trap "" XFSZ; ulimit -f 16
	    "$0" -q -T spill "$1" | wc -c; exit "${PIPESTATUS[0]}"' \
	    "$BIN/dedupe" "$D/large"
	[[ "$output" == "dedupe: "*"spill"*": File too large"* ]]
	[ -z "$(ls spill)" ]
}

@test "reasons and close pairs are not written to a file called -" {
	for option in --why --review; do
		run -64 "$BIN/dedupe" -q "$option" - "$D/demo"
		[[ "$output" == "dedupe: $option: standard output is for records"* ]]
		[ ! -e - ]
	done
}
