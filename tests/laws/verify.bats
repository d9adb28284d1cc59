#!/usr/bin/env bats
# verify - after random changes of the sources, what is there is what they make
#
# CHANGES says how many, SEED which.

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export LC_ALL=C
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export TOP P=$BATS_FILE_TMPDIR/p OUT=$BATS_FILE_TMPDIR/out
	export BIN=${BIN:-$TOP/bin}
	unset MAKEFLAGS MAKELEVEL MFLAGS
	mkdir "$P"
	cp -r "$TOP/pipelines/demo" "$P/x"
	printf 'MAX_LOSS := 100%%\nMAX_REJECTS := 100%%\nKEEP := 2\nSPREAD := 20000\n' \
	    >>"$P/x/pipeline.mk"
}

target()
{
	make -C "$TOP" -s "$1" NAME=x PIPELINES="$P" OUT="$OUT" BIN="$BIN" \
	    JOBS=2 -o "$BIN/fetch" -o "$BIN/parse" -o "$BIN/normalize" \
	    -o "$BIN/dedupe" -o "$BIN/cluster" -o "$BIN/audit" -o "$BIN/render"
}

# Change something, and say what.  RANDOM starts anew in $( ).
change()
{
	local files=("$P"/x/sources/*) file line n
	file=${files[RANDOM % ${#files[@]}]}
	n=$(wc -l <"$file")
	line=$((RANDOM % n + 1))
	case $((RANDOM % 8)) in
	0) sed -i "${line}d" "$file" && echo "no line $line in $file" ;;
	1) sed -i "${line}p" "$file" && echo "line $line of $file twice" ;;
	2) sed -i "${line}s/[aeiou]/o/" "$file" && echo "an o in line $line of $file" ;;
	3) sed -i "$line,${n}s/19\([0-9][0-9]\)/20\1/" "$file" &&
	    echo "other years from line $line of $file on" ;;
	4) cp "$TOP/pipelines/demo/sources/${file##*/}" "$file" &&
	    echo "$file as it was" ;;
	5) sed -i "\,sources/${file##*/},d" "$P/x/sources.tsv" &&
	    echo "$file taken out" ;;
	6) cp "$TOP/pipelines/demo/sources.tsv" "$P/x/sources.tsv" &&
	    echo "all sources" ;;
	7) (head -n 1 "$P/x/sources.tsv" && tail -n +2 "$P/x/sources.tsv" |
	    tac) >"$P/tmp" && mv "$P/tmp" "$P/x/sources.tsv" &&
	    echo "other order of trust" ;;
	esac
}

@test "incremental equals full after each of ${CHANGES:=20} random changes" {
	RANDOM=${SEED:-1}
	target pipeline >/dev/null 2>&1
	for n in $(seq "${CHANGES:-20}"); do
		change
		# a document that is broken altogether stops the run
		target pipeline >"$BATS_TEST_TMPDIR/log" 2>&1 || {
			cat "$BATS_TEST_TMPDIR/log"
			cp -r "$TOP/pipelines/demo/sources/." "$P/x/sources"
			target pipeline >/dev/null 2>&1
		}
		run -0 target verify
		[[ "${lines[-1]}" == "verify: x: "*", as from nothing" ]]
	done
}
