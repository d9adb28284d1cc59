/*
 * fuzz - a format of parse under libFuzzer: FORMAT=name build/fuzz/parse ...
 *
 * Whatever a document holds, each entry is out or rejected and nothing else
 * happens.  The libFuzzer option -close_fd_mask=3 keeps the papers quiet.
 */
#include <sys/mman.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/filter_parts.h"
#include "lib/input.h"
#include "parse/format.h"
#include "parse/map.h"

static const struct filter filter = {
	.name = "parse",
	.synopsis = "fuzz",
	.options = "",
};
static const struct format *format;
static const char *map;

int	LLVMFuzzerInitialize(int *, char ***);
int	LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char *options[] = { "parse", "-q", "-r", "/dev/null", "-E",
	    "100%", "--max-record", "64K", NULL };
	const char *name = getenv("FORMAT");

	(void)argc, (void)argv;
	if (name == NULL || (format = format_find(name)) == NULL)
		errx(EX_USAGE, "FORMAT: no such format; parse -l lists them");
	map = getenv("MAP");
	while (filter_getopt(&filter, 8, options) != -1)
		;
	return 0;
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct document doc = { .source = "fuzz", .name = "fuzz",
	    .file = "fuzz" };
	static int fd = -1;
	char path[64];
	struct input in;

	if (fd == -1 && (fd = memfd_create("fuzz", 0)) == -1)
		err(EX_OSERR, "memfd_create");
	if (ftruncate(fd, 0) == -1 ||
	    pwrite(fd, data, n, 0) != (ssize_t)n)
		err(EX_IOERR, "memfd");
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	if (!input_open(&in, path))
		err(EX_OSERR, "%s", path);
	if (map != NULL)
		doc.map = map_find(map);
	input_skip_bom(&in);
	filter_track(&in);
	format->parse(&doc, &in);
	filter_input_done(&in);
	if (filter_count.in != filter_count.out + filter_count.rejected)
		abort();
	return 0;
}
