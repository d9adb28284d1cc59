#!/bin/bash
# paperlists.sh - sources.tsv of a folder of lists VENUE/VENUEYEAR.json
#
# usage: paperlists.sh folder > sources.tsv
#
# A list is a source of its own: its identifiers count anew each year.
set -euo pipefail
export LC_ALL=C

if [ $# != 1 ] || [ ! -d "$1" ]; then
	echo "usage: paperlists.sh folder > sources.tsv" >&2
	exit 64
fi
folder=$(cd "$1" && pwd)
printf 'source\tformat\tmap\tvenue\tyear\turl\n'
find "$folder" -name '*.json' | sort | while IFS= read -r file; do
	name=${file##*/}
	name=${name%.json}
	venue=${name%[0-9][0-9][0-9][0-9]}
	printf '%s\tjson\tpaperlists\t%s\t%s\t%s\n' "$name" "$venue" \
	    "${name#"$venue"}" "$file"
done
