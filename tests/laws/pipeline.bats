#!/usr/bin/env bats
# pipeline - make pipeline: the demo from end to end, and what redoes what

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export LC_ALL=C
	export TOP=$BATS_TEST_DIRNAME/../.. D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
	# make's own variables are those of the make that runs the tests
	unset MAKEFLAGS MAKELEVEL MFLAGS
	cp -r "$TOP/pipelines" "$D/pipelines"
	make_demo >"$D/first" 2>&1
}

# make [VAR=value] ...: the demo of the copy, into D/out, whatever is lost
make_demo()
{
	make -C "$TOP" --no-print-directory pipeline NAME=demo MAX_LOSS=100% \
	    PIPELINES="$D/pipelines" OUT="$D/out" BIN="$BIN" \
	    -o "$BIN/fetch" -o "$BIN/parse" -o "$BIN/normalize" \
	    -o "$BIN/dedupe" -o "$BIN/cluster" -o "$BIN/audit" \
	    -o "$BIN/render" "$@"
}

# Remember when; changed lists what was made since.
mark()
{
	sleep 0.05
	touch "$D/mark"
	sleep 0.05
}

changed()
{
	(cd "$D/out/demo" && find . -newer "$D/mark" -name '*.ndjson' \
	    ! -path './rejects/*' ! -path './runs/*' | sort | tr '\n' ' ')
}

# Persons are numbered as in the run before.
same_but_for_numbers()
{
	cmp <(jq -c 'del(.papers[]?.person, .persons[]?.person)' "$1") \
	    <(jq -c 'del(.papers[]?.person, .persons[]?.person)' "$2")
}

@test "the demo ends with the counts and an author page" {
	grep -E '^parse +[0-9]+ +[0-9]+ +3 ' "$D/first"
	grep -E '^dedupe +[0-9]+ +[0-9]+ +0 +[1-9]' "$D/first"
	grep -x 'Author name cluster' "$D/first"
	grep -x 'Yann LeCun' "$D/first"
	grep -x '2 author rows' "$D/first"
	grep -E '^parse: .*refs.bib:[0-9]+: open-entry' "$D/first"
}

@test "in = out + rejected + merged from stage to stage" {
	cd "$D/out/demo/stats"
	jq -se 'all(.in == .out + .rejected + .merged)' ./*.json
	[ "$(jq .out parse.json)" = "$(jq .in normalize.json)" ]
	[ "$(jq .out normalize.json)" = "$(jq .in dedupe.json)" ]
	[ "$(jq .out dedupe.json)" = "$(jq .in cluster.json)" ]
	[ "$(jq '.out + .made' cluster.json)" = "$(jq .in render.json)" ]
	# every record that was read is named by just one paper or person
	[ "$(jq .out parse.json)" = "$(jq -r 'select(.kind != "author") |
	    .sources[] | "\(.source) \(.key) \(.offset)"' \
	    ../clustered.ndjson | sort -u | wc -l)" ]
}

@test "the filters by hand give the same" {
	cd "$TOP"
	"$BIN/fetch" -q pipelines/demo/sources.tsv |
	    "$BIN/parse" -q -E 3 2>/dev/null | "$BIN/normalize" -q |
	    "$BIN/dedupe" -q | "$BIN/cluster" -q |
	    cmp - "$D/out/demo/clustered.ndjson"
}

@test "a second run does nothing" {
	mark
	run -0 make_demo
	[ -z "$(cd "$D/out/demo" && find . -newer "$D/mark" -type f \
	    ! -name started)" ]
}

@test "twice from nothing: the same bytes; JOBS=2: the same bytes" {
	for jobs in 1 2; do
		make_demo OUT="$D/again$jobs" JOBS=$jobs SPREAD=1000 \
		    >/dev/null 2>&1
		for f in clustered.ndjson about.ndjson ledger.ndjson lock.tsv \
		    why.tsv rejects/parse.ndjson rejects/normalize.ndjson; do
			cmp "$D/out/demo/$f" "$D/again$jobs/demo/$f"
		done
	done
}

@test "a file that was touched stops at fetch" {
	mark
	touch "$D/pipelines/demo/sources/icml.csv"
	make_demo >/dev/null 2>&1
	[ -z "$(changed)" ]
}

@test "a source that changed redoes its maps and the folds" {
	cp "$D/pipelines/demo/sources/refs.bib" "$D/saved"
	mark
	sed -i 's/year *= *{*1998}*/year = 1999/' \
	    "$D/pipelines/demo/sources/refs.bib"
	! cmp "$D/saved" "$D/pipelines/demo/sources/refs.bib" || false
	make_demo >/dev/null 2>&1
	[ "$(changed)" = "./about.ndjson ./changes.ndjson ./clustered.ndjson ./deduped.ndjson ./documents.ndjson ./fetched/refs.ndjson ./ledger.ndjson ./normalized/refs.ndjson ./parsed/refs.ndjson " ]
	cp "$D/saved" "$D/pipelines/demo/sources/refs.bib"
	make_demo >/dev/null 2>&1
}

@test "a source that is taken out is gone" {
	cp "$D/pipelines/demo/sources.tsv" "$D/saved"
	sed -i '/^library\t/d' "$D/pipelines/demo/sources.tsv"
	make_demo >/dev/null 2>&1
	run jq -r 'select(.kind == "paper") | .sources[].source' \
	    "$D/out/demo/clustered.ndjson"
	[[ "$output" == *refs* && "$output" != *library* ]]
	cp "$D/saved" "$D/pipelines/demo/sources.tsv"
	make_demo >/dev/null 2>&1
	same_but_for_numbers "$D/out/demo/clustered.ndjson" \
	    "$D/again1/demo/clustered.ndjson"
}

@test "rejects over MAX_REJECTS stop the run with 65, nothing behind it runs" {
	run -2 make_demo OUT="$D/strict" MAX_REJECTS=2
	[[ "$output" == *"more rejects than MAX_REJECTS = 2"* ]]
	[[ "$output" == *"Error 65"* ]]
	[ "$(grep -c '"level":"reject"' "$D/strict/demo/rejects/parse.ndjson")" = 3 ]
	[ ! -e "$D/strict/demo/deduped.ndjson" ]
	[ -z "$(ls "$D/strict/demo/normalized" 2>/dev/null)" ]
}

@test "a source that is missing stops the run" {
	mkdir -p "$D/pipelines/lost"
	printf 'source\tformat\turl\na\tcsv\tnone.csv\n' \
	    >"$D/pipelines/lost/sources.tsv"
	run -2 make_demo NAME=lost
	[[ "$output" == *"fetch: "*"sources.tsv:2: no-input: "*"none.csv: No such file"* ]]
	[ ! -e "$D/out/lost/documents.ndjson" ]
}

@test "places of notes are those of the source, whatever JOBS" {
	mkdir -p "$D/pipelines/big/sources"
	printf 'source\tformat\turl\na\tcsv\tsources/a.csv\nb\tcsv\tsources/b.csv\n' \
	    >"$D/pipelines/big/sources.tsv"
	for s in a b; do
		echo 'id,title,doi'
		for i in $(seq 300); do
			# every tenth DOI is none: normalize notes it
			echo "$s$i,Title number $i,$((i % 10 ? 10 : 11)).1000/$s$i"
		done
	done | awk -v d="$D/pipelines/big/sources/" '
	    /^id/ { f = d (n++ ? "b" : "a") ".csv" } { print >f }'
	for jobs in 1 2; do
		make_demo NAME=big OUT="$D/big$jobs" JOBS=$jobs SPREAD=1000 \
		    >/dev/null 2>&1
	done
	cmp "$D/big1/big/rejects/normalize.ndjson" \
	    "$D/big2/big/rejects/normalize.ndjson"
	[ "$(jq -s length "$D/big1/big/rejects/normalize.ndjson")" = 60 ]
	jq -r '"\(.url) \(.line) \(.offset) \(.got)"' \
	    "$D/big1/big/rejects/normalize.ndjson" |
	    while read -r url line offset doi; do
		file=$D/pipelines/big/$url
		sed -n "${line}p" "$file" | grep -q ",$doi\$"
		tail -c "+$((offset + 1))" "$file" | head -n 1 |
		    grep -q ",$doi\$"
	done
}

@test "places of lines that have no source are those of the whole input" {
	export PARALLEL_HOME=$D/parallel SPREAD=0
	for i in {1..300}; do
		echo "{\"kind\":\"paper\",\"id\":\"x:$i\"}"
		[ $((i % 10)) != 0 ] || echo "bad line $i"
	done >"$D/whole"
	for jobs in 1 2; do
		(cd "$TOP" && pipelines/stage.sh map "$jobs" "$BIN/normalize" \
		    "$D/whole" "$D/map$jobs.ndjson" 2>/dev/null)
	done
	cmp "$D/map1.rejects" "$D/map2.rejects"
	[ "$(jq -s length "$D/map1.rejects")" = 30 ]
	jq -r '"\(.line) \(.offset) \(.input)"' "$D/map1.rejects" |
	    while read -r line offset text; do
		[ "$(sed -n "${line}p" "$D/whole")" = "$text" ]
		[ "$(tail -c "+$((offset + 1))" "$D/whole" | head -n 1)" = "$text" ]
	done
}

@test "a source that an older file takes the place of is read again" {
	cp "$D/pipelines/demo/sources/icml.csv" "$D/saved"
	mark
	sed -i '$d' "$D/pipelines/demo/sources/icml.csv"
	touch -d 2001-01-01 "$D/pipelines/demo/sources/icml.csv"
	make_demo >/dev/null 2>&1
	[[ "$(changed)" == *./parsed/icml.ndjson* ]]
	cp "$D/saved" "$D/pipelines/demo/sources/icml.csv"
	make_demo >/dev/null 2>&1
}

@test "a map beside the table that changed redoes its source" {
	mkdir -p "$D/pipelines/mapped"
	printf 'source\tformat\turl\tmap\na\tcsv\ta.csv\tm.tsv\n' \
	    >"$D/pipelines/mapped/sources.tsv"
	printf 'Headline\nTangent Prop\n' >"$D/pipelines/mapped/a.csv"
	printf 'from\tto\nHeadline\tvenue\n' >"$D/pipelines/mapped/m.tsv"
	make_demo NAME=mapped >/dev/null 2>&1
	[ "$(jq -r .venue "$D/out/mapped/clustered.ndjson")" = "Tangent Prop" ]
	printf 'from\tto\nHeadline\ttitle\n' >"$D/pipelines/mapped/m.tsv"
	make_demo NAME=mapped >/dev/null 2>&1
	[ "$(jq -r .title "$D/out/mapped/clustered.ndjson")" = "Tangent Prop" ]
}

@test "corrections beside the table that changed redo dedupe, taken away as well" {
	local c=$D/pipelines/demo/corrections.tsv
	mapfile -t id < <(jq -r .id "$D/out/demo/deduped.ndjson")
	printf 'same\t%s\t%s\tboth\ndrop\t%s\n' "${id[@]:0:3}" >"$c"
	printf 'drop\tnone\n' >>"$c"
	mark
	make_demo >"$D/log" 2>&1
	grep -F "$c:3: unused-correction: no record has the id none" "$D/log"
	[ "$(changed)" = "./changes.ndjson ./clustered.ndjson ./deduped.ndjson ./ledger.ndjson " ]
	jq -e '.in == .out + .rejected + .merged and .rejected ==
	    .codes.dropped and .rejected > 0' "$D/out/demo/stats/dedupe.json"
	jq -e '.gaps == null' "$D/out/demo/report.json"
	[ "$(jq .out "$D/out/demo/stats/dedupe.json")" = $((${#id[@]} - 2)) ]
	mark
	make_demo >/dev/null 2>&1
	[ -z "$(changed)" ]
	rm "$c"
	make_demo >/dev/null 2>&1
	same_but_for_numbers "$D/out/demo/clustered.ndjson" \
	    "$D/again1/demo/clustered.ndjson"
}

@test "a smaller MAX_REJECTS counts, and so does another folder" {
	make_demo OUT="$D/settings" >/dev/null 2>&1
	run -2 make_demo OUT="$D/settings" MAX_REJECTS=2
	[[ "$output" == *"more rejects than MAX_REJECTS = 2"* ]]
	mkdir -p "$D/elsewhere/demo"
	printf 'source\tformat\turl\na\tcsv\ta.csv\n' \
	    >"$D/elsewhere/demo/sources.tsv"
	printf 'title\nTangent Prop\n' >"$D/elsewhere/demo/a.csv"
	touch -d 2001-01-01 "$D"/elsewhere/demo/*
	make_demo OUT="$D/settings" PIPELINES="$D/elsewhere" >/dev/null 2>&1
	[ "$(wc -l <"$D/settings/demo/clustered.ndjson")" = 1 ]
}

@test "a table without a source is no success" {
	mkdir -p "$D/pipelines/none"
	printf 'source\tformat\turl\n' >"$D/pipelines/none/sources.tsv"
	run -2 make_demo NAME=none
	[[ "$output" == *"names no source"* ]]
	printf 'a/b\tcsv\ta.csv\n' >>"$D/pipelines/none/sources.tsv"
	run -2 make_demo NAME=none
	[[ "$output" == *"sources.tsv:2: bad-row: "* ]]
}

@test "make STAGE stops behind that stage" {
	for stage in fetch parse normalize dedupe cluster; do
		rm -rf "$D/stage"
		make -C "$TOP" --no-print-directory $stage NAME=demo \
		    PIPELINES="$D/pipelines" OUT="$D/stage" BIN="$BIN" \
		    >"$D/o" 2>/dev/null
		[[ "$(tail -n 1 "$D/o")" == "$stage: "* ]]
	done
}

@test "an unknown name lists the known ones" {
	run -2 make_demo NAME=nope
	[[ "$output" == *"'nope'"* && "$output" == *demo* ]]
	run -2 make_demo NAME=
}

@test "make help names the targets" {
	run -0 make -C "$TOP" help
	for t in all pipeline test deps clean help; do
		[[ "$output" == *"$t"* ]]
	done
}

@test "the known page is made byte for byte from its sources" {
	shared=$TOP/../shared
	[ -e "$shared/golden/expected.txt" ] || skip "no golden data here"
	make -C "$TOP" pipeline NAME=golden PIPELINES="$shared" OUT="$D/out" \
	    BIN="$BIN" >/dev/null
	"$BIN/render" -q --view text --author 'rishabh AGARWAL' \
	    "$D/out/golden/clustered.ndjson" |
	    cmp - "$shared/golden/expected.txt"
	"$BIN/render" -q --author 'Rishabh Agarwal 0002' \
	    "$D/out/golden/clustered.ndjson" | grep -x '1 paper'
}
