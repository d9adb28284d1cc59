# sources.awk - make's view of sources.tsv: the sources, and what they read
#
# Variables: folder (of the table, with a slash), out (of the pipeline).  The
# table and the files that fetch reads go to out/files.list.tmp, the maps that
# are files to out/maps.list.tmp.
BEGIN {
	FS = "\t"
	files = out "/files.list.tmp"
	maps = out "/maps.list.tmp"
	print folder "sources.tsv" > files
	printf "" > maps
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
	if (named && map ~ /[\/.]/) {
		if (map !~ /^\//)
			map = folder map
		print map > maps
		print out "/parsed/" source ".ndjson: " out "/maps.stat"
	}
	if (sub(/^file:\/\/(localhost)?/, "", path) || sub(/^file:/, "", path))
		;
	else if (path ~ /:\/\//)
		next
	if (path !~ /^\//)
		path = folder path
	print path > files
}
END { print "SOURCES :=" sources }
