/* The compiled shaders. Those that decode weights stand in arrays by type; a type without one
 * has no words. */
#pragma once

#include "pipeline.h"
#include "quant.h"

G_BEGIN_DECLS

extern const BlnVkShader bln_vk_shader_add;
extern const BlnVkShader bln_vk_shader_gate;
extern const BlnVkShader bln_vk_shader_attend;
/* By what a lane has: vectors of eight latents, and rotated values. */
#define BLN_VK_N_LATENT_SHARES 3
extern const BlnVkShader bln_vk_shader_attend_latent[BLN_VK_N_LATENT_SHARES];
extern const BlnVkShader bln_vk_shader_attend_latent_bytes[BLN_VK_N_LATENT_SHARES];
extern const guint8 bln_vk_latent_shares[BLN_VK_N_LATENT_SHARES][2];
extern const BlnVkShader bln_vk_shader_attend_split;
extern const BlnVkShader bln_vk_shader_combine;
extern const BlnVkShader bln_vk_shader_flash;
extern const BlnVkShader bln_vk_shader_choice;
extern const BlnVkShader bln_vk_shader_attend_latent_matrix;
extern const BlnVkShader bln_vk_shader_attend_latent_matrix_bytes;
extern const BlnVkShader bln_vk_shader_flash_matrix;
extern const BlnVkShader bln_vk_shader_load_bytes;
extern const BlnVkShader bln_vk_shader_meet;
extern const BlnVkShader bln_vk_shader_merge;
extern const BlnVkShader bln_vk_shader_norm;
extern const BlnVkShader bln_vk_shader_prepare;
extern const BlnVkShader bln_vk_shader_read;
extern const BlnVkShader bln_vk_shader_receive;
extern const BlnVkShader bln_vk_shader_rope;
extern const BlnVkShader bln_vk_shader_round;
extern const BlnVkShader bln_vk_shader_route;
extern const BlnVkShader bln_vk_shader_router;
extern const BlnVkShader bln_vk_shader_router_rows;
extern const BlnVkShader bln_vk_shader_sort;
extern const BlnVkShader bln_vk_shader_absorb[BLN_TYPE_COUNT];
extern const BlnVkShader bln_vk_shader_embed[BLN_TYPE_COUNT];
extern const BlnVkShader bln_vk_shader_matvec[BLN_TYPE_COUNT];
/* Quantized types only: integer products of bytes. */
extern const BlnVkShader bln_vk_shader_matvec_dot[BLN_TYPE_COUNT];
/* The same for one column and one row a cluster. */
extern const BlnVkShader bln_vk_shader_matvec_dot_single[BLN_TYPE_COUNT];
extern const BlnVkShader bln_vk_shader_matvec_shared[BLN_TYPE_COUNT];
extern const BlnVkShader bln_vk_shader_tiles[BLN_TYPE_COUNT];
extern const BlnVkShader bln_vk_shader_tiles_matrix[BLN_TYPE_COUNT];

G_END_DECLS
