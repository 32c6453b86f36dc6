#include "encoding.h"
#include <string.h>

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

FAST void hone_add_bias(float *x, const float *bias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * columns;
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

// Keys of one head are kept transposed, their rows padded to whole vectors, so that the loop over
// keys is the vector one.
static size_t padded(size_t length) { return (length + LANES - 1) / LANES * LANES; }

size_t hone_attention_scratch(size_t length, size_t size) { return (size + 1) * padded(length); }

INLINE void attention_head(const float *q, float *out, float *scratch, size_t length, size_t width,
                           size_t size, float scale) {
  const size_t stride = 3 * width;
  const size_t row = padded(length);
  const float *k = q + width;
  const float *v = k + width;
  float *keys = scratch;               // [size, row]
  float *weights = scratch + size * row; // one row of the softmax: [row]
  for (size_t d = 0; d < size; d++)
    for (size_t j = length; j < row; j++) keys[d * row + j] = 0;
  for (size_t j = 0; j < length; j++)
    for (size_t d = 0; d < size; d++) keys[d * row + j] = k[j * stride + d];
  for (size_t i = 0; i < length; i++) {
    const float *query = q + i * stride;
    for (size_t j = 0; j < row; j += LANES) {
      float score[LANES] = {0};
      for (size_t d = 0; d < size; d++) {
        const float factor = query[d] * scale;
        for (size_t l = 0; l < LANES; l++) score[l] += factor * keys[d * row + j + l];
      }
      for (size_t l = 0; l < LANES; l++) weights[j + l] = score[l];
    }
    float largest = weights[0];
    for (size_t j = 1; j < length; j++) largest = weights[j] > largest ? weights[j] : largest;
    for (size_t j = 0; j < length; j++) weights[j] = exp_nonpositive(weights[j] - largest);
    const float inverse = 1.0f / sum(weights, length);
    float *target = out + i * width;
    for (size_t d = 0; d < size; d++) target[d] = 0;
    for (size_t j = 0; j < length; j++) {
      const float factor = weights[j] * inverse;
      const float *values = v + j * stride;
      for (size_t d = 0; d < size; d++) target[d] += factor * values[d];
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

FAST void hone_mean_normalize(const float *x, float *out, size_t rows, size_t columns) {
  memset(out, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) out[c] += x[r * columns + c];
  for (size_t c = 0; c < columns; c++) out[c] /= (float)rows;
  const float norm = sqrtf(sum_of_squares(out, 0, columns));
  const float scale = 1.0f / (norm > 1e-12f ? norm : 1e-12f);
  for (size_t c = 0; c < columns; c++) out[c] *= scale;
}
