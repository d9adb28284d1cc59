/* depot - the folder of the bodies that came from elsewhere */
#ifndef DEPOT_H
#define DEPOT_H

#include <stdbool.h>
#include <stdint.h>

struct state;

/*
 * body/ab/DIGEST	whole bodies by their own digest, never written to
 * state/KEY.json	what is known of a url, by the digest of the url
 * part/KEY		a body that is not whole yet, KEY.json what it will be
 * host/		the limits of each host
 */

/* Say where it is, for reading from it. */
void	 depot_at(const char *dir);
/* The same, and make the folders; the process ends where it cannot. */
void	 depot_open(const char *dir);
/* DIR/FOLDER/NAME.SUFFIX, without a period where suffix is "".  The caller
 * frees it. */
char	*depot_path(const char *folder, const char *name, const char *suffix);
char	*depot_body(const char *hex);
/* Whether the body of the state is there, as long as it was and with the same
 * digest. */
bool	 depot_holds(const struct state *);
/* Sync the file and make it the body of that digest. */
void	 depot_take(const char *path, const char *hex);

#endif
