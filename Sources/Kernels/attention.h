#pragma once
#include <string.h>

#include "shared.h"

// What both directions of attention share. One head is worked on at a time, QUERIES of its queries
// together, so that sums over keys or over a head's size run side by side in registers.

#define QUERIES 6

// Everything here is inlined, so that no vector is ever passed and no ABI can differ.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float lanes_t __attribute__((vector_size(LANES * sizeof(float))));

// Up to LANES floats, the rest zero. A count that the compiler knows costs nothing.
INLINE lanes_t load(const float *x, size_t count) {
  lanes_t v = {0};
  memcpy(&v, x, (count < LANES ? count : LANES) * sizeof(float));
  return v;
}

INLINE void store(float *x, lanes_t v, size_t count) {
  memcpy(x, &v, (count < LANES ? count : LANES) * sizeof(float));
}

// Rows of keys are padded to whole vectors.
INLINE size_t padded(size_t length) { return (length + LANES - 1) / LANES * LANES; }

#define EXCHANGE(s, ...)                                                                           \
  for (size_t i = 0; i < LANES; i++)                                                               \
    if (!(i & s)) {                                                                                \
      const lanes_t a = rows[i], b = rows[i + s];                                                  \
      rows[i] = __builtin_shufflevector(a, b, __VA_ARGS__);                                        \
      rows[i + s] = __builtin_shufflevector(a, b, UPPER_##s);                                      \
    }
#define UPPER_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#define UPPER_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define UPPER_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define UPPER_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31

// Transposes 16 rows of 16: halves, quarters, pairs and single numbers change places.
INLINE void transpose_square(lanes_t rows[LANES]) {
  EXCHANGE(8, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
  EXCHANGE(4, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
  EXCHANGE(2, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
  EXCHANGE(1, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30)
}

// out[d, j] = x[j, d] * scale, zero for j >= length. x: [length, size], rows `stride` floats apart;
// out: [size, padded(length)].
INLINE void transpose(const float *x, size_t stride, float *out, size_t length, size_t size,
                      float scale) {
  const size_t row = padded(length);
  for (size_t j = 0; j < row; j += LANES)
    for (size_t d = 0; d < size; d += LANES) {
      lanes_t rows[LANES];
      for (size_t l = 0; l < LANES; l++)
        rows[l] = j + l < length ? load(x + (j + l) * stride + d, size - d) * scale : (lanes_t){0};
      transpose_square(rows);
      for (size_t l = 0; l < LANES && d + l < size; l++)
        store(out + (d + l) * row + j, rows[l], LANES);
    }
}

// out[r, j] = sum over d of x[r][d] * y[d, j]. y: [size, row]; out: [QUERIES, row].
INLINE void multiply_queries(const float *const x[QUERIES], const float *y, float *out,
                             size_t size, size_t row) {
  for (size_t j = 0; j < row; j += LANES) {
    lanes_t sums[QUERIES] = {{0}};
    for (size_t d = 0; d < size; d++) {
      const lanes_t keys = load(y + d * row + j, LANES);
      for (size_t r = 0; r < QUERIES; r++) sums[r] += x[r][d] * keys;
    }
    for (size_t r = 0; r < QUERIES; r++) store(out + r * row + j, sums[r], LANES);
  }
}

// sums[r] = sum over j of weights[r, j] * x[j, 0..<count]. weights: [QUERIES, row];
// x: [length, count], rows `stride` floats apart, at most LANES of them looked at.
INLINE void weighted_sums(const float *weights, size_t row, const float *x, size_t stride,
                          size_t length, size_t count, lanes_t sums[QUERIES]) {
  for (size_t r = 0; r < QUERIES; r++) sums[r] = (lanes_t){0};
  for (size_t j = 0; j < length; j++) {
    const lanes_t values = load(x + j * stride, count);
    for (size_t r = 0; r < QUERIES; r++) sums[r] += weights[r * row + j] * values;
  }
}

// Turns one row of scores into exp(score - largest), zero behind `length`, and returns the sum.
INLINE float exponentials(float *scores, size_t length) {
  const size_t row = padded(length);
  for (size_t j = length; j < row; j++) scores[j] = -INFINITY;
  float most[LANES];
  for (size_t l = 0; l < LANES; l++) most[l] = scores[l];
  for (size_t j = LANES; j < row; j += LANES)
    for (size_t l = 0; l < LANES; l++) most[l] = scores[j + l] > most[l] ? scores[j + l] : most[l];
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t l = 0; l < half; l++) most[l] = most[l + half] > most[l] ? most[l + half] : most[l];
  const float largest = most[0];
  float lanes[LANES] = {0};
  for (size_t j = 0; j < row; j += LANES)
    for (size_t l = 0; l < LANES; l++) {
      scores[j + l] = exp_nonpositive(scores[j + l] - largest);
      lanes[l] += scores[j + l];
    }
  return sum_of_lanes(lanes);
}

// Pointers to the queries from `first` on; behind the last one it stands again.
INLINE void point_at_queries(const float *x, size_t stride, size_t first, size_t length,
                             const float *rows[QUERIES]) {
  for (size_t r = 0; r < QUERIES; r++)
    rows[r] = x + (first + r < length ? first + r : length - 1) * stride;
}
