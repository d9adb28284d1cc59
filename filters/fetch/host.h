/* host - how fast and how often one host is asked, by all who share a store */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stdint.h>

struct host;

/*
 * The limits: the folder of their files, connections at a time, and
 * microseconds between two requests.
 */
void		 host_limits(const char *folder, unsigned connections,
		    uint64_t interval);
/* The host of a url.  It stays. */
struct host	*host_of(const char *url);
const char	*host_name(const struct host *);
/*
 * One of its connections, a file descriptor to be closed behind the request;
 * -1: all are in use, by this process or by others.
 */
int		 host_connect(struct host *, double now);
/* When this process had one last, by the same clock, or 0. */
double		 host_connected(const struct host *);
/*
 * Take the next turn: *wait is how many seconds are left until then.  false:
 * the host wants no requests for longer than max seconds, namely *wait.
 */
bool		 host_turn(struct host *, double max, double *wait);
/* The host wants no requests for that many seconds. */
void		 host_pause(struct host *, double seconds);
/*
 * Those who wait for a host are served in order: behind one that had to wait
 * no other has its turn in the same round.
 */
bool		 host_is_blocked(const struct host *, uint64_t round);
void		 host_block(struct host *, uint64_t round);
void		 host_free(void);

#endif
