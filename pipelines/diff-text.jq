# diff-text.jq - what audit tells of changes, for people
#
# A head for each kind of change with how many there are, and the first of them.

def head: {
    loss: "groups that lost more than they may",
    lost: "papers lost", gained: "papers gained", split: "papers split",
    merged: "papers merged", regrouped: "papers regrouped",
    changed: "fields changed", names: "author lists changed",
    records: "papers that changed records",
    "name-lost": "author names lost", "name-gained": "author names gained" };

def list: if type == "array" then join(", ") else . // "nothing" | tostring end;
def records($what): . // empty |
    "\($what) " + (map("\(.source) \(.key)") | join(", "));
def place: [.venue // empty, .year // empty | tostring] | join(" ");
def text:
    if .kind == "loss" then
	"\(.group) \(.name): \(.before) before, \(.now) now"
    elif .change == "lost" or .change == "gained" then
	"\(.title // "[no title]")  (\([place, .id] | map(select(. != "")) |
	    join(", ")))"
    elif .change == "changed" then
	"\(.id)  \(.field): \(.before | list) -> \(.now | list)"
    elif .change == "records" then
	"\(.id)  \([(.lost | records("lost")), (.gained |
	    records("gained"))] | join("; "))"
    elif .name then "\(.name): \(.papers) papers"
    else
	"\(.title // .id)\n    before \(.before | list)\n    now    \(.now | list)"
    end;

[inputs] | group_by(.change // .kind) |
sort_by(.[0] | .change // .kind | . as $c | head | keys_unsorted |
    index($c))[] |
(.[0] | .change // .kind) as $c |
"", "\(length) \(head[$c])", (.[:20][] | "  \(text)"),
if length > 20 then "  and \(length - 20) more" else empty end
