#!/bin/bash
# night.sh - one night of a pipeline, for bin/nightly, which holds its lock
#
#   night.sh settings NAME VARIABLE ...
#   night.sh run NAME
#
# From the environment: PIPELINES, OUT, JOBS.
set -euo pipefail
export LC_ALL=C

# What holds for a pipeline, by its pipeline.mk or without, a line each.
settings()
{
	local pipeline=$PIPELINES/$1
	shift
	make -s -r -f <(echo 'include pipelines/defaults.mk'
	    [ ! -e "$pipeline/pipeline.mk" ] ||
		echo "include $pipeline/pipeline.mk"
	    printf 'settings:\n'
	    printf '\t@echo '\''$(strip $(%s))'\''\n' "$@") settings
}

# Whether there is room for once more what the stages hold, and MIN_FREE.
has_room()
{
	local dir=$1 least=$2 free need
	need=$((least + $(find "$dir" -maxdepth 2 -name '*.ndjson' \
	    -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')))
	free=$(df --output=avail -B1 "$dir" | tail -n 1)
	[ "$free" -ge "$need" ] || {
		echo "$(numfmt --to=iec "$free") of disk space are free in" \
		    "$dir, $(numfmt --to=iec "$need") are needed"
		return 1
	}
}

# "STATUS STAGE [SOURCE]" of what stopped make, from its messages in the log.
cause()
{
	local log=$1 line target status
	# PUBLISH_CMD may run a make of its own
	line=$(grep -m 1 '^make: \*\*\* \[pipelines/rules\.mk:' "$log" ||
	    grep -m 1 -E '^make(\[[0-9]+\])?: \*\*\* ' "$log") || true
	if [[ $line =~ \[([^]]*:\ )?([^]:]*)\]\ Error\ ([0-9]+)$ ]]; then
		target=${BASH_REMATCH[2]}
		status=${BASH_REMATCH[3]}
	elif [[ $line =~ \[([^]]*:\ )?([^]:]*)\]\ [A-Z] ]]; then
		# a signal
		target=${BASH_REMATCH[2]}
		status=71
	else
		echo "78 make"
		return
	fi
	case $status in
	6[4-9] | 7[0-8]) ;;
	*)
		# a tool of the engine
		if grep -qE 'No space left|Read-only file system|Input/output error' \
		    "$log"; then
			status=74
		elif grep -q 'Permission denied' "$log"; then
			status=73
		elif [ "$status" -gt 128 ]; then
			status=71
		else
			status=70
		fi
		;;
	esac
	case ${target#"$OUT/$name/"} in
	fetched/*.ndjson | fetch.done) echo "$status fetch" ;;
	parsed/*.ndjson) echo "$status parse $(basename "$target" .ndjson)" ;;
	normalized/*.ndjson)
		echo "$status normalize $(basename "$target" .ndjson)"
		;;
	deduped.ndjson) echo "$status dedupe" ;;
	clustered.ndjson) echo "$status cluster" ;;
	site.done) echo "$status render" ;;
	pipeline) echo "$status publish" ;;
	*.done) echo "$status $(basename "$target" .done)" ;;
	*) echo "$status $target" ;;
	esac
}

# The sources that the stage's rejects name most; those of fetch are rows.
sources()
{
	local rejects=$OUT/$name/rejects/$1.ndjson
	[ -s "$rejects" ] || return 0
	if [ "$1" = fetch ]; then
		awk -F '\t' 'NR == FNR { bad[$1]; next } /^(#|$)/ { next }
		    !source { for (i = 1; i <= NF; i++) if ($i == "source")
			source = i; next }
		    FNR in bad { print $source }' \
		    <(jq .line "$rejects") "$PIPELINES/$name/sources.tsv"
	else
		jq -r 'select(.level == "reject") | .source // empty' "$rejects"
	fi | sort | uniq -c | sort -k1,1nr -k2 |
	    awk 'NR <= 3 { printf "%s%s", s, $2; s = ", " }
		END { if (NR > 3) printf " and %d more", NR - 3 }'
}

# What cron will mail: what, where, why, what is public, where to look.
complain()
{
	local status=$1 stage=$2 source=$3 log=$4 todo date
	case $status in
	75) todo="try again later" ;;
	70) todo="a defect of the programs" ;;
	71 | 73 | 74) todo="see to the machine" ;;
	*) todo="to be mended" ;;
	esac
	[ -n "$source" ] || [ ! "$OUT/$name/rejects/$stage.ndjson" -nt \
	    "$OUT/$name/started" ] || source=$(sources "$stage")
	{
		echo "nightly: $name: stopped in $stage${source:+ of $source}:" \
		    "exit $status, $todo"
		grep -E "^$stage: " "$log" | grep -vE ': [0-9]+ in, ' |
		    sed -n 1,24p | grep . ||
		    grep -vE '^make|: [0-9]+ in, ' "$log" | tail -n 8 |
		    grep . || sed -n '/ \*\*\* /p' "$log"
		if grep -q '^publish: site [0-9]* is public' "$log"; then
			echo "the new site is public"
		elif [ -e "$OUT/$name/site" ]; then
			date=$(jq -r .started "$OUT/$name/runs/$(basename \
			    "$(readlink "$OUT/$name/site")")/report.json" \
			    2>/dev/null) || date=
			echo "public is still the site${date:+ of $date}"
		else
			echo "no site is public"
		fi
		echo "log: $(realpath "$log")"
	} >&2
}

# Bodies that no kept site was made of, and transfers that nobody took up.
prune()
{
	local dir=$1 body
	[ -d "$dir/store" ] || return 0
	find "$dir/store/part" -type f -mtime +30 -delete 2>/dev/null || true
	find "$dir/store/body" -type f 2>/dev/null |
	    awk -F / 'NR == FNR { if (split($0, cell, "\t") > 2) kept[cell[3]]
		next } !($NF in kept)' \
		<(cat "$dir"/lock.tsv "$dir"/runs/*/lock.tsv 2>/dev/null) - |
	    while IFS= read -r body; do rm -f "$body"; done
}

# A log for this night; all but the newest go.
new_log()
{
	local dir=$1 keep=$2
	mkdir -p "$dir" &&
	    find "$dir" -type f | sort -r | tail -n "+$keep" |
	    xargs -r -d '\n' rm -f
	log=$dir/$(date +%Y-%m-%dT%H%M%S)
	: >"$log"
}

# Begin a log, and find time_limit and min_free; 78: they cannot be.
begin()
{
	local dir=$1 text set status=0
	text=$(settings "$name" KEEP TIME_LIMIT MIN_FREE 2>&1) || status=78
	mapfile -t set <<<"$text"
	# a KEEP that cannot be rules.mk refuses
	[[ ${set[0]} =~ ^[1-9][0-9]{0,6}$ ]] || set[0]=1000
	new_log "$dir/log" "${set[0]}" || exit 73
	if [ $status != 0 ]; then
		echo "$text" >>"$log" || true
		return $status
	fi
	time_limit=${set[1]}
	if ! { timeout "$time_limit" true &&
	    min_free=$(numfmt --from=auto -- "${set[2]}") &&
	    [[ $min_free != *[!0-9]* ]]; } 2>>"$log"; then
		echo "pipeline.mk: TIME_LIMIT or MIN_FREE cannot be" \
		    >>"$log" || true
		return 78
	fi
}

# Build the programs and the pipeline.
build()
{
	# nights of other pipelines build in the same place
	{ mkdir -p build && flock build/lock make -s all; } || return 2
	timeout -k 60 "$time_limit" make -s --no-print-directory \
	    -f pipelines/rules.mk NAME="$name" PIPELINES="$PIPELINES" \
	    OUT="$OUT" BIN=bin JOBS="$JOBS" REFRESH=yes pipeline
}

run()
{
	local dir=$OUT/$1 log='' time_limit='' min_free='' room status=0
	local stage=make source=''
	name=$1
	begin "$dir" || {
		status=$?
		complain $status pipeline.mk "" "$log"
		exit $status
	}
	room=$(has_room "$dir" "$min_free") || {
		# on a full disk it is only told
		echo "room: $room" 2>/dev/null >>"$log" ||
		    echo "room: $room" >&2
		complain 74 room "" "$log"
		exit 74
	}
	build >>"$log" 2>&1 || status=$?
	case $status in
	0)
		prune "$dir"
		return
		;;
	124 | 137)
		echo "time: killed, or not done within TIME_LIMIT =" \
		    "$time_limit" >>"$log" || true
		status=75 stage=time
		;;
	*) read -r status stage source < <(cause "$log") ;;
	esac
	[ "$stage" != publish ] || prune "$dir"
	complain "$status" "$stage" "$source" "$log"
	exit "$status"
}

"$@"
