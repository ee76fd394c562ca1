/* Cooperative matrices of 16 by 16: F16 factors, F32 sums, each spread over a subgroup. With a
 * compiler that knows GL_KHR_cooperative_matrix this is that extension; for an older one the
 * instructions of SPV_KHR_cooperative_matrix are named one by one, and finish-matrix.c puts in
 * the types of the numbers, which stand here as their widths.
 *
 * Loads and stores take an array, an element of it, and a stride in elements; the elements of
 * arrays with factors are uvec4, eight halves each. BY_ROWS: a row of the matrix is contiguous;
 * BY_COLUMNS: a column is. */

#extension GL_KHR_memory_scope_semantics : require
#pragma use_vulkan_memory_model

#ifdef BLN_HAS_COOPERATIVE_MATRIX
#extension GL_KHR_cooperative_matrix : require

#define MatrixA coopmat<float16_t, gl_ScopeSubgroup, 16, 16, gl_MatrixUseA>
#define MatrixB coopmat<float16_t, gl_ScopeSubgroup, 16, 16, gl_MatrixUseB>
#define MatrixSum coopmat<float, gl_ScopeSubgroup, 16, 16, gl_MatrixUseAccumulator>

#define BY_ROWS gl_CooperativeMatrixLayoutRowMajor
#define BY_COLUMNS gl_CooperativeMatrixLayoutColumnMajor
#define MATRIX_LOAD_A(m, array, first, stride, order) coopMatLoad (m, array, first, stride, order)
#define MATRIX_LOAD_B(m, array, first, stride, order) coopMatLoad (m, array, first, stride, order)
#define MATRIX_LOAD_SUM(m, array, first, stride, order) coopMatLoad (m, array, first, stride, order)
#define MATRIX_STORE(m, array, first, stride, order) coopMatStore (m, array, first, stride, order)
#define MATRIX_MUL_ADD(a, b, sum) coopMatMulAdd (a, b, sum)
#define MATRIX_FILLED(value) MatrixSum (value)
#define MATRIX_TIMES(a, b) ((a) * (b)) /* element by element */

#else
#extension GL_EXT_spirv_intrinsics : require

/* The parameters of a type are to be constants: of a bare number the compiler makes a literal,
 * of a sum a constant. */
const uint MATRIX_HALVES = 8 + 8, MATRIX_FLOATS = 16 + 16;
const uint MATRIX_SUBGROUP = 2 + 1, MATRIX_SIDE = 8 + 8;
const uint MATRIX_USE_A = 0 + 0, MATRIX_USE_B = 1 + 0, MATRIX_USE_SUM = 1 + 1;

#define MATRIX_TYPE(numbers, use) \
  spirv_type (extensions = ["SPV_KHR_cooperative_matrix"], capabilities = [9, 6022], id = 4456, \
              numbers, MATRIX_SUBGROUP, MATRIX_SIDE, MATRIX_SIDE, use)
#define MatrixA MATRIX_TYPE (MATRIX_HALVES, MATRIX_USE_A)
#define MatrixB MATRIX_TYPE (MATRIX_HALVES, MATRIX_USE_B)
#define MatrixSum MATRIX_TYPE (MATRIX_FLOATS, MATRIX_USE_SUM)

spirv_instruction (id = 4457)
MatrixA matrix_load_a (spirv_by_reference uvec4 from, uint order, uint stride);
spirv_instruction (id = 4457)
MatrixB matrix_load_b (spirv_by_reference uvec4 from, uint order, uint stride);
spirv_instruction (id = 4457)
MatrixSum matrix_load_sum (spirv_by_reference float from, uint order, uint stride);
spirv_instruction (id = 4458)
void matrix_store (spirv_by_reference float to, MatrixSum m, uint order, uint stride);
spirv_instruction (id = 4459)
MatrixSum matrix_mul_add (MatrixA a, MatrixB b, MatrixSum sum);
spirv_instruction (id = 80)
MatrixSum matrix_filled (float value);
spirv_instruction (id = 133)
MatrixSum matrix_times (MatrixSum a, MatrixSum b);

#define BY_ROWS 0
#define BY_COLUMNS 1
#define MATRIX_LOAD_A(m, array, first, stride, order) \
  m = matrix_load_a (array[first], order, stride)
#define MATRIX_LOAD_B(m, array, first, stride, order) \
  m = matrix_load_b (array[first], order, stride)
#define MATRIX_LOAD_SUM(m, array, first, stride, order) \
  m = matrix_load_sum (array[first], order, stride)
#define MATRIX_STORE(m, array, first, stride, order) matrix_store (array[first], m, order, stride)
#define MATRIX_MUL_ADD(a, b, sum) matrix_mul_add (a, b, sum)
#define MATRIX_FILLED(value) matrix_filled (value)
#define MATRIX_TIMES(a, b) matrix_times (a, b)
#endif
