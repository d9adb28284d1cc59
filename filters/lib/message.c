/* message - what is said on standard error */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "lib/message.h"
#include "lib/utf8.h"

static const char	*name = "?";
static bool		 progress_shown;

void
message_name(const char *program)
{
	name = program;
}

static void
put_masked(const char *s)
{
	size_t n = strlen(s), len;
	const char *p;
	int32_t c;

	while (n > 0) {
		for (len = 1; len < 4 && len < n && (s[len] & 0xc0) == 0x80; )
			len++;
		p = s;
		if (!utf8_valid(s, len)) {
			fprintf(stderr, "\\x%02x", (unsigned char)*s);
			len = 1;
		} else if ((c = utf8_next(&p)) < 0x20 ||
		    (c >= 0x7f && c < 0xa0))
			fprintf(stderr, "\\x%02x", (unsigned)c);
		else
			fwrite(s, 1, len, stderr);
		s += len;
		n -= len;
	}
}

void
message(const char *file, uint64_t line, const char *code, const char *detail)
{
	message_clear_progress();
	fprintf(stderr, "%s: ", name);
	if (file != NULL) {
		put_masked(file);
		if (line > 0)
			fprintf(stderr, ":%" PRIu64, line);
		fputs(": ", stderr);
	}
	if (code != NULL)
		fprintf(stderr, "%s: ", code);
	put_masked(detail);
	fputc('\n', stderr);
}

void
message_progress(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "\r%s: ", name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("\033[K", stderr);
	progress_shown = true;
}

void
message_clear_progress(void)
{
	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
}
