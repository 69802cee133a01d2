// The few instructions that Swift cannot spell: one line each, and no other arithmetic. clang may contract a * b + c
// into one rounding; Swift never does, so every product and sum of the engine is written in Swift.
#pragma once
#pragma STDC FP_CONTRACT OFF

typedef float v4 __attribute__((ext_vector_type(4)));    // arrives in Swift as SIMD4<Float>
typedef float v8 __attribute__((ext_vector_type(8)));    // SIMD8<Float>
typedef float v16 __attribute__((ext_vector_type(16)));  // SIMD16<Float>
typedef int i16 __attribute__((ext_vector_type(16)));     // SIMD16<Int32>
typedef _Bool b4 __attribute__((ext_vector_type(4)));    // a bit each, as are the next two
typedef _Bool b8 __attribute__((ext_vector_type(8)));
typedef _Bool b16 __attribute__((ext_vector_type(16)));

#define CMATH_INLINE static inline __attribute__((always_inline))

/// The correctly rounded square root of each lane, as one instruction.
CMATH_INLINE v4 squareRoot4(v4 x) { return __builtin_elementwise_sqrt(x); }
CMATH_INLINE v8 squareRoot8(v8 x) { return __builtin_elementwise_sqrt(x); }
CMATH_INLINE v16 squareRoot16(v16 x) { return __builtin_elementwise_sqrt(x); }
/// The correctly rounded square root of one double.
CMATH_INLINE double squareRoot1(double x) { return __builtin_elementwise_sqrt(x); }

/// Bit i is set where lane i is not 0; it is set where the lane is not a number.
CMATH_INLINE unsigned nonzero4(v4 x) {
#ifdef __wasm_simd128__
  return __builtin_wasm_bitmask_i32x4(x != 0.0f);
#else
  return __builtin_bit_cast(unsigned char, __builtin_convertvector(x != 0.0f, b4)) & 15;
#endif
}
CMATH_INLINE unsigned nonzero8(v8 x) {
  return __builtin_bit_cast(unsigned char, __builtin_convertvector(x != 0.0f, b8));
}
CMATH_INLINE unsigned nonzero16(v16 x) {
  return __builtin_bit_cast(unsigned short, __builtin_convertvector(x != 0.0f, b16));
}

#ifdef __AVX512F__
/// The lanes whose bit is set, side by side from the first on; the rest is 0.
CMATH_INLINE i16 compressed16(i16 x, unsigned bits) { return (i16)__builtin_ia32_compresssi512_mask((i16)x, (i16)0, bits); }
#endif

/// a₀ b₀ a₁ b₁ in each four of the lanes.
CMATH_INLINE v4 interleaveLow4(v4 a, v4 b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
CMATH_INLINE v8 interleaveLow8(v8 a, v8 b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13); }
CMATH_INLINE v16 interleaveLow16(v16 a, v16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}

/// a₂ b₂ a₃ b₃ in each four of the lanes.
CMATH_INLINE v4 interleaveHigh4(v4 a, v4 b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
CMATH_INLINE v8 interleaveHigh8(v8 a, v8 b) { return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15); }
CMATH_INLINE v16 interleaveHigh16(v16 a, v16 b) {
  return __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}

/// a₀ a₁ b₀ b₁ in each four of the lanes.
CMATH_INLINE v4 joinLow4(v4 a, v4 b) { return __builtin_shufflevector(a, b, 0, 1, 4, 5); }
CMATH_INLINE v8 joinLow8(v8 a, v8 b) { return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13); }
CMATH_INLINE v16 joinLow16(v16 a, v16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}

/// a₂ a₃ b₂ b₃ in each four of the lanes.
CMATH_INLINE v4 joinHigh4(v4 a, v4 b) { return __builtin_shufflevector(a, b, 2, 3, 6, 7); }
CMATH_INLINE v8 joinHigh8(v8 a, v8 b) { return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15); }
CMATH_INLINE v16 joinHigh16(v16 a, v16 b) {
  return __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

/// Asks for the memory at x ahead of its use; does nothing where there is no such instruction.
CMATH_INLINE void prefetch(const float x[]) { __builtin_prefetch(x); }

#if __has_include(<stdlib.h>) && !defined(__wasm__)
#include "Processor.h"
#endif
