#pragma once
#include <stddef.h>

// The few vector loops that BLAS does not have. Each sums in a fixed order, so that the same input
// gives the same bits on the same kind of processor, whatever runs beside it.

#ifdef __cplusplus
extern "C" {
#endif

/// x[r, c] = gelu(x[r, c] + bias[c]), the exact (erf) form. x: [rows, columns], in place.
void hone_bias_gelu(float *x, const float *bias, size_t rows, size_t columns);

/// x[r, c] += bias[c]. x: [rows, columns], rows `stride` floats apart, in place.
void hone_add_bias(float *x, const float *bias, size_t rows, size_t columns, size_t stride);

/// out = layer_norm(x + bias + residual) * weight + offset, row by row.
/// x, residual, out: [rows, columns]; out may be residual.
void hone_add_layer_norm(const float *x, const float *bias, const float *residual,
                         const float *weight, const float *offset, float epsilon, float *out,
                         size_t rows, size_t columns);

/// Attention of one sequence, heads first..<last: out = softmax(q k^T * scale) v.
/// qkv: [length, 3 * heads * size], the queries of all heads, then keys, then values.
/// out: [length, heads * size]. scratch: hone_attention_scratch(length, size) floats.
void hone_attention(const float *qkv, float *out, float *scratch, size_t length, size_t heads,
                    size_t size, size_t first, size_t last, float scale);

size_t hone_attention_scratch(size_t length, size_t size);

/// out[c] = mean over rows of x[r, c], then scaled to L2 length 1. x: [rows, columns].
/// Returns the length that the mean had, at least 1e-12.
float hone_mean_normalize(const float *x, float *out, size_t rows, size_t columns);

#ifdef __cplusplus
}
#endif
