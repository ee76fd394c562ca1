/* Inside the Vulkan backend: what the recorders of ops share. */
#pragma once

#include "pace.h"
#include "push.h"
#include "shaders.h"
#include "vulkan-backend.h"
#include "vulkan-stages.h"

G_BEGIN_DECLS

#define TRANSFER_BYTES (4ull << 20)

/* Rows of a pass that is recorded once, at most, and how many such passes are kept. */
#define BLN_VK_RECORDED_ROWS 16
#define BLN_VK_N_RECORDED 16
/* Stretches that a sequence is cut into in such a pass, at most. */
#define BLN_VK_SPLITS 32

/* Words by which workgroups find who is last: a row's of a router, then a row's of a choice. */
#define BLN_VK_N_COUNTERS 64u
#define BLN_VK_CHOICE_COUNTER 32u
/* Of a wish, in the step buffer. */
#define BLN_VK_WISH_WORDS 3u

typedef struct _BlnVkHybrid BlnVkHybrid;
typedef struct _BlnVkStream BlnVkStream;
typedef struct _BlnVkRecorded BlnVkRecorded;

/* Rows in the forms between products of many of them (vulkan-tiles.c). */
typedef struct
{
  BlnVkBuffer halves, floats; /* the rows of one op, for matrix units or without */
  BlnVkBuffer hidden;         /* of experts, between their two products */
  BlnVkBuffer found;          /* what each chosen expert gave, F32 */
  BlnVkBuffer pairs;          /* shaders/sort.comp */
  BlnVkBuffer expanded;       /* keys and values made of latents */
  BlnVkBuffer decoded;        /* a layer of a cache of Q8_0 */
  guint64 sizes[7];           /* bytes, in this order */
} BlnVkTiles;

typedef struct
{
  BlnBackend base;
  BlnVkDevice *device;
  BlnVkQueue queue;
  BlnVkPipelines pipelines;
  const BlnWeights *weights;
  const BlnKvLayout *layout;
  BlnVkModel *model;
  guint8 *is_away;            /* (owned) [weights->all->len] stay in system memory */
  guint n_away;               /* blocks that they belong to */
  BlnVkHybrid *hybrid;        /* (owned) (nullable) computes with them */
  BlnVkStream *stream;        /* (owned) (nullable) brings them here for long passes */
  guint64 stream_bytes, stream_host_bytes; /* that it takes on either side; 0: there is none */
  BlnVkPace pace;
  BlnVkStages *stages;        /* (owned) (nullable) */
  const BlnProgram *program;  /* the first, of whose ops none should be long */
  guint64 part_bytes;         /* of weights, that one submission of a short pass may read */
  guint64 available;          /* of the device's memory, for weights, values and caches */
  guint n_batch;
  gboolean is_narrow;         /* workgroups of one subgroup that share nothing: what software
                                 devices run best */
  gboolean has_dot;           /* quantized products of few rows multiply bytes */
  gboolean has_tiles;         /* many rows go by tiles */
  gboolean has_matrix_units;

  GMutex pipeline_lock;       /* for the table: shaders are compiled on several threads */
  GHashTable *pipeline_table; /* (owned) shader and constants → VkPipeline */
  BlnVkBuffer arena;          /* values, then scratch */
  guint32 scratch;            /* first float of the scratch */
  guint32 counters;           /* first of the words that are zero between passes */
  BlnVkBuffer step;           /* written by the host for each pass; words below */
  BlnVkBuffer logits;         /* [BLN_MAX_OUT][n_vocab], on the device: rows of a matrix written
                                 one by one go to the host slowly */
  BlnVkBuffer read_logits;    /* the same, for the host */
  BlnVkBuffer choice;         /* [BLN_MAX_OUT], for the host: see shaders/choice.comp */
  BlnVkBuffer hidden;         /* [n_batch][n_embd] */
  BlnVkBuffer partials;       /* of attention over stretches */
  BlnVkTiles tiles;
  BlnVkBuffer transfer;       /* for reading and writing caches */

  BlnVkRecorded *recorded[BLN_VK_N_RECORDED]; /* (owned) (nullable each) */

  guint n_dispatches, n_barriers; /* of the last pass of few rows: a promise */

  guint64 sizes[5];           /* bytes of arena, step, logits, hidden, partials */

  /* Words of the step buffer. */
  guint32 positions, angles, local_angles, input, wishes;
  float *frequencies;         /* (owned) [2][n_rot / 2] */
} BlnVkBackend;

typedef struct
{
  BlnVkBackend *backend;
  BlnVkCommands commands;     /* being recorded */
  BlnVkCommands before;       /* under way meanwhile */
  gint64 start, before_start; /* when either was submitted, by the host's clock */
  const BlnProgram *program;
  const BlnBatch *batch;
  const BlnOp *op;            /* that is being recorded */
  gboolean streams;           /* what is away comes when its turn comes */
  guint32 expert_columns;     /* of the tiles that pairs were sorted into; 0: no tiles */
  GError *error;              /* (owned) (nullable) the first thing that went wrong */
} BlnVkRun;

/* Rows that are few with weights of any type, and with those that are multiplied as bytes: of more,
 * tiles are faster. */
#define BLN_VK_FEW_ROWS 8u

static inline guint
bln_vk_few_rows (const BlnVkBackend *backend)
{
  return backend->has_dot ? BLN_VK_RECORDED_ROWS : BLN_VK_FEW_ROWS;
}

/* Whether this pass has anything to do at an op; records it, with a barrier after it. */
gboolean bln_vk_run_wants (const BlnVkRun *run,
                           const BlnOp    *op);
void bln_vk_record_op (BlnVkRun    *run,
                       const BlnOp *op);
/* The hidden rows where the program keeps them, for whoever asks afterwards. */
void bln_vk_record_hidden (BlnVkRun *run);

gboolean bln_vk_run_begin (BlnVkRun *run,
                           GError  **error);
gboolean bln_vk_run_submit_and_wait (BlnVkRun *run,
                                     GError  **error);

/* ---- recorded passes (vulkan-recorded.c) ---- */

/* A pass of few rows: recorded once, in parts that are short enough, and submitted as often as it
 * comes again. */
gboolean bln_vk_recorded_run (BlnVkRun *run,
                              GError  **error);
/* (nullable) the commands of a pass like this one, ready to be submitted. */
BlnVkCommands *bln_vk_recorded_find (BlnVkBackend     *backend,
                                     const BlnProgram *program,
                                     const BlnBatch   *batch);
/* Takes them over for the next pass like this; the oldest of too many go. */
BlnVkCommands *bln_vk_recorded_keep (BlnVkBackend     *backend,
                                     const BlnProgram *program,
                                     const BlnBatch   *batch,
                                     BlnVkCommands    *commands);
/* Those that use a cache, before it goes; NULL: all. */
void bln_vk_recorded_forget (BlnVkBackend     *backend,
                             const BlnKvCache *cache);

/* Gives a cache its memory on the device (vulkan-cache.c). */
gboolean bln_vk_place_cache (BlnBackend *backend,
                             BlnKvCache *cache,
                             GError    **error);
/* Keys and values of a layer lie one behind the other: one binding sees both. Of a cache that has
 * no place the buffer is an empty one. */
BlnVkBinding bln_vk_cache_layer (const BlnVkBackend *backend,
                                 const BlnKvCache   *cache,
                                 guint               layer);
/* Whether the device can see each layer at once. MEMORY. */
gboolean bln_vk_check_cache (const BlnVkBackend *backend,
                             GError            **error);

/* ---- caches of Q8_0 (vulkan-bytes.c) ---- */

/* Whether all rows can be kept so. UNSUPPORTED. */
gboolean bln_vk_bytes_fit (const BlnProgram *program,
                           GError          **error);
/* Bytes of a row before its scales. */
guint32 bln_vk_to_scales (guint32 n_heads,
                          guint32 head_width);
/* Room for a layer in halves; 0: too much, or not wanted. */
guint64 bln_vk_decoded_size (const BlnVkBackend *backend,
                             const BlnOp        *op);
/* All positions that a span sees as halves, keys before values; a barrier before and after. */
BlnVkBinding bln_vk_record_load_bytes (BlnVkRun           *run,
                                       const BlnOp        *op,
                                       const BlnSpan      *span,
                                       const BlnVkBinding *cache,
                                       guint32            *v_offset);

/* A pipeline of a shader with these constants (0 is the workgroup's width); VK_NULL_HANDLE
 * with run->error set when it cannot be made. */
VkPipeline bln_vk_run_pipeline (BlnVkRun          *run,
                                const BlnVkShader *shader,
                                const guint32     *constants,
                                guint              n_constants);

/* The first float of a value in the arena, and the distance of its rows. */
static inline guint32
bln_vk_value (const BlnVkRun *run, BlnValue value)
{
  return (guint32) bln_program_offset (run->program, value, run->batch->n_rows);
}

static inline guint32
bln_vk_stride (const BlnVkRun *run, BlnValue value)
{
  return (guint32) bln_program_stride (run->program, value);
}

static inline BlnVkBinding
bln_vk_whole (const BlnVkBuffer *buffer)
{
  return (BlnVkBinding){ buffer, 0, MIN (buffer->n_bytes,
                                         buffer->device->info.max_storage_range) };
}

static inline guint32
bln_vk_parameters (const BlnVkRun *run, const BlnWeight *vector)
{
  return vector != NULL ? bln_vk_model_weight (run->backend->model, vector)->parameters : BLN_NONE;
}

/* Lanes of a workgroup that is one subgroup. */
static inline guint32
bln_vk_subgroup (const BlnVkRun *run)
{
  return run->backend->device->info.subgroup_size;
}

/* ---- products (vulkan-matmul.c) ---- */

typedef enum
{
  BLN_VK_PLAIN,
  BLN_VK_EXPERTS_UP,
  BLN_VK_EXPERTS_DOWN,
  BLN_VK_MERGED,       /* these only where bytes are multiplied */
  BLN_VK_TO_BYTES = 4, /* with those above: rows stand in the arena as bytes (vulkan-round.c) */
  BLN_VK_FROM_BYTES = 8,
} BlnVkMode;

static inline BlnVkMode
bln_vk_base_mode (BlnVkMode mode)
{
  return mode & 3;
}

/* Records `weight` (and `up`) times rows, a dispatch for each piece. `push` says where from
 * and where to; what follows from the weight is filled in. `n_z`: slabs, slots, or 1. */
void bln_vk_record_product (BlnVkRun         *run,
                            BlnVkMode         mode,
                            BlnGlu            glu,
                            const BlnWeight  *weight,
                            const BlnWeight  *up, /* (nullable) */
                            BlnMatvecPush     push,
                            guint             n_z,
                            const BlnVkBuffer *result);
/* From so many on, rows are rounded once for all and products are shared out otherwise. */
#define BLN_VK_SEVERAL_ROWS 3u
/* Lanes of a workgroup that multiplies bytes. */
#define BLN_VK_DOT_WIDTH 256u

/* Whether a product of few rows can be made of bytes, and one of its dispatches (vulkan-dot.c). */
gboolean bln_vk_dot_fits (const BlnVkBackend  *backend,
                          BlnVkMode            mode,
                          const BlnVkWeight   *weight,
                          const BlnMatvecPush *push);
void bln_vk_record_dot (BlnVkRun            *run,
                        BlnVkMode            mode,
                        guint32              glu,
                        const BlnVkWeight   *weight,
                        const BlnVkPiece    *piece,
                        const BlnVkPiece    *up,
                        const BlnMatvecPush *push,
                        guint                n_z,
                        const BlnVkBuffer   *result);
/* ---- rows rounded to bytes once for all who multiply them (vulkan-round.c) ---- */

/* Whether this pass has so many rows that it pays, and a product's weights take them. */
gboolean bln_vk_takes_rounded (const BlnVkRun  *run,
                               BlnValue         in,
                               const BlnWeight *weight,
                               const BlnWeight *up); /* (nullable) */
gboolean bln_vk_takes_rounded_matmul (const BlnVkRun *run,
                                      const BlnOp    *op);
/* Words of a row. */
guint32 bln_vk_rounded_words (guint32 width);
/* The rows of `push` become bytes from the word `to` of the arena on, with a barrier behind; its
 * input is there then, and its norm only says that there was one. */
void bln_vk_record_round (BlnVkRun      *run,
                          guint32        width,
                          guint32        n_rows,
                          guint32        to,
                          BlnMatvecPush *push);
/* A push with nothing riding along. */
BlnMatvecPush bln_vk_plain_push (void);

/* ---- many rows at once (vulkan-tiles.c) ---- */

/* sort.comp counts no more experts than these. */
#define BLN_VK_SORTED_EXPERTS 1024
/* Bytes of shared memory that the largest tile takes, without matrix units and with. */
#define BLN_VK_TILE_SHARED 32768
#define BLN_VK_MATRIX_SHARED 49152

/* Bytes of tiles from the programs alone, then the buffers. */
void bln_vk_tiles_measure (BlnVkBackend            *backend,
                           const BlnProgram *const *programs,
                           guint                    n_programs);
gboolean bln_vk_tiles_init (BlnVkBackend *backend,
                            GError      **error);
void bln_vk_tiles_clear (BlnVkTiles *tiles);
guint64 bln_vk_tiles_size (const BlnVkTiles *tiles);
gboolean bln_vk_takes_tiles (const BlnVkRun *run,
                             const BlnOp    *op);
void bln_vk_record_tiled_matmul (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_tiled_experts_up (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_tiled_experts_down (BlnVkRun *run, const BlnOp *op);

/* Attention over tiles (vulkan-flash.c): whether a span goes that way, and bytes that latents
 * are decompressed into. Its rows' keys are in the cache, its queries rotated. */
gboolean bln_vk_takes_flash (const BlnVkRun *run,
                             const BlnOp    *op,
                             const BlnSpan  *span);
guint64 bln_vk_expanded_size (const BlnVkBackend *backend,
                              const BlnOp        *op);
void bln_vk_record_flash_attention (BlnVkRun           *run,
                                    const BlnOp        *op,
                                    const BlnSpan      *span,
                                    const BlnVkBinding *cache,
                                    guint32             v_offset);
void bln_vk_record_flash_mla (BlnVkRun           *run,
                              const BlnOp        *op,
                              const BlnSpan      *span,
                              const BlnVkBinding *cache);

/* ---- what a sampler needs (vulkan-choice.c) ---- */

/* Blocks that logits are looked at in; each leaves two numbers in the scratch. */
guint32 bln_vk_choice_blocks (guint32 n_vocab);
gsize bln_vk_choice_bytes (guint32 n_vocab);
/* Of the first `n_logits` of all rows that want logits; they lie `n_vocab` apart. */
void bln_vk_record_choice (BlnVkRun *run, guint32 n_logits, guint32 n_vocab);
/* `row` of those that want logits: before a pass and after it. Without a choice it has none. */
void bln_vk_choice_wish (BlnVkBackend *backend, guint row, const BlnChoice *choice);
void bln_vk_choice_read (const BlnVkBackend *backend, guint row, BlnChoice *choice);
gboolean bln_vk_get_logits (BlnBackend *base, guint row, float *logits, GError **error);

/* Scores of all experts into the scratch, then who is chosen (vulkan-matmul.c). */
void bln_vk_record_router (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_route (BlnVkRun *run, const BlnOp *op);

/* Floats of scratch that an op wants for each row. */
guint32 bln_vk_scratch_floats (const BlnOp *op);
/* Floats that it finds for each row over one stretch. */
guint32 bln_vk_partial_floats (const BlnOp *op);

void bln_vk_record_matmul (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_head (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_experts_up (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_experts_down (BlnVkRun *run, const BlnOp *op);

/* ---- expert layers of few rows (vulkan-experts.c) ---- */

gboolean bln_vk_takes_few_experts (const BlnVkRun *run, const BlnOp *op);
void bln_vk_record_few_experts_up (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_few_experts_down (BlnVkRun *run, const BlnOp *op);

/* ---- attention ---- */

/* Latent attention of few rows (vulkan-latent.c): over stretches, then the product with the value
 * weights that adds them up. */
gboolean bln_vk_takes_few_latent (const BlnVkRun *run, const BlnOp *op);
void bln_vk_record_latent_attend (BlnVkRun            *run,
                                  const BlnSpan       *span,
                                  const BlnMlaShape   *shape,
                                  const BlnVkBinding  *cache,
                                  const BlnAttendPush *push);
void bln_vk_record_latent_values (BlnVkRun *run, const BlnOp *op);
/* What both shaders must know: stretches at most, where their scores stand in `partials`, and of
 * what their lengths are multiples. */
void bln_vk_latent_constants (const BlnVkBackend *backend,
                              const BlnMlaShape  *shape,
                              guint32            *n_splits,
                              guint32            *meta,
                              guint32            *grain);
guint64 bln_vk_latent_partial_floats (const BlnMlaShape *shape);

void bln_vk_record_attention (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_mla (BlnVkRun *run, const BlnOp *op);
void bln_vk_record_rows (BlnVkRun *run, const BlnOp *op);

G_END_DECLS
