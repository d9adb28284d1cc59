#!/bin/bash
# golden.t - run every case of tests/golden, as TAP
#
# A case is a folder tests/golden/FILTER/CASE:
#   args     arguments, as the shell reads them; run in the case's folder
#   in       standard input; empty where it is missing
#   out      what is expected on standard output
#   err      likewise on standard error, with -q
#   rejects  likewise in the file of -r; only looked at where it is there
#   status   likewise the exit status, 0 where it is missing
#
# UPDATE=1 writes what came as what is expected: look at the diff.
set -u
export LC_ALL=C
cd "$(dirname "$0")/golden" || exit 1
bin=${BIN:-$PWD/../../bin}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

same()
{
	if [ "${UPDATE:-}" ]; then
		if [ -s "$2" ] || [ "$1" = out ]; then cp "$2" "$1"
		else rm -f "$1"; fi
		return 0
	fi
	[ -e "$1" ] || { : >"$tmp/none"; set -- "$tmp/none" "$2"; }
	cmp -s "$1" "$2" && return 0
	diff -u "$1" "$2" | sed 's/^/# /'
	return 1
}

# Sets ok; prints what differs.
run_case()
{
	local filter=$1 args input=/dev/null status want=0 ok=0
	args=$(cat args 2>/dev/null)
	[ -e in ] && input=in
	eval "set -- $args"
	"$bin/$filter" -q -r "$tmp/rejects" "$@" <"$input" >"$tmp/out" \
	    2>"$tmp/err"
	status=$?
	same out "$tmp/out" || ok=1
	same err "$tmp/err" || ok=1
	if [ -e rejects ] || [ "${UPDATE:-}" ]; then
		same rejects "$tmp/rejects" || ok=1
	fi
	if [ "${UPDATE:-}" ]; then
		rm -f status
		[ "$status" = 0 ] || echo "$status" >status
	fi
	[ -e status ] && want=$(cat status)
	[ "$status" = "$want" ] || {
		echo "# exit status $status, expected $want"
		ok=1
	}
	return $ok
}

n=0
for case in ${CASES:-*/*/}; do
	case=${case%/}
	n=$((n + 1))
	if (cd "$case" && run_case "${case%%/*}") >"$tmp/why"; then
		echo "ok $n - $case"
	else
		echo "not ok $n - $case"
		cat "$tmp/why"
	fi
done
echo "1..$n"
