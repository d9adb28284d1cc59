# report-text.jq - the report of a run as tables; $ARGS.named.brief: only stages

def left($n): . + " " * ($n - length);
def right($n): " " * ($n - length) + .;
def table($head):
    map(map(. // "" | tostring)) as $rows | [$head] + $rows |
    . as $all | ($head | length) as $n |
    [range($n) as $i | $all | map(.[$i] | length) | max] as $width |
    $all[] | [range($n) as $i | .[$i] |
	if $i == 0 or $head[$i] == ($head[$i] | ascii_upcase) then
	left($width[$i]) else right($width[$i]) end] |
    join("  ") | sub(" +$"; "");
def seconds: if . then . * 100 | round / 100 else . end;
def megabytes: if . then . / 1e6 | round | "\(.) MB" else . end;

def stages:
    [.stages[] | [.stage, .in, .out, .rejected, .merged, .made, .notes,
	(.seconds | seconds), (.memory | megabytes),
	(.rate | if . then round else . end),
	if .ran then "" else "as before" end]] |
    table(["stage", "in", "out", "rejected", "merged", "made", "notes",
	"seconds", "memory", "records/s", ""]);

def codes($where):
    .stage as $stage | .codes // {} | to_entries[] |
    [$stage, $where, .key, .value];

def sources:
    [.sources[] | (.stages | map({ (.stage): . }) | add // {}) as $s |
	[.source, (.documents | length), (.documents | map(.bytes) | add),
	$s.parse.in, $s.parse.rejected, $s.parse.notes,
	$s.normalize.out, $s.normalize.notes]] |
    table(["source", "documents", "bytes", "entries", "rejected", "notes",
	"papers", "notes"]);

if $ARGS.named.brief then stages else
    "\(.pipeline), \(.started), \(.seconds) s",
    (.gaps[]? | "does not add up: \(.)"),
    "", stages, "", sources,
    ([.sources[] | .source as $name | .stages[] | codes($name)] +
	[.stages[] | select(.stage != "parse" and .stage != "normalize") |
	codes("")] | sort_by(-.[3], .) |
	if length > 0 then "", table(["STAGE", "SOURCE", "CODE", "count"])
	else empty end),
    "", ([.sources[] | .source as $name | .documents[] |
	[.url, $name, .bytes, .sha256[:12], .date]] |
	table(["url", "SOURCE", "bytes", "SHA256", "DATE"])),
    "", (.versions | map("\(.program) \(.version)") | join(", "))
end
