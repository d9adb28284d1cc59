/* failure - the exit status that goes with an error of the system */
#include <errno.h>
#include <sysexits.h>

#include "lib/failure.h"

int
failure_status(int error, int otherwise)
{
	switch (error) {
	case EAGAIN:
	case EMFILE:
	case ENFILE:
	case ENOLCK:
	case ENOMEM:
		return EX_OSERR;
	case EDQUOT:
	case EFBIG:
	case EIO:
	case ENOSPC:
		return EX_IOERR;
	default:
		return otherwise;
	}
}
