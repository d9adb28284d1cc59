/* report - what a run of a pipeline did, as a page that stands beside a site */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/json.h"
#include "render/assets.h"
#include "render/page.h"
#include "render/view.h"

static struct arena	 arena;
static struct json	*report;

static double
number(const struct json *o, const char *member)
{
	const struct json *v = json_get(o, member);

	return v != NULL ? strtod(v->text, NULL) : 0;
}

static uint64_t
count(const struct json *o, const char *member)
{
	int64_t n = json_get_int(o, member, 0);

	return n > 0 ? (uint64_t)n : 0;
}

/* "0.05 s", "3.2 s", "3 min 20 s", "1 h 5 min" */
static void
set_time(struct json *o, const char *member, double s)
{
	struct buf b = { 0 };
	/* whole ones, as far as anybody can want to know */
	double n = s < 1e9 ? floor(s + 0.5) : 1e9;

	if (s < 59.95)
		buf_addf(&b, "%.*f s", s < 0.095 ? 2 : 1, s);
	else if (n < 3600)
		buf_addf(&b, "%.0f min %.0f s", floor(n / 60), fmod(n, 60));
	else
		buf_addf(&b, "%.0f h %.0f min", floor(n / 3600),
		    floor(fmod(n, 3600) / 60));
	page_set(o, member, b.p);
	buf_free(&b);
}

/* "512 B", "12.3 MB" */
static void
set_bytes(struct json *o, const char *member, uint64_t n)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double v = (double)n;
	struct buf b = { 0 };
	size_t i = 0;

	while (v >= 999.5 && i + 1 < sizeof(units) / sizeof(units[0])) {
		v /= 1000;
		i++;
	}
	buf_addf(&b, "%.*f %s", i == 0 || v >= 99.95 ? 0 : 1, v, units[i]);
	page_set(o, member, b.p);
	buf_free(&b);
}

/* "2026-11-24 03:17 UTC" of "2026-11-24T03:17:05Z" */
static void
set_moment(struct json *o, const char *member, const char *s)
{
	struct buf b = { 0 };

	buf_addf(&b, "%.10s %.5s UTC", s, s + 11);
	page_set(o, member, b.p);
	buf_free(&b);
}

static void
add_gaps(struct json *data)
{
	const struct json *e = json_first(report, "gaps");
	struct json *list;

	if (e == NULL) {
		page_flag(data, "sound");
		return;
	}
	list = page_list(page_object(data, "gaps"), "list");
	for (; e != NULL; e = e->next)
		page_set(page_item(list), "text", e->text);
}

static void
add_stages(struct json *data)
{
	static const char *const counts[] = { "in", "out", "rejected",
	    "merged", "made", "notes" };
	const struct json *e = json_first(report, "stages"), *ran;
	struct json *list = page_list(data, "stages"), *o;
	size_t i;

	for (; e != NULL; e = e->next) {
		o = page_item(list);
		page_copy(o, "stage", e, "stage");
		for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
			page_count(o, counts[i], count(e, counts[i]), NULL);
		if (json_get(e, "seconds") != NULL)
			set_time(o, "seconds", number(e, "seconds"));
		if (json_get(e, "memory") != NULL)
			set_bytes(o, "memory", count(e, "memory"));
		if (json_get(e, "rate") != NULL)
			page_count(o, "rate", (uint64_t)(number(e, "rate") +
			    0.5), NULL);
		ran = json_get(e, "ran");
		if (ran != NULL && ran->type == JSON_FALSE)
			page_flag(o, "held");
	}
}

static bool
is_note(const char *code)
{
	enum reject_code i;

	for (i = 0; i < REJECT_CODES; i++)
		if (strcmp(reject_name(i), code) == 0)
			return reject_is_note(i);
	return false;
}

static void
add_code(struct json *list, const struct json *stage, const struct json *n,
    const char *level)
{
	struct json *o = page_item(list);

	page_copy(o, "stage", stage, "stage");
	page_set(o, "code", n->name);
	page_set(o, "level", level);
	page_count(o, "count", strtoull(n->text, NULL, 10), NULL);
}

/* Rejects and notes by stage and code, and what was passed over. */
static void
add_codes(struct json *data)
{
	const struct json *s, *e;
	struct json *list = NULL;

	for (s = json_first(report, "stages"); s != NULL; s = s->next) {
		const struct json *codes = json_get(s, "codes");
		const struct json *passed = json_get(s, "passed");

		if (list == NULL && (codes != NULL || passed != NULL))
			list = page_list(page_object(data, "codes"), "list");
		for (e = codes != NULL ? codes->child : NULL; e != NULL;
		    e = e->next)
			add_code(list, s, e, is_note(e->name) ? "note" :
			    "reject");
		for (e = passed != NULL ? passed->child : NULL; e != NULL;
		    e = e->next)
			add_code(list, s, e, "passed over");
	}
}

/* Of all stages of a source. */
static uint64_t
sum(const struct json *source, const char *member)
{
	const struct json *e;
	uint64_t n = 0;

	for (e = json_first(source, "stages"); e != NULL; e = e->next)
		n += count(e, member);
	return n;
}

static void
set_source(struct json *o, const struct json *s)
{
	struct json *first = page_object(o, "first");
	size_t rows = json_count(json_first(s, "documents"));

	page_copy(first, "source", s, "source");
	if (json_get(s, "records") != NULL)
		page_count(first, "records", count(s, "records"), NULL);
	if (json_get(s, "papers") != NULL)
		page_count(first, "papers", count(s, "papers"), NULL);
	page_count(first, "rejected", sum(s, "rejected"), NULL);
	page_count(first, "notes", sum(s, "notes"), NULL);
	page_count(first, "rows", rows > 0 ? rows : 1, NULL);
}

static void
set_document(struct json *o, const struct json *d)
{
	const char *sha256 = json_get_str(d, "sha256");
	struct buf b = { 0 };

	o = page_object(o, "document");
	page_copy(o, "text", d, "url");
	page_web(o, "url", json_get_str(d, "url"));
	page_copy(o, "sha256", d, "sha256");
	buf_addf(&b, "%.12s", sha256);
	page_set(o, "short", b.p);
	set_bytes(o, "bytes", count(d, "bytes"));
	page_copy(o, "date", d, "date");
	buf_free(&b);
}

/* A row for each document; the first one of a source has its counts. */
static void
add_sources(struct json *data)
{
	const struct json *s = json_first(report, "sources"), *d;
	struct json *list = page_list(data, "rows"), *o;

	page_count(data, "source_count", json_count(s), "source");
	for (; s != NULL; s = s->next) {
		d = json_first(s, "documents");
		o = page_item(list);
		set_source(o, s);
		if (d != NULL)
			set_document(o, d);
		for (d = d != NULL ? d->next : NULL; d != NULL; d = d->next)
			set_document(page_item(list), d);
	}
}

static void
add_versions(struct json *data)
{
	const struct json *e = json_first(report, "versions");
	struct json *list = page_list(data, "versions"), *o;

	for (; e != NULL; e = e->next) {
		o = page_item(list);
		page_copy(o, "program", e, "program");
		page_copy(o, "version", e, "version");
	}
}

static void
take_report(const struct json *r)
{
	if (report != NULL)
		filter_warn(EX_DATAERR, "more than one report");
	else
		report = json_copy(&arena, r);
}

static void
write_report(struct catalogue *c)
{
	struct json *data;

	(void)c;
	if (report == NULL)
		filter_warn(EX_NOINPUT, "no report");
	if (filter_failed())
		return;
	assets_open();
	data = page_begin("report.html", "Report");
	page_copy(data, "pipeline", report, "pipeline");
	set_moment(data, "started", json_get_str(report, "started"));
	set_time(data, "seconds", number(report, "seconds"));
	add_gaps(data);
	add_stages(data);
	add_codes(data);
	add_sources(data);
	add_versions(data);
	page_write("report");
	filter_made(1);
}

static const char *const kinds[] = { "report", NULL };

const struct view view_report = {
	.name = "report",
	.text = "what a run of a pipeline did, as a page beside a site",
	.kinds = kinds,
	.report = take_report,
	.write = write_report,
};
