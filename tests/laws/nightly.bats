#!/usr/bin/env bats
# nightly - unattended runs: silent, or one paragraph and a status

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export LC_ALL=C
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export TOP
	unset MAKEFLAGS MAKELEVEL MFLAGS
}

# Each test has a pipeline x of its own, of two lists.
setup()
{
	P=$BATS_TEST_TMPDIR/p O=$BATS_TEST_TMPDIR/out
	export PIPELINES=$P OUT=$O JOBS=2 LOCK_WAIT=1
	mkdir -p "$P/x"
	printf 'source\tformat\turl\na\tcsv\ta.csv\nb\tcsv\tb.csv\n' \
	    >"$P/x/sources.tsv"
	list a 120 >"$P/x/a.csv"
	list b 60 >"$P/x/b.csv"
}

# A list of that many papers, each of another kind.
list()
{
	awk -v s="$1" -v n="$2" 'BEGIN { print "id,title,authors,venue,year"
	    for (i = 1; i <= n; i++)
		printf "%d,On the %s%d-th of things,Ann %c. Lee,Things,%d\n",
		    i, s, i, 65 + i % 26, 1990 + i % 3 }'
}

# Drop that many lines at random: drop FILE N SEED
drop()
{
	awk -v n="$2" -v seed="$3" -v all="$(($(wc -l <"$1") - 1))" '
	    BEGIN { srand(seed) }
	    NR > 1 && rand() * (all - NR + 2) < n { n--; next } 1' \
	    "$1" >"$1.new"
	mv "$1.new" "$1"
}

night()
{
	"$TOP/bin/nightly" x
}

# The report of the run, once more.
report()
{
	BIN=$TOP/bin SITE_TITLE=x CONTACT='' "$TOP/pipelines/report.sh" make \
	    "$O/x" a b
}

target()
{
	make -C "$TOP" -s "$@" NAME=x
}

shown()
{
	readlink "$O/x/site"
}

papers()
{
	find "$O/x/site/" -path '*/p/*' -name '*.html' | wc -l
}

@test "a night in which all is well says nothing, from any folder and cron's bare environment" {
	mkdir "$BATS_TEST_TMPDIR/elsewhere"
	ln -s "$TOP/bin/nightly" "$BATS_TEST_TMPDIR/elsewhere/run"
	cd "$BATS_TEST_TMPDIR/elsewhere"
	run -0 env -i HOME="$HOME" LOGNAME=root PATH=/usr/bin:/bin \
	    SHELL=/bin/sh PIPELINES=../p OUT=../out ./run x
	[ -z "$output" ]
	[ -s "$O/x/site/index.html" ]
	grep -q '^publish: site 1 is public' "$O"/x/log/*
	run -0 night
	[ -z "$output" ]
	[ "$(shown)" = site.builds/1 ]
}

@test "--all runs those that say so" {
	cp -r "$P/x" "$P/y"
	cp -r "$P/x" "$P/z"
	echo 'NIGHTLY := yes' >"$P/x/pipeline.mk"
	echo 'NIGHTLY = yes' >"$P/z/pipeline.mk"
	run -0 "$TOP/bin/nightly" --all
	[ -z "$output" ]
	[ -e "$O/x/site" ] && [ ! -e "$O/y" ] && [ -e "$O/z/site" ]
	rm "$P"/*/pipeline.mk
	run -66 "$TOP/bin/nightly" --all
	[[ "$output" == *"NIGHTLY := yes"* ]]
	run -64 "$TOP/bin/nightly"
}

@test "while another run is at work: 75, and it goes on" {
	mkdir -p "$O/x"
	(exec 8>>"$O/x/lock" && flock 8 && exec sleep 60) &
	run -75 night
	[ "$output" = "x: another run is at work, it holds $O/x/lock" ]
	run -2 target pipeline
	[[ "$output" == *"another run is at work"*"Error 75"* ]]
	kill $!
	wait || true
	run -0 night
	# two that begin at once: one after the other, or 75
	list a 121 >"$P/x/a.csv"
	LOCK_WAIT=60 night 2>"$BATS_TEST_TMPDIR/one" & one=$!
	status=0
	LOCK_WAIT=60 night || status=$?
	wait $one
	[ $status = 0 ]
	[ "$(papers)" = 181 ]
}

@test "a source that lost 5 % is refused, whichever they are, and FORCE=yes shows it" {
	night
	for seed in 1 2 3; do
		cp "$P/x/a.csv" "$P/saved"
		drop "$P/x/a.csv" 6 "$seed"
		run -65 night
		[[ "$output" == *"stopped in publish: exit 65, to be mended"* ]]
		[[ "$output" == *"publish: source a: 120 before, 114 now"* ]]
		[[ "$output" == *"public is still the site of 20"* ]]
		[ "$(shown)" = site.builds/1 ]
		mv "$P/saved" "$P/x/a.csv"
		touch "$P/x/a.csv"
	done
	drop "$P/x/a.csv" 6 1
	run -65 night
	# and again, while nobody does anything
	run -65 night
	[[ "$output" == *"source a: 120 before, 114 now"* ]]
	run -0 target publish FORCE=yes
	[ "$(shown)" = site.builds/2 ]
	[ "$(papers)" = 174 ]
	run -0 night
}

@test "a loss within MAX_LOSS is published, and so is what is mended" {
	night
	drop "$P/x/a.csv" 2 7
	list b 61 >"$P/x/b.csv"
	echo 'MAX_LOSS := 10%' >"$P/x/pipeline.mk"
	run -0 night
	[ "$(papers)" = 179 ]
	drop "$P/x/a.csv" 30 7
	run -65 night
	list a 120 >"$P/x/a.csv"
	run -0 night
	[ "$(papers)" = 181 ]
}

@test "a source that vanished is refused, however small" {
	list b 3 >"$P/x/b.csv"
	night
	sed -i '/^b/d' "$P/x/sources.tsv"
	run -65 night
	[[ "$output" == *"publish: source b: 3 before, 0 now"* ]]
	[ "$(papers)" = 123 ]
}

@test "what stops a stage: the stage, the source, its first messages, the log" {
	night
	printf '%s\n' '7,"On quotes' >>"$P/x/b.csv"
	run -65 night
	[ "${lines[0]}" = "nightly: x: stopped in parse of b: exit 65, to be mended" ]
	[[ "${lines[1]}" == "parse: "*"/p/x/b.csv:62: open-quote: "* ]]
	[ "${lines[-1]}" = "log: $(realpath "$O/x/log")/${lines[-1]##*/}" ]
	[ -s "${lines[-1]#log: }" ]
	rm "$P/x/b.csv"
	run -66 night
	[[ "$output" == *"stopped in fetch"*"b.csv: No such file"* ]]
	[ "$(papers)" = 180 ]
}

@test "a server that does not answer: 75" {
	echo 'FETCH_OPTIONS := --retries 0' >"$P/x/pipeline.mk"
	port=$(/usr/bin/python3 -c 'import socket
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
	printf 'c\tcsv\thttp://127.0.0.1:%s/c.csv\n' "$port" >>"$P/x/sources.tsv"
	run -75 night
	[[ "$output" == *"stopped in fetch of c: exit 75, try again later"* ]]
	[[ "$output" == *"no site is public"* ]]
}

@test "a malformed table or pipeline.mk: 78" {
	printf 'source\tformat\na\tcsv\n' >"$P/x/sources.tsv"
	run -78 night
	[[ "$output" == *"stopped in fetch: exit 78"* ]]
	echo 'KEEP ' >"$P/x/pipeline.mk"
	run -78 night
	[[ "$output" == *"missing separator"* ]]
	for line in 'KEEP := many' 'TIME_LIMIT := soon' 'MIN_FREE := 10 apples' \
	    'MAX_LOSS := x' 'MAX_REJECTS := few' "MAX_LOSS := 1'"; do
		echo "$line" >"$P/x/pipeline.mk"
		run -78 night
		[[ "$output" == *"to be mended"* ]]
		[[ "$output" == *"${line%% *}"* || "$output" == *"${line##*:= }"* ]]
	done
	echo "KEEP " >"$P/x/pipeline.mk"
	run -78 "$TOP/bin/nightly" --all
	[[ "$output" == "nightly: x: stopped in pipeline.mk: exit 78"* ]]
}

@test "a name or a path that make or a shell would misread: 64" {
	local name
	for name in 'a b' "a'b" 'a;b' 'a$b' 'a]b' 'a\b' 'a%b'; do
		cp -r "$P/x" "$P/$name"
		run -64 "$TOP/bin/nightly" "$name"
		[[ "$output" == *"cannot have spaces or signs"* ]]
	done
	[ ! -e "$O" ]
	run -64 env PIPELINES="$P/a b/.." "$TOP/bin/nightly" 'a b/../x'
	cp -r "$P/x" "$P/ü,=~"
	run -0 "$TOP/bin/nightly" 'ü,=~'
}

@test "a source of which nothing can be used is within no budget" {
	echo 'MAX_REJECTS := 100%' >"$P/x/pipeline.mk"
	sed -i 's/^b\tcsv/b\tjsno/' "$P/x/sources.tsv"
	run -65 night
	[[ "$output" == *"parse: nothing of source b could be used"* ]]
	[ ! -e "$O/x/site" ]
}

@test "a source without a record is held, whether it is empty or its list is" {
	echo 'MAX_REJECTS := 100%' >"$P/x/pipeline.mk"
	list b 0 >"$P/x/b.csv"
	run -65 night
	[[ "$output" == *"parse: source b has no records"* ]]
	: >"$P/x/b.csv"
	run -65 night
	[[ "$output" == *"b.csv:1: cut-short: the document is empty"* ]]
	[[ "$output" == *"parse: nothing of source b could be used"* ]]
	[ ! -e "$O/x/site" ]
}

@test "what a stage left is damaged: told once, and made anew" {
	night
	sed -i '$d' "$O/x/normalized/a.ndjson"
	rm "$O/x/normalized/b.stats"
	list b 61 >"$P/x/b.csv"
	run -70 night
	[[ "$output" == *"normalize wrote and dedupe read"* ]]
	[ "$(papers)" = 180 ]
	run -0 night
	[ "$(papers)" = 181 ]
}

@test "NIGHTLY is yes or no, and a night says what it is about if nothing else" {
	for value in Yes true 'yes # every night'; do
		echo "NIGHTLY := $value" >"$P/x/pipeline.mk"
		status=78
		[ "${value% #*}" != yes ] || status=0
		run "-$status" "$TOP/bin/nightly" --all
		[[ $status = 0 || "$output" == *"NIGHTLY cannot be"* ]]
	done
	rm "$P/x/sources.tsv"
	run -66 "$TOP/bin/nightly" --all
	[[ "$output" == *"x: no such pipeline"* ]]
}

@test "no room on the disk: 74 before it begins" {
	echo 'MIN_FREE := 1P' >"$P/x/pipeline.mk"
	run -74 night
	[[ "$output" == *"stopped in room: exit 74, see to the machine"*"of disk space are free in"* ]]
	[ ! -e "$O/x/fetched" ]
}

@test "a night over TIME_LIMIT is stopped: 75" {
	echo 'TIME_LIMIT := 2s' >"$P/x/pipeline.mk"
	mkfifo "$P/x/c.csv"
	printf 'c\tcsv\tc.csv\n' >>"$P/x/sources.tsv"
	run -75 night
	[[ "$output" == *"not done within TIME_LIMIT = 2s"* ]]
	sed -i '/^c/d' "$P/x/sources.tsv"
	echo 'TIME_LIMIT := 1h' >"$P/x/pipeline.mk"
	run -0 night
}

@test "the worst of several decides" {
	cp -r "$P/x" "$P/y"
	rm "$P/y/a.csv"
	run -66 "$TOP/bin/nightly" y x
	[ "$(papers)" = 180 ]
	run -66 "$TOP/bin/nightly" x nope
}

@test "former sites, their records, logs and bodies beyond KEEP go" {
	echo 'KEEP := 2' >"$P/x/pipeline.mk"
	for n in 1 2 3 4 5 6; do
		list a $((120 + n)) >"$P/x/a.csv"
		night
		mkdir -p "$O/x/log"
		touch "$O/x/log/2001-01-0${n}T000000"
	done
	[ "$(shown)" = site.builds/6 ]
	[ "$(find "$O/x/log" -type f | wc -l)" -le 3 ]
	# the next night builds in the oldest
	[ "$(find "$O/x/site.builds" -mindepth 1 -maxdepth 1 -type d | sort |
	    sed 's,.*/,,' | tr '\n' ' ')" = "4 5 6 " ]
	[ "$(ls "$O/x/runs")" = $'4\n5\n6' ]
}

@test "PUBLISH_CMD: behind a new site only, and again until it succeeds" {
	cat >"$P/x/pipeline.mk" <<-'END'
	PUBLISH_CMD = echo "$$SITE" >>$(OUT)/told && test ! -e $(OUT)/down
	END
	night
	[ "$(cat "$O/told")" = "$O/x/site" ]
	night
	[ "$(wc -l <"$O/told")" = 1 ]
	list a 121 >"$P/x/a.csv"
	touch "$O/down"
	run -75 night
	[[ "$output" == *"PUBLISH_CMD ended with 1"*"the new site is public"* ]]
	[ "$(shown)" = site.builds/2 ]
	run -75 night
	rm "$O/down"
	run -0 night
	[ "$(wc -l <"$O/told")" = 4 ]
	: >"$P/x/a.csv"
	run -65 night
	[ "$(wc -l <"$O/told")" = 4 ]
}

@test "rollback: to the one before, to any that is kept, until something changes" {
	night
	run -2 target rollback
	[[ "$output" == *"no former site"*"Error 66"* ]]
	for n in 121 122; do
		list a $n >"$P/x/a.csv"
		night
	done
	run -0 target rollback
	[ "$output" = "rollback: site 2 is public, 3 was" ]
	[ "$(papers)" = 181 ]
	run -2 target verify
	[[ "$output" == *"site 2 is public by rollback"*"Error 66"* ]]
	run -0 night
	[ "$(papers)" = 181 ]
	run -0 target rollback TO=3
	[ "$(papers)" = 182 ]
	run -0 target rollback TO=1
	[ "$(papers)" = 180 ]
	run -2 target rollback TO=7
	list a 123 >"$P/x/a.csv"
	run -0 night
	[ "$(papers)" = 183 ]
}

@test "a public site that was taken away is not taken for the first one" {
	night
	list a 121 >"$P/x/a.csv"
	night
	rm "$O/x/site"
	list b 1 >"$P/x/b.csv"
	run -65 night
	[[ "$output" == *"the link $O/x/site is gone"* ]]
	run -0 target rollback
	[ "$output" = "rollback: site 2 is public, none was" ]
	run -65 night
	[[ "$output" == *"source b: 60 before, 1 now"* ]]
}

@test "diff: what is held, what was published last, since a former site" {
	night
	list a 121 >"$P/x/a.csv"
	night
	run -0 target diff
	[[ "$output" == *"site 2, which is public, against the one before"* ]]
	[[ "$output" == *"On the a121-th of things"* ]]
	drop "$P/x/a.csv" 30 1
	run -65 night
	run -0 target diff
	[[ "$output" == *"site 3, which is held, against site 2"* ]]
	jq -se 'map(select(.change == "lost")) | length == 30' \
	    "$O/x/changes.ndjson"
	target publish FORCE=yes
	run -0 target diff SINCE=1
	jq -se 'map(select(.change == "lost")) | length | . == 29 or . == 30' \
	    "$O/x/changes-since-1.ndjson"
}

@test "LOCKED builds from just those bodies, or stops" {
	night
	cp "$O/x/lock.tsv" "$P/lock.tsv"
	cp "$O/x/clustered.ndjson" "$P/clustered"
	run -0 target pipeline LOCKED="$P/lock.tsv"
	cmp "$P/clustered" "$O/x/clustered.ndjson"
	sed -i s/things/thinks/ "$P/x/a.csv"
	run -2 target pipeline LOCKED="$P/lock.tsv"
	[[ "$output" == *"Error 65"* ]]
	run -0 target pipeline
	grep -q thinks "$O/x/clustered.ndjson"
}

@test "verify: as from nothing after any change, and it sees a file that was touched" {
	night
	for n in 1 2 3; do
		drop "$P/x/a.csv" 1 "$n"
		target pipeline >/dev/null
	done
	run -0 target verify
	[[ "$output" == *" as from nothing" ]]
	[ ! -e "$O/x/verify" ]
	page=$(find "$O/x/site/" -path '*/p/*' -name '*.html' | head -n 1)
	sed 's/things/thinks/' "$page" >"$P/page"
	cp "$P/page" "$page"
	run -2 target verify
	[[ "$output" == *"${page##*/}"*"Error 70"* ]]
}

@test "report: as JSON by its schema, as a table, as a page; a gap is a failure" {
	night
	run -0 target report
	[[ "${lines[0]}" == "x, 20"*" s" ]]
	[[ "$output" == *"b.csv"* ]]
	jq -e '.stages | map(.stage) == ["fetch", "parse", "normalize",
	    "dedupe", "cluster", "audit", "render"]' "$O/x/report.json"
	jq -e '.sources | map(.stages[0].in) == [120, 60]' "$O/x/report.json"
	jq -e '.stages | all(.ran)' "$O/x/report.json"
	OUT=$O /usr/bin/python3 "$TOP/tests/schemas.t" "$O/x/report.json" |
	    grep -q "^ok .*/report.json"
	grep -q 'a.csv' "$O/x/site/report.html"
	grep -q 'href="report.html"' "$O/x/site/index.html"
	# a stage that wrote less than it said
	touch "$O/x/started"
	sed -i 's/"out":180/"out":179/' "$O/x/stats/normalize.json"
	touch "$O/x/stats/normalize.json"
	run -70 report
	[[ "$output" == *"normalize: in, and out + rejected + merged: 180 and 179"* ]]
	[[ "$output" == *"normalize wrote and dedupe read: 179 and 180"* ]]
	# one that read another source's documents, one that did not run
	sed -i 's/"lines":1/"lines":2/' "$O/x/parsed/b.stats"
	rm "$O/x/stats/audit.json"
	run -70 report
	[[ "$output" == *"b: fetch wrote and parse read: 1 and 2"* ]]
	[[ "$output" == *"audit: no counts"* ]]
}

@test "a table that was wrong for a night, and is as before, is run as before" {
	night
	cp "$P/x/sources.tsv" "$P/saved"
	sed -i 's/^b.*/c\tcsv\tnothing.csv/' "$P/x/sources.tsv"
	run -66 night
	cp "$P/saved" "$P/x/sources.tsv"
	run -0 night
	[ "$(papers)" = 180 ]
}

@test "what a killed run left of a source is not taken for what is there" {
	night
	drop "$P/x/a.csv" 1 1
	# the end of fetch up to the file of the first source
	mkdir "$BATS_TEST_TMPDIR/other"
	"$TOP/bin/fetch" -q -o "$BATS_TEST_TMPDIR/other" \
	    "$P/x/sources.tsv" | grep '"source":"a"' >"$O/x/fetched/a.ndjson"
	list a 120 >"$P/x/a.csv"
	night
	run -0 target verify
}

@test "a table or a map that an older copy replaced is followed" {
	printf 'source\tformat\tmap\turl\na\tcsv\ta.map\ta.csv\n' \
	    >"$P/x/sources.tsv"
	printf 'from\tto\nyear\tvolume\n' >"$P/x/a.map"
	target pipeline
	grep -q '"volume"' "$O/x/clustered.ndjson"
	printf 'from\tto\nyear\tnumber\n' >"$P/x/a.map"
	touch -d 2001-01-01 "$P/x/a.map"
	target pipeline
	grep -q '"number"' "$O/x/clustered.ndjson"
	printf 'b\tcsv\t\tb.csv\n' >>"$P/x/sources.tsv"
	touch -d 2001-01-01 "$P/x/sources.tsv"
	target pipeline
	[ "$(papers)" = 180 ]
}

@test "a site that is held is only shown as what it was judged for" {
	night
	cp "$P/x/a.csv" "$P/saved"
	drop "$P/x/a.csv" 30 1
	run -65 night
	# a run in which nothing is lost, but it stops before its site is built
	cp "$P/saved" "$P/x/a.csv"
	target audit
	run -2 target publish
	[[ "$output" == *"a run stopped since the site that is held was built"* ]]
	[ "$(shown)" = site.builds/1 ]
	target pipeline
	drop "$P/x/a.csv" 30 1
	run -2 target render publish
	[[ "$output" == *"a run stopped since the site that is held was built"* ]]
	# nor with the lock of other documents
	run -65 night
	touch "$O/x/lock.tsv"
	run -2 target publish FORCE=yes
	[[ "$output" == *"a run stopped since the site that is held was built"* ]]
	[ "$(shown)" = site.builds/1 ]
}

@test "what may be lost is what pipeline.mk says when a site is shown" {
	night
	drop "$P/x/a.csv" 30 1
	run -65 night
	echo 'MAX_LOSS := 50%' >"$P/x/pipeline.mk"
	run -0 target publish
	[ "$(shown)" = site.builds/2 ]
}

@test "without the ledger of what is public nothing is published" {
	night
	rm -r "$O/x/runs"
	list a 121 >"$P/x/a.csv"
	run -65 night
	[[ "$output" == *"there is no ledger of site 1, which is public"* ]]
	run -0 target publish FORCE=yes
	[ "$(shown)" = site.builds/2 ]
}

@test "FORCE=yes and LOCKED in the environment are not for nights" {
	night
	drop "$P/x/a.csv" 30 1
	FORCE=yes LOCKED=$O/x/lock.tsv run -65 night
	[ "$(shown)" = site.builds/1 ]
}

@test "what was public before a rollback is no former site once it is built in" {
	night
	list a 121 >"$P/x/a.csv"
	night
	target rollback
	drop "$P/x/a.csv" 50 1
	run -65 night
	run -2 target rollback TO=2
	[[ "$output" == *"no former site 2"* ]]
	[ "$(papers)" = 180 ]
}

@test "behind a gap nothing is published before all is made anew" {
	night
	list a 121 >"$P/x/a.csv"
	target render
	sed -i 's/"out":181/"out":180/' "$O/x/stats/normalize.json"
	run -2 target pipeline
	[[ "$output" == *"normalize wrote and dedupe read: 180 and 181"* ]]
	[ "$(shown)" = site.builds/1 ]
	run -2 target publish FORCE=yes
	[[ "$output" == *"has gaps"*"Error 70"* ]]
	[ "$(shown)" = site.builds/1 ]
	run -0 target pipeline
	[[ "$output" == *"normalize: 181 in, 181 out"* ]]
	[ "$(shown)" = site.builds/2 ]
}

@test "a run that is killed before its report: the next one reports, as a page too" {
	night
	list a 121 >"$P/x/a.csv"
	target render audit
	target pipeline
	[ "$(shown)" = site.builds/2 ]
	jq -e '.stages[] | select(.stage == "normalize").in == 181' \
	    "$O/x/report.json"
	cmp "$O/x/report.json" "$O/x/runs/2/report.json"
	[ "$O/x/site/report.html" -nt "$O/x/site/index.html" ]
	grep -q 181 "$O/x/site/report.html"
}

@test "PUBLISH_CMD: a make of its own, and what it leaves at work" {
	cat >"$P/x/pipeline.mk" <<-'END'
	PUBLISH_CMD = sleep 30 & echo $$! >$(OUT)/pid; \
		env -u MAKELEVEL $(MAKE) -s -f $(PIPELINES)/x/deploy.mk
	END
	printf 'deploy:\n\ttest ! -e %s/down\n' "$O" >"$P/x/deploy.mk"
	touch "$P/down"
	mkdir -p "$O"
	touch "$O/down"
	run -75 night 3>&-
	kill "$(cat "$O/pid")"
	[[ "$output" == *"stopped in publish: exit 75, try again later"* ]]
	rm "$O/down"
	run -0 night 3>&-
	flock -n "$O/x/lock" true
	kill "$(cat "$O/pid")"
}

@test "the README has the variables of pipeline.mk, word by word" {
	awk '/^# / { is = substr($0, 3) }
	    /^[A-Z_]+\t*:=/ { name = $1; sub(/^[A-Z_]+\t*:= */, "")
		printf "| `%s` | %s | %s |\n", name, is,
		    $0 == "" ? "&nbsp;" : "`" $0 "`" }' \
	    "$TOP/pipelines/defaults.mk" >"$BATS_TEST_TMPDIR/is"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/is")" -ge 12 ]
	sed -n '/^| variable /,/^$/{/^| `/p}' "$TOP/README.md" |
	    diff "$BATS_TEST_TMPDIR/is" -
}
