// The instructions of vector registers that Swift can't spell, or that its library spells out lane by lane, in hundreds of
// instructions for the compiler to put together again: one operation each. clang may contract a * b + c into one rounding,
// Swift never does; with one operation in a function, and contraction off, there is nothing to contract.
#pragma once
#pragma STDC FP_CONTRACT OFF

// Floats in the widest register that this compilation may use.
#if defined(__AVX512F__)
#define CMATH_LANES 16
#elif defined(__AVX2__)
#define CMATH_LANES 8
#else
#define CMATH_LANES 4
#endif

// Vectors arrive in Swift as SIMD4, SIMD8 and SIMD16.
typedef float lane_floats __attribute__((ext_vector_type(CMATH_LANES)));
/// As many 32-bit whole numbers.
typedef int lane_bits __attribute__((ext_vector_type(CMATH_LANES)));
/// A bit for each lane.
typedef _Bool lane_flags __attribute__((ext_vector_type(CMATH_LANES)));
/// A quarter, half or all of a register.
typedef float four_floats __attribute__((ext_vector_type(4)));
typedef int four_bits __attribute__((ext_vector_type(4)));

#define CMATH_INLINE static inline __attribute__((always_inline))

CMATH_INLINE lane_floats laneSum(lane_floats a, lane_floats b) { return a + b; }
CMATH_INLINE lane_floats laneDifference(lane_floats a, lane_floats b) { return a - b; }
CMATH_INLINE lane_floats laneProduct(lane_floats a, lane_floats b) { return a * b; }
CMATH_INLINE lane_floats laneQuotient(lane_floats a, lane_floats b) { return a / b; }
/// b where the mask's bits are set, a where they are not.
CMATH_INLINE lane_floats laneChoice(lane_floats a, lane_floats b, lane_bits mask) { return mask ? b : a; }
CMATH_INLINE lane_bits laneUnion(lane_bits a, lane_bits b) { return a | b; }
CMATH_INLINE lane_bits laneIntersection(lane_bits a, lane_bits b) { return a & b; }
/// The correctly rounded square root of each lane, as one instruction.
CMATH_INLINE lane_floats laneRoot(lane_floats x) { return __builtin_elementwise_sqrt(x); }
/// The correctly rounded square root of one double.
CMATH_INLINE double doubleRoot(double x) { return __builtin_elementwise_sqrt(x); }

/// Bit i is set where lane i is not 0; it is set where the lane is not a number.
CMATH_INLINE unsigned laneNonzeros(lane_floats x) {
#if defined(__wasm_simd128__)
  return __builtin_wasm_bitmask_i32x4(x != 0.0f);
#elif CMATH_LANES == 16
  return __builtin_bit_cast(unsigned short, __builtin_convertvector(x != 0.0f, lane_flags));
#else
  return __builtin_bit_cast(unsigned char, __builtin_convertvector(x != 0.0f, lane_flags)) & (1u << CMATH_LANES) - 1;
#endif
}

#if CMATH_LANES == 16
/// The lanes whose bit is set, side by side from the first on; the rest is 0.
CMATH_INLINE lane_bits laneCompressed(lane_bits x, unsigned bits) {
  return (lane_bits)__builtin_ia32_compresssi512_mask(x, (lane_bits)0, bits);
}
#else
static const four_bits CMATH_SET_BITS[16] = {
    {}, {0}, {1}, {0, 1}, {2}, {0, 2}, {1, 2}, {0, 1, 2}, {3}, {0, 3}, {1, 3}, {0, 1, 3}, {2, 3}, {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3}};
/// The numbers of the bits that are set, of four, side by side from the first on; the rest is 0.
CMATH_INLINE four_bits setBits(unsigned bits) { return CMATH_SET_BITS[bits]; }
#endif

// CMATH_MOVED picks four lanes of a and b, and the same ones of all further fours. laneJoin puts fours side by side.
#if CMATH_LANES == 16
#define CMATH_MOVED(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l, i + 4, j + 4, k + 4, l + 4, \
                                                              i + 8, j + 8, k + 8, l + 8, i + 12, j + 12, k + 12, l + 12)
CMATH_INLINE lane_floats laneJoin(four_floats a, four_floats b, four_floats c, four_floats d) {
  return __builtin_shufflevector(
      __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7), __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7),
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
#elif CMATH_LANES == 8
#define CMATH_MOVED(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l, i + 4, j + 4, k + 4, l + 4)
CMATH_INLINE lane_floats laneJoin(four_floats a, four_floats b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
}
#else
#define CMATH_MOVED(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#endif
/// a₀ b₀ a₁ b₁ in each four of the lanes.
CMATH_INLINE lane_floats interleaveLow(lane_floats a, lane_floats b) {
  return CMATH_MOVED(a, b, 0, CMATH_LANES, 1, CMATH_LANES + 1);
}
/// a₂ b₂ a₃ b₃ in each four of the lanes.
CMATH_INLINE lane_floats interleaveHigh(lane_floats a, lane_floats b) {
  return CMATH_MOVED(a, b, 2, CMATH_LANES + 2, 3, CMATH_LANES + 3);
}
/// a₀ a₁ b₀ b₁ in each four of the lanes.
CMATH_INLINE lane_floats joinLow(lane_floats a, lane_floats b) {
  return CMATH_MOVED(a, b, 0, 1, CMATH_LANES, CMATH_LANES + 1);
}
/// a₂ a₃ b₂ b₃ in each four of the lanes.
CMATH_INLINE lane_floats joinHigh(lane_floats a, lane_floats b) {
  return CMATH_MOVED(a, b, 2, 3, CMATH_LANES + 2, CMATH_LANES + 3);
}

/// Asks for the memory at x ahead of its use; does nothing where there is no such instruction.
CMATH_INLINE void prefetch(const float x[]) { __builtin_prefetch(x); }

#if __has_include(<stdlib.h>) && !defined(__wasm__)
#include "Processor.h"
#endif
