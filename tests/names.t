#!/bin/bash
# names.t - what normalize makes of the names in golden/names.tsv, as TAP
#
# A row of the table:
#   input    the names of a paper as its source has them, " + " between two
#   parts    given/family where the source parts the only one
#   name, given, family, suffix
#            of what comes out, " + " between two; "-" for none of one
#   other    MEMBER=VALUE of a person, or et_al
#   seen     where: source, file or key, field; "made" where nowhere
# A line that begins with "# " names the rows below it.
set -u
export LC_ALL=C
table=$(dirname "$0")/golden/names.tsv
normalize=${BIN:-$(dirname "$0")/../bin}/normalize
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

grep -v '^# ' "$table" | tail -n +2 >"$tmp/rows"
jq -cR 'split("\t") as [$input, $parts] | {
	kind: "paper", id: "names:\(input_line_number)", authors: [
	    if $parts != "" then ($parts | split("/")) as [$given, $family] |
		{name: $input, given: $given, family: $family} |
		del(.[] | select(. == ""))
	    else ($input | split(" + "))[] | {name: .} end]
    }' "$tmp/rows" >"$tmp/in"
"$normalize" -q <"$tmp/in" >"$tmp/out"
"$normalize" -q <"$tmp/out" >"$tmp/again"

cut -f 1-7 "$tmp/rows" >"$tmp/want"
jq -r 'def column(f): [.authors[]? | f // "-"] |
	if all(. == "-") then "" else join(" + ") end;
    [column(.name), column(.given), column(.family), column(.suffix),
    ([(.authors[]? | to_entries[] |
	select(.key | IN("name", "given", "family", "suffix") | not) |
	"\(.key)=\(.value | if type == "array" then join(",") else . end)"),
	(select(.et_al) | "et_al")] | join(" "))] | join("\t")' \
    "$tmp/out" | paste <(cut -f 1-2 "$tmp/rows") - >"$tmp/got"

n=0
while IFS= read -r want <&3 && IFS= read -r got <&4; do
	n=$((n + 1))
	if [ "$want" = "$got" ]; then
		echo "ok $n - ${want%%$'\t'*}"
	else
		echo "not ok $n - ${want%%$'\t'*}"
		printf '# want %s\n# got  %s\n' "${want#*$'\t'}" "${got#*$'\t'}"
	fi
done 3<"$tmp/want" 4<"$tmp/got"
n=$((n + 1))
cmp -s "$tmp/out" "$tmp/again" || printf 'not '
echo "ok $n - a second run changes nothing"
n=$((n + 1))
[ "$(wc -l <"$tmp/want")" = "$(wc -l <"$tmp/got")" ] || printf 'not '
echo "ok $n - every row has a paper"
echo "1..$n"
