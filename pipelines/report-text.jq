# report-text.jq - the report of a run as tables; $ARGS.named.brief: only stages

# Rows under a head; the first column and those with "<" are on the left.
def pad($n; $left): (" " * ($n - length) // "") as $gap |
    if $left then . + $gap else $gap + . end;
def table($head):
    ([$head] + map(map(. // "" | tostring))) as $rows |
    ($head | length) as $n |
    [range($n) as $i | $rows | map(.[$i] | ltrimstr("<") | length) | max] as
	$width |
    $rows[] | [range($n) as $i | .[$i] | ltrimstr("<") |
	pad($width[$i]; $i == 0 or ($head[$i] | startswith("<")))] |
    join("  ") | sub(" +$"; "");
def seconds: if . then . * 100 | round / 100 else . end;
def megabytes: if . then . / 1e6 | round | "\(.) MB" else . end;

def stages:
    [.stages[] | [.stage, .in, .out, .rejected, .merged, .made, .notes,
	(.seconds | seconds), (.memory | megabytes),
	(.rate | if . then round else . end),
	if .ran then "" else "as before" end]] |
    table(["stage", "in", "out", "rejected", "merged", "made", "notes",
	"seconds", "memory", "records/s", "<"]);

def codes($where):
    .stage as $stage | .codes // {} | to_entries[] |
    [$stage, $where, .key, .value];

def sources:
    [.sources[] | (.stages | map({ (.stage): . }) | add // {}) as $s |
	[.source, (.documents | length), (.documents | map(.bytes) | add),
	$s.parse.in, ([$s.parse.rejected, $s.normalize.rejected] | add),
	([$s.parse.notes, $s.normalize.notes] | add), .records,
	(if .papers then .records - .papers else null end), .papers]] |
    table(["source", "documents", "bytes", "entries", "rejected",
	"notes", "records", "merged", "papers"]);

if $ARGS.named.brief then stages else
    "\(.pipeline), \(.started), \(.seconds) s",
    (.gaps[]? | "does not add up: \(.)"),
    "", stages, "", sources,
    ([.sources[] | .source as $name | .stages[] | codes($name)] +
	[.stages[] | select(.stage != "parse" and .stage != "normalize") |
	codes("")] | sort_by(-.[3], .) |
	if length > 0 then "", table(["stage", "<source", "<code", "count"])
	else empty end),
    "", ([.sources[] | .source as $name | .documents[] |
	[.url, $name, .bytes, .sha256[:12], .date]] |
	table(["url", "<source", "bytes", "<sha256", "<date"])),
    "", (.versions | map("\(.program) \(.version)") | join(", "))
end
