// A C face for RE2 (https://github.com/google/re2): patterns that are compiled once and matched in linear time.
//
// Handles are plain numbers, because Swift lets a number cross threads and a pointer not; a compiled RE2 is immutable
// and documented as safe to use from several threads at once (re2/re2.h, "Thread safety").
#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Compiles a pattern in UTF-8; never 0. `memory` bounds the bytes that the pattern and its automaton may take.
uintptr_t cre2_compile(const void *pattern, size_t length, int64_t memory);
void cre2_free(uintptr_t pattern);

/// Why the pattern does not compile, NUL-terminated and owned by the handle; null where it does.
const char *cre2_error(uintptr_t pattern);
/// The part of the pattern that is at fault; empty where RE2 does not know.
const char *cre2_error_part(uintptr_t pattern);

/// Whether any part of the text matches.
bool cre2_matches(uintptr_t pattern, const void *text, size_t length);
/// Whether all of the text matches.
bool cre2_matches_whole(uintptr_t pattern, const void *text, size_t length);

/// An empty set of patterns, each of which is looked for anywhere in a text, or must match all of it.
uintptr_t cre2_set_create(int64_t memory, bool whole);
void cre2_set_free(uintptr_t set);
/// The pattern's index, or -1 where it does not compile.
int cre2_set_add(uintptr_t set, const void *pattern, size_t length);
/// To be called once after the last `cre2_set_add`; false where memory does not suffice.
bool cre2_set_compile(uintptr_t set);
/// Writes the indexes of the patterns that match in ascending order, at most `capacity` of them. Gives their number,
/// or -1 where the automaton ran out of memory.
int cre2_set_matches(uintptr_t set, const void *text, size_t length, int32_t *indexes, size_t capacity);
/// 1 where any pattern matches, 0 where none does, -1 where the automaton ran out of memory. Allocates nothing.
int cre2_set_matches_any(uintptr_t set, const void *text, size_t length);
/// Sets bit i for each pattern i that matches, in words of 64 bits that the caller has cleared. Gives their number, or -1
/// as above. The indexes of one thread's texts keep their room; RE2 itself allocates a set of so many states.
int cre2_set_match_bits(uintptr_t set, const void *text, size_t length, uint64_t *bits);

#ifdef __cplusplus
}
#endif

#endif
