/* filter_output - the records that a filter writes */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/filter_parts.h"
#include "lib/json.h"
#include "lib/message.h"
#include "lib/schema.h"

static struct buf	output;

void
filter_flush(void)
{
	const char *p = output.p;
	size_t n = output.len;
	ssize_t w;

	while (n > 0) {
		w = write(STDOUT_FILENO, p, n);
		if (w == -1) {
			if (errno == EINTR)
				continue;
			message("stdout", 0, NULL, strerror(errno));
			exit(EX_IOERR);
		}
		p += w;
		n -= (size_t)w;
	}
	buf_reset(&output);
}

void
filter_write(const void *p, size_t n)
{
	buf_add(&output, p, n);
	if (output.len >= FILTER_OUTPUT)
		filter_flush();
}

/* A paper's order stands in the schema of what parse writes. */
static const struct schema *
order_of(const struct json *v)
{
	static const struct schema *paper;
	const char *kind = json_get_str(v, "kind");

	if (strcmp(kind, "paper") != 0)
		return schema_load(kind);
	if (paper == NULL)
		paper = schema_load("parsed");
	return paper;
}

static void
put(const struct json *v)
{
	schema_write(&output, order_of(v), v);
	filter_write("\n", 1);
}

static void
put_text(const char *s, size_t n)
{
	buf_add(&output, s, n);
	filter_write("\n", 1);
}

void
filter_emit(const struct json *v)
{
	filter_count.out++;
	put(v);
}

bool
filter_is_verbatim(const struct record *r)
{
	return r->json->compact && schema_is_ordered(order_of(r->json),
	    r->json);
}

void
filter_emit_text(const char *s, size_t n)
{
	filter_count.out++;
	put_text(s, n);
}

void
filter_make(const struct json *v)
{
	filter_count.made++;
	put(v);
}

void
filter_make_text(const char *s, size_t n)
{
	filter_count.made++;
	put_text(s, n);
}
