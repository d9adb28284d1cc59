/* isi - the persons of a record of the Web of Science */
#ifndef ISI_H
#define ISI_H

#include "parse/tagged.h"

/* Set the authors of a record with what it says of each. */
void	 isi_people(struct tagged *);

#endif
