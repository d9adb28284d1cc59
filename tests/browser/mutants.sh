#!/bin/bash
# mutants.sh - break sites, and see that browser.t notices each time, as TAP
#
# Run it after make test-browser, of which it takes the sites.  MUTANTS is a
# regular expression that the names of those to make match.
# shellcheck disable=SC2016
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
bin=${BIN:-$top/bin}
work=${BUILD:-$top/build}/browser
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0

# expect NAME SITE TESTS: each of the tests, a regular expression, has to fail.
expect()
{
	local told
	n=$((n + 1))
	told=$(ONLY=$3 node "$work/run.mjs" -p "$tmp/pictures" \
	    -e "$top/../shared/golden/expected.txt" "$2=$tmp/site" 2>&1) || true
	if grep -q '^not ok' <<<"$told" && ! grep -q '^ok' <<<"$told"; then
		echo "ok $n - $1:$(grep -m 1 '^# ' <<<"$told" | cut -c 2-150)"
	else
		echo "not ok $n - $1"
		printf '# %s\n' "${told//$'\n'/ }"
	fi
}

# mutant NAME SITE TESTS COMMAND: run the command in a copy of the site.
mutant()
{
	[[ $1 =~ ${MUTANTS:-} ]] || return 0
	[ -e "$work/sites/$2" ] || return 0
	rm -rf "$tmp/site"
	if [ -e "$work/sites/$2/clustered" ]; then
		cp -aL "$work/sites/$2/1/2/3/site" "$tmp/site"
	else
		cp -aL "$work/sites/$2" "$tmp/site"
	fi
	(cd "$tmp/site" && eval "$4")
	expect "$1" "$2" "$3"
}

# template NAME TESTS FILE SED: render the hostile papers with a changed file.
template()
{
	[[ $1 =~ ${MUTANTS:-} ]] || return 0
	rm -rf "$tmp"/site* "$tmp/templates"
	mkdir "$tmp/templates"
	sed "$4" "$top/filters/render/$3" >"$tmp/templates/${3#*/}"
	"$bin/render" -q --view html --templates "$tmp/templates" \
	    -o "$tmp/site" "$work/sites/hostile/clustered"
	expect "$1" hostile "$2"
}

css()
{
	printf '%s\n' "$1" >>assets/site.*.css
}

shopt -s globstar
mutant "a wide table" demo 'author: every|author: without' \
    'css "main { min-width: 500px }"'
mutant "wide only where it is unfolded" demo 'many coauthors: every' \
    'css "details ul { width: 500px }"'
mutant "wide on desktops" demo 'years: every' 'css "main { min-width: 1300px }"'
mutant "small letters" demo 'home: every' 'css ".note { font-size: 0.7rem }"'
mutant "a script that is not there" demo ' home: (every|axe)' \
    'sed -i "s,<title,<script src=assets/none.js></script><title," index.html'
mutant "an error on the console" demo ' years: every' \
    'echo "throw 1" >assets/x.js; sed -i "s,<title,<script src=assets/x.js></script><title," years.html'
mutant "an image from elsewhere" demo ' home: (every|without)' \
    'sed -i "s,<main,<img src=http://other.invalid/x.png alt=x><main," index.html'
mutant "a style in the page" demo ' home: (every|without)' \
    'sed -i "s,<main,<p style=color:red>x<main," index.html'
mutant "faint text" demo ' home: axe' 'css ".note { color: #bbb }"'
mutant "faint text in the dark" demo ' home: axe' \
    'css "@media (prefers-color-scheme: dark) { .note { color: #555 } }"'
mutant "a link without text" demo ' home: axe' \
    'sed -i "s,<main,<p><a href=about.html></a><main," index.html'
mutant "no skip link" demo ' home: skip' 'sed -i "/class=.skip/d" index.html'
mutant "a skip link to nowhere" demo ' home: skip|links' \
    'sed -i "s/id=.main./id=x/" index.html'
mutant "a skip link that stays hidden" demo ' home: skip' \
    'css ".skip:focus { left: -100vw }"'
mutant "no outline" demo ' home: (skip|keyboard)' \
    'css ":focus-visible { outline: none }"'
mutant "a faint outline" demo ' home: (skip|keyboard)' \
    'css ":focus-visible { outline-color: #eee }"'
mutant "a link out of reach" demo ' home: keyboard' \
    'sed -i "0,/<ul class=.names.><li><a/s//& tabindex=-1/" index.html'
mutant "nothing to unfold with" demo 'many coauthors: keyboard' \
    'sed -i "s/summary>/b>/g" a/**/*.html'
mutant "a forgotten end tag" demo 'Nu' 'sed -i "s,</nav>,," years.html'
mutant "a list item nowhere" demo 'Nu' 'sed -i "s,<main,<li>x<main," years.html'
mutant "an id twice" demo 'Nu' 'sed -i "s,<h1,<h1 id=main," years.html'
mutant "a property that there is not" demo 'Nu' 'css "p { colr: red }"'
mutant "an image that is none" demo 'Nu' 'sed -i "s/<rect/<rekt/" assets/*.svg'
mutant "a page that is gone" demo 'links' 'rm "$(ls p/*/*.html | head -n 1)"'
mutant "an anchor that is gone" demo 'links' 'sed -i "s/id=.y2/id=\"z2/" v/*/*.html'
mutant "a file that nothing leads to" demo 'links' 'cp years.html alone.html'
mutant "a file that a stylesheet wants" demo 'links' \
    'css "b { background: url(none.svg) }"'
mutant "a font that is gone" made ': (links|math)$' 'rm assets/KaTeX_Math-Italic*'
mutant "a page that the sitemap lacks" made 'sitemap' \
    'sed -i "0,/<url>.*p.*/s///" sitemap/1.xml'
mutant "an address that is not there in the sitemap" made 'links' \
    'sed -i "s,/about.html,/none.html," sitemap/1.xml'
mutant "scripts without TeX" demo ': scripts$' \
    'sed -i "s,<title,<script src=assets/x.js></script><title," index.html'
mutant "TeX without scripts" demo ': scripts$' 'sed -i "/<script/d" p/*/*.html'
mutant "TeX that is not there as text" made ': math$' 'sed -i "/<h1/s/\\$//g" p/*/*.html'
mutant "TeX that stays as it is" made ': math$' 'echo >"$(ls assets/math.*.js)"'
mutant "TeX that may make links" made ': math$' \
    'sed -i "s/trust: false/trust: true/" assets/math.*.js'
mutant "TeX of any size" made ': math$' \
    'sed -i "s/, maxSize: 10//" assets/math.*.js'
mutant "TeX that grows" made ': math$' \
    'sed -i "s/maxExpand: 100/maxExpand: 1e9/" assets/math.*.js'
mutant "a price taken for TeX" made ': math$' \
    'sed -i "s/(?!.d)//" assets/math.*.js'
mutant "a broken formula that stops the others" made ': math$' \
    'sed -i "s/continue;/throw error;/" assets/math.*.js'
mutant "too many files in a folder" demo 'folders' \
    'mkdir p/x; (cd p/x && seq 4097 | xargs touch)'
mutant "a link out of the site" demo 'folders' 'ln -s /etc/passwd p/x'
mutant "cards of other persons" persons 'one alone' \
    'sed -i "s/li.u1:target/li.x:target/" assets/site.*.css'
mutant "persons that all show" persons 'one alone' \
    'sed -i "s/id=.person-2./id=x/" a/*/several_test.html'
mutant "an author row that is gone" golden 'as text' \
    'sed -i "s/<li>2 author rows//" a/*/rishabh_agarwal.html'
mutant "a line too many" golden 'as text' \
    'sed -i "s/<aside/<p>x<aside/" a/*/rishabh_agarwal.html'
mutant "a page too big" golden 'as text' \
    'printf "%60000s" >>"$(ls a/*/rishabh_agarwal.html)"'
mutant "names that differ by accents on one page" hostile 'texts' \
    'sed -i "s/áccent tést/accent test/" a/*/*.html'
template "titles that are markup" 'gets in|runs|texts' \
    templates/paper.mustache 's/<h1\(.*\){{title}}/<h1\1{{{title}}}/'
template "names that are markup" 'gets in|runs' \
    templates/card.mustache 's/{{name}}/{{{name}}}/'
template "links to anything" 'gets in|: links' \
    templates/paper.mustache 's/<section id="bibtex">/<a href="{{title}}">x<\/a>&/'
echo "1..$n"
