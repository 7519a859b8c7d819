#include "cre2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

re2::RE2::Options options(int64_t memory) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

re2::StringPiece piece(const void *bytes, size_t length) {
  return re2::StringPiece(static_cast<const char *>(bytes), length);
}

struct Pattern {
  re2::RE2 expression;
  std::string error_part;

  Pattern(const void *pattern, size_t length, int64_t memory)
      : expression(piece(pattern, length), options(memory)), error_part(expression.error_arg()) {}
};

struct Set {
  re2::RE2::Set set;

  Set(int64_t memory, bool whole)
      : set(options(memory), whole ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED) {}
};

Pattern *pattern_of(uintptr_t handle) { return reinterpret_cast<Pattern *>(handle); }
Set *set_of(uintptr_t handle) { return reinterpret_cast<Set *>(handle); }

}  // namespace

uintptr_t cre2_compile(const void *pattern, size_t length, int64_t memory) {
  return reinterpret_cast<uintptr_t>(new Pattern(pattern, length, memory));
}

void cre2_free(uintptr_t pattern) { delete pattern_of(pattern); }

const char *cre2_error(uintptr_t pattern) {
  const re2::RE2 &expression = pattern_of(pattern)->expression;
  return expression.ok() ? nullptr : expression.error().c_str();
}

const char *cre2_error_part(uintptr_t pattern) { return pattern_of(pattern)->error_part.c_str(); }

bool cre2_matches(uintptr_t pattern, const void *text, size_t length) {
  return pattern_of(pattern)->expression.Match(
      piece(text, length), 0, length, re2::RE2::UNANCHORED, nullptr, 0);
}

bool cre2_matches_whole(uintptr_t pattern, const void *text, size_t length) {
  return pattern_of(pattern)->expression.Match(
      piece(text, length), 0, length, re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

uintptr_t cre2_set_create(int64_t memory, bool whole) {
  return reinterpret_cast<uintptr_t>(new Set(memory, whole));
}

void cre2_set_free(uintptr_t set) { delete set_of(set); }

int cre2_set_add(uintptr_t set, const void *pattern, size_t length) {
  std::string error;
  return set_of(set)->set.Add(piece(pattern, length), &error);
}

bool cre2_set_compile(uintptr_t set) { return set_of(set)->set.Compile(); }

int cre2_set_matches_any(uintptr_t set, const void *text, size_t length) {
  re2::RE2::Set::ErrorInfo information;
  if (set_of(set)->set.Match(piece(text, length), nullptr, &information)) return 1;
  return information.kind == re2::RE2::Set::kNoError ? 0 : -1;
}

int cre2_set_match_bits(uintptr_t set, const void *text, size_t length, uint64_t *bits) {
  static thread_local std::vector<int> found;
  re2::RE2::Set::ErrorInfo information;
  if (!set_of(set)->set.Match(piece(text, length), &found, &information)) {
    return information.kind == re2::RE2::Set::kNoError ? 0 : -1;
  }
  for (int index : found) bits[index / 64] |= uint64_t{1} << (index % 64);
  return static_cast<int>(found.size());
}

int cre2_set_matches(uintptr_t set, const void *text, size_t length, int32_t *indexes, size_t capacity) {
  std::vector<int> found;
  re2::RE2::Set::ErrorInfo information;
  if (!set_of(set)->set.Match(piece(text, length), &found, &information)) {
    return information.kind == re2::RE2::Set::kNoError ? 0 : -1;
  }
  std::sort(found.begin(), found.end());
  std::copy_n(found.begin(), std::min(capacity, found.size()), indexes);
  return static_cast<int>(found.size());
}
