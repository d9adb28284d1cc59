/* job - one url on its way from the first question to a body or a reason */
#ifndef JOB_H
#define JOB_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "fetch/answer.h"
#include "lib/digest.h"
#include "fetch/part.h"
#include "fetch/remote.h"
#include "fetch/state.h"
#include "lib/arena.h"

struct host;

enum phase {
	JOB_NEW,
	JOB_QUEUE,	/* for a connection to the host */
	JOB_LOCK,	/* while another fetch is at the same url */
	JOB_TURN,	/* until the host may be asked */
	JOB_ASKS,	/* curl has it */
	JOB_PAUSE,	/* before another try */
	JOB_DONE
};

enum question {
	ASK_ALL,
	ASK_REST,	/* of the part */
	ASK_CHANGE	/* for another body than the one known */
};

struct request {
	CURL		*curl;
	struct curl_slist *headers;
	enum question	 question;
	bool		 answered;	/* answer is filled in */
	bool		 taken;		/* what comes is put into the part */
	bool		 too_large;
	struct answer	 answer;
	char		 error[CURL_ERROR_SIZE];
};

/* Times are seconds of a clock that only goes forward. */
struct job {
	const struct remote_options	*opt;
	struct arena	 arena;
	char		*url;		/* as the table has it */
	char		*want;		/* digest, or NULL */
	char		 key[DIGEST_HEX];
	char		*shown;		/* the url, for messages */
	char		*own;		/* what is asked for it, likewise */
	enum phase	 phase;
	double		 until;		/* when the phase ends, or is looked at */
	double		 since;		/* when the waiting began */
	double		 started;	/* first request, or 0 */
	const char	*asked;		/* when the job began, RFC 3339 */
	struct host	*host;		/* of hop */
	int		 slot;		/* connection to it, or -1 */
	char		*hop;		/* where the next request goes */
	unsigned	 hops;
	unsigned	 tries;
	bool		 no_range;	/* a range went wrong */
	struct state	 known;		/* sha256 is NULL: no body is there */
	struct part	 part;
	int64_t		 most;		/* bytes that a try came to */
	struct request	 request;
	struct remote	 result;
};

/* url is well-formed. */
struct job	*job_new(const struct remote_options *, const char *url,
		    const char *want);
void		 job_free(struct job *);
/*
 * Get on as far as it goes without waiting, in the round of that number
 * (host_is_blocked).  JOB_ASKS: job->request is to be performed.
 */
void		 job_step(struct job *, double now, uint64_t round);
void		 job_disconnect(struct job *);
/* Whether a body of that digest will do. */
bool		 job_wants(const struct job *, const char *sha256);
/* Keep what is known of the url for the next run. */
void		 job_know(struct job *, const struct state *);
/* The end, with the body of that state. */
void		 job_succeed(struct job *, const struct state *);
/* The end without a body: code, exit status, what happened. */
void		 job_fail(struct job *, enum reject_code, int status,
		    const char *fmt, ...)
		    __attribute__((__format__(printf, 4, 5)));

/* outcome.c: the request is over */
void		 job_answered(struct job *, CURLcode, double now);

/* request.c: one request of a job */

/* Make job->request; seconds is what is left for the body. */
void		 request_new(struct job *, double seconds);
/* Look at the answer's head, once. */
void		 request_head(struct job *);
void		 request_free(struct job *);
/* Why --cacert or an environment variable cannot be used, or NULL. */
const char	*request_certificates(const struct remote_options *);

#endif
