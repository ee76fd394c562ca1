/* What the files of the GGUF reader share. */
#pragma once

#include "gguf.h"
#include "mapping.h"

G_BEGIN_DECLS

/* One metadata pair. `bytes` are the value's bytes in the header, at any alignment. */
typedef struct
{
  const char *key; /* NUL-terminated, in the part's strings */
  BlnGgufKind kind;
  BlnGgufKind element_kind; /* of an array */
  guint64 count;            /* of an array, else 1 */
  const guint8 *bytes;      /* of a string: its first character */
  guint64 n_bytes;
  gpointer decoded; /* (owned) (nullable) aligned copy of an array, made when first asked for;
                       its form follows from element_kind alone */
} BlnGgufEntry;

/* One file. The header is a copy: what was checked cannot change any more. */
typedef struct
{
  char *path;
  char *base_name; /* for messages, valid UTF-8 */
  int fd;
  BlnFileStamp stamp;
  guint8 *header; /* [header_reserved] address space, of which `header_length` bytes are used */
  gsize header_reserved;
  gsize header_length;
  GStringChunk *strings;
  GArray *entries; /* of BlnGgufEntry, file order */
  GArray *tensors; /* of BlnTensor, file order; moved to the BlnGguf */
  guint32 alignment;
  guint64 data_start;
  BlnMapping *mapping; /* (nullable) without tensors */
} BlnGgufPart;

struct _BlnGguf
{
  GPtrArray *parts;          /* of BlnGgufPart */
  GHashTable *entry_by_key;  /* of the first part */
  GArray *tensors;           /* of BlnTensor, all parts */
  GHashTable *tensor_by_name;
  GMutex lock; /* for what is made when first asked for */
  char *fingerprint;
};

/* Opens and checks one file by itself. */
BlnGgufPart *bln_gguf_part_open (const char *path,
                                 GError    **error);
void bln_gguf_part_free (BlnGgufPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnGgufPart, bln_gguf_part_free)

/* Reads metadata and tensor descriptions into `part` and sets data_start. */
gboolean bln_gguf_part_parse (BlnGgufPart *part,
                              GError     **error);

/* "U32", "string", … and bytes of one element; 0 for strings and arrays. */
const char *bln_gguf_kind_name (BlnGgufKind kind);
gsize bln_gguf_kind_size (BlnGgufKind kind);

/* The value as a whole number of at least 0; FALSE where it is none. */
gboolean bln_gguf_entry_to_u64 (const BlnGgufEntry *entry,
                                guint64            *value);

/* A sentence about bytes that are no GGUF file: what they look like. */
GError *bln_not_a_model_error (const char   *base_name,
                               const guint8 *bytes,
                               gsize         n_bytes);

/* Hash of C strings. Seeded per process: the strings are chosen by whoever made
 * the file, and must not be able to collide on purpose. */
guint bln_seeded_str_hash (gconstpointer text);

G_END_DECLS
