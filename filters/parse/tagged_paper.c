/* tagged_paper - a paper of the fields of a tagged record */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "parse/format.h"
#include "parse/tagged.h"

#define ROWS	96	/* of a dialect, at most */
#define OTHERS	256	/* tags of one record that have no row */
#define KEPT	4096	/* bytes of a slot that stay for the next record */

/* What the values of a tag come to. */
struct slot {
	char		 tag[TAG_MAX + 1];
	enum tagged_use	 use;
	const char	*member;
	struct buf	 text;
};

static struct slot slots[ROWS + OTHERS];

static struct slot *
find_slot(const struct tagged *t, const char *tag)
{
	size_t i;

	for (i = 0; i < t->nslots; i++)
		if (t->slots[i].tag[0] == tag[0] &&
		    t->slots[i].tag[1] == tag[1] &&
		    strcmp(t->slots[i].tag, tag) == 0)
			return &t->slots[i];
	return NULL;
}

static struct slot *
new_slot(struct tagged *t, const char *tag)
{
	struct slot *slot = &t->slots[t->nslots];

	if (*tag == '\0' || t->nslots == t->dialect->nrows + OTHERS)
		return NULL;
	memcpy(slot->tag, tag, sizeof(slot->tag));
	slot->use = TAGGED_ALL;
	slot->member = slot->tag;
	t->nslots++;
	return slot;
}

/* Append a value; NUL is a space, and so are line breaks where told so. */
static void
add_value(struct buf *b, const char *s, size_t n, bool fold)
{
	size_t from = b->len;
	char *p;

	buf_add(b, s, n);
	for (p = b->p + from; (p = memchr(p, '\0',
	    (size_t)(b->p + b->len - p))) != NULL; )
		*p++ = ' ';
	for (p = b->p + from; fold && (p = strchr(p, '\n')) != NULL; )
		*p++ = ' ';
}

/* The first value counts; another one is told of. */
static void
set_first(struct slot *slot, const char *s, size_t n)
{
	if (slot->text.len > 0)
		filter_note(REJECT_REPEATED_FIELD, slot->tag, s, n,
		    "the first one was taken");
	else
		add_value(&slot->text, s, n, slot->use == TAGGED_TEXT);
}

static void
gather(struct tagged *t, const struct tagged_field *f)
{
	static struct buf value;
	struct slot *slot = find_slot(t, f->tag);

	if (f->n == 0 || (slot == NULL && (slot = new_slot(t, f->tag)) == NULL))
		return;
	switch (slot->use) {
	case TAGGED_TEXT:
	case TAGGED_LINES:
		set_first(slot, f->s, f->n);
		break;
	case TAGGED_ALL:
	case TAGGED_WORDS:
		if (slot->text.len > 0)
			buf_adds(&slot->text, "; ");
		add_value(&slot->text, f->s, f->n, true);
		break;
	case TAGGED_VALUES:
	case TAGGED_LIST:
	case TAGGED_NAMES:
	case TAGGED_LINKS:
		if (slot->text.len > 0)
			buf_addc(&slot->text, '\n');
		add_value(&slot->text, f->s, f->n,
		    slot->use == TAGGED_VALUES);
		break;
	case TAGGED_OWN:
		buf_reset(&value);
		add_value(&value, f->s, f->n, true);
		t->dialect->own(t, f->tag, value.p, value.len);
		break;
	case TAGGED_LEFT_OUT:
		break;
	}
}

static void
set_member(struct tagged *t, const struct slot *slot)
{
	const struct buf *b = &slot->text;

	if (b->len == 0 || slot->member == NULL)
		return;
	switch (slot->use) {
	case TAGGED_NAMES:
		tagged_people(t->paper, slot->member, b->p);
		break;
	case TAGGED_WORDS:
		entry_words(t->paper, b->p, b->len, ";\n");
		break;
	case TAGGED_LINKS:
		tagged_links(t->paper, b->p);
		break;
	default:
		entry_member(t->paper, t->dialect->format, slot->member, b->p,
		    b->len);
		break;
	}
}

/* The slots of the rows, empty; what was large is given back. */
static void
begin_slots(struct tagged *t)
{
	const struct tagged_row *row = t->dialect->rows;
	struct slot *slot;
	size_t i;

	for (i = 0; i < t->dialect->nrows + OTHERS; i++) {
		slot = &slots[i];
		if (slot->text.cap > KEPT)
			buf_free(&slot->text);
		else if (slot->text.len > 0)
			buf_reset(&slot->text);
	}
	for (i = 0; i < t->dialect->nrows; i++, row++) {
		memcpy(slots[i].tag, row->tag, sizeof(row->tag));
		slots[i].use = row->use;
		slots[i].member = row->member;
	}
	t->slots = slots;
	t->nslots = t->dialect->nrows;
}

const char *
tagged_paper(const struct dialect *d, struct json *paper, const char *s,
    size_t n)
{
	struct tagged t;
	const char *end = s + n;
	struct tagged_field f;
	size_t i;

	t.dialect = d;
	t.paper = paper;
	begin_slots(&t);
	while (tagged_next(d, &s, end, &f))
		gather(&t, &f);
	for (i = 0; i < t.nslots; i++)
		set_member(&t, &t.slots[i]);
	return d->finish(&t);
}

const char *
tagged_value(const struct tagged *t, const char *tag)
{
	const struct slot *slot = find_slot(t, tag);

	return slot != NULL && slot->text.len > 0 ? slot->text.p : NULL;
}

void
tagged_foreign(const struct tagged *t, const char *member, const char *s)
{
	if (s != NULL)
		entry_foreign(t->paper, t->dialect->format, member,
		    strlen(member), s, strlen(s));
}

void
tagged_address(const struct tagged *t, const char *s)
{
	struct json *author = json_first(t->paper, "authors");

	if (author != NULL && author->next == NULL)
		entry_str(author, "affiliation", s);
	else
		tagged_foreign(t, "affiliation", s);
}

void
tagged_serials(const struct tagged *t, const char *tag)
{
	const char *s = tagged_value(t, tag);

	if (s != NULL && !entry_serials(t->paper, s, strlen(s)))
		tagged_foreign(t, tag, s);
}

void
tagged_identifiers(const struct tagged *t, const char *member, const char *s)
{
	static struct buf others;
	size_t n;

	buf_reset(&others);
	for (; s != NULL && *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		if (entry_known_id(t->paper, s, n))
			continue;
		if (others.len > 0)
			buf_adds(&others, "; ");
		buf_add(&others, s, n);
	}
	tagged_foreign(t, member, others.p);
}
