/* nbib - MEDLINE records as PubMed gives them, .nbib and .txt */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/identifier.h"
#include "lib/json.h"
#include "lib/name.h"
#include "parse/format.h"
#include "parse/parts.h"
#include "parse/pubmed.h"
#include "parse/sniff.h"
#include "parse/tagged.h"

static const struct tagged_row rows[] = {
	{ "PMID", TAGGED_TEXT, NULL },
	{ "TI", TAGGED_TEXT, NULL },
	{ "BTI", TAGGED_TEXT, NULL },
	{ "TT", TAGGED_TEXT, "origtitle" },
	{ "FAU", TAGGED_OWN, NULL },
	{ "AU", TAGGED_OWN, NULL },
	{ "CN", TAGGED_OWN, NULL },
	{ "FED", TAGGED_OWN, NULL },
	{ "ED", TAGGED_OWN, NULL },
	{ "AUID", TAGGED_OWN, NULL },
	{ "AD", TAGGED_OWN, NULL },
	{ "AB", TAGGED_TEXT, "abstract" },
	{ "OT", TAGGED_OWN, NULL },
	{ "MH", TAGGED_OWN, NULL },
	{ "LA", TAGGED_TEXT, "language" },
	{ "JT", TAGGED_TEXT, NULL },
	{ "TA", TAGGED_TEXT, NULL },
	{ "DP", TAGGED_TEXT, NULL },
	{ "DEP", TAGGED_TEXT, NULL },
	{ "VI", TAGGED_TEXT, "volume" },
	{ "IP", TAGGED_TEXT, "number" },
	{ "PG", TAGGED_TEXT, "pages" },
	{ "PB", TAGGED_TEXT, "publisher" },
	{ "PT", TAGGED_ALL, NULL },
	{ "LID", TAGGED_OWN, NULL },
	{ "AID", TAGGED_OWN, NULL },
	{ "PMC", TAGGED_TEXT, "ids.pmcid" },
	{ "ISBN", TAGGED_ALL, "isbn" },
	/* as fields of BibTeX have them */
	{ "IS", TAGGED_ALL, "issn" },
	{ "PL", TAGGED_TEXT, "address" },
	{ "EN", TAGGED_TEXT, "edition" },
	{ "CTI", TAGGED_TEXT, "series" },
	/* the state of the record, of its indexing and of its publication */
	{ "OWN", TAGGED_LEFT_OUT, NULL },
	{ "STAT", TAGGED_LEFT_OUT, NULL },
	{ "DA", TAGGED_LEFT_OUT, NULL },
	{ "DCOM", TAGGED_LEFT_OUT, NULL },
	{ "LR", TAGGED_LEFT_OUT, NULL },
	{ "EDAT", TAGGED_LEFT_OUT, NULL },
	{ "MHDA", TAGGED_LEFT_OUT, NULL },
	{ "CRDT", TAGGED_LEFT_OUT, NULL },
	{ "CDAT", TAGGED_LEFT_OUT, NULL },
	{ "CTDT", TAGGED_LEFT_OUT, NULL },
	{ "PHST", TAGGED_LEFT_OUT, NULL },
	{ "PST", TAGGED_LEFT_OUT, NULL },
	{ "PMCR", TAGGED_LEFT_OUT, NULL },
	{ "PUBM", TAGGED_LEFT_OUT, NULL },
	{ "JID", TAGGED_LEFT_OUT, NULL },
	{ "SB", TAGGED_LEFT_OUT, NULL },
	{ "OTO", TAGGED_LEFT_OUT, NULL },
	/* and what is long and no fact of the paper's own */
	{ "SO", TAGGED_LEFT_OUT, NULL },
	{ "CI", TAGGED_LEFT_OUT, NULL },
	{ "COIS", TAGGED_LEFT_OUT, NULL },
	{ "GR", TAGGED_LEFT_OUT, NULL },
	{ "RN", TAGGED_LEFT_OUT, NULL },
	{ "NM", TAGGED_LEFT_OUT, NULL },
	{ "OAB", TAGGED_LEFT_OUT, NULL },
	{ "OABL", TAGGED_LEFT_OUT, NULL },
	{ "FIR", TAGGED_LEFT_OUT, NULL },
	{ "IR", TAGGED_LEFT_OUT, NULL },
	{ "IRAD", TAGGED_LEFT_OUT, NULL },
	{ "FPS", TAGGED_LEFT_OUT, NULL },
	{ "PS", TAGGED_LEFT_OUT, NULL },
};

/*
 * Whose facts follow: the last person, whether the short form of the name may
 * follow too, and the addresses so far.  An address in front of all persons is
 * that of the first author.
 */
static struct whose {
	struct json	*person;
	bool		 full;
	struct buf	 addresses;
}		 whose;

/* "TI  - text"; some write fewer spaces, or none behind the hyphen. */
static size_t
read_tag(const char *p, size_t n, char *tag)
{
	size_t len = 0, i;

	while (len < n && len < TAG_MAX && (isupper((unsigned char)p[len]) ||
	    (len > 0 && isdigit((unsigned char)p[len]))))
		len++;
	for (i = len; i < n && i < TAG_MAX && p[i] == ' '; i++)
		;
	if (len < 2 || i == n || p[i] != '-')
		return 0;
	/* "DNA-binding" */
	if (i < TAG_MAX && i + 1 < n && p[i + 1] != ' ' && i == len)
		return 0;
	memcpy(tag, p, len);
	tag[len] = '\0';
	return i + 1;
}

static void
end_person(void)
{
	if (whose.person != NULL && whose.addresses.len > 0) {
		entry_text(whose.person, "affiliation", whose.addresses.p,
		    whose.addresses.len);
		buf_reset(&whose.addresses);
	}
}

static void
begin_person(struct json *person)
{
	if (person == NULL)
		return;
	end_person();
	whose.person = person;
}

/* The beginning of the last word of s. */
static size_t
last_word(const char *s, size_t n)
{
	while (n > 0 && s[n - 1] != ' ')
		n--;
	return n;
}

/* "Surname, Given Suffix" */
static struct json *
add_full(struct json *paper, const char *member, const char *s, size_t n)
{
	static struct buf b;
	size_t at = last_word(s, n);
	const char *comma = memchr(s, ',', n);

	if (comma == NULL || at < (size_t)(comma - s) + 3 ||
	    !name_is_no_initials(s + at, n - at))
		return tagged_person(paper, member, s, n);
	buf_reset(&b);
	buf_add(&b, s, at - 1);
	buf_adds(&b, ", ");
	buf_add(&b, s + at, n - at);
	return tagged_person(paper, member, b.p, b.len);
}

static bool
is_initials(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!isupper((unsigned char)s[i]) && (s[i] & 0x80) == 0 &&
		    s[i] != '-')
			return false;
	return n > 0 && n <= 8;
}

/* "Surname Initials Suffix" */
static struct json *
add_short(struct json *paper, const char *member, const char *s, size_t n)
{
	static struct buf b;
	size_t end = n, at = last_word(s, n);
	const char *suffix = NULL;

	if (at > 1 && name_is_no_initials(s + at, n - at)) {
		suffix = s + at;
		end = at - 1;
		at = last_word(s, end);
	}
	if (at < 2 || memchr(s, ',', n) != NULL ||
	    !is_initials(s + at, end - at))
		return tagged_person(paper, member, s, n);
	buf_reset(&b);
	buf_add(&b, s, at - 1);
	buf_adds(&b, ", ");
	buf_add(&b, s + at, end - at);
	if (suffix != NULL) {
		buf_adds(&b, ", ");
		buf_add(&b, suffix, (size_t)(s + n - suffix));
	}
	return tagged_person(paper, member, b.p, b.len);
}

/* "ORCID: 0000-0001-2345-6789", with an address in front or no hyphens. */
static void
add_auid(const char *s, size_t n)
{
	char orcid[ORCID_SIZE];

	if (n > 6 && strncasecmp(s, "ORCID:", 6) == 0 && whose.person != NULL) {
		if (identifier_orcid(orcid, s, n))
			entry_str(whose.person, "orcid", orcid);
		else
			entry_text(whose.person, "orcid", s + 6, n - 6);
	} else
		filter_note(REJECT_DROPPED_VALUE, "AUID", s, n,
		    "an identifier of an unknown registry");
}

/* A place in the journal, or an identifier with its kind in brackets. */
static void
add_location(struct json *paper, const char *s, size_t n)
{
	const char *kind = memrchr(s, '[', n);
	size_t len = kind != NULL ? (size_t)(kind - s) : n;
	size_t rest = n - len;

	if (rest == 5 && strncasecmp(kind, "[doi]", 5) == 0)
		entry_text(paper, "doi", s, len);
	else if (rest == 5 && strncasecmp(kind, "[pii]", 5) == 0)
		entry_text(paper, "pii", s, len);
	else if (!entry_known_id(paper, s, n))
		entry_text(paper, "eid", s, n);
}

static void
own(struct tagged *t, const char *tag, const char *s, size_t n)
{
	const char *member = strcmp(tag, "FED") == 0 || strcmp(tag, "ED") == 0 ?
	    "editors" : "authors";

	if (strcmp(tag, "FAU") == 0 || strcmp(tag, "FED") == 0) {
		begin_person(add_full(t->paper, member, s, n));
		whose.full = true;
	} else if (strcmp(tag, "AU") == 0 || strcmp(tag, "ED") == 0) {
		if (!whose.full)
			begin_person(add_short(t->paper, member, s, n));
		whose.full = false;
	} else if (strcmp(tag, "CN") == 0) {
		begin_person(tagged_body(t->paper, member, s, n));
		whose.full = false;
	} else if (strcmp(tag, "AD") == 0) {
		if (whose.addresses.len > 0)
			buf_adds(&whose.addresses, "; ");
		buf_add(&whose.addresses, s, n);
	} else if (strcmp(tag, "AUID") == 0)
		add_auid(s, n);
	else if (strcmp(tag, "LID") == 0 || strcmp(tag, "AID") == 0)
		add_location(t->paper, s, n);
	else {
		s = parts_line(arena_strndup(entry_arena(), s, n));
		entry_words(t->paper, s, strlen(s), ";");
	}
}

static bool
is_translated(const struct tagged *t)
{
	const char *language = tagged_value(t, "LA");

	return tagged_value(t, "TT") != NULL || (language != NULL &&
	    strncasecmp(language, "en", 2) != 0);
}

/* Whether a list "a; b" has the word. */
static bool
has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	while (strncasecmp(list, word, n) != 0 ||
	    (list[n] != ';' && list[n] != '\0')) {
		list += strcspn(list, ";");
		if (*list == '\0')
			return false;
		list += strspn(list, "; ");
	}
	return true;
}

/* Of several types of publication the one that says what it is most plainly. */
static void
set_types(struct tagged *t, const char *types)
{
	static const char *const plain[] = { "Preprint", "Book Chapter", "Book",
	    "Dataset", "Technical Report", "Academic Dissertation",
	    "Journal Article", "Review", "Editorial", "Letter" };
	size_t i;

	if (types == NULL)
		return;
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (has_word(types, plain[i]))
			entry_str(t->paper, "type", plain[i]);
	entry_text(t->paper, "type", types, strcspn(types, ";"));
	if (has_word(types, "Retracted Publication"))
		entry_str(t->paper, "status", "withdrawn");
	if (strchr(types, ';') != NULL)
		tagged_foreign(t, "nbib_type", types);
}

static const char *
set_pmid(struct json *paper, const char *s)
{
	size_t n = s != NULL ? strspn(s, "0123456789") : 0;

	if (n == 0)
		return s;
	if (s[n] != '\0')
		filter_note(REJECT_DROPPED_VALUE, "PMID", s, strlen(s),
		    "the number was taken");
	entry_member(paper, "nbib", "ids.pmid", s, n);
	return json_get_str(json_get(paper, "ids"), "pmid");
}

static const char *
finish(struct tagged *t)
{
	const char *ti = tagged_value(t, "TI"), *bti = tagged_value(t, "BTI");
	const char *ta = tagged_value(t, "TA"), *dp = tagged_value(t, "DP");
	const char *dep = tagged_value(t, "DEP");
	const char *const years[TAGGED_DATES] = { dp, dep };
	/* online, the day counts where it is of the same year */
	const char *const dates[TAGGED_DATES] = { dp, dp == NULL ||
	    (dep != NULL && strncmp(dp, dep, 4) == 0) ? dep : NULL };

	end_person();
	if (whose.addresses.len > 0)
		tagged_foreign(t, "affiliation", whose.addresses.p);
	buf_reset(&whose.addresses);
	whose.person = NULL;
	whose.full = false;
	pubmed_title(t->paper, ti != NULL ? ti : bti, is_translated(t));
	entry_str(t->paper, "venue", tagged_value(t, "JT"));
	if (ti != NULL)
		entry_str(t->paper, "venue", bti);
	if (json_get(t->paper, "venue") != NULL)
		tagged_foreign(t, "shortjournal", ta);
	else
		entry_str(t->paper, "venue", ta);
	tagged_dates(t->paper, years, dates);
	entry_str(t->paper, "pages", json_get_str(t->paper, "eid"));
	set_types(t, tagged_value(t, "PT"));
	return set_pmid(t->paper, tagged_value(t, "PMID"));
}

static const struct dialect dialect = {
	.format = "nbib",
	.tag = read_tag,
	.begin = "PMID",
	.blank = BLANK_ENDS,
	.rows = rows,
	.nrows = sizeof(rows) / sizeof(rows[0]),
	.own = own,
	.finish = finish,
};

void
parse_nbib(struct document *doc, struct input *in)
{
	tagged_read(doc, in, &dialect);
}

const char *
sniff_nbib(const struct sniff *s)
{
	return sniff_line(s, "PMID-") ? "it has a line PMID" : NULL;
}
