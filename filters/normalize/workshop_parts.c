/* workshop_parts - names of workshops as they are written, in parts */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/buf.h"
#include "normalize/venue_parts.h"
#include "normalize/workshop_parts.h"

void
tokens_split(struct tokens *k, const char *s)
{
	k->count = 0;
	while (*(s += strspn(s, " ")) != '\0' && k->count < TOKENS) {
		k->t[k->count] = s;
		k->n[k->count] = strcspn(s, " ");
		s += k->n[k->count++];
	}
}

void
tokens_drop(struct tokens *k, size_t from, size_t n)
{
	memmove(k->t + from, k->t + from + n,
	    (k->count - from - n) * sizeof(k->t[0]));
	memmove(k->n + from, k->n + from + n,
	    (k->count - from - n) * sizeof(k->n[0]));
	k->count -= n;
}

void
tokens_join(const struct tokens *k, struct buf *b)
{
	size_t i;

	buf_reset(b);
	for (i = 0; i < k->count; i++) {
		if (b->len > 0)
			buf_addc(b, ' ');
		buf_add(b, k->t[i], k->n[i]);
	}
	while (b->len > 0 && strchr(" .,:;-", b->p[b->len - 1]) != NULL)
		b->p[--b->len] = '\0';
}

void
tokens_words(const struct tokens *k, size_t from, size_t to, struct words *v)
{
	words_of(v, from == to ? "" : k->t[from], from == to ? 0 :
	    (size_t)(k->t[to - 1] + k->n[to - 1] - k->t[from]));
}

static bool
is_workshop(const char *w)
{
	return strcmp(w, "workshop") == 0 || strcmp(w, "workshops") == 0;
}

bool
words_have_workshop(const struct words *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (is_workshop(v->w[i]))
			return true;
	return false;
}

/* "GEM²", "BLP-2023", "#SMM4H", "TLT, SyntaxFest 2019": without the rest. */
void
acronym_set(struct buf *acronym, const char *s, size_t n)
{
	const char *end = memchr(s, ',', n);

	if (end != NULL)
		n = (size_t)(end - s);
	while (n > 0 && (*s == '#' || *s == ' ' || *s == '"')) {
		s++;
		n--;
	}
	while (n > 0 && (isdigit((unsigned char)s[n - 1]) ||
	    strchr(" -+'\":", s[n - 1]) != NULL))
		n--;
	/* superscripts two and three */
	if (n > 2 && (memcmp(s + n - 2, "²", 2) == 0 ||
	    memcmp(s + n - 2, "³", 2) == 0))
		n -= 2;
	buf_reset(acronym);
	buf_add(acronym, s, n);
}

/* Whether it is a word that is no ordinary one. */
bool
acronym_is(const struct buf *b, bool surely)
{
	size_t capitals = 0, i;

	for (i = 0; i < b->len; i++) {
		if (b->p[i] == ' ')
			return false;
		capitals += isupper((unsigned char)b->p[i]) != 0;
	}
	return b->len > 1 && b->len <= 24 && capitals > (surely ? 0 : 1);
}

/*
 * "(Workshops/Short Papers)", "(IJCAI Workshop)" without the parentheses; of
 * "Full Name Workshops (SHORT Workshops)" the short name.
 */
static void
put_workshops(struct buf *text, char *open, char *close, const struct words *v)
{
	static const char all[] = "Workshops";
	struct words front;
	size_t i;

	*open = *close = ' ';
	for (i = 0; i < v->n; i++)
		if (strcmp(v->w[i], "workshops") == 0)
			break;
	if (i == v->n || (size_t)(close - open) < sizeof(all))
		return;
	words_of(&front, text->p, (size_t)(open - text->p));
	if (words_have_workshop(&front)) {
		memmove(text->p, open + 1, (size_t)(close - open - 1));
		text->p[close - open - 1] = '\0';
	} else {
		/* what else is in the volume of all */
		memcpy(open + 1, all, strlen(all));
		memmove(open + sizeof(all), close, strlen(close) + 1);
	}
	text->len = strlen(text->p);
}

/* Whether a word of the text begins as the name does, "Insights". */
static bool
is_of_text(const struct buf *name, const char *text, const char *end)
{
	const char *p;

	for (p = text; name->len > 2 && p + 3 <= end; p++)
		if ((p == text || p[-1] == ' ') &&
		    strncasecmp(p, name->p, 3) == 0)
			return true;
	return false;
}

/* The short name in parentheses goes to acronym, and out of the text. */
void
acronym_take(struct buf *text, struct buf *acronym)
{
	char *open = text->p, *close;
	struct words v;
	bool last;

	while ((open = strchr(open, '(')) != NULL &&
	    (close = strchr(open, ')')) != NULL) {
		words_of(&v, open, (size_t)(close - open));
		if (words_have_workshop(&v)) {
			put_workshops(text, open, close, &v);
			open = text->p;
			continue;
		}
		last = close[1 + strspn(close + 1, " ")] == '\0';
		acronym_set(acronym, open + 1, (size_t)(close - open - 1));
		/* "Large Language Model (LLM) Agents" */
		if (last || (acronym_is(acronym, false) &&
		    strncasecmp(close + 1, " workshop", 9) == 0)) {
			/* one in plain letters may be a place */
			if (!acronym_is(acronym, last && is_of_text(acronym,
			    text->p, open)))
				buf_reset(acronym);
			memmove(open, close + 1, strlen(close + 1) + 1);
			text->len = strlen(text->p);
			return;
		}
		open = close;
	}
	buf_reset(acronym);
}
