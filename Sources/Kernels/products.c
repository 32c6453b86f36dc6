#include "products.h"

#include <stdlib.h>
#include <strings.h>

#if defined(__x86_64__)

// Exported by builds of OpenBLAS for several processors, and by nothing else.
extern void gotoblas_dynamic_init(void) __attribute__((weak));
extern void gotoblas_dynamic_quit(void) __attribute__((weak));
extern char *openblas_get_corename(void) __attribute__((weak));

/// The best kernel of OpenBLAS for this processor, or NULL before AVX2.
static const char *fitting_kernel(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return NULL;
  int is_wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  return is_wide ? "SkylakeX" : "Haswell";
}

int hone_modern_products(void) {
  if (!gotoblas_dynamic_init || !gotoblas_dynamic_quit || !openblas_get_corename) return 0;
  const char *asked = getenv("OPENBLAS_CORETYPE");
  if (asked && *asked) return 0;
  static const char *const outdated[] = {"Katmai",    "Coppermine", "Northwood", "Prescott",
                                         "Banias",    "Core2",      "Penryn",    "Dunnington",
                                         "Nehalem",   "Sandybridge", "Atom",     "Nano",
                                         "Athlon",    "Opteron",    "Opteron_SSE3",
                                         "Barcelona", "Bobcat",     "Bulldozer"};
  const char *wanted = fitting_kernel();
  const char *taken = openblas_get_corename();
  for (size_t i = 0; wanted && i < sizeof outdated / sizeof *outdated; i++) {
    if (strcasecmp(taken, outdated[i]) != 0) continue;
    setenv("OPENBLAS_CORETYPE", wanted, 1);
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    unsetenv("OPENBLAS_CORETYPE");
    return 1;
  }
  return 0;
}

#else

int hone_modern_products(void) { return 0; }

#endif
