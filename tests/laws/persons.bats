#!/usr/bin/env bats
# persons - the html view: who a name most likely is

# shellcheck shell=bats
bats_require_minimum_version 1.5.0

setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	export LC_ALL=C D=$BATS_FILE_TMPDIR
	export BIN=${BIN:-$TOP/bin}
	export IN=$TOP/tests/golden/render/text-persons/in
	# shellcheck source=tests/site.sh
	. "$TOP/tests/site.sh"
	render "$D/site" "$IN" --contact ann@example.org
}

setup()
{
	. "$TOP/tests/site.sh"
}

page_of()
{
	ls "$1"/a/*/"$2".html
}

# The lines of corrections that a page has.
fixes()
{
	grep -o '<code>[a-z-]*'$'\t''[^<]*' "$1" | sed 's/<code>//'
}

@test "one person: how sure that is, and why" {
	page=$(page_of "$D/site" bo_dai)
	grep -q '<li><a href="#persons">most likely 1 person</a></ul>' "$page"
	grep -q '^<p>One person: perhaps (confidence 0.60). Evidence: NeurIPS 2005$' "$page"
	! grep -q 'Person 1' "$page" || false
}

@test "several persons: what each is known by, and whose each card is" {
	page=$(page_of "$D/site" ann_lee)
	grep -q '<li><a href="#persons">most likely 4 persons</a></ul>' "$page"
	sed -n '/^<li id="person-1"/,/^<details>/p' "$page" >"$D/block"
	diff - "$D/block" <<-'END'
	<li id="person-1" class="u0">
	<h3><a href="#person-1">Person 1</a>: 3 papers, 2019–2021</h3>
	<p>With <a href="../ca7/bo_wu.html">Bo Wu</a> (2)
	<p>In ICML
	<p>One person: very likely (confidence 0.99). Evidence: 2 papers with Bo Wu; ICML 2019-2021
	<p>At A University; B &lt;Ltd&gt;
	<p><span class="inline">ORCID <a href="https://orcid.org/0000-0002-1825-0097">0000-0002-1825-0097</a></span><span class="inline">OpenReview <a href="https://openreview.net/profile?id=~Ann_Lee1">~Ann_Lee1</a></span><span class="inline">dblp <a href="https://dblp.org/pid/l/AnnLee-1">l/AnnLee-1</a></span><span class="inline">ACL Anthology <a href="https://aclanthology.org/people/ann%20lee">ann lee</a></span><span class="inline">other x&quot;1</span>
	<details>
	END
	grep -q '^<h3><a href="#alone">2 papers that stand alone</a></h3>$' "$page"
	grep -o '<li class="[^>]*>\(<a[^>]*>Person [0-9]*</a> \)*' "$page" \
	    >"$D/cards"
	diff - "$D/cards" <<-'END'
	<li class="u0"><a href="#person-1">Person 1</a> 
	<li class="u0 u1"><a href="#person-1">Person 1</a> <a href="#person-2">Person 2</a> 
	<li class="u0"><a href="#person-1">Person 1</a> 
	<li class="u1"><a href="#person-2">Person 2</a> 
	<li class="u1"><a href="#person-2">Person 2</a> 
	<li class="u2"><a id="person-14" href="#person-14">Person 14</a> 
	<li class="u2"><a id="person-3" href="#person-3">Person 3</a> 
	END
}

@test "a name of one paper says nothing of persons" {
	render "$D/one" "$TOP/tests/golden/render/text-persons-of-one/in"
	! grep -i person "$(page_of "$D/one" cy_roe)" || false
}

@test "two persons on the only paper of their name" {
	printf '%s\n' \
	    '{"kind":"author","key":"ann lee","name":"Ann Lee","slug":"ann_lee","rows":[{"name":"Ann Lee","papers":1}],"papers":[{"id":"a:1","position":0,"row":0,"person":1},{"id":"a:1","position":1,"row":0,"person":2}],"persons":[{"person":1,"papers":1},{"person":2,"papers":1}]}' \
	    '{"kind":"paper","id":"a:1","title":"A","authors":[{"name":"Ann Lee"},{"name":"Ann Lee"}]}' >"$D/both"
	render "$D/both.site" "$D/both"
	page=$(page_of "$D/both.site" ann_lee)
	grep -q '<section class="persons" id="persons"' "$page"
	grep -q '<a id="person-1" href="#person-1">Person 1</a> <a id="person-2"' "$page"
	# nothing could make them one
	[ "$(fixes "$page")" = $'name\tann lee\tAnn Lee' ]
}

@test "the lines of corrections stand on the page, with their tabs" {
	fixes "$(page_of "$D/site" ann_lee)" >"$D/fixes"
	tr '\t' '|' <"$D/fixes" | diff - <(printf '%s\n' \
	    'different-person|ann lee|a:7|a:5' 'same-person|ann lee|a:7|a:4' \
	    'different-person|ann lee|a:4|a:3' 'same-person|ann lee|a:4|a:7' \
	    'same-person|ann lee|a:1|a:7' 'same-person|ann lee|a:2|a:7' \
	    'alias|ann lee|bo dai' 'alias|ann lee|bo wu' 'name|ann lee|Ann Lee')
	fixes "$(page_of "$D/site" bo_wu)" | tr '\t' '|' |
	    diff - <(printf '%s\n' 'different-person|bo wu|a:7|a:5' \
	    'name|bo wu|Bo Wu')
	"$BIN/dedupe" -q -c "$D/fixes" /dev/null
	grep -q 'send it to <a href="mailto:ann@example.org">' \
	    "$(page_of "$D/site" bo_wu)"
}

@test "similar names: those of the same person, and those of others" {
	sed -n '/^<h2>Also/,/^<\/aside/p' "$(page_of "$D/site" ann_lee)" \
	    >"$D/similar"
	diff - "$D/similar" <<-'END'
	<h2>Also published as</h2>
	<ul><li><a href="../09a/bo_dai.html">Bo Dai</a> <small>in another order; the same person: unsure (confidence 0.50)</small></ul>
	<h2>Other people with similar names</h2>
	<ul><li><a href="../ca7/bo_wu.html">Bo Wu</a> <small>initials only</small></ul>
	</aside>
	END
}

@test "a page is made again when only what it says of persons has changed" {
	render "$D/again" "$IN"
	stamps "$D/again" >"$D/before"
	sed 's/"confidence":0.996/"confidence":0.94/' "$IN" >"$D/new"
	render "$D/again" "$D/new"
	grep -q 'One person: likely (confidence 0.94)' \
	    "$(page_of "$D/again" ann_lee)"
	stamps "$D/again" | diff "$D/before" - | grep '^>' >"$D/changed" || true
	[ "$(wc -l <"$D/changed")" = 1 ]
	grep -q ann_lee.html "$D/changed"
	render "$D/fresh" "$D/new"
	diff <(digests "$D/fresh") <(digests "$D/again")
}

@test "over ten persons: a block is told by all of its digits" {
	/usr/bin/python3 - >"$D/many" <<-'EOF'
	import json
	papers = [{"id": f"a:{i:03}", "position": 0, "row": 0,
	    "person": i // 2 + 1} for i in range(240)]
	for p in papers:
	    print(json.dumps({"kind": "paper", "id": p["id"],
	        "title": p["id"], "authors": [{"name": "Ann Lee"}]}))
	print(json.dumps({"kind": "author", "key": "ann lee",
	    "name": "Ann Lee", "slug": "ann_lee",
	    "rows": [{"name": "Ann Lee", "papers": 240}], "papers": papers,
	    "persons": [{"person": i + 1, "papers": 2} for i in range(120)]}))
	EOF
	render "$D/many.site" "$D/many"
	page=$(page_of "$D/many.site" ann_lee)
	grep -q '^<li id="person-1" class="u0 t0 h0">' "$page"
	grep -q '^<li id="person-120" class="u9 t1 h1">' "$page"
	[ "$(grep -o '<li class="u9 t1 h1"><a href="#person-120">' "$page" | wc -l)" = 2 ]
	grep -q '<p class="rest"><a href="#persons">115 more persons</a>' "$page"
	# each digit of each place hides what lacks it
	css=$(cat "$D"/many.site/assets/site.*.css)
	for class in u9 t1 h1 k0; do
		[[ $css == *"has(li.$class:target) > ol > li:not(.$class)"* ]]
	done
}

@test "records that do not fit together do no harm" {
	printf '%s\n' \
	    '{"kind":"author","key":"ann lee","name":"Ann Lee","slug":"ann_lee","rows":[{"name":"Ann Lee","papers":2}],"papers":[{"id":"a:1","position":0,"row":0,"person":9},{"id":"a:2","position":0,"row":0,"person":1}],"persons":[{"person":1,"papers":0,"years":[1],"confidence":7,"ids":{}},{"person":1,"papers":99,"confidence":-1e9},{"person":3,"papers":5}],"similar":[{"key":"ann lee","reason":"order","confidence":1e300}]}' \
	    '{"kind":"paper","id":"a:1","title":"A","authors":[{"name":"Ann Lee"}]}' \
	    '{"kind":"paper","id":"a:2","title":"B","authors":[{"name":"Ann Lee"}]}' \
	    >"$D/odd"
	"$BIN/render" -q -E 1 --view html -o "$D/odd.site" "$D/odd" 2>/dev/null || true
	sed -i 's/"years":\[1\],//; s/,"ids":{}//' "$D/odd"
	render "$D/odder" "$D/odd"
	grep -q 'very likely (confidence 1.00)' "$(page_of "$D/odder" ann_lee)"
	"$BIN/render" -q --persons "$D/odd" >/dev/null
}
