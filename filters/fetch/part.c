/* part - a body on its way: what has come of it, kept over kills and cuts */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/answer.h"
#include "fetch/depot.h"
#include "fetch/files.h"
#include "fetch/part.h"
#include "fetch/url.h"
#include "lib/buf.h"

void
part_init(struct part *p, const char *key)
{
	memset(p, 0, sizeof(*p));
	p->key = key;
	p->lock = p->fd = -1;
	p->path = depot_path("part", key, "");
}

bool
part_lock(struct part *p)
{
	char *path = depot_path("part", p->key, "lock");

	p->lock = files_lock(path);
	free(path);
	return p->lock != -1;
}

static void
remove_about(struct part *p)
{
	char *path = depot_path("part", p->key, "json");

	unlink(path);
	free(path);
	memset(&p->about, 0, sizeof(p->about));
	p->resumable = false;
}

/*
 * Only what is sure to tell one body from another can join two parts.  What is
 * compressed while it is sent has no length, and need not come out the same
 * twice.
 */
static bool
is_resumable(const struct state *s)
{
	return s->final != NULL && (answer_is_strong(s->etag) ||
	    s->last_modified != NULL) && (s->encoding == NULL || s->total >= 0);
}

static void
resize(struct part *p, int64_t size)
{
	if (ftruncate(p->fd, size) == -1 ||
	    lseek(p->fd, size, SEEK_SET) == -1)
		files_fail(p->path);
	p->have = size;
}

void
part_open(struct part *p, struct arena *a)
{
	char *about = depot_path("part", p->key, "json");
	struct stat st;

	if (p->fd == -1)
		p->fd = files_make(p->path, O_RDWR);
	if (fstat(p->fd, &st) == -1)
		files_fail(p->path);
	if (!state_read(about, a, &p->about) || !is_resumable(&p->about) ||
	    st.st_size == 0 ||
	    (p->about.total >= 0 && st.st_size > p->about.total))
		part_drop(p);
	else {
		p->resumable = true;
		/* of a whole one ask for the last byte: a range of no bytes
		 * cannot be had */
		resize(p, st.st_size - (st.st_size == p->about.total));
	}
	free(about);
}

bool
part_begun(const struct part *p)
{
	return p->resumable && p->have > 0;
}

static bool
equal(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* There are servers that send a range whatever If-Range says. */
static bool
is_same_body(const struct state *s, const struct answer *r)
{
	return answer_is_strong(s->etag) ? equal(r->etag, s->etag) :
	    equal(r->last_modified, s->last_modified);
}

bool
part_continues(const struct part *p, const struct answer *r)
{
	return r->from == p->have &&
	    (p->about.total < 0 || r->total == p->about.total) &&
	    is_same_body(&p->about, r) &&
	    (r->encoding == NULL || (p->about.encoding != NULL &&
	    strcmp(r->encoding, p->about.encoding) == 0));
}

void
part_begin(struct part *p, const struct answer *r, const char *url)
{
	struct state s = { .status = r->status, .bytes = -1,
	    .total = r->length };
	char *about = depot_path("part", p->key, "json");
	char *other = depot_path("part", p->key, "tmp");
	char *final = url_shown(url);

	/* what the file says holds of the bytes at any moment */
	part_drop(p);
	s.final = final;
	s.etag = r->etag;
	s.last_modified = r->dated ? r->last_modified : NULL;
	s.media_type = r->media_type;
	s.encoding = r->encoding;
	p->resumable = is_resumable(&s);
	if (p->resumable)
		state_write(about, other, false, &s);
	p->about = s;
	p->about.final = NULL;
	p->about.last_modified = r->last_modified;
	free(about);
	free(other);
	free(final);
}

void
part_add(struct part *p, const void *bytes, size_t n)
{
	files_append(p->fd, p->path, bytes, n);
	p->have += (int64_t)n;
}

void
part_drop(struct part *p)
{
	remove_about(p);
	resize(p, 0);
}

void
part_done(struct part *p)
{
	char *other = depot_path("part", p->key, "tmp");

	/* the file is not touched: by another name it may be a body */
	if (p->fd != -1)
		close(p->fd);
	p->fd = -1;
	unlink(p->path);
	unlink(other);
	remove_about(p);
	free(other);
}

void
part_sweep(struct part *p)
{
	char *lock = depot_path("part", p->key, "lock");

	if (access(lock, F_OK) == 0 && part_lock(p)) {
		part_done(p);
		part_close(p);
	}
	free(lock);
}

void
part_close(struct part *p)
{
	char *lock = depot_path("part", p->key, "lock");
	char *about = depot_path("part", p->key, "json");

	if (p->fd != -1) {
		close(p->fd);
		if (access(about, F_OK) == -1)
			unlink(p->path);
	}
	if (p->lock != -1)
		files_unlock(p->lock, lock);
	p->fd = p->lock = -1;
	free(lock);
	free(about);
}
