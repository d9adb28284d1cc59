#!/usr/bin/env bats
# hostile - input that is made to break a filter: it is rejected, not obeyed
#
# No filter crashes, loses count, takes more memory than its largest record
# explains, or needs more than linear time (quadratic needs minutes here).

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

formats="acl arxiv bibtex crossref csljson csv datacite dblp dblpsearch endnote
    html isi jats json marcxml mods nbib oai openalex openreview pubmed
    refer ris semanticscholar sru unixref"
xml="acl arxiv datacite dblp endnote jats marcxml mods oai pubmed sru unixref"
backslash=$(printf '\134')

setup_file()
{
	export LC_ALL=C
	export BIN=${BIN:-$BATS_TEST_DIRNAME/../../bin}
	[[ $BIN == /* ]] || BIN=$PWD/$BIN
	[ -x "$BIN/parse" ]
	# under a sanitizer memory is several times as much
	sanitized=
	! grep -q __asan_init "$BIN/parse" || sanitized=yes
	export sanitized
}

setup()
{
	D=$BATS_TEST_TMPDIR
	cd "$D" || return 1
}

# An input is larger than the memory; seconds are of the processor, for other
# tests may run beside.
MEMORY=102400	# KiB
SECONDS_MAX=20
HANGS=200

# Run a filter on standard input and leave out, err, rejects and stats.
run_measured()
{
	local limit=()

	if [ -x /usr/bin/time ]; then
		limit=(/usr/bin/time --quiet -f %M -o memory)
	elif [ -z "$sanitized" ]; then
		# address space is more than memory: libraries, stack
		limit=(prlimit "--as=$((MEMORY * 3 * 1024))")
	fi
	(ulimit -t "$SECONDS_MAX" && exec timeout "$HANGS" "${limit[@]}" "$@")
}

# A filter on standard input: no crash, no lost count, bounded memory; what it
# writes is JSON.
survives()
{
	local rc=0

	rm -f memory
	run_measured "$@" -q -E 100% --stats stats -r rejects >out 2>err ||
	    rc=$?
	if [ "$rc" -ge 124 ] || [ "$rc" = 70 ]; then
		echo "$*: exit status $rc"
		head -c 2000 err
		return 1
	fi
	jq -e '.in == .out + .rejected + .merged' stats >jq.out || {
		echo "$*: no balance"
		cat stats
		return 1
	}
	if [ -s memory ] && [ -z "$sanitized" ] &&
	    [ "$(cat memory)" -gt "$MEMORY" ]; then
		echo "$*: $(cat memory) KiB of memory"
		return 1
	fi
}

# What was written is lines of JSON in UTF-8.
is_json()
{
	iconv -f UTF-8 -t UTF-8 out rejects >iconv.out
	jq empty iconv.out
}

# in, out and rejected of the last run; all rejects are of the code, if given
counted()
{
	local got

	got=$(jq -r '"\(.in) \(.out) \(.rejected)"' stats)
	if [ -n "${2:-}" ]; then
		got="$got $(jq --arg code "$2" '.codes[$code]' stats)"
		set -- "$1 ${1##* }" "$2"
	fi
	if [ "$got" != "$1" ]; then
		echo "counted $got, expected $1 ${2:-}"
		cat stats
		return 1
	fi
}

# That many times a character.
many()
{
	head -c "$1" /dev/zero | tr '\0' "$2"
}

# That many times a line.
lines()
{
	yes "$2" | head -n "$1"
}

# The same bytes at every run, all 256 of them.
random_bytes()
{
	local file=$BATS_FILE_TMPDIR/random.$1
	[ -e "$file" ] || perl -e 'srand shift;
	    print pack "C*", map { int rand 256 } 1 .. 1 << 20' "$1" >"$file"
	cat "$file"
}

# The marks that a syntax knows, in no order.
tokens()
{
	perl -e 'srand shift; my @t = @ARGV; s/\\n/\n/ for @t;
	    print $t[rand @t] for 1 .. 200_000' "$@"
}

# A file with one byte in two hundred changed, cut out or doubled.
mutate()
{
	perl -e 'srand shift; local $/; $_ = <STDIN>;
	    s/(.)/rand() > 0.005 ? $1 : ("", $1 x 2, chr int rand 256)[rand 3]/ges;
	    print' "$1"
}

@test "a line of 1 GiB into normalize" {
	{
		printf '{"kind":"paper","id":"a:1"}\n{"kind":"paper","id":"'
		many 1G a
		printf '"}\n{"kind":"paper","id":"a:3"}\n'
	} | survives "$BIN/normalize"
	counted "3 2 1" too-long
	[ "$(jq .line rejects)" = 2 ]
	[ "$(jq '.input | length' rejects)" -le 4096 ]
}

@test "a line of 256 MiB into the folds" {
	for f in dedupe cluster render; do
		{
			printf '{"kind":"paper","id":"'
			many 256M a
			printf '"}\n{"kind":"paper","id":"a:2"}\n'
		} | survives "$BIN/$f"
		counted "2 1 1" too-long
	done
}

@test "a CSV row of 256 MiB" {
	{ printf 'id,title\n1,'; many 256M a; printf '\n2,Algorithms\n'; } |
	    survives "$BIN/parse" -f csv
	counted "2 1 1" too-long
}

@test "a CSV quote around 256 MiB" {
	{ printf 'id,title\n1,"'; many 256M a; printf '"\n2,Algorithms\n'; } |
	    survives "$BIN/parse" -f csv
	counted "2 1 1"
}

@test "a CSV header of 256 MiB" {
	{ many 256M a; printf '\n2,Algorithms\n'; } |
	    survives "$BIN/parse" -f csv
	[ ! -s out ]
}

@test "a note of OpenReview of 256 MiB, in a list and on a line" {
	note='{"id":"2","content":{"title":"Algorithms"}}'
	{
		printf '{"notes":[{"id":"1","content":{"title":"'
		many 256M a
		printf '"}},%s]}\n' "$note"
	} | survives "$BIN/parse" -f openreview
	counted "2 1 1" too-long
	{
		printf '{"id":"1","content":{"title":"'
		many 256M a
		printf '"}}\n%s\n' "$note"
	} | survives "$BIN/parse" -f openreview
	counted "2 1 1" too-long
}

@test "a JSON object of 256 MiB, in a list, and a list of a million objects" {
	{
		printf '{"papers":[{"title":"'
		many 256M a
		printf '"},{"title":"Algorithms"}]}\n'
	} | survives "$BIN/parse" -f json
	counted "2 1 1" too-long
	{
		printf '[{"title":"Algorithms"}'
		lines 1000000 ',{"title":"Algorithms"}'
		printf ']\n'
	} | survives "$BIN/parse" -f json
	counted "1000001 1000001 0"
}

@test "a JSON word of 256 MiB in a list, and a string of it behind the list" {
	{ printf '[{"title":"Algorithms"},'; many 256M 1; printf ',{}]\n'; } |
	    survives "$BIN/parse" -f json
	counted "3 1 2"
	{
		printf '{"papers":[{"title":"Algorithms"}],"next":"'
		many 256M a
		printf '"}\n{"papers":[{"title":"Sums"}]}\n'
	} | survives "$BIN/parse" -f json
	counted "2 2 0"
}

@test "50,000 authors, facts, titles and members of one JSON object" {
	printf 'from\tto\nby.name\tauthors\nby.id\tauthors.ids\n' >map.tsv
	perl -e 'sub many { my $f = shift;
	    join ",", map { my $s = $f; $s =~ s/%/$_/g; $s } 1 .. 50_000 }
	    printf "{\"by\":[%s],\"title\":[%s],\"keywords\":[%s],%s}\n",
	    many("{\"name\":\"A%\",\"id\":\"~A%\"}"), many("\"x\""),
	    many("{}"), many("\"m%\":1")' >in.json
	survives "$BIN/parse" -f json -m map.tsv <in.json
	counted "1 1 0"
	cp out parsed
	survives "$BIN/normalize" <parsed
	counted "1 1 0"
}

@test "as many tags, titles, notices, words and profiles as there is room for" {
	perl -e 'sub many { my $f = shift;
	    join ",", map { my $s = $f; $s =~ s/%/$_/g; $s } 1 .. 100_000 }
	    printf "{\"DOI\":\"10.1/1\",\"abstract\":\"%s\",\"title\":\"%s\"}\n",
	    "<p><i>" x 100_000 . "</b>" x 100_000, "<a " x 100_000;
	    printf "{\"DOI\":\"10.1/2\",\"container-title\":[%s],\"updated-by\":[%s],\"subject\":[%s]}\n",
	    many("\"t%\""), many("{\"type\":\"t%\",\"DOI\":\"%\"}"),
	    many("\"s%\"")' >in.json
	survives "$BIN/parse" -f crossref <in.json
	counted "2 2 0"
	is_json
	perl -e 'printf "{\"notes\":[{\"id\":\"1\",\"content\":{\"authors\":[%s],\"authorids\":[%s]}}]}",
	    join(",", map { "\"A $_\"" } 1 .. 100_000),
	    join(",", map { "\"~A_${_}1\"" } 2 .. 100_000)' >in.json
	survives "$BIN/parse" -f openreview <in.json
	counted "1 1 0"
	# an abstract that is 10,000 times as long as its index
	perl -e 'printf "{\"id\":\"https://openalex.org/W1\",\"abstract_inverted_index\":{\"%s\":[%s]}}",
	    "a" x 1_000_000, join(",", 1 .. 100_000)' >in.json
	survives "$BIN/parse" -f openalex <in.json
	counted "1 1 0"
}

@test "a BibTeX entry of 256 MiB, and as much text between entries" {
	{
		printf '@book{one,\n  title = {'
		many 256M a
		printf '}\n}\n@book{two, title = {Algorithms}}\n'
	} | survives "$BIN/parse" -f bibtex
	counted "2 1 1"
	{ many 256M a; printf '\n@book{two, title = {Algorithms}}\n'; } |
	    survives "$BIN/parse" -f bibtex
	counted "1 1 0"
}

@test "tagged records of 256 MiB, in one line and in many, and as much between" {
	good='TY  - JOUR\nTI  - Algorithms\nER  - \n'
	{
		printf 'TY  - JOUR\nTI  - '
		many 256M a
		printf '\nER  - \n%b' "$good"
	} | survives "$BIN/parse" -f ris
	counted "2 1 1" too-long
	{
		printf 'TY  - JOUR\n'
		yes 'AU  - Lee, Ann' | head -c 256M
		printf '\nER  - \n%b' "$good"
	} | survives "$BIN/parse" -f ris
	counted "2 1 1" too-long
	{ many 256M a; printf '\n%b' "$good"; } |
	    survives "$BIN/parse" -f ris
	counted "1 1 0"
	{ many 256M '\r'; printf '\n%b' "$good"; } |
	    survives "$BIN/parse" -f ris
	counted "1 1 0"
	{ printf 'PMID- 1\n'; many 256M '\n'; printf 'PMID- 2\n'; } |
	    survives "$BIN/parse" -f nbib
	counted "2 2 0"
}

@test "100,000 tagged records that do not end or do not begin" {
	lines 100000 'TY  - JOUR' | survives "$BIN/parse" -f ris
	counted "100000 99999 1" cut-short
	{
		printf 'PT J\nER\n'
		yes "$(printf 'TI Algorithms\nER')" | head -n 200000
	} | survives "$BIN/parse" -f isi
	counted "100001 100001 0"
	lines 100000 'TI  - Algorithms' | survives "$BIN/parse" -f ris
	counted "1 0 1" bad-format
}

@test "50,000 authors, addresses, identifiers and tags of one tagged record" {
	perl -e 'print "PT J\nAF ";
	    print "   Lee, Ann$_\n" for 1 .. 50_000;
	    print "C1 ";
	    print "   [Lee, Ann$_; Lee, Bo] MIT $_.\n" for 1 .. 50_000;
	    print "OI ";
	    print "   Lee, Ann$_/0000-0002-7401-8575;\n" for 1 .. 50_000;
	    print "ER\n"' | survives "$BIN/parse" -f isi
	counted "1 1 0"
	perl -e 'print "PT J\nAF Lee, Ann\nC1 [", "Lee, Ann; " x 50_000, "] ",
	    "MIT " x 50_000, "\nER\n"' | survives "$BIN/parse" -f isi
	counted "1 1 0"
	perl -e 'print "PMID- 1\nFAU - Lee, Ann\n", "AD  - MIT\n" x 500_000' |
	    survives "$BIN/parse" -f nbib
	counted "1 1 0"
	perl -e 'print "TY  - JOUR\n"; for $i (1 .. 400) {
	    for $a ("A" .. "Z") { print "$a", $i % 10, "  - x\n" } }
	    for $a (grep { !/TY|ER/ } "AA" .. "ZZ") { print "$a  - x\n" x 100 }
	    print "ER  - \n"' | survives "$BIN/parse" -f ris
	counted "1 1 0"
}

@test "50,000 authors in one text, and as many facts that name them" {
	printf 'from\tto\tform\nBy\tauthors\t;\nIds\tauthors.orcid\t;name/\n' \
	    >map.tsv
	perl -e 'print "title,By,Ids\nOn Sums,", join(";", map { "A$_" }
	    1 .. 50_000), ",", join(";", map { "a$_/0000-0002-7401-8575" }
	    reverse 1 .. 50_000), "\n"' |
	    survives "$BIN/parse" -f csv -m map.tsv
	counted "1 1 0"
	[ "$(jq '[.authors[].orcid | select(.)] | length' out)" = 50000 ]
	perl -e 'print "<OAI-PMH><record><metadata><dc><title>x</title><creator>",
	    "A" x 500_000, " Lee", "; Bo Dai" x 50_000,
	    "</creator></dc></metadata></record></OAI-PMH>"' |
	    survives "$BIN/parse" -f oai
	counted "1 1 0"
	perl -e 'print "<arXivRaw><id>1</id><authors>",
	    map("A (1 and $_), ", 1 .. 50_000), "((1) ", "MIT " x 10_000,
	    map(", ($_) CMU", 2 .. 50_000), ")</authors></arXivRaw>"' |
	    survives "$BIN/parse" -f arxiv
	counted "1 1 0"
	[ "$(wc -c <out)" -lt 20000000 ]
}

@test "50,000 authors, marks, keywords and other elements of one XML record" {
	perl -e 'print "<article><front><article-meta><contrib-group>";
	    print "<contrib><name><surname>A$_</surname></name>",
	    "<xref rid=\"a$_ a1\"/></contrib>" for 1 .. 50_000;
	    print "</contrib-group><aff id=\"a1\">", "x" x 10_000, "</aff>";
	    print "<aff id=\"a$_\">b</aff>" for 2 .. 50_000;
	    print "<kwd-group>", map("<kwd>k$_</kwd>", 1 .. 50_000),
	    "</kwd-group></article-meta></front></article>"' |
	    survives "$BIN/parse" -f jats
	counted "1 1 0"
	[ "$(wc -c <out)" -lt 10000000 ]
	perl -e 'print "<records><record><ref-type>17</ref-type>",
	    "<rec-number>1</rec-number>";
	    print "<a$_>x</a$_>" for 1 .. 50_000;
	    print "<urls><web-urls>", "<url>http://a</url>" x 50_000,
	    "</web-urls></urls></record></records>"' |
	    survives "$BIN/parse" -f endnote
	counted "1 1 0"
}

@test "as many terms of a formula, roles and columns as there is room for" {
	perl -e 'print "<article><front><article-meta><title-group>",
	    "<article-title><math><msup>", "<mi>x</mi>" x 200_000,
	    "</msup></math></article-title></title-group></article-meta>",
	    "</front></article>"' | survives "$BIN/parse" -f jats
	counted "1 1 0"
	perl -e 'print "<record><datafield tag=\"700\"><subfield code=\"a\">",
	    "Lee, Ann</subfield><subfield code=\"e\">", "x and " x 400_000,
	    "</subfield></datafield></record>"' |
	    survives "$BIN/parse" -f marcxml
	counted "1 0 1"
	perl -e 'for $row (1 .. 4) {
	    print join(",", map { "c${row}_$_" } 1 .. 65_000), "\n" }
	    print "title,year\n"' | survives "$BIN/parse" -f csv
}

@test "a page of 256 MiB" {
	{
		printf '<meta name="citation_title" content="Algorithms">'
		many 256M a
	} | survives "$BIN/parse" -f html
	counted "1 0 1" too-long
}

@test "an XML record of 256 MiB" {
	{
		printf '<dblp><book key="1"><title>'
		many 256M a
		printf '</title></book>\n'
		printf '<book key="2"><title>Algorithms.</title></book></dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "2 1 1"
}

@test "names of nothing but brackets, signs and remarks" {
	perl -e 'for my $s ("(", "[", "{", "<", ">", "()", "(1)", "N/A ",
	    "Ann (1) ", "((1))", ",", "*", "1,", "Ann Lee, ", "a\@b.c ") {
		for my $n (1000, 1_000_000) {
			my $name = sprintf "{\"name\":\"%s\"}",
			    $s x ($n / length $s);
			printf "{\"kind\":\"paper\",\"id\":\"a:%d\",\"authors\":[%s]}\n",
			    ++$id, join ",", ($name) x (1_000_000 / $n);
		}
	    }' | survives "$BIN/normalize"
	counted "30 30 0"
}

@test "256 MiB of blank lines" {
	{ printf '{"kind":"paper","id":"a:1"}\n'; many 256M '\n'; } |
	    survives "$BIN/normalize"
	counted "1 1 0"
}

@test "100,000 BibTeX entries that never close" {
	lines 100000 '@article{key, title = {Deep learning' |
	    survives "$BIN/parse" -f bibtex
	counted "100000 0 100000" open-entry
	lines 100000 '@article(key, title = "Deep learning' |
	    survives "$BIN/parse" -f bibtex
	counted "100000 0 100000" open-entry
}

@test "100,000 BibTeX entries that never close, and two good ones" {
	{
		lines 100000 '@article{key, title = {Deep learning'
		printf '@book{one, title = {Algorithms}}\n'
		printf '@book{two, title = {Literate Programming}}\n'
	} | survives "$BIN/parse" -f bibtex
	counted "100002 2 100000" open-entry
}

@test "a million braces in BibTeX" {
	{ printf '@book{one, title = '; many 1M '{'; } |
	    survives "$BIN/parse" -f bibtex
	counted "1 0 1" open-entry
	{
		printf '@book{one, title = '
		many 1M '{'
		many 1M '}'
		printf '}\n'
	} | survives "$BIN/parse" -f bibtex
	is_json
}

@test "entries, comments and braces of BibTeX by the million that never close" {
	local unit

	for unit in '@comment{' '@comment{{\n@a{x,' '@string{' '@a{x,{{' \
	    '@a(x,"' '@a{}@b{{' '@a{x, y = b # '; do
		yes "$(printf '%b' "$unit")" | head -n 2000000 |
		    survives "$BIN/parse" -f bibtex
	done
}

@test "a million entries of BibTeX that stand in others" {
	{
		seq 1000000 |
		    sed 's/.*/@inproceedings{&, title = {A}, crossref = {p&}}/'
		seq 1000 | sed 's/.*/@proceedings{p&, title = {P}, year = 2001}/'
	} | survives "$BIN/parse" -f bibtex
	counted "1001000 1001000 0"
	[ "$(jq -r .codes stats | jq '."dropped-value"')" = 999000 ]
	seq 2000000 | sed 's/.*/@book{b&, title = {B}}/' |
	    survives "$BIN/parse" -f bibtex
	counted "2000000 2000000 0"
}

@test "macros, fields and parents of BibTeX without an end" {
	{
		echo '@string{a0 = "0123456789"}'
		seq 60 | awk '{ print "@string{a" $1 " = a" $1 - 1 " # a" $1 - 1 "}" }'
		seq 100 | sed 's/.*/@book{&, title = a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17 # a17, note = a12}/'
		echo '@book{good, title = a0}'
	} | survives "$BIN/parse" -f bibtex
	[ "$(jq -r .title out)" = 0123456789 ]
	seq 1000000 | sed 's/.*/@string{s& = "value"}/' |
	    survives "$BIN/parse" -f bibtex
	[ "$(jq '.codes["too-long"]' stats)" -gt 500000 ]
	{
		printf '@book{a'
		seq 500000 | sed 's/.*/, f& = {x}/' | tr -d '\n'
		printf '}\n@book{b'
		yes ', keywords = {x}' | head -n 500000 | tr -d '\n'
		printf '}\n@book{c, title = {C}}\n'
	} | survives "$BIN/parse" -f bibtex
	counted "3 1 2" bad-bibtex
	{
		printf '@proceedings{p, title = {%s}}\n' "$(many 100000 x)"
		seq 200000 | sed 's/.*/@inproceedings{&, crossref = {p}}/'
	} | survives "$BIN/parse" -f bibtex
	[ "$(wc -c <out)" -lt 1000000000 ]
	{
		keys=$(seq -s , 30)
		seq 30 | sed "s/.*/@xdata{&, f& = {x}, xdata = {$keys}}/"
		seq 1000 | sed "s/.*/@book{b&, title = {B}, xdata = {$keys}}/"
		echo '@book{good, title = {Good}}'
	} | survives "$BIN/parse" -f bibtex
	jq -e .title out >/dev/null
}

@test "a million accents in one another" {
	{
		printf '@book{one, title = {'
		yes '\"{' | head -n 500000 | tr -d '\n'
		many 500000 '}'
		printf '}}\n'
	} | survives "$BIN/parse" -f bibtex
	is_json
	{
		printf '{"kind":"paper","id":"a:1","title":"'
		yes '\\\"{' | head -n 500000 | tr -d '\n'
		many 500000 '}'
		printf '"}\n'
	} | survives "$BIN/normalize"
	counted "1 1 0"
}

@test "100,000 rows with a CSV quote that never closes" {
	{ printf 'id,title\n'; lines 100000 '1,"Deep learning'; } |
	    survives "$BIN/parse" -f csv
	counted "100000 0 100000"
	{ printf 'id,title\n'; lines 100000 '"1,Deep ""learning'; } |
	    survives "$BIN/parse" -f csv
	counted "100000 0 100000"
}

@test "100,000 good rows behind a CSV quote that never closes" {
	{ printf 'id,title\n1,"Deep learning\n'; lines 100000 '2,Algorithms'; } |
	    survives "$BIN/parse" -f csv
	counted "100001 100000 1" open-quote
	[ "$(jq .line rejects)" = 2 ]
}

@test "128 MiB of text in other encodings, in one row, in many, and in none" {
	for e in UTF-16LE UTF-32BE SHIFT_JIS ISO-2022-JP windows-1252; do
		echo "$e"
		{ printf 'id,title\n1,'; many 128M a; printf '\n2,x\n'; } |
		    iconv -f ASCII -t "$e" | survives "$BIN/parse" -f csv -e "$e"
		counted "2 1 1" too-long
		yes '1,Algorithms' | head -c 32M | sed '1s/.*/id,title/' |
		    iconv -f ASCII -t "$e" | survives "$BIN/parse" -f csv -e "$e"
		lines 4M 'no entry of BibTeX in it' | head -c 128M |
		    iconv -f ASCII -t "$e" |
		    survives "$BIN/parse" -f bibtex -e "$e"
		counted "1 0 1" bad-format
	done
}

@test "bytes that are in no encoding" {
	for e in UTF-16 UTF-32LE SHIFT_JIS EUC-JP ISO-2022-JP ISO-2022-KR \
	    GB18030 BIG5-HKSCS UTF-7 EUC-JISX0213 windows-1258 IBM037; do
		echo "$e"
		{ printf 'id,title\n'; many 8M '\377'; printf '\n2,x\n'; } |
		    survives "$BIN/parse" -f csv -e "$e"
		for seed in 1 2 3; do
			random_bytes $seed |
			    survives "$BIN/parse" -f csv -e "$e"
			{ printf '@book{a, title = {'; random_bytes $seed; } |
			    survives "$BIN/parse" -f bibtex -e "$e"
			is_json
		done
	done
}

@test "rows that go on in the next lines without an end" {
	{ printf 'n\ttitle\tyear\n'; lines 10M x; printf '1\tx\t2\n'; } |
	    survives "$BIN/parse" -f csv -d tsv-lines
	{ printf 'id\ttitle\tyear\n'; lines 1M "$(printf 'x\ty')"; } |
	    survives "$BIN/parse" -f csv -d tsv-lines
}

@test "a million commas" {
	{ many 16M , | tr , '\t'; printf '\n'; } | survives "$BIN/parse" -f csv
	counted "1 0 1" bad-format

	{ printf 'id,title,authors\n1,A,"'; many 1M ,; printf '"\n'; } |
	    survives "$BIN/parse" -f csv
	counted "1 1 0"
	{ many 1M ,; printf '\n'; many 1M ,; printf '\n'; } |
	    survives "$BIN/parse" -f csv
	is_json
}

@test "a million nested brackets of JSON" {
	many 1M '[' | survives "$BIN/normalize"
	counted "1 0 1" too-deep
	{ many 1M '['; many 1M ']'; } | survives "$BIN/normalize"
	counted "1 0 1" too-deep
	{
		printf '[{"id":"1","content":'
		many 1M '['
		many 1M ']'
		printf '},{"id":"2","content":{"title":"Algorithms"}}]\n'
	} | survives "$BIN/parse" -f openreview
	counted "2 1 1" too-deep
	many 1M '{' | survives "$BIN/parse" -f openreview
	[ ! -s out ]
}

@test "100,000 lines that open a bracket" {
	lines 100000 '{"id":"1","content":{' |
	    survives "$BIN/parse" -f openreview
	counted "100000 0 100000"
	lines 100000 '{"kind":"paper"' | survives "$BIN/normalize"
	counted "100000 0 100000" bad-json
}

@test "an object of 100,000 members, all of one name or none" {
	perl -e 'print "{\"kind\":\"paper\",\"id\":\"a:1\"";
	    print ",\"m$_\":$_" for 1 .. 100_000; print "}\n"' |
	    survives "$BIN/normalize"
	counted "1 1 0"
	perl -e 'print "{\"kind\":\"paper\",\"id\":\"a:1\"";
	    print ",\"m\":$_" for 1 .. 100_000; print "}\n"' |
	    survives "$BIN/normalize"
	counted "1 0 1" duplicate-member
}

@test "XML nested 100,000 deep" {
	{
		printf '<dblp><book key="1"><title>'
		yes '<i>' | head -n 100000 | tr -d '\n'
		yes '</i>' | head -n 100000 | tr -d '\n'
		printf '</title></book>\n'
		printf '<book key="2"><title>Algorithms.</title></book></dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "2 1 1"
	{
		printf '<meta name="citation_title" content="Algorithms">'
		yes '<div class="abstract">' | head -n 100000
		printf 'Graphs are searched, strings are sorted, and so on.'
	} | survives "$BIN/parse" -f html
	is_json
}

@test "10,000 XML records that never close" {
	{ printf '<dblp>\n'; lines 10000 '<book key="1"><title>A.'; } |
	    survives "$BIN/parse" -f dblp
	[ ! -s out ]
	is_json
}

@test "records in a tree, and what is said of them, without an end" {
	{
		printf '<collection id="2020.acl"><volume id="1">'
		printf '<meta><booktitle>A</booktitle>'
		many 256M a
		printf '</meta>'
		printf '<paper id="1"><title>B</title>'
		many 256M a
		printf '</paper><paper id="2"/></volume></collection>'
	} | survives "$BIN/parse" -f acl
	counted "3 1 2"
	{
		printf '<collection id="2020.acl"><volume id="1">'
		lines 1000000 '<meta><booktitle>A</booktitle></meta>'
		printf '<paper id="1"/></volume></collection>'
	} | survives "$BIN/parse" -f acl
	counted "1 1 0"
	{
		printf '<volume id="P19">'
		lines 1000000 '<paper id="1000"><title>A</title></paper>'
		printf '<paper id="1001"/></volume>'
	} | survives "$BIN/parse" -f acl
	counted "1 1 0"
	{
		printf '<OAI-PMH><ListRecords>'
		lines 300000 '<record><header status="deleted"></header></record>'
		lines 300000 '<record><metadata><record>'
	} | survives "$BIN/parse" -f oai
	[ ! -s out ]
	{
		printf '<collection id="2020.acl"><volume id="1">'
		lines 10000 '<paper id="1">'
	} | survives "$BIN/parse" -f acl
	counted "10000 0 10000"
}

@test "a billion laughs, in the text and in an attribute" {
	for use in '<book key="1"><title>&l9;</title></book>' \
	    '<book key="&l9;"><title>A.</title></book>'; do
		{
			printf '<!DOCTYPE dblp [<!ENTITY l0 "lol">\n'
			for i in 1 2 3 4 5 6 7 8 9; do
				printf '<!ENTITY l%d "' "$i"
				yes "&l$((i - 1));" | head -n 10 | tr -d '\n'
				printf '">\n'
			done
			printf ']><dblp>%s\n' "$use"
			printf '<book key="2"><title>B.</title></book></dblp>'
		} | survives "$BIN/parse" -f dblp
		[ "$(tail -n 1 out | jq -r .title)" = B ]
		[ "$(cat out rejects | wc -c)" -lt 10000 ]
	done
}

@test "XML that asks for a file of this machine" {
	printf 'hidden words\n' >secret
	{
		printf '<!DOCTYPE dblp SYSTEM "file://%s/secret" [\n' "$D"
		printf '<!ENTITY x SYSTEM "file://%s/secret">]>\n' "$D"
		printf '<dblp><book key="1"><title>&x;</title></book></dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "1 0 1" bad-entity
	run -1 grep 'hidden words' out err rejects
}

@test "XML that asks for a server" {
	# it would answer whoever connects, and say so
	python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0))
s.settimeout(15); print(s.getsockname()[1], flush=True); s.accept()
print("asked", flush=True)' >server 2>/dev/null &
	server=$!
	until [ -s server ]; do sleep 0.1; done
	url=http://127.0.0.1:$(cat server)
	for f in $xml; do
		{
			printf '<!DOCTYPE dblp PUBLIC "-//x//" "%s/a.dtd" [\n' "$url"
			printf '<!ENTITY %% p SYSTEM "%s/p.ent"> %%p;\n' "$url"
			printf '<!ENTITY x SYSTEM "%s/x.ent">\n]>\n' "$url"
			printf '<?xml-stylesheet href="%s/style"?>\n' "$url"
			printf '<dblp xmlns="%s/ns" xmlns:xi="%s/2001/XInclude">\n' \
			    "$url" "$url"
			printf '<book key="1"><title>&x;</title></book>\n'
			printf '<xi:include href="%s/i.xml"/></dblp>' "$url"
		} | survives "$BIN/parse" -f "$f"
	done
	kill "$server"
	run -1 grep asked server
}

@test "an entity of 1 MiB that is used 100,000 times" {
	{
		printf '<!DOCTYPE dblp [<!ENTITY a "'
		many 1M a
		printf '">]><dblp><book key="1"><title>'
		lines 100000 '&a;'
		printf '</title></book><book key="2"><title>B.</title></book>'
		printf '</dblp>'
	} >in.xml
	for f in $xml; do
		survives "$BIN/parse" -f "$f" <in.xml
		[ "$(cat out rejects | wc -c)" -lt 20000 ]
	done
	survives "$BIN/parse" -f dblp <in.xml
	counted "2 1 1" bad-entity
}

@test "a million entities, declared and not" {
	{
		printf '<!DOCTYPE dblp ['
		perl -e 'print "<!ENTITY e$_ \"x\">" for 1 .. 500_000'
		printf ']><dblp>'
		perl -e 'print "<book key=\"$_\"><title>&e$_;</title></book>\n"
		    for 1 .. 100_000'
		printf '</dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "100000 0 100000" bad-entity
	{
		printf '<dblp><book key="1"><title>'
		perl -e 'print "&e$_; & &#$_;" for 1 .. 300_000'
		printf '</title></book></dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "1 1 0"
	[ "$(wc -l <rejects)" -le 3 ]
}

@test "100,000 records of XML with something in each that does not end" {
	for begin in '<!--' '<![CDATA[' '<?x ' '<!DOCTYPE x [' '<!DOCTYPE x "' \
	    '<i a="' '<i' '<' '</' '</i' '&' '&#' '<!' '<!ELEMENT'; do
		{
			printf '<dblp>\n'
			lines 100000 "<book key=\"1\"><title>A$begin"
		} | survives "$BIN/parse" -f dblp
		[ ! -s out ]
		{
			printf '<dblp>\n'
			lines 100000 "<book key=\"1\"/>$begin"
		} | survives "$BIN/parse" -f dblp
		is_json
	done
}

@test "names and values of XML of 20 MB, and 100,000 attributes" {
	good='<book key="2"><title>B.</title></book></dblp>'
	{
		printf '<dblp><book key="'
		many 20M a
		printf '"><title>A.</title></book>%s' "$good"
	} | survives "$BIN/parse" -f dblp
	counted "2 1 1" too-long
	for begin in '<' '</' '<i ' '<i a="' '&' '<!' '<?'; do
		{
			printf '<dblp><book key="1"><title>%s' "$begin"
			many 20M a
			printf '</title></book>%s' "$good"
		} | survives "$BIN/parse" -f dblp
		counted "2 1 1"
	done
	{
		printf '<dblp><book key="1"'
		perl -e 'print " a$_=\"&#$_;\"" for 1 .. 100_000'
		printf '><title>A.</title></book>%s' "$good"
	} | survives "$BIN/parse" -f dblp
	counted "2 1 1" bad-xml
	{
		printf '<dblp><book key="1">'
		perl -e 'print "<a$_>x</a$_><note>$_</note><note type=\"t$_\"/>",
		    "<rel uri=\"$_\"/><author>A$_</author>" for 1 .. 50_000'
		printf '</book>%s' "$good"
	} | survives "$BIN/parse" -f dblp
	counted "2 2 0"
}

@test "a million NULs, end tags and roots of XML" {
	{
		printf '<dblp><book key="1"><title>A'
		many 1M '\0'
		printf '</title></book></dblp>'
	} | survives "$BIN/parse" -f dblp
	counted "1 1 0"
	is_json
	many 16M '\0' | survives "$BIN/parse" -f dblp
	{ printf '<dblp>'; lines 1000000 '</dblp>'; } |
	    survives "$BIN/parse" -f dblp
	lines 300000 '<dblp><book key="1"><title>A.</title></book></dblp>' |
	    survives "$BIN/parse" -f dblp
	counted "300000 300000 0"
	lines 300000 '<dblp>' | survives "$BIN/parse" -f dblp
}

@test "30,000 records of one person" {
	perl -e 'print "<www key=\"homepages/1\"><author>A$_</author>",
	    "<author>B$_</author><url>u</url></www>\n" for 1 .. 30_000' |
	    survives "$BIN/parse" -f dblp
	counted "30000 30000 0"
	cp out persons
	survives "$BIN/dedupe" <persons
	counted "30000 1 0"
	cp out merged
	survives "$BIN/cluster" <merged
	counted "1 1 0"
}

# papers N TEMPLATE: lines of which $_ is the number
papers()
{
	perl -e 'my ($n, $t) = @ARGV;
	    for (1 .. $n) {
		my $s = $t;
		$s =~ s/\$_/$_/g;
		print "{\"kind\":\"paper\",\"id\":\"a:$_\",$s}\n";
	    }' "$1" "$2"
}

@test "50,000 copies of a paper, and as many of one title" {
	local title='"title":"On the Hostile Use of Titles"'

	# the records of one paper are in memory together
	papers 50000 "$title"',"authors":[{"name":"Ann Lee"}],"year":2001' |
	    MEMORY=204800 survives "$BIN/dedupe"
	counted "50000 1 0"
	[ "$(jq '.sources | length' out)" = 50000 ]
	papers 50000 "$title"',"authors":[{"name":"A$_ B$_"}],"year":2001' |
	    survives "$BIN/dedupe"
	counted "50000 50000 0"
}

@test "50,000 papers with one DOI, one year and page, or no words but common ones" {
	papers 50000 '"doi":"10.1/x","title":"T$_ u$_ v$_ w$_"' |
	    survives "$BIN/dedupe"
	counted "50000 50000 0"
	papers 50000 '"title":"T$_ u$_","year":2001,"volume":"1","pages":"1-2"' |
	    survives "$BIN/dedupe"
	papers 50000 '"title":"The of and","venue":"The"' |
	    survives "$BIN/dedupe"
}

@test "50,000 papers of one source and key, and 300,000 lists of one paper" {
	papers 50000 '"sources":[{"source":"s","key":"k"}],"title":"T$_ u$_ v$_"' |
	    survives "$BIN/dedupe"
	counted "50000 50000 0"
	[ "$(tail -n 1 out | jq -r .id)" = "s:k#50000" ]
	papers 300000 '"sources":[{"source":"s","key":"$_","url":"$_"}]' |
	    survives "$BIN/dedupe"
	counted "300000 300000 0"
}

# Each has an identifier of its neighbours; of the same registry another one than
# the third paper from it, so that no more than two can be one.
@test "a chain of 50,000 papers that share identifiers with the next one" {
	perl -e 'printf "{\"kind\":\"paper\",\"id\":\"a:%d\"," .
	    "\"ids\":{\"r%d\":\"%d\",\"r%d\":\"%d\"}}\n", $_,
	    ($_ - 1) % 3, $_ - 1, $_ % 3, $_ for 1 .. 50000' |
	    survives "$BIN/dedupe"
	counted "50000 25001 0"
}

@test "an author called ../../etc/passwd has a harmless slug" {
	printf '{"kind":"paper","id":"a:1","authors":[%s]}\n' \
	    '{"name":"../../etc/passwd"},{"name":".."},{"name":"a/b\u0000"}' |
	    survives "$BIN/cluster"
	jq -r 'select(.kind == "author").slug' out >slugs
	[ "$(wc -l <slugs)" = 3 ]
	run -1 grep -vxE '[a-z0-9][a-z0-9._~-]{0,199}' slugs
}

@test "a name of 1 MiB" {
	{
		printf '{"kind":"paper","id":"a:1","authors":[{"name":"'
		many 1M x
		printf '"}]}\n'
	} | survives "$BIN/cluster"
	counted "1 1 0"
	[ "$(jq -r 'select(.kind == "author").slug | length' out)" -le 200 ]
}

@test "a million accents on a letter" {
	for f in normalize dedupe cluster; do
		{
			printf '{"kind":"paper","id":"a:1","title":"a'
			perl -e 'print "\xcc\x81\xcc\xa3" x 500000'
			printf '"}\n'
		} | survives "$BIN/$f"
		counted "1 1 0"
	done
}

@test "random bytes into every format and filter" {
	for seed in 1 2 3; do
		random_bytes "$seed" >noise
		for f in $formats; do
			survives "$BIN/parse" -f "$f" <noise
			is_json
		done
		for f in parse normalize dedupe cluster render; do
			survives "$BIN/$f" <noise
			[ ! -s out ]
			is_json
		done
	done
}

@test "random bytes that call themselves compressed" {
	for magic in '\x1f\x8b\x08\x00' '\x28\xb5\x2f\xfd'; do
		{ printf '%b' "$magic"; random_bytes 1; } >noise
		for f in $formats; do
			survives "$BIN/parse" -f "$f" <noise
		done
		survives "$BIN/normalize" <noise
	done
}

@test "HTML that asks for much with little" {
	title='<meta name="citation_title" content="Algorithms">'
	{
		printf '<p'
		perl -e 'print " a$_=1" for 1 .. 1_000_000'
		printf '>%s' "$title"
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	{
		printf '%s<div class="abstract">' "$title"
		many 4M ' '
		yes '</b>' | head -n 1000000 | tr -d '\n'
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	{
		printf '<script type="application/ld+json">{"@graph":[{"@id":"#a",'
		printf '"name":"%s"},{"@type":"ScholarlyArticle","name":"b",' \
		    "$(many 400K n)"
		printf '"author":[{"@id":"#a"}'
		yes ',{"@id":"#a"}' | head -n 40000 | tr -d '\n'
		printf ']}]}</script>'
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	{
		printf '<meta name="citation_authors" content="'
		yes 'ab;' | head -n 5000000 | tr -d '\n'
		printf '">%s' "$title"
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	{
		printf '%s' "$title"
		perl -e 'print "<meta name=citation_a$_ content=b>" for
		    1 .. 400_000'
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	{
		printf '%s<div class="abstract"><h2>Abstract</h2>' "$title"
		yes 'a b ' | head -n 3000000 | tr -d '\n'
	} | survives "$BIN/parse" -f html
	counted "1 1 0"
	yes '<script type="application/ld+json">{</script>' | head -n 200000 |
	    survives "$BIN/parse" -f html
	counted "1 0 1" no-metadata
}

@test "random marks into every format" {
	for seed in 1 2; do
		tokens "$seed" '@article{' '@book(' '@string{' '{' '}' '(' ')' \
		    '"' '#' ',' '=' "$backslash" '\n' ' ' 'title' 'author' 'x' ' and ' \
		    crossref |
		    survives "$BIN/parse" -f bibtex
		is_json
		tokens "$seed" '"' '""' ',' ';' '\n' '\n' ' ' 'x' 'and' |
		    { printf 'id,title,authors\n'; cat; } |
		    survives "$BIN/parse" -f csv
		is_json
		tokens "$seed" '<dblp>' '<book key="1">' '</book>' '<title>' \
		    '</title>' '<author>' '</author>' '&' 'amp;' '&x;' '<' \
		    '>' '"' '<!--' '-->' '<![CDATA[' ']]>' '<?x' '?>' x '\n' |
		    survives "$BIN/parse" -f dblp
		is_json
		tokens "$seed" '<article>' '</article>' '<front><article-meta>' \
		    '</article-meta></front>' '<contrib-group>' '</contrib-group>' \
		    '<contrib>' '</contrib>' '<collab>' '<name><surname>' x \
		    '</surname></name>' '<aff id="1">' '</aff>' '<title>' '</title>' \
		    '<xref rid="1"/>' '<abstract><sec>' '</sec></abstract>' |
		    survives "$BIN/parse" -f jats
		is_json
		tokens "$seed" '<collection id="1">' '<volume id="1">' '<meta>' \
		    '</meta>' '<paper id="1">' '</paper>' '</volume>' '<title>' \
		    '</title>' '&' '<' '>' '"' '<!--' '-->' x '\n' |
		    survives "$BIN/parse" -f acl
		is_json
		tokens "$seed" '<record>' '</record>' '<header>' '</header>' \
		    '<metadata>' '</metadata>' '<a:dc>' '</a:dc>' '<error>' \
		    '<title>' '</title>' '&' '<' '>' '/>' '<!--' x '\n' |
		    survives "$BIN/parse" -f oai
		is_json
		tokens "$seed" '{' '}' '[' ']' ',' ':' '"' "$backslash" '"notes":[' \
		    '"id":"1"' '"content":{' '"title":"x"' '\n' ' ' '1e9' null |
		    survives "$BIN/parse" -f openreview
		is_json
		tokens "$seed" '{' '}' '[' ']' ',' ':' '"' "$backslash" '"papers":[' \
		    '"title":"x"' '"authors":' '"a;b"' '\n' ' ' '1e9' null |
		    survives "$BIN/parse" -f json
		is_json
		tokens "$seed" '<meta name="citation_title" content="x">' \
		    '<meta name="citation_author" content="' '<div class="' \
		    'abstract' '">' '</div>' '<h2>' '</h2>' '<p>' '&' x '\n' |
		    survives "$BIN/parse" -f html
		is_json
		tokens "$seed" 'TY  - JOUR' 'ER  - ' 'AU  - ' 'A1  -' 'KW  - ' \
		    'DA  - 2001/' 'SP  - ' x ', ' ';' '\r' '\n' '\n' '\n' |
		    survives "$BIN/parse" -f ris
		is_json
		tokens "$seed" 'PMID- 1' 'FAU - ' 'AU  - ' 'AD  - ' 'AUID- ORCID:' \
		    'DP  - 2001' 'PT  - ' ' Jr' x ', ' '\n' '\n' '\n      ' |
		    survives "$BIN/parse" -f nbib
		is_json
		tokens "$seed" 'PT J' 'ER' 'EF' 'AU ' 'AF ' 'C1 [' '] ' 'OI ' / \
		    'RI ' 'x, y' ';' '\n' '\n' '\n   ' |
		    survives "$BIN/parse" -f isi
		is_json
		tokens "$seed" '%0 Book' '%A ' '%T ' '%X ' '%R 10.1/' '%' x ', ' \
		    '\n' '\n' '\n' |
		    survives "$BIN/parse" -f refer
		is_json
	done
}

@test "every source of the demo with a byte in two hundred changed" {
	sources=$BATS_TEST_DIRNAME/../../pipelines/demo/sources
	for seed in 1 2 3; do
		for file in "$sources"/*; do
			case $file in
			*.bib) f=bibtex ;;
			*.csv) f=csv ;;
			*.xml) f=dblp ;;
			*.html) f=html ;;
			*.json) f=openreview ;;
			*) continue ;;
			esac
			mutate "$seed" <"$file" >mutated
			survives "$BIN/parse" -f "$f" <mutated
			is_json
			cp out parsed
			survives "$BIN/normalize" <parsed
			is_json
			cp out normalized
			"$BIN/normalize" -q normalized | cmp - normalized
		done
	done
}
