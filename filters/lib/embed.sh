#!/bin/sh
# embed.sh - write files as the C table of table.h: embed.sh DIR FILE ...
set -eu
dir=$1
shift

echo '#include "lib/table.h"'
n=0
for f; do
	printf 'static const unsigned char data%d[] = {' "$n"
	od -An -v -tu1 "$dir/$f" | sed 's/[0-9]\{1,\}/&,/g'
	echo '0 };'
	n=$((n + 1))
done
echo 'const struct table_file table_files[] = {'
n=0
for f; do
	printf '\t{ "%s", (const char *)data%d, sizeof(data%d) - 1 },\n' \
	    "$f" "$n" "$n"
	n=$((n + 1))
done
echo '	{ .name = 0 },'
echo '};'
