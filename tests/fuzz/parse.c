/*
 * parse - a format of parse under libFuzzer: FORMAT=name build/fuzz/fuzz-parse
 *
 * MAP, ENCODING and DELIMITER are those of the document, if they are set.
 * Whatever a document holds, each entry is out or rejected and nothing else
 * happens.  The option -close_fd_mask=3 of libFuzzer keeps the papers quiet.
 */
#include <err.h>
#include <stdlib.h>
#include <sysexits.h>

#include "fuzz.h"
#include "lib/delimited.h"
#include "lib/filter_parts.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/map.h"

static const struct format *format;
static const char *map, *encoding;
static struct dialect dialect;

void
fuzz_begin(void)
{
	const char *name = getenv("FORMAT");

	if (name == NULL || (format = format_find(name)) == NULL)
		errx(EX_USAGE, "FORMAT: no such format; parse -l lists them");
	map = getenv("MAP");
	encoding = getenv("ENCODING");
	name = getenv("DELIMITER");
	if (name != NULL && !dialect_parse(&dialect, name))
		errx(EX_USAGE, "DELIMITER: not one");
}

void
fuzz_try(const char *s, size_t n)
{
	struct document doc = { .source = "fuzz", .name = "fuzz",
	    .file = "fuzz" };
	struct input in;

	fuzz_open(&in, s, n);
	if (map != NULL)
		doc.map = map_find(map);
	doc.encoding = encoding;
	if (dialect.delim != '\0')
		doc.dialect = &dialect;
	input_skip_bom(&in);
	filter_track(&in);
	format->parse(&doc, &in);
	filter_input_done(&in);
	if (filter_count.in != filter_count.out + filter_count.rejected)
		fuzz_differs();
}
