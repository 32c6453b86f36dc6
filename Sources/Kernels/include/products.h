#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Makes OpenBLAS take the kernel that this processor can run, where it took one of processors
/// before AVX2. It knows processors by their model number, and gives the oldest kernel (a fraction of
/// the speed) to models that came out after it. Only before the first product; what
/// OPENBLAS_CORETYPE asks for stays. Returns 1 where the kernel was changed.
int hone_modern_products(void);

#ifdef __cplusplus
}
#endif
