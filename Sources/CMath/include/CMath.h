// The few instructions that Swift cannot spell: one line each, and no other arithmetic. clang may contract a * b + c
// into one rounding; Swift never does, so every product and sum of the engine is written in Swift.
#pragma once
#pragma STDC FP_CONTRACT OFF

typedef float v4 __attribute__((ext_vector_type(4)));    // arrives in Swift as SIMD4<Float>
typedef float v8 __attribute__((ext_vector_type(8)));    // SIMD8<Float>
typedef float v16 __attribute__((ext_vector_type(16)));  // SIMD16<Float>

#define CMATH_INLINE static inline __attribute__((always_inline))

/// The correctly rounded square root of each lane, as one instruction.
CMATH_INLINE v4 squareRoot4(v4 x) { return __builtin_elementwise_sqrt(x); }
CMATH_INLINE v8 squareRoot8(v8 x) { return __builtin_elementwise_sqrt(x); }
CMATH_INLINE v16 squareRoot16(v16 x) { return __builtin_elementwise_sqrt(x); }
/// The correctly rounded square root of one double.
CMATH_INLINE double squareRoot1(double x) { return __builtin_elementwise_sqrt(x); }

#if __has_include(<stdlib.h>) && !defined(__wasm__)
#include "Processor.h"
#endif
