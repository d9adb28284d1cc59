/* status - what became of a paper, by the words of its source */
#include <err.h>
#include <stdbool.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/table.h"
#include "lib/text.h"
#include "normalize/normalize.h"

/* Columns of the table. */
enum { WORDS, STATUS, TYPE };

static const struct table *
statuses(void)
{
	static const char file[] = "vocab/statuses.tsv";
	static struct table t;
	const struct table_file *f;

	if (t.nrow > 0)
		return &t;
	if ((f = table_find(file)) == NULL)
		errx(EX_SOFTWARE, "%s is not built in", file);
	table_parse(&t, file, f->data, f->len);
	return &t;
}

static bool
begins_with(const char *s, const char *words)
{
	for (; *words != '\0' && *words != '*' && *s == *words; words++)
		s++;
	if (*words == '*' && words[1] != '\0') {
		s = strchrnul(s, ' ');
		return *s == ' ' && begins_with(s, words + 1);
	}
	return *words == '*' || (*words == '\0' && (*s == '\0' || *s == ' '));
}

/*
 * Whether the words stand in the text, which are both folded, one behind the
 * other; one with a * may go on there: "reject*" is in "rejected".
 */
static bool
has_words(const char *text, const char *words)
{
	const char *p;

	for (p = text; p != NULL; p = strchr(p, ' ')) {
		p += *p == ' ';
		if (begins_with(p, words))
			return true;
	}
	return false;
}

static const char *
fold(const char *s)
{
	static struct buf folded;

	buf_reset(&folded);
	text_fold(&folded, s, strlen(s), ' ');
	return folded.len > 0 ? folded.p : "";
}

/*
 * What became of a paper, as far as only the text of its venue tells.  A word
 * that is still in the venue may be one of its name: "Rejected Worlds".
 */
static const char *
status_of_venue(const struct json *paper, const char *text)
{
	static const struct {
		const char	*words, *status;
		bool		 name;		/* may be in one */
	} telling[] = {
		{ "withdrawn", "withdrawn", true },
		{ "rejected", "rejected", true },
		{ "submitted to", "submitted", false },
		{ "in submission to", "submitted", false },
		{ "under review", "submitted", false },
		{ "decision pending", "submitted", false },
	};
	static struct buf dumb;	/* the last one that told nothing, as most do */
	const char *venue = json_get_str(paper, "venue"), *folded;
	size_t i;

	if (dumb.p != NULL && strcmp(text, dumb.p) == 0)
		return NULL;
	folded = fold(text);
	for (i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (has_words(folded, telling[i].words))
			return telling[i].name && venue != NULL &&
			    has_words(fold(venue), telling[i].words) ? NULL :
			    telling[i].status;
	buf_reset(&dumb);
	buf_adds(&dumb, text);
	return NULL;
}

void
normalize_status(struct arena *a, struct json *paper, const char *venue)
{
	const struct table *t = statuses();
	const char *s = json_get_str(paper, "status"), *status, *type;
	const char *folded;
	size_t row;

	if (s == NULL) {
		if (venue != NULL && (s = status_of_venue(paper,
		    venue)) != NULL)
			json_set(a, paper, "status", json_str(a, s));
		return;
	}
	folded = fold(s);
	for (row = 1; row < t->nrow; row++)
		if (has_words(folded, table_cell(t, row, WORDS)))
			break;
	if (row == t->nrow) {
		drop_value(a, paper, "status", "no status known");
		return;
	}
	status = table_cell(t, row, STATUS);
	if (strcmp(s, status) != 0)
		json_set(a, paper, "status", json_str(a, status));
	type = table_cell(t, row, TYPE);
	if (*type != '\0' && json_get(paper, "type") == NULL)
		json_set(a, paper, "type", json_str(a, type));
}
