#!/bin/bash
# browser.t - sites in Chromium, as TAP: browser.t [name=folder ...]
#
# Without arguments: the site of $OUT/demo, that of the golden page where
# ../shared has it, and some that are made here, of papers with TeX and long
# lists, of a name of several persons, and of hostile texts.  The packages of npm, pictures of all kinds of
# pages and these sites go to $BUILD/browser.  ONLY is a regular expression
# that the names of tests to run match.
set -euo pipefail
export LC_ALL=C
top=$(cd "$(dirname "$0")/.." && pwd)
bin=${BIN:-$top/bin}
out=${OUT:-$top/out}
work=${BUILD:-$top/build}/browser
shared=$top/../shared
mkdir -p "$work/sites"
work=$(cd "$work" && pwd)

# node looks for packages beside the scripts, and the tree stays clean
cp "$top"/tests/browser/*.mjs "$work"
install()
{
	cmp -s "$top/tests/browser/package-lock.json" "$work/installed" && return
	cp "$top"/tests/browser/package*.json "$work"
	(cd "$work" && npm ci --silent --ignore-scripts --no-audit --no-fund >&2)
	cp "$work/package-lock.json" "$work/installed"
}

# render NAME: cluster the papers of that file, and make a site far down in a
# folder of its own, so that what gets out of the site is seen.
render()
{
	local jail=$work/sites/$1
	rm -rf "$jail"
	mkdir -p "$jail/1/2/3"
	"$bin/cluster" -q -E 100% -r "$jail/rejects" "$work/$1" 2>/dev/null \
	    >"$jail/clustered"
	"$bin/render" -q --view html --base-url http://site.invalid/ \
	    --contact test@site.invalid --report-page -o "$jail/1/2/3/site" \
	    "$jail/clustered"
	"$bin/render" -q --view report "$work/$1-report" \
	    >"$jail/1/2/3/site/report.html"
	find "$jail" ! -path '*/site.builds/1/*' ! -type d -printf '%P\n' | sort |
	    cmp -s - <(printf '%s\n' 1/2/3/site 1/2/3/site.builds/1.tsv \
	    1/2/3/site.builds/lock clustered rejects) || {
		echo "# $1: files outside of the site:"
		find "$jail" ! -path '*/site.builds/1/*' | sed 's/^/# /'
		return 1
	}
	sites+=("$1=$jail/1/2/3/site")
}

stream()
{
	node "$work/stream.mjs" "$@"
}

install
sites=("$@")
expected=()
if [ $# = 0 ]; then
	"$bin/render" -q --view html -o "$work/sites/demo" \
	    "$out/demo/clustered.ndjson"
	sites+=("demo=$work/sites/demo")
	strings=()
	if [ -e "$shared/data/nasty.tar.zst" ]; then
		zstd -dc "$shared/data/nasty.tar.zst" |
		    tar -xO nasty/blns/blns.json >"$work/strings.json"
		strings=("$work/strings.json")
	else
		echo "# no ../shared: without the list of naughty strings"
	fi
	stream made >"$work/made"
	stream hostile "${strings[@]}" >"$work/hostile"
	for name in made hostile hostile-normalized; do
		stream "$name-report" "${strings[@]}" >"$work/$name-report"
	done
	stream persons >"$work/persons"
	"$bin/render" -q --view html -o "$work/sites/persons" "$work/persons"
	sites+=("persons=$work/sites/persons")
	stream loose "${strings[@]}" | "$bin/normalize" -q -E 100% 2>/dev/null |
	    "$bin/dedupe" -q -E 100% 2>/dev/null >"$work/hostile-normalized"
	for name in made hostile hostile-normalized; do
		render "$name"
	done
	if [ -e "$shared/golden/sources.tsv" ]; then
		make -s -C "$top" pipeline NAME=golden PIPELINES=../shared \
		    OUT="$work/golden" >/dev/null 2>&1
		"$bin/render" -q --view html -o "$work/sites/golden" \
		    "$work/golden/golden/clustered.ndjson"
		sites+=("golden=$work/sites/golden")
		expected=(-e "$shared/golden/expected.txt")
	fi
fi
exec node "$work/run.mjs" -p "$work/pictures" "${expected[@]}" "${sites[@]}"
