/* fuzz - what the programs under libFuzzer share */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>

struct input;

/* Each program has these two: once, and for each document. */
void	 fuzz_begin(void);
void	 fuzz_try(const char *, size_t);

/* Open these bytes as parse opens a file. */
void	 fuzz_open(struct input *, const char *, size_t);
/* The document at hand came out as it should not. */
void	 fuzz_differs(void);
/* There is nothing to hold it against. */
void	 fuzz_skips(void);

#endif
