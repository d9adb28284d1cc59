/* state - what is known of a url: what its server said, and when */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/digest.h"
#include "fetch/files.h"
#include "fetch/state.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"

/* A text that goes into a request or a record: printable, or not there. */
static const char *
plain(const struct json *o, const char *name)
{
	const char *s = json_get_str(o, name), *p;

	for (p = s; p != NULL && *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			return NULL;
	return p != NULL && (size_t)(p - s) == json_get(o, name)->len ? s :
	    NULL;
}

bool
state_read(const char *path, struct arena *a, struct state *s)
{
	struct buf b = { 0 };
	enum reject_code code;
	const char *detail;
	struct json *o = NULL;

	memset(s, 0, sizeof(*s));
	if (files_read(path, &b))
		o = json_parse(a, b.p, b.len, &code, &detail);
	buf_free(&b);
	if (o == NULL || o->type != JSON_OBJECT)
		return false;
	s->url = plain(o, "url");
	s->final = plain(o, "final");
	s->status = json_get_int(o, "status", 0);
	s->etag = plain(o, "etag");
	s->last_modified = plain(o, "last_modified");
	s->media_type = plain(o, "media_type");
	s->encoding = plain(o, "encoding");
	s->total = json_get_int(o, "total", -1);
	s->sha256 = plain(o, "sha256");
	s->bytes = json_get_int(o, "bytes", -1);
	s->fetched = plain(o, "fetched");
	s->checked = plain(o, "checked");
	return s->final != NULL &&
	    (s->sha256 == NULL || digest_is_hex(s->sha256));
}

static void
set_str(struct arena *a, struct json *o, const char *name, const char *s)
{
	if (s != NULL)
		json_set(a, o, name, json_str(a, s));
}

static void
set_int(struct arena *a, struct json *o, const char *name, int64_t i)
{
	if (i >= 0)
		json_set(a, o, name, json_int(a, i));
}

void
state_write(const char *path, const char *other, bool synced,
    const struct state *s)
{
	struct arena a = { 0 };
	struct json *o = json_object(&a);
	struct buf b = { 0 };

	set_str(&a, o, "url", s->url);
	set_str(&a, o, "final", s->final);
	set_int(&a, o, "status", s->status);
	set_str(&a, o, "etag", s->etag);
	set_str(&a, o, "last_modified", s->last_modified);
	set_str(&a, o, "media_type", s->media_type);
	set_str(&a, o, "encoding", s->encoding);
	set_int(&a, o, "total", s->total);
	set_str(&a, o, "sha256", s->sha256);
	set_int(&a, o, "bytes", s->bytes);
	set_str(&a, o, "fetched", s->fetched);
	set_str(&a, o, "checked", s->checked);
	json_write(&b, o);
	buf_addc(&b, '\n');
	files_write(path, other, b.p, b.len, synced);
	buf_free(&b);
	arena_free(&a);
}

const char *
state_now(struct arena *a)
{
	char s[32];
	time_t t = time(NULL);
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(s, sizeof(s), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_strndup(a, s, strlen(s));
}
