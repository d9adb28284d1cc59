/* entry_parts - what the files of entry share */
#ifndef ENTRY_PARTS_H
#define ENTRY_PARTS_H

struct json;

/* What was known of the entry before is forgotten. */
void	 entry_members_begin(void);
void	 entry_foreign_begin(const struct json *paper);
/* Make the pages of the first and the last one, where they came alone. */
void	 entry_members_end(struct json *paper);

#endif
