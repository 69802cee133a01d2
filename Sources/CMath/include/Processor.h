// What the engine asks of the processor and of the one who started it; nothing of this changes a result.
#pragma once
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

/// The vector width that GPTOSAURUS_VECTOR asks for: 128, 256 or 512 bits; 0 where it is not set, -1 for anything else.
static inline int vectorBitsAskedFor(void) {
  const char *text = getenv("GPTOSAURUS_VECTOR");
  if (text == NULL || *text == 0) return 0;
  if (strcmp(text, "128") == 0) return 128;
  if (strcmp(text, "256") == 0) return 256;
  if (strcmp(text, "512") == 0) return 512;
  return -1;
}

#if defined(__x86_64__)
/// Whether processor and system have AVX2.
static inline _Bool processorHasAVX2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") != 0;
}

/// Whether processor and system have the foundation of AVX-512.
static inline _Bool processorHasAVX512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") != 0;
}
#endif

#if defined(__linux__)
/// Asks for pages of 2 MB wherever they fit into some memory: processors look up fewer of them. Nothing happens if the system has none.
static inline void preferLargePages(void *memory, size_t count) {
  const size_t page = 1 << 21;
  size_t first = ((size_t)memory + page - 1) / page, end = ((size_t)memory + count) / page;
  if (first < end) madvise((void *)(first * page), (end - first) * page, MADV_HUGEPAGE);
}
#endif
