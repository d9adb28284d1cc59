#!/usr/bin/env bats
# manuals - they are there, say what the programs say, and their examples run
#
# An example is a display in a manual whose first line begins with "$ ": so
# does every command in it, further lines of a command begin with "> ", and
# the other lines are what the command prints.
# shellcheck shell=bats

setup()
{
	export LC_ALL=C BIN=${BIN:-$BATS_TEST_DIRNAME/../../bin}
	BIN=$(cd "$BIN" && pwd)
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	top=$PWD
	filters=$(cd filters && printf '%s\n' *.c | sed 's/\.c$//')
	# what stands in bin/ and was not built
	scripts=$(grep -laE '^#!.*[/ ](ba)?sh$' bin/* | sed 's,.*/,,' || true)
	manuals=$(ls filters/*.[1-9] bin/*.[1-9])
}

# Text on standard input with each run of white space turned into one space.
collapse()
{
	tr '\n' ' ' | awk '{ $1 = $1 } 1'
}

synopsis()
{
	mandoc -T ascii "$1" | sed 's/.\x08//g' |
	    sed -n '/^SYNOPSIS/,/^DESCRIPTION/{/^[A-Z]/!p}' | collapse
}

# A program says what its manual does.
says_synopsis()
{
	local short long
	short=$("$1" -h)
	long=$("$1" --help)
	diff <(echo "usage: $(synopsis "$2")") <(collapse <<<"$short")
	[ "$short" = "$long" ]
}

# "level code: text" of each code, by the table and by the manual.
table_codes()
{
	tr -s '\t' ' ' <filters/lib/reject.def | sed -n \
	    's/^REJECT([A-Z0-9_]*, "\(.*\)", \(.*\), "\(.*\)")$/\2 \1: \3/p' |
	    sed 's/^drop /reject /'
}

manual_codes()
{
	awk '/^The codes of rejects/ { level = "reject" }
	    /^The codes of notes/ { level = "note" }
	    /^\./ { if (item) print item; item = "" }
	    /^\.It Sy/ && level { item = level " " $3 ":"; next }
	    /^\.El/ { level = "" }
	    item { item = item " " $0 }' filters/arrow.7
}

# The examples of a manual, one a file DIR/N.
examples()
{
	awk -v dir="$2" '/^\.Ed/ { file = "" }
	    first && /^\$ / { file = dir "/" ++n }
	    { first = 0 }
	    /^\.Bd -literal/ { first = 1 }
	    file { sub(/^\\&/, ""); gsub(/\\e/, "\\"); print >file }' "$1"
}

# The same commands with what they print.
transcript()
{
	local line command=
	while IFS= read -r line; do
		case $line in
		'$ '*)
			bash -c "$command" </dev/null 2>&1 || true
			command=${line#??}
			;;
		'> '*)
			command+=$'\n'${line#??}
			;;
		*)
			continue
			;;
		esac
		printf '%s\n' "$line"
	done <"$1"
	bash -c "$command" </dev/null 2>&1 || true
}

@test "every filter has a manual and a golden case" {
	for f in $filters; do
		echo "$f"
		[ -e "filters/$f.1" ]
		ls tests/golden/"$f"/*/ >/dev/null
	done
	[ -e filters/arrow.7 ]
}

@test "every script of bin/ has a manual, and every manual there a script" {
	[ -n "$scripts" ]
	diff <(echo "$scripts") <(cd bin && printf '%s\n' *.1 | sed 's/\.1$//')
}

@test "the manuals are clean mdoc" {
	for f in $manuals; do
		mandoc -T lint -W warning "$f"
	done
}

@test "-h and --help print the synopsis of the manual" {
	for f in $filters; do
		says_synopsis "$BIN/$f" "filters/$f.1"
	done
	for f in $scripts; do
		says_synopsis "bin/$f" "bin/$f.1"
	done
}

@test "arrow.7 lists every code in the words of the table, and no other" {
	[ "$(table_codes | wc -l)" = "$(grep -c '^REJECT(' filters/lib/reject.def)" ]
	diff <(table_codes) <(manual_codes)
}

@test "parse.1 describes every format that parse lists, and no other" {
	diff <("$BIN/parse" -l | cut -f 1) \
	    <(sed -n 's/^\.Ss \([a-z0-9]*\)$/\1/p' filters/parse.1 | sort)
}

@test "parse.1 lists every map that is there, and no other" {
	diff <(cd schemas/maps && printf '%s\n' *.tsv | sed 's/\.tsv$//' |
	    sort) <(sed -n '/^These are there:/,/^\.El/s/^\.It Cm //p' \
	    filters/parse.1 | sort)
}

@test "the manuals have no backslash but in escapes that are known" {
	for f in $manuals; do
		run grep -nE '\\([^e&("-]|$)' "$f"
		echo "$f: $output"
		[ -z "$output" ]
	done
}

@test "the examples print what the manuals say; every filter has some" {
	for f in $manuals; do
		dir=$BATS_TEST_TMPDIR/${f##*/}
		mkdir "$dir" "$dir.d"
		examples "$f" "$dir"
		for e in "$dir"/*; do
			# a script may do what no example can
			[ -e "$e" ] || [[ $f == bin/* ]]
			[ -e "$e" ] || continue
			echo "$f, example ${e##*/}"
			rm -rf "$dir.d"
			mkdir "$dir.d"
			cp -R pipelines "$dir.d"
			(cd "$dir.d" && PATH=$BIN:$top/bin:$PATH transcript "$e") |
			    diff "$e" -
		done
	done
}
