/* crew - work that several processes share */
#ifndef CREW_H
#define CREW_H

struct buf;

/*
 * Call work(ctx, k, n, b) for each k below n, each in a process of its own, and
 * then take(ctx, b) in this one, in the order of k, with what it left in the
 * buffer.  Returns 0, or the exit status of the first of them that failed;
 * what such a one left may be cut short.
 */
int	 crew_run(unsigned n, void (*work)(void *ctx, unsigned k, unsigned n,
	    struct buf *), void (*take)(void *ctx, const struct buf *),
	    void *ctx);

#endif
