#!/usr/bin/env bats
# builds - the html view: how a site takes the place of the one before

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	# shellcheck source=tests/site.sh
	. "$TOP/tests/site.sh"
	site_start
}

setup()
{
	. "$TOP/tests/site.sh"
}

@test "nothing changed: no file is touched" {
	stamps "$D/site" >"$D/before"
	run -0 "$BIN/render" --view html -o "$D/site" --jobs 2 \
	    --sources "$D/about.ndjson" "$D/clustered.ndjson"
	[[ "$output" == *" 0 written, 0 removed"* ]]
	stamps "$D/site" | diff "$D/before" -
}

@test "what changed is written, what vanished is gone, the rest stays: as a full build" {
	render "$D/full" "$D/changed"
	render "$D/step" "$D/few"
	local round from to
	for round in 1 2 3 4; do
		from=$(readlink "$D/step")
		stamps "$D/step" >"$D/before"
		digests "$D/step" >"$D/old"
		if [ $((round % 2)) = 1 ]; then
			render "$D/step" "$D/changed" --jobs 2
			digests "$D/full" | diff - <(digests "$D/step")
		else
			render "$D/step" "$D/few" --jobs 2
		fi
		to=$(readlink "$D/step")
		[ "$from" != "$to" ]
		# the files with the same digest are the same files
		digests "$D/step" >"$D/new"
		comm -12 "$D/old" "$D/new" | sed 's/.*  //' | sort >"$D/same"
		[ "$(wc -l <"$D/same")" -gt 200 ]
		[ "$(wc -l <"$D/same")" -lt "$(wc -l <"$D/new")" ]
		stamps "$D/step" | join -j 1 - "$D/same" >"$D/a"
		join -j 1 "$D/before" "$D/same" | diff "$D/a" -
		# and the others are newer than they were
		stamps "$D/step" | join -j 1 - "$D/before" |
		    awk '$2 < $4 { exit 1 }'
	done
	# nothing is left in any tree that is not listed beside it
	[ "$(cd "$D/step.builds" && echo ?)" = '3 4 5' ]
	for tree in 3 4 5; do
		diff <(cd "$D/step.builds/$tree" && find . -type f |
		    sed 's,^\./,,' | sort) <(sed '$d; s/.*\t//' \
		    "$D/step.builds/$tree.tsv")
		[ -z "$(find "$D/step.builds/$tree" -type d -empty)" ]
	done
}

@test "a file that somebody changed or removed is written again" {
	render "$D/mended" "$D/few"
	digests "$D/mended" >"$D/want"
	echo changed >>"$D/mended/index.html"
	rm "$D"/mended/a/*/yann_lecun.html
	render "$D/mended" "$D/few"
	digests "$D/mended" | diff "$D/want" -
	# also in the tree that will be made, where it should have stayed
	render "$D/mended" "$D/changed"
	rm "$D/mended.builds/1/404.html"
	echo changed >"$D/mended.builds/1/404.html"
	render "$D/mended" "$D/few" --keep 0
	[ "$(readlink "$D/mended")" = mended.builds/4 ]
	digests "$D/mended" | diff "$D/want" -
}

# The numbers of the trees of a site.
trees()
{
	find "$1.builds" -name '*.tsv' -printf '%f\n' | sed 's/\.tsv$//' |
	    sort -n | xargs
}

publish()
{
	mv -T "$1.next" "$1"
}

# turn_back DIR N: to the tree of that number.
turn_back()
{
	ln -s "$(basename "$1").builds/$2" "$1.turn"
	mv -T "$1.turn" "$1"
}

@test "a site that is held: readers see the old one until it is published" {
	render "$D/held" "$D/few" --hold
	[ ! -e "$D/held" ]
	[ "$(readlink "$D/held.next")" = held.builds/1 ]
	publish "$D/held"
	digests "$D/held" >"$D/one"
	stamps "$D/held" >"$D/before"
	render "$D/held" "$D/changed" --hold
	stamps "$D/held" | diff "$D/before" -
	[ "$(readlink "$D/held.next")" = held.builds/2 ]
	render "$D/full3" "$D/changed"
	diff -r "$D/full3/" "$D/held.next/"
	# made again in the same place, and for good
	tree=$(stat -L -c %i "$D/held.next")
	render "$D/held" "$D/clustered.ndjson" --hold
	[ "$(stat -L -c %i "$D/held.next")" = "$tree" ]
	[ "$(trees "$D/held")" = '1 2' ]
	stamps "$D/held" | diff "$D/before" -
	# as readers see it already: nothing to publish
	render "$D/held" "$D/few" --hold
	[ ! -L "$D/held.next" ]
	render "$D/held" "$D/changed" --hold
	stamps "$D/held" | diff "$D/before" -
	diff -r "$D/full3/" "$D/held.next/"
	publish "$D/held"
	digests "$D/full3" | diff - <(digests "$D/held")
	# and what was held goes when another one is shown
	render "$D/held" "$D/clustered.ndjson" --hold
	render "$D/held" "$D/few"
	[ ! -L "$D/held.next" ]
	digests "$D/held" | diff "$D/one" -
}

@test "turned back: what was left is built anew, what is shown is not touched" {
	render "$D/back" "$D/few"
	digests "$D/back" >"$D/one"
	stamps "$D/back" >"$D/before"
	render "$D/back" "$D/changed"
	render "$D/back" "$D/clustered.ndjson"
	turn_back "$D/back" 1
	stamps "$D/back" | diff "$D/before" -
	render "$D/back" "$D/changed" --hold
	stamps "$D/back" | diff "$D/before" -
	[ "$(trees "$D/back")" = '1 2' ]
	publish "$D/back"
	diff -r "$D/full3/" "$D/back/"
	turn_back "$D/back" 1
	digests "$D/back" | diff "$D/one" -
}

@test "--keep: so many sites of before, whole ones" {
	local i
	for i in 1 2 3; do
		render "$D/keep" "$D/few" --keep 3
		render "$D/keep" "$D/changed" --keep 3
	done
	[ "$(trees "$D/keep")" = '2 3 4 5 6' ]
	for i in 2 4; do
		turn_back "$D/keep" "$i"
		digests "$D/full3" | diff - <(digests "$D/keep")
	done
	turn_back "$D/keep" 6
	render "$D/keep" "$D/few" --keep 1
	[ "$(trees "$D/keep")" = '5 6 7' ]
	render "$D/keep" "$D/changed" --keep 0
	[ "$(trees "$D/keep")" = '7 8' ]
	diff -r "$D/full3/" "$D/keep/"
	run -64 render "$D/keep" "$D/few" --keep x
}

@test "what others left is cleaned up" {
	render "$D/left" "$D/few"
	mkdir -p "$D/left.builds/2/a/000" "$D/left.builds/7"
	echo half >"$D/left.builds/2/a/000/x.html"
	touch "$D/left.builds/9.tsv" "$D/left.builds/2.tsv.tmp"
	ln -s left.builds/7 "$D/left.link"
	ln -s left.builds/2 "$D/left.next"
	render "$D/left" "$D/changed"
	[ "$(cd "$D" && ls -d left*)" = $'left\nleft.builds' ]
	[ "$(cd "$D/left.builds" && echo ./*)" = './1 ./1.tsv ./2 ./2.tsv ./lock' ]
	diff -r "$D/full3/" "$D/left/"
}

@test "a build that breaks off leaves no list, and the next one is whole" {
	render "$D/broken" "$D/few"
	render "$D/broken" "$D/changed" --hold
	rm "$D/broken.builds/2/index.html"
	mkdir "$D/broken.builds/2/index.html"
	run -73 render "$D/broken" "$D/clustered.ndjson"
	[ ! -e "$D/broken.builds/2.tsv" ]
	[ ! -L "$D/broken.next" ]
	render "$D/broken" "$D/changed"
	diff -r "$D/full3/" "$D/broken/"
}

@test "a tree whose list cannot be read is begun anew" {
	render "$D/unread" "$D/few"
	render "$D/unread" "$D/changed" --hold
	echo stray >"$D/unread.builds/2/stray.html"
	sed -i '$d' "$D/unread.builds/2.tsv"
	render "$D/unread" "$D/changed"
	diff -r "$D/full3/" "$D/unread/"
}

@test "built, held, published, turned back, killed in any order: as a full build" {
	local streams=("$D/few" "$D/changed" "$D/clustered.ndjson") i k n
	for k in 0 1 2; do
		render "$D/any$k" "${streams[k]}"
		digests "$D/any$k" >"$D/any$k.digests"
	done
	for k in 0 1 2; do
		sha256sum <"$D/any$k.digests"
	done >"$D/any.sums"
	render "$D/any" "${streams[0]}"
	cp "$D/any0.digests" "$D/shown"
	RANDOM=4
	for i in $(seq "${MOVES:-40}"); do
		k=$((RANDOM % 3))
		case $((RANDOM % 6)) in
		0)	render "$D/any" "${streams[k]}"
			cp "$D/any$k.digests" "$D/shown"
			[ ! -L "$D/any.next" ] ;;
		1)	render "$D/any" "${streams[k]}" --hold --jobs 2
			if cmp -s "$D/any$k.digests" "$D/shown"; then
				[ ! -L "$D/any.next" ]
			else
				digests "$D/any.next" |
				    diff "$D/any$k.digests" -
			fi ;;
		2)	[ -L "$D/any.next" ] || continue
			digests "$D/any.next" >"$D/shown"
			publish "$D/any" ;;
		3)	n=$(readlink "$D/any")
			n=$((${n##*/} - 1))
			[ -e "$D/any.builds/$n.tsv" ] || continue
			turn_back "$D/any" "$n"
			digests "$D/any" >"$D/shown" ;;
		*)	setsid "$BIN/render" -q --view html -o "$D/any" --hold \
			    --jobs 2 "${streams[k]}" &
			sleep "0.$((RANDOM % 400 + 100))"
			kill -9 -- -$! 2>/dev/null || true
			wait $! 2>/dev/null || true
			# whole, if it is there
			[ ! -L "$D/any.next" ] || digests "$D/any.next" |
			    sha256sum | grep -qxF "$(cat "$D"/any.sums)" ;;
		esac
		digests "$D/any" | diff "$D/shown" -
	done
}

# ROUNDS=500 SEED=7 bats -f 'as it is' for more of them.
@test "only what changed is made, and the site is as it is made from nothing" {
	local i papers=$D/papers about=$D/documents seed=${SEED:-1} options status venue
	for i in $(seq "${ROUNDS:-12}"); do
		/usr/bin/python3 "$TOP/tests/changes.py" $((seed * 10000 + i)) \
		    "$papers" "$about"
		options=(--sources "$about")
		status=()
		case $((i % 16)) in
		5)	options+=(--base-url http://a.example) ;;
		9)	options+=(--title Other) ;;
		13)	status=(--status all) ;;
		esac
		venue="V $((i / 2 % 2))"
		sed "s/\"V 1\"/\"$venue\"/i" "$papers" |
		    "$BIN/cluster" -q "${status[@]}" >"$D/clean"
		# venues that no paper may have, and names without a page
		sed 's/"venues":\[/&{"name":"V 1","papers":1},/' "$D/clean" |
		    sed "/\"key\":\"[^\"]* mac[$((i / 3 % 2))a]/s/\"key\"/\"x\"/" \
		    >"$D/stream"
		options+=("${status[@]}" -E '90%')
		render "$D/steps" "$D/stream" "${options[@]}" --jobs 2 2>/dev/null
		rm -rf "$D/scratch" "$D/scratch.builds"
		render "$D/scratch" "$D/stream" "${options[@]}" 2>/dev/null
		diff -r "$D/scratch/" "$D/steps/"
	done
}

@test "what a page shows of others: how they are spelt, and the names of venues" {
	local i
	# paper ID TITLE AUTHOR VENUE KIND FULL
	paper()
	{
		printf '{"kind":"paper","id":"%s","title":"%s","authors":[{"name":"%s"}],"venue":"%s","venue_kind":"%s","venue_name":"%s","year":2020}\n' "$@"
	}
	{
		paper a:1 One 'José García' ICML conference 'A Meeting'
		paper a:2 Two 'Jose Garcia' ICML conference 'A Meeting'
		paper a:3 Three 'Ann Lee' icml journal 'On Learning'
		paper a:4 Four 'Ann Lee' icml journal 'On Learning'
	} >"$D/p0"
	sed '2s/Jose Garcia/JOSE Garcia/' "$D/p0" >"$D/p1"
	sed '2s/ICML/icml/' "$D/p1" >"$D/p2"
	sed '2s/conference/journal/' "$D/p2" >"$D/p3"
	sed '2s/A Meeting/On Learning/' "$D/p3" >"$D/p4"
	for i in 0 1 2 3 4; do
		"$BIN/cluster" -q "$D/p$i" >"$D/stream"
		render "$D/others" "$D/stream"
		render "$D/others$i" "$D/stream"
		diff -r "$D/others$i/" "$D/others/"
	done
	grep -q '>JOSE Garcia</a>' "$D"/others/a/*/*.html
	cat "$D"/others4/v/*/icml.html >"$D/now"
	diff "$D"/others0/v/*/icml.html "$D/now" >"$D/diff" || true
	for i in '<h1>icml</h1>' 'Journal' '>On Learning, 4 papers'; do
		grep -q "^> .*$i" "$D/diff"
	done
}

@test "what a page shows of the site and of its sources" {
	"$BIN/render" -q -o "$D/title" "$D/few"
	render "$D/title" "$D/few" --title 'Arrow Research search'
	render "$D/title1" "$D/few" --title 'Arrow Research search'
	diff -r "$D/title1/" "$D/title/"
	# two sources that trade their pages, and the order in which they come
	one='{"kind":"paper","id":"a:1","title":"One","authors":[{"name":"Ann Lee"}],"sources":[{"source":"a","key":"1"},{"source":"b","key":"1"}]}'
	echo "$one" | "$BIN/cluster" -q >"$D/s0"
	{
		sed 's/a:1/0:2/; s/One/Two/; s/{"source":"a","key":"1"},//' <<<"$one"
		echo "$one"
	} | "$BIN/cluster" -q >"$D/s1"
	local i other
	for i in 0 1; do
		other=$((1 - i))
		printf '{"kind":"document","source":"%s","homepage":"https://example.org/%d"}\n' \
		    a $i b $other >"$D/pages"
		render "$D/trade" "$D/s$i" --sources "$D/pages"
		render "$D/trade$i" "$D/s$i" --sources "$D/pages"
		diff -r "$D/trade$i/" "$D/trade/"
	done
}

@test "a page of the same makings is not made again, unless render is another" {
	render "$D/made" "$D/few"
	list=$D/made.builds/1.tsv page=$(cd "$D/made/" && echo p/*/* | cut -d' ' -f1)
	# as if it had been made with other bytes
	sed -i "/\t${page//\//\\/}$/s/^.\{32\}/$(printf '%032d' 0)/" "$list"
	run -0 "$BIN/render" -o "$D/made" "$D/few"
	[[ "$output" == *" 0 written, 0 removed"* ]]
	sed -i '$s/....$/0000/' "$list"
	run -0 "$BIN/render" -o "$D/made" "$D/few"
	[[ "$output" == *" 1 written, 0 removed"* ]]
	# and one that was another takes note of it
	sed -i '$s/....$/0000/' "$D/made.builds/2.tsv"
	render "$D/made" "$D/few"
	! grep -q '^end.*0000$' "$D/made.builds/2.tsv" || false
}

@test "killed at any time: readers see a whole site, the next run ends it" {
	render "$D/full2" "$D/changed"
	digests "$D/full2" >"$D/two"
	render "$D/killed" "$D/few"
	digests "$D/killed" >"$D/one"
	local i
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		setsid "$BIN/render" -q --view html -o "$D/killed" --jobs 2 \
		    "$D/changed" &
		sleep "0.0$((i + 10))"
		kill -9 -- -$! 2>/dev/null || true
		wait $! 2>/dev/null || true
		digests "$D/killed" >"$D/seen"
		cmp -s "$D/seen" "$D/one" || cmp "$D/seen" "$D/two"
		render "$D/killed" "$D/few"
		digests "$D/killed" | diff "$D/one" -
	done
	render "$D/killed" "$D/changed"
	digests "$D/killed" | diff "$D/two" -
}

@test "two at once: the second one leaves with 75" {
	mkfifo "$D/slow"
	"$BIN/render" -q --view html -o "$D/locked" "$D/slow" &
	exec 9>"$D/slow"
	cat "$D/few" >&9
	# it builds when its input ends, so hold the lock in its stead
	mkdir -p "$D/locked.builds"
	flock "$D/locked.builds/lock" bash -c 'exec 9>&-; wait_for=$1; shift
	    "$@"; echo $? >"$wait_for"' - "$D/status" "$BIN/render" -q \
	    --view html -o "$D/locked" "$D/few" 2>"$D/err"
	[ "$(cat "$D/status")" = 75 ]
	grep -q 'another process builds there' "$D/err"
	exec 9>&-
	wait
	[ -e "$D/locked/index.html" ]
}

@test "what is in the way stays as it is: 73" {
	mkdir "$D/folder"
	echo mine >"$D/folder/index.html"
	run -73 render "$D/folder" "$D/few"
	[ "$(cat "$D/folder/index.html")" = mine ]
	echo mine >"$D/file"
	run -73 render "$D/file" "$D/few"
	[ "$(cat "$D/file")" = mine ]
	ln -s folder "$D/link"
	run -73 render "$D/link" "$D/few"
	[ "$(readlink "$D/link")" = folder ]
	run -73 render "$D/none/site" "$D/few"
}

@test "more rejects than it may have: readers keep the old site" {
	render "$D/kept" "$D/few"
	digests "$D/kept" >"$D/want"
	# an author one of whose papers is missing
	sed 3d "$D/few" >"$D/hole"
	run -65 render "$D/kept" "$D/hole"
	[[ "$output" == *missing-paper* ]]
	digests "$D/kept" | diff "$D/want" -
	run -66 "$BIN/render" -q --view html -o "$D/kept" "$D/no-such-file"
	digests "$D/kept" | diff "$D/want" -
}

@test "a stream that was cut, an empty one, another --status: readers keep the old site" {
	render "$D/uncut" "$D/few"
	digests "$D/uncut" >"$D/want"
	run -66 render "$D/uncut" /dev/null
	n=$(wc -l <"$D/few")
	papers=$(grep -c '"kind":"paper"' "$D/few")
	for lines in 1 "$papers" $((papers + 1)) $((n - 1)); do
		head -n "$lines" "$D/few" >"$D/cut"
		run -65 render "$D/uncut" "$D/cut"
		[[ "$output" == *'the stream was cut'* ]]
	done
	digests "$D/uncut" | diff "$D/want" -
	printf '%s\n' \
	    '{"kind":"paper","id":"a:1","title":"X","status":"rejected","authors":[{"name":"Ann Lee"}]}' \
	    '{"kind":"paper","id":"a:2","title":"Y","authors":[{"name":"Ann Lee"}]}' >"$D/two"
	"$BIN/cluster" -q --status rejected "$D/two" >"$D/with"
	"$BIN/cluster" -q "$D/two" >"$D/without"
	run -65 render "$D/filtered" "$D/with"
	run -65 render "$D/filtered" "$D/without" --status all
	[ ! -e "$D/filtered" ]
	render "$D/filtered" "$D/with" --status all
	[ "$(find "$D/filtered/p" -name '*.html' | wc -l)" = 2 ]
	render "$D/filtered" "$D/without"
	[ "$(find "$D/filtered/p" -name '*.html' | wc -l)" = 1 ]
}

@test "trees that somebody removed are built again" {
	render "$D/removed" "$D/few"
	digests "$D/removed" >"$D/want"
	rm -rf "$D/removed.builds"
	render "$D/removed" "$D/few"
	digests "$D/removed" | diff "$D/want" -
	rm "$D/removed"
	render "$D/removed/" "$D/few"
	digests "$D/removed" | diff "$D/want" -
}

@test "a full disk: an error, and readers keep the old site" {
	[ "$(id -u)" = 0 ] || skip "not root"
	mkdir "$D/small"
	mount -t tmpfs -o size=4M tmpfs "$D/small" 2>/dev/null ||
	    skip "cannot mount"
	render "$D/small/site" "$D/few"
	digests "$D/small/site" >"$D/want"
	status=0
	TMPDIR=$D render "$D/small/site" "$D/clustered.ndjson" 2>"$D/err" ||
	    status=$?
	digests "$D/small/site" >"$D/seen"
	# and once there is room again, as if nothing had been
	mount -o remount,size=64M "$D/small"
	render "$D/small/site" "$D/clustered.ndjson"
	digests "$D/small/site" >"$D/then"
	umount "$D/small"
	cat "$D/err"
	[ "$status" = 73 ] || [ "$status" = 74 ]
	grep -q 'No space left' "$D/err"
	diff "$D/want" "$D/seen"
	render "$D/roomy" "$D/clustered.ndjson"
	digests "$D/roomy" | diff - "$D/then"
}
