/* Writes GGUF files for tests and benchmarks: sound ones, splits, and deliberately wrong ones.
 *
 * Every field of a tensor description may be changed after it was added, and is written as it
 * then stands, however false: that is how files with a wrong type, shape or offset are made.
 * The counts in the header have fixed places (gguf_writer_to_bytes(), then patch). Little-endian
 * machines only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the fixed part of a header has its fields, for those who patch. */
#define GGUF_OFFSET_MAGIC 0
#define GGUF_OFFSET_VERSION 4
#define GGUF_OFFSET_N_TENSORS 8
#define GGUF_OFFSET_N_PAIRS 16

typedef enum
{
  GGUF_U8, GGUF_I8, GGUF_U16, GGUF_I16, GGUF_U32, GGUF_I32, GGUF_F32, GGUF_BOOL, GGUF_STRING,
  GGUF_ARRAY, GGUF_U64, GGUF_I64, GGUF_F64,
} GgufValueKind;

typedef struct _GgufTensor GgufTensor;

/* Makes `n_rows` rows from row `first` on, for tensors too large to hold. */
typedef void (*GgufFillFunc) (const GgufTensor *tensor,
                              guint64           first,
                              guint64           n_rows,
                              guint8           *out,
                              gpointer          user_data);

struct _GgufTensor
{
  char *name;
  guint32 type;         /* written as it stands, known or not */
  guint32 n_dims;       /* may exceed 4: the dimensions beyond are written as 1 */
  guint64 ne[4];
  guint64 n_bytes;      /* of data that follow */
  guint8 *data;         /* (owned) (nullable): else `fill` makes it */
  GgufFillFunc fill;
  gpointer fill_data;
  gboolean has_offset;  /* TRUE: `offset` is written in place of the true one */
  guint64 offset;
};

typedef struct _GgufWriter GgufWriter;

GgufWriter *gguf_writer_new (void);
void gguf_writer_free (GgufWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GgufWriter, gguf_writer_free)

/* Metadata. A key that is already there gets the new value in its old place. */
void gguf_writer_set_u8 (GgufWriter *writer, const char *key, guint8 value);
void gguf_writer_set_i8 (GgufWriter *writer, const char *key, gint8 value);
void gguf_writer_set_u16 (GgufWriter *writer, const char *key, guint16 value);
void gguf_writer_set_i16 (GgufWriter *writer, const char *key, gint16 value);
void gguf_writer_set_u32 (GgufWriter *writer, const char *key, guint32 value);
void gguf_writer_set_i32 (GgufWriter *writer, const char *key, gint32 value);
void gguf_writer_set_u64 (GgufWriter *writer, const char *key, guint64 value);
void gguf_writer_set_i64 (GgufWriter *writer, const char *key, gint64 value);
void gguf_writer_set_f32 (GgufWriter *writer, const char *key, float value);
void gguf_writer_set_f64 (GgufWriter *writer, const char *key, double value);
void gguf_writer_set_bool (GgufWriter *writer, const char *key, gboolean value);
void gguf_writer_set_string (GgufWriter *writer, const char *key, const char *value);
void gguf_writer_set_strings (GgufWriter *writer, const char *key, const char *const *values,
                              gsize n);
/* Any array of numbers: `values` are `n` elements of `element_bytes` each. */
void gguf_writer_set_array (GgufWriter *writer, const char *key, guint32 element_kind,
                            const void *values, gsize n, gsize element_bytes);
/* A value of any kind id, sound or not, with these bytes after the kind. */
void gguf_writer_set_raw (GgufWriter *writer, const char *key, guint32 kind, const void *bytes,
                          gsize n_bytes);
/* Counted as one more pair and written as it is, key and all. Never replaces. */
void gguf_writer_add_raw_pair (GgufWriter *writer, const void *bytes, gsize n_bytes);
gboolean gguf_writer_remove (GgufWriter *writer, const char *key);

/* Sets general.alignment and obeys it. */
void gguf_writer_set_alignment (GgufWriter *writer, guint32 alignment);

/* Tensors, in file order. `data` is copied. The result belongs to the writer and may be
 * changed until it is written. */
GgufTensor *gguf_writer_add_tensor (GgufWriter *writer, const char *name, guint32 type,
                                    guint n_dims, const guint64 *ne, const void *data,
                                    guint64 n_bytes);
GgufTensor *gguf_writer_add_filled_tensor (GgufWriter *writer, const char *name, guint32 type,
                                           guint n_dims, const guint64 *ne, guint64 n_bytes,
                                           GgufFillFunc fill, gpointer user_data);
guint gguf_writer_get_n_tensors (GgufWriter *writer);
GgufTensor *gguf_writer_get_tensor (GgufWriter *writer, guint index);
GgufTensor *gguf_writer_find_tensor (GgufWriter *writer, const char *name); /* (nullable) */
gboolean gguf_writer_remove_tensor (GgufWriter *writer, const char *name);
/* Moves the last tensor before the one named: for transformations that keep the order. */
void gguf_writer_move_last_before (GgufWriter *writer, const char *name);

/* The whole file. */
GBytes *gguf_writer_to_bytes (GgufWriter *writer);
void gguf_writer_write (GgufWriter *writer, const char *path);
/* PREFIX-00001-of-0000N.gguf and so on; part i holds n_per_part[i] tensors, the last one what is
 * left. All metadata goes into the first. Returns the first part's path. */
char *gguf_writer_write_split (GgufWriter *writer, const char *prefix, const guint *n_per_part,
                               guint n_parts);

G_END_DECLS
