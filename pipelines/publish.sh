#!/bin/bash
# publish.sh - what becomes public of a pipeline, and what does not
#
#   publish.sh audit DIR
#   publish.sh forget DIR
#   publish.sh publish DIR
#   publish.sh rollback DIR [NUMBER]
#   publish.sh diff DIR [NUMBER]
#   publish.sh verify DIR COMMAND ...
#
# DIR/site leads to the site that is public, DIR/site.next to one that is built
# and held; both are numbers in DIR/site.builds.  DIR/runs has what belongs to
# each of them, as it was published: its ledger, changes, report and lock.
set -euo pipefail

top=$(dirname "$0")

# The number that a link leads to; of one that is not there, nothing.
number()
{
	local to
	to=$(readlink "$1") || return 0
	echo "${to##*/}"
}

# Hold the papers against the ledger of those that are public.  What was lost
# is judged when it is to be published.
audit()
{
	local dir=$1 public status=0 against=()
	public=$(number "$dir/site")
	if [ -n "$public" ] && [ -e "$dir/runs/$public/ledger.ndjson" ]; then
		against=(--against "$dir/runs/$public/ledger.ndjson")
	elif [ -n "$public" ]; then
		echo "audit: no ledger of site $public, which is public:" \
		    "nothing to hold this one against" >&2
	fi
	"$BIN/audit" -q -E "$MAX_REJECTS" -r "$dir/rejects/audit.ndjson" \
	    --stats "$dir/stats/audit.json" --max-loss "$MAX_LOSS" \
	    --ledger "$dir/ledger.ndjson" ${against[@]+"${against[@]}"} \
	    "$dir/deduped.ndjson" >"$dir/changes.tmp" 2>"$dir/audit.tmp" ||
	    status=$?
	if [ $status = 65 ] && grep -q '^{"kind":"loss"' "$dir/changes.tmp"; then
		status=0
	else
		cat "$dir/audit.tmp" >&2
	fi
	[ $status = 0 ] || exit $status
	rm "$dir/audit.tmp"
	mv "$dir/changes.tmp" "$dir/changes.ndjson"
	"$top/stage.sh" summary "$dir/stats/audit.json"
	echo "$public" >"$dir/audit.done"
}

# Trees above the public one are built in: what belonged to those that were
# public before a rollback must not be taken for that of the new ones.
forget()
{
	local dir=$1 name=${1##*/} public run
	public=$(number "$dir/site")
	if [ -z "$public" ] && [ -n "$(former "$dir")" ]; then
		echo "publish: the link $dir/site is gone, but not its sites:" \
		    "make rollback NAME=$name shows the last one again," \
		    "without $dir/runs all begins anew" >&2
		exit 65
	fi
	for run in "$dir"/runs/*; do
		[ ! -d "$run" ] || [ "${run##*/}" -le "${public:-0}" ] ||
		    rm -rf "$run"
	done
}

# Whether what is held, and all that is to be recorded beside it, are of one run,
# which ended with its report.
is_of_one_run()
{
	local dir=$1 name=${1##*/} file
	for file in deduped.ndjson lock.tsv site.done; do
		[ "$dir/$file" -nt "$dir/report.json" ] || continue
		echo "publish: a run stopped since the site that is held was" \
		    "built; make pipeline NAME=$name builds it again" >&2
		exit 65
	done
	if jq -e .gaps "$dir/report.json" >/dev/null; then
		echo "publish: the report of what is held has gaps;" \
		    "make pipeline NAME=$name builds it again" >&2
		exit 70
	fi
}

# Whether as much is there as before, as far as MAX_LOSS asks for it.
judge()
{
	local dir=$1 name=${1##*/} public why
	public=$(number "$dir/site")
	if grep -q '^{"kind":"loss"' "$dir/changes.ndjson"; then
		why="more than MAX_LOSS = $MAX_LOSS was lost"
	elif [ -n "$public" ] && [ ! -e "$dir/runs/$public/ledger.ndjson" ]; then
		why="there is no ledger of site $public, which is public"
	else
		return 0
	fi
	if [ "$FORCE" = yes ]; then
		echo "publish: $why; FORCE=yes"
		return
	fi
	{
		echo "publish: not published, for $why:"
		jq -rn '[inputs | select(.kind == "loss")] |
		    sort_by(.group as $g | ["source", "total"] |
			-(index($g) // -1)) |
		    (.[:20][] | "publish: \(.group) \(.name):" +
		    " \(.before) before, \(.now) now"),
		    if length > 20 then "publish: and \(length - 20) groups more"
		    else empty end' "$dir/changes.ndjson"
		echo "publish: make diff NAME=$name tells of the papers," \
		    "make publish NAME=$name FORCE=yes publishes all the same"
	} >&2
	exit 65
}

# What belongs to a site, beside those of the others that are kept.
record()
{
	local dir=$1 next=$2 run=$1/runs/$2 file
	rm -rf "$run.tmp"
	mkdir -p "$run.tmp"
	for file in ledger.ndjson changes.ndjson report.json lock.tsv; do
		ln "$dir/$file" "$run.tmp/$file"
	done
	sync "$run.tmp"/*
	rm -rf "$run"
	mv -T "$run.tmp" "$run"
	# whose numbers people link to
	ln -f "$dir/clustered.ndjson" "$dir/persons.public"
	for run in "$dir"/runs/*; do
		[ -d "$dir/site.builds/${run##*/}" ] || rm -rf "$run"
	done
}

# The command behind a new site, until it did not fail.  What it leaves at work
# must not hold the lock of the pipeline.
tell()
{
	local dir=$1 status=0
	[ -e "$dir/publish.due" ] || return 0
	if [ -n "$PUBLISH_CMD" ]; then
		SITE=$(realpath "$dir")/site bash -euo pipefail -c \
		    "$PUBLISH_CMD" </dev/null >"$dir/tmp/told" 2>&1 9>&- ||
		    status=$?
		sed 's/^/publish: /' "$dir/tmp/told" >&2
		if [ $status != 0 ]; then
			echo "publish: the site is public here, but PUBLISH_CMD" \
			    "ended with $status" >&2
			exit 75
		fi
	fi
	rm "$dir/publish.due"
}

publish()
{
	local dir=$1 next
	next=$(number "$dir/site.next")
	if [ -n "$next" ]; then
		is_of_one_run "$dir"
		if [ "$(cat "$dir/audit.done")" != "$(number "$dir/site")" ] ||
		    [ "$dir/audit.settings" -nt "$dir/audit.done" ]; then
			audit "$dir"
		fi
		judge "$dir"
		record "$dir" "$next"
		echo "$next" >"$dir/publish.due"
		mv -T "$dir/site.next" "$dir/site"
		sync "$dir"
		echo "publish: site $next is public"
	fi
	tell "$dir"
}

# The sites that can be public.
former()
{
	local dir=$1 list n
	for list in "$dir"/site.builds/*.tsv; do
		n=${list##*/}
		n=${n%.tsv}
		[ ! -e "$dir/runs/$n/report.json" ] || echo "$n"
	done | sort -n
}

no_former()
{
	echo "$1: ${2##*/}: no former site $3 that is kept; there are:" \
	    "$(former "$2" | xargs)" >&2
	exit 66
}

rollback()
{
	local dir=$1 to=$2 public
	public=$(number "$dir/site")
	if [ -z "$to" ]; then
		to=$(former "$dir" | awk -v p="$public" '$1 < p || p == ""' |
		    tail -n 1)
	fi
	if [ -z "$to" ] || [ "$to" = "$public" ] ||
	    ! former "$dir" | grep -qxF "$to"; then
		no_former rollback "$dir" "${to:-before}"
	fi
	rm -f "$dir/site.next"
	ln -sfn "site.builds/$to" "$dir/site.tmp"
	echo "$to" >"$dir/publish.due"
	mv -T "$dir/site.tmp" "$dir/site"
	sync "$dir"
	echo "rollback: site $to is public, ${public:-none} was"
	tell "$dir"
}

# What changed: in what is held; else in what was published last; or since a
# former site.
diff()
{
	local dir=$1 since=$2 public next file=$1/changes.ndjson
	public=$(number "$dir/site")
	next=$(number "$dir/site.next")
	if [ -n "$since" ]; then
		[ -e "$dir/runs/$since/ledger.ndjson" ] ||
		    no_former diff "$dir" "$since"
		file=$dir/changes-since-$since.ndjson
		"$BIN/audit" -q --max-loss 100 \
		    --against "$dir/runs/$since/ledger.ndjson" \
		    "$dir/deduped.ndjson" >"$file"
		echo "what was built last, against site $since"
	elif [ -n "$next" ]; then
		echo "site $next, which is held, against site" \
		    "$(cat "$dir/audit.done"), which is public"
	elif [ -n "$public" ]; then
		file=$dir/runs/$public/changes.ndjson
		echo "site $public, which is public, against the one before"
	else
		echo "diff: ${dir##*/}: nothing was built" >&2
		exit 66
	fi
	jq -rn -f "$top/diff-text.jq" "$file"
	echo "all of it: $file"
}

# The files of a tree with their digests; the report has times, and no part in
# it.
tree()
{
	(cd "$1" && find . -type f ! -path ./report.html -print0 |
	    xargs -0 -r sha256sum) | sort
}

verify()
{
	local dir=$1 name=${1##*/} built=$1/site beside=$1/verify/${1##*/}
	shift
	[ ! -e "$dir/site.next" ] || built=$dir/site.next
	if [ "$built" = "$dir/site" ] &&
	    [ "$(former "$dir" | tail -n 1)" != "$(number "$dir/site")" ]; then
		echo "verify: $name: site $(number "$dir/site") is public by" \
		    "rollback, and not what was built last" >&2
		exit 66
	fi
	rm -rf "$dir/verify"
	mkdir -p "$dir/verify"
	"$@" >"$dir/verify/log"
	tree "$built/" >"$dir/verify/is"
	tree "$beside/site.next/" >"$dir/verify/should"
	if ! cmp -s "$dir/clustered.ndjson" "$beside/clustered.ndjson" ||
	    ! cmp -s "$dir/verify/is" "$dir/verify/should"; then
		echo "verify: $name: $built is not what its sources make;" \
		    "$beside has what they do:" >&2
		comm -3 "$dir/verify/is" "$dir/verify/should" |
		    sed 's/^\t*[0-9a-f]*  /verify: /' | sort -u |
		    sed -n 1,10p >&2
		exit 70
	fi
	echo "verify: $name: $(wc -l <"$dir/verify/is") files, tree" \
	    "$(sha256sum <"$dir/verify/is" | cut -c 1-64), as from nothing"
	rm -rf "$dir/verify"
}

"$@"
