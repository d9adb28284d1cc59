#!/bin/bash
# report.sh - the report of a run, as JSON, as a page and as text
#
#   report.sh make DIR SOURCE ...
#   report.sh show DIR
#   report.sh end DIR
set -euo pipefail

top=$(dirname "$0")

# The counts that were written since a file of the pipeline was.
counts_since()
{
	find "$1"/{stats,parsed,normalized} -newer "$1/$2" \
	    \( -name '*.json' -o -name '*.stats' \) 2>/dev/null
}

# The programs of the stages, in order.
versions()
{
	local program
	for program in "$BIN"/{fetch,parse,normalize,dedupe,cluster,audit,render}; do
		"$program" -V
	done | jq -Rs 'split("\n") | map(select(. != "") | split(" ") |
	    { program: .[0], version: .[1] })'
}

write()
{
	local dir=$1 new started
	shift
	new=$(counts_since "$dir" started)
	started=$(<"$dir/started")
	jq -cn -f "$top/report.jq" \
	    --arg pipeline "${dir##*/}" --arg started "$started" \
	    --argjson seconds "$(($(date +%s) - $(date -d "$started" +%s)))" \
	    --argjson ran "$(jq -Rn '[inputs | { (.): true }] | add' <<<"$new")" \
	    --argjson sources "$(jq -cn '$ARGS.positional' --args "$@")" \
	    --argjson versions "$(versions)" \
	    --slurpfile documents "$dir/about.ndjson" \
	    "$dir"/stats/*.json "$dir"/{parsed,normalized}/*.stats \
	    >"$dir/report.tmp"
	mv "$dir/report.tmp" "$dir/report.json"
}

# Of a run in which nothing was done the report of the one before stands, with
# its gaps; unless that one was stopped before it came to its own.
make()
{
	local dir=$1
	shift
	if [ ! -e "$dir/report.json" ] ||
	    [ -n "$(counts_since "$dir" report.json)" ]; then
		write "$dir" "$@"
	fi
	page "$dir"
	if jq -r '.gaps[]?' "$dir/report.json" | sed 's/^/report: /' |
	    grep . >&2; then
		echo "report: in = out + rejected + merged does not hold;" \
		    "what the stages left is removed, the next run makes it" \
		    "anew from the bodies" >&2
		rm -f "$dir"/{parsed,normalized}/*.ndjson \
		    "$dir"/{deduped,clustered}.ndjson
		exit 70
	fi
}

# The same as a page of the site that is to be public.  That may be built where
# a former one was, and have its page.
page()
{
	local dir=$1
	[ -e "$dir/site.next" ] || return 0
	[ ! "$dir/site.next/report.html" -nt "$dir/report.json" ] || return 0
	"$BIN/render" -q --view report --title "$SITE_TITLE" \
	    ${BASE_URL:+--base-url "$BASE_URL"} \
	    ${CONTACT:+--contact "$CONTACT"} "$dir/report.json" \
	    >"$dir/report.html.tmp"
	mv "$dir/report.html.tmp" "$dir/site.next/report.html"
}

show()
{
	[ -e "$1/report.json" ] || {
		echo "report: no run of ${1##*/} has come to its report" >&2
		exit 66
	}
	jq -r -f "$top/report-text.jq" "$1/report.json"
}

# What a run that did something ends with.
end()
{
	local dir=$1
	[ -n "$(counts_since "$dir" started)" ] || return 0
	jq -r --argjson brief true -f "$top/report-text.jq" "$dir/report.json"
	if [ -n "$SHOW_AUTHOR" ]; then
		echo
		# no page of that name is told, but no failure of the run
		"$BIN/render" -q --view text --author "$SHOW_AUTHOR" \
		    "$dir/clustered.ndjson" || [ $? -eq 66 ]
	fi
	printf '\nsite: %s\n' "$dir/site/index.html"
}

"$@"
