#!/bin/sh
# embed.sh - write files as a C table of table.h: embed.sh TABLE DIR FILE ...
set -eu
table=$1
dir=$2
shift 2

echo '#include "lib/table.h"'
n=0
for f; do
	printf 'static const unsigned char data%d[] = {' "$n"
	od -An -v -tu1 "$dir/$f" | sed 's/[0-9]\{1,\}/&,/g'
	echo '0 };'
	n=$((n + 1))
done
echo "extern const struct table_file ${table}[];"
echo "const struct table_file ${table}[] = {"
n=0
for f; do
	printf '\t{ "%s", (const char *)data%d, sizeof(data%d) - 1 },\n' \
	    "$f" "$n" "$n"
	n=$((n + 1))
done
echo '	{ .name = 0 },'
echo '};'
