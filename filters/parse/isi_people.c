/* isi_people - the authors of a record of the Web of Science, and their facts */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/isi.h"

#define FEW	256	/* authors among whom one is looked for by initials */

struct address {
	const char		*s;
	size_t			 n;
	const struct address	*next;
};

/* An author under a name by which the facts call her: "surname,given". */
struct author {
	const char		*key;
	size_t			 at;		/* in the list */
	struct json		*person;
	const struct address	*first;
	struct address		*last;
};

struct authors {
	struct author	*v;			/* by key */
	size_t		 n;
};

static const char *
make_key(const char *family, size_t n, const char *given, size_t m)
{
	static struct buf b;

	buf_reset(&b);
	text_fold(&b, family, n, ' ');
	buf_addc(&b, ',');
	text_fold(&b, given, m, ' ');
	return arena_strndup(entry_arena(), b.p, b.len);
}

/* The key of "Surname, Given". */
static const char *
key_of(const char *s, size_t n)
{
	const char *comma = memchr(s, ',', n);

	if (comma == NULL)
		return make_key(s, n, "", 0);
	return make_key(s, (size_t)(comma - s), comma + 1,
	    (size_t)(s + n - comma - 1));
}

static int
by_key(const void *a, const void *b)
{
	const struct author *x = a, *y = b;
	int d = strcmp(x->key, y->key);

	return d != 0 ? d : (x->at > y->at) - (x->at < y->at);
}

static void
read_authors(struct authors *l, const struct json *paper)
{
	struct json *p = json_first(paper, "authors");
	const char *family, *given;

	l->n = 0;
	l->v = arena_alloc(entry_arena(), (json_count(p) + 1) *
	    sizeof(*l->v));
	for (; p != NULL; p = p->next) {
		if ((family = json_get_str(p, "family")) == NULL)
			family = json_get_str(p, "name");
		if ((given = json_get_str(p, "given")) == NULL)
			given = "";
		l->v[l->n] = (struct author){ .at = l->n, .person = p,
		    .key = make_key(family, strlen(family), given,
		    strlen(given)) };
		l->n++;
	}
	sort_array(l->v, l->n, sizeof(*l->v), by_key);
}

/* Whether two given names can be the same one, "adriano" and "a alves". */
static bool
agree(const char *a, const char *b)
{
	size_t n, m;

	if (*a == '\0' || *b == '\0')
		return false;
	while (*a != '\0' && *b != '\0') {
		n = strcspn(a, " ");
		m = strcspn(b, " ");
		if (n == 1 || m == 1 ? *a != *b :
		    n != m || memcmp(a, b, n) != 0)
			return false;
		a += n + strspn(a + n, " ");
		b += m + strspn(b + m, " ");
	}
	return true;
}

/* The one author who is meant by the name, or NULL. */
static struct author *
find_author(const struct authors *l, const char *s, size_t n)
{
	struct author key = { .key = key_of(s, n) }, *found = NULL;
	size_t lo = 0, hi = l->n, mid, i, len;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(l->v[mid].key, key.key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < l->n && strcmp(l->v[lo].key, key.key) == 0)
		return &l->v[lo];
	len = strcspn(key.key, ",") + 1;
	for (i = 0; l->n <= FEW && i < l->n; i++) {
		if (strncmp(l->v[i].key, key.key, len) != 0 ||
		    !agree(l->v[i].key + len, key.key + len))
			continue;
		if (found != NULL)
			return NULL;
		found = &l->v[i];
	}
	return found;
}

/* Addresses: "[Surname, Given; Surname, Given] Address." */

/* room: bytes that the addresses of all may still take. */
static void
give_address(const struct authors *l, const char *names, size_t n,
    const struct address *a, size_t *room)
{
	const char *end = names + n, *p;
	struct author *author;
	struct address *copy;

	for (; names < end; names = p + 1) {
		if ((p = memchr(names, ';', (size_t)(end - names))) == NULL)
			p = end;
		author = find_author(l, names, (size_t)(p - names));
		if (author == NULL || a->n > *room)
			continue;
		*room -= a->n;
		copy = arena_alloc(entry_arena(), sizeof(*copy));
		*copy = *a;
		if (author->last != NULL)
			author->last->next = copy;
		else
			author->first = copy;
		author->last = copy;
	}
}

static void
set_addresses(const struct authors *l)
{
	static struct buf b;
	const struct address *a;
	size_t i;

	for (i = 0; i < l->n; i++) {
		buf_reset(&b);
		for (a = l->v[i].first; a != NULL; a = a->next) {
			if (b.len > 0)
				buf_adds(&b, "; ");
			buf_add(&b, a->s, a->n);
		}
		entry_text(l->v[i].person, "affiliation", b.p, b.len);
	}
}

/* An address ends with a period that is none of its own. */
static void
trim_address(struct address *a, const char *s)
{
	a->s = s;
	a->n = strlen(s);
	text_trim(&a->s, &a->n);
	if (a->n > 0 && a->s[a->n - 1] == '.')
		a->n--;
}

static void
add_addresses(const struct authors *l, struct tagged *t)
{
	const char *c1 = tagged_value(t, "C1"), *close, *p;
	size_t room = filter_max_record();
	struct address a = { 0 };
	char *text, *s, *end;

	if (c1 == NULL)
		return;
	text = arena_strndup(entry_arena(), c1, strlen(c1));
	for (s = text; (s = strchr(s, '\n')) != NULL; s++)
		if (s[1] != '[')
			*s = ' ';
	if (*text != '[') {
		trim_address(&a, text);
		text[(size_t)(a.s - text) + a.n] = '\0';
		tagged_address(t, a.s);
		return;
	}
	for (s = text; s != NULL; s = end) {
		if ((end = strchr(s, '\n')) != NULL)
			*end++ = '\0';
		if ((close = strchr(s, ']')) == NULL)
			continue;
		trim_address(&a, close + 1);
		p = s + 1;
		give_address(l, p, (size_t)(close - p), &a, &room);
	}
	set_addresses(l);
}

/* Identifiers: "Surname, Given/ID; Surname, Given/ID" */
static void
add_ids(const struct authors *l, const char *s, const char *tag)
{
	const char *slash, *id;
	struct author *author;
	size_t n, len, lost = 0;

	for (; s != NULL && *s != '\0'; s += n + (s[n] == ';')) {
		n = strcspn(s, ";");
		if ((slash = memrchr(s, '/', n)) == NULL)
			continue;
		id = slash + 1;
		len = (size_t)(s + n - id);
		author = find_author(l, s, (size_t)(slash - s));
		if (author == NULL)
			lost++;
		else if (strcmp(tag, "OI") == 0)
			entry_text(author->person, "orcid", id, len);
		else
			entry_person_id(author->person, "researcherid", id,
			    len);
	}
	if (lost > 0)
		filter_note(REJECT_UNALIGNED_IDS, tag, NULL, 0,
		    "%zu identifiers of names that no author has", lost);
}

/* Persons of the first of these tags that is there. */
static bool
add_people(struct tagged *t, const char *full, const char *brief)
{
	const char *s = tagged_value(t, full);

	if (s == NULL)
		s = tagged_value(t, brief);
	if (s != NULL)
		tagged_people(t->paper, "authors", s);
	return s != NULL;
}

static void
add_bodies(struct json *paper, const char *s)
{
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, ";\n");
		tagged_body(paper, "authors", s, n);
	}
}

void
isi_people(struct tagged *t)
{
	const char *em = tagged_value(t, "EM");
	struct authors l;
	struct json *author;

	if (!add_people(t, "AF", "AU"))
		add_people(t, "BF", "BA");
	add_bodies(t->paper, tagged_value(t, "CA"));
	add_bodies(t->paper, tagged_value(t, "GP"));
	author = json_first(t->paper, "authors");
	if (author != NULL && author->next == NULL && em != NULL &&
	    strchr(em, ';') == NULL)
		entry_str(author, "email", em);
	read_authors(&l, t->paper);
	add_addresses(&l, t);
	add_ids(&l, tagged_value(t, "OI"), "OI");
	add_ids(&l, tagged_value(t, "RI"), "RI");
}
