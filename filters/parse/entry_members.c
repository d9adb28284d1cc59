/* entry_members - the members of an entry, as texts or lists of words */
#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/date.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/utf8.h"
#include "parse/entry_parts.h"
#include "parse/form.h"
#include "parse/format.h"
#include "parse/parts.h"

static const char *pages[2];	/* of the entry: the first and the last one */

void
entry_members_begin(void)
{
	pages[0] = pages[1] = NULL;
}

/* Every format's date comes through here. */
static void
add(struct json *o, const char *member, size_t len, const char *s, size_t n)
{
	char iso[DATE_ROOM];

	if (len == 4 && memcmp(member, "date", 4) == 0 &&
	    date_iso(iso, s, n) != NULL) {
		s = iso;
		n = strlen(iso);
	}
	json_add_string(entry_arena(), o, member, len, s, n);
}

void
entry_text(struct json *o, const char *member, const char *s, size_t n)
{
	size_t len = strlen(member);

	text_trim(&s, &n);
	if (n == 0 || json_member(o, member, len) != NULL)
		return;
	if (!utf8_valid(s, n))
		filter_note(REJECT_DROPPED_VALUE, member, s, n, "not UTF-8");
	else
		add(o, member, len, s, n);
}

void
entry_utf8(struct json *o, const char *member, const char *s, size_t n)
{
	size_t len = strlen(member);

	text_trim(&s, &n);
	if (n > 0 && json_member(o, member, len) == NULL)
		add(o, member, len, s, n);
}

void
entry_first(struct json *o, const char *member, const char *s, size_t n)
{
	text_trim(&s, &n);
	if (n > 0)
		add(o, member, strlen(member), s, n);
}

void
entry_str(struct json *o, const char *member, const char *s)
{
	if (s != NULL)
		entry_text(o, member, s, strlen(s));
}

void
entry_append(struct json *o, const char *member, const char *s, size_t n)
{
	struct json *list = json_get(o, member);

	text_trim(&s, &n);
	if (n == 0)
		return;
	if (!utf8_valid(s, n)) {
		filter_note(REJECT_DROPPED_VALUE, member, s, n, "not UTF-8");
		return;
	}
	if (list == NULL) {
		list = json_array(entry_arena());
		json_set(entry_arena(), o, member, list);
	}
	json_append(list, json_string(entry_arena(), s, n));
}

/* Names that are ours in whatever case they are written. */
static const char *const own[] = { "id", "type", "title", "authors", "editors",
    "abstract", "keywords", "language", "venue", "year", "date", "volume",
    "number", "pages", "publisher", "doi", "arxiv", "isbn", "url", "pdf",
    "code", "status", NULL };

const char *const *
entry_own_names(void)
{
	return own;
}

const char *
entry_own(const char *name, size_t n)
{
	size_t i;

	for (i = 0; n > 0 && own[i] != NULL; i++)
		if ((*name | 0x20) == *own[i] && strlen(own[i]) == n &&
		    strncasecmp(own[i], name, n) == 0)
			return own[i];
	return NULL;
}

static void
set_page(bool last, const char *s, size_t n)
{
	text_trim(&s, &n);
	if (n > 0 && pages[last] == NULL)
		pages[last] = arena_strndup(entry_arena(), s, n);
}

void
entry_members_end(struct json *paper)
{
	if (pages[0] != NULL || pages[1] != NULL)
		parts_pages(paper, pages[0], pages[1]);
}

void
entry_member(struct json *paper, const char *format, const char *member,
    const char *s, size_t n)
{
	if (n == 0)
		return;
	if (strcmp(member, "authors") == 0 || strcmp(member, "editors") == 0)
		entry_names(paper, member, s, n);
	else if (strcmp(member, "keywords") == 0)
		entry_keywords(paper, s, n);
	else if (strcmp(member, "url") == 0)
		entry_link(paper, s, n);
	else if (strcmp(member, "ids") == 0)
		form_ids(paper, s, n);
	else if (strncmp(member, "pages.", 6) == 0)
		set_page(strcmp(member, "pages.last") == 0, s, n);
	else if (strncmp(member, "ids.", 4) == 0)
		entry_id(paper, member + 4, s, n);
	else if ((strcmp(member, "isbn") != 0 && strcmp(member, "issn") != 0) ||
	    !entry_serials(paper, s, n))
		entry_foreign(paper, format, member, strlen(member), s, n);
}
