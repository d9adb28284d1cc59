#!/bin/bash
# hold.sh - run a command while no other run of the pipeline is at work
#
#   hold.sh DIR COMMAND ...
#
# The lock is that of flock(2) on DIR/lock.  All processes of the run hold it, so
# that it is free when the last one of a run that was killed has ended.
set -euo pipefail

# what make or a shell would read as something else, in a name or a path
signs=$' \t\n"$\'()*?[]\\&;|<>:%{}!`'
for word in "$@" "${PIPELINES-}"; do
	if [[ $word == *["$signs"]* ]]; then
		echo "${1##*/}: names and paths of pipelines cannot have" \
		    "spaces or signs such as these: $word" >&2
		exit 64
	fi
done
dir=$1
shift
mkdir -p "$dir" && exec 9>>"$dir/lock" || exit 73
if ! flock -w "${LOCK_WAIT:-10}" 9; then
	echo "${dir##*/}: another run is at work, it holds $dir/lock" >&2
	exit 75
fi
exec "$@"
