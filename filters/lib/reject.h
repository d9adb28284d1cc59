/* reject - the codes of rejects and notes, one table: reject.def */
#ifndef REJECT_H
#define REJECT_H

enum reject_code {
#define REJECT(name, code, level, text)	REJECT_##name,
#include "reject.def"
#undef REJECT
	REJECT_CODES
};

#endif
