/* track - the part of a conference that a paper was in */
#include <string.h>

#include "lib/buf.h"
#include "lib/table.h"
#include "normalize/venue_parts.h"

#define LONGEST	8	/* words of a track in tracks.tsv, at most */

/* The track of the words from one to another; "" is one of no name. */
static const char *
look_up(const struct words *v, size_t from, size_t to)
{
	static struct dict *tracks;
	static struct buf key;

	if (tracks == NULL)
		tracks = dict_load("vocab/tracks.tsv");
	words_join(v, from, to, &key);
	return key.len == 0 ? NULL : dict_get(tracks, key.p, key.len);
}

/* The longest words of a track: where they begin, how many; 0: none. */
static size_t
longest(const struct words *v, size_t *from, const char **track)
{
	size_t n;

	for (n = v->n < LONGEST ? v->n : LONGEST; n > 0; n--)
		for (*from = 0; *from + n <= v->n; ++*from)
			if ((*track = look_up(v, *from, *from + n)) != NULL)
				return n;
	return 0;
}

static void
take_out(struct words *v, size_t from, size_t n)
{
	memmove(v->w + from, v->w + from + n,
	    (v->n - from - n) * sizeof(v->w[0]));
	v->n -= n;
}

const char *
track_find(const struct words *v)
{
	struct words u = *v;
	const char *track, *found = NULL;
	size_t from, n;

	while ((n = longest(&u, &from, &track)) > 0) {
		if (*track != '\0' && (found == NULL ||
		    strcmp(found, "main") == 0))
			found = track;
		take_out(&u, from, n);
	}
	return found;
}

void
track_take_out(struct words *v)
{
	const char *track;
	size_t from, n;

	while ((n = longest(v, &from, &track)) > 0)
		take_out(v, from, n);
}

const char *
track_cut(struct words *v)
{
	const char *track;
	size_t n;

	for (n = v->n > LONGEST ? LONGEST : v->n - 1; v->n > 1 && n > 0; n--) {
		if ((track = look_up(v, v->n - n, v->n)) != NULL) {
			v->n -= n;
			return track;
		}
		/* "main" and the like in front say something else */
		if (n > 1 && (track = look_up(v, 0, n)) != NULL) {
			words_drop_front(v, n);
			return track;
		}
	}
	return NULL;
}
