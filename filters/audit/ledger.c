/* ledger - the papers of a run, kept for the next one */
#define XXH_INLINE_ALL
#define XXH_STATIC_LINKING_ONLY
#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <xxhash.h>

#include "audit/audit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/input.h"
#include "lib/json.h"
#include "lib/message.h"
#include "lib/schema.h"

#define OUTPUT	(256 * 1024)	/* a write */

/* A ledger that is read or written: its end says how it must be. */
struct ledger {
	uint64_t	 papers;
	XXH3_state_t	 state;		/* of the lines with their ends */
};

static void
begin(struct ledger *l)
{
	l->papers = 0;
	XXH3_64bits_reset(&l->state);
}

static void
add_line(struct ledger *l, const char *line, size_t len)
{
	l->papers++;
	XXH3_64bits_update(&l->state, line, len);
	XXH3_64bits_update(&l->state, "\n", 1);
}

/* The last line. */
static void
write_end(struct buf *b, const struct ledger *l)
{
	buf_addf(b, "{\"kind\":\"ledger\",\"papers\":%" PRIu64
	    ",\"xxh3\":\"%016" PRIx64 "\"}", l->papers,
	    (uint64_t)XXH3_64bits_digest(&l->state));
}

/* What the reading of one has come to. */
struct reading {
	struct ledger		 ledger;
	const struct holdings	*now;
	bool			*stays;
	struct holdings		*before;
	size_t			 i;	/* in now: those in front were passed */
	const char		*id;	/* of the last line */
	bool			 ended;
};

/* Whether it is the line of the next paper of now. */
static bool
take_same(struct reading *r, const char *line, size_t len)
{
	if (r->i == r->now->n || !holding_is(&r->now->v[r->i], line, len))
		return false;
	r->stays[r->i] = true;
	r->id = r->now->v[r->i++].id;
	return true;
}

/* Take a holding; NULL, or what is wrong with it. */
static const char *
take_holding(struct reading *r, const struct json *v, const char *line,
    size_t len)
{
	const char *id = json_get_str(v, "id");

	if (schema_check(schema_load("holding"), v) != NULL)
		return "not what schemas/holding.json wants";
	if (r->id != NULL && strcmp(id, r->id) <= 0)
		return "not in the order of the ids";
	while (r->i < r->now->n && strcmp(r->now->v[r->i].id, id) < 0)
		r->i++;
	if (!take_same(r, line, len)) {
		groups_differ(v, BEFORE);
		r->id = holdings_add(r->before, id, line, len)->id;
	}
	add_line(&r->ledger, line, len);
	return NULL;
}

static const char *
take_end(struct reading *r, const char *line, size_t len)
{
	struct buf want = { 0 };

	write_end(&want, &r->ledger);
	r->ended = want.len == len && memcmp(want.p, line, len) == 0;
	buf_free(&want);
	return r->ended ? NULL :
	    "the lines before it are not as they were written";
}

static const char *
take_line(struct reading *r, const char *line, size_t len)
{
	static struct arena arena;
	enum reject_code code;
	const char *detail, *kind;
	const struct json *v;

	if (r->ended)
		return "behind the end of the ledger";
	if (take_same(r, line, len)) {
		add_line(&r->ledger, line, len);
		return NULL;
	}
	arena_reset(&arena);
	if ((v = json_parse(&arena, line, len, &code, &detail)) == NULL)
		return detail;
	if ((kind = json_get_str(v, "kind")) != NULL &&
	    strcmp(kind, "ledger") == 0)
		return take_end(r, line, len);
	if (kind == NULL || strcmp(kind, "holding") != 0)
		return "not a line of a ledger";
	return take_holding(r, v, line, len);
}

bool
ledger_read(struct input *in, const struct holdings *now, bool *stays,
    struct holdings *before)
{
	struct reading r = { .now = now, .stays = stays, .before = before };
	const char *line, *wrong = NULL;
	uint64_t at, number = 0;
	size_t len;
	int got;

	begin(&r.ledger);
	/* what is escaped here may have been shorter in the record */
	while (wrong == NULL && (got = input_line(in, 4 * filter_max_record(),
	    &line, &len, &at, &number)) != 0 && !input_cut(in))
		wrong = got == -1 ? "too long" : take_line(&r, line, len);
	if (wrong == NULL && in->error != NULL)
		wrong = in->error;
	else if (wrong == NULL && !r.ended)
		wrong = "cut short: the end of the ledger is missing";
	if (wrong == NULL)
		return true;
	message(in->path, number, NULL, wrong);
	filter_fail(in->error != NULL && !in->corrupt ? EX_IOERR : EX_DATAERR);
	return false;
}

/* The lines and the end; nonzero if that fails. */
static int
write_lines(FILE *f, const struct holdings *h)
{
	const struct buf *line;
	struct buf end = { 0 };
	struct ledger l;
	int failed = 0;
	size_t i;

	begin(&l);
	for (i = 0; i < h->n && !failed; i++) {
		line = holding_line(&h->v[i]);
		add_line(&l, line->p, line->len);
		failed = fwrite(line->p, 1, line->len, f) != line->len ||
		    putc('\n', f) == EOF;
	}
	write_end(&end, &l);
	failed = failed || fprintf(f, "%s\n", end.p) < 0;
	buf_free(&end);
	return failed;
}

static void
fail(int status, const char *path, const char *tmp)
{
	status = failure_status(errno, status);
	message(path, 0, NULL, strerror(errno));
	if (tmp != NULL)
		unlink(tmp);
	exit(status);
}

void
ledger_write(const char *path, const struct holdings *h)
{
	struct stat st;
	struct buf tmp = { 0 };
	/* a pipe, or a link such as /dev/stderr, must not be replaced */
	bool file = lstat(path, &st) == -1 || S_ISREG(st.st_mode);
	FILE *f;

	buf_addf(&tmp, "%s%s", path, file ? ".tmp" : "");
	if ((f = fopen(tmp.p, "we")) == NULL)
		fail(EX_CANTCREAT, tmp.p, NULL);
	setvbuf(f, NULL, _IOFBF, OUTPUT);
	if (write_lines(f, h) != 0 || fflush(f) == EOF ||
	    (file && fsync(fileno(f)) == -1) || fclose(f) == EOF)
		fail(EX_IOERR, tmp.p, file ? tmp.p : NULL);
	if (file && rename(tmp.p, path) == -1)
		fail(EX_CANTCREAT, path, tmp.p);
	buf_free(&tmp);
}
