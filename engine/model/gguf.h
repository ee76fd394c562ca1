/* The GGUF container: metadata and tensor descriptions of one file or of all parts of a
 * split, checked against every limit before anything else sees them, and the mapped data. */
#pragma once

#include "bln-engine.h"
#include "quant.h"

G_BEGIN_DECLS

typedef enum
{
  BLN_GGUF_U8, BLN_GGUF_I8, BLN_GGUF_U16, BLN_GGUF_I16, BLN_GGUF_U32, BLN_GGUF_I32,
  BLN_GGUF_F32, BLN_GGUF_BOOL, BLN_GGUF_STRING, BLN_GGUF_ARRAY, BLN_GGUF_U64, BLN_GGUF_I64,
  BLN_GGUF_F64,
} BlnGgufKind;

typedef struct
{
  const char *bytes; /* in the mapping, not NUL-terminated */
  gsize length;
} BlnGgufString;

/* Bytes from a file as they may stand in a message: valid UTF-8, one line, nothing invisible,
 * at most 200 characters. */
char *bln_shown_text (const char *bytes,
                      gssize      length); /* -1: NUL-terminated */

typedef struct _BlnGguf BlnGguf;

/* The part of a tensor that lies in no file: what an adapter made. */
#define BLN_OWN_MEMORY G_MAXUINT

typedef struct
{
  const char *name;    /* NUL-terminated, at most 63 bytes */
  guint32 type;        /* BlnType, or a known id that we lack */
  guint n_dims;
  guint64 ne[4];       /* fastest first; missing ones are 1 */
  guint64 n_bytes;
  guint part;          /* which file, or BLN_OWN_MEMORY */
  guint64 offset;      /* within the data section of its part */
  const guint8 *data;  /* in the mapping; aligned to 8 bytes at least */
} BlnTensor;

BlnGguf *bln_gguf_open (const char *path,
                        GError    **error);
void bln_gguf_free (BlnGguf *gguf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnGguf, bln_gguf_free)

const char *bln_gguf_get_path (BlnGguf *gguf);
const char *bln_gguf_get_base_name (BlnGguf *gguf); /* for messages, valid UTF-8 */
gboolean bln_gguf_has (BlnGguf *gguf, const char *key);

/* All metadata lies in memory of its own: what the getters return was checked and stays as it
 * is, whatever happens to the file. Any thread.
 *
 * Integers of any width are accepted where the value fits, floats of both widths. A key that
 * is absent leaves `*value` untouched and returns TRUE; one of a wrong type or range, or a float
 * that is not finite, is DAMAGED. bln_gguf_has() tells absence. */
gboolean bln_gguf_get_u32 (BlnGguf *gguf, const char *key, guint32 *value, GError **error);
gboolean bln_gguf_get_u64 (BlnGguf *gguf, const char *key, guint64 *value, GError **error);
gboolean bln_gguf_get_i64 (BlnGguf *gguf, const char *key, gint64 *value, GError **error);
gboolean bln_gguf_get_f32 (BlnGguf *gguf, const char *key, float *value, GError **error);
gboolean bln_gguf_get_bool (BlnGguf *gguf, const char *key, gboolean *value, GError **error);
gboolean bln_gguf_get_string (BlnGguf *gguf, const char *key, BlnGgufString *value, GError **error);

/* Arrays. `n` is 0 where the key is absent. Scalars where an array may stand (per-layer keys)
 * are read by the _per_layer call: fills n_layers values from a scalar or an array. */
gboolean bln_gguf_get_strings (BlnGguf *gguf, const char *key,
                               const BlnGgufString **values, gsize *n, GError **error);
gboolean bln_gguf_get_f32_array (BlnGguf *gguf, const char *key,
                                 const float **values, gsize *n, GError **error);
gboolean bln_gguf_get_i32_array (BlnGguf *gguf, const char *key,
                                 const gint32 **values, gsize *n, GError **error);
gboolean bln_gguf_get_u32_per_layer (BlnGguf *gguf, const char *key,
                                     guint32 *values, guint n_layers, GError **error);

guint bln_gguf_get_n_tensors (BlnGguf *gguf);
const BlnTensor *bln_gguf_get_tensor (BlnGguf *gguf, guint index); /* file order, all parts */
const BlnTensor *bln_gguf_find_tensor (BlnGguf *gguf, const char *name); /* (nullable) */

void bln_gguf_foreach_metadata (BlnGguf *gguf, BlnMetadataFunc func, gpointer user_data);

/* Makes pages present before they are used; CHANGED or IO when that fails. A file that is cut
 * while its mapping is read raises no SIGBUS: the lost pages read as zeros from then on, and
 * check_unchanged() says CHANGED. So whoever reads weights calls it after, before results are
 * believed. */
gboolean bln_gguf_populate (BlnGguf *gguf, const BlnTensor *tensor,
                            gsize offset, gsize length, GError **error);
/* Lets go of the mapped pages of a tensor that has been copied. Neither does anything for a tensor
 * in memory of our own. */
void bln_gguf_release (BlnGguf *gguf, const BlnTensor *tensor);
/* CHANGED when a part was cut or written to since it was opened. One that was unlinked, or
 * replaced by renaming another over it, stays whole for us and is no error. Cheap: fstat. */
gboolean bln_gguf_check_unchanged (BlnGguf *gguf, GError **error);
/* Memory held by headers and indices, for the plan. */
gsize bln_gguf_get_n_bytes (BlnGguf *gguf);
/* SHA-256 of all headers (hex, owned): what the file says it is, without reading weights. */
const char *bln_gguf_get_fingerprint (BlnGguf *gguf);

G_END_DECLS
