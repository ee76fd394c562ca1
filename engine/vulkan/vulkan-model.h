/* A model's weights in device memory, quantized as in the file. What would put the quants off
 * sixteen-byte alignment (scales and high bits beside 16, 32 or 208 bytes) stands in a plane of
 * its own behind the rest; no bit is changed. */
#pragma once

#include "command.h"
#include "weights.h"

G_BEGIN_DECLS

/* Whole slabs, or rows of a matrix with one slab: as much as one binding may span. */
typedef struct
{
  BlnVkBinding binding;
  guint32 side;              /* first word of the side plane */
  guint32 first_row, n_rows; /* within a slab; all of them if there are several slabs */
  guint32 first_slab, n_slabs;
} BlnVkPiece;

typedef struct
{
  guint32 type;
  guint32 n_in, n_out, n_slabs;
  guint n_pieces;
  BlnVkPiece *pieces;        /* (owned) */
  guint32 parameters;        /* vectors: first float in the parameters' buffer */
} BlnVkWeight;

typedef struct
{
  BlnVkDevice *device;
  const BlnWeights *weights; /* not owned */
  const guint8 *is_away;     /* not owned: those that are not on the device have no pieces */
  BlnVkWeight *all;          /* (owned) by BlnWeight.index */
  GArray *buffers;           /* (owned) BlnVkBuffer */
  BlnVkBuffer parameters;
  guint64 n_bytes;           /* on the device */
} BlnVkModel;

/* Bytes that the weights will take on the device, reading none, without those that are away
 * [weights->all->len]. */
guint64 bln_vk_model_size (const BlnWeights      *weights,
                           const BlnVkDeviceInfo *info,
                           const guint8          *is_away);

/* Of one matrix. */
guint64 bln_vk_weight_size (const BlnWeight       *weight,
                            const BlnVkDeviceInfo *info);

/* Which bytes of a block stand aside. */
typedef struct
{
  guint side_first, side_bytes;
} BlnVkSplit;

BlnVkSplit bln_vk_split_of (guint32 type);

/* Gives every weight that is not away its place, and nothing in it. MEMORY. */
BlnVkModel *bln_vk_model_new (const BlnWeights *weights,
                              const guint8     *is_away,
                              BlnVkDevice      *device,
                              GError          **error);

/* Pieces for a matrix that is away, in a buffer of somebody else's from `*offset` on, which goes
 * behind them. */
void bln_vk_model_place (BlnVkModel        *model,
                         const BlnWeight   *weight,
                         const BlnVkBuffer *buffer,
                         guint64           *offset);

/* ---- vulkan-upload.c ---- */

/* A matrix as its pieces lie in their one buffer, into memory that stands for it. CHANGED. */
gboolean bln_vk_stage_weight (const BlnVkModel *model,
                              const BlnWeight  *weight,
                              guint8           *out,
                              GError          **error);

typedef gboolean (*BlnVkProgress) (guint64  done,
                                   guint64  total,
                                   gpointer user_data);

typedef struct _BlnVkUpload BlnVkUpload;

BlnVkUpload *bln_vk_upload_new (BlnVkModel           *model,
                                BlnVkQueue           *queue,
                                const BlnVkPipelines *pipelines,
                                GError              **error);
void bln_vk_upload_free (BlnVkUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnVkUpload, bln_vk_upload_free)

/* Norms and biases, as F32; they are there when it returns. */
gboolean bln_vk_upload_parameters (BlnVkUpload *upload,
                                   GError     **error);
/* Matrices, reading the file once from front to back while the device takes what was read before;
 * `progress` (nullable) is told of bytes done and may end it by returning FALSE (STOPPED). LOST,
 * MEMORY, CHANGED. */
gboolean bln_vk_upload_matrices (BlnVkUpload  *upload,
                                 BlnVkProgress progress,
                                 gpointer      user_data,
                                 GError      **error);

void bln_vk_model_free (BlnVkModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnVkModel, bln_vk_model_free)

static inline const BlnVkWeight *
bln_vk_model_weight (const BlnVkModel *model,
                     const BlnWeight  *weight)
{
  return &model->all[weight->index];
}

G_END_DECLS
