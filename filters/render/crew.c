/* crew - work that several processes share */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "lib/buf.h"
#include "render/crew.h"

struct worker {
	pid_t	 pid;
	int	 fd;		/* what it left comes from there */
};

static void
send_all(const struct buf *b, int fd)
{
	size_t done = 0;
	ssize_t n;

	while (done < b->len) {
		n = write(fd, b->p + done, b->len - done);
		if (n == -1 && errno != EINTR)
			err(EX_IOERR, "pipe");
		if (n > 0)
			done += (size_t)n;
	}
}

static void
receive_all(struct buf *b, int fd)
{
	ssize_t n;

	do {
		buf_reserve(b, 1024 * 1024);
		n = read(fd, b->p + b->len, 1024 * 1024);
		if (n == -1 && errno != EINTR)
			err(EX_IOERR, "pipe");
		if (n > 0)
			b->len += (size_t)n;
	} while (n != 0);
}

static int
finish(const struct worker *w)
{
	int status;

	close(w->fd);
	while (waitpid(w->pid, &status, 0) == -1)
		if (errno != EINTR)
			err(EX_OSERR, "waitpid");
	if (WIFSIGNALED(status))
		warnx("a process of the work was ended by signal %d",
		    WTERMSIG(status));
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_OSERR;
}

int
crew_run(unsigned n, void (*work)(void *, unsigned, unsigned, struct buf *),
    void (*take)(void *, const struct buf *), void *ctx)
{
	struct worker *w = xcalloc(n, sizeof(*w));
	struct buf b = { 0 };
	int failed = 0, status, fd[2];
	unsigned k;

	/* what stdio holds would be written by each of them */
	fflush(NULL);
	for (k = 0; k < n; k++) {
		if (pipe(fd) == -1 || (w[k].pid = fork()) == -1)
			err(EX_OSERR, "fork");
		if (w[k].pid == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(fd[0]);
			work(ctx, k, n, &b);
			send_all(&b, fd[1]);
			_exit(0);
		}
		close(fd[1]);
		w[k].fd = fd[0];
	}
	for (k = 0; k < n; k++) {
		buf_reset(&b);
		receive_all(&b, w[k].fd);
		take(ctx, &b);
		if ((status = finish(&w[k])) != 0 && failed == 0)
			failed = status;
	}
	buf_free(&b);
	free(w);
	return failed;
}
