#pragma once
#include <stddef.h>
#include <stdint.h>

// The vector loops of tuning: forward passes that keep what their backward pass needs, backward
// passes, and the optimizer. Names: dx is the gradient of the loss with respect to x.

#ifdef __cplusplus
extern "C" {
#endif

/// v = x + bias; x = gelu(v) and slope = gelu'(v), the exact (erf) form.
/// x, slope: [rows, columns], rows `stride` floats apart.
void hone_bias_gelu_slope(float *x, const float *bias, float *slope, size_t rows, size_t columns,
                          size_t stride);

/// x[r, c] *= y[r, c]. Both [rows, columns], rows `stride` floats apart.
void hone_multiply(float *x, const float *y, size_t rows, size_t columns, size_t stride);

/// normalized = (s - mean(s)) * inverse, out = normalized * weight + offset, row by row, where
/// s = x + bias + residual and inverse[r] = 1 / sqrt(variance(s) + epsilon).
/// x, residual, normalized, out: [rows, columns]; inverse: [rows].
void hone_layer_norm_forward(const float *x, const float *bias, const float *residual,
                             const float *weight, const float *offset, float epsilon,
                             float *normalized, float *inverse, float *out, size_t rows,
                             size_t columns);

/// dx = inverse * (g - mean(g) - normalized * mean(g * normalized)) with g = dy * weight.
/// dy, normalized, dx: [rows, columns]; dx may be dy.
void hone_layer_norm_backward(const float *dy, const float *normalized, const float *inverse,
                              const float *weight, float *dx, size_t rows, size_t columns);

/// sums[c] (+)= sum over rows of x[r, c]; adds where `adds` is not 0.
void hone_column_sums(const float *x, float *sums, size_t rows, size_t columns, size_t stride,
                      int adds);

/// sums[c] (+)= sum over rows of x[r, c] * y[r, c]; adds where `adds` is not 0.
void hone_column_products(const float *x, const float *y, float *sums, size_t rows, size_t columns,
                          size_t stride, int adds);

/// Backward pass of `hone_attention` for the heads first..<last of one sequence; the softmax is
/// computed anew. qkv, dqkv: [length, 3 * heads * size]; dout: [length, heads * size].
/// scratch: hone_attention_backward_scratch(length, size) floats.
void hone_attention_backward(const float *qkv, const float *dout, float *dqkv, float *scratch,
                             size_t length, size_t heads, size_t size, size_t first, size_t last,
                             float scale);

size_t hone_attention_backward_scratch(size_t length, size_t size);

/// Backward pass of `hone_mean_normalize`: adds to each of `rows` rows of dx what df asks for,
/// where f = m / |m|, m = mean of the rows, and length = |m|, as the forward pass returned it.
/// f, df: [columns]; dx: [rows, columns].
void hone_mean_normalize_backward(const float *f, const float *df, float length, float *dx,
                                  size_t rows, size_t columns);

/// Sum of squares, in double.
double hone_sum_of_squares(const float *x, size_t count);

/// One AdamW step in place, with the learning rate `rate` and `kept` = 1 - rate * weight decay.
/// The gradient is multiplied by `scale` first; correction1 = 1 - beta1^t, correction2 likewise.
void hone_adamw(float *values, const float *gradient, float *first, float *second, size_t count,
                float rate, float kept, float beta1, float beta2, float epsilon, float correction1,
                float correction2, float scale);

/// The same for a gradient of zeros.
void hone_adamw_without_gradient(float *values, float *first, float *second, size_t count,
                                 float rate, float kept, float beta1, float beta2, float epsilon,
                                 float correction1, float correction2);

/// out = x * mask / (1 - rate), where the mask keeps an element with probability 1 - rate. What is
/// kept is a function of `seed` and the element's index alone; `first` is the index of x[0].
void hone_dropout(const float *x, float *out, size_t count, float rate, uint64_t seed,
                  uint64_t first);

/// One row of what a low-rank adapter behind dropout sends back: dx[c] += mask(c) / (1 - rate) *
/// sum over k of error[k] * down[k, c]. error: [rank]; down: [rank, columns], rows `stride` floats
/// apart; dx: [columns]. The mask is that of `hone_dropout`; `first` is the index of dx[0].
void hone_low_rank_error(const float *error, const float *down, float *dx, size_t rank,
                         size_t columns, size_t stride, float rate, uint64_t seed,
                         uint64_t first);

#ifdef __cplusplus
}
#endif
