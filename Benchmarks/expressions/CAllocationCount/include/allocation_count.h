// Counts the allocations of the process that it is linked into, by standing before glibc's allocator.
#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdint.h>

/// How many times malloc, calloc, realloc and their aligned kin were called so far, by any thread.
int64_t allocation_count(void);

#endif
