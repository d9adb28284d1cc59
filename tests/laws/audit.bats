#!/usr/bin/env bats
# audit - what a ledger must hold, and what must not get past the gate
#
# Draws are random with a fixed seed.

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export LC_ALL=C BIN=${BIN:-$BATS_TEST_DIRNAME/../../bin}
	export D=$BATS_FILE_TMPDIR
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	"$BIN/fetch" -q pipelines/demo/sources.tsv |
	    "$BIN/parse" -q -E 100% 2>/dev/null | "$BIN/normalize" -q |
	    "$BIN/dedupe" -q >"$D/demo"
	papers 400 >"$D/papers"
	"$BIN/audit" -q --ledger "$D/ledger" "$D/papers"
	# of a name on 100 papers, 4 are 4 %
	jq -c 'del(.authors)' "$D/papers" >"$D/nameless"
	"$BIN/audit" -q --ledger "$D/nameless.ledger" "$D/nameless"
	"$BIN/audit" -q --ledger "$D/demo.ledger" "$D/demo"
}

# So many papers of a source "big", in one venue, with names that are on 100
# papers or on 4, one of them twice.
papers()
{
	seq "$1" | jq -c '{ kind: "paper", id: "big:\(.)", sources:
	    [{ source: "big", key: "\(.)" }], type: "conference-paper",
	    title: "Paper \(.)", authors: [{ name: "Ann \(. % 4)" },
	    { name: "Bo \(. % 100)" }, { name: "ANN \(. % 4)" }],
	    venue: "V", year: (1980 + . % 40) }'
}

# remove N SEED FILE: the file without N lines drawn at random
remove()
{
	shuf --random-source=<(yes "$2") "$3" | tail -n +$(($1 + 1))
}

# judge STATUS ARGUMENTS: audit ends so
judge()
{
	local want=$1 got=0
	shift
	"$BIN/audit" -q "$@" >"$D/changes" 2>"$D/said" || got=$?
	[ "$got" = "$want" ] || {
		echo "audit $*: $got"
		cat "$D/said"
		return 1
	}
}

@test "5 % less of a source is refused in 20 of 20 draws, 1 % less in none" {
	for seed in {1..20}; do
		remove 20 "$seed" "$D/nameless" >"$D/less"
		judge 65 --against "$D/nameless.ledger" "$D/less"
		grep -qx 'audit: source big: 400 -> 380, 5 % lost, over 2 %' \
		    "$D/said"
		[ "$(grep -c '"change":"lost"' "$D/changes")" = 20 ]
		remove 4 "$seed" "$D/nameless" >"$D/less"
		judge 0 --against "$D/nameless.ledger" "$D/less"
	done
}

@test "at the bound is allowed, one more is not" {
	remove 8 1 "$D/nameless" >"$D/less"
	judge 0 --against "$D/nameless.ledger" "$D/less"
	tail -n +2 "$D/less" >"$D/lesser"
	judge 65 --against "$D/nameless.ledger" "$D/lesser"
	judge 65 --max-loss 2.2 --against "$D/nameless.ledger" "$D/lesser"
	judge 0 --max-loss 2.25% --against "$D/nameless.ledger" "$D/lesser"
	judge 65 --max-loss 0 --against "$D/nameless.ledger" "$D/less"
	# 49 are a small group, 50 are not
	for n in 49 50; do
		papers "$n" | jq -c 'del(.authors)' |
		    "$BIN/audit" -q --ledger "$D/small"
		papers 40 | jq -c 'del(.authors)' >"$D/less"
		judge $((n == 49 ? 0 : 65)) --against "$D/small" "$D/less"
	done
	# and a source is never too small to vanish
	papers 1 | "$BIN/audit" -q --ledger "$D/small"
	judge 65 --against "$D/small" /dev/null
	judge 0 --max-loss 100 --against "$D/small" /dev/null
	for bad in x 101 -1 1e1 0x1 .5 '' % 2%% 1.2.3; do
		run -64 "$BIN/audit" --max-loss "$bad" /dev/null
	done
}

# The counts of all groups of a ledger, by another program.
counts()
{
	jq -c '
	    def key: ascii_downcase;
	    select(.kind == "holding") | ["total", "papers"],
	    (.sources[] | ["total", "records"], ["source", .source]),
	    ["venue", .venue // empty], ["type", .type // empty],
	    ["year", (.year // empty | tostring)],
	    ([.authors[]? | key] | unique[] | ["name", .])' "$1" |
	    jq -sc 'group_by(.) | (map({ key: (.[0] | join("\t")),
	    value: length }) | from_entries) + { "total\tnames":
	    (map(select(.[0][0] == "name")) | length) }'
}

@test "the gate counts as another program does" {
	for seed in {1..3}; do
		# all but the last of these shrink by a third, and some grow
		remove 130 "$seed" "$D/papers" >"$D/less"
		papers 420 | tail -n "$seed" >>"$D/less"
		judge 65 --max-loss 0 --ledger "$D/less.ledger" \
		    --against "$D/ledger" "$D/less"
		jq -nr --argjson before "$(counts "$D/ledger")" \
		    --argjson now "$(counts "$D/less.ledger")" '
		    $before | to_entries[] | select(.value >= 50 and
		    .value > ($now[.key] // 0)) |
		    "\(.key)\t\(.value)\t\($now[.key] // 0)"' |
		    sort >"$D/want"
		[ "$(wc -l <"$D/want")" -gt 5 ]
		jq -r 'select(.kind == "loss") |
		    "\(.group)\t\(.name)\t\(.before)\t\(.now)"' \
		    "$D/changes" | sort | diff "$D/want" -
	done
}

@test "twenty losses are told, the largest first, names behind the others" {
	seq 0 29 | jq -c 'range(60) as $i | { kind: "paper",
	    id: "s\(.):\($i)", venue: "V\(.)",
	    authors: [{ name: "N\(.)" }] }' >"$D/many"
	"$BIN/audit" -q --ledger "$D/many.ledger" "$D/many"
	# of s0 one is gone, of s1 two, ...
	jq -c 'select((.id | split(":") | map(ltrimstr("s") | tonumber)) as
	    [$s, $i] | $i >= $s + 1)' "$D/many" >"$D/less"
	judge 65 --against "$D/many.ledger" "$D/less"
	[ "$(wc -l <"$D/said")" = 21 ]
	grep -qx 'audit: [0-9]* more lost over 2 %' <(tail -n 1 "$D/said")
	jq -r 'select(.kind == "loss") | [.group == "name",
	    .now / .before] | "\(.[0]) \(.[1])"' "$D/changes" >"$D/order"
	sort -c -k 1,1 -k 2,2g "$D/order"
	grep -q true "$D/order"
}

# change SEED: papers of the demo, some of them lost, gained, merged, split,
# regrouped or changed
change()
{
	/usr/bin/python3 - "$1" "$D/demo" <<'END'
import json, random, sys
random.seed(int(sys.argv[1]))
papers = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
new = []
while papers:
    p = papers.pop()
    what = random.randrange(12)
    if what == 0:
        continue
    if what == 1 and papers:
        q = papers.pop(random.randrange(len(papers)))
        p["sources"] += q["sources"]
    if what == 2 and len(p["sources"]) > 1:
        q = dict(p, id="split:" + p["id"], sources=p["sources"][1:])
        p["sources"] = p["sources"][:1]
        new.append(q)
    if what == 3 and papers:
        q = papers[random.randrange(len(papers))]
        p["sources"], q["sources"] = (p["sources"][:1] + q["sources"][1:],
                                      q["sources"][:1] + p["sources"][1:])
    if what == 4:
        p["id"] = "other:" + p["id"]
    if what == 5:
        p["title"] = p.get("title", "") + "!"
    if what == 6:
        p["authors"] = p.get("authors", [])[1:] + [{"name": "New Name"}]
    if what == 7:
        p["sources"].append({"source": "extra", "key": p["id"]})
    if what == 8:
        new.append({"kind": "paper", "id": "new:" + p["id"], "title": "New"})
    new.append(p)
random.shuffle(new)
for p in new:
    print(json.dumps(p, ensure_ascii=False))
END
}

# The author names as cluster finds them.
names()
{
	"$BIN/cluster" -q "$1" | jq -r 'select(.kind == "author") |
	    "\(.rows | map(.papers) | add)\t\(.key)\t\(.name)"' | sort
}

@test "changes lead from the papers of before to those of now" {
	jq -r 'select(.kind == "holding").id' "$D/demo.ledger" >"$D/ids"
	names "$D/demo" >"$D/demo.names"
	for seed in {1..5}; do
		change "$seed" >"$D/new"
		judge 0 --max-loss 100 --against "$D/demo.ledger" \
		    --ledger "$D/new.ledger" "$D/new"
		jq -s 'map(.change) | unique | length >= 8' "$D/changes" |
		    grep -qx true
		# ids that go, and that come
		jq -r '(select(.change == "lost").id),
		    (select(.field == "id").before),
		    (select(.change | IN("split", "merged", "regrouped")) |
		    .before[])' "$D/changes" | sort >"$D/go"
		jq -r '(select(.change == "gained").id),
		    (select(.field == "id").now),
		    (select(.change | IN("split", "merged", "regrouped")) |
		    .now[])' "$D/changes" | sort >"$D/come"
		comm -23 <(sort "$D/ids") "$D/go" | sort - "$D/come" >"$D/want"
		jq -r 'select(.kind == "holding").id' "$D/new.ledger" |
		    diff "$D/want" -
		# names that go and come
		names "$D/new" >"$D/names"
		{
			jq -r 'select(.change == "name-lost") |
			    "\(.papers)\t\(.key)\t\(.name)"' "$D/changes" |
			    sort | comm -23 "$D/demo.names" -
			jq -r 'select(.change == "name-gained") |
			    "\(.papers)\t\(.key)\t\(.name)"' "$D/changes"
		} | cut -f 2 | sort | diff - <(cut -f 2 "$D/names" | sort)
		jq -r 'select(.change == "name-gained") |
		    "\(.papers)\t\(.key)\t\(.name)"' "$D/changes" | sort |
		    comm -23 - "$D/names" | diff /dev/null -
		# nothing changed is nothing said
		judge 0 --against "$D/new.ledger" "$D/new"
		[ ! -s "$D/changes" ]
	done
}

@test "a ledger holds what the papers do, in the order of the ids" {
	jq -c 'select(.kind == "paper") |
	    select(.status // "accepted" | . == "accepted") |
	    select(.version_of == null) |
	    { kind: "holding", id, sources: [.sources[] |
	    { source, key }], type, title, authors: [.authors[]?.name],
	    venue, year } | with_entries(select(.value != null and
	    .value != []))' "$D/demo" >"$D/want"
	head -n -1 "$D/demo.ledger" | cmp - <(jq -rc '"\(.id)\t\(.)"' \
	    "$D/want" | sort -t $'\t' -k 1,1 | cut -f 2-)
	[ "$(tail -n 1 "$D/demo.ledger" | jq .papers)" = \
	    "$(wc -l <"$D/want")" ]
}

@test "the ledger of before may be written over" {
	change 1 >"$D/new"
	judge 0 --max-loss 100 --against "$D/demo.ledger" \
	    --ledger "$D/new.ledger" "$D/new"
	cp "$D/demo.ledger" "$D/one"
	cp "$D/changes" "$D/want"
	judge 0 --max-loss 100 --against "$D/one" --ledger "$D/one" "$D/new"
	cmp "$D/changes" "$D/want"
	cmp "$D/one" "$D/new.ledger"
	gzip -c "$D/demo.ledger" >"$D/one.gz"
	judge 0 --max-loss 100 --against "$D/one.gz" "$D/new"
	cmp "$D/changes" "$D/want"
}

@test "a ledger that is cut anywhere or changed in a bit is refused" {
	papers 3 >"$D/three"
	"$BIN/audit" -q --ledger "$D/whole" "$D/three"
	size=$(wc -c <"$D/whole")
	cp "$D/whole" "$D/keep"
	for ((i = 0; i < size - 1; i += 7)); do
		head -c "$i" "$D/whole" >"$D/bad"
		judge 65 --against "$D/bad" --ledger "$D/keep" "$D/three"
		[ ! -s "$D/changes" ]
		grep -q "^audit: $D/bad:[0-9]*: " "$D/said"
	done
	for ((i = 0; i < size; i += 11)); do
		perl -e 'local $/; $_ = <STDIN>;
		    substr($_, $ARGV[0], 1) ^= chr(1 << $ARGV[0] % 7);
		    print' "$i" <"$D/whole" >"$D/bad"
		judge 65 --against "$D/bad" --ledger "$D/keep" "$D/three"
		[ ! -s "$D/changes" ]
	done
	# and none is written then
	cmp "$D/keep" "$D/whole"
}

@test "no ledger is written of papers that are not all there" {
	rm -f "$D/none"
	run -65 "$BIN/audit" -q --ledger "$D/none" <<<garbage
	run -66 "$BIN/audit" -q --ledger "$D/none" "$D/papers" "$D/missing"
	[ ! -e "$D/none" ]
	run -0 "$BIN/audit" -q -E 1 --ledger "$D/none" <<<garbage
	[ -e "$D/none" ]
}

@test "a ledger that cannot be written leaves the one that is there" {
	mkdir "$D/full"
	echo old >"$D/full/l"
	ln -s /dev/full "$D/full/l.tmp"
	run -74 "$BIN/audit" -q --ledger "$D/full/l" "$D/papers"
	[ "$(ls "$D/full")" = l ]
	[ "$(cat "$D/full/l")" = old ]
	run -73 "$BIN/audit" -q --ledger "$D/none/l" "$D/papers"
	mkdir "$D/full/folder"
	run -73 "$BIN/audit" -q --ledger "$D/full/folder" "$D/papers"
	[ ! -e "$D/full/folder.tmp" ]
	# what is no file is not replaced
	ln -s /dev/full "$D/full/device"
	run -74 "$BIN/audit" -q --ledger "$D/full/device" "$D/papers"
	[ -L "$D/full/device" ]
	mkfifo "$D/full/pipe"
	cmp "$D/full/pipe" "$D/ledger" &
	"$BIN/audit" -q --ledger "$D/full/pipe" "$D/papers"
	wait $!
	# what cannot be told is not told next time either
	cp "$D/ledger" "$D/full/l"
	run -74 bash -c '"$0" -q --against "$1" --ledger "$1" "$2" >/dev/full' \
	    "$BIN/audit" "$D/full/l" "$D/demo"
	cmp "$D/full/l" "$D/ledger"
}
