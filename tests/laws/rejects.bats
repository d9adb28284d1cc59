#!/usr/bin/env bats
# rejects - bin/rejects: what a run rejected, counted, shown, printed

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup()
{
	export LC_ALL=C.UTF-8
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	BIN=${BIN:-$TOP/bin}
	[[ $BIN == /* ]] || BIN=$PWD/$BIN
	rejects=$TOP/bin/rejects
	cd "$BATS_TEST_TMPDIR" || return 1
}

# A record: record LEVEL STAGE CODE SOURCE LINE [INPUT [MEMBERS]]
record()
{
	jq -nc --arg level "$1" --arg stage "$2" --arg code "$3" \
	    --arg source "$4" --argjson line "$5" --arg input "${6:-}" \
	    --argjson more "${7:-null}" '
	    { kind: "reject", $level, $stage, $code, detail: "why" } +
	    (if $source == "" then {} else { $source,
	    sha256: "0", url: "\($source).txt" } end) +
	    { offset: ($line * 100), $line } +
	    (if $input == "" then {} else { $input } end) + ($more // {})'
}

letters()
{
	head -c "$1" /dev/zero | tr '\0' a
}

@test "the table: rejects first, then the most, ties by name; one of each" {
	{
		record note parse dropped-value b 1 '' '{"got":"one  text"}'
		record note parse dropped-value b 2
		record note parse dropped-value b 3
		record reject parse bad-xml b 4 $' <a>\n\t<b>'
		record reject normalize bad-json '' 5 '{"a":'
		record reject parse bad-xml a 6 x '{"field":"title","got":"wrong"}'
		record reject parse bad-xml a 7
		record reject parse bad-quote c 8 "" \
		    '{"field":"id","detail":"id: it is long"}'
	} >r
	run -0 "$rejects" r
	diff - <<-'END' <(echo "$output")
		  count  level   stage      code           source
		      2  reject  parse      bad-xml        a
		         a.txt:6: title: why
		         wrong
		      1  reject  normalize  bad-json       -
		         input of normalize:5: why
		         {"a":
		      1  reject  parse      bad-quote      c
		         c.txt:8: id: it is long
		      1  reject  parse      bad-xml        b
		         b.txt:4: why
		         <a> <b>
		      3  note    parse      dropped-value  b
		         b.txt:1: why
		         one text
	END
}

@test "what a terminal would obey is masked, what is long is cut" {
	record reject parse bad-xml a 1 "é$(letters 70)" \
	    '{"detail":"\u001b[2J\u007f\u009b é"}' >r
	"$rejects" r >out
	grep -qxF '         a.txt:1: \x1b[2J\x7f\x9b é' out
	grep -qxF "         é$(letters 62)…" out
	record reject parse bad-xml a 1 $'\e]0;x\a' '{"url":"\u001bc"}' >r
	"$rejects" r >out
	"$rejects" --input --code bad-xml r 2>err || true
	run -1 grep -q $'[\x01-\x09\x0b-\x1f]' out err
}

@test "the demo: as many as its files have lines, and as its stages say" {
	out=${OUT:-$TOP/out}/demo
	[ -d "$out/rejects" ] || skip "no run of the demo"
	OUT=${out%/demo} "$rejects" demo >table
	[ "$(awk '$2 == "reject" { n += $1 } END { print n }' table)" = \
	    "$(cat "$out"/rejects/*.ndjson | jq -s 'map(select(.level == "reject")) | length')" ]
	[ "$(awk '$2 ~ /^(reject|note)$/ { n += $1 } END { print n }' table)" = \
	    "$(cat "$out"/rejects/*.ndjson | wc -l)" ]
	grep -qE '^ +1  reject  parse +open-entry +refs$' table
	# mended and fed back: the entry is there
	OUT=${out%/demo} "$rejects" demo --stage parse --code open-entry --input \
	    >mend.bib
	echo '}' >>mend.bib
	[ "$("$BIN/parse" -q -f bibtex mend.bib | jq -r .title)" = \
	    'Bayesian Sets' ]
}

@test "--code, --level, --source, --stage choose, alone and together" {
	for level in reject note; do
		for stage in parse normalize; do
			for code in bad-xml bad-json; do
				record $level $stage $code one 1
				record $level $stage $code two 1
			done
		done
	done >r
	count()
	{
		"$rejects" r --json "$@" | jq -s 'map(.count) | add'
	}
	[ "$(count)" = 16 ]
	for o in 'code bad-xml' 'level note' 'source two' 'stage parse'; do
		# shellcheck disable=SC2086 # two words
		[ "$(count --$o)" = 8 ]
		[ "$(count "--${o/ /=}")" = 8 ]
	done
	[ "$(count --code bad-xml --level note --source two --stage parse)" = 1 ]
	[ "$("$rejects" r --source bad-xml)" = 'no rejects, no notes' ]
	[ -z "$("$rejects" r --source bad-xml --json)" ]
}

@test "--json: the groups of the table, one a line, with the first record" {
	{
		record reject parse bad-xml a 1 x
		record reject parse bad-xml a 2 y
		record note normalize bad-json '' 3
	} >r
	"$rejects" --json r >out
	[ "$(jq -c 'del(.example)' out)" = '{"count":2,"level":"reject","stage":"parse","code":"bad-xml","source":"a"}
{"count":1,"level":"note","stage":"normalize","code":"bad-json"}' ]
	[ "$(jq -c .example out)" = "$(sed -n '1p;3p' r)" ]
}

@test "--input: texts as they came, each with its end of line" {
	{
		record reject parse bad-quote c 1 'a,"b"c'
		record reject parse bad-quote c 2 'ä\d,"'
		record reject parse open-entry b 3 $'@a{b,\n}\n'
		record note parse dropped-value b 4
		record reject parse bad-json j 5 $'{\n  "a\e": \\u0041'
	} >r
	"$rejects" --input r >out 2>err
	printf 'a,"b"c\nä\\d,"\n@a{b,\n}\n{\n  "a\e": \\u0041\n' | cmp - out
	[ ! -s err ]
	run -64 --separate-stderr "$rejects" --input --level note r
	[ -z "$output" ]
}

@test "--input: an entry rejected twice comes once, two entries alike twice" {
	{
		record reject parse bad-xml b 4 same
		record reject parse bad-entity b 4 same
		record reject parse bad-xml b 5 same
		record reject normalize bad-json '' 5 same
	} >r
	[ "$("$rejects" --input r | grep -cx same)" = 3 ]
}

@test "--input: a text that may be cut, or is not there, is told of: 65" {
	{
		record reject parse bad-xml a 1 whole
		record reject parse bad-xml a 2 "$(letters 4092)é"
		record reject parse bad-xml a 3 "$(letters 4092)"
		record reject parse corrupt-input a 4
	} >r
	run -65 --separate-stderr "$rejects" --input r
	[ "$output" = "whole
$(letters 4092)" ]
	# shellcheck disable=SC2154 # bats sets it
	[ "$stderr" = "rejects: 2 texts are not here whole, and not printed:
  a.txt:2: cut
  a.txt:4: none" ]
	# what the filters cut
	{
		printf 'title\n"%s"x\n' "$(letters 5000)"
		printf '"%s"x\n' "$(letters 2044 | sed 's/a/é/g')é"
	} >long.csv
	"$BIN/parse" -q -f csv -E 9 -r r long.csv 2>/dev/null
	run -65 --separate-stderr "$rejects" --input r
	[ -z "$output" ]
	[ "$(grep -c ': cut$' <<<"$stderr")" = 2 ] || {
		printf '%s\n' "$stderr" "$(jq -c '.input | length' r)"
		return 1
	}
	for i in {1..12}; do
		record reject parse corrupt-input a "$i"
	done >r
	run -65 --separate-stderr "$rejects" --input r
	[ "$(wc -l <<<"$stderr")" = 12 ]
	[[ $stderr == *'12 texts'*'a.txt:10: none'*'and others' ]]
}

@test "a name, a folder, a file, standard input, several of them" {
	mkdir -p out/mine/rejects other
	record reject parse bad-xml a 1 >out/mine/rejects/parse.ndjson
	record reject fetch bad-row '' 1 >out/mine/rejects/fetch.ndjson
	: >out/mine/rejects/render.ndjson
	echo garbage >out/mine/rejects/parse.tmp
	echo '{"kind":"paper"}' >out/mine/papers.ndjson
	record reject parse bad-xml b 1 >other/x.ndjson
	sources()
	{
		"$rejects" --json "$@" | jq -r '.source // .stage' | sort | xargs
	}
	export OUT=$PWD/out
	[ "$(sources mine)" = 'a fetch' ]
	[ "$(sources out/mine)" = 'a fetch' ]
	[ "$(sources out/mine/rejects)" = 'a fetch' ]
	[ "$(sources other)" = b ]
	[ "$(sources other/x.ndjson)" = b ]
	[ "$(sources other mine)" = 'a b fetch' ]
	[ "$(sources -- other)" = b ]
	[ "$(sources - <other/x.ndjson)" = b ]
	# a name goes before a folder here
	mkdir mine
	record reject parse bad-xml c 1 >mine/x.ndjson
	[ "$(sources mine)" = 'a fetch' ]
	[ "$(sources ./mine)" = c ]
}

@test "without OUT it is found beside the script, from anywhere, by any link" {
	mkdir -p project/bin project/out/mine/rejects links
	cp "$rejects" project/bin
	record reject parse bad-xml a 1 >project/out/mine/rejects/parse.ndjson
	ln -s ../project/bin/rejects links/rejects
	ln -s rejects links/again
	unset OUT
	for r in project/bin/rejects links/rejects links/again; do
		(cd / && "$BATS_TEST_TMPDIR/$r" mine | grep -q bad-xml)
		"./$r" mine | grep -q bad-xml
	done
	PATH=$PWD/links:$PATH
	again mine | grep -q bad-xml
}

@test "nothing: says so, 0; nothing of the kind: 66, 65, 64; a full disk: 74" {
	: >empty
	[ "$("$rejects" empty)" = 'no rejects, no notes' ]
	[ -z "$("$rejects" --input empty)" ]
	mkdir folder out
	for o in none none/x folder out; do
		run -66 --separate-stderr env OUT="$PWD" "$rejects" "$o"
		[[ $stderr == "rejects: "*"$o"* ]]
	done
	echo '{"kind":"paper"}' >papers
	echo 5 >numbers
	echo '{"kind":' >half
	for o in papers numbers half; do
		run -65 "$rejects" "$o"
		[[ $output == *rejects:\ $o:1* || $o == half ]]
		run -65 "$rejects" --input "$o"
	done
	for o in --none -x --level=worst --code ''; do
		# shellcheck disable=SC2086 # the last one is no operand
		run -64 --separate-stderr "$rejects" $o
		[[ $stderr == rejects:*usage:* ]]
	done
	record reject parse bad-xml a 1 x >r
	for o in --json --input --level=reject; do
		run -74 bash -c "'$rejects' $o r >/dev/full"
	done
	# a reader that goes away
	yes "$(cat r)" | head -n 3000 | jq -c '.line = input_line_number |
	    .input *= 99' >many
	run -0 bash -c "'$rejects' --input many 2>&1 | head -n 1; exit \$((PIPESTATUS[0] - 141))"
	[ "$output" = "$(letters 99 | tr a x)" ]
}
