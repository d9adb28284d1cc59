#!/bin/bash
# shell.t - shellcheck on every shell script of the project, as TAP
set -u
cd "$(dirname "$0")/.." || exit 1
n=0
for f in $(git ls-files --cached --others --exclude-standard 2>/dev/null ||
    find . -type f -not -path './build/*' -not -path './out/*'); do
	[ -f "$f" ] || continue
	case $f in
	*.sh | *.bats) ;;
	*) head -n 1 "$f" | grep -aqE '^#!.*[/ ](ba)?sh$' || continue ;;
	esac
	n=$((n + 1))
	if why=$(shellcheck -x "$f" 2>&1); then
		echo "ok $n - $f"
	else
		echo "not ok $n - $f"
		printf '%s\n' "$why" | sed 's/^/# /'
	fi
done
echo "1..$n"
