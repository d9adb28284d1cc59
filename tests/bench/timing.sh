# timing.sh - how the benches measure; to be sourced
# shellcheck shell=bash

# timed FILE COMMAND ...: a line more in the file: seconds, kilobytes at most,
# seconds of the user and of the system
timed()
{
	local to=$1
	shift
	/usr/bin/time -f '%e %M %U %S' -a -o "$to" "$@"
}

# The line of a file with the median of the seconds.
median()
{
	sort -n "$1" | awk '{ v[NR] = $0 } END { print v[int((NR + 1) / 2)] }'
}

# The median of a column of what timed wrote.
median_of()
{
	cut -d ' ' -f "$1" "$2" | sort -n |
	    awk '{ v[NR] = $0 } END { print v[int((NR + 1) / 2)] }'
}
