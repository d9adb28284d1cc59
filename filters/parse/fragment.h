/* fragment - text of other formats that has tags of HTML, JATS and MathML */
#ifndef FRAGMENT_H
#define FRAGMENT_H

#include <stddef.h>

struct json;
struct node;

/*
 * The tree of a text of n bytes, in the arena of the entry, as tree.h has them;
 * its root is called "abstract".  References to characters are resolved once.
 * It need not be well-formed: what is not a tag by its name stays text, a tag
 * that ends nothing is passed over, and one that is not ended ends with what is
 * around it.
 */
const struct node	*fragment_read(const char *s, size_t n);
/* entry_text of a line of text, tags taken off; parts_abstract of one in blocks. */
void			 fragment_line(struct json *o, const char *member,
			    const char *s, size_t n);
void			 fragment_blocks(struct json *o, const char *member,
			    const char *s, size_t n);
/*
 * An abstract out of XML: some repositories write the tags of HTML as text, so
 * that one that ends an element is read once more, as fragment_blocks does.
 * Paragraphs of another are kept.
 */
void			 fragment_escaped(struct json *o, const char *member,
			    const char *s);

#endif
