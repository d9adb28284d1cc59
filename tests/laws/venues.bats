#!/usr/bin/env bats
# venues - normalize --unknown-venues: what the vocabulary lacks

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export LC_ALL=C TOP=$BATS_TEST_DIRNAME/../.. D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
	papers b:1 'Beta Notes' c:2 'ICML' b:3 'Alpha Notes' c:4 'Beta Notes' \
	    c:5 'Gamma Notes' c:6 'Beta Notes' c:7 'Gamma Notes' \
	    c:8 'Workshop on Things' >"$D/in"
	printf '%s\t%s\t%s\t%s\n' 3 'Beta Notes' b:1 'beta notes' \
	    2 'Gamma Notes' c:5 'gamma notes' \
	    1 'Alpha Notes' b:3 'alpha notes' >"$D/want"
}

papers()
{
	printf '{"kind":"paper","id":"%s","venue":"%s"}\n' "$@"
	echo '{"kind":"paper","id":"n:1"}'
}

@test "unknown venues by frequency, then by bytes, with the first paper" {
	"$BIN/normalize" -q --unknown-venues "$D/out" "$D/in" >/dev/null
	diff "$D/want" "$D/out"
	[ -z "$(compgen -G "$D/out*.tmp")" ]
}

@test "what normalize writes has the same unknown venues" {
	"$BIN/normalize" -q "$D/in" |
	    "$BIN/normalize" -q --unknown-venues "$D/out" >/dev/null
	diff "$D/want" "$D/out"
}

@test "one venue: what the lookup does not look at, spelt as most are" {
	papers a:1 'GAMMA NOTES' a:2 'Delta Notes' a:3 'Gamma Notes 2019' \
	    a:4 'Gamma Notes.' a:5 '3rd Gämma-Notes' a:6 'Delta Notes' \
	    a:7 'Gamma Notes.' a:8 2019 a:9 2020 |
	    "$BIN/normalize" -q --unknown-venues "$D/out" >/dev/null
	diff - "$D/out" <<-END
		5	Gamma Notes.	a:1	gamma notes
		2	Delta Notes	a:2	delta notes
		1	2019	a:8	2019
		1	2020	a:9	2020
	END
}

@test "no unknown venue is an empty file" {
	papers c:2 ICML | "$BIN/normalize" -q --unknown-venues "$D/none" \
	    >/dev/null
	[ -e "$D/none" ]
	[ ! -s "$D/none" ]
}

@test "a link, as /dev/stderr is one, stays" {
	ln -s list "$D/link"
	: >"$D/list"
	"$BIN/normalize" -q --unknown-venues "$D/link" "$D/in" >/dev/null
	[ -L "$D/link" ]
	diff "$D/want" "$D/list"
}

@test "a file that cannot be made, a full disk, no name" {
	run -73 --separate-stderr "$BIN/normalize" -q \
	    --unknown-venues "$D/no/such" "$D/in"
	run -74 --separate-stderr "$BIN/normalize" -q \
	    --unknown-venues /dev/full "$D/in"
	for name in '' -; do
		run -64 --separate-stderr "$BIN/normalize" \
		    --unknown-venues "$name" "$D/in"
	done
}

@test "jobs of GNU parallel add up to the same" {
	export PARALLEL_HOME=$D/parallel SPREAD=0
	for i in {1..400}; do
		papers "x:$i" 'Delta Notes' "y:$i" "Notes $((i % 7))x" \
		    "z:$i" "DELTA NOTES $((1900 + i % 9))"
	done >"$D/many"
	cd "$TOP"
	pipelines/stage.sh map 2 "$BIN/normalize" "$D/many" "$D/two.ndjson"
	pipelines/stage.sh map 1 "$BIN/normalize" "$D/many" "$D/one.ndjson"
	[ -s "$D/one.unknown" ]
	diff "$D/one.unknown" "$D/two.unknown"
}

@test "jobs that share a file lose no paper" {
	mkdir "$D/shared"
	for i in {1..40}; do
		"$BIN/normalize" -q --unknown-venues "$D/shared/list" \
		    "$D/in" >"$D/shared/$i" &
		jobs[i]=$!
	done
	for i in {1..40}; do
		wait "${jobs[i]}"
		rm "$D/shared/$i"
	done
	diff "$D/want" "$D/shared/list"
	[ "$(ls "$D/shared")" = list ]
}

# A copy in which vocabularies may be changed and built.
copy_tree()
{
	local build
	build=$(cd "${BUILD:-$TOP/build}" && pwd)
	mkdir -p "$D/tree/build"
	cp -a "$TOP/Makefile" "$TOP/schemas" "$TOP/filters" "$D/tree"
	cp -a "$build"/{deps,lib,normalize,lib.a,tables.*,vocab*} "$D/tree/build"
	tables=$D/tree/schemas/vocab
}

rebuild()
{
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$D/tree" "$@"
}

@test "make refuses rows that cannot be, and says which" {
	copy_tree
	printf '%s\n' $'zz top\tNo Such' 'zz wrong  ICML' $'zz Unfolded\tICML' \
	    $'acl coling\tICML' $'icml\tICLR' >>"$tables/venue-aliases.tsv"
	printf '%s\n' $'zzz\tnovel' 'zzzz other' >>"$tables/types.tsv"
	printf '%s\n' $'zz1\tmagazine\tZeta' $'zz0\tjournal\tZeta' \
	    $'zz2\tjournal' >>"$tables/venues.tsv"
	echo $'journals/zz\tICML\tICML' >>"$tables/dblp-streams.tsv"
	run -2 rebuild build/vocab.ok
	# shellcheck disable=SC2154
	grep '^schemas' <<<"$output" >"$D/told"
	awk -F: '{ f = $1; if (!(f in first)) first[f] = $2
	    sub(/:[0-9]+/, ":+" $2 - first[f]) } 1' "$D/told" >"$D/places"
	diff - "$D/places" <<-END
		schemas/vocab/venues.tsv:+0: 'magazine': not what paper.json allows there
		schemas/vocab/venues.tsv:+1: 'zz0': not sorted: belongs above
		schemas/vocab/venues.tsv:+2: 'zz2': a tab is missing
		schemas/vocab/venues.tsv:+2: 'zz2': a cell is empty: is there a tab?
		schemas/vocab/venue-aliases.tsv:+0: 'No Such': no venue of venues.tsv
		schemas/vocab/venue-aliases.tsv:+1: 'zz wrong  ICML': a tab is missing
		schemas/vocab/venue-aliases.tsv:+1: 'zz wrong  ICML': white space at its ends, twice, or not NFC
		schemas/vocab/venue-aliases.tsv:+1: 'zz wrong  ICML': not folded
		schemas/vocab/venue-aliases.tsv:+2: 'zz Unfolded': not sorted: belongs above
		schemas/vocab/venue-aliases.tsv:+2: 'zz Unfolded': not folded
		schemas/vocab/venue-aliases.tsv:+3: 'acl coling': stands there before
		schemas/vocab/venue-aliases.tsv:+3: 'acl coling': not sorted: belongs above
		schemas/vocab/dblp-streams.tsv:+0: 'journals/zz': changes nothing
		schemas/vocab/types.tsv:+0: 'novel': not what paper.json allows there
		schemas/vocab/types.tsv:+1: 'zzzz other': a tab is missing
		schemas/vocab/types.tsv:+1: 'zzzz other': a cell is empty: is there a tab?
	END
	[ ! -e "$D/tree/bin/normalize" ]
	rm -r "$D/tree"
}

@test "make vocab folds and sorts rows" {
	copy_tree
	printf '%s\n' $'Zeta Notes (Old)\tICML' $'Ácta Nova\tICLR' \
	    >>"$tables/venue-aliases.tsv"
	printf '%s\n' $'AAB\tjournal\tAnnals of Alpha Beta' >>"$tables/venues.tsv"
	rebuild vocab
	diff "$TOP/schemas/vocab/venue-aliases.tsv" \
	    "$tables/venue-aliases.tsv" | grep '^[<>]' | diff - \
	    <(printf '> %s\n' $'acta nova\tICLR' $'zeta notes old\tICML')
	diff "$TOP/schemas/vocab/venues.tsv" "$tables/venues.tsv" |
	    grep '^[<>]' | diff - <(echo $'> AAB\tjournal\tAnnals of Alpha Beta')
	rm -r "$D/tree"
}
