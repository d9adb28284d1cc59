/* keys - hashes above numbers, to bring equal hashes together */
#ifndef DEDUPE_KEYS_H
#define DEDUPE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#define KEY_HASH(key)	((key) & 0xffffffff00000000ULL)

/*
 * In place and in rising order, with no more memory than the array: American
 * flag sort (McIlroy, Bostic and McIlroy, "Engineering Radix Sort", 1993).
 */
void	 keys_sort(uint64_t *v, size_t n);

#endif
