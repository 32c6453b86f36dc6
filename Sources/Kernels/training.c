#include "training.h"
#include <string.h>

#include "shared.h"

// MARK: Bias and activation

FAST void hone_bias_gelu_slope(float *x, const float *bias, float *slope, size_t rows,
                               size_t columns, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    float *slopes = slope + r * stride;
    for (size_t c = 0; c < columns; c++) {
      const float v = row[c] + bias[c];
      // gelu(v) = v * F(v) and gelu'(v) = F(v) + v * f(v), of the standard normal distribution.
      const float below = 0.5f * (1.0f + erf_rational(v * 0.70710678118654752f));
      const float density = 0.3989422804014327f * exp_nonpositive(-0.5f * v * v);
      row[c] = v * below;
      slopes[c] = below + v * density;
    }
  }
}

FAST void hone_multiply(float *x, const float *y, size_t rows, size_t columns, size_t stride) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) x[r * stride + c] *= y[r * stride + c];
}

FAST void hone_add(const float *x, float *y, size_t rows, size_t columns, size_t stride) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) y[r * stride + c] += x[r * stride + c];
}

FAST void hone_column_sums(const float *x, float *sums, size_t rows, size_t columns, size_t stride,
                           int adds) {
  if (!adds) memset(sums, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) sums[c] += x[r * stride + c];
}

FAST void hone_column_products(const float *x, const float *y, float *sums, size_t rows,
                               size_t columns, size_t stride, int adds) {
  if (!adds) memset(sums, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) sums[c] += x[r * stride + c] * y[r * stride + c];
}

// MARK: Layer norm

FAST void hone_layer_norm_forward(const float *x, const float *bias, const float *residual,
                                  const float *weight, const float *offset, float epsilon,
                                  float *normalized, float *inverse, float *out, size_t rows,
                                  size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *in = x + r * columns;
    const float *before = residual + r * columns;
    float *row = normalized + r * columns;
    float *result = out + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = in[c] + bias[c] + before[c];
    const float mean = sum(row, columns) / (float)columns;
    const float variance = sum_of_squares(row, mean, columns) / (float)columns;
    const float scale = 1.0f / sqrtf(variance + epsilon);
    inverse[r] = scale;
    for (size_t c = 0; c < columns; c++) {
      row[c] = (row[c] - mean) * scale;
      result[c] = row[c] * weight[c] + offset[c];
    }
  }
}

FAST void hone_layer_norm_backward(const float *dy, const float *normalized, const float *inverse,
                                   const float *weight, float *dx, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float *in = dy + r * columns;
    const float *norm = normalized + r * columns;
    float *row = dx + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = in[c] * weight[c];
    const float mean = sum(row, columns) / (float)columns;
    const float along = sum_of_products(row, norm, columns) / (float)columns;
    for (size_t c = 0; c < columns; c++) row[c] = inverse[r] * (row[c] - mean - norm[c] * along);
  }
}

// MARK: Attention

// Keys and values of one head are kept transposed, so that the loop over them is the vector one;
// their rows are padded to whole vectors.
static size_t padded(size_t length) { return (length + LANES - 1) / LANES * LANES; }

size_t hone_attention_backward_scratch(size_t length, size_t size) {
  return (2 * size + 2) * padded(length);
}

INLINE void attention_backward_head(const float *q, const float *dout, float *dq, float *scratch,
                                    size_t length, size_t width, size_t size, float scale) {
  const size_t stride = 3 * width;
  const size_t row = padded(length);
  const float *k = q + width;
  const float *v = k + width;
  float *dk = dq + width;
  float *dv = dk + width;
  float *keys = scratch;                // [size, row]
  float *values = keys + size * row;    // [size, row]
  float *weights = values + size * row; // p: [row]
  float *errors = weights + row;        // dp, then ds: [row]
  memset(scratch, 0, 2 * size * row * sizeof(float));
  for (size_t j = 0; j < length; j++)
    for (size_t d = 0; d < size; d++) {
      keys[d * row + j] = k[j * stride + d];
      values[d * row + j] = v[j * stride + d];
      dk[j * stride + d] = 0;
      dv[j * stride + d] = 0;
    }
  for (size_t i = 0; i < length; i++) {
    const float *query = q + i * stride;
    const float *error = dout + i * width;
    for (size_t j = 0; j < row; j += LANES) {
      float score[LANES] = {0};
      float slope[LANES] = {0};
      for (size_t d = 0; d < size; d++) {
        const float a = query[d] * scale;
        const float b = error[d];
        for (size_t l = 0; l < LANES; l++) {
          score[l] += a * keys[d * row + j + l];
          slope[l] += b * values[d * row + j + l];
        }
      }
      for (size_t l = 0; l < LANES; l++) {
        weights[j + l] = score[l];
        errors[j + l] = slope[l];
      }
    }
    float largest = weights[0];
    for (size_t j = 1; j < length; j++) largest = weights[j] > largest ? weights[j] : largest;
    for (size_t j = 0; j < length; j++) weights[j] = exp_nonpositive(weights[j] - largest);
    const float inverse = 1.0f / sum(weights, length);
    for (size_t j = 0; j < length; j++) weights[j] *= inverse;
    // ds = p * (dp - sum(p * dp)), times the scale of the scores.
    const float mean = sum_of_products(weights, errors, length);
    for (size_t j = 0; j < length; j++) errors[j] = weights[j] * (errors[j] - mean) * scale;
    float *target = dq + i * stride;
    for (size_t d = 0; d < size; d++) target[d] = 0;
    for (size_t j = 0; j < length; j++) {
      const float ds = errors[j];
      const float p = weights[j];
      const float *key = k + j * stride;
      float *dkey = dk + j * stride;
      float *dvalue = dv + j * stride;
      for (size_t d = 0; d < size; d++) target[d] += ds * key[d];
      for (size_t d = 0; d < size; d++) dkey[d] += ds * query[d];
      for (size_t d = 0; d < size; d++) dvalue[d] += p * error[d];
    }
  }
}

FAST void hone_attention_backward(const float *qkv, const float *dout, float *dqkv, float *scratch,
                                  size_t length, size_t heads, size_t size, size_t first,
                                  size_t last, float scale) {
  const size_t width = heads * size;
  for (size_t h = first; h < last; h++) {
    const size_t at = h * size;
    // Sizes that the compiler knows are unrolled.
    if (size == 32)
      attention_backward_head(qkv + at, dout + at, dqkv + at, scratch, length, width, 32, scale);
    else if (size == 64)
      attention_backward_head(qkv + at, dout + at, dqkv + at, scratch, length, width, 64, scale);
    else
      attention_backward_head(qkv + at, dout + at, dqkv + at, scratch, length, width, size, scale);
  }
}

// MARK: Pooling

FAST float hone_mean_length(const float *x, float *scratch, size_t rows, size_t columns) {
  memset(scratch, 0, columns * sizeof(float));
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) scratch[c] += x[r * columns + c];
  for (size_t c = 0; c < columns; c++) scratch[c] /= (float)rows;
  const float length = sqrtf(sum_of_squares(scratch, 0, columns));
  return length > 1e-12f ? length : 1e-12f;
}

FAST void hone_mean_normalize_backward(const float *f, const float *df, float length, float *dx,
                                       size_t rows, size_t columns) {
  // dm = (df - f * (f . df)) / |m|, and each row has 1 / rows of it.
  const float along = sum_of_products(f, df, columns);
  const float scale = 1.0f / (length * (float)rows);
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) dx[r * columns + c] += (df[c] - f[c] * along) * scale;
}

// MARK: Optimizer

FAST double hone_sum_of_squares(const float *x, size_t count) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += (double)x[i + l] * (double)x[i + l];
  double total = 0;
  for (size_t l = 0; l < LANES; l++) total += lanes[l];
  for (; i < count; i++) total += (double)x[i] * (double)x[i];
  return total;
}

FAST void hone_adamw(float *restrict values, const float *restrict gradient, float *restrict first,
                     float *restrict second, size_t count, float rate, float kept, float beta1,
                     float beta2, float epsilon, float correction1, float correction2,
                     float scale) {
  const float step = rate / correction1;
  const float root = 1.0f / sqrtf(correction2);
  for (size_t i = 0; i < count; i++) {
    const float g = gradient[i] * scale;
    const float m = first[i] * beta1 + g * (1.0f - beta1);
    const float v = second[i] * beta2 + g * g * (1.0f - beta2);
    first[i] = m;
    second[i] = v;
    values[i] = values[i] * kept - step * m / (sqrtf(v) * root + epsilon);
  }
}

FAST void hone_adamw_without_gradient(float *restrict values, float *restrict first,
                                      float *restrict second, size_t count, float rate, float kept,
                                      float beta1, float beta2, float epsilon, float correction1,
                                      float correction2) {
  const float step = rate / correction1;
  const float root = 1.0f / sqrtf(correction2);
  for (size_t i = 0; i < count; i++) {
    const float m = first[i] * beta1;
    const float v = second[i] * beta2;
    first[i] = m;
    second[i] = v;
    values[i] = values[i] * kept - step * m / (sqrtf(v) * root + epsilon);
  }
}

// MARK: Dropout

// The finalizer of SplitMix64: a well mixed function of its argument.
INLINE uint64_t mixed(uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

INLINE uint64_t random_bits(uint64_t seed, uint64_t index) {
  return mixed(seed + (index + 1) * 0x9e3779b97f4a7c15ull) >> 32;
}

INLINE uint64_t dropout_threshold(float rate) { return (uint64_t)((double)rate * 4294967296.0); }

FAST void hone_dropout(const float *x, float *out, size_t count, float rate, uint64_t seed,
                       uint64_t first) {
  const uint64_t threshold = dropout_threshold(rate);
  const float scale = 1.0f / (1.0f - rate);
  for (size_t i = 0; i < count; i++)
    out[i] = random_bits(seed, first + i) >= threshold ? x[i] * scale : 0.0f;
}

FAST void hone_low_rank_error(const float *error, const float *down, float *dx, size_t rank,
                              size_t columns, size_t stride, float rate, uint64_t seed,
                              uint64_t first) {
  const uint64_t threshold = dropout_threshold(rate);
  const float scale = 1.0f / (1.0f - rate);
  for (size_t c = 0; c < columns; c++) {
    float sent = 0;
    for (size_t k = 0; k < rank; k++) sent += error[k] * down[k * stride + c];
    dx[c] += random_bits(seed, first + c) >= threshold ? sent * scale : 0.0f;
  }
}
