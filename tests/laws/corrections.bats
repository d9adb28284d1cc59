#!/usr/bin/env bats
# corrections - lines of people are obeyed or told of

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export LC_ALL=C
	export TOP=$BATS_TEST_DIRNAME/../.. D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
	cd "$TOP" || return 1
	"$BIN/fetch" -q pipelines/demo/sources.tsv |
	    "$BIN/parse" -q -E 100% 2>/dev/null |
	    "$BIN/normalize" -q >"$D/papers"
}

@test "${ROUNDS:=20} tables made at random: obeyed, or told of for a reason" {
	for seed in $(seq "${ROUNDS:-20}"); do
		echo "seed $seed"
		/usr/bin/python3 "$TOP/tests/corrections.py" "$BIN/dedupe" \
		    "$D/papers" "$seed"
	done
}

@test "the reason of what a correction joins is that" {
	cd "$BATS_TEST_TMPDIR"
	printf '{"kind":"paper","id":"%s:1","title":"%s"}\n' a Sums b Primes >in
	printf 'same\ta:1\tb:1\n' >table
	"$BIN/dedupe" -q -c table -w why in >out
	[ "$(wc -l <out)" = 1 ]
	[ "$(cut -f 1-3 why)" = "$(printf 'a:1\tb:1\tcorrection')" ]
}

@test "--explain names the line that keeps two apart" {
	cd "$BATS_TEST_TMPDIR"
	printf '{"kind":"paper","id":"%s:1","title":"On Sums of Primes","year":2001,"authors":[{"name":"Ann Lee"},{"name":"Bo Mai"}]}\n' \
	    a b >in
	printf '# apart\ndifferent\ta:1\tb:1\n' >table
	"$BIN/dedupe" -q -x a:1 -x b:1 in | grep 'are one paper'
	"$BIN/dedupe" -q -c table -x a:1 -x b:1 in >out
	grep 'are not one paper' out
	grep 'line 2 of the corrections keeps them apart' out
}
