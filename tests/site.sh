# site.sh - what the tests of the html view share: to be sourced
# shellcheck shell=bash

# For the setup_file of a file of tests, which has set TOP: the demo as a site,
# $D/site, of $D/clustered.ndjson and $D/about.ndjson; of some of its papers,
# what is enough to see how sites follow on each other: $D/few and $D/changed.
site_start()
{
	export LC_ALL=C TOP D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
	cd "$TOP" || return 1
	"$BIN/fetch" -q pipelines/demo/sources.tsv >"$D/about.ndjson"
	"$BIN/parse" -q -E 3 "$D/about.ndjson" 2>/dev/null | cluster \
	    >"$D/clustered.ndjson"
	grep '"kind":"paper"' "$D/clustered.ndjson" | sed -n '1~6p' |
	    "$BIN/cluster" -q >"$D/few"
	grep '"kind":"paper"' "$D/few" |
	    sed '7s/"title":"/"title":"Another /; 9d' |
	    "$BIN/cluster" -q >"$D/changed"
	render "$D/site" "$D/clustered.ndjson" --sources "$D/about.ndjson"
}

# render DIR FILE [option ...]
render()
{
	local dir=$1 file=$2
	shift 2
	"$BIN/render" -q --view html -o "$dir" "$@" "$file"
}

# The stream of some papers, one a line on standard input, clustered.
cluster()
{
	"$BIN/normalize" -q | "$BIN/dedupe" -q | "$BIN/cluster" -q
}

# Every file of a site with its digest, by path.
digests()
{
	(cd "$1/" && find . -type f -exec sha256sum {} + | sort)
}

# Every file with what shows that it was written anew.
stamps()
{
	(cd "$1/" && find . -type f -printf '%p %T@ %i\n' | sort)
}
