/* acl - XML of the ACL Anthology, as it is now and as it was in 2019 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/sniff.h"
#include "parse/tree.h"

#define SITE	"https://aclanthology.org/"

/* Identifiers */

/* "P19": a letter and a year. */
static bool
is_letter_and_year(const char *s)
{
	return isupper((unsigned char)*s) && strspn(s + 1, "0123456789") == 2 &&
	    s[3] == '\0';
}

/*
 * The root of 2019 is a volume of all papers of a letter and a year; their
 * number begins with that of the real volume.
 */
static bool
is_old(const struct node *paper)
{
	const char *volume = tree_attr(paper->parent, "id");
	const char *id = tree_attr(paper, "id");

	return volume != NULL && paper->parent->parent == NULL &&
	    strcmp(paper->parent->name, "volume") == 0 &&
	    is_letter_and_year(volume) && id != NULL &&
	    strspn(id, "0123456789") == 4 && id[4] == '\0';
}

/* Whether two of four digits are the volume's, not one. */
static bool
is_wide(const char *collection, const char *volume)
{
	return *collection == 'W' || strcmp(collection, "C69") == 0 ||
	    (strcmp(collection, "D19") == 0 && atol(volume) >= 5);
}

/* How many digits of an old paper's number are its volume's. */
static size_t
volume_digits(const struct node *paper)
{
	const char *collection = tree_attr(paper->parent, "id");
	const char *number = tree_attr(paper, "id");

	if (strcmp(collection, "D19") == 0)
		return *number >= '5' ? 2 : 1;
	return is_wide(collection, "") ? 2 : 1;
}

/* What <url> says, without the site in front, as it often stands in 2019. */
static const char *
url_of(const struct node *paper)
{
	static const char *const sites[] = { "aclweb.org/anthology/",
	    "aclanthology.org/", "aclanthology.info/papers/" };
	const char *url = parts_line(tree_text(tree_child(paper, "url")));
	const char *s = strstr(url, "://");
	size_t i;

	if (s == NULL)
		return url;
	s += 3;
	if (strncmp(s, "www.", 4) == 0)
		s += 4;
	for (i = 0; i < sizeof(sites) / sizeof(sites[0]); i++)
		if (strncmp(s, sites[i], strlen(sites[i])) == 0)
			return s + strlen(sites[i]);
	return url;
}

/* The id of the innermost element of this name around n, or NULL. */
static const char *
id_around(const struct node *n, const char *name)
{
	for (n = n->parent; n != NULL; n = n->parent)
		if (strcmp(n->name, name) == 0)
			return tree_attr(n, "id");
	return NULL;
}

static void
make_id(struct buf *b, const struct node *paper)
{
	const char *c = id_around(paper, "collection");
	const char *v = id_around(paper, "volume");
	const char *p = tree_attr(paper, "id");

	if (is_old(paper))
		buf_addf(b, "%s-%s", v, p);
	else if (c == NULL || v == NULL || p == NULL)
		return;
	else if (!is_letter_and_year(c))
		buf_addf(b, "%s-%s.%s", c, v, p);
	else if (is_wide(c, v))
		buf_addf(b, "%s-%02ld%02ld", c, atol(v), atol(p));
	else
		buf_addf(b, "%s-%ld%03ld", c, atol(v), atol(p));
}

/* "P19-1001", "2020.acl-main.1"; NULL: nothing says so. */
static const char *
id_of(const struct node *paper)
{
	struct buf b = { 0 };
	const char *id;

	make_id(&b, paper);
	id = b.len > 0 ? arena_strndup(entry_arena(), b.p, b.len) :
	    url_of(paper);
	buf_free(&b);
	return *id != '\0' && strstr(id, "://") == NULL ? id : NULL;
}

/* The volume */

/* Whether a paper of 2019 is the front matter of a volume. */
static bool
is_old_front(const struct node *paper)
{
	return is_old(paper) && strspn(tree_attr(paper, "id") +
	    volume_digits(paper), "0") == 4 - volume_digits(paper);
}

/* What is said of the volume: now in <meta>, in 2019 as front matter. */
static const struct node *
volume_of(const struct node *paper)
{
	const struct node *n = tree_child(paper->parent, "meta");
	const char *id = tree_attr(paper, "id"), *front;

	if (n != NULL || !is_old(paper))
		return n;
	n = tree_child(paper->parent, "paper");
	front = tree_attr(n, "id");
	return front != NULL && strncmp(front, id, volume_digits(paper)) == 0 ?
	    n : NULL;
}

static const char *
booktitle_of(const struct node *paper, const struct node *volume)
{
	const struct node *n = tree_child(paper, "booktitle");

	if (n == NULL)
		n = tree_child(volume, "booktitle");
	if (n == NULL && volume != NULL && strcmp(volume->name, "paper") == 0)
		n = tree_child(volume, "title");
	return parts_line(tree_text(n));
}

static bool
is_journal(const struct node *paper)
{
	const char *collection = tree_attr(paper->parent, "id");

	if (tree_child(paper, "journal") != NULL)
		return true;
	if (!is_old(paper))
		return tree_attr_is(paper->parent, "type", "journal");
	return *collection == 'J' || *collection == 'Q';
}

static bool
has_venue(const struct node *volume, const char *key)
{
	const struct node *n = tree_child(volume, "venue");

	for (; n != NULL; n = tree_next(n))
		if (strcmp(tree_text(n), key) == 0)
			return true;
	return false;
}

/* "ws" are workshops, in the volumes of some years. */
static const char *
type_of(const struct node *paper, const struct node *volume,
    const char *booktitle)
{
	if (is_journal(paper))
		return "journal-article";
	return has_venue(volume, "ws") ||
	    strcasestr(booktitle, "workshop") != NULL ? "workshop-paper" :
	    "conference-paper";
}

/* "Computational Linguistics, Volume 45, Issue 1 - March 2019" */
static void
set_journal(struct json *o, const struct node *paper,
    const struct node *volume, const char *booktitle)
{
	tree_set(o, "venue", tree_child(paper, "journal"));
	tree_set(o, "venue", tree_child(volume, "journal-title"));
	entry_text(o, "venue", booktitle, strcspn(booktitle, ","));
	tree_set(o, "volume", tree_child(paper, "volume"));
	tree_set(o, "volume", tree_child(volume, "journal-volume"));
	tree_set(o, "number", tree_child(paper, "issue"));
	tree_set(o, "number", tree_child(volume, "journal-issue"));
}

/* "March", "7", "August 26-30", "2-5 February" */
static void
set_date(struct json *o)
{
	struct date d = date_of_parts(json_get_str(o, "year"),
	    json_get_str(o, "month"), NULL);

	parts_dates(o, &d, 1);
}

static void
set_place(struct json *o, const struct node *paper, const struct node *volume)
{
	static const char *const members[] = { "year", "month", "publisher",
	    "address", "isbn" };
	const char *booktitle = booktitle_of(paper, volume), *s;
	const struct node *n;
	size_t i;

	entry_str(o, "type", type_of(paper, volume, booktitle));
	if (is_journal(paper))
		set_journal(o, paper, volume, booktitle);
	entry_str(o, "venue", booktitle);
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		tree_set(o, members[i], tree_child(paper, members[i]));
		tree_set(o, members[i], tree_child(volume, members[i]));
	}
	set_date(o);
	for (n = tree_child(volume, "venue"); n != NULL; n = tree_next(n)) {
		s = tree_text(n);
		entry_append(o, "venues", s, strlen(s));
	}
}

/* People */

/* The name in another script; Chinese ones have no space in them. */
static void
add_variant(struct json *person, const struct node *variant)
{
	const char *given = parts_line(tree_text(tree_child(variant, "first")));
	const char *family = parts_line(tree_text(tree_child(variant, "last")));
	struct buf b = { 0 };

	if (tree_attr_is(variant, "script", "hani"))
		buf_addf(&b, "%s%s", family, given);
	else
		buf_addf(&b, "%s%s%s", given, *given != '\0' ? " " : "",
		    family);
	entry_append(person, "variants", b.p, b.len);
	buf_free(&b);
}

static void
add_person(struct json *people, const struct node *n)
{
	const struct node *last = tree_child(n, "last"), *c;
	const char *s = tree_text(n), *id = tree_attr(n, "id");
	struct buf affiliation = { 0 };
	struct json *person;

	person = last == NULL && tree_child(n, "first") == NULL ?
	    entry_person(people, s, strlen(s)) :
	    parts_person(people, tree_text(tree_child(n, "first")),
	    tree_text(last), tree_text(tree_child(n, "suffix")));
	if (person == NULL)
		return;
	entry_str(person, "orcid", tree_attr(n, "orcid"));
	if (id != NULL)
		entry_person_id(person, "acl", id, strlen(id));
	for (c = tree_child(n, "affiliation"); c != NULL; c = tree_next(c))
		parts_join(&affiliation, tree_text(c));
	parts_set(person, "affiliation", &affiliation);
	for (c = tree_child(n, "variant"); c != NULL; c = tree_next(c))
		add_variant(person, c);
}

static void
add_people(struct json *o, const char *member, const struct node *in,
    const char *element)
{
	const struct node *n = tree_child(in, element);

	for (; n != NULL; n = tree_next(n))
		add_person(entry_people(o, member), n);
}

/* Files beside the paper */

/* A name of a file on the site, or a whole URL. */
static const char *
file_url(const char *folder, const char *name, const char *suffix)
{
	struct buf b = { 0 };
	const char *s;

	if (*name == '\0' || strstr(name, "://") != NULL)
		return name;
	buf_addf(&b, SITE "%s%s%s", folder, name, suffix);
	s = arena_strndup(entry_arena(), b.p, b.len);
	buf_free(&b);
	return s;
}

static void
add_file(struct json *o, const char *member, const char *type, const char *url)
{
	struct json *list = json_get(o, member), *file;

	file = json_object(entry_arena());
	entry_str(file, "type", type);
	entry_str(file, "url", url);
	if (json_get(file, "url") == NULL)
		return;
	if (list == NULL) {
		list = json_array(entry_arena());
		json_set(entry_arena(), o, member, list);
	}
	json_append(list, file);
	if (type != NULL && strcasecmp(type, "software") == 0)
		entry_str(o, "code", url);
}

static void
add_files(struct json *o, const struct node *paper)
{
	static const char *const old[] = { "software", "dataset",
	    "presentation" };
	const struct node *n;
	const char *s;
	size_t i;

	entry_str(o, "code", tree_attr(tree_child(paper, "pwccode"), "url"));
	for (n = tree_child(paper, "attachment"); n != NULL; n = tree_next(n))
		add_file(o, "attachments", tree_attr(n, "type"),
		    file_url("attachments/", parts_line(tree_text(n)), ""));
	for (i = 0; i < sizeof(old) / sizeof(old[0]); i++)
		for (n = tree_child(paper, old[i]); n != NULL;
		    n = tree_next(n))
			add_file(o, "attachments", old[i],
			    file_url("attachments/",
			    parts_line(tree_text(n)), ""));
	for (n = tree_child(paper, "video"); n != NULL; n = tree_next(n)) {
		s = tree_attr(n, "href");
		if (s != NULL && !tree_attr_is(n, "permission", "false")) {
			s = file_url("", s, "");
			entry_append(o, "videos", s, strlen(s));
		}
	}
	for (n = tree_child(paper, "erratum"); n != NULL; n = tree_next(n)) {
		s = file_url("", parts_line(tree_text(n)), ".pdf");
		entry_append(o, "errata", s, strlen(s));
	}
	for (n = tree_child(paper, "revision"); n != NULL; n = tree_next(n)) {
		s = tree_attr(n, "href");
		s = file_url("", s != NULL ? s : parts_line(tree_text(n)),
		    ".pdf");
		entry_append(o, "revisions", s, strlen(s));
	}
}

static void
set_links(struct json *o, const struct node *paper, const char *id)
{
	const char *url = url_of(paper);

	if (entry_known_id(o, url, strlen(url)))
		;
	else if (strstr(url, "://") != NULL)
		entry_link(o, url, strlen(url));
	else if (*url != '\0')
		entry_str(o, "pdf", file_url("", url, ".pdf"));
	if (id != NULL)
		entry_str(o, "url", file_url("", id, "/"));
}

/* Papers */

static void
set_status(struct json *o, const struct node *paper)
{
	static const char *const words[] = { "retracted", "removed" };
	const struct node *n;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((n = tree_child(paper, words[i])) != NULL) {
			entry_str(o, "status", "withdrawn");
			tree_set(o, words[i], n);
		}
}

static void
take(struct document *doc, struct json *o, const struct node *paper)
{
	static const char *const members[] = { "title", "abstract", "language",
	    "pages", "doi", "bibkey" };
	const struct node *volume = volume_of(paper), *n;
	const char *id = id_of(paper), *s;
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		tree_set(o, members[i], tree_child(paper, members[i]));
	add_people(o, "authors", paper, "author");
	add_people(o, "editors", paper, "editor");
	if (json_get(o, "editors") == NULL)
		add_people(o, "editors", volume, "editor");
	set_place(o, paper, volume);
	if (id != NULL)
		entry_member(o, "acl", "ids.acl", id, strlen(id));
	set_links(o, paper, id);
	set_status(o, paper);
	for (n = tree_child(paper, "award"); n != NULL; n = tree_next(n)) {
		s = tree_text(n);
		entry_append(o, "awards", s, strlen(s));
	}
	add_files(o, paper);
	entry_emit(doc, o, id, id != NULL ? strlen(id) : 0);
}

static bool
is_entry(const struct node *n)
{
	if (strcmp(n->name, "paper") == 0 && !is_old_front(n) &&
	    !tree_attr_is(n, "type", "frontmatter") &&
	    !tree_attr_is(n, "type", "backmatter"))
		return true;
	filter_passed("front and back matter");
	return false;
}

void
parse_acl(struct document *doc, struct input *in)
{
	static const char *const roots[] = { "collection", "volume", NULL };
	static const char *const beside[] = { "volume", "event", NULL };
	static const char *const records[] = { "paper", "frontmatter", NULL };
	static const char *const context[] = { "meta", NULL };
	static const char *const bulk[] = { "mrf", NULL };
	static const struct tree_format format = { .roots = roots,
	    .beside = beside, .records = records, .context = context, .bulk = bulk,
	    .take = take, .is_entry = is_entry, .is_context = is_old_front };

	tree_read(doc, in, &format);
}

const char *
sniff_acl(const struct sniff *s)
{
	if (sniff_root(s, "collection") && (strcmp(s->inside, "volume") == 0 ||
	    strcmp(s->inside, "event") == 0))
		return "its root is a collection of volumes";
	if (sniff_root(s, "volume") && strcmp(s->inside, "paper") == 0)
		return "its root is a volume of papers";
	return NULL;
}
