# sources.awk - make's view of sources.tsv: the sources, and the files of fetch
#
# Variables: folder (of the table, with a slash), out (of the pipeline).  A
# path that make cannot take as it is makes fetch run each time.
BEGIN { FS = "\t" }
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
	source = $column["source"]
	path = $column["url"]
	if (source ~ /^[A-Za-z0-9][A-Za-z0-9._-]*$/ && !seen[source]++)
		sources = sources " " source
	if (sub(/^file:\/\/(localhost)?/, "", path) || sub(/^file:/, "", path))
		;
	else if (path ~ /:\/\//)
		next
	if (path !~ /^\//)
		path = folder path
	if (path ~ /^[A-Za-z0-9._\/+@~-]+$/)
		files[path]
	else
		always = 1
}
END {
	print "SOURCES :=" sources
	for (path in files) {
		print out "/fetch.done: " path
		print path ":"
	}
	if (always)
		print ".PHONY: " out "/fetch.done"
}
