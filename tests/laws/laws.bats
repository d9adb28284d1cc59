#!/usr/bin/env bats
# laws - what holds for every filter

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export LC_ALL=C
	top=$BATS_TEST_DIRNAME/../..
	export BIN=${BIN:-$top/bin} D=$BATS_FILE_TMPDIR
	# what each filter reads: the stages of the demo, and some rejects
	cd "$top" || return 1
	cp pipelines/demo/sources.tsv "$D/fetch.in"
	"$BIN/fetch" -q pipelines/demo/sources.tsv >"$D/parse.in"
	"$BIN/parse" -q -E 100% "$D/parse.in" >"$D/normalize.in" 2>/dev/null
	# and persons, one of them twice
	for n in 3 1 2 1; do
		printf '<www key="homepages/%d"><author>Bo Dai %04d</author></www>' \
		    "$n" "$n"
	done | "$BIN/parse" -q -f dblp -S dblp >>"$D/normalize.in"
	"$BIN/normalize" -q "$D/normalize.in" >"$D/dedupe.in"
	"$BIN/dedupe" -q "$D/dedupe.in" >"$D/cluster.in"
	"$BIN/cluster" -q "$D/cluster.in" >"$D/render.in"
	cp "$D/render.in" "$D/audit.in"
	head -n 100 "$D/audit.in" | "$BIN/audit" -q --ledger "$D/ledger"
	filters=$(cd filters && printf '%s\n' *.c | sed 's/\.c$//')
	export filters
	export streams="parse normalize dedupe cluster render audit"
}

setup()
{
	# paths in documents are relative to the top of the project; the rows
	# of sources.tsv to their table
	cd "$BATS_TEST_DIRNAME/../.." || return 1
}

# The input of a filter, from its table's folder for fetch.
feed()
{
	if [ "$1" = fetch ]; then cat pipelines/demo/sources.tsv
	else cat "$D/$1.in"; fi
}

# Run a filter on standard input in the folder where its paths hold, and audit
# with something to tell of.
run_filter()
{
	local filter=$1
	shift
	case $filter in
	fetch) (cd pipelines/demo && "$BIN/fetch" "$@") ;;
	audit) "$BIN/audit" --against "$D/ledger" "$@" ;;
	*) "$BIN/$filter" "$@" ;;
	esac
}

# in = out + rejected + merged, by the file of --stats
balanced()
{
	jq -e '.in == .out + .rejected + .merged' "$1" >/dev/null || {
		echo "no balance:"
		cat "$1"
		return 1
	}
}

stat_of()
{
	jq ".$2" "$1"
}

@test "every filter is there to be tested" {
	[ "$(echo "$filters" | wc -l)" -ge 6 ]
	for f in $filters; do
		[ -s "$D/$f.in" ]
	done
}

@test "empty input: nothing out, exit 0" {
	for f in $streams; do
		echo "$f"
		run -0 --separate-stderr "$BIN/$f" --stats "$D/s" /dev/null
		[ -z "$output" ]
		[ "$(stat_of "$D/s" in)" = 0 ]
		balanced "$D/s"
	done
	# a table without a header is malformed
	run -78 "$BIN/fetch" /dev/null
}

@test "in = out + rejected + merged, and out is what is written" {
	for f in $filters; do
		echo "$f"
		feed "$f" | run_filter "$f" -q -E 100% --stats "$D/s" \
		    >"$D/o" 2>/dev/null
		balanced "$D/s"
		[ "$(stat_of "$D/s" in)" -gt 10 ]
		case $f in
		render) ;;
		audit) [ "$(wc -l <"$D/o")" = "$(stat_of "$D/s" made)" ] ;;
		*) [ "$(wc -l <"$D/o")" = \
		    $(($(stat_of "$D/s" out) + $(stat_of "$D/s" made))) ] ;;
		esac
	done
}

@test "the last line on standard error sums up" {
	for f in $filters; do
		echo "$f"
		feed "$f" | run_filter "$f" -E 100% 2>&1 >/dev/null |
		    tail -n 1 | grep -E "^$f: [0-9]+ in, [0-9]+ out, [0-9]+ rejected.*MB/s$"
	done
}

@test "-q says nothing when all is well" {
	for f in fetch normalize dedupe cluster render audit; do
		echo "$f"
		[ -z "$(feed "$f" | run_filter "$f" -q 2>&1 >/dev/null)" ]
	done
}

@test "a missing final newline loses nothing" {
	for f in $filters; do
		echo "$f"
		feed "$f" | run_filter "$f" -q -E 100% >"$D/a" 2>/dev/null
		feed "$f" | head -c -1 |
		    run_filter "$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
	done
}

@test "CRLF and a byte order mark change nothing" {
	for f in $filters; do
		echo "$f"
		feed "$f" | run_filter "$f" -q -E 100% >"$D/a" 2>/dev/null
		{ printf '\357\273\277'; feed "$f" | sed 's/$/\r/'; } |
		    run_filter "$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
	done
}

@test "compressed input is read as it is" {
	for f in $streams; do
		echo "$f"
		feed "$f" | "$BIN/$f" -q -E 100% >"$D/a" 2>/dev/null
		feed "$f" | gzip | "$BIN/$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
		feed "$f" | zstd -q | "$BIN/$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
	done
}

@test "compressed input that is cut short is rejected with 65" {
	for f in $streams; do
		echo "$f"
		feed "$f" | gzip | head -c 1000 >"$D/cut.gz"
		run -65 --separate-stderr "$BIN/$f" -E 100% --stats "$D/s" \
		    "$D/cut.gz"
		[ "$(jq '.codes["corrupt-input"]' "$D/s")" = 1 ]
		balanced "$D/s"
	done
}

@test "a NUL, bad UTF-8, garbage: one reject each, the rest goes on" {
	for f in $streams; do
		echo "$f"
		feed "$f" | "$BIN/$f" -q -E 100% --stats "$D/t" >"$D/a" \
		    2>/dev/null
		{
			printf '{"kind":"paper","id":"a:1","title":"\000"}\n'
			feed "$f" | head -n 5
			printf '{"kind":"paper","id":"a:2","title":"\377"}\n'
			printf 'garbage\n\n[1]\n"s"\n{}\n{"kind":"nothing"}\n'
			feed "$f" | tail -n +6
		} | "$BIN/$f" -q -E 100% -r "$D/r" --stats "$D/s" >"$D/b" \
		    2>/dev/null
		cmp "$D/a" "$D/b"
		balanced "$D/s"
		[ "$(stat_of "$D/s" rejected)" = \
		    $(($(stat_of "$D/t" rejected) + 7)) ]
	done
}

@test "a line of 1 MiB is one record" {
	for f in normalize dedupe cluster render; do
		echo "$f"
		{
			printf '{"kind":"paper","id":"a:1","title":"t","x":"'
			head -c 1048576 /dev/zero | tr '\0' x
			printf '"}\n'
		} | "$BIN/$f" --stats "$D/s" >"$D/o"
		[ "$(stat_of "$D/s" in)" = 1 ]
		[ "$(stat_of "$D/s" out)" = 1 ]
		[ "$f" = render ] || [ "$(wc -c <"$D/o")" -gt 1048576 ]
	done
}

@test "a line over --max-record is rejected, not more" {
	for f in $streams; do
		echo "$f"
		run -65 --separate-stderr bash -c '{
			head -c 100000 /dev/zero | tr "\0" x; echo
			printf "{}\n"
		} | "$0" --max-record 64K --stats "$1"' "$BIN/$f" "$D/s"
		[ "$(jq '.codes["too-long"]' "$D/s")" = 1 ]
		[ "$(stat_of "$D/s" in)" = 2 ]
		balanced "$D/s"
	done
}

@test "unknown members pass, numbers keep their spelling" {
	line='{"kind":"paper","id":"a:1","title":"T","zz":{"b":[1.50,1e400],"a":null},"aa":-0}'
	for f in normalize dedupe cluster; do
		echo "$f"
		[ "$(echo "$line" | "$BIN/$f" -q)" = "$line" ]
	done
}

@test "parse takes 4096 foreign members of rows and objects, and notes the rest" {
	seq -s , -f f%g 5000 | sed 's/^/title,/' >"$D/many.csv"
	seq -s , 5000 | sed 's/^/T,/' >>"$D/many.csv"
	jq -Rnc '[inputs / ","] | transpose | map({ (.[0]): .[1] }) | add' \
	    "$D/many.csv" >"$D/many.json"
	for f in csv json; do
		echo "$f"
		"$BIN/parse" -q -f $f -r "$D/r" "$D/many.$f" |
		    jq -e '(keys | length == 4096 + 4) and .f4096 == "4096"'
		[ "$(jq -r '"\(.code) \(.detail)"' "$D/r")" = \
		    "dropped-value behind 4096 foreign fields" ]
	done
}

@test "parse tells once of the columns that are not known" {
	printf 'title,score,Shelf mark\nA,1,2\nB,3,4\n' >"$D/shelf.csv"
	"$BIN/parse" -f csv "$D/shelf.csv" 2>"$D/err" >/dev/null
	[ "$(head -n 1 "$D/err")" = "parse: $D/shelf.csv: columns that are kept\
 under their own names: score, Shelf mark" ]
	[ "$(wc -l <"$D/err")" = 2 ]
}

@test "parse tells who forgot -f of it" {
	printf '@misc{a, title = {A}}\n' >"$D/a.bib"
	run "$BIN/parse" "$D/a.bib"
	[[ "$output" = *"with -f, such as -f auto"* ]]
	echo '{"kind":"document","source":"a","format":"none","path":"a"}' >"$D/a"
	run "$BIN/parse" "$D/a"
	[[ "$output" != *"-f auto"* ]]
}

@test "who reads papers tells who forgot parse of it" {
	printf '@misc{a,\n  title = {A}\n}\n' >"$D/a.bib"
	printf 'x\n{"kind":"paper","id":"a:1"}\n' >"$D/some"
	for f in normalize dedupe cluster render audit; do
		echo "$f"
		run "$BIN/$f" "$D/a.bib"
		[[ "$output" = *": no lines of JSON as parse writes them"* ]]
		run "$BIN/$f" "$D/some"
		[[ "$output" != *"parse"* ]]
	done
}

@test "known members come in the order of the schema" {
	line='{"title":"T","zz":1,"id":"a:1","year":2001,"kind":"paper","authors":[{"family":"X","name":"Y X"}]}'
	want='{"kind":"paper","id":"a:1","title":"T","authors":[{"name":"Y X","family":"X"}],"year":2001,"zz":1}'
	for f in normalize dedupe cluster; do
		echo "$f"
		[ "$(echo "$line" | "$BIN/$f" -q | head -n 1)" = "$want" ]
	done
}

@test "several files are one stream" {
	for f in $streams; do
		echo "$f"
		feed "$f" | head -n 7 >"$D/1"
		feed "$f" | tail -n +8 >"$D/2"
		"$BIN/$f" -q -E 100% "$D/1" "$D/2" >"$D/a" 2>/dev/null
		cat "$D/1" "$D/2" | "$BIN/$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
		"$BIN/$f" -q -E 100% - "$D/2" <"$D/1" >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
	done
}

@test "folds do not depend on the order of the lines" {
	for f in dedupe cluster render audit; do
		echo "$f"
		feed "$f" | run_filter "$f" -q >"$D/a"
		feed "$f" | tac | run_filter "$f" -q >"$D/b"
		cmp "$D/a" "$D/b"
		feed "$f" | sort -k2 | run_filter "$f" -q >"$D/b"
		cmp "$D/a" "$D/b"
	done
}

@test "what a filter wrote it reads again, unchanged" {
	for f in normalize dedupe; do
		echo "$f"
		feed "$f" | "$BIN/$f" -q >"$D/a"
		"$BIN/$f" -q "$D/a" | cmp - "$D/a"
	done
	# cluster writes authors behind the papers, made anew from these
	grep -v '"kind":"author"' "$D/render.in" | "$BIN/cluster" -q |
	    cmp - "$D/render.in"
}

@test "a file that is missing: 66, the others are read" {
	for f in $streams; do
		echo "$f"
		feed "$f" >"$D/1"
		"$BIN/$f" -q -E 100% "$D/1" >"$D/a" 2>/dev/null
		run -66 bash -c '"$0" -q -E 100% "$1/none" "$1/1" >"$1/b" \
		    2>"$1/e"' "$BIN/$f" "$D"
		cmp "$D/a" "$D/b"
		grep -q "^$f: .*none: No such file" "$D/e"
	done
	run -66 "$BIN/fetch" "$D/none"
}

@test "a folder is no input" {
	for f in $filters; do
		echo "$f"
		run -66 "$BIN/$f" "$D"
	done
}

@test "a full disk is 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	for f in $filters; do
		echo "$f"
		status=0
		feed "$f" | run_filter "$f" -q -E 100% >/dev/full \
		    2>"$D/e" || status=$?
		[ "$status" = 74 ]
		grep -q "^$f: stdout: No space left" "$D/e"
	done
}

@test "a full disk under the rejects is 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	for f in $streams; do
		echo "$f"
		run -74 bash -c 'echo garbage | "$0" -q -r /dev/full' "$BIN/$f"
	done
}

@test "a reader that goes away ends a filter without a word" {
	for f in normalize dedupe cluster; do
		echo "$f"
		for _ in 1 2 3 4 5 6 7 8; do feed "$f"; done >"$D/long"
		{ "$BIN/$f" -q -E 100% "$D/long" 2>"$D/e" || true; } |
		    head -n 1 >/dev/null
		[ "$(grep -vc duplicate-id "$D/e")" = 0 ]
	done
}

@test "an option that is not one, or no number: 64, with the synopsis" {
	for f in $filters; do
		echo "$f"
		for o in -Z --no-such --max-rejects=x -E-1 --max-record=1T; do
			run -64 "$BIN/$f" "$o"
			[[ "$output" == *"usage: $f "* ]]
		done
	done
}

@test "a value that cannot be is told as it was given, a file - is none" {
	for f in $filters; do
		echo "$f"
		run -64 "$BIN/$f" -E 200%
		[[ "$output" == *": 200%"* ]]
		for o in -r- --stats=-; do
			run -64 "$BIN/$f" "$o"
		done
	done
	[ ! -e - ]
}

@test "-r into a folder that is not there: 73" {
	for f in $filters; do
		echo "$f"
		run -73 "$BIN/$f" -r "$D/none/r" /dev/null
	done
}

@test "-E: as many rejects as it says are no failure" {
	for f in $streams; do
		echo "$f"
		printf 'x\ny\n' >"$D/2"
		run -65 "$BIN/$f" -q "$D/2"
		run -65 "$BIN/$f" -q -E 1 "$D/2"
		run -0 "$BIN/$f" -q -E 2 "$D/2"
		run -65 "$BIN/$f" -q -E 99% "$D/2"
		run -0 "$BIN/$f" -q -E 100% "$D/2"
	done
}

@test "-s stops at the first reject" {
	for f in $streams; do
		echo "$f"
		printf 'x\ny\n' >"$D/2"
		run -65 "$BIN/$f" -q -s -E 9 --stats "$D/s" "$D/2"
		[ "$(stat_of "$D/s" rejected)" = 1 ]
	done
}

@test "a reject says where it is and holds the text" {
	for f in $streams; do
		echo "$f"
		printf '\nbad line\n' >"$D/2"
		run -65 "$BIN/$f" -q -r "$D/r" "$D/2"
		[ "$output" = "$f: $D/2:2: bad-json: $(jq -r .detail "$D/r")" ]
		[ "$(jq -r '"\(.stage) \(.code) \(.line) \(.offset) \(.input)"' \
		    "$D/r")" = "$f bad-json 2 1 bad line" ]
	done
}

@test "messages mask what a terminal would obey" {
	run -66 "$BIN/normalize" $'a\e[31mb\x07\xff'
	[[ "$output" == *'a\x1b[31mb\x07\xff'* ]]
}

@test "the same bytes in every locale" {
	for f in $streams; do
		echo "$f"
		feed "$f" | "$BIN/$f" -q -E 100% >"$D/a" 2>/dev/null
		feed "$f" | LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 \
		    "$BIN/$f" -q -E 100% >"$D/b" 2>/dev/null
		cmp "$D/a" "$D/b"
	done
}

@test "--version and --help go to standard output" {
	for f in $filters; do
		echo "$f"
		run -0 --separate-stderr "$BIN/$f" --version
		[[ "$output" =~ ^$f\ [0-9] ]]
		run -0 --separate-stderr "$BIN/$f" -h
		[[ "$output" == "usage: $f "* ]]
	done
}

@test "no file gets the number of a stream that was closed" {
	printf 'bad line\n' >"$D/2"
	for f in $streams; do
		echo "$f"
		run -65 bash -c '"$1" -r "$2/r" "$2/2" >/dev/null 2>&-' - \
		    "$BIN/$f" "$D"
		jq -e '.code == "bad-json"' "$D/r"
		[ "$(wc -l <"$D/r")" = 1 ]
		# what was closed is no empty input, and takes no output
		run -74 bash -c '"$1" -q <&- >/dev/null' - "$BIN/$f"
	done
	run -74 bash -c '"$1" -q "$2" >&-' - "$BIN/dedupe" "$D/dedupe.in"
}

@test "normalize: what it makes of every case it does not change again" {
	tests/idempotent.sh tests/golden/normalize/*/in "$D/normalize.in"
}

@test "a unit test without the files that it needs is skipped" {
	run ! grep -n '[^a-z_]skip()' tests/unit/*.c
	unit=$(cd "${BUILD:-build}/unit" && pwd)
	cd "$D"
	env -u UNICODE CMOCKA_MESSAGE_OUTPUT=TAP "$unit/unicode" |
	    grep -q '^1\.\.0 # SKIP '
}
