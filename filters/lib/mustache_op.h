/* mustache_op - what a template is made into; for the engine alone */
#ifndef MUSTACHE_OP_H
#define MUSTACHE_OP_H

#include <stddef.h>

enum op_type {
	OP_TEXT, OP_ESCAPED, OP_RAW, OP_SECTION, OP_INVERTED, OP_END, OP_PARTIAL
};

/* A name between dots.  It points into the text of its template. */
struct part {
	const char	*s;
	size_t		 n;
};

struct op {
	enum op_type	 type;
	size_t		 line;
	const char	*s;		/* text, or the name of the tag */
	size_t		 n;
	size_t		 part;		/* index of the first part of the name */
	size_t		 nparts;	/* 0: the name is "." */
	/*
	 * Sections: the op behind the section.  Their ends: the first one in
	 * it.  While parsing, in open sections: the one around it, plus 1.
	 */
	size_t		 jump;
	const char	*indent;	/* of a partial */
	size_t		 nindent;
	struct mustache	*partial;	/* NULL until used, where indented */
};

struct mustache_set;

struct mustache {
	struct mustache_set	*set;
	struct mustache		*next;
	const char		*name;
	const char		*indent;	/* in front of every line */
	size_t			 nindent;
	const char		*text;		/* NULL: there is no such name */
	size_t			 len;
	struct op		*op;
	size_t			 nops;
	size_t			 ops_cap;
	struct part		*part;
	size_t			 nparts;
	size_t			 parts_cap;
};

/*
 * The template of that name as it is, or with every line indented; without
 * text where there is none.  Owned by the set; parsed later.
 */
struct mustache	*mustache_template(struct mustache_set *, const char *name,
		    size_t n, const char *indent, size_t nindent);
/* Errors end the process, as mustache_get says. */
void		 mustache_parse(struct mustache *);

#endif
