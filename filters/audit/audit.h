/* audit - the parts of audit: holdings, their ledger, groups, what changed */
#ifndef AUDIT_H
#define AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct input;
struct json;

/* The run that the ledger of --against tells of, and this one. */
enum side { BEFORE, NOW };

/* A paper that counts: its line of the ledger lies in a spill file. */
struct holding {
	const char	*id;
	uint64_t	 at;		/* in the spill file */
	uint64_t	 hash;		/* of the line */
	uint32_t	 len;
	uint32_t	 groups;	/* of groups_keep */
	uint64_t	 line, offset;	/* where the paper came from */
	const char	*file;
};

struct holdings {
	struct holding	*v;
	size_t		 n;
	size_t		 cap;
};

/* Keep a line of a ledger, and of where filter_where is, under the id. */
struct holding	*holdings_add(struct holdings *, const char *id,
		    const char *line, size_t len);
/*
 * Sort by id.  Of papers with one id the one whose line is first in a fixed
 * order stays, the others are rejected.
 */
void		 holdings_sort(struct holdings *);
/* Whether the holding has that line. */
bool		 holding_is(const struct holding *, const char *line,
		    size_t len);
/* The line, valid until the next call; or as a tree. */
const struct buf	*holding_line(const struct holding *);
struct json	*holding_read(const struct holding *, struct arena *);

/* Append the line of a paper, without the end of the line. */
void		 holding_write(struct buf *, const struct json *paper);
struct record_name {
	const char	*source, *key;	/* source may be NULL */
	size_t		 nsource, nkey;	/* bytes */
};

/*
 * Call back with each record of a paper or a holding.  A paper without sources
 * is one record, named by its id.
 */
void		 holding_records(const struct json *,
		    void (*record)(const struct record_name *, void *), void *);
/* The year of a paper or a holding where it is spelt in digits, else NULL. */
const struct json	*holding_year(const struct json *);
/* The name of an element of authors of a paper or a holding. */
const char	*holding_author(const struct json *);

/*
 * Groups of papers: all papers, all records, all author names, and those of
 * each source (records), venue, year, type and exact author name (papers).
 * Only those have a number that a paper which differs is in.
 */
#define NO_GROUP	UINT32_MAX

/* Keep the groups of a paper, for its holding to know. */
uint32_t	 groups_keep(const struct json *paper);
/* Count a paper that one side does not have, or not so. */
void		 groups_differ(const struct json *holding, enum side);
/* Behind all of these count the others. */
void		 groups_sum(const struct holdings *now);
size_t		 groups_number(void);
uint32_t	 groups_held(uint32_t group, enum side);
/* The name of a group, of an author its key; its kind as n bytes at *kind. */
const char	*groups_name(uint32_t group, const char **kind, size_t *n);
/* The group of an author name on a paper that differs, or NO_GROUP. */
uint32_t	 groups_author(const char *name);

/* What a group may lose, in percent; ends with EX_USAGE for what is none. */
void		 gate_option(const char *value);
/* Tell of each group that lost more, the worst first; it is then a failure. */
void		 gate_judge(void);

/*
 * Read the ledger of before.  stays is set for those of now that have a line
 * in it; the other lines are added to before and to the groups.  A ledger that
 * is not whole and sound is told of: false.
 */
bool		 ledger_read(struct input *, const struct holdings *now,
		    bool *stays, struct holdings *before);
/* Write one, whole or not at all; ends the process if that fails. */
void		 ledger_write(const char *path, const struct holdings *);

/*
 * Papers that have records in common, or that others connect so: those of now,
 * then those of before, by id.
 */
struct kin {
	const struct holding	**v;
	uint32_t		 n[2];	/* by side */
	uint32_t		 changes;	/* bits, for changes_write */
};

struct kinship {
	struct kin		*v;	/* by the id of the first paper */
	size_t			 n;
	size_t			 cap;
	const struct holding	**papers;
};

/* Of the papers of now those that do not stay, and all of before. */
void		 kinship_find(struct kinship *, const struct holdings *now,
		    const bool *stays, const struct holdings *before);
void		 kinship_free(struct kinship *);

/* Write what changed, and call back with every author name on these papers. */
void		 changes_write(struct kinship *, void (*name)(const char *));

/* Author names that only one side has are kept, then written. */
void		 names_add(const char *name);
void		 names_write(void);

#endif
