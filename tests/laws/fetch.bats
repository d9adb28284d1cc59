#!/usr/bin/env bats
# fetch - what comes over http and https, from servers good and bad
#
# The slow cases are in fetch-slow.bats.

bats_require_minimum_version 1.5.0
# shellcheck shell=bats

setup_file()
{
	export TOP=$BATS_TEST_DIRNAME/../..
	# shellcheck source=tests/web.sh
	. "$TOP/tests/web.sh"
	web_start
}

teardown_file()
{
	. "$TOP/tests/web.sh"
	web_stop
}

setup()
{
	. "$TOP/tests/web.sh"
	cd "$BATS_TEST_TMPDIR" || return 1
	WWW=$D/www
}

@test "200: the body is in the store, read-only, and the document says what it is" {
	table "$http/a.csv"
	get_is 0
	body_is "$WWW/a.csv"
	[ "$(jq -r .media_type out)" = text/csv ]
	[ "$(jq -r .url out)" = "$http/a.csv" ]
	[ "$(stat -c %a "$(jq -r .path out)")" = 444 ]
	jq -e --arg url "$http/a.csv" '.url == $url and .final == $url and
	    .status == 200 and (.etag | length) > 2 and .bytes == 24 and
	    .media_type == "text/csv" and (.last_modified | endswith("GMT")) and
	    (.fetched | test("^[0-9-]{10}T[0-9:]{8}Z$")) and
	    .checked == .fetched' store/state/*.json
	nothing_is_left
}

@test "what is in the store is not asked for" {
	table "$bad/plain/a.csv?stored"
	get_is 0
	mv out first
	get_is 0
	cmp out first
	[ "$(requests '/plain/a.csv?stored' nth)" = 1 ]
}

@test "--refresh: 304 keeps the body and when it came" {
	table "$bad/plain/a.csv?refresh" "$http/a.csv"
	get_is 0
	sed -i 's/"fetched":"[^"]*"/"fetched":"2020-01-01T00:00:00Z"/;
	    s/"checked":"[^"]*"/"checked":"2020-01-01T00:00:00Z"/' store/state/*
	mv out first
	get_is 0 --refresh
	cmp out first
	[ "$(requests '/plain/a.csv?refresh' if-none-match | tail -n 1)" = \
	    "\"$(md5sum <"$WWW/a.csv" | cut -c -32)\"" ]
	[ "$(requests '/plain/a.csv?refresh' if-modified-since | tail -n 1)" = \
	    "Sun, 09 Sep 2001 01:46:40 GMT" ]
	jq -e '.status == 304 and .fetched == "2020-01-01T00:00:00Z" and
	    .checked > .fetched' store/state/*.json
}

@test "--refresh: a body that changed takes the place, the old one stays" {
	cp "$WWW/a.csv" "$WWW/changes"
	table "$http/changes"
	get_is 0
	cp "$WWW/b.csv" "$WWW/changes"
	get_is 0
	body_is "$WWW/a.csv"
	get_is 0 --refresh
	body_is "$WWW/b.csv"
	[ "$(find store/body -type f | wc -l)" = 2 ]
}

@test "--refresh: a 304 for another version does not stay" {
	perl -0777 -ne 'print scalar reverse' "$WWW/a.csv" >reversed
	table "$bad/misled/a.csv"
	get_is 0
	get_is 0 --refresh
	get_is 0 --refresh
	body_is reversed
}

@test "a byte that flipped in the store, a body cut short, one gone: fetched anew" {
	table "$bad/plain/a.csv?flip"
	get_is 0
	body=$(jq -r .path out)
	chmod u+w "$body"
	printf X | dd of="$body" bs=1 seek=3 conv=notrunc status=none
	get_is 0
	body_is "$WWW/a.csv"
	chmod u+w "$body"
	truncate -s 5 "$body"
	get_is 0
	body_is "$WWW/a.csv"
	rm -f "$body"
	get_is 0 --refresh
	body_is "$WWW/a.csv"
	# not "if it changed": what is there is no good
	[ "$(requests '/plain/a.csv?flip' if-none-match | sort -u)" = - ]
	[ "$(requests '/plain/a.csv?flip' nth | wc -l)" = 4 ]
}

@test "a state file that is damaged counts as none" {
	table "$bad/plain/a.csv?state"
	get_is 0
	for damage in '{"final":' '[]' '' '{"final":"x","sha256":"../../x","bytes":1}' \
	    '{"final":"x","sha256":"00","bytes":-5}'; do
		printf %s "$damage" >"$(echo store/state/*.json)"
		get_is 0
		body_is "$WWW/a.csv"
	done
	[ "$(requests '/plain/a.csv?state' nth | wc -l)" = 6 ]
}

@test "a read that a signal cut short does not make the state unreadable" {
	strace -o trace -e inject=read:error=EINTR:when=1..2 -P / true ||
	    skip "no strace that injects"
	table "$bad/plain/a.csv?signal"
	get_is 0
	# twice: what is read when the part is locked would make good for one
	ASAN_OPTIONS=detect_leaks=0 strace -o trace \
	    -P "$(echo store/state/*.json)" \
	    -e inject=read:error=EINTR:when=1..2 \
	    "$BIN/fetch" -q -o store sources.tsv >out 2>err
	body_is "$WWW/a.csv"
	[ "$(grep -c EINTR trace)" = 2 ]
	[ "$(requests '/plain/a.csv?signal' nth)" = 1 ]
}

@test "404, 410, 401, 403, 501 are for good: 69, asked once" {
	table "$http/none"
	get_is 69
	grep -qx "fetch: sources.tsv:2: refused: $http/none: HTTP 404" err
	statuses='400 401 403 404 410 418 451 501 505 204 300 304 999'
	# shellcheck disable=SC2046,SC2086 # one word each
	table $(printf "$bad/always/%s/for-good " $statuses)
	get_is 69 -r rejects -E 13
	[ "$(jq -r '"\(.code) \(.detail | split(" ")[2])"' rejects | tr '\n' ' ')" = \
	    "refused ${statuses// / refused } " ]
	for s in $statuses; do
		[ "$(requests "/always/$s/" nth)" = 1 ]
	done
	nothing_is_left
	store_is_sound
}

@test "429, 5xx, 408: asked again" {
	table "$bad/once/"{408,425,429,500,502,503,504,520}/a.csv
	get_is 0
	for i in 1 2 3 4 5 6 7 8; do
		body_is "$WWW/a.csv" $i
	done
	for s in 429 500 503; do
		table "$bad/always/$s/a.csv"
		get_is 75 --retries 2
		grep -qx "fetch: .*: no-answer: .*: HTTP $s, 3 tries" err
		[ "$(requests "/always/$s/a.csv" nth | wc -l)" = 3 ]
	done
}

@test "Retry-After beyond --max-wait: 75 at once, and the host is left alone" {
	table "$bad/once/503/a.csv?after=3000"
	get_is 75
	grep -q 'no-answer: .*: HTTP 503: it asks for a wait of 3000 s' err
	table "$bad/plain/a.csv?paused"
	get_is 75
	grep -q 'no-answer: .*: 127.0.0.1:[0-9]* wants no requests for' err
	[ -z "$(requests '/plain/a.csv?paused' nth)" ]
	# a clock that was set back, and garbage, are no pause
	echo '0 9999999999999999 9999999999999999' >"store/host/${bad#http://}"
	get_is 0
	echo '99999999999999999999999 99999999999999999999 1' \
	    >"store/host/${bad#http://}"
	get_is 0 --refresh
}

@test "a connection that is cut is taken up where it broke" {
	table "$bad/cut/big"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests /cut/big range | tail -n 1)" = \
	    "bytes=$(($(stat -c %s "$WWW/big") / 2))-" ]
	[ "$(requests /cut/big if-range | tail -n 1)" = \
	    "\"$(md5sum <"$WWW/big" | cut -c -32)\"" ]
	[ "$(requests /cut/big accept-encoding)" = 'gzip, zstd
identity' ]
	# what the second answer does not say was said by the first
	[ "$(jq -r .media_type out)" = text/csv ]
	jq -e '.last_modified | startswith("Sun, 09 Sep 2001")' store/state/*
	nothing_is_left
}

@test "... by the date where there is no ETag" {
	table "$bad/cutdated/big"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests /cutdated/big if-range | tail -n 1)" = \
	    'Sun, 09 Sep 2001 01:46:40 GMT' ]
}

@test "... but not with the rest of another version" {
	perl -0777 -ne 'print scalar reverse' "$WWW/big" >reversed
	table "$bad/cutswapped/"{date,none,weak}/big
	get_is 0
	for i in 1 2 3; do
		body_is reversed $i
	done
	for kind in date none weak; do
		[[ "$(requests "/cutswapped/$kind/" range)" == -*bytes=*- ]]
	done
	nothing_is_left
	# what came is given up, for the next run too
	table "$bad/cutswapped/date/big?next"
	get_is 75 --retries 0
	get_is 75 --retries 0
	nothing_is_left
	get_is 0 --retries 0
	body_is reversed
}

@test "... in the next run too, where this one may not try again" {
	table "$bad/cut/big?next"
	get_is 75 --retries 0
	[ "$(cat out)" = "" ]
	[ -z "$(find store/body -type f)" ]
	[ "$(find store/part -type f -size +100k | wc -l)" = 1 ]
	get_is 0 --retries 0
	body_is "$WWW/big"
	[ "$(requests '/cut/big?next' range)" = "-
bytes=$(($(stat -c %s "$WWW/big") / 2))-" ]
	nothing_is_left
}

@test "... whole already, but not known to be: the last byte is asked for" {
	table "$bad/cut/big?whole"
	get_is 75 --retries 0
	part=$(find store/part -type f -size +100k)
	cp "$WWW/big" "$part"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests '/cut/big?whole' range | tail -n 1)" = \
	    "bytes=$(($(stat -c %s "$WWW/big") - 1))-" ]
}

@test "... from the beginning where the body changed meanwhile" {
	perl -0777 -ne 'print scalar reverse' "$WWW/big" >reversed
	table "$bad/cutchanged/big"
	get_is 0
	body_is reversed
	nothing_is_left
}

@test "... or where the server takes no ranges" {
	table "$bad/cutnorange/big"
	get_is 0
	body_is "$WWW/big"
	[[ "$(requests /cutnorange/big range)" == -*bytes=* ]]
}

@test "much that comes again and again is no progress, much that is new is" {
	cat "$WWW/big" "$WWW/big" >"$WWW/bigger"
	table "$bad/cutnorange/bigger?always=1"
	get_is 75 --retries 3
	[ "$(requests /cutnorange/bigger nth | wc -l)" -le 5 ]
	table "$bad/pieces/1100000/bigger"
	get_is 0 --retries 1
	body_is "$WWW/bigger"
	[ "$(requests /pieces/1100000/ nth | wc -l)" = 3 ]
	table "$bad/pieces/500000/bigger"
	get_is 75 --retries 1
}

@test "... or answers with another range, or nonsense" {
	lies="none words huge minus star total etag noetag weak"
	# shellcheck disable=SC2046,SC2086 # one word each
	table "$bad/cutshifted/big" $(printf "$bad/cutlie/%s/big " $lies)
	get_is 0
	for i in 1 2 3 4 5 6 7 8 9 10; do
		body_is "$WWW/big" $i
	done
	for lie in $lies; do
		[ "$(requests "/cutlie/$lie/" nth | wc -l)" = 3 ]
	done
	nothing_is_left
	# a rest of 2^63 - 1 bytes
	table "$bad/cutlie/long/big"
	get_is 69
	grep -q 'too-large: ' err
}

@test "a part whose description is damaged, or too long a part, is dropped" {
	table "$bad/cut/big?damaged"
	get_is 75 --retries 0
	echo '{' >"$(echo store/part/*.json)"
	get_is 0
	body_is "$WWW/big"
	table "$bad/cut/big?longer"
	get_is 75 --retries 0
	cat "$WWW/big" "$WWW/big" >"$(find store/part -type f -size +100k)"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests '/cut/big?longer' range | sort -u)" = - ]
}

# get_is, by one whom the mode of a file keeps from it, which root is not
get_bound_is()
{
	local want=$1 got=0
	shift
	[ "$(id -u)" = 0 ] || {
		get_is "$want" "$@"
		return
	}
	timeout 60 setpriv --bounding-set=-dac_override,-dac_read_search \
	    "$BIN/fetch" -q -o store --rate 0 --retry-wait 0 "$@" \
	    sources.tsv >out 2>err 3>&- || got=$?
	[ "$got" = "$want" ] || {
		echo "exit status $got, expected $want"
		cat out err
		return 1
	}
}

@test "a part that may not be written to is begun anew" {
	table "$bad/cut/big?bound" "$bad/cutencoded/gzip/big.gz?bound"
	get_is 75 --retries 0 -E 2
	for part in store/part/*.json; do
		cp "$part" "${part%.json}.tmp"
	done
	chmod a-w store/part/*
	get_bound_is 0 --retries 0
	body_is "$WWW/big" 1
	body_is "$WWW/big" 2
	nothing_is_left
}

@test "a run that ends before the body has its name leaves what can be written to" {
	sum=$(sha256sum <"$WWW/big")
	for url in "$bad/plain/big?bound" "$bad/encoded/zstd/big.zst?bound"; do
		rm -rf store
		mkdir -p store/body
		: >"store/body/${sum:0:2}"
		table "$url"
		get_bound_is 73
		[ -z "$(find store/part -type f ! -perm -200)" ]
		rm "store/body/${sum:0:2}"
		get_bound_is 0
		body_is "$WWW/big"
		[ "$(stat -c %a "$(jq -r .path out)")" = 444 ]
		nothing_is_left
	done
}

@test "a Content-Length that never comes true: 75, and no body" {
	table "$bad/long/a.csv"
	get_is 75 --retries 1
	grep -q 'no-answer: .*, 2 tries' err
	[ -z "$(find store/body -type f)" ]
	[ "$(cat out)" = "" ]
}

@test "gzip and zstd of the way are undone, a .gz file is left as it is" {
	table "$bad/encoded/gzip/big.gz" "$bad/encoded/zstd/big.zst" \
	    "$http/zipped/big" "$http/big.gz" "$bad/encoded/identity/big"
	get_is 0
	for i in 1 2 3 5; do
		body_is "$WWW/big" $i
	done
	body_is "$WWW/big.gz" 4
	[ "$(sed -n 4p out | jq -r .media_type)" = application/gzip ]
	[ "$(requests /encoded/gzip accept-encoding)" = 'gzip, zstd' ]
	nothing_is_left
}

@test "a compressed transfer that is cut is taken up too, or begun anew" {
	for c in gzip/big.gz zstd/big.zst; do
		table "$bad/cutencoded/$c"
		get_is 0
		body_is "$WWW/big"
		[[ "$(requests "/cutencoded/$c" range)" == -*bytes=* ]]
	done
	# whose length is not known before: always anew
	table "$bad/cutflying/big"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests /cutflying/ range)" = "-
-" ]
	# the connection just ends, and no length was given
	table "$bad/dies/big.gz"
	get_is 0
	body_is "$WWW/big"
	[ "$(requests /dies/ nth | wc -l)" = 2 ]
	nothing_is_left
}

@test "an encoding that was not asked for, and one that is a lie" {
	table "$bad/encoded/br/a.csv"
	get_is 69
	grep -q 'refused: .*: Content-Encoding br' err
	table "$bad/encoded/gzip/a.csv"
	get_is 75 --retries 1
	grep -q 'no-answer: .*: damaged or cut gzip data' err
	store_is_sound
}

@test "--max-bytes: a body, a body without a length, a bomb: 69" {
	head -c 20M /dev/zero | gzip >"$WWW/bomb.gz"
	table "$bad/plain/big" "$bad/nolength/big" "$bad/encoded/gzip/bomb.gz"
	get_is 69 --max-bytes 1M -E 3
	[ "$(grep -c 'too-large: .*over 1048576 bytes' err)" = 2 ] || cat err
	grep -q 'bomb.gz: over 1048576 bytes when decoded' err
	[ "$(du -sm store | cut -f 1)" -le 2 ]
	[ -z "$(find store/body -type f)" ]
	nothing_is_left
	# the limit itself is allowed
	table "$bad/plain/big"
	get_is 0 --max-bytes "$(stat -c %s "$WWW/big")"
}

@test "redirects are followed, up to ten, and the document keeps its url" {
	table "$bad/to?url=$http/a.csv" "$http/up"
	get_is 0 --cacert "$D/ca.pem"
	body_is "$WWW/a.csv" 1
	body_is "$WWW/a.csv" 2
	[ "$(head -n 1 out | jq -r .url)" = "$bad/to?url=$http/a.csv" ]
	[ "$(jq -rs 'map(.final) | sort | .[]' store/state/*)" = \
	    "$(printf '%s\n' "$http/a.csv" "$https/a.csv" | sort)" ]
	table "$bad/to?url=$bad/always/410/moved"
	get_is 69
	grep -q "refused: .*: HTTP 410, at $bad/always/410/moved" err
	table "$bad/loop/0"
	get_is 69
	grep -q "bad-redirect: .*: more than 10 redirects, the last one to $bad/loop/11" err
	[ "$(requests /loop/ nth | wc -l)" = 11 ]
}

@test "a redirect with spaces and letters beyond ASCII is followed" {
	cp "$WWW/a.csv" "$WWW/a b ä.csv"
	table "$bad/to?url=$http/a%20b%20%C3%A4.csv" "$bad/to?url=/plain/a.csv?x%20y"
	get_is 0
	body_is "$WWW/a.csv" 1
	body_is "$WWW/a.csv" 2
	requests '/plain/a.csv?x' path | grep -xE '/plain/a.csv\?x(%20|[+])y'
}

@test "many that are sent to one host keep no files open while they wait" {
	# shellcheck disable=SC2046 # one word each
	table $(printf "http://localhost:${bad##*:}/to?url=$bad/hold/a.csv?many=%d " \
	    {1..40})
	(ulimit -n 40 && get_is 0)
	[ "$(wc -l <out)" = 40 ]
	nothing_is_left
}

@test "behind a redirect, another query may be another file" {
	perl -0777 -ne 'print scalar reverse' "$WWW/big" >reversed
	# only dated: nothing of the one holds for the other
	twin="$bad/twin/date/big"
	table "$bad/turn?1=$twin?file=A%26cut=1&2=$twin?file=B" \
	    "$bad/turn?1=$twin?file=A&2=$twin?file=B%26known=1"
	get_is 0
	body_is reversed 1
	body_is "$WWW/big" 2
	get_is 0 --refresh
	body_is reversed 2
	[ "$(requests '/twin/date/big?file=B' range | sort -u)" = - ]
	# the row's own url is another one than where it leads
	table "$bad/twin/etag/big?file=A&cut=1&turned=1"
	get_is 0
	body_is reversed
	[ "$(requests '/twin/etag/big?file=B' range | sort -u)" = - ]
}

@test "... or a signature: a strong ETag holds for both" {
	twin="$bad/twin/etag/big"
	table "$bad/turn?1=$twin?signed=1%26cut=1&2=$twin?signed=2"
	get_is 0
	body_is "$WWW/big"
	[[ "$(requests '/twin/etag/big?signed=2' range)" == bytes=* ]]
	get_is 0 --refresh
	body_is "$WWW/big"
	[ "$(requests '/twin/etag/big?signed=2' if-none-match | tail -n 1)" = \
	    '"1"' ]
}

@test "a redirect to a file, from https to http, to nothing: 69" {
	printf 'secret\n' >"$D/secret"
	for to in "file://$D/secret" file:///etc/passwd ftp://127.0.0.1/x \
	    gopher://127.0.0.1/ http://127.0.0.1:port/ 'http://'; do
		table "$bad/to?url=$to"
		get_is 69
		grep -q 'bad-redirect: ' err
		[ ! -s out ]
	done
	table "$https/down"
	get_is 69 --cacert "$D/ca.pem"
	grep -q "bad-redirect: $https/down: from https to http: $http/a.csv" err
	store_is_sound
}

@test "certificates: known, expired, of a stranger, of another name" {
	table "$https/a.csv"
	get_is 69
	grep -q 'bad-certificate: ' err
	get_is 0 --cacert "$D/ca.pem"
	body_is "$WWW/a.csv"
	rm -rf store
	CURL_CA_BUNDLE=$D/ca.pem get_is 0
	rm -rf store
	SSL_CERT_FILE=$D/ca.pem get_is 0
	table "$expired/a.csv" "$foreign/a.csv" \
	    "$(echo "$https/a.csv" | sed s/127.0.0.1/localhost/)"
	get_is 69 --cacert "$D/ca.pem" -E 3
	[ "$(grep -c 'bad-certificate: ' err)" = 3 ]
	[ ! -s out ]
	get_is 66 --cacert "$D/none"
}

@test "a sha256 in the table: right, wrong, and right again" {
	sum=$(sha256sum <"$WWW/a.csv" | cut -c -64)
	printf 'source\tformat\turl\tsha256\na\tcsv\t%s\t%s\n' \
	    "$http/a.csv" "$sum" >sources.tsv
	get_is 0
	body_is "$WWW/a.csv"
	mv out first
	sed -i "s/$sum/${sum//[0-9]/0}/" sources.tsv
	get_is 65 -E 1
	grep -q "wrong-digest: $http/a.csv: the digest is $sum" err
	[ ! -s out ]
	sed -i "s/${sum//[0-9]/0}/$sum/" sources.tsv
	get_is 0
	cmp out first
	# what a server has now does not take the place of what was asked for
	cp "$WWW/a.csv" "$WWW/pinned"
	sed -i "s,$http/a.csv,$http/pinned," sources.tsv
	get_is 0
	cp "$WWW/b.csv" "$WWW/pinned"
	get_is 65 --refresh
	[ ! -s out ]
	get_is 0
	body_is "$WWW/a.csv"
	[ ! -e "store/body/$(sha256sum <"$WWW/b.csv" | cut -c -2)" ]
	nothing_is_left
}

@test "no server, no HTTP, no answer at all" {
	port=$(free_ports 1)
	table "http://127.0.0.1:$port/"
	get_is 75 --retries 1
	grep -q 'no-answer: .*, 2 tries' err
	table "$bad/garbage/a.csv"
	get_is 69 --retries 1
	grep -q 'refused: ' err
	table "$bad/silent/a.csv"
	get_is 75 --retries 1
	[ "$(requests /silent/ nth | wc -l)" = 2 ]
}

@test "heads of nonsense do no harm" {
	table "$bad/hostile/"{etag,control,latin,type,wait,date,empty}/a.csv
	for refresh in '' --refresh; do
		# shellcheck disable=SC2086 # an option or none
		get_is 0 $refresh
		for i in 1 2 3 4 5 6 7; do
			body_is "$WWW/a.csv" $i
		done
	done
	jq -es 'all((.etag // "" | length) <= 1024)' store/state/*.json
	run -1 grep -l $'[\x01-\x08\x1b\x7f-\xff]' out store/state/*
	# those that were no nonsense are there
	[ "$(jq -r '.media_type // "-"' out | tr '\n' ' ')" = \
	    'text/csv - - - text/csv text/csv - ' ]
}

@test "an empty body is a body" {
	table "$http/empty"
	get_is 0
	body_is "$WWW/empty"
}

@test "the order of the rows, one question for one url, all hosts at once" {
	table "$bad/hold/big?order" "$http/a.csv" "$http/none" \
	    "$bad/hold/big?order" "$http/b.csv"
	get_is 69
	[ "$(jq -r .source out | tr '\n' ' ')" = 's1 s2 s4 s5 ' ]
	body_is "$WWW/big" 1
	body_is "$WWW/b.csv" 4
	[ "$(requests '/hold/big?order' nth)" = 1 ]
	mv out first
	get_is 69
	cmp out first
}

@test "a document is handed on before the next one is there" {
	table "$http/a.csv" "$bad/slow/a.csv"
	mkfifo pipe
	"$BIN/fetch" -q -o store --stall 30 sources.tsv >pipe 2>err 3>&- &
	read -r -t 15 line <pipe
	[ "$(jq -r .source <<<"$line")" = s1 ]
	kill $!
}

@test "the server is told who asks" {
	table "$bad/plain/a.csv?agent"
	get_is 0 --contact mailto:web@example.org
	version=$("$BIN/fetch" -V)
	[ "$(requests '/plain/a.csv?agent' user-agent)" = \
	    "arrow/${version#fetch } (+mailto:web@example.org)" ]
	run -64 "$BIN/fetch" --contact $'a\r\nX-Evil: 1' sources.tsv
}

@test "proxies and netrc are those of curl; a password is never shown" {
	table "http://arrow.invalid/plain/a.csv?proxy"
	http_proxy=$bad get_is 0
	body_is "$WWW/a.csv"
	printf 'machine 127.0.0.1 login me password mellon\n' >"$HOME/.netrc"
	table "$bad/plain/a.csv?netrc"
	get_is 0
	rm "$HOME/.netrc"
	[ "$(requests '/plain/a.csv?netrc' authorization)" = \
	    "Basic $(printf me:mellon | base64)" ]
	table "http://me:mellon@${bad#http://}/plain/a.csv?password" \
	    "http://me:mellon@${bad#http://}/always/403/password" \
	    "http://me:mell/on@${bad#http://}/plain/a.csv"
	get_is 69 -r rejects
	[ "$(requests '/plain/a.csv?password' authorization)" = \
	    "Basic $(printf me:mellon | base64)" ]
	[ "$(wc -l <out)" = 1 ]
	run -1 grep -rE 'mellon|mell|me:' out err rejects store/state
}

@test "options that cannot be: 64" {
	table "$http/a.csv"
	for o in --rate=x --rate=2/d --connections=0 --stall=0 --max-time=0 \
	    --retries=-1 --contact= --max-bytes=x; do
		run -64 "$BIN/fetch" -o store "$o" sources.tsv
	done
	[ ! -e store ]
	run -73 "$BIN/fetch" -o none/store sources.tsv
}

# make [VAR=value] ...: a pipeline of one csv source on the web
make_web()
{
	# make's own variables are those of the make that runs the tests
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS \
	    make -C "$TOP" --no-print-directory pipeline NAME=web \
	    PIPELINES="$PWD" OUT="$PWD/out" BIN="$BIN" -o "$BIN/fetch" \
	    -o "$BIN/parse" -o "$BIN/normalize" -o "$BIN/dedupe" \
	    -o "$BIN/cluster" -o "$BIN/audit" -o "$BIN/render" "$@" >make.out 2>&1 3>&- || {
		cat make.out
		return 1
	}
}

made_since()
{
	(cd out/web && find . -newer ../../mark -name '*.ndjson' \
	    ! -path './rejects/*' ! -path './runs/*' | sort | tr '\n' ' ')
}

@test "a pipeline asks once; REFRESH=yes asks again, and only a change redoes" {
	mkdir web
	cp "$WWW/a.csv" "$WWW/piped"
	(cd web && table "$bad/plain/piped")
	echo 'CONTACT := mailto:web@example.org' >web/pipeline.mk
	make_web
	[ "$(jq -r .title out/web/clustered.ndjson)" = 'Tangent Prop' ]
	[[ "$(requests /plain/piped user-agent)" == *mailto:web@example.org* ]]
	make_web
	touch web/sources.tsv
	make_web
	[ "$(requests /plain/piped nth)" = 1 ]
	touch mark
	sleep 0.05
	make_web REFRESH=yes
	[ "$(requests /plain/piped nth | wc -l)" = 2 ]
	[ -z "$(made_since)" ]
	cp "$WWW/b.csv" "$WWW/piped"
	make_web
	[ -z "$(made_since)" ]
	make_web REFRESH=yes
	[ "$(made_since)" = "./about.ndjson ./changes.ndjson ./clustered.ndjson ./deduped.ndjson ./documents.ndjson ./fetched/s1.ndjson ./ledger.ndjson ./normalized/s1.ndjson ./parsed/s1.ndjson " ]
	[ "$(jq -r .title out/web/clustered.ndjson)" = Algorithms ]
	make_web
	[ "$(requests /plain/piped nth | wc -l)" = 3 ]
	# the site has the day from the state, a damaged one has none
	today=$(date -u +%Y-%m-%d)
	yesterday=$(date -u -d yesterday +%Y-%m-%d)
	grep -qE "<td>($today|$yesterday)" out/web/site/about.html
	[ "$(jq -r 'select(.kind == "paper") | has("fetched")' \
	    out/web/clustered.ndjson)" = false ]
	# bodies that are gone are fetched again, and change nothing
	touch mark
	sleep 0.05
	rm -r out/web/store/body
	make_web
	[ "$(requests /plain/piped nth | wc -l)" = 4 ]
	[ -z "$(made_since)" ]
	[ "$(find out/web/store/body -type f | wc -l)" = 1 ]
	printf '{"url":"http' >out/web/store/state/damaged.json
	rm out/web/about.ndjson
	make_web
	grep -q '"fetched":"20' out/web/about.ndjson
	# a body that is damaged is mended, or told of and then mended: not read
	body=$(echo out/web/store/body/*/*)
	for damage in 's/Algorithms/Logarithms/' '2,$d'; do
		sed -i "$damage" "$body"
		rm out/web/parsed/s1.ndjson
		make_web || make_web REFRESH=yes
		[ "$(jq -r .title out/web/clustered.ndjson)" = Algorithms ]
		cmp "$body" "$WWW/b.csv"
	done
}
