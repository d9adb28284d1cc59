/* unit - what the unit tests share: cmocka, tables of cases, exit statuses */
#ifndef UNIT_H
#define UNIT_H

#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/buf.h"

#define NCASES(v)	(sizeof(v) / sizeof((v)[0]))
#define PLURAL		"%zu cases failed"

/*
 * A copy without a byte behind it, for a sanitizer to see who reads too far;
 * the caller frees it.
 */
static inline char *
exact(const char *s, size_t n)
{
	return memcpy(xmalloc(n), s, n);
}

/* Tell of a case that failed; the test ends behind the last one. */
static inline size_t
differs(const char *in, const struct buf *got, const char *want)
{
	const char *s = got->p != NULL ? got->p : "";

	if (got->len == strlen(want) && memcmp(s, want, got->len) == 0)
		return 0;
	print_error("\"%s\": \"%s\", not \"%s\"\n", in, s, want);
	return 1;
}

/*
 * What f(arg) exits with in a child, -1 for a signal; its messages are added
 * to the buffer, where there is one.
 */
static inline int
exit_status(void (*f)(void *), void *arg, struct buf *messages)
{
	char s[512];
	ssize_t n;
	pid_t pid;
	int fd[2], status;

	fflush(NULL);
	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(fd[1], STDERR_FILENO);
		close(fd[0]);
		close(fd[1]);
		f(arg);
		_exit(0);
	}
	close(fd[1]);
	while ((n = read(fd[0], s, sizeof(s))) > 0)
		if (messages != NULL)
			buf_add(messages, s, (size_t)n);
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Say that there is nothing to test with, for main to return.  The skip() of
 * cmocka is a failure to prove.
 */
static inline int
skip_all(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return 0;
}

#endif
