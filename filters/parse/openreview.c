/* openreview - JSON notes of OpenReview's API 1 and 2 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/intern.h"
#include "lib/json.h"
#include "lib/text.h"
#include "parse/format.h"
#include "parse/records.h"
#include "parse/sniff.h"

#define SITE	"https://openreview.net"

/* A field of the content: API 2 wraps its value. */
static const struct json *
content(const struct json *note, const char *name)
{
	const struct json *v = json_get(json_get(note, "content"), name);

	return v != NULL && v->type == JSON_OBJECT ? json_get(v, "value") : v;
}

static const char *
content_str(const struct json *note, const char *name)
{
	const struct json *v = content(note, name);

	return v != NULL && v->type == JSON_STRING ? v->text : NULL;
}

/* A text, or where a person is an object a member of it; or NULL. */
static const char *
text_of(const struct json *v, const char *member)
{
	if (v != NULL && v->type == JSON_OBJECT && member != NULL)
		return json_get_str(v, member);
	return v != NULL && v->type == JSON_STRING ? v->text : NULL;
}

static const struct json *
first(const struct json *list)
{
	return list != NULL && list->type == JSON_ARRAY ? list->child : NULL;
}

/* What a name is compared by, and a profile without its number. */
static void
fold(struct buf *b, const char *s)
{
	size_t n = strlen(s);

	while (*s == '~' && n > 0 && isdigit((unsigned char)s[n - 1]))
		n--;
	buf_reset(b);
	text_fold(b, s, n, 0);
}

static void
set_id(struct json *paper, struct json *person, const char *id)
{
	if (id != NULL && person != NULL)
		entry_identifier(paper, person, id, strlen(id));
}

/* Give a profile to the name that is spelt like it, if there is just one. */
static void
set_profiles(struct json *paper, struct json *people, const struct json *id)
{
	struct intern names = { 0 };
	struct json **person = NULL, *p;
	size_t cap = 0, had;
	struct buf b = { 0 };
	const char *s;
	uint32_t i;

	for (p = people->child; p != NULL; p = p->next) {
		fold(&b, json_get_str(p, "name"));
		had = names.n;
		i = intern(&names, b.p, b.len);
		grow(&person, &cap, names.n, sizeof(*person));
		/* two of one name */
		person[i] = names.n > had ? p : NULL;
	}
	for (; id != NULL; id = id->next) {
		if ((s = text_of(id, NULL)) == NULL || *s != '~')
			continue;
		fold(&b, s);
		if (b.len > 0 && (i = intern_find(&names, b.p, b.len)) !=
		    UINT32_MAX && person[i] != NULL)
			set_id(paper, person[i], s);
	}
	intern_free(&names);
	free(person);
	buf_free(&b);
}

/* Authors may be objects that have their identifiers themselves. */
static void
add_authors(const struct json *note, struct json *paper)
{
	const struct json *name = first(content(note, "authors"));
	const struct json *id = first(content(note, "authorids"));
	size_t n = json_count(name), nids = json_count(id);
	static struct buf b;
	struct json *people, *person;
	const char *s;

	if (n == 0)
		return;
	people = entry_people(paper, "authors");
	for (; name != NULL; name = name->next) {
		if ((s = text_of(name, "fullname")) != NULL) {
			person = entry_person(people, s, strlen(s));
			if (name->type == JSON_OBJECT)
				set_id(paper, person, text_of(name,
				    "username"));
			if (nids == n)
				set_id(paper, person, text_of(id, NULL));
		}
		if (nids == n)
			id = id->next;
	}
	if (nids == n || nids == 0)
		return;
	set_profiles(paper, people, id);
	buf_reset(&b);
	json_write(&b, content(note, "authorids"));
	filter_note(REJECT_UNALIGNED_IDS, "authorids", b.p, b.len,
	    "%zu identifiers for %zu names", nids, n);
}

static void
add_keywords(const struct json *note, struct json *paper)
{
	const struct json *v = content(note, "keywords"), *e;

	if (v != NULL && v->type == JSON_STRING)
		entry_keywords(paper, v->text, v->len);
	for (e = v != NULL ? v->child : NULL; e != NULL; e = e->next)
		if (e->type == JSON_STRING)
			entry_keywords(paper, e->text, e->len);
}

/* What the venue and its identifier say of the decision. */
static const char *
status_of(const char *venue, const char *venueid)
{
	if (venueid != NULL && (strstr(venueid, "Withdrawn") != NULL))
		return "withdrawn";
	if (venueid != NULL && (strstr(venueid, "Rejected") != NULL))
		return "rejected";
	if (venue == NULL)
		return NULL;
	if (strcasestr(venue, "withdrawn") != NULL)
		return "withdrawn";
	if (strcasestr(venue, "reject") != NULL)
		return "rejected";
	if (strcasestr(venue, "submitted") != NULL ||
	    strcasestr(venue, "submission") != NULL ||
	    strcasestr(venue, "under review") != NULL)
		return "submitted";
	return "accepted";
}

/* The decision among the replies that came with a note, or NULL. */
static const char *
decision_of(const struct json *note)
{
	const struct json *details = json_get(note, "details"), *reply;
	const struct json *lists[3];
	const char *s;
	size_t i;

	lists[0] = json_first(details, "directReplies");
	lists[1] = json_first(details, "replies");
	/* as crawlers have them */
	lists[2] = json_first(note, "notes");
	for (i = 0; i < 3; i++)
		for (reply = lists[i]; reply != NULL; reply = reply->next)
			if ((s = content_str(reply, "decision")) != NULL)
				return s;
	return NULL;
}

/* The year in a venue identifier such as ICLR.cc/2025/Conference. */
static void
add_year(struct json *paper, const char *venueid)
{
	const char *p;

	for (p = venueid; p != NULL && (p = strchr(p, '/')) != NULL; ) {
		p++;
		if (strspn(p, "0123456789") == 4 &&
		    (p[4] == '/' || p[4] == '\0')) {
			entry_text(paper, "year", p, 4);
			return;
		}
	}
}

/* Milliseconds since 1970 as a date. */
static void
add_date(struct json *paper, const struct json *note)
{
	int64_t ms = json_get_int(note, "pdate", 0);
	time_t t = (time_t)(ms / 1000);
	char date[32];
	struct tm tm;

	if (ms <= 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(date, sizeof(date), "%Y-%m-%d", &tm) != 10)
		return;
	entry_str(paper, "date", date);
}

static void
add_links(struct json *paper, const struct json *note, const char *forum)
{
	const char *pdf = content_str(note, "pdf");
	struct buf b = { 0 };

	buf_addf(&b, SITE "/forum?id=%s", forum);
	entry_str(paper, "url", b.p);
	if (pdf != NULL && *pdf == '/') {
		buf_reset(&b);
		buf_addf(&b, SITE "%s", pdf);
		entry_str(paper, "pdf", b.p);
	} else
		entry_str(paper, "pdf", pdf);
	buf_free(&b);
}

/* Not a review, a comment, a decision: these hang on another note. */
static bool
is_paper(const struct json *note)
{
	const char *id = json_get_str(note, "id");
	const char *forum = json_get_str(note, "forum");

	if (json_get_int(note, "ddate", 0) > 0) {
		filter_passed("deleted notes");
		return false;
	}
	if (json_get_str(note, "replyto") == NULL &&
	    (forum == NULL || id == NULL || strcmp(forum, id) == 0))
		return true;
	filter_passed("replies to notes");
	return false;
}

static void
take_note(struct document *doc, struct json *paper, struct json *note)
{
	const char *id = json_get_str(note, "id");
	const char *forum = json_get_str(note, "forum");
	const char *venue = content_str(note, "venue");
	const char *venueid = content_str(note, "venueid");
	const char *invitation = json_get_str(note, "invitation");
	const char *status, *end;
	struct json *ids;

	if (invitation == NULL)
		invitation = text_of(json_first(note, "invitations"), NULL);
	if (json_get(note, "content") == NULL) {
		records_refuse(note, "content",
		    "no content, not a note of OpenReview");
		return;
	}
	entry_str(paper, "title", content_str(note, "title"));
	add_authors(note, paper);
	entry_str(paper, "abstract", content_str(note, "abstract"));
	add_keywords(note, paper);
	entry_str(paper, "venue", venue != NULL ? venue : venueid);
	if (venue == NULL && venueid == NULL && invitation != NULL)
		entry_text(paper, "venue", invitation, (end = strstr(invitation,
		    "/-/")) != NULL ? (size_t)(end - invitation) :
		    strlen(invitation));
	entry_str(paper, "venueid", venueid);
	add_year(paper, venueid != NULL ? venueid : invitation);
	add_date(paper, note);
	status = status_of(venue, venueid);
	if (status == NULL)
		status = decision_of(note);
	if (status == NULL && invitation != NULL &&
	    strcasestr(invitation, "submission") != NULL)
		status = "submitted";
	entry_str(paper, "status", status);
	entry_str(paper, "tldr", content_str(note, "TLDR"));
	entry_str(paper, "tldr", content_str(note, "TL;DR"));
	if (forum == NULL)
		forum = id;
	if (forum != NULL) {
		add_links(paper, note, forum);
		ids = json_object(entry_arena());
		entry_str(ids, "openreview", forum);
		json_set(entry_arena(), paper, "ids", ids);
	}
	entry_emit(doc, paper, id, id != NULL ? strlen(id) : 0);
}

void
parse_openreview(struct document *doc, struct input *in)
{
	static const char *const paths[] = { "notes", NULL };
	static const struct records_format format = { .paths = paths,
	    .is_entry = is_paper, .take = take_note,
	    .inside = "submissions", .answers = true };

	records_read(doc, in, &format);
}

const char *
sniff_openreview(const struct sniff *s)
{
	return sniff_has(s, "notes.invitation") || sniff_has(s,
	    "notes.invitations") || sniff_has(s,
	    "submissions.content.title") || (sniff_has(s, "content.title") &&
	    (sniff_has(s, "forum") || sniff_has(s, "invitation"))) ?
	    "it has notes of OpenReview" : NULL;
}
