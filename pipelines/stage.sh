#!/bin/bash
# stage.sh - the steps of rules.mk that are more than a line
#
#   stage.sh begin DIR SOURCE ...
#   stage.sh settle FILE ...
#   stage.sh look LIST
#   stage.sh fetched DIR SOURCE ...
#   stage.sh map JOBS FILTER INPUT OUTPUT
#   stage.sh collect STAGE MAX_REJECTS DIR OUTPUT ...
#   stage.sh summary STATS
#   stage.sh about DIR STORE
#   stage.sh lock DOCUMENTS
set -euo pipefail

# Note the time; take away what a run that was killed left, what belongs to
# sources that are no more, and what has no counts beside it.
begin()
{
	local dir=$1 path name
	shift
	mkdir -p "$dir"/{fetched,parsed,normalized,rejects,stats,runs,tmp}
	rm -rf "$dir"/tmp/* "$dir"/*.tmp \
	    "$dir"/{fetched,parsed,normalized,rejects,stats,runs}/*.tmp
	for path in "$dir"/{fetched,parsed,normalized}/*; do
		name=${path##*/}
		case " $* " in
		*" ${name%.*} "*) ;;
		*) rm -rf "$path" ;;
		esac
	done
	for path in "$dir"/{parsed,normalized}/*.ndjson; do
		[ -s "${path%.ndjson}.stats" ] || rm -f "$path"
	done
	date -u +%Y-%m-%dT%H:%M:%SZ >"$dir/started"
}

# FILE.tmp takes the place of FILE, which is left alone where it is the same.
settle()
{
	local file
	for file; do
		if cmp -s "$file.tmp" "$file"; then
			rm "$file.tmp"
		else
			mv "$file.tmp" "$file"
		fi
	done
}

# Size and times of the files of a list, as far as they are there.
look()
{
	[ ! -e "$1" ] ||
	    xargs -r -d '\n' stat -c '%n %s %.Y %.Z' <"$1" 2>/dev/null || true
}

# Write a file for each source, and one for all, but leave alone what is the
# same.  Each is looked at: a run that was stopped may have left some only.
fetched()
{
	local dir=$1 source
	shift
	# the source is the second member of every document
	awk -F '"' -v dir="$dir/fetched/" -v sources="$*" '
	    BEGIN { n = split(sources, name, " ")
		for (i = 1; i <= n; i++) {
			printf "" >(dir name[i] ".ndjson.tmp")
			close(dir name[i] ".ndjson.tmp")
		} }
	    # one at a time is open: there may be thousands
	    $8 != source { close(file); source = $8
		file = dir source ".ndjson.tmp" }
	    { print >>file }' "$dir/documents.ndjson.tmp"
	sed -n 's,.*"path":"\([^"]*/body/[^"]*\)".*,\1,p' \
	    "$dir/documents.ndjson.tmp" >"$dir/bodies.list"
	for source; do
		settle "$dir/fetched/$source.ndjson"
	done
	settle "$dir/documents.ndjson"
}

# Rejects of a job or a source with their places in the whole input, which has
# so many lines and bytes before.  Places in a document stay.
shift_rejects()
{
	local lines=$1 bytes=$2 file=$3
	if [ -s "$file" ] && grep -qv '"source":"' "$file"; then
		jq -c --argjson lines "$lines" --argjson bytes "$bytes" '
		    if has("source") then . else
		    .line += $lines | .offset += $bytes end' "$file"
	else
		cat "$file"
	fi
}

# shift_rejects over the jobs or sources NAME.rejects, NAME.stats in order.
join_rejects()
{
	local i=0 lines=0 bytes=0 sizes name
	mapfile -t sizes < <(printf '%s.stats\0' "$@" |
	    xargs -0 jq -r '"\(.lines) \(.bytes)"')
	for name; do
		shift_rejects "$lines" "$bytes" "$name.rejects"
		lines=$((lines + ${sizes[i]% *}))
		bytes=$((bytes + ${sizes[i]#* }))
		i=$((i + 1))
	done
}

# One set of counts of many, which are read from standard input: times add up,
# memory is the most that one had.
sum_stats()
{
	jq -cs 'def total(f): map(f) | add // 0;
	    def codes(f): map(f | to_entries[]) | group_by(.key) |
		map({ key: .[0].key, value: (map(.value) | add) }) |
		from_entries;
	    { stage: .[0].stage, in: total(.in), out: total(.out),
	    rejected: total(.rejected), merged: total(.merged),
	    made: total(.made), notes: total(.notes), lines: total(.lines),
	    bytes: total(.bytes), codes: codes(.codes),
	    passed: codes(.passed), seconds: total(.seconds),
	    cpu: total(.cpu), memory: (map(.memory) | max // 0) }'
}

# One list of unknown venues of many, as normalize writes it: a venue is known by
# its alias, and spelt as most are.
sum_unknown()
{
	awk -F '\t' '{ n[$4] += $1; m = spelt[$4, $2] += $1
	    if (!($4 in id)) id[$4] = $3
	    if (m > most[$4] || (m == most[$4] && $2 < venue[$4])) {
		most[$4] = m; venue[$4] = $2 } }
	    END { for (k in n)
		printf "%d\t%s\t%s\t%s\n", n[k], venue[k], id[k], k }' "$@" |
	    sort -t $'\t' -k 1,1nr -k 2,2
}

# Run a map over a file; its counts and rejects go beside the output.  A large
# one is cut into blocks for all cores; of small ones, as many at a time as there
# are cores keep them busy.
map()
{
	local jobs=$1 filter=$2 input=$3 output=$4
	local name=${output%.ndjson} dir=${output%.ndjson}.jobs.tmp job
	local list=''
	[ "${filter##*/}" != normalize ] || list=--unknown-venues
	if [ "$jobs" -gt 1 ] &&
	    [ "$(stat -c %s "$input")" -ge "$SPREAD" ]; then
		rm -rf "$dir"
		mkdir -p "$dir" "$PARALLEL_HOME"
		: >"$PARALLEL_HOME/will-cite"
		# parallel gives its jobs process groups of their own
		parallel --pipe-part -a "$input" --block -1 -j "$jobs" -k \
		    --halt soon,fail=1 \
		    "exec setpriv --pdeathsig KILL '$filter' -q -E 100%" \
		    "-r '$dir'/{#}.rejects --stats '$dir'/{#}.stats" \
		    "${list:+$list '$dir'/{#\}.unknown}" \
		    >"$output.tmp"
		job=("$dir"/*.stats)
		mapfile -t job < <(printf '%s\n' "${job[@]%.stats}" | sort -V)
		join_rejects "${job[@]}" >"$name.rejects"
		[ -z "$list" ] ||
		    sum_unknown "${job[@]/%/.unknown}" >"$name.unknown"
		cat "${job[@]/%/.stats}" | sum_stats >"$name.stats"
		rm -rf "$dir"
	else
		"$filter" -q -E 100% -r "$name.rejects" \
		    --stats "$name.stats" ${list:+"$list=$name.unknown"} \
		    <"$input" >"$output.tmp"
	fi
	mv "$output.tmp" "$output"
}

# A source of which nothing could be used is not within any budget: it is no
# list with a broken entry but another file, or of another format.  Nor is one
# without a record: it may have answered with an empty list.
lost_sources()
{
	local stage=$1
	shift
	if printf '%s.stats\0' "$@" | xargs -0 jq -r --arg stage "$stage" '
	    select(.out == 0) | . as { $rejected } | input_filename |
	    sub(".*/"; "") | rtrimstr(".stats") |
	    "\($stage): " + if $rejected > 0
	    then "nothing of source \(.) could be used"
	    else "source \(.) has no records" end' | grep . >&2
	then
		exit 65
	fi
}

# What a stage did over all sources, judged once.
collect()
{
	local stage=$1 max=$2 dir=$3
	shift 3
	if [ $# -eq 0 ]; then
		echo "$stage: sources.tsv names no source" >&2
		exit 66
	fi
	join_rejects "${@%.ndjson}" >"$dir/rejects/$stage.tmp"
	mv "$dir/rejects/$stage.tmp" "$dir/rejects/$stage.ndjson"
	if [ "$stage" = normalize ]; then
		sum_unknown "${@/%.ndjson/.unknown}" >"$dir/unknown-venues.tmp"
		mv "$dir/unknown-venues.tmp" "$dir/unknown-venues.tsv"
	fi
	printf '%s.stats\0' "${@%.ndjson}" | xargs -0 cat | sum_stats \
	    >"$dir/stats/$stage.tmp"
	mv "$dir/stats/$stage.tmp" "$dir/stats/$stage.json"
	summary "$dir/stats/$stage.json"
	lost_sources "$stage" "${@%.ndjson}"
	jq -e --arg max "$max" 'if $max | endswith("%")
	    then .rejected * 100 <= .in * ($max | rtrimstr("%") | tonumber)
	    else .rejected <= ($max | tonumber) end' \
	    "$dir/stats/$stage.json" >/dev/null || {
		echo "$stage: more rejects than MAX_REJECTS = $max;" \
		    "see $dir/rejects/$stage.ndjson" >&2
		exit 65
	}
}

summary()
{
	jq -r '"\(.stage): \(.in) in, \(.out) out, \(.rejected) rejected" +
	    (if .merged > 0 then ", \(.merged) merged" else "" end) +
	    (if .made > 0 then ", \(.made) made" else "" end) +
	    (if .notes > 0 then ", \(.notes) notes" else "" end) +
	    (.passed | to_entries | map(", \(.value) \(.key)") | add // "")' "$1"
}

# The documents; those from the web with the day on which fetch got the body,
# which its state tells.
about()
{
	local dir=$1 store=$2
	jq -c --slurpfile days <([ ! -d "$store/state" ] ||
	    find "$store/state" -name '*.json' -exec awk 1 {} + |
	    jq -Rc 'fromjson? | { (.url?): .fetched[:10] }? // empty') '
	    ($days | add) as $fetched |
	    if $fetched[.url] then .fetched = $fetched[.url] else . end' \
	    "$dir/documents.ndjson"
}

# The bodies of which a run was made, as fetch --locked reads them.
lock()
{
	printf 'source\turl\tsha256\tbytes\n'
	jq -r '"\(.source)\t\(.url)\t\(.sha256)\t\(.bytes)"' "$1"
}

"$@"
