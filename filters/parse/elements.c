/* elements - the records of a JSON document, cut one by one from a stream */
#include <stdbool.h>
#include <string.h>

#include "lib/input.h"
#include "parse/elements.h"

#define SHOWN	4096		/* bytes of a value that is not whole */

static bool
is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte i behind the head, -1 at the end. */
static int
byte_at(struct input *in, size_t i)
{
	return in->tail - in->head > i || input_fill(in, i + 1) > i ?
	    (unsigned char)input_head(in)[i] : -1;
}

/* Skip white space, and commas between elements; returns what comes. */
static int
skip_between(struct input *in, bool commas)
{
	int c;

	while ((c = byte_at(in, 0)) != -1 &&
	    (is_space(c) || (commas && c == ',')))
		input_skip(in, 1);
	return c;
}

/* Whether the byte of a string at p, behind its quote at from, is escaped. */
static bool
is_escaped(const char *from, const char *p)
{
	const char *q = p;

	while (q > from + 1 && q[-1] == '\\')
		q--;
	return (p - q) % 2 == 1;
}

/* The place behind the string that begins at i, or 0 where it has no end. */
static size_t
string_end(struct input *in, size_t i, size_t max)
{
	size_t from = i, have;
	const char *s, *q;

	for (i++; i <= max && byte_at(in, i) != -1; ) {
		s = input_head(in);
		have = in->tail - in->head;
		q = memchr(s + i, '"', have - i);
		if (q == NULL) {
			i = have;
			continue;
		}
		i = (size_t)(q - s) + 1;
		if (!is_escaped(s + from, q))
			return i - 1 <= max ? i : 0;
	}
	return 0;
}

/* Whether a byte outside of strings changes the depth or begins a string. */
static const bool is_mark[256] = { ['"'] = true, ['{'] = true, ['['] = true,
    ['}'] = true, [']'] = true };

/* The next such byte from i on that is in the window, or its end. */
static size_t
next_mark(const struct input *in, size_t i)
{
	const char *s = input_head(in);
	size_t have = in->tail - in->head;

	while (i < have && !is_mark[(unsigned char)s[i]])
		i++;
	return i;
}

/*
 * The length of the value at the head, 0 where it has no end.  Brackets are
 * only counted, not matched: what is wrong inside is the parser's to find.
 */
static size_t
value_end(struct input *in, size_t max)
{
	size_t i = 0, depth = 0;
	int c = byte_at(in, 0);

	if (c != '{' && c != '[' && c != '"') {
		while (i <= max && (c = byte_at(in, i)) != -1 && c != ',' &&
		    c != ']' && c != '}' && c != '\n')
			i++;
		return i > max ? 0 : i > 0 ? i : 1;
	}
	while (i <= max && byte_at(in, i) != -1) {
		i = next_mark(in, i);
		if (i > max || (c = byte_at(in, i)) == -1)
			break;
		if (!is_mark[c])
			continue;
		if (c == '"') {
			if ((i = string_end(in, i, max)) == 0)
				return 0;
		} else
			i++;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		if (depth == 0)
			return i;
	}
	return 0;
}

/* The length of the step at the head of a path such as "message.items". */
static size_t
step_length(const char *path)
{
	return strcspn(path, ".");
}

/*
 * For the object at the head: the place behind the bracket that opens the
 * array at path, that of the brace of an object there, or 0 where it has
 * neither.  *in_objects is in how many objects that is.
 */
static size_t
find_member(struct input *in, const char *path, size_t max, size_t *in_objects)
{
	size_t i = 0, depth = 0, steps = 0, from, n = step_length(path);
	bool is_step = false;
	int c;

	while (i <= max && (c = byte_at(in, i)) != -1) {
		if (c == '"') {
			from = i + 1;
			if ((i = string_end(in, i, max)) == 0)
				return 0;
			is_step = depth == steps + 1 && i - from - 1 == n &&
			    memcmp(input_head(in) + from, path, n) == 0;
			continue;
		}
		i++;
		if ((c == '[' || c == '{') && is_step && path[n] == '\0') {
			*in_objects = depth;
			return c == '[' ? i : i - 1;
		}
		if (c == '{' && is_step && path[n] == '.') {
			path += n + 1;
			n = step_length(path);
			steps++;
		}
		if (!is_space(c) && c != ':')
			is_step = false;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		/* out of an object on the path: it had no such member */
		if (depth <= steps && c != '{')
			return 0;
	}
	return 0;
}

/* Go to what is at one of the paths of the object at the head, if it is. */
static bool
enter(struct elements *e, size_t max)
{
	const char *const *path;
	size_t n;

	for (path = e->paths; *path != NULL; path++)
		if ((n = find_member(e->in, *path, max, &e->depth)) > 0) {
			input_skip(e->in, n);
			/* behind an object is the rest of those around it */
			e->state = input_head(e->in)[-1] == '[' ?
			    ELEMENTS_MEMBER : ELEMENTS_REST;
			return true;
		}
	return false;
}

static size_t
line_end(struct input *in, size_t max)
{
	size_t i;
	int c;

	for (i = 0; i <= max && (c = byte_at(in, i)) != -1; i++)
		if (c == '\n')
			return i;
	return i > max ? 0 : i;
}

/* Skip objects whose opening braces were passed, strings and all. */
static void
skip_rest(struct input *in, size_t depth)
{
	size_t n;
	int c;

	while (depth > 0 && (c = byte_at(in, 0)) != -1) {
		n = c == '"' ? string_end(in, 0, SIZE_MAX / 2) : 1;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		input_skip(in, n > 0 ? n : input_fill(in, 1));
	}
}

/* Skip a value that has no end within the limit, in bounded memory. */
static void
skip_value(struct input *in)
{
	bool string = false;
	size_t depth = 0;
	int c;

	while ((c = byte_at(in, 0)) != -1) {
		if (string && c == '\\' && byte_at(in, 1) != -1)
			input_skip(in, 1);
		else if (c == '"')
			string = !string;
		else if (!string && (c == '{' || c == '['))
			depth++;
		else if (!string && (c == '}' || c == ']'))
			depth--;
		input_skip(in, 1);
		if (depth == 0 && !string)
			return;
	}
}

/* Where the next value begins, by the state; false at the end. */
static bool
find_value(struct elements *e, size_t max)
{
	int c;

	for (;;) {
		c = skip_between(e->in, e->state != ELEMENTS_LINES);
		if (c == -1)
			return false;
		switch (e->state) {
		case ELEMENTS_LINES:
			return true;
		case ELEMENTS_REST:
			skip_rest(e->in, e->depth);
			e->state = ELEMENTS_TOP;
			continue;
		case ELEMENTS_ARRAY:
		case ELEMENTS_MEMBER:
			if (c != ']')
				return true;
			input_skip(e->in, 1);
			e->state = e->state == ELEMENTS_ARRAY ? ELEMENTS_TOP :
			    ELEMENTS_REST;
			continue;
		case ELEMENTS_TOP:
			if (c == '[') {
				input_skip(e->in, 1);
				e->state = ELEMENTS_ARRAY;
			} else if (c != '{' || !enter(e, max) ||
			    e->state == ELEMENTS_REST)
				return true;
		}
	}
}

enum elements_result
elements_next(struct elements *e, size_t max, const char **text, size_t *len,
    uint64_t *offset, uint64_t *line)
{
	bool more, open;
	size_t have, n;

	switch (e->pending) {
	case PENDING_BYTES:
		input_skip(e->in, e->bytes);
		break;
	case PENDING_LINE:
		input_skip_line(e->in, 0);
		break;
	case PENDING_VALUE:
		skip_value(e->in);
		break;
	}
	e->pending = PENDING_BYTES;
	e->bytes = 0;
	more = find_value(e, max);
	*offset = e->in->offset;
	*line = e->in->line;
	if (!more) {
		/* a list that does not end may have lost some */
		open = (e->state == ELEMENTS_ARRAY ||
		    e->state == ELEMENTS_MEMBER) && e->in->error == NULL;
		e->state = ELEMENTS_TOP;
		*text = "";
		*len = 0;
		return open ? ELEMENTS_CUT : ELEMENTS_END;
	}
	n = e->state == ELEMENTS_LINES ? line_end(e->in, max) :
	    value_end(e->in, max);
	*text = input_head(e->in);
	*len = e->bytes = n;
	if (n > 0)
		return ELEMENTS_VALUE;

	if (e->state == ELEMENTS_TOP) {
		/* perhaps one bad line of many: from here on line by line */
		e->state = ELEMENTS_LINES;
		n = line_end(e->in, max);
		*text = input_head(e->in);
		if (n > 0 && byte_at(e->in, n) == '\n') {
			*len = e->bytes = n;
			return ELEMENTS_VALUE;
		}
	}
	have = e->in->tail - e->in->head;
	*len = input_fill(e->in, SHOWN);
	*text = input_head(e->in);
	*len = *len < SHOWN ? *len : SHOWN;
	e->pending = e->state == ELEMENTS_LINES ? PENDING_LINE : PENDING_VALUE;
	if (have > max)
		return ELEMENTS_TOO_LONG;
	e->state = ELEMENTS_TOP;
	return ELEMENTS_CUT;
}
