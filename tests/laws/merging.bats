#!/usr/bin/env bats
# merging - no value of a record is lost with --keep-conflicts

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

@test "${ROUNDS:=20} streams changed at random: all values are kept, in any order" {
	for seed in $(seq "${ROUNDS:-20}"); do
		echo "seed $seed"
		/usr/bin/python3 "$TOP/tests/merging.py" "$BIN/dedupe" \
		    "$D/papers" "$seed"
	done
}
