#include "training.h"
#include <string.h>

#include "attention.h"
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

size_t hone_attention_backward_scratch(size_t length, size_t size) {
  return (2 * size + 2 * QUERIES) * padded(length);
}

INLINE void attention_backward_head(const float *q, const float *dout, float *dq, float *scratch,
                                    size_t length, size_t width, size_t size, float scale) {
  const size_t stride = 3 * width;
  const size_t row = padded(length);
  const float *k = q + width;
  float *dk = dq + width;
  float *dv = dk + width;
  float *keys = scratch;                      // [size, row]
  float *values = keys + size * row;          // [size, row]
  float *weights = values + size * row;       // p: [QUERIES, row]
  float *errors = weights + QUERIES * row;    // dp, then ds: [QUERIES, row]
  transpose(k, stride, keys, length, size, scale);
  transpose(k + width, stride, values, length, size, 1);
  for (size_t j = 0; j < length; j++) {
    memset(dk + j * stride, 0, size * sizeof(float));
    memset(dv + j * stride, 0, size * sizeof(float));
  }
  for (size_t i = 0; i < length; i += QUERIES) {
    const float *queries[QUERIES];
    const float *outs[QUERIES];
    point_at_queries(q, stride, i, length, queries);
    point_at_queries(dout, width, i, length, outs);
    multiply_queries(queries, keys, weights, size, row);
    multiply_queries(outs, values, errors, size, row);
    for (size_t r = 0; r < QUERIES; r++) {
      float *p = weights + r * row;
      float *ds = errors + r * row;
      // A query that stands again behind the last one counts for nothing.
      const float inverse = (i + r < length ? 1.0f : 0.0f) / exponentials(p, length);
      for (size_t j = 0; j < row; j++) p[j] *= inverse;
      // ds = p * (dp - sum(p * dp)), times the scale of the scores.
      const float mean = sum_of_products(p, ds, row);
      for (size_t j = 0; j < row; j++) ds[j] = p[j] * (ds[j] - mean) * scale;
    }
    for (size_t d = 0; d < size; d += LANES) {
      lanes_t sums[QUERIES];
      weighted_sums(errors, row, k + d, stride, length, size - d, sums);
      for (size_t r = 0; r < QUERIES && i + r < length; r++)
        store(dq + (i + r) * stride + d, sums[r], size - d);
      lanes_t query[QUERIES], out[QUERIES];
      for (size_t r = 0; r < QUERIES; r++) {
        query[r] = load(queries[r] + d, size - d);
        out[r] = load(outs[r] + d, size - d);
      }
      for (size_t j = 0; j < length; j++) {
        lanes_t dkey = load(dk + j * stride + d, size - d);
        lanes_t dvalue = load(dv + j * stride + d, size - d);
        for (size_t r = 0; r < QUERIES; r++) {
          dkey += errors[r * row + j] * query[r];
          dvalue += weights[r * row + j] * out[r];
        }
        store(dk + j * stride + d, dkey, size - d);
        store(dv + j * stride + d, dvalue, size - d);
      }
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
    values[i] = values[i] * kept - step * m / (square_root(v) * root + epsilon);
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
    values[i] = values[i] * kept - step * m / (square_root(v) * root + epsilon);
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
