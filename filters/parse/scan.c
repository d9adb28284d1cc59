/* scan - how long the values of JSON text are, without a look at what they say */
#include <string.h>

#include "lib/input.h"
#include "parse/scan.h"

#define PATHS	8	/* of a format */

/* The byte i behind the head, -1 at the end. */
static int
byte_at(struct input *in, size_t i)
{
	return in->tail - in->head > i || input_fill(in, i + 1) > i ?
	    (unsigned char)input_head(in)[i] : -1;
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

/* What ends a value that is no string, object or list. */
static bool
ends_word(int c)
{
	return c == ',' || c == ']' || c == '}' || c == '\n' || c == -1;
}

/* A path such as "message.items", or "message{}" for an object. */
struct way {
	const char	*step;		/* what is to be found next */
	size_t		 len;
	size_t		 depth;		/* at which it can be, 0: nowhere */
};

static void
set_step(struct way *w, const char *step, size_t depth)
{
	w->step = step;
	w->len = strcspn(step, ".{");
	w->depth = depth;
}

/* The name of a member that a value may follow. */
struct key {
	size_t	 from;
	size_t	 end;		/* behind its quote; 0: there is none */
};

/* Whether there is just a colon between the key and the value at i. */
static bool
is_key_of(const struct input *in, const struct key *k, size_t i)
{
	const char *s = input_head(in), *p = s + k->end, *end = s + i;
	size_t colons = 0;

	if (k->end == 0)
		return false;
	for (; p < end && (*p == ':' || strchr(" \t\r\n", *p) != NULL); p++)
		colons += *p == ':';
	return p == end && colons == 1;
}

/* The steps from the key at this depth into what c opens. */
static enum scan_found
step_in(const struct input *in, const struct key *k, struct way *ways,
    size_t nways, size_t depth, int c)
{
	const char *name = input_head(in) + k->from;
	enum scan_found found = SCAN_OBJECT;
	const char *rest;
	struct way *w;

	for (w = ways; w < ways + nways; w++) {
		if (w->depth != depth || k->end - k->from - 1 != w->len ||
		    memcmp(name, w->step, w->len) != 0)
			continue;
		rest = w->step + w->len;
		if (c == '[' && *rest == '\0')
			return SCAN_LIST;
		if (c == '{' && *rest == '{')
			found = SCAN_MEMBER;
		if (c == '{' && *rest == '.')
			set_step(w, rest + 1, depth + 1);
	}
	return found;
}

/* The object or list at the head, with the ways to look for. */
static enum scan_found
scan(struct input *in, struct way *ways, size_t nways, size_t max, size_t *n,
    size_t *depth)
{
	size_t i = 0, open = 0, member = 0, w;
	enum scan_found found;
	struct key key = { 0 };
	int c;

	while (i <= max && byte_at(in, i) != -1) {
		i = next_mark(in, i);
		if (i > max || (c = byte_at(in, i)) == -1)
			break;
		if (!is_mark[c])
			continue;
		if (c == '"') {
			key.from = i + 1;
			if ((i = string_end(in, i, max)) == 0)
				break;
			key.end = i;
			continue;
		}
		if ((c == '{' || c == '[') && nways > 0 &&
		    is_key_of(in, &key, i)) {
			found = step_in(in, &key, ways, nways, open, c);
			if (found == SCAN_LIST) {
				*n = i + 1;
				*depth = open;
				return found;
			}
			if (found == SCAN_MEMBER && member == 0) {
				member = i;
				*depth = open;
			}
		}
		key.end = 0;
		i++;
		if (c == '{' || c == '[') {
			open++;
			continue;
		}
		open--;
		if (member > 0 && open == *depth) {
			*n = member;
			return SCAN_MEMBER;
		}
		for (w = 0; w < nways; w++)
			if (ways[w].depth > open)
				ways[w].depth = 0;
		if (open == 0) {
			*n = i;
			return SCAN_OBJECT;
		}
	}
	return SCAN_NO_END;
}

size_t
scan_value(struct input *in, size_t max)
{
	size_t i = 0, depth;
	int c = byte_at(in, 0);

	if (c == '"')
		return string_end(in, 0, max);
	if (c == '{' || c == '[')
		return scan(in, NULL, 0, max, &i, &depth) == SCAN_NO_END ? 0 :
		    i;
	while (i <= max && !ends_word(byte_at(in, i)))
		i++;
	return i > max ? 0 : i > 0 ? i : 1;
}

size_t
scan_line(struct input *in, size_t max)
{
	size_t i = 0, have;
	const char *p;

	while (i <= max && byte_at(in, i) != -1) {
		have = in->tail - in->head;
		p = memchr(input_head(in) + i, '\n', have - i);
		i = p != NULL ? (size_t)(p - input_head(in)) : have;
		if (p != NULL)
			break;
	}
	return i > max ? 0 : i;
}

enum scan_found
scan_paths(struct input *in, const char *const *paths, size_t max, size_t *n,
    size_t *depth)
{
	struct way ways[PATHS];
	size_t i;

	for (i = 0; i < PATHS && paths[i] != NULL; i++)
		set_step(&ways[i], paths[i], 1);
	return scan(in, ways, i, max, n, depth);
}

struct skip {
	size_t	 depth;
	bool	 string;
	bool	 escape;	/* the byte is one of an escape in a string */
	bool	 word;		/* in a value that is neither */
};

/* Whether this byte is the last one. */
static bool
is_last(struct skip *k, int c)
{
	if (k->escape)
		k->escape = false;
	else if (k->string && c == '\\')
		k->escape = true;
	else if (c == '"')
		k->string = !k->string;
	else if (k->string)
		return false;
	else if (c == '{' || c == '[')
		k->depth++;
	else if (c == '}' || c == ']')
		k->depth -= k->depth > 0;
	else
		k->word = k->depth == 0;
	return k->depth == 0 && !k->string && !k->word;
}

size_t
scan_skip(struct input *in, size_t depth)
{
	struct skip k = { .depth = depth };
	bool done = false;
	const char *s;
	size_t have, i;

	while (!done && (have = input_fill(in, 1)) > 0) {
		s = input_head(in);
		for (i = 0; i < have && !done; i++) {
			if (k.word && ends_word((unsigned char)s[i])) {
				done = true;
				break;
			}
			done = is_last(&k, (unsigned char)s[i]);
		}
		input_skip(in, i);
	}
	return k.depth;
}
