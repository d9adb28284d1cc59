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

/* Whether the words stand in the text, which are both folded, one behind the
 * other; the last one may go on there: "reject" is in "rejected". */
static bool
has_words(const char *text, const char *words)
{
	const char *p;

	for (p = text; (p = strstr(p, words)) != NULL; p++)
		if (p == text || p[-1] == ' ')
			return true;
	return false;
}

void
normalize_status(struct arena *a, struct json *paper)
{
	const struct table *t = statuses();
	const char *s = json_get_str(paper, "status"), *status, *type;
	struct buf folded = { 0 };
	size_t row;

	if (s == NULL)
		return;
	text_fold(&folded, s, strlen(s), ' ');
	for (row = 1; row < t->nrow; row++)
		if (folded.len > 0 && has_words(folded.p,
		    table_cell(t, row, WORDS)))
			break;
	buf_free(&folded);
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
