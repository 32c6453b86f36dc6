#include "kernels.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define FAST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FAST
#endif

// Lanes of a partial sum: a fixed number, so that the order of summation does not depend on the
// width of the processor's vectors.
#define LANES 16

// exp(x) for x <= 0: 2^n * p(r), with a polynomial of degree 6 on |r| <= ln(2)/2. The result
// underflows to 0 below -87.
static inline __attribute__((always_inline)) float exp_nonpositive(float x) {
  const float clamped = x < -87.0f ? -87.0f : x;
  const float n = rintf(clamped * 1.44269504088896341f);
  float r = clamped - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  union {
    int i;
    float f;
  } power = {.i = ((int)n + 127) << 23};
  return x < -87.0f ? 0.0f : p * power.f;
}

// erf as a rational function of x^2 times x on [-4, 4], where float cannot tell it from 1 beyond.
static inline __attribute__((always_inline)) float erf_rational(float x) {
  x = x > 4.0f ? 4.0f : (x < -4.0f ? -4.0f : x);
  const float s = x * x;
  float p = -2.72614225801306e-10f;
  p = p * s + 2.77068142495902e-08f;
  p = p * s - 2.10102402082508e-06f;
  p = p * s - 5.69250639462346e-05f;
  p = p * s - 7.34990630326855e-04f;
  p = p * s - 2.95459980854025e-03f;
  p = p * s - 1.60960333262415e-02f;
  float q = -1.45660718464996e-05f;
  q = q * s - 2.13374055278905e-04f;
  q = q * s - 1.68282697438203e-03f;
  q = q * s - 7.37332916720468e-03f;
  q = q * s - 1.42647390514189e-02f;
  return x * p / q;
}

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

static inline __attribute__((always_inline)) float sum(const float *x, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += x[i + l];
  float total = 0;
  for (size_t l = 0; l < LANES; l++) total += lanes[l];
  for (; i < count; i++) total += x[i];
  return total;
}

static inline __attribute__((always_inline)) float sum_of_squares(const float *x, float mean,
                                                                  size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) {
      const float d = x[i + l] - mean;
      lanes[l] += d * d;
    }
  float total = 0;
  for (size_t l = 0; l < LANES; l++) total += lanes[l];
  for (; i < count; i++) total += (x[i] - mean) * (x[i] - mean);
  return total;
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

size_t hone_attention_scratch(size_t length, size_t size) { return length * size + length; }

FAST void hone_attention(const float *qkv, float *out, float *scratch, size_t length, size_t heads,
                         size_t size, float scale) {
  const size_t width = heads * size;
  const size_t stride = 3 * width;
  float *transposed = scratch;            // keys of one head: [size, length]
  float *weights = scratch + size * length;  // one row of the softmax: [length]
  for (size_t h = 0; h < heads; h++) {
    const float *q = qkv + h * size;
    const float *k = q + width;
    const float *v = k + width;
    for (size_t j = 0; j < length; j++)
      for (size_t d = 0; d < size; d++) transposed[d * length + j] = k[j * stride + d];
    for (size_t i = 0; i < length; i++) {
      for (size_t j = 0; j < length; j++) weights[j] = 0;
      for (size_t d = 0; d < size; d++) {
        const float factor = q[i * stride + d] * scale;
        const float *keys = transposed + d * length;
        for (size_t j = 0; j < length; j++) weights[j] += factor * keys[j];
      }
      float largest = weights[0];
      for (size_t j = 1; j < length; j++) largest = weights[j] > largest ? weights[j] : largest;
      for (size_t j = 0; j < length; j++) weights[j] = exp_nonpositive(weights[j] - largest);
      const float inverse = 1.0f / sum(weights, length);
      float *row = out + i * width + h * size;
      for (size_t d = 0; d < size; d++) row[d] = 0;
      for (size_t j = 0; j < length; j++) {
        const float factor = weights[j] * inverse;
        const float *values = v + j * stride;
        for (size_t d = 0; d < size; d++) row[d] += factor * values[d];
      }
    }
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
