#include "shaders.h"

#include "quant.h"

/* Each include is a C initializer made by glslc (shaders/meson.build). */
static const guint32 gate_words[] =
#include "gate.spv.h"
  ;
static const guint32 add_words[] =
#include "add.spv.h"
  ;
static const guint32 attend_words[] =
#include "attend.spv.h"
  ;
static const guint32 attend_latent_2_2_words[] =
#include "attend-latent-2-2.spv.h"
  ;
static const guint32 attend_latent_1_1_words[] =
#include "attend-latent-1-1.spv.h"
  ;
static const guint32 attend_latent_4_2_words[] =
#include "attend-latent-4-2.spv.h"
  ;
static const guint32 attend_latent_bytes_2_2_words[] =
#include "attend-latent-bytes-2-2.spv.h"
  ;
static const guint32 attend_latent_bytes_1_1_words[] =
#include "attend-latent-bytes-1-1.spv.h"
  ;
static const guint32 attend_latent_bytes_4_2_words[] =
#include "attend-latent-bytes-4-2.spv.h"
  ;
static const guint32 attend_split_words[] =
#include "attend-split.spv.h"
  ;
static const guint32 meet_words[] =
#include "meet.spv.h"
  ;
static const guint32 merge_words[] =
#include "merge.spv.h"
  ;
static const guint32 combine_words[] =
#include "combine.spv.h"
  ;
static const guint32 flash_words[] =
#include "flash.spv.h"
  ;
static const guint32 choice_words[] =
#include "choice.spv.h"
  ;
static const guint32 attend_latent_matrix_words[] =
#include "attend-latent-matrix.spv.h"
  ;
static const guint32 attend_latent_matrix_bytes_words[] =
#include "attend-latent-matrix-bytes.spv.h"
  ;
static const guint32 flash_matrix_words[] =
#include "flash-matrix.spv.h"
  ;
static const guint32 load_bytes_words[] =
#include "load-bytes.spv.h"
  ;
static const guint32 prepare_words[] =
#include "prepare.spv.h"
  ;
static const guint32 router_words[] =
#include "router.spv.h"
  ;
static const guint32 sort_words[] =
#include "sort.spv.h"
  ;
static const guint32 norm_words[] =
#include "norm.spv.h"
  ;
static const guint32 read_words[] =
#include "read.spv.h"
  ;
static const guint32 receive_words[] =
#include "receive.spv.h"
  ;
static const guint32 rope_words[] =
#include "rope.spv.h"
  ;
static const guint32 round_words[] =
#include "round.spv.h"
  ;
static const guint32 route_words[] =
#include "route.spv.h"
  ;
static const guint32 router_rows_words[] =
#include "router-rows.spv.h"
  ;
static const guint32 absorb_0_words[] =
#include "absorb-0.spv.h"
  ;
static const guint32 absorb_1_words[] =
#include "absorb-1.spv.h"
  ;
static const guint32 absorb_2_words[] =
#include "absorb-2.spv.h"
  ;
static const guint32 absorb_3_words[] =
#include "absorb-3.spv.h"
  ;
static const guint32 absorb_6_words[] =
#include "absorb-6.spv.h"
  ;
static const guint32 absorb_7_words[] =
#include "absorb-7.spv.h"
  ;
static const guint32 absorb_8_words[] =
#include "absorb-8.spv.h"
  ;
static const guint32 absorb_10_words[] =
#include "absorb-10.spv.h"
  ;
static const guint32 absorb_11_words[] =
#include "absorb-11.spv.h"
  ;
static const guint32 absorb_12_words[] =
#include "absorb-12.spv.h"
  ;
static const guint32 absorb_13_words[] =
#include "absorb-13.spv.h"
  ;
static const guint32 absorb_14_words[] =
#include "absorb-14.spv.h"
  ;
static const guint32 absorb_20_words[] =
#include "absorb-20.spv.h"
  ;
static const guint32 absorb_23_words[] =
#include "absorb-23.spv.h"
  ;
static const guint32 absorb_30_words[] =
#include "absorb-30.spv.h"
  ;
static const guint32 absorb_39_words[] =
#include "absorb-39.spv.h"
  ;
static const guint32 embed_0_words[] =
#include "embed-0.spv.h"
  ;
static const guint32 embed_1_words[] =
#include "embed-1.spv.h"
  ;
static const guint32 embed_2_words[] =
#include "embed-2.spv.h"
  ;
static const guint32 embed_3_words[] =
#include "embed-3.spv.h"
  ;
static const guint32 embed_6_words[] =
#include "embed-6.spv.h"
  ;
static const guint32 embed_7_words[] =
#include "embed-7.spv.h"
  ;
static const guint32 embed_8_words[] =
#include "embed-8.spv.h"
  ;
static const guint32 embed_10_words[] =
#include "embed-10.spv.h"
  ;
static const guint32 embed_11_words[] =
#include "embed-11.spv.h"
  ;
static const guint32 embed_12_words[] =
#include "embed-12.spv.h"
  ;
static const guint32 embed_13_words[] =
#include "embed-13.spv.h"
  ;
static const guint32 embed_14_words[] =
#include "embed-14.spv.h"
  ;
static const guint32 embed_20_words[] =
#include "embed-20.spv.h"
  ;
static const guint32 embed_23_words[] =
#include "embed-23.spv.h"
  ;
static const guint32 embed_30_words[] =
#include "embed-30.spv.h"
  ;
static const guint32 embed_39_words[] =
#include "embed-39.spv.h"
  ;
static const guint32 matvec_0_words[] =
#include "matvec-0.spv.h"
  ;
static const guint32 matvec_1_words[] =
#include "matvec-1.spv.h"
  ;
static const guint32 matvec_2_words[] =
#include "matvec-2.spv.h"
  ;
static const guint32 matvec_3_words[] =
#include "matvec-3.spv.h"
  ;
static const guint32 matvec_6_words[] =
#include "matvec-6.spv.h"
  ;
static const guint32 matvec_7_words[] =
#include "matvec-7.spv.h"
  ;
static const guint32 matvec_8_words[] =
#include "matvec-8.spv.h"
  ;
static const guint32 matvec_10_words[] =
#include "matvec-10.spv.h"
  ;
static const guint32 matvec_11_words[] =
#include "matvec-11.spv.h"
  ;
static const guint32 matvec_12_words[] =
#include "matvec-12.spv.h"
  ;
static const guint32 matvec_13_words[] =
#include "matvec-13.spv.h"
  ;
static const guint32 matvec_14_words[] =
#include "matvec-14.spv.h"
  ;
static const guint32 matvec_20_words[] =
#include "matvec-20.spv.h"
  ;
static const guint32 matvec_23_words[] =
#include "matvec-23.spv.h"
  ;
static const guint32 matvec_30_words[] =
#include "matvec-30.spv.h"
  ;
static const guint32 matvec_39_words[] =
#include "matvec-39.spv.h"
  ;
static const guint32 matvec_dot_2_words[] =
#include "matvec-dot-2.spv.h"
  ;
static const guint32 matvec_dot_3_words[] =
#include "matvec-dot-3.spv.h"
  ;
static const guint32 matvec_dot_6_words[] =
#include "matvec-dot-6.spv.h"
  ;
static const guint32 matvec_dot_7_words[] =
#include "matvec-dot-7.spv.h"
  ;
static const guint32 matvec_dot_8_words[] =
#include "matvec-dot-8.spv.h"
  ;
static const guint32 matvec_dot_10_words[] =
#include "matvec-dot-10.spv.h"
  ;
static const guint32 matvec_dot_11_words[] =
#include "matvec-dot-11.spv.h"
  ;
static const guint32 matvec_dot_12_words[] =
#include "matvec-dot-12.spv.h"
  ;
static const guint32 matvec_dot_13_words[] =
#include "matvec-dot-13.spv.h"
  ;
static const guint32 matvec_dot_14_words[] =
#include "matvec-dot-14.spv.h"
  ;
static const guint32 matvec_dot_20_words[] =
#include "matvec-dot-20.spv.h"
  ;
static const guint32 matvec_dot_23_words[] =
#include "matvec-dot-23.spv.h"
  ;
static const guint32 matvec_dot_39_words[] =
#include "matvec-dot-39.spv.h"
  ;
static const guint32 matvec_dot_single_2_words[] =
#include "matvec-dot-single-2.spv.h"
  ;
static const guint32 matvec_dot_single_3_words[] =
#include "matvec-dot-single-3.spv.h"
  ;
static const guint32 matvec_dot_single_6_words[] =
#include "matvec-dot-single-6.spv.h"
  ;
static const guint32 matvec_dot_single_7_words[] =
#include "matvec-dot-single-7.spv.h"
  ;
static const guint32 matvec_dot_single_8_words[] =
#include "matvec-dot-single-8.spv.h"
  ;
static const guint32 matvec_dot_single_10_words[] =
#include "matvec-dot-single-10.spv.h"
  ;
static const guint32 matvec_dot_single_11_words[] =
#include "matvec-dot-single-11.spv.h"
  ;
static const guint32 matvec_dot_single_12_words[] =
#include "matvec-dot-single-12.spv.h"
  ;
static const guint32 matvec_dot_single_13_words[] =
#include "matvec-dot-single-13.spv.h"
  ;
static const guint32 matvec_dot_single_14_words[] =
#include "matvec-dot-single-14.spv.h"
  ;
static const guint32 matvec_dot_single_20_words[] =
#include "matvec-dot-single-20.spv.h"
  ;
static const guint32 matvec_dot_single_23_words[] =
#include "matvec-dot-single-23.spv.h"
  ;
static const guint32 matvec_dot_single_39_words[] =
#include "matvec-dot-single-39.spv.h"
  ;
static const guint32 matvec_shared_0_words[] =
#include "matvec-shared-0.spv.h"
  ;
static const guint32 matvec_shared_1_words[] =
#include "matvec-shared-1.spv.h"
  ;
static const guint32 matvec_shared_2_words[] =
#include "matvec-shared-2.spv.h"
  ;
static const guint32 matvec_shared_3_words[] =
#include "matvec-shared-3.spv.h"
  ;
static const guint32 matvec_shared_6_words[] =
#include "matvec-shared-6.spv.h"
  ;
static const guint32 matvec_shared_7_words[] =
#include "matvec-shared-7.spv.h"
  ;
static const guint32 matvec_shared_8_words[] =
#include "matvec-shared-8.spv.h"
  ;
static const guint32 matvec_shared_10_words[] =
#include "matvec-shared-10.spv.h"
  ;
static const guint32 matvec_shared_11_words[] =
#include "matvec-shared-11.spv.h"
  ;
static const guint32 matvec_shared_12_words[] =
#include "matvec-shared-12.spv.h"
  ;
static const guint32 matvec_shared_13_words[] =
#include "matvec-shared-13.spv.h"
  ;
static const guint32 matvec_shared_14_words[] =
#include "matvec-shared-14.spv.h"
  ;
static const guint32 matvec_shared_20_words[] =
#include "matvec-shared-20.spv.h"
  ;
static const guint32 matvec_shared_23_words[] =
#include "matvec-shared-23.spv.h"
  ;
static const guint32 matvec_shared_30_words[] =
#include "matvec-shared-30.spv.h"
  ;
static const guint32 matvec_shared_39_words[] =
#include "matvec-shared-39.spv.h"
  ;
static const guint32 tiles_0_words[] =
#include "tiles-0.spv.h"
  ;
static const guint32 tiles_1_words[] =
#include "tiles-1.spv.h"
  ;
static const guint32 tiles_2_words[] =
#include "tiles-2.spv.h"
  ;
static const guint32 tiles_3_words[] =
#include "tiles-3.spv.h"
  ;
static const guint32 tiles_6_words[] =
#include "tiles-6.spv.h"
  ;
static const guint32 tiles_7_words[] =
#include "tiles-7.spv.h"
  ;
static const guint32 tiles_8_words[] =
#include "tiles-8.spv.h"
  ;
static const guint32 tiles_10_words[] =
#include "tiles-10.spv.h"
  ;
static const guint32 tiles_11_words[] =
#include "tiles-11.spv.h"
  ;
static const guint32 tiles_12_words[] =
#include "tiles-12.spv.h"
  ;
static const guint32 tiles_13_words[] =
#include "tiles-13.spv.h"
  ;
static const guint32 tiles_14_words[] =
#include "tiles-14.spv.h"
  ;
static const guint32 tiles_20_words[] =
#include "tiles-20.spv.h"
  ;
static const guint32 tiles_23_words[] =
#include "tiles-23.spv.h"
  ;
static const guint32 tiles_30_words[] =
#include "tiles-30.spv.h"
  ;
static const guint32 tiles_39_words[] =
#include "tiles-39.spv.h"
  ;
static const guint32 tiles_matrix_0_words[] =
#include "tiles-matrix-0.spv.h"
  ;
static const guint32 tiles_matrix_1_words[] =
#include "tiles-matrix-1.spv.h"
  ;
static const guint32 tiles_matrix_2_words[] =
#include "tiles-matrix-2.spv.h"
  ;
static const guint32 tiles_matrix_3_words[] =
#include "tiles-matrix-3.spv.h"
  ;
static const guint32 tiles_matrix_6_words[] =
#include "tiles-matrix-6.spv.h"
  ;
static const guint32 tiles_matrix_7_words[] =
#include "tiles-matrix-7.spv.h"
  ;
static const guint32 tiles_matrix_8_words[] =
#include "tiles-matrix-8.spv.h"
  ;
static const guint32 tiles_matrix_10_words[] =
#include "tiles-matrix-10.spv.h"
  ;
static const guint32 tiles_matrix_11_words[] =
#include "tiles-matrix-11.spv.h"
  ;
static const guint32 tiles_matrix_12_words[] =
#include "tiles-matrix-12.spv.h"
  ;
static const guint32 tiles_matrix_13_words[] =
#include "tiles-matrix-13.spv.h"
  ;
static const guint32 tiles_matrix_14_words[] =
#include "tiles-matrix-14.spv.h"
  ;
static const guint32 tiles_matrix_20_words[] =
#include "tiles-matrix-20.spv.h"
  ;
static const guint32 tiles_matrix_23_words[] =
#include "tiles-matrix-23.spv.h"
  ;
static const guint32 tiles_matrix_30_words[] =
#include "tiles-matrix-30.spv.h"
  ;
static const guint32 tiles_matrix_39_words[] =
#include "tiles-matrix-39.spv.h"
  ;

#define SHADER(words) { words, sizeof words }

const BlnVkShader bln_vk_shader_add = SHADER (add_words);
const BlnVkShader bln_vk_shader_gate = SHADER (gate_words);
const BlnVkShader bln_vk_shader_attend = SHADER (attend_words);
const BlnVkShader bln_vk_shader_attend_latent[BLN_VK_N_LATENT_SHARES] = {
  SHADER (attend_latent_2_2_words),
  SHADER (attend_latent_1_1_words),
  SHADER (attend_latent_4_2_words),
};
const BlnVkShader bln_vk_shader_attend_latent_bytes[BLN_VK_N_LATENT_SHARES] = {
  SHADER (attend_latent_bytes_2_2_words),
  SHADER (attend_latent_bytes_1_1_words),
  SHADER (attend_latent_bytes_4_2_words),
};
const guint8 bln_vk_latent_shares[BLN_VK_N_LATENT_SHARES][2] = { { 2, 2 }, { 1, 1 }, { 4, 2 } };
const BlnVkShader bln_vk_shader_attend_split = SHADER (attend_split_words);
const BlnVkShader bln_vk_shader_load_bytes = SHADER (load_bytes_words);
const BlnVkShader bln_vk_shader_meet = SHADER (meet_words);
const BlnVkShader bln_vk_shader_merge = SHADER (merge_words);
const BlnVkShader bln_vk_shader_combine = SHADER (combine_words);
const BlnVkShader bln_vk_shader_flash = SHADER (flash_words);
const BlnVkShader bln_vk_shader_choice = SHADER (choice_words);
const BlnVkShader bln_vk_shader_attend_latent_matrix = SHADER (attend_latent_matrix_words);
const BlnVkShader bln_vk_shader_attend_latent_matrix_bytes
  = SHADER (attend_latent_matrix_bytes_words);
const BlnVkShader bln_vk_shader_flash_matrix = SHADER (flash_matrix_words);
const BlnVkShader bln_vk_shader_prepare = SHADER (prepare_words);
const BlnVkShader bln_vk_shader_router = SHADER (router_words);
const BlnVkShader bln_vk_shader_sort = SHADER (sort_words);
const BlnVkShader bln_vk_shader_norm = SHADER (norm_words);
const BlnVkShader bln_vk_shader_read = SHADER (read_words);
const BlnVkShader bln_vk_shader_receive = SHADER (receive_words);
const BlnVkShader bln_vk_shader_rope = SHADER (rope_words);
const BlnVkShader bln_vk_shader_round = SHADER (round_words);
const BlnVkShader bln_vk_shader_route = SHADER (route_words);
const BlnVkShader bln_vk_shader_router_rows = SHADER (router_rows_words);

const BlnVkShader bln_vk_shader_absorb[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (absorb_0_words),
  [BLN_TYPE_F16] = SHADER (absorb_1_words),
  [BLN_TYPE_Q4_0] = SHADER (absorb_2_words),
  [BLN_TYPE_Q4_1] = SHADER (absorb_3_words),
  [BLN_TYPE_Q5_0] = SHADER (absorb_6_words),
  [BLN_TYPE_Q5_1] = SHADER (absorb_7_words),
  [BLN_TYPE_Q8_0] = SHADER (absorb_8_words),
  [BLN_TYPE_Q2_K] = SHADER (absorb_10_words),
  [BLN_TYPE_Q3_K] = SHADER (absorb_11_words),
  [BLN_TYPE_Q4_K] = SHADER (absorb_12_words),
  [BLN_TYPE_Q5_K] = SHADER (absorb_13_words),
  [BLN_TYPE_Q6_K] = SHADER (absorb_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (absorb_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (absorb_23_words),
  [BLN_TYPE_BF16] = SHADER (absorb_30_words),
  [BLN_TYPE_MXFP4] = SHADER (absorb_39_words),
};

const BlnVkShader bln_vk_shader_embed[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (embed_0_words),
  [BLN_TYPE_F16] = SHADER (embed_1_words),
  [BLN_TYPE_Q4_0] = SHADER (embed_2_words),
  [BLN_TYPE_Q4_1] = SHADER (embed_3_words),
  [BLN_TYPE_Q5_0] = SHADER (embed_6_words),
  [BLN_TYPE_Q5_1] = SHADER (embed_7_words),
  [BLN_TYPE_Q8_0] = SHADER (embed_8_words),
  [BLN_TYPE_Q2_K] = SHADER (embed_10_words),
  [BLN_TYPE_Q3_K] = SHADER (embed_11_words),
  [BLN_TYPE_Q4_K] = SHADER (embed_12_words),
  [BLN_TYPE_Q5_K] = SHADER (embed_13_words),
  [BLN_TYPE_Q6_K] = SHADER (embed_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (embed_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (embed_23_words),
  [BLN_TYPE_BF16] = SHADER (embed_30_words),
  [BLN_TYPE_MXFP4] = SHADER (embed_39_words),
};

const BlnVkShader bln_vk_shader_matvec[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (matvec_0_words),
  [BLN_TYPE_F16] = SHADER (matvec_1_words),
  [BLN_TYPE_Q4_0] = SHADER (matvec_2_words),
  [BLN_TYPE_Q4_1] = SHADER (matvec_3_words),
  [BLN_TYPE_Q5_0] = SHADER (matvec_6_words),
  [BLN_TYPE_Q5_1] = SHADER (matvec_7_words),
  [BLN_TYPE_Q8_0] = SHADER (matvec_8_words),
  [BLN_TYPE_Q2_K] = SHADER (matvec_10_words),
  [BLN_TYPE_Q3_K] = SHADER (matvec_11_words),
  [BLN_TYPE_Q4_K] = SHADER (matvec_12_words),
  [BLN_TYPE_Q5_K] = SHADER (matvec_13_words),
  [BLN_TYPE_Q6_K] = SHADER (matvec_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (matvec_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (matvec_23_words),
  [BLN_TYPE_BF16] = SHADER (matvec_30_words),
  [BLN_TYPE_MXFP4] = SHADER (matvec_39_words),
};

const BlnVkShader bln_vk_shader_matvec_dot[BLN_TYPE_COUNT] = {
  [BLN_TYPE_Q4_0] = SHADER (matvec_dot_2_words),
  [BLN_TYPE_Q4_1] = SHADER (matvec_dot_3_words),
  [BLN_TYPE_Q5_0] = SHADER (matvec_dot_6_words),
  [BLN_TYPE_Q5_1] = SHADER (matvec_dot_7_words),
  [BLN_TYPE_Q8_0] = SHADER (matvec_dot_8_words),
  [BLN_TYPE_Q2_K] = SHADER (matvec_dot_10_words),
  [BLN_TYPE_Q3_K] = SHADER (matvec_dot_11_words),
  [BLN_TYPE_Q4_K] = SHADER (matvec_dot_12_words),
  [BLN_TYPE_Q5_K] = SHADER (matvec_dot_13_words),
  [BLN_TYPE_Q6_K] = SHADER (matvec_dot_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (matvec_dot_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (matvec_dot_23_words),
  [BLN_TYPE_MXFP4] = SHADER (matvec_dot_39_words),
};

const BlnVkShader bln_vk_shader_matvec_dot_single[BLN_TYPE_COUNT] = {
  [BLN_TYPE_Q4_0] = SHADER (matvec_dot_single_2_words),
  [BLN_TYPE_Q4_1] = SHADER (matvec_dot_single_3_words),
  [BLN_TYPE_Q5_0] = SHADER (matvec_dot_single_6_words),
  [BLN_TYPE_Q5_1] = SHADER (matvec_dot_single_7_words),
  [BLN_TYPE_Q8_0] = SHADER (matvec_dot_single_8_words),
  [BLN_TYPE_Q2_K] = SHADER (matvec_dot_single_10_words),
  [BLN_TYPE_Q3_K] = SHADER (matvec_dot_single_11_words),
  [BLN_TYPE_Q4_K] = SHADER (matvec_dot_single_12_words),
  [BLN_TYPE_Q5_K] = SHADER (matvec_dot_single_13_words),
  [BLN_TYPE_Q6_K] = SHADER (matvec_dot_single_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (matvec_dot_single_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (matvec_dot_single_23_words),
  [BLN_TYPE_MXFP4] = SHADER (matvec_dot_single_39_words),
};

const BlnVkShader bln_vk_shader_matvec_shared[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (matvec_shared_0_words),
  [BLN_TYPE_F16] = SHADER (matvec_shared_1_words),
  [BLN_TYPE_Q4_0] = SHADER (matvec_shared_2_words),
  [BLN_TYPE_Q4_1] = SHADER (matvec_shared_3_words),
  [BLN_TYPE_Q5_0] = SHADER (matvec_shared_6_words),
  [BLN_TYPE_Q5_1] = SHADER (matvec_shared_7_words),
  [BLN_TYPE_Q8_0] = SHADER (matvec_shared_8_words),
  [BLN_TYPE_Q2_K] = SHADER (matvec_shared_10_words),
  [BLN_TYPE_Q3_K] = SHADER (matvec_shared_11_words),
  [BLN_TYPE_Q4_K] = SHADER (matvec_shared_12_words),
  [BLN_TYPE_Q5_K] = SHADER (matvec_shared_13_words),
  [BLN_TYPE_Q6_K] = SHADER (matvec_shared_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (matvec_shared_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (matvec_shared_23_words),
  [BLN_TYPE_BF16] = SHADER (matvec_shared_30_words),
  [BLN_TYPE_MXFP4] = SHADER (matvec_shared_39_words),
};

const BlnVkShader bln_vk_shader_tiles[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (tiles_0_words),
  [BLN_TYPE_F16] = SHADER (tiles_1_words),
  [BLN_TYPE_Q4_0] = SHADER (tiles_2_words),
  [BLN_TYPE_Q4_1] = SHADER (tiles_3_words),
  [BLN_TYPE_Q5_0] = SHADER (tiles_6_words),
  [BLN_TYPE_Q5_1] = SHADER (tiles_7_words),
  [BLN_TYPE_Q8_0] = SHADER (tiles_8_words),
  [BLN_TYPE_Q2_K] = SHADER (tiles_10_words),
  [BLN_TYPE_Q3_K] = SHADER (tiles_11_words),
  [BLN_TYPE_Q4_K] = SHADER (tiles_12_words),
  [BLN_TYPE_Q5_K] = SHADER (tiles_13_words),
  [BLN_TYPE_Q6_K] = SHADER (tiles_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (tiles_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (tiles_23_words),
  [BLN_TYPE_BF16] = SHADER (tiles_30_words),
  [BLN_TYPE_MXFP4] = SHADER (tiles_39_words),
};

const BlnVkShader bln_vk_shader_tiles_matrix[BLN_TYPE_COUNT] = {
  [BLN_TYPE_F32] = SHADER (tiles_matrix_0_words),
  [BLN_TYPE_F16] = SHADER (tiles_matrix_1_words),
  [BLN_TYPE_Q4_0] = SHADER (tiles_matrix_2_words),
  [BLN_TYPE_Q4_1] = SHADER (tiles_matrix_3_words),
  [BLN_TYPE_Q5_0] = SHADER (tiles_matrix_6_words),
  [BLN_TYPE_Q5_1] = SHADER (tiles_matrix_7_words),
  [BLN_TYPE_Q8_0] = SHADER (tiles_matrix_8_words),
  [BLN_TYPE_Q2_K] = SHADER (tiles_matrix_10_words),
  [BLN_TYPE_Q3_K] = SHADER (tiles_matrix_11_words),
  [BLN_TYPE_Q4_K] = SHADER (tiles_matrix_12_words),
  [BLN_TYPE_Q5_K] = SHADER (tiles_matrix_13_words),
  [BLN_TYPE_Q6_K] = SHADER (tiles_matrix_14_words),
  [BLN_TYPE_IQ4_NL] = SHADER (tiles_matrix_20_words),
  [BLN_TYPE_IQ4_XS] = SHADER (tiles_matrix_23_words),
  [BLN_TYPE_BF16] = SHADER (tiles_matrix_30_words),
  [BLN_TYPE_MXFP4] = SHADER (tiles_matrix_39_words),
};
