#ifndef BYTEMASKS_H
#define BYTEMASKS_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Where the bytes that structure JSON stand among 64 bytes: the first byte is the lowest bit.
struct bytemasks {
  uint64_t quotes, backslashes;
  /// Opening and closing ones, square and curly.
  uint64_t brackets;
};

/// A bit for each of eight bytes that is `byte`.
static inline uint64_t bytemasks_equal(uint64_t eight, uint8_t byte) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7F;
  uint64_t difference = eight ^ 0x0101010101010101 * byte;
  uint64_t zeros = ~(((difference & low) + low) | difference | low);
  return (zeros >> 7) * 0x0102040810204080 >> 56;
}

/// The same on every machine.
static inline struct bytemasks bytemasks_of_64_anywhere(const uint8_t *bytes) {
  struct bytemasks masks = {0, 0, 0};
  for (int i = 0; i < 8; i++) {
    uint64_t eight = 0;
    for (int j = 7; j >= 0; j--) eight = eight << 8 | bytes[8 * i + j];
    uint64_t curly = eight | 0x2020202020202020;
    masks.quotes |= bytemasks_equal(eight, '"') << (8 * i);
    masks.backslashes |= bytemasks_equal(eight, '\\') << (8 * i);
    masks.brackets |= (bytemasks_equal(curly, '{') | bytemasks_equal(curly, '}')) << (8 * i);
  }
  return masks;
}

#if defined(__SSE2__)

static inline struct bytemasks bytemasks_of_64(const uint8_t *bytes) {
  struct bytemasks masks = {0, 0, 0};
  const __m128i lower = _mm_set1_epi8(0x20);
  for (int i = 0; i < 4; i++) {
    __m128i sixteen = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    // '[' and ']' differ from '{' and '}' by this bit alone.
    __m128i curly = _mm_or_si128(sixteen, lower);
    __m128i brackets =
        _mm_or_si128(_mm_cmpeq_epi8(curly, _mm_set1_epi8('{')), _mm_cmpeq_epi8(curly, _mm_set1_epi8('}')));
    int quotes = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('"')));
    int backslashes = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\\')));
    masks.quotes |= (uint64_t)(uint32_t)quotes << (16 * i);
    masks.backslashes |= (uint64_t)(uint32_t)backslashes << (16 * i);
    masks.brackets |= (uint64_t)(uint32_t)_mm_movemask_epi8(brackets) << (16 * i);
  }
  return masks;
}

#else

static inline struct bytemasks bytemasks_of_64(const uint8_t *bytes) { return bytemasks_of_64_anywhere(bytes); }

#endif

/// The same of fewer bytes; the bits behind them are not set.
static inline struct bytemasks bytemasks_of(const uint8_t *bytes, long count) {
  uint8_t padded[64] = {0};
  if (count >= 64) return bytemasks_of_64(bytes);
  if (count > 0) memcpy(padded, bytes, (size_t)count);
  return bytemasks_of_64(padded);
}

#endif
