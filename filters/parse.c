/* parse - read documents in foreign formats, write papers */
#include <err.h>
#include <libxml/xmlmemory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/delimited.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/source.h"
#include "parse/documents.h"
#include "parse/format.h"
#include "parse/map.h"

static const char *const kinds[] = { "document", NULL };

static const struct filter filter = {
	.name = "parse",
	.synopsis = "parse [options] [file ...]\n"
	    "       parse -f format [-d delimiter] [-e encoding] [-m map] "
	    "[-S source] [options] [file ...]\n"
	    "       parse -l",
	.options = "d:e:f:lm:S:",
	.kinds = kinds,
};

static void
list_formats(void)
{
	const struct format *f;

	for (f = format_all(); f->name != NULL; f++)
		printf("%s\t%s\n", f->name, f->text);
	if (fflush(stdout) != 0)
		err(EX_IOERR, "stdout");
}

/* The operands are documents; told has what the options tell of each. */
static void
parse_files(const struct format *format, const struct document *told,
    const char *map)
{
	struct input *in;

	while ((in = filter_input()) != NULL) {
		struct document doc = *told;
		const char *base = strrchr(in->path, '/');
		char *own = source_of_path(strcmp(in->path, "-") == 0 ?
		    format->name : in->path);

		if (doc.source == NULL)
			doc.source = own;
		doc.file = strcmp(in->path, "-") == 0 ? "stdin" : in->path;
		doc.name = base != NULL ? base + 1 : doc.file;
		if (map != NULL)
			doc.map = map_find(map);
		document_read(format, &doc, in);
		filter_input_done(in);
		free(own);
	}
}

int
main(int argc, char *argv[])
{
	struct document told = { 0 };
	struct dialect dialect;
	const char *map = NULL;
	const struct format *format = NULL;
	int ch;

	/* it would take what it has no memory for as an error of the data */
	xmlMemSetup(free, xmalloc, xrealloc, xstrdup);
	while ((ch = filter_getopt(&filter, argc, argv)) != -1)
		switch (ch) {
		case 'd':
			if (!dialect_parse(&dialect, optarg))
				filter_usage("-d: not a delimiter: %s", optarg);
			told.dialect = &dialect;
			break;
		case 'e':
			told.encoding = optarg;
			break;
		case 'f':
			if ((format = format_find(optarg)) == NULL)
				filter_usage("%s: no such format; parse -l "
				    "lists them", optarg);
			break;
		case 'l':
			list_formats();
			return 0;
		case 'm':
			map = optarg;
			break;
		case 'S':
			if (!source_is_name(told.source = optarg))
				filter_usage("-S: not the name of a source: %s",
				    optarg);
			break;
		}
	if (format == NULL && (told.source != NULL || map != NULL ||
	    told.encoding != NULL || told.dialect != NULL))
		filter_usage("-d, -e, -m and -S go with -f");
	if (format != NULL && told.dialect != NULL && !format_has_rows(format))
		filter_usage("-d: %s has no rows with delimiters",
		    format->name);
	if (format != NULL && map != NULL && !format_takes_map(format))
		filter_usage("-m: no map is used for %s", format->name);
	filter_operands(argv + optind);
	if (format != NULL)
		parse_files(format, &told, map);
	else
		documents_read();
	return filter_close();
}
