#!/bin/bash
# cron.t - Debian's cron runs the line of the README, as TAP
#
# In a mount namespace of its own, with this crontab only, no jobs of the
# system, and a sendmail that keeps what it is given.  Needs root and takes
# some minutes, for cron looks at its tables once in one.
set -euo pipefail
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL MFLAGS
cd "$(dirname "$0")/.."

if [ "${1-}" != inside ]; then
	if [ "$(id -u)" != 0 ] || ! unshare -m true 2>/dev/null; then
		echo "1..0 # SKIP needs root and a mount namespace"
		exit
	fi
	exec unshare -m --propagation private "$0" inside
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/cron.XXXXXX")
cron=
finish()
{
	[ -z "$cron" ] || kill "$cron" 2>/dev/null || true
	rm -rf "$dir"
}
trap finish EXIT

# A machine with nothing but cron, as far as cron sees.
mkdir -p "$dir"/{none,spool/crontabs,home,p/mine}
mount --bind /usr/sbin /mnt
mount -t tmpfs tmpfs /usr/sbin
ln -s /mnt/* /usr/sbin/
printf '#!/bin/sh\ncat >>%s/mail\n' "$dir" >"$dir/sendmail"
chmod +x "$dir/sendmail"
ln -sf "$dir/sendmail" /usr/sbin/sendmail
mount -t tmpfs tmpfs /run
: >"$dir/crontab"
mount --bind "$dir/crontab" /etc/crontab
mount --bind "$dir/none" /etc/cron.d
mount --bind "$dir/spool" /var/spool/cron

# The README's line, every minute instead.
ln -s "$PWD" "$dir/home/arrow"
line=$(sed -n 's/^    17 3 \* \* \* /* * * * * /p' README.md)
{
	echo "HOME=$dir/home"
	echo "PIPELINES=$dir/p"
	echo "OUT=$dir/out"
	sed -n 's/^    \(MAILTO=.*\)/\1/p' README.md
	echo "$line"
} >"$dir/spool/crontabs/root"
chmod 600 "$dir/spool/crontabs/root"

printf 'source\tformat\turl\na\tcsv\ta.csv\nb\tcsv\tb.csv\n' >"$dir/p/mine/sources.tsv"
printf 'id,title,authors\n1,Tangent Prop,Yann LeCun\n' >"$dir/p/mine/a.csv"
printf 'id,title,authors\n1,On Sums,Ann Lee\n' >"$dir/p/mine/b.csv"
echo 'NIGHTLY := yes' >"$dir/p/mine/pipeline.mk"

number=0
failed=0
check()
{
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		failed=1
		sed 's/^/# /' "$dir"/cron.log "$dir"/out/mine/log/* "$dir/mail" \
		    2>/dev/null || true
	fi
}

# Wait until a night more than there were has ended.
wait_for_night()
{
	local had=$1 i
	for ((i = 0; i < 150; i++)); do
		[ "$(logs)" -gt "$had" ] && flock -n "$dir/out/mine/lock" true &&
		    return
		sleep 1
	done
	return 1
}

logs()
{
	find "$dir/out/mine/log" -type f 2>/dev/null | wc -l
}

no_mail()
{
	[ ! -s "$dir/mail" ]
}

cron -f -L 7 >"$dir/cron.log" 2>&1 &
cron=$!
check "there is one line in the README" test "$(grep -c . <<<"$line")" = 1
check "cron runs it" wait_for_night 0
check "the site is public" test -s "$dir/out/mine/site/index.html"
check "no mail" no_mail
printf 'id,title,authors\n' >"$dir/p/mine/b.csv"
had=$(logs)
check "a source is empty the night after" wait_for_night "$had"
sleep 2
check "the mail says so" grep -q \
    '^parse: source b has no records' "$dir/mail"
check "its subject is the command's" grep -q '^Subject: Cron <.*nightly --all' \
    "$dir/mail"
check "what is public stays" grep -q 'Ann Lee' \
    "$dir/out/mine/site/index.html"
echo "1..$number"
[ $failed = 0 ]
