/* corrections - what people say against what filters found, in a table */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/corrections.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/message.h"
#include "lib/text.h"
#include "lib/utf8.h"

#define MAX_FIELDS	(1 + CORRECTION_FIELDS + 1)	/* verb, comment */

static const struct {
	const char	*name, *filter;
	size_t		 fields;
} verbs[] = {
#define CORRECTION(name, verb, filter, fields)	{ verb, filter, fields },
#include "lib/corrections.def"
#undef CORRECTION
};

static size_t
find_verb(const char *name)
{
	size_t i;

	for (i = 0; i < CORRECTION_VERBS; i++)
		if (strcmp(verbs[i].name, name) == 0)
			break;
	return i;
}

/* The text without the white space around it. */
static char *
trim(char *s)
{
	const char *from = s;
	size_t n = strlen(s);

	text_trim(&from, &n);
	s += from - s;
	s[n] = '\0';
	return s;
}

/* Cut a line at its tabs; returns how many fields it has, at most one too many. */
static size_t
cut(char *line, char *field[MAX_FIELDS])
{
	size_t n = 0;
	char *tab;

	for (; line != NULL; line = tab) {
		if ((tab = strchr(line, '\t')) != NULL)
			*tab++ = '\0';
		if (n == MAX_FIELDS)
			return n + 1;
		field[n++] = trim(line);
	}
	return n;
}

/* Whether it is a line of that filter. */
static bool
read_line(struct correction *c, const char *file, const char *filter,
    char *line)
{
	char *field[MAX_FIELDS];
	unsigned long long at = c->line;
	size_t n, i, verb;

	if (!utf8_valid(line, strlen(line)))
		errx(EX_CONFIG, "%s:%llu: not UTF-8", file, at);
	n = cut(line, field);
	verb = find_verb(field[0]);
	if (verb == CORRECTION_VERBS)
		errx(EX_CONFIG, "%s:%llu: no such verb: %s", file, at,
		    field[0]);
	c->verb = (enum correction_verb)verb;
	for (i = 0; i < verbs[verb].fields; i++) {
		if (i + 1 >= n || *field[i + 1] == '\0')
			errx(EX_CONFIG, "%s:%llu: %s takes %zu, parted by "
			    "tabs", file, at, field[0], verbs[verb].fields);
		c->field[i] = field[i + 1];
	}
	if (n > 1 + verbs[verb].fields + 1)
		errx(EX_CONFIG, "%s:%llu: more than %zu behind %s and a "
		    "comment", file, at, verbs[verb].fields, field[0]);
	return strcmp(verbs[verb].filter, filter) == 0;
}

/* All of the file; it stays. */
static char *
read_file(const char *file, size_t *len)
{
	struct buf data = { 0 };
	struct input in;

	if (!input_open(&in, file))
		err(failure_status(errno, EX_NOINPUT), "%s", file);
	buf_reset(&data);
	input_all(&in, &data);
	if (in.error != NULL)
		errx(in.corrupt ? EX_CONFIG : EX_IOERR, "%s:%llu: %s", file,
		    (unsigned long long)in.line, in.error);
	input_close(&in);
	*len = data.len;
	return data.p;
}

/* Put an end to the line; returns where the next one begins, or NULL: a NUL. */
static char *
end_line(char *line, char *end)
{
	char *next = memchr(line, '\n', (size_t)(end - line));

	if (next == NULL)
		next = end;
	if (memchr(line, '\0', (size_t)(next - line)) != NULL)
		return NULL;
	*next = '\0';
	if (next > line && next[-1] == '\r')
		next[-1] = '\0';
	return next + 1;
}

void
corrections_read(struct corrections *all, const char *file,
    const char *filter)
{
	size_t len, cap = all->n, before = all->n;
	char *text = read_file(file, &len), *line = text, *next;
	char *end = text + len;
	char *as_written;
	struct correction c;
	uint64_t n = 0;

	all->file = file;
	if (strncmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	for (; line < end; line = next) {
		n++;
		if ((next = end_line(line, end)) == NULL)
			errx(EX_CONFIG, "%s:%llu: a NUL byte", file,
			    (unsigned long long)n);
		if (line[strspn(line, " \t")] == '\0' || *line == '#')
			continue;
		c = (struct correction){ .line = n,
		    .offset = (uint64_t)(line - text) };
		as_written = xstrdup(line);
		if (!read_line(&c, file, filter, line)) {
			free(as_written);
			continue;
		}
		c.text = as_written;
		grow(&all->v, &cap, all->n + 1, sizeof(*all->v));
		all->v[all->n++] = c;
	}
	if (all->n == before)	/* else they point into it */
		free(text);
}

void
corrections_report(const struct corrections *all, const struct correction *c,
    enum reject_code code, const char *fmt, ...)
{
	struct where w = { .file = all->file, .url = all->file,
	    .line = c->line, .offset = c->offset };
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	message(w.file, w.line, reject_name(code), b.p);
	filter_at(&w);
	filter_note(code, NULL, c->text, strlen(c->text), "%s", b.p);
	buf_free(&b);
}
