/* message - what is said on standard error */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdint.h>

/* The name in front of every message; the string is not copied. */
void	 message_name(const char *program);
/*
 * "program: file:line: code: detail", control characters and bytes that are
 * not UTF-8 masked.  file and code may be NULL, line 0.
 */
void	 message(const char *file, uint64_t line, const char *code,
	    const char *detail);
/* A line that the next message or progress line takes the place of. */
void	 message_progress(const char *fmt, ...)
	    __attribute__((__format__(printf, 1, 2)));
void	 message_clear_progress(void);

#endif
