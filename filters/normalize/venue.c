/* venue - where a paper was published, and in which part of it */
#define XXH_INLINE_ALL
#include <string.h>
#include <strings.h>
#include <xxhash.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "normalize/normalize.h"
#include "normalize/venue_parts.h"
#include "normalize/workshop_parts.h"

/* What came of a text; most papers have that of one shortly before. */
struct place {
	struct buf	 key;		/* all that it depends on */
	size_t		 row;
	struct buf	 venue, name;	/* of a workshop without a row */
	bool		 found;
	const char	*track;
};

#define PLACES	1024

static bool
has_workshop(const struct words *v)
{
	struct words u = *v;

	track_take_out(&u);
	return words_have_workshop(&u);
}

/* The first venue that a key of the Anthology tells; keys end with commas. */
static size_t
by_keys(const char *keys, bool workshop)
{
	static struct buf key;
	const char *end;
	size_t row;

	for (; (end = strchr(keys, ',')) != NULL; keys = end + 1) {
		buf_reset(&key);
		buf_add(&key, keys, (size_t)(end - keys));
		row = vocabulary_acl(key.p);
		/* a workshop may have the key of the conference beside it */
		if (row != 0 && (!workshop || vocabulary_is(row, "workshop")))
			return row;
	}
	return 0;
}

static void
resolve(struct place *p, const char *venue, const char *keys, bool workshop)
{
	struct words v;

	p->track = NULL;
	p->row = venue_resolve(venue, strlen(venue), &p->track);
	if (p->row == 0) {
		words_of(&v, venue, strlen(venue));
		workshop |= has_workshop(&v);
		p->row = by_keys(keys, workshop);
		p->track = p->row == 0 ? NULL : track_find(&v);
	}
	p->found = p->row != 0 || (workshop &&
	    workshop_resolve(venue, &p->row, &p->venue, &p->name));
	if (p->row != 0 && !vocabulary_is(p->row, "conference"))
		p->track = NULL;
}

static const struct place *
look_up(const char *venue, const char *keys, bool workshop)
{
	static struct place places[PLACES];
	static struct buf key;
	struct place *p;

	buf_reset(&key);
	buf_addc(&key, workshop ? 'w' : '-');
	buf_add(&key, keys, strlen(keys) + 1);
	buf_adds(&key, venue);
	p = &places[XXH3_64bits(key.p, key.len) % PLACES];
	if (p->key.len != key.len || memcmp(p->key.p, key.p, key.len) != 0) {
		buf_reset(&p->key);
		buf_add(&p->key, key.p, key.len);
		resolve(p, venue, keys, workshop);
	}
	return p;
}

/* The member venues of the ACL Anthology, each with a comma behind. */
static const char *
keys_of(const struct json *paper)
{
	static struct buf keys;
	const struct json *v;

	buf_reset(&keys);
	for (v = json_first(paper, "venues"); v != NULL; v = v->next)
		if (v->type == JSON_STRING) {
			buf_add(&keys, v->text, v->len);
			buf_addc(&keys, ',');
		}
	return keys.p;
}

/*
 * The place in the stream of dblp in which the paper is.  What is in that of a
 * conference is in no journal of its name.
 */
static const struct place *
in_stream(const struct json *paper, const struct place *p)
{
	static struct place other;
	const char *key = json_get_str(json_get(paper, "ids"), "dblp");
	size_t row;

	if (key == NULL)
		return p;
	row = vocabulary_stream(key, p->row);
	if (row != 0 && strncmp(key, "conf/", 5) == 0 &&
	    vocabulary_is(row, "journal"))
		row = 0;
	if (row == p->row)
		return p;
	other = (struct place){ .row = row, .found = row != 0,
	    .track = row != 0 ? p->track : NULL };
	return &other;
}

static void
set(struct arena *a, struct json *paper, const char *member, const char *value)
{
	json_set(a, paper, member, json_str(a, value));
}

static void
set_place(struct arena *a, struct json *paper, const struct place *p)
{
	set(a, paper, "venue", p->row != 0 ? vocabulary_venue(p->row) :
	    p->venue.p);
	set(a, paper, "venue_kind", p->row != 0 ? vocabulary_kind(p->row) :
	    "workshop");
	set(a, paper, "venue_name", p->row != 0 ?
	    vocabulary_full_name(p->row) : p->name.p);
}

/* A paper without a venue may have it in its status: "ICLR 2025 Poster". */
static bool
take_from_status(struct arena *a, struct json *paper)
{
	const char *status = json_get_str(paper, "status");
	const struct place *p;

	if (status == NULL || strpbrk(status, "0123456789") == NULL)
		return false;
	p = look_up(status, "", false);
	/* "ICLR 2018 Workshop Submission" is in "ICLR Workshops" */
	if (p->row != 0 ? !vocabulary_is(p->row, "conference") : !p->found ||
	    strstr(p->venue.p, " Workshops") == NULL)
		return false;
	set_place(a, paper, p);
	return true;
}

/* A full name may be all that tells the venue. */
static bool
take_from_name(struct arena *a, struct json *paper, const char *name)
{
	const struct place *p = name == NULL ? NULL : look_up(name, "", false);

	if (p == NULL || p->row == 0)
		return false;
	set_place(a, paper, p);
	return true;
}

/* The track of a text that is about one, or NULL. */
static const char *
find_track(const char *s, bool whole)
{
	struct words v;
	const char *track;

	words_of(&v, s, strlen(s));
	if (has_workshop(&v))
		return whole && v.n > 1 ? NULL : "workshop";
	track = track_find(&v);
	/* with more words it is another one */
	track_take_out(&v);
	return whole && v.n > 0 ? NULL : track;
}

/* The same; most papers have the text of the one before. */
static const char *
track_of(const char *s, bool whole)
{
	static struct {
		struct buf	 text;
		const char	*track;
	} last[2];

	if (last[whole].text.p == NULL || strcmp(last[whole].text.p, s) != 0) {
		buf_reset(&last[whole].text);
		buf_adds(&last[whole].text, s);
		last[whole].track = find_track(s, whole);
	}
	return last[whole].track;
}

/* Whether a track is none, but how the paper was presented. */
static bool
is_presentation(const char *s)
{
	static const char *const list[] = { "poster", "posters", "oral",
	    "orals", "spotlight", "spotlights", "talk", "talks" };
	size_t i;

	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (strcasecmp(s, list[i]) == 0)
			return true;
	return false;
}

/*
 * The track by the venue, the status, or a member track; "main" is what a
 * source says of all its papers, and the others what it says of one.
 */
static void
set_track(struct arena *a, struct json *paper, const char *by_venue)
{
	const char *member = json_get_str(paper, "track");
	const char *status = json_get_str(paper, "status"), *track = by_venue;
	const char *kind = json_get_str(paper, "venue_kind"), *t;

	if (status != NULL && (track == NULL || strcmp(track, "main") == 0) &&
	    (t = track_of(status, false)) != NULL)
		track = t;
	if (member != NULL && (track == NULL || strcmp(track, "main") == 0)) {
		t = track_of(member, true);
		track = t != NULL ? t : member;
	}
	if (track != NULL && track == member && is_presentation(member)) {
		drop_value(a, paper, "track", "how it was presented");
		return;
	}
	if (track != NULL && strcmp(track, "main") == 0 && kind != NULL &&
	    strcmp(kind, "journal") == 0) {
		if (member != NULL)
			drop_value(a, paper, "track", "a journal has none");
		return;
	}
	if (track != NULL && (member == NULL || strcmp(member, track) != 0))
		set(a, paper, "track", track);
}

const char *
normalize_venue(struct arena *a, struct json *paper)
{
	const char *venue = json_get_str(paper, "venue");
	const char *type = json_get_str(paper, "type"), *track = NULL;
	const char *status = json_get_str(paper, "status"), *keys;
	const char *name = json_get_str(paper, "venue_name");
	const struct place *p;

	if (venue == NULL) {
		if (take_from_name(a, paper, name))
			venue = name;
		else if (take_from_status(a, paper))
			venue = status;
	/* one with a full name was found before */
	} else if (name == NULL) {
		keys = keys_of(paper);
		p = in_stream(paper, look_up(venue, keys, *keys != '\0' &&
		    type != NULL && strcmp(type, "workshop-paper") == 0));
		if (p->found) {
			set_place(a, paper, p);
			track = p->track;
		} else
			unknown_count(venue, json_get_str(paper, "id"));
	}
	set_track(a, paper, track);
	return venue;
}
