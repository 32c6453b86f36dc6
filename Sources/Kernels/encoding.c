#include "encoding.h"
#include <string.h>

#include "attention.h"
#include "shared.h"

FAST void hone_bias_gelu(float *x, const float *bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * columns;
    for (size_t c = 0; c < columns; c++) {
      const float v = row[c] + bias[c];
      row[c] = 0.5f * v * (1.0f + erf_rational(v * 0.70710678118654752f));
    }
  }
}

FAST void hone_add_bias(float *x, const float *bias, size_t rows, size_t columns, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    for (size_t c = 0; c < columns; c++) row[c] += bias[c];
  }
}

FAST void hone_add_layer_norm(const float *x, const float *bias, const float *residual,
                              const float *weight, const float *offset, float epsilon, float *out,
                              size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *in = x + r * columns;
    const float *before = residual + r * columns;
    float *row = out + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = in[c] + bias[c] + before[c];
    const float mean = sum(row, columns) / (float)columns;
    const float variance = sum_of_squares(row, mean, columns) / (float)columns;
    const float scale = 1.0f / sqrtf(variance + epsilon);
    for (size_t c = 0; c < columns; c++)
      row[c] = (row[c] - mean) * scale * weight[c] + offset[c];
  }
}

size_t hone_attention_scratch(size_t length, size_t size) {
  return (size + QUERIES) * padded(length);
}

INLINE void attention_head(const float *q, float *out, float *scratch, size_t length, size_t width,
                           size_t size, float scale) {
  const size_t stride = 3 * width;
  const size_t row = padded(length);
  const float *v = q + 2 * width;
  float *keys = scratch;                 // [size, row]
  float *weights = scratch + size * row; // [QUERIES, row]
  transpose(q + width, stride, keys, length, size, scale);
  for (size_t i = 0; i < length; i += QUERIES) {
    const float *queries[QUERIES];
    float inverse[QUERIES];
    point_at_queries(q, stride, i, length, queries);
    multiply_queries(queries, keys, weights, size, row);
    for (size_t r = 0; r < QUERIES; r++)
      inverse[r] = 1.0f / exponentials(weights + r * row, length);
    for (size_t d = 0; d < size; d += LANES) {
      lanes_t sums[QUERIES];
      weighted_sums(weights, row, v + d, stride, length, size - d, sums);
      for (size_t r = 0; r < QUERIES && i + r < length; r++)
        store(out + (i + r) * width + d, sums[r] * inverse[r], size - d);
    }
  }
}

FAST void hone_attention(const float *qkv, float *out, float *scratch, size_t length, size_t heads,
                         size_t size, size_t first, size_t last, float scale) {
  const size_t width = heads * size;
  for (size_t h = first; h < last; h++) {
    const size_t at = h * size;
    // Sizes that the compiler knows are unrolled.
    if (size == 32)
      attention_head(qkv + at, out + at, scratch, length, width, 32, scale);
    else if (size == 64)
      attention_head(qkv + at, out + at, scratch, length, width, 64, scale);
    else
      attention_head(qkv + at, out + at, scratch, length, width, size, scale);
  }
}

FAST float hone_mean_normalize(const float *x, float *out, size_t rows, size_t columns) {
  memset(out, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) out[c] += x[r * columns + c];
  for (size_t c = 0; c < columns; c++) out[c] /= (float)rows;
  const float norm = sqrtf(sum_of_squares(out, 0, columns));
  const float length = norm > 1e-12f ? norm : 1e-12f;
  const float scale = 1.0f / length;
  for (size_t c = 0; c < columns; c++) out[c] *= scale;
  return length;
}
