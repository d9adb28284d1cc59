#!/bin/bash
# hold.sh - run a command while no other run of the pipeline is at work
#
#   hold.sh DIR COMMAND ...
#
# The lock is that of flock(2) on DIR/lock.  All processes of the run hold it, so
# that it is free when the last one of a run that was killed has ended.
set -euo pipefail

dir=$1
shift
mkdir -p "$dir" && exec 9>>"$dir/lock" || exit 73
if ! flock -w "${LOCK_WAIT:-10}" 9; then
	echo "${dir##*/}: another run is at work, it holds $dir/lock" >&2
	exit 75
fi
exec "$@"
