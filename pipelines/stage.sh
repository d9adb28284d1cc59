#!/bin/bash
# stage.sh - the steps of rules.mk that are more than a line
#
#   stage.sh split DOCUMENTS DIR SOURCE ...
#   stage.sh map JOBS FILTER INPUT OUTPUT
#   stage.sh collect STAGE MAX_REJECTS DIR OUTPUT ...
#   stage.sh summary STATS
#   stage.sh about DIR SOURCE ...
#   stage.sh report DIR BIN AUTHOR
set -euo pipefail

# Write a file for each source, but leave it alone where it is the same.
split()
{
	local documents=$1 dir=$2 source
	shift 2
	for source; do
		# the source is the second member of every document
		awk -F '"' -v s="$source" '$8 == s' "$documents" \
		    >"$dir/$source.tmp"
		if cmp -s "$dir/$source.tmp" "$dir/$source.ndjson"; then
			rm "$dir/$source.tmp"
		else
			mv "$dir/$source.tmp" "$dir/$source.ndjson"
		fi
	done
	rm "$documents"
}

# Run a map over a file, in blocks on several cores.  Rejects and counts of
# each job stay in OUTPUT.jobs for collect, which judges them.
map()
{
	local jobs=$1 filter=$2 input=$3 output=$4
	local dir=$output.jobs
	rm -rf "$dir"
	mkdir -p "$dir"
	if [ "$jobs" -gt 1 ] && [ -s "$input" ]; then
		mkdir -p "$PARALLEL_HOME"
		: >"$PARALLEL_HOME/will-cite"
		parallel --pipe-part -a "$input" --block -1 -j "$jobs" -k \
		    --halt soon,fail=1 \
		    "$filter -q -E 100% -r '$dir'/{#}.rejects" \
		    "--stats '$dir'/{#}.stats" >"$output.tmp"
	else
		"$filter" -q -E 100% -r "$dir/1.rejects" \
		    --stats "$dir/1.stats" <"$input" >"$output.tmp"
	fi
	mv "$output.tmp" "$output"
}

# Join the rejects of all jobs, in the order of the input: a place in a job's
# block becomes one in the whole input.  Places in a document stay.
join_rejects()
{
	local output job lines=0 bytes=0
	for output; do
		for job in $(printf '%s\n' "$output.jobs"/*.stats | sort -V); do
			jq -c --argjson lines "$lines" --argjson bytes "$bytes" '
			    if has("source") then . else
			    .line += $lines | .offset += $bytes end' \
			    "${job%.stats}.rejects"
			read -r l b < <(jq -r '"\(.lines) \(.bytes)"' "$job")
			lines=$((lines + l))
			bytes=$((bytes + b))
		done
	done
}

# One set of counts of many.
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
	    passed: codes(.passed) }' "$@"
}

# What a stage did over all sources, judged once.
collect()
{
	local stage=$1 max=$2 dir=$3 output stats=()
	shift 3
	if [ $# -eq 0 ]; then
		echo "$stage: sources.tsv names no source" >&2
		exit 66
	fi
	mkdir -p "$dir/rejects" "$dir/stats"
	for output; do
		stats+=("$output.jobs"/*.stats)
	done
	join_rejects "$@" >"$dir/rejects/$stage.tmp"
	mv "$dir/rejects/$stage.tmp" "$dir/rejects/$stage.ndjson"
	sum_stats ${stats[@]+"${stats[@]}"} </dev/null >"$dir/stats/$stage.tmp"
	mv "$dir/stats/$stage.tmp" "$dir/stats/$stage.json"
	summary "$dir/stats/$stage.json"
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

# The documents of all sources; those from the web with the day on which fetch
# got the body, which its state tells.
about()
{
	local dir=$1 source
	shift
	for source; do
		cat "$dir/fetched/$source.ndjson"
	done | jq -c --slurpfile days <([ ! -d "$dir/store/state" ] ||
	    find "$dir/store/state" -name '*.json' -exec awk 1 {} + |
	    jq -Rc 'fromjson? | { (.url?): .fetched[:10] }? // empty') '
	    ($days | add) as $fetched |
	    if $fetched[.url] then .fetched = $fetched[.url] else . end'
}

# The counts of a run, and a page to look at.
report()
{
	local dir=$1 bin=$2 author=$3 stage
	printf '%-10s %9s %9s %9s %9s %9s %9s\n' \
	    stage in out rejected merged made notes
	for stage in fetch parse normalize dedupe cluster render; do
		jq -r '[.stage, .in, .out, .rejected, .merged, .made, .notes] |
		    @tsv' "$dir/stats/$stage.json"
	done | while IFS=$'\t' read -r stage counts; do
		# shellcheck disable=SC2086 # six numbers
		printf '%-10s %9d %9d %9d %9d %9d %9d\n' "$stage" $counts
	done
	if [ -n "$author" ]; then
		echo
		# no page of that name is told, but no failure of the run
		"$bin/render" -q --view text --author "$author" \
		    "$dir/clustered.ndjson" || [ $? -eq 66 ]
	fi
}

"$@"
