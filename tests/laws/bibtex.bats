#!/usr/bin/env bats
# bibtex - what the site gives as BibTeX is read back as the same text, and
# LaTeX prints it so

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export LC_ALL=C
	export TOP=$BATS_TEST_DIRNAME/../.. D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
}

# papers MEMBER: of values as JSON, one a line on standard input, one paper
# each, with the member set; all of them by one author in front.
papers()
{
	jq -c --arg member "$1" '{ kind: "paper",
	    id: "x:\(input_line_number)",
	    sources: [{ source: "x", key: "\(input_line_number)" }],
	    type: "conference-paper", title: "Paper \(input_line_number)",
	    authors: [{ name: "Every Paper" }], year: 2020 } +
	    if $member == "authors" then
	        { authors: ([{ name: "Every Paper" }] + .) }
	    else { ($member): . } end'
}

# bib NAME: the entries of a stream of papers, in D/NAME.bib, from its site.
bib()
{
	"$BIN/cluster" -q >"$D/$1.clustered"
	"$BIN/render" -q --view html -o "$D/$1.site" "$D/$1.clustered"
	cp "$D/$1.site"/a/*/every_paper.bib "$D/$1.bib"
}

# value NAME KEY FIELD: as it stands in the entry of a key.
value()
{
	sed -n "/^@[a-z]*{x:$2,/,/^}/s/^  $3 *= {\\(.*\\)},*\$/\\1/p" "$D/$1.bib"
}

# same NAME FILTER: what a filter of jq gives of each paper is the same before
# and behind.
same()
{
	jq -cS 'select(.kind == "paper") |
	    { key: .sources[0].key, value: ('"$2"') }' "$D/$1.clustered" |
	    sort >"$D/$1.want"
	[ -s "$D/$1.want" ]
	jq -cS '{ key: (.sources[0].key | ltrimstr("x:")), value: ('"$2"') }' |
	    sort | diff "$D/$1.want" -
}

# Every sign that TeX or BibTeX knows and some that they do not, alone, twice,
# in front, between and behind.
nasty()
{
	jq -nc '["{", "}", "\\", "%", "&", "#", "_", "~", "^", "$", "\"",
	    "'\''", "`", "-", ",", ";", "@", "=", "|", "<", ">", "/", ":", "*",
	    "(", ")", "[", "]", "!", "?", "α", "É", "ß", "王", "😀", "–", "—",
	    "{}", "}{", "{{", "}}", "\\{", "\\}", "{\\", "\\$", "$\\", "$$",
	    "\\\\", "%}", "{%", "\\&", "~^", "{-}"] as $signs |
	    $signs[] | "x\(.)y", "x \(.) y", "\(.)x", "x\(.)", "x\(.)\(.)y",
	    "x \(.)\(.)\(.) y", "\(.)x y\(.)", "\(.) x", "x \(.)"'
}

@test "titles of every sign in every place come back" {
	nasty | sed 's/^"/"T /' | papers title | bib signs
	[ "$(grep -c '^@' "$D/signs.bib")" -gt 400 ]
	"$BIN/parse" -q -f bibtex "$D/signs.bib" | same signs .title
}

@test "and once normal they are the same once more" {
	nasty | papers title | "$BIN/normalize" -q | bib normal
	"$BIN/parse" -q -f bibtex "$D/normal.bib" | "$BIN/normalize" -q |
	    same normal .title
}

@test "titles with mathematics and with prices come back" {
	cat >"$D/titles" <<-'EOF'
	"Between $5% and $10 & more"
	"From $1 to $2 & #3, 50% of $x_{1}$"
	"$\\{x\\}$ and $\\alpha^{2}$ by $x_1$"
	"$\\{x$ and $y\\}$ unbalanced"
	"${x\\}$ a ${y\\}$ crossed"
	"$x}$ and ${x$ open"
	"$x%y$ a comment, $x\\%y$ none, $a#b$"
	"$a$$b$ and $$c$$ and $$"
	"\\\\$x$ and US$ 5"
	"A $ alone, $x \\$ y$ inside, $x$5 digit"
	"{Braced} {\\em words} and {lower}"
	"$\\mathcal{O}(n \\log n)$--time ``quotes'' of 2--3"
	EOF
	papers title <"$D/titles" | bib math
	"$BIN/parse" -q -f bibtex "$D/math.bib" | same math .title
	[ "$(value math 1 title)" = '{Between \$5\% and \$10 \& more}' ]
	[ "$(value math 2 title)" = \
	    '{From \$1 to \$2 \& \#3, 50\% of $x_{1}$}' ]
	[ "$(value math 3 title)" = \
	    '{$\{x\}$ and $\alpha^{2}$ by $x_1$}' ]
	[ "$(value math 7 title)" = \
	    '{\$x\%y\$ a comment, $x\%y$ none, \$a\#b\$}' ]
}

@test "names of every sign in every place come back, each as one" {
	{
		nasty | jq -c '[{ name: "Ann \(.) Bee" }, { name: "B\(.)" }]'
		nasty | jq -c '[{ name: "Ann B\(.)c", given: "Ann",
		    family: "B\(.)c" }, { name: "A\(.) \(.)B Jr.",
		    given: "A\(.)", family: "\(.)B", suffix: "Jr." }]'
	} | papers authors | bib people
	"$BIN/parse" -q -f bibtex "$D/people.bib" |
	    same people '[.authors[].name]'
}

@test "names that BibTeX would take apart stay one, also once normal" {
	jq -nc '["A and B", "A AND B", "And", "and", "Metin And", "And Metin",
	    "Other Others", "Anderson Sand",
	    "Foo, Bar and Sons, Inc.", "A, B, C, D", "A, {B} \\ & C, D, E",
	    "Ludwig van Beethoven", "Sammy Davis Jr.", "{A B} {C D}",
	    "{Foo}", "\\", "{", "}", "Émile Zola", "王伟"] as $names |
	    ($names[] | [{ name: . }], [{ name: . }, { name: "Last One" }],
	    [{ name: "First One" }, { name: . }]),
	    [{ name: "Ann And Bee", given: "Ann And", family: "Bee" },
	    { name: "Sammy Davis, Jr.", given: "Sammy", family: "Davis, Jr." },
	    { name: "Sammy Davis Jr.", given: "Sammy", family: "Davis",
	    suffix: "Jr." }, { name: "Ana de la Cruz", given: "Ana",
	    family: "de la Cruz" }]' >"$D/names"
	papers authors <"$D/names" | bib names
	"$BIN/parse" -q -f bibtex "$D/names.bib" |
	    same names '[.et_al, .authors[].name]'
	papers authors <"$D/names" | "$BIN/normalize" -q | bib normal-names
	"$BIN/parse" -q -f bibtex "$D/normal-names.bib" | "$BIN/normalize" -q |
	    same normal-names '[.et_al, .authors[].name]'
}

@test "others follow where the list is cut, and only there" {
	printf '%s\n' true false | papers et_al | bib cut
	[ "$(value cut 1 author)" = 'Every Paper and others' ]
	[ "$(value cut 2 author)" = 'Every Paper' ]
}

@test "pages have one dash of BibTeX's, and come back" {
	printf '"%s"\n' 1-3 1--3 1–3 1–-–3 '1, 5-7, 9' e12_3 'A&B' '5%' '$7' \
	    '{8}' >"$D/pages"
	papers pages <"$D/pages" | bib raw-pages
	local i
	for i in 1 2 3 4; do
		[ "$(value raw-pages $i pages)" = 1--3 ]
	done
	[ "$(value raw-pages 5 pages)" = '1, 5--7, 9' ]
	[ "$(value raw-pages 8 pages)" = '5\%' ]
	papers pages <"$D/pages" | "$BIN/normalize" -q | bib pages
	"$BIN/parse" -q -f bibtex "$D/pages.bib" | "$BIN/normalize" -q |
	    same pages .pages
}

# mutants OPEN CLOSE: here, a file for each byte of the second of three entries,
# without it, and with each sign of BibTeX in front of it.
mutants()
{
	python3 -c '
import sys
first = "@article{one, title = {First}, year = 2001}\n"
middle = """@article%stwo,
  title = {The {S}econd},
  author = "Lee, Ann and Dai, Bo",
  note = {x} # " y",
  year = 2002
%s""" % tuple(sys.argv[1:])
last = "\n@article{three,\n  title = {Third}, year = 2003}\n"
for i in range(len(middle)):
    for n, sign in enumerate(["", "{", "}", "\"", "(", ")", "@", ",", "=", "#",
            "%", "\\", "@x{y,", "\n@x{y", "\n%"]):
        mutant = middle[:i] + sign + middle[i + (sign == ""):]
        with open("%04d-%02d.bib" % (i, n), "w") as f:
            f.write(first + mutant + last)
' "$1" "$2"
}

@test "an entry with any sign too many or too few takes no other with it" {
	local delimiters
	command -v python3 >/dev/null || skip "no python3 here"
	for delimiters in '{ }' '( )'; do
		rm -rf "$D/mutants" && mkdir "$D/mutants" && cd "$D/mutants"
		# shellcheck disable=SC2086
		mutants $delimiters
		[ "$(find . -name '*.bib' | wc -l)" -gt 1000 ]
		"$BIN/parse" -q -f bibtex -S x -E 100% --stats ../stats ./*.bib \
		    >../papers 2>/dev/null
		jq -e '.in == .out + .rejected' ../stats
		for title in First Third; do
			[ "$(jq -r '.title // empty' ../papers | grep -cx "$title")" = \
			    "$(find . -name '*.bib' | wc -l)" ]
		done
		cd ..
	done
}

@test "dollars by the megabyte take no time" {
	local unit
	for unit in '\$' '$ ' '$1' '\x'; do
		jq -nc --arg unit "$unit" '$unit * 500000' >"$D/long"
		{ cat "$D/long" && echo '"short"'; } | papers title |
		    (ulimit -t 30 && bib long)
		[ "$(wc -c <"$D/long.bib")" -gt 500000 ]
		rm -rf "$D/long.site"
	done
}

@test "the script of the pages has the rule of the pages" {
	command -v node >/dev/null || skip "no node here"
	{
		sed -n '/^function isPair/,/^}/p; /^function pairs/,/^}/p' \
		    "$TOP/filters/render/assets/math.js"
		echo 'const cases = ['
		sed 's/^{\(.*\)},$/[\1],/' "$TOP/tests/unit/math.def"
		cat <<-'EOF'
		];
		let failed = 0;

		for (const [text, want] of cases) {
			const found = pairs(text).map(([open, close]) =>
			    text.slice(open, close + 1)).join("|");

			if (found !== want) {
				console.log(JSON.stringify([text, found, want]));
				failed++;
			}
		}
		for (const unit of ["\\$", "$ ", "$1", "\\", "$x\\$"])
			pairs(unit.repeat(500000));
		process.exitCode = cases.length > 30 && failed === 0 ? 0 : 1;
		EOF
	} >"$D/math.js"
	(ulimit -t 30 && node "$D/math.js")
}
