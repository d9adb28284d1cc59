# report.jq - the report of a run, of what its stages counted
#
# Inputs: the statistics of stages and sources, which their file names tell
# apart.  $ran has the files among these that this run wrote; $documents are
# those of about.ndjson; $sources their names, $versions the programs, in order.

def counts($file):
    { stage, ran: ($ran | has($file)), in, out, rejected, merged, made, notes,
      codes, passed, seconds, cpu, memory } +
    if .seconds > 0 then { rate: (.in / .seconds * 10 | round / 10) }
    else {} end |
    with_entries(select(.value != {}));

def gap(text; $a; $b):
    select($a != $b) | "\(text): \($a) and \($b)";

# in = out + rejected + merged in each stage, and what one stage wrote is what
# the next one read.
def gaps:
    def law: gap("\(.stage): in, and out + rejected + merged"; .in;
	.out + .rejected + .merged);
    (map({ (.stage): . }) | add // {}) as $s |
    def joint($a; $b; $n): select($s[$a] and $s[$b]) |
	gap("\($a) wrote and \($b) read"; $n; $s[$b].in);
    (.[] | law),
    joint("parse"; "normalize"; $s.parse.out),
    joint("normalize"; "dedupe"; $s.normalize.out),
    joint("dedupe"; "cluster"; $s.dedupe.out),
    joint("dedupe"; "audit"; $s.dedupe.out),
    joint("cluster"; "render"; $s.cluster.out + $s.cluster.made),
    ($s.fetch | select(.) | gap("fetch wrote, and documents that are there";
	.out; $documents | length));

($documents | group_by(.source) | map({ (.[0].source): . }) | add // {}) as
    $bodies |
($versions | map(.program)) as $order |
[inputs | { file: input_filename, stats: . }] as $all |
def of($folder): [$all[] | select(.file | test("/\($folder)/[^/]*$"))];
(of("parsed") + of("normalized") | group_by(.file | sub(".*/"; "")) |
    map({ (.[0].file | sub(".*/"; "") | rtrimstr(".stats")): . }) |
    add // {}) as $per |
(of("stats") | map(.stats.sources // [] | .[] | { (.source):
    { records, papers } }) | add // {}) as $shares |
[of("stats")[] | .file as $file | .stats | counts($file)] |
map({ (.stage): . }) | add as $stages |
[$order[] | $stages[.] | select(.)] |
{ kind: "report", pipeline: $pipeline, started: $started, seconds: $seconds,
  stages: .,
  sources: [$sources[] | . as $name | {
      source: $name,
      documents: [$bodies[$name][]? | { url, sha256, bytes } +
	  if .fetched then { date: .fetched } else {} end],
      stages: [$per[$name][]? | .file as $file | .stats | counts($file)] } +
      ($shares[$name] // {})],
  gaps: ([$order[] | select($stages[.] | not) | "\(.): no counts"] + [gaps] +
      [$sources[] | . as $name | $per[$name] // [] | map(.stats) | (gaps,
      (.[] | select(.stage == "parse") |
      gap("fetch wrote and parse read"; $bodies[$name] | length; .lines)),
      (.[] | select(.stage == "normalize" and $stages.dedupe.rejected ==
	  ($stages.dedupe.codes.dropped // 0)) |
      gap("normalize wrote and dedupe read"; .out;
	  $shares[$name].records // 0))) | "\($name): \(.)"]),
  versions: $versions } |
if .gaps == [] then del(.gaps) else . end
