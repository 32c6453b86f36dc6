#pragma once
#include <math.h>
#include <stddef.h>

#if defined(__x86_64__) && defined(__linux__)
#define FAST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FAST
#endif

#define INLINE static inline __attribute__((always_inline))

// Lanes of a partial sum: a fixed number, so that the order of summation does not depend on the
// width of the processor's vectors.
#define LANES 16

// sqrtf sets errno, which keeps a loop around it from being vectorized; this one does not.
INLINE float square_root(float x) { return __builtin_elementwise_sqrt(x); }

// exp(x) for x <= 0: 2^n * p(r), with a polynomial of degree 6 on |r| <= ln(2)/2. The result
// underflows to 0 below -87.
INLINE float exp_nonpositive(float x) {
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
INLINE float erf_rational(float x) {
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

// The sum of LANES partial sums: halves are added to each other, then quarters, and so on.
INLINE float sum_of_lanes(float lanes[LANES]) {
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t l = 0; l < half; l++) lanes[l] += lanes[l + half];
  return lanes[0];
}

INLINE float sum(const float *x, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += x[i + l];
  float total = sum_of_lanes(lanes);
  for (; i < count; i++) total += x[i];
  return total;
}

INLINE float sum_of_products(const float *x, const float *y, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += x[i + l] * y[i + l];
  float total = sum_of_lanes(lanes);
  for (; i < count; i++) total += x[i] * y[i];
  return total;
}

INLINE float sum_of_squares(const float *x, float mean, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) {
      const float d = x[i + l] - mean;
      lanes[l] += d * d;
    }
  float total = sum_of_lanes(lanes);
  for (; i < count; i++) total += (x[i] - mean) * (x[i] - mean);
  return total;
}
