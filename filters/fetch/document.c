/* document - the document of a row, of its body here or fetched */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "fetch/depot.h"
#include "fetch/document.h"
#include "fetch/locked.h"
#include "fetch/options.h"
#include "fetch/path.h"
#include "fetch/remote.h"
#include "fetch/rows.h"
#include "fetch/url.h"
#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/failure.h"
#include "lib/filter.h"
#include "lib/json.h"

static const struct fetch_options *options;
static struct arena arena;

void
document_options(const struct fetch_options *o)
{
	options = o;
}

static void
write_document(struct rows *t, size_t row, const char *path,
    const struct remote *body)
{
	const char *want = rows_cell(t, row, "sha256");
	char *shown = path_relative(path);
	struct json *o;

	if (shown == NULL) {
		filter_fail(failure_status(errno, EX_NOINPUT));
		filter_reject(REJECT_NO_INPUT, "url", NULL, 0, "%s: %s", path,
		    strerror(errno));
		return;
	}
	if (want != NULL && strcmp(want, body->sha256) != 0) {
		filter_fail(EX_DATAERR);
		filter_reject(REJECT_WRONG_DIGEST, "sha256", want,
		    strlen(want), "%s: the digest is %s", path, body->sha256);
		free(shown);
		return;
	}
	o = rows_document(t, row, &arena);
	json_set(&arena, o, "path", json_str(&arena, shown));
	json_set(&arena, o, "sha256", json_str(&arena, body->sha256));
	json_set(&arena, o, "bytes", json_int(&arena, (int64_t)body->bytes));
	if (body->media_type != NULL)
		json_set(&arena, o, "media_type",
		    json_str(&arena, body->media_type));
	filter_emit(o);
	free(shown);
}

/* A body on the disk, that has to be what the lock says, if there is one. */
static void
fetch_file(struct rows *t, size_t row, const char *path,
    const struct locked *want)
{
	const char *url = rows_cell(t, row, "url");
	struct remote body = { 0 };
	char hex[DIGEST_HEX], *shown;

	body.sha256 = hex;
	if (!digest_file(path, hex, &body.bytes)) {
		int e = errno;

		shown = url_shown(url);
		filter_fail(failure_status(e, EX_NOINPUT));
		filter_reject(REJECT_NO_INPUT, "url", shown, strlen(shown),
		    "%s: %s", path, strerror(e));
		free(shown);
		return;
	}
	if (want != NULL && (strcmp(hex, want->sha256) != 0 ||
	    body.bytes != want->bytes)) {
		filter_fail(EX_DATAERR);
		filter_reject(REJECT_WRONG_DIGEST, "sha256", want->sha256,
		    strlen(want->sha256), "%s: %" PRIu64 " bytes with the "
		    "digest %s, %s:%zu has %" PRIu64 " with %s", path,
		    body.bytes, hex, options->locked, want->line, want->bytes,
		    want->sha256);
		return;
	}
	if (want != NULL && url_is_remote(url))
		body.media_type = locked_media_type(want, url, &arena);
	write_document(t, row, path, &body);
}

/* With a lock: path is where the file of the row is, NULL: in the store. */
static void
fetch_locked(struct rows *t, size_t row, const char *path)
{
	char *shown = url_shown(rows_cell(t, row, "url")), *body;
	const struct locked *want = locked_take(rows_cell(t, row, "source"),
	    shown);

	if (want == NULL) {
		filter_fail(EX_DATAERR);
		filter_reject(REJECT_NOT_LOCKED, "url", shown, strlen(shown),
		    "%s: not in %s", shown, options->locked);
	} else if (path != NULL)
		fetch_file(t, row, path, want);
	else {
		body = depot_body(want->sha256);
		fetch_file(t, row, body, want);
		free(body);
	}
	free(shown);
}

static void
fetch_remote(struct rows *t, size_t row)
{
	const char *sha256 = rows_cell(t, row, "sha256");
	const char *url = rows_cell(t, row, "url");
	const struct remote *body;
	char *shown;

	/* whoever reads the documents need not wait for this one */
	filter_flush();
	body = remote_get(url, sha256);
	if (body->path != NULL) {
		write_document(t, row, body->path, body);
		return;
	}
	shown = url_shown(url);
	filter_fail(body->status);
	filter_reject(body->code, "url", shown, strlen(shown), "%s",
	    body->detail);
	free(shown);
}

/* What keeps a row that is no file from being fetched, or NULL. */
static const char *
remote_fault(const char *url, const char *sha256)
{
	if (!url_is_remote(url))
		return "only files, http and https are fetched";
	if (options->remote.dir == NULL)
		return "-o is needed, a folder for what is fetched";
	if (options->locked == NULL && !remote_want(url, sha256))
		return "malformed";
	return NULL;
}

static void
reject_url(const char *url, const char *fault)
{
	char *shown = url_shown(url);

	filter_reject(REJECT_BAD_URL, "url", shown, strlen(shown), "%s: %s",
	    shown, fault);
	filter_fail(EX_UNAVAILABLE);
	free(shown);
}

void
document_of_row(struct rows *t, size_t row, bool ask)
{
	const char *url = rows_cell(t, row, "url"), *column, *fault, *cell;
	char *path;

	arena_reset(&arena);
	if ((fault = rows_fault(t, row, &column)) != NULL) {
		cell = column != NULL ? rows_cell(t, row, column) : NULL;
		if (!ask)
			filter_reject(REJECT_BAD_ROW, column, cell,
			    cell != NULL ? strlen(cell) : 0, "%s", fault);
		return;
	}
	if ((path = path_of_url(t->folder, url)) == NULL)
		fault = remote_fault(url, rows_cell(t, row, "sha256"));
	if (ask)
		;
	else if (fault != NULL)
		reject_url(url, fault);
	else if (options->locked != NULL)
		fetch_locked(t, row, path);
	else if (path != NULL)
		fetch_file(t, row, path, NULL);
	else
		fetch_remote(t, row);
	free(path);
}
