#!/bin/bash
# paperlists.sh - sources.tsv of a folder of lists VENUE/VENUEYEAR.json
#
# usage: paperlists.sh folder > folder/sources.tsv
#
# The table is for that folder, so that no key depends on where it is.  A list
# is a source of its own: its identifiers count anew each year.
set -euo pipefail
export LC_ALL=C

if [ $# != 1 ] || [ ! -d "$1" ]; then
	echo "usage: paperlists.sh folder > folder/sources.tsv" >&2
	exit 64
fi
cd "$1"
printf 'source\tformat\tmap\tvenue\tyear\turl\n'
find . -name '*.json' | sed 's,^\./,,' | sort | while IFS= read -r file; do
	name=${file##*/}
	name=${name%.json}
	venue=${name%[0-9][0-9][0-9][0-9]}
	printf '%s\tjson\tpaperlists\t%s\t%s\t%s\n' "$name" "$venue" \
	    "${name#"$venue"}" "$file"
done
