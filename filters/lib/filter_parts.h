/* filter_parts - what the files of filter share */
#ifndef FILTER_PARTS_H
#define FILTER_PARTS_H

#include "lib/counts.h"
#include "lib/filter.h"
#include "lib/options.h"
#include "lib/reject.h"

#define FILTER_OUTPUT	(256 * 1024)	/* a write; pipes hold four of them */
#define FILTER_TOLD	10		/* messages of one code */

extern const struct filter	*filter_self;
extern struct options		 filter_opt;
extern struct counts		 filter_count;
extern struct where		 filter_place;	/* of the entry at hand */

/* Whether it reads papers, which know where they are from. */
bool	 filter_reads_papers(void);

/* The file of --rejects; it ends the process where it cannot be made. */
void	 rejects_open(void);
/* false with errno: not all of it is there. */
bool	 rejects_close(void);

#endif
