/* failure - the exit status that goes with an error of the system */
#ifndef FAILURE_H
#define FAILURE_H

/*
 * EX_OSERR where the system lacks something (memory, descriptors, locks),
 * EX_IOERR where a device or a disk fails or is full, else the status that the
 * caller has for the file not being there or not being allowed.  error is an
 * errno; errno itself is left as it is.
 */
int	failure_status(int error, int otherwise);

#endif
