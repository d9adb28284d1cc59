#!/usr/bin/env bats
# site - the html view: what its pages say

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	# shellcheck source=tests/site.sh
	. "$TOP/tests/site.sh"
	site_start
}

setup()
{
	. "$TOP/tests/site.sh"
}

# What a text view says without its layout.
plain()
{
	sed 's/^  • //; /^ *$/d'
}

# The page of an author by its slug.
page_of()
{
	ls "$1"/a/*/"$2".html
}

@test "the page of every author says what the text view says, in its order" {
	local pages=()
	while read -r slug; do
		pages+=("$(page_of "$D/site" "$slug")")
	done < <(jq -r 'select(.kind == "author") | .slug' "$D/clustered.ndjson")
	[ "${#pages[@]}" -gt 500 ]
	/usr/bin/python3 "$TOP/tests/page-text.py" "${pages[@]}" >"$D/html.txt"
	"$BIN/render" -q "$D/clustered.ndjson" | plain | diff - "$D/html.txt"
}

@test "the known page: its text, and at most 60,000 bytes of HTML" {
	shared=$TOP/../shared/golden
	[ -e "$shared/expected.txt" ] || skip "no golden data here"
	"$BIN/fetch" -q "$shared/sources.tsv" | "$BIN/parse" -q |
	    cluster >"$D/golden"
	render "$D/golden.site" "$D/golden"
	page=$(page_of "$D/golden.site" rishabh_agarwal)
	/usr/bin/python3 "$TOP/tests/page-text.py" "$page" |
	    diff <(plain <"$shared/expected.txt") -
	echo "$(wc -c <"$page") bytes"
	[ "$(wc -c <"$page")" -le 60000 ]
	# and what it has besides
	grep -q 'href="[^"]*">and 4 more<' "$page"
	grep -q '<summary>134 more<' "$page"
	grep -q 'Rishabh Agarwal 0002</a>' "$page"
	grep -q '<title>2026: 1, 2025: 8, ' "$page"
}

@test "the same records give the same bytes, in any order, by any number of jobs" {
	render "$D/forward" "$D/few" --sources "$D/about.ndjson"
	digests "$D/forward" >"$D/want"
	tac "$D/few" >"$D/backward"
	for jobs in 1 3; do
		render "$D/again$jobs" "$D/backward" --jobs "$jobs" \
		    --sources "$D/about.ndjson"
		digests "$D/again$jobs" | diff "$D/want" -
	done
}

@test "a name without a page is no link, also where the page has one itself" {
	printf '%s\n' \
	    '{"kind":"author","key":"ann lee","name":"Ann Lee","slug":"ann_lee","rows":[{"name":"Ann Lee","papers":1}],"papers":[{"id":"a:1","position":0,"row":0,"person":1}],"persons":[{"person":1,"papers":1}],"coauthors":['"$(seq 70 | sed 's/.*/{"key":"z&","name":"Zed &","papers":1}/' | paste -sd,)"'],"years":[{"year":9223372036854775807,"papers":1},{"year":-5,"papers":9223372036854775807}]}' \
	    '{"kind":"paper","id":"a:1","title":"On $x^2$","abstract":"costs $5 and $10","et_al":false,"authors":[{"name":"Ann Lee"}]}' >"$D/odd"
	render "$D/odd.site" "$D/odd"
	page=$(echo "$D"/odd.site/a/*/ann_lee~co.html)
	grep -q '<span>Zed 7</span> 1' "$page"
	[ "$(grep -c ann_lee.html "$page")" = 1 ]
	page=$(echo "$D"/odd.site/p/*/*.html)
	grep -q '<h1 class="tex">' "$page"
	grep -q '<p class="abstract">costs' "$page"
	! grep -q 'and others' "$page" || false
}

@test "a venue is named as most of its papers have it" {
	for i in 1 2 3 4 5; do
		echo "{\"kind\":\"paper\",\"id\":\"a:$i\",\"title\":\"A$i\",\"venue\":\"ICML\",\"venue_kind\":\"conference\",\"venue_name\":\"On Learning\"}"
		echo "{\"kind\":\"paper\",\"id\":\"b:$i\",\"title\":\"B$i\",\"venue\":\"ICML\"}"
		echo "{\"kind\":\"paper\",\"id\":\"c:$i\",\"title\":\"C$i\",\"venue\":\"icml\"}"
		echo "{\"kind\":\"paper\",\"id\":\"d:$i\",\"title\":\"D$i\",\"venue\":\"Icml\"}"
	done >"$D/venues"
	render "$D/venues.site" "$D/venues"
	page=$(echo "$D"/venues.site/v/*/icml.html)
	grep -q '<h1>ICML</h1>' "$page"
	grep -q 'Venue · Conference' "$page"
	grep -q 'On Learning, 20 papers' "$page"
}

@test "many sources on a paper, and many papers in many venues, take no square of time" {
	{
		printf '{"kind":"paper","id":"a:1","title":"T","sources":['
		seq -f '{"source":"s%g","key":"k"}' 30000 | paste -sd,
		echo ']}'
	} | tr -d '\n' >"$D/sources"
	timeout 20 "$BIN/render" -q --view html -o "$D/sources.site" \
	    "$D/sources"
	grep -q '>s29999<' "$D/sources.site/about.html"
}

@test "hostile names and ids: files only where they may be, everything escaped" {
	/usr/bin/python3 - >"$D/hostile" <<-'EOF'
	import json
	names = ["<script>alert(1)</script>", "../../etc/passwd", "..", ".",
	    "/", "a/b", "\"><img src=x onerror=alert(1)>", "NUL \0 here", "CON",
	    "Ann Lee", "ann lee", "ANN LEE", "Änn Lee", "x" * 5000, "é" * 5000,
	    "{{site}}", "{{{x}}}", "%2e%2e%2f", "~", "\u202egnirts", "\u0001",
	    "名前", "-rf", "'; --", "a\nb", "&lt;", "\ufffe"]
	urls = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
	    "https://example.org/\"><script>", "http://[", "//example.org/",
	    " https://example.org/a b", "https://example.org/?a=1&b=2"]
	for i, name in enumerate(names):
	    print(json.dumps({"kind": "paper", "id": "x:" + name, "title": name,
	        "authors": [{"name": name}, {"name": "Ann Lee"}],
	        "abstract": name, "venue": name, "keywords": [name],
	        "year": 1000 + i, "publisher": name, "language": name,
	        "url": urls[i % 8], "pdf": urls[(i + 3) % 8],
	        "versions": [{"id": name, "url": urls[(i + 1) % 8]}],
	        "sources": [{"source": name, "key": name}]}))
	EOF
	"$BIN/cluster" -q -E 100% "$D/hostile" >"$D/hostile.in" 2>/dev/null
	mkdir -p "$D/deep/er"
	render "$D/deep/er/site" "$D/hostile.in"
	# nothing besides the site, and only plain names in it
	[ "$(cd "$D/deep" && find . -maxdepth 2 | sort | xargs)" = \
	    ". ./er ./er/site ./er/site.builds" ]
	cd "$D/deep/er/site/"
	! find . | grep -vE '^\.(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$' || false
	! grep -rlE --include='*.html' '<script>alert|<img|onerror=[^&]*"|(href|src)="(javascript|data|file):' . || false
	# each but one of the three spellings has a page of its own
	[ "$(find a -name "*.html" | wc -l)" -ge 20 ]
	[ "$(find a -name ann_lee.html | wc -l)" = 1 ]
	grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' a/*/*.html
	grep -q '{{site}}' a/*/*.html
	grep -q 'href="https://example.org/?a=1&amp;b=2"' p/*/*.html
}

@test "no folder holds more than 4,096 entries" {
	seq 4200 | jq -c '{ kind: "paper", id: "x:\(.)", title: "T \(.)",
	    year: (1000 + .), venue: "V \(.)",
	    authors: [{ name: "A\(.) B" }] }' | "$BIN/cluster" -q >"$D/many"
	render "$D/wide" "$D/many"
	find "$D/wide/" -mindepth 1 -printf '%h\n' | sort | uniq -c |
	    sort -rn >"$D/sizes"
	[ "$(wc -l <"$D/sizes")" -gt 1000 ]
	head -n 1 "$D/sizes"
	[ "$(awk 'NR == 1 { print $1 }' "$D/sizes")" -le 4096 ]
}

@test "every link leads to a page, and every part of a page is there" {
	/usr/bin/python3 - "$D/site" <<-'EOF'
	import os, re, sys
	top = os.path.realpath(sys.argv[1])
	pages, links = {}, 0
	for folder, _, files in os.walk(top):
	    for f in files:
	        path = os.path.join(folder, f)
	        if f.endswith(".html"):
	            with open(path, encoding="utf-8") as file:
	                pages[path] = file.read()
	ids = {p: set(re.findall(r'\bid="([^"]*)"', t)) for p, t in pages.items()}
	for page, text in pages.items():
	    for link in re.findall(r'\b(?:href|src)="([^"]*)"', text):
	        if re.match("[a-z]+:", link):
	            continue
	        links += 1
	        path, _, part = link.partition("#")
	        if path.startswith("/"):
	            target = top + path
	        else:
	            target = os.path.normpath(os.path.join(
	                os.path.dirname(page), path)) if path else page
	        if not os.path.isfile(target):
	            sys.exit(f"{page}: {link}: no such file")
	        if part and part not in ids[target]:
	            sys.exit(f"{page}: {link}: no such part")
	print(len(pages), "pages,", links, "links")
	if links < 10000:
	    sys.exit("too few links to be true")
	EOF
}

@test "the BibTeX of the site is read again as the same papers" {
	cat "$D"/site/a/*/*.bib >"$D/all.bib"
	"$BIN/parse" -q -f bibtex "$D/all.bib" | "$BIN/normalize" -q |
	    jq -r '[.title, .year, ([.authors[]?.name] | join(";"))] | @tsv' |
	    sort -u >"$D/read"
	# of names with a page for two papers or more
	jq -r 'select(.kind == "author") |
	    [.papers[].id] | unique | select(length > 1)[]' "$D/clustered.ndjson" | sort -u >"$D/ids"
	jq -r --rawfile ids "$D/ids" '($ids | split("\n")) as $ids |
	    select(.kind == "paper") | select(.id | IN($ids[])) |
	    [.title, .year, ([.authors[]?.name] | join(";"))] | @tsv' \
	    "$D/clustered.ndjson" | sort -u >"$D/written"
	[ "$(wc -l <"$D/written")" -gt 100 ]
	diff "$D/written" "$D/read"
}

@test "a paper's page says which source gave what" {
	page=$(grep -l '<h1>Optimal Brain Damage</h1>' "$D"/site/p/*/*.html)
	grep -q '>dblp</a><td><code>conf/nips/CunDS89</code><td>type, title, authors' "$page"
	grep -q '<td><code>lecun1989optimal</code><td>' "$page"
	grep -q '@inproceedings{dblp:conf/nips/CunDS89,' "$page"
}

@test "papers that are not shown are counted, and have no page" {
	n=$(jq -r 'select(.kind == "paper" and ((.status // "accepted") !=
	    "accepted" or .version_of != null)) | .id' \
	    "$D/clustered.ndjson" | wc -l)
	[ "$n" -gt 5 ]
	"$BIN/render" -o "$D/hidden" --stats "$D/stats" \
	    "$D/clustered.ndjson" 2>"$D/err"
	grep -q "passed over: $n papers not shown" "$D/err"
	[ "$(jq '.passed["papers not shown"]' "$D/stats")" = "$n" ]
	grep -q "Not shown: $n papers" "$D/hidden/about.html"
	papers=$(grep -c '"kind":"paper"' "$D/clustered.ndjson")
	[ "$(find "$D/hidden/p" -name '*.html' | wc -l)" = $((papers - n)) ]
	grep -q "<p class=\"lead\">$((papers - n)) papers" \
	    "$D/hidden/index.html"
}

@test "the page about the sources: counts, licence, homepage, day" {
	jq -c 'if .source == "dblp" then .fetched = "2026-11-02" else . end' \
	    "$D/about.ndjson" >"$D/dated"
	render "$D/about" "$D/clustered.ndjson" --sources "$D/dated" \
	    --contact ann@example.org
	n=$(jq -r 'select(.kind == "paper" and (.status // "accepted") ==
	    "accepted" and .version_of == null) | .sources | map(.source) | unique |
	    index("dblp") // empty' "$D/clustered.ndjson" | wc -l)
	grep -q "<a href=\"https://dblp.org/\">dblp</a><td class=\"number\">$n<td>CC0-1.0<td>2026-11-02" \
	    "$D/about/about.html"
	grep -q '<td>local file' "$D/about/about.html"
	grep -q 'href="mailto:ann@example.org"' "$D/about/about.html"
}

@test "a site with an address: canonical links, a sitemap of all pages" {
	render "$D/based" "$D/few" \
	    --base-url https://example.org/papers/
	grep -q '<link rel="canonical" href="https://example.org/papers/">' \
	    "$D/based/index.html"
	diff <(cd "$D/based/" && find . -name '*.html' ! -name 404.html |
	    sed 's,^\.,https://example.org/papers,; s,/index\.html$,/,' |
	    sort) <(sed -n 's,.*<url><loc>\(.*\)</loc>.*,\1,p' \
	    "$D"/based/sitemap/*.xml | sort)
	grep -q '<loc>https://example.org/papers/sitemap/1.xml</loc>' \
	    "$D/based/sitemap.xml"
	grep -q 'href="/papers/assets/site' "$D/based/404.html"
	[ ! -e "$D/based/robots.txt" ]
	render "$D/top" "$D/few" --base-url https://example.org
	grep -q '^Sitemap: https://example.org/sitemap.xml$' "$D/top/robots.txt"
	grep -q 'href="/assets/site' "$D/top/404.html"
	! grep -rq canonical "$D/site" || false
	for url in ftp://example.org http:// https:/// 'http://a/?b'; do
		run -64 render "$D/x" "$D/few" --base-url "$url"
	done
}

@test "--report-page: links to a page that somebody else puts there, and keeps" {
	render "$D/reported" "$D/few" --report-page
	grep -q '<a href="report.html">What the last run' \
	    "$D/reported/about.html"
	[ "$(cd "$D/reported/" && grep -Lr --include='*.html' 'href="[./]*report.html"' .)" = '' ]
	grep -q '<footer><a href="../../report.html">' \
	    "$(page_of "$D/reported" yann_lecun)"
	"$BIN/render" -q --view report "$TOP/tests/golden/render/report/in" \
	    >"$D/reported/report.html"
	css=$(grep -o 'assets/site[^"]*' "$D/reported/report.html")
	[ -e "$D/reported/$css" ]
	# not render's: neither removed, nor taken along
	render "$D/reported" "$D/changed" --report-page --hold
	[ -e "$D/reported/report.html" ]
	[ ! -e "$D/reported.next/report.html" ]
	echo new >"$D/reported.next/report.html"
	mv -T "$D/reported.next" "$D/reported"
	render "$D/reported" "$D/changed" --report-page
	[ "$(cat "$D/reported/report.html")" = new ]
	# a page that changed its foot is made again
	render "$D/reported" "$D/changed"
	! grep -q report.html "$D/reported/index.html" || false
	run -64 "$BIN/render" --view text --report-page "$D/few"
	run -64 "$BIN/render" --view report -o "$D/x" "$D/few"
	run -64 "$BIN/render" --view report --author x "$D/few"
}

@test "a title of the site, and templates of one's own" {
	mkdir "$D/templates"
	printf '<p>{{{site}}}: {{site}}\n' >"$D/templates/home.mustache"
	echo 'p { color: red }' >"$D/templates/site.css"
	render "$D/own" "$D/few" --title 'Lists & <Papers>' \
	    --templates "$D/templates"
	[ "$(cat "$D/own/index.html")" = \
	    '<p>Lists & <Papers>: Lists &amp; &lt;Papers&gt;' ]
	grep -q 'author name in Lists &amp; &lt;Papers&gt;\.' \
	    "$(page_of "$D/own" yann_lecun)"
	[ "$(cat "$D"/own/assets/site.*.css)" = 'p { color: red }' ]
	digests "$D/own" >"$D/want"
	printf '<p>\n{{#site}}\n' >"$D/templates/home.mustache"
	run -78 render "$D/own" "$D/few" \
	    --templates "$D/templates"
	[[ "$output" == *home:2:* ]]
	printf '{{> no-such}}\n' >"$D/templates/home.mustache"
	run -78 render "$D/own" "$D/few" --templates "$D/templates"
	[[ "$output" == *no-such.mustache* ]]
	run -66 render "$D/own" "$D/few" --templates "$D/none"
	# of two folders the first one counts
	mkdir "$D/second"
	echo '<p>second' >"$D/second/home.mustache"
	echo '<p>first' >"$D/templates/home.mustache"
	render "$D/twice" "$D/few" --templates "$D/templates" \
	    --templates "$D/second"
	[ "$(cat "$D/twice/index.html")" = '<p>first' ]
	digests "$D/own" | diff "$D/want" -
}

@test "only titles with TeX load what typesets it" {
	printf '%s\n' \
	    '{"kind":"paper","id":"a:1","title":"On $k$-means","authors":[{"name":"Ann Lee"}]}' \
	    '{"kind":"paper","id":"a:2","title":"From $5 to $10","authors":[{"name":"Bo Wu"}]}' \
	    '{"kind":"paper","id":"a:3","title":"Costs \\$x and y$","authors":[{"name":"Bo Wu"}]}' |
	    "$BIN/cluster" -q >"$D/math"
	render "$D/math.site" "$D/math"
	[ "$(cd "$D/math.site/" && grep -rl '<script' . | grep -c '^\./[apv]/')" = 3 ]
	grep -q '<script' "$(page_of "$D/math.site" ann_lee)"
	! grep -q '<script' "$(page_of "$D/math.site" bo_wu)" || false
	! grep -rlE '<script>|style=| on[a-z]+=' "$D/math.site" \
	    --include='*.html' || false
}

@test "options that do not go together: 64" {
	run -64 "$BIN/render" --view html "$D/clustered.ndjson"
	run -64 "$BIN/render" --view text -o "$D/x" "$D/clustered.ndjson"
	run -64 "$BIN/render" -o ''
	run -64 "$BIN/render" --view html -o "$D/x" --author 'Yann LeCun'
	run -64 "$BIN/render" --view html -o "$D/x" --jobs 0
	run -64 "$BIN/render" --view html -o "$D/x" --title ''
	[ ! -e "$D/x" ]
}
