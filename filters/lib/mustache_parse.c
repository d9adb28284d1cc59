/* mustache_parse - the text of a template as a list of operations */
#include <err.h>
#include <stdbool.h>
#include <string.h>
#include <sysexits.h>

#include "lib/buf.h"
#include "lib/mustache_op.h"

#define MAX_DELIMITER	16

struct parser {
	struct mustache	*m;
	const char	*at;		/* behind the last tag */
	const char	*end;
	const char	*counted;	/* lines are counted up to here */
	size_t		 line;
	size_t		 open;		/* innermost open section, plus 1 */
	struct part	 left;		/* the delimiters */
	struct part	 right;
};

struct tag {
	char		 sigil;		/* 0 where there is none */
	const char	*s;		/* what is in it, trimmed */
	size_t		 n;
	const char	*start;
	const char	*end;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static struct op *
add_op(struct parser *p, enum op_type type, const char *s, size_t n)
{
	struct mustache *m = p->m;
	struct op *op;

	grow(&m->op, &m->ops_cap, m->nops + 1, sizeof(*m->op));
	op = &m->op[m->nops++];
	memset(op, 0, sizeof(*op));
	op->type = type;
	op->line = p->line;
	op->s = s;
	op->n = n;
	return op;
}

static void
check_name(const struct parser *p, const struct tag *tag)
{
	size_t i;

	if (tag->n == 0)
		errx(EX_CONFIG, "%s:%zu: a tag without a name", p->m->name,
		    p->line);
	for (i = 0; i < tag->n; i++)
		if ((unsigned char)tag->s[i] <= ' ' || tag->s[i] == '\x7f')
			errx(EX_CONFIG, "%s:%zu: white space or a control "
			    "character in a name", p->m->name, p->line);
}

/* An op with the name of the tag. */
static struct op *
add_named(struct parser *p, enum op_type type, const struct tag *tag)
{
	struct mustache *m = p->m;
	struct op *op;
	const char *s = tag->s, *end = s + tag->n, *dot;

	check_name(p, tag);
	op = add_op(p, type, tag->s, tag->n);
	op->part = m->nparts;
	if (tag->n == 1 && *s == '.')
		return op;
	for (;; s = dot + 1) {
		dot = memchr(s, '.', (size_t)(end - s));
		if (dot == NULL)
			dot = end;
		if (dot == s)
			errx(EX_CONFIG, "%s:%zu: %.*s: nothing in front of or "
			    "behind a dot", m->name, p->line, (int)tag->n,
			    tag->s);
		grow(&m->part, &m->parts_cap, m->nparts + 1, sizeof(*m->part));
		m->part[m->nparts++] = (struct part){ s, (size_t)(dot - s) };
		op->nparts++;
		if (dot == end)
			return op;
	}
}

static void
open_section(struct parser *p, enum op_type type, const struct tag *tag)
{
	struct op *op = add_named(p, type, tag);

	op->jump = p->open;
	p->open = p->m->nops;
}

static void
close_section(struct parser *p, const struct tag *tag)
{
	struct op *op;
	size_t open = p->open;

	check_name(p, tag);
	if (open == 0)
		errx(EX_CONFIG, "%s:%zu: end of %.*s, but no section is open",
		    p->m->name, p->line, (int)tag->n, tag->s);
	op = &p->m->op[open - 1];
	if (op->n != tag->n || memcmp(op->s, tag->s, op->n) != 0)
		errx(EX_CONFIG, "%s:%zu: end of %.*s, but the section open "
		    "since line %zu is %.*s", p->m->name, p->line, (int)tag->n,
		    tag->s, op->line, (int)op->n, op->s);
	p->open = op->jump;
	/* what is inverted opens no context, so none is to be closed */
	if (op->type == OP_SECTION)
		add_op(p, OP_END, NULL, 0)->jump = open;
	p->m->op[open - 1].jump = p->m->nops;
}

static void
set_delimiters(struct parser *p, const struct tag *tag)
{
	const char *s = tag->s, *end = s + tag->n;
	struct part word[2];
	size_t i;

	for (i = 0; i < 2; i++) {
		while (s < end && is_space(*s))
			s++;
		for (word[i].s = s; s < end && !is_space(*s); s++)
			;
		word[i].n = (size_t)(s - word[i].s);
		if (word[i].n == 0 || word[i].n > MAX_DELIMITER ||
		    memchr(word[i].s, '=', word[i].n) != NULL)
			break;
	}
	if (i < 2 || s < end)
		errx(EX_CONFIG, "%s:%zu: not two delimiters of at most %d "
		    "bytes without =", p->m->name, p->line, MAX_DELIMITER);
	p->left = word[0];
	p->right = word[1];
}

static void
add_partial(struct parser *p, const struct tag *tag, const char *indent)
{
	struct mustache *plain;
	struct op *op;

	check_name(p, tag);
	/* wanted in any case: what is wrong in it is to be told of now */
	plain = mustache_template(p->m->set, tag->s, tag->n, "", 0);
	op = add_op(p, OP_PARTIAL, tag->s, tag->n);
	op->indent = indent;
	op->nindent = (size_t)(tag->start - indent);
	/* indented ones may go on for ever in a recursion: made when used */
	op->partial = op->nindent == 0 ? plain : NULL;
}

static void
read_tag(struct parser *p, const char *start, struct tag *tag)
{
	static const char sigils[] = "#^/>&{=!";
	char end[MAX_DELIMITER + 1];
	const char *s, *e;
	size_t n = 0;

	for (; p->counted < start; p->counted++)
		p->line += *p->counted == '\n';
	for (s = start + p->left.n; s < p->end && is_space(*s); s++)
		;
	tag->sigil = 0;
	if (s < p->end && memchr(sigils, *s, sizeof(sigils) - 1) != NULL)
		tag->sigil = *s++;
	if (tag->sigil == '{')
		end[n++] = '}';
	else if (tag->sigil == '=')
		end[n++] = '=';
	memcpy(end + n, p->right.s, p->right.n);
	n += p->right.n;
	e = memmem(s, (size_t)(p->end - s), end, n);
	if (e == NULL)
		errx(EX_CONFIG, "%s:%zu: a tag is not closed", p->m->name,
		    p->line);
	tag->start = start;
	tag->end = e + n;
	while (s < e && is_space(*s))
		s++;
	while (s < e && is_space(e[-1]))
		e--;
	tag->s = s;
	tag->n = (size_t)(e - s);
}

/* Whether nothing else is on the line; if so, *from and *to are its ends. */
static bool
stands_alone(const struct parser *p, const struct tag *tag, const char **from,
    const char **to)
{
	const char *a = tag->start, *b = tag->end;

	if (memchr("&{", tag->sigil, 3) != NULL)
		return false;
	while (a > p->m->text && is_blank(a[-1]))
		a--;
	while (b < p->end && is_blank(*b))
		b++;
	if (p->end - b > 1 && b[0] == '\r' && b[1] == '\n')
		b++;
	if ((a > p->m->text && a[-1] != '\n') || (b < p->end && *b != '\n'))
		return false;
	*from = a;
	*to = b < p->end ? b + 1 : b;
	return true;
}

static void
parse_tag(struct parser *p, const char *start)
{
	const char *from, *to;
	struct tag tag;

	read_tag(p, start, &tag);
	if (!stands_alone(p, &tag, &from, &to)) {
		from = tag.start;
		to = tag.end;
	}
	if (from > p->at)
		add_op(p, OP_TEXT, p->at, (size_t)(from - p->at));
	p->at = to;
	switch (tag.sigil) {
	case '#':
		open_section(p, OP_SECTION, &tag);
		break;
	case '^':
		open_section(p, OP_INVERTED, &tag);
		break;
	case '/':
		close_section(p, &tag);
		break;
	case '>':
		add_partial(p, &tag, from);
		break;
	case '&':
	case '{':
		add_named(p, OP_RAW, &tag);
		break;
	case '=':
		set_delimiters(p, &tag);
		break;
	case '!':
		break;
	default:
		add_named(p, OP_ESCAPED, &tag);
		break;
	}
}

void
mustache_parse(struct mustache *m)
{
	struct parser p = {
		.m = m, .at = m->text, .end = m->text + m->len,
		.counted = m->text, .line = 1,
		.left = { "{{", 2 }, .right = { "}}", 2 },
	};
	const struct op *op;
	const char *tag;

	while ((tag = memmem(p.at, (size_t)(p.end - p.at), p.left.s,
	    p.left.n)) != NULL)
		parse_tag(&p, tag);
	if (p.at < p.end)
		add_op(&p, OP_TEXT, p.at, (size_t)(p.end - p.at));
	if (p.open > 0) {
		op = &m->op[p.open - 1];
		errx(EX_CONFIG, "%s:%zu: section %.*s is not closed", m->name,
		    op->line, (int)op->n, op->s);
	}
}
