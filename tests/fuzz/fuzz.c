/*
 * fuzz - the programs of this folder under libFuzzer, or with -DFILES over the
 * files that are named, as TAP
 */
#include <sys/mman.h>

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fuzz.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/input.h"

static const struct filter filter = {
	.name = "parse",
	.synopsis = "fuzz",
	.options = "",
};

void
fuzz_open(struct input *in, const char *s, size_t n)
{
	static char path[64];
	static int fd = -1;

	if (fd == -1 && (fd = memfd_create("fuzz", MFD_CLOEXEC)) == -1)
		err(EX_OSERR, "memfd_create");
	if (ftruncate(fd, 0) == -1 || pwrite(fd, s, n, 0) != (ssize_t)n)
		err(EX_IOERR, "memfd");
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	if (!input_open(in, path))
		err(EX_OSERR, "%s", path);
}

static void
begin(void)
{
	static char *options[] = { "parse", "-q", "-r", "/dev/null", "-E",
	    "100%", NULL };

	while (filter_getopt(&filter, 6, options) != -1)
		;
	fuzz_begin();
}

#ifdef FILES

static bool differs, skipped;

void
fuzz_differs(void)
{
	differs = true;
}

void
fuzz_skips(void)
{
	skipped = true;
}

int
main(int argc, char *argv[])
{
	struct buf b = { 0 };
	struct input in;
	int i;

	begin();
	for (i = 1; i < argc; i++) {
		if (!input_open(&in, argv[i]))
			err(EX_NOINPUT, "%s", argv[i]);
		buf_reset(&b);
		input_all(&in, &b);
		input_close(&in);
		differs = skipped = false;
		fuzz_try(b.p != NULL ? b.p : "", b.len);
		printf("%s %d - %s%s\n", differs ? "not ok" : "ok", i, argv[i],
		    skipped ? " # SKIP nothing to hold it against" : "");
	}
	printf("1..%d\n", argc - 1);
	return 0;
}

#else

int	LLVMFuzzerInitialize(int *, char ***);
int	LLVMFuzzerTestOneInput(const unsigned char *, size_t);

void
fuzz_differs(void)
{
	abort();
}

void
fuzz_skips(void)
{
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	begin();
	return 0;
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	fuzz_try((const char *)data, n);
	return 0;
}

#endif
