/* html_people - persons of the meta tags of a page, and facts beside them */
#include <string.h>

#include "lib/filter.h"
#include "lib/json.h"
#include "lib/name.h"
#include "parse/format.h"
#include "parse/html_meta.h"

/* Whether a text that should be one name may be several all the same. */
static bool
may_be_list(const char *s)
{
	const char *comma = strchr(s, ',');

	return strchr(s, ';') != NULL || strstr(s, " and ") != NULL ||
	    strstr(s, " & ") != NULL ||
	    (comma != NULL && strchr(comma + 1, ',') != NULL);
}

/*
 * Make persons of the tags of one list: of those with one name each, or where
 * there are none of those with several in one string.  One name that is alone
 * may be several, too.  NULL: there are none, or the paper has some.
 */
static struct json *
take_names(struct json *paper, struct html_meta *m, size_t n)
{
	static struct buf b;
	struct json *people;
	const char *s, *member;
	size_t i, single = 0;
	enum html_use use;

	for (i = 0; i < n; i++)
		single += m[i].tag->use == TAG_NAME;
	use = single > 0 ? TAG_NAME : TAG_NAMES;
	for (i = 0; i < n && m[i].tag->use != use; i++)
		;
	if (i == n || json_get(paper, m[i].tag->member) != NULL)
		return NULL;
	member = m[i].tag->member;
	people = entry_people(paper, member);
	for (; i < n; i++) {
		if (m[i].tag->use != use || entry_is_url(m[i].value))
			continue;
		s = html_resolve(&b, m[i].value);
		entry_add_names(paper, member, s, b.len, single > 1 ||
		    (single == 1 && !may_be_list(s)) ? NAMES_ONE :
		    NAMES_SEVERAL);
		m[i].person = people->last;
	}
	if (people->child == NULL)
		json_set(entry_arena(), paper, member, NULL);
	return people;
}

static bool
is_fact(const struct html_meta *m, const char *fact)
{
	return m->tag->use == TAG_FACT && strcmp(m->tag->member, fact) == 0;
}

/*
 * Where facts of one kind stand: each behind its name; each before it, if they
 * begin; or all before or all behind the names, one for each of these.
 */
enum place { BEHIND, BEFORE, IN_ORDER, UNKNOWN };

static enum place
find_place(const struct html_meta *m, size_t n, const char *fact,
    size_t persons)
{
	size_t i, total = 0, early = 0, late = 0;
	bool named = false;

	for (i = 0; i < n; i++)
		if (is_fact(&m[i], fact)) {
			total++;
			late++;
			early += !named;
		} else if (m[i].person != NULL) {
			named = true;
			late = 0;
		}
	if (persons > 1 && total == persons &&
	    (early == total || late == total))
		return IN_ORDER;
	if (early == 0)
		return BEHIND;
	return late == 0 && (early < total || persons == 1) ? BEFORE : UNKNOWN;
}

static void
find_owners(struct html_meta *m, size_t n, const char *fact,
    enum place place, struct json *first)
{
	struct json *person = first;
	size_t i, k;

	for (i = 0; i < n; i++) {
		k = place == BEFORE ? n - 1 - i : i;
		if (is_fact(&m[k], fact)) {
			m[k].person = person;
			if (place == IN_ORDER)
				person = person->next;
		} else if (m[k].tag->use != TAG_FACT && m[k].person != NULL &&
		    place != IN_ORDER)
			person = m[k].person;
	}
}

/* Several affiliations of one person are one text, as in the other formats. */
static void
give_facts(struct json *people, struct html_meta *m, size_t n,
    const char *fact)
{
	static struct buf b;
	enum place place = find_place(m, n, fact, json_count(people->child));
	struct json *person = NULL;
	size_t i = 0;

	if (place == UNKNOWN) {
		while (!is_fact(&m[i], fact))
			i++;
		filter_note(REJECT_UNALIGNED_IDS, fact, m[i].value,
		    strlen(m[i].value), "before a name and behind one");
		return;
	}
	find_owners(m, n, fact, place, people->child);
	buf_reset(&b);
	for (i = 0; i < n; i++) {
		if (!is_fact(&m[i], fact))
			continue;
		if (m[i].person != person) {
			entry_text(person, fact, b.p, b.len);
			buf_reset(&b);
			person = m[i].person;
		} else if (strcmp(fact, "affiliation") != 0)
			continue;
		if (b.len > 0)
			buf_adds(&b, "; ");
		buf_adds(&b, m[i].value);
	}
	if (person != NULL)
		entry_text(person, fact, b.p, b.len);
}

static bool
same_name(const struct json *a, const struct json *b)
{
	a = json_get(a, "name");
	b = json_get(b, "name");
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* A page that has its tags twice has each name twice, in the same order. */
static void
halve(struct json *people)
{
	size_t n = json_count(people->child), i;
	struct json *middle = people->child, *p, *q;

	if (n < 2 || n % 2 != 0)
		return;
	for (i = 0; i < n / 2; i++)
		middle = middle->next;
	for (p = people->child, q = middle; q != NULL;
	    p = p->next, q = q->next)
		if (!same_name(p, q))
			return;
	entry_halve(people);
}

void
html_take_people(struct json *paper, struct html_meta *m, size_t n,
    bool doubled)
{
	static const char *const facts[] = { "affiliation", "orcid", "email" };
	struct json *people = take_names(paper, m, n);
	size_t i;

	if (people == NULL || people->child == NULL)
		return;
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		give_facts(people, m, n, facts[i]);
	if (doubled)
		halve(people);
}
