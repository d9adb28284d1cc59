/* hash - of texts; 0 is none of them */
#ifndef DEDUPE_HASH_H
#define DEDUPE_HASH_H

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>

static inline uint64_t
hash(const char *s, size_t n)
{
	uint64_t h = XXH3_64bits(s, n);

	return h != 0 ? h : 1;
}

static inline uint32_t
hash32(const char *s, size_t n)
{
	uint32_t h = (uint32_t)hash(s, n);

	return h != 0 ? h : 1;
}

#endif
