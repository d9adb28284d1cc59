#!/bin/bash
# run.sh - let libFuzzer try a format of parse: run.sh FORMAT SECONDS; xml is
# all of XML
#
# It begins with the golden cases and tests/fuzz/seeds/FORMAT, and what it found
# stays in build/fuzz/corpus/FORMAT.  SEEDS=N at the end writes the N that
# cover most of it back to the seeds, in place of those whose names are digests.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."
format=$1 seconds=$2
corpus=build/fuzz/corpus/$format seeds=tests/fuzz/seeds/$format
: "${FUZZ:?}" "${SEEDS:=0}"
mkdir -p "$corpus" build/fuzz/crashes
for dir in tests/golden/parse/*/; do
	case $format:$(cat "$dir/args" 2>/dev/null) in
	xml:*) grep -q '^ *<' "$dir/in" 2>/dev/null || continue ;;
	*"-f $format "* | *"-f $format") ;;
	*) continue ;;
	esac
	for file in "$dir/in" "$dir/page.html"; do
		[ ! -e "$file" ] || cp "$file" "$corpus/$(basename "$dir")"
	done
done
[ ! -d "$seeds" ] || cp "$seeds"/* "$corpus"
export FORMAT=$format
[ "$seconds" = 0 ] || "$FUZZ" -close_fd_mask=3 -max_total_time="$seconds" \
    -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/crashes/$format-" "$corpus"
[ "$SEEDS" -gt 0 ] || exit 0

# the shortest that cover all, then the first N of them
rm -rf build/fuzz/least
mkdir -p build/fuzz/least "$seeds"
"$FUZZ" -close_fd_mask=3 -set_cover_merge=1 build/fuzz/least "$corpus" \
    2>/dev/null
find "$seeds" -type f -regextype egrep -regex '.*/[0-9a-f]{40}' -delete
find build/fuzz/least -type f -size -2 -printf '%s %p\n' | sort -n |
    awk -v n="$SEEDS" '{ line[NR] = $2 }
	END { step = NR > n ? NR / n : 1
	for (i = 1; i <= NR; i += step) print line[int(i)] }' |
    xargs -I{} cp {} "$seeds"
