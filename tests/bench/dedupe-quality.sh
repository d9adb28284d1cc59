#!/bin/bash
# dedupe-quality.sh - how well dedupe finds the copies in labelled sets
#
# usage: dedupe-quality.sh EVAL
#
# EVAL has score_dedupe.py and a folder dedupe/SET for each set: sources.tsv, the
# files that it names, and gold.tsv, a group of copies on a line as SOURCE:KEY.
# All sets go the same way, with the same options.  Of a set of several sources
# only pairs across these count: each is taken to hold no copies of its own.
# dedupe-known.tsv, beside this, has what a set must reach, and what others did;
# a set that is not in it must only lose no record.
#
# Behind each set come canaries: what is known to be right or wrong and has to
# be scored so, or else the scores say nothing.  Exit status 1 where a row fails.
set -euo pipefail
export LC_ALL=C
eval=$1
here=$(dirname "$0")
bin=${BIN:-$here/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# score GOLD: the values of the scorer for the papers on standard input, by name
score()
{
	local across=()
	[ "$sources" = 1 ] || across=(--across)
	/usr/bin/python3 "$eval/score_dedupe.py" "${across[@]}" "$1" |
	    jq -r 'to_entries[] | "\(.key)\t\(.value)"'
}

# row NAME BOUNDS KNOWN [RECORDS]: the values on standard input as a line of the
# table.  Bounds are such as "f1>=.9 missed_removed<=2"; so many records go in.
row()
{
	awk -F '\t' -v name="$1" -v bounds="$2" -v known="$3" -v fed="${4:-}" '
	    function holds(bound,   got, want) {
		if (!match(bound, /[<>]=/))
			return 0
		got = v[substr(bound, 1, RSTART - 1)]
		want = substr(bound, RSTART + 2)
		if (got == "" || want == "")
			return 0
		if (substr(bound, RSTART, 1) == "<")
			return got + 0 <= want + 0
		return got + 0 >= want + 0
	    }
	    { v[$1] = $2 }
	    END {
		n = split(bounds, b, " ")
		for (i = 1; i <= n; i++)
			if (!holds(b[i]))
				bad = bad " " b[i]
		if (fed != "" && v["records"] != fed)
			bad = bad " records=" fed
		printf "%-24s %7d %7d %9.4f %6.4f %6.4f %6d %6d  %-4s  %s%s%s\n",
		    name, v["records"], v["papers"], v["precision"],
		    v["recall"], v["f1"], v["false_removed"],
		    v["missed_removed"], bad == "" ? "ok" : "FAIL", bounds,
		    known == "" ? "" : "  (" known ")",
		    bad == "" ? "" : "; not" bad
		exit bad != ""
	    }' || failed=1
}

# The bounds of a set, and what is known of it, as two lines.
known()
{
	awk -F '\t' -v set="$1" '
	    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	    function bound(column, name, how) {
		if ($at[column] != "")
			bounds = bounds (bounds == "" ? "" : " ") name how $at[column]
	    }
	    $1 == set {
		bound("f1", "f1", ">=")
		bound("precision", "precision", ">=")
		bound("false", "false_removed", "<=")
		bound("missed", "missed_removed", "<=")
		known = $at["known"]
	    }
	    END { print bounds; print known }' "$here/dedupe-known.tsv"
}

# canary NAME KIND GOLD BOUNDS
canary()
{
	"$here/dedupe-canary.py" "$2" "$3" | score "$3" >"$tmp/canary"
	row "  $1" "$4" "" <"$tmp/canary"
}

# The share of pairs that are copies, of all pairs that count in a gold table.
chance()
{
	awk -v across=$((sources > 1)) -F '\t' '
	    function pairs(a,   s, n, same) {
		for (s in a) {
			n += a[s]
			same += a[s] * (a[s] - 1) / 2
		}
		return n * (n - 1) / 2 - across * same
	    }
	    {
		split("", group)
		for (i = 1; i <= NF; i++) {
			s = $i
			sub(/:.*/, "", s)
			group[s]++
			if (!seen[$i]++)
				all[s]++
		}
		good += pairs(group)
	    }
	    END { n = pairs(all); print n == 0 ? 1 : good / n }' "$1"
}

shopt -s nullglob
sets=("$eval"/dedupe/*/gold.tsv)
if [ ${#sets[@]} = 0 ]; then
	echo "dedupe-quality.sh: no sets in $eval/dedupe" >&2
	exit 66
fi
printf '%-24s %7s %7s %9s %6s %6s %6s %6s        %s\n' set records papers precision \
    recall F1 false missed 'at least (known)'
for gold in "${sets[@]}"; do
	set=${gold%/gold.tsv}
	sources=$(awk -F '\t' 'NR > 1 && !seen[$1]++ { n++ } END { print n }' \
	    "$set/sources.tsv")
	"$bin/fetch" -q "$set/sources.tsv" | "$bin/parse" -q -E 100% |
	    "$bin/normalize" -q -E 100% >"$tmp/records"
	"$bin/dedupe" -q -T "$tmp" "$tmp/records" >"$tmp/papers"
	score "$gold" <"$tmp/papers" >"$tmp/scores"
	set=${set##*/}
	{ read -r bounds; read -r known; } < <(known "$set")
	[ "$sources" = 1 ] || set="$set (across)"
	row "$set" "$bounds" "$known" "$(wc -l <"$tmp/records")" <"$tmp/scores"

	# the scorer holds all pairs in memory, so merge a thousand records
	awk -F '\t' 'n < 1000 { n += NF; print }' "$gold" >"$tmp/some"
	c=$(chance "$tmp/some")
	canary 'all merged, of some' merged "$tmp/some" \
	    "recall>=1 precision<=$(awk -v c="$c" 'BEGIN {
	    printf "%.4f", c + .0001 }')"
	lose=$(awk -F '\t' '{ n += NF - 1 } END { print n }' "$gold")
	canary 'nothing merged' none "$gold" \
	    "recall<=0 precision>=1 false_removed<=0 missed_removed>=$lose"
	c=$(awk -v c="$(chance "$gold")" 'BEGIN {
	    printf "%.4f", .01 + 2 * c }')
	canary 'gold shuffled' shuffled "$gold" "precision<=$c recall<=$c"
	canary 'gold itself' gold "$gold" "precision>=1 recall>=1 f1>=1"
done
exit $failed
