/* elements - the records of a JSON document, cut one by one from a stream */
#include "lib/input.h"
#include "parse/elements.h"
#include "parse/scan.h"

#define SHOWN	4096		/* bytes of a value that is not whole */

static bool
is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte at the head, -1 at the end. */
static int
head(struct input *in)
{
	return input_fill(in, 1) > 0 ? (unsigned char)*input_head(in) : -1;
}

/* What is found between values. */
enum found { FOUND_VALUE, FOUND_END, FOUND_BREAK, FOUND_NOTHING };

/* Consumes nothing: the next time it goes on here. */
static enum found
tell(struct elements *e, const char *why)
{
	if (e->told)
		return FOUND_NOTHING;
	e->told = true;
	e->why = why;
	return FOUND_BREAK;
}

static void
enter_list(struct elements *e, enum elements_state state)
{
	e->state = state;
	e->place = ELEMENTS_FIRST;
	e->told = false;
}

static enum found
in_list(struct elements *e, int c)
{
	enum found broken = FOUND_NOTHING;

	if (c == ',') {
		if (e->place != ELEMENTS_BEHIND_VALUE)
			broken = tell(e, "a comma where a value should be");
		if (broken == FOUND_NOTHING) {
			e->place = ELEMENTS_BEHIND_COMMA;
			input_skip(e->in, 1);
		}
		return broken;
	}
	if (c == ']') {
		if (e->place == ELEMENTS_BEHIND_COMMA)
			broken = tell(e, "a comma at the end of the list");
		if (broken == FOUND_NOTHING) {
			input_skip(e->in, 1);
			e->closed = e->state == ELEMENTS_ARRAY;
			e->state = e->closed ? ELEMENTS_TOP : ELEMENTS_REST;
			e->told = false;
		}
		return broken;
	}
	if (e->place == ELEMENTS_BEHIND_VALUE)
		broken = tell(e, "no comma between two values");
	return broken == FOUND_NOTHING ? FOUND_VALUE : broken;
}

/* Go into what is at one of the paths of the object at the head, if it is. */
static enum found
at_top(struct elements *e, int c, size_t max)
{
	size_t n;

	if (c == ',') {
		if (tell(e, "a comma between values that are in no list") ==
		    FOUND_BREAK)
			return FOUND_BREAK;
		input_skip(e->in, 1);
		return FOUND_NOTHING;
	}
	if (c == '[') {
		input_skip(e->in, 1);
		enter_list(e, ELEMENTS_ARRAY);
		return FOUND_NOTHING;
	}
	if (c != '{')
		return FOUND_VALUE;
	switch (scan_paths(e->in, e->paths, max, &n, &e->depth)) {
	case SCAN_LIST:
		input_skip(e->in, n);
		enter_list(e, ELEMENTS_MEMBER);
		return FOUND_NOTHING;
	case SCAN_MEMBER:
		input_skip(e->in, n);
		/* behind it is the rest of the objects around */
		e->state = ELEMENTS_REST;
		return FOUND_VALUE;
	case SCAN_OBJECT:
		e->bytes = n;
		return FOUND_VALUE;
	default:
		return FOUND_VALUE;
	}
}

/* Go to the next value. */
static enum found
find_value(struct elements *e, size_t max)
{
	enum found found = FOUND_NOTHING;
	int c;

	while (found == FOUND_NOTHING) {
		c = head(e->in);
		if (e->closed && !e->joined && c != -1 && !is_space(c) &&
		    tell(e, "no white space behind a list") == FOUND_BREAK)
			return FOUND_BREAK;
		e->closed = false;
		for (; is_space(c); c = head(e->in))
			input_skip(e->in, 1);
		if (c == -1)
			return FOUND_END;
		switch (e->state) {
		case ELEMENTS_LINES:
			return FOUND_VALUE;
		case ELEMENTS_REST:
			e->depth = scan_skip(e->in, e->depth);
			if (e->depth == 0)
				e->state = ELEMENTS_TOP;
			break;
		case ELEMENTS_ARRAY:
		case ELEMENTS_MEMBER:
			found = in_list(e, c);
			break;
		case ELEMENTS_TOP:
			found = at_top(e, c, max);
		}
	}
	return found;
}

/* Behind the last value: a list that does not end may have lost some. */
static enum elements_result
at_end(struct elements *e)
{
	bool open = e->state == ELEMENTS_ARRAY || e->state == ELEMENTS_MEMBER ||
	    e->state == ELEMENTS_REST;

	e->why = e->state == ELEMENTS_REST ?
	    "the document ends behind the list, in the object around it" :
	    "the document ends inside the list";
	e->state = ELEMENTS_TOP;
	return open && e->in->error == NULL ? ELEMENTS_CUT : ELEMENTS_END;
}

/* A value without an end within the limit. */
static enum elements_result
no_end(struct elements *e, size_t max, const char **text, size_t *len)
{
	size_t have, n;

	if (e->state == ELEMENTS_TOP) {
		/* perhaps one bad line of many: from here on line by line */
		e->state = ELEMENTS_LINES;
		n = scan_line(e->in, max);
		*text = input_head(e->in);
		if (n > 0 && input_fill(e->in, n + 1) > n) {
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
	e->why = "the document ends inside a value";
	e->state = ELEMENTS_TOP;
	return ELEMENTS_CUT;
}

enum elements_result
elements_next(struct elements *e, size_t max, const char **text, size_t *len,
    uint64_t *offset, uint64_t *line)
{
	enum found found;

	switch (e->pending) {
	case PENDING_BYTES:
		input_skip(e->in, e->bytes);
		break;
	case PENDING_LINE:
		input_skip_line(e->in, 0);
		break;
	case PENDING_VALUE:
		scan_skip(e->in, 0);
		break;
	}
	e->pending = PENDING_BYTES;
	e->bytes = 0;
	found = find_value(e, max);
	*offset = e->in->offset;
	*line = e->in->line;
	*text = "";
	*len = 0;
	if (found == FOUND_BREAK)
		return ELEMENTS_BROKEN;
	if (found == FOUND_END)
		return at_end(e);
	e->place = ELEMENTS_BEHIND_VALUE;
	if (e->bytes == 0)
		e->bytes = e->state == ELEMENTS_LINES ?
		    scan_line(e->in, max) : scan_value(e->in, max);
	if (e->bytes == 0)
		return no_end(e, max, text, len);
	*text = input_head(e->in);
	*len = e->bytes;
	return ELEMENTS_VALUE;
}
