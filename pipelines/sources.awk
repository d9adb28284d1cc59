# sources.awk - make's view of sources.tsv: the sources, and what they read
#
# Variables: folder (of the table, with a slash), out (of the pipeline).  The
# files that fetch reads go to out/files.list.
BEGIN {
	FS = "\t"
	list = out "/files.list"
	printf "" > list
}
{ sub(/\r$/, "") }
NR == 1 { sub(/^\xef\xbb\xbf/, "") }
/^(#|$)/ { next }
!header {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	header = 1
	next
}
{
	source = "source" in column ? $column["source"] : ""
	path = "url" in column ? $column["url"] : ""
	map = "map" in column ? $column["map"] : ""
	named = source ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/
	if (named && !seen[source]++)
		sources = sources " " source
	# a map that is a file, where make can name it
	if (named && map ~ /[\/.]/) {
		if (map !~ /^\//)
			map = folder map
		if (map ~ /^[A-Za-z0-9._\/+@~-]+$/ && !(map in maps))
			print map ":"
		maps[map]
		if (map ~ /^[A-Za-z0-9._\/+@~-]+$/)
			print out "/parsed/" source ".ndjson: " map
	}
	if (sub(/^file:\/\/(localhost)?/, "", path) || sub(/^file:/, "", path))
		;
	else if (path ~ /:\/\//)
		next
	if (path !~ /^\//)
		path = folder path
	print path > list
}
END { print "SOURCES :=" sources }
