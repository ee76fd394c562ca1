/* Typed access to metadata. A number that does not fit where it is asked for is never cut to
 * fit, and an array is read only after its element type and its length were compared. */
#include "gguf-private.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

#define SHOWN_ELEMENTS 8

/* ---- scalars ----------------------------------------------------------------------- */

typedef struct
{
  enum { NO_NUMBER, UNSIGNED, SIGNED, FLOAT } kind;
  guint64 u;
  gint64 i; /* negative, where kind is SIGNED */
  double f;
} Number;

static guint64
read_le (const guint8 *bytes,
         gsize         n_bytes)
{
  guint64 value = 0;

  for (gsize i = n_bytes; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

static gint64
extend_sign (guint64 value,
             gsize   n_bytes)
{
  guint unused = 64 - 8 * n_bytes;

  return (gint64) (value << unused) >> unused;
}

static double
read_float (const guint8 *bytes,
            BlnGgufKind   kind)
{
  guint64 bits = read_le (bytes, bln_gguf_kind_size (kind));
  guint32 low_bits = bits;
  double wide;
  float narrow;

  memcpy (&wide, &bits, sizeof wide);
  memcpy (&narrow, &low_bits, sizeof narrow);
  return kind == BLN_GGUF_F64 ? wide : narrow;
}

static Number
number_from_bytes (const guint8 *bytes,
                   BlnGgufKind   kind)
{
  gsize size = bln_gguf_kind_size (kind);
  Number number = { NO_NUMBER };

  switch (kind)
    {
    case BLN_GGUF_BOOL:
      number = (Number) { .kind = UNSIGNED, .u = bytes[0] != 0 };
      break;
    case BLN_GGUF_U8:
    case BLN_GGUF_U16:
    case BLN_GGUF_U32:
    case BLN_GGUF_U64:
      number = (Number) { .kind = UNSIGNED, .u = read_le (bytes, size) };
      break;
    case BLN_GGUF_I8:
    case BLN_GGUF_I16:
    case BLN_GGUF_I32:
    case BLN_GGUF_I64:
      number.i = extend_sign (read_le (bytes, size), size);
      number.u = number.i;
      number.kind = number.i < 0 ? SIGNED : UNSIGNED;
      break;
    case BLN_GGUF_F32:
    case BLN_GGUF_F64:
      number = (Number) { .kind = FLOAT, .f = read_float (bytes, kind) };
      break;
    case BLN_GGUF_STRING:
    case BLN_GGUF_ARRAY:
      break;
    }
  return number;
}

static BlnGgufEntry *
find (BlnGguf    *gguf,
      const char *key)
{
  return g_hash_table_lookup (gguf->entry_by_key, key);
}

static gboolean
refuse (BlnGguf            *gguf,
        const BlnGgufEntry *entry,
        const char         *expected,
        GError            **error)
{
  g_autofree char *key = bln_shown_text (entry->key, -1);

  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: its “%s” is not %s. Download it again."),
               bln_gguf_get_base_name (gguf), key, expected);
  return FALSE;
}

gboolean
bln_gguf_has (BlnGguf    *gguf,
              const char *key)
{
  return find (gguf, key) != NULL;
}

gboolean
bln_gguf_entry_to_u64 (const BlnGgufEntry *entry,
                       guint64            *value)
{
  Number number = number_from_bytes (entry->bytes, entry->kind);

  if (number.kind != UNSIGNED)
    return FALSE;
  *value = number.u;
  return TRUE;
}

gboolean
bln_gguf_get_u64 (BlnGguf    *gguf,
                  const char *key,
                  guint64    *value,
                  GError    **error)
{
  const BlnGgufEntry *entry = find (gguf, key);

  if (entry == NULL || bln_gguf_entry_to_u64 (entry, value))
    return TRUE;
  return refuse (gguf, entry, _("a whole number"), error);
}

gboolean
bln_gguf_get_u32 (BlnGguf    *gguf,
                  const char *key,
                  guint32    *value,
                  GError    **error)
{
  guint64 wide = *value;

  if (!bln_gguf_get_u64 (gguf, key, &wide, error))
    return FALSE;
  if (wide > G_MAXUINT32)
    return refuse (gguf, find (gguf, key), _("a number of a sensible size"), error);
  *value = wide;
  return TRUE;
}

gboolean
bln_gguf_get_i64 (BlnGguf    *gguf,
                  const char *key,
                  gint64     *value,
                  GError    **error)
{
  const BlnGgufEntry *entry = find (gguf, key);
  Number number;

  if (entry == NULL)
    return TRUE;
  number = number_from_bytes (entry->bytes, entry->kind);
  if (number.kind == UNSIGNED && number.u <= G_MAXINT64)
    *value = number.u;
  else if (number.kind == SIGNED)
    *value = number.i;
  else
    return refuse (gguf, entry, _("a whole number"), error);
  return TRUE;
}

static double
number_to_double (Number number)
{
  if (number.kind == FLOAT)
    return number.f;
  if (number.kind == SIGNED)
    return number.i;
  return number.kind == UNSIGNED ? number.u : NAN;
}

gboolean
bln_gguf_get_f32 (BlnGguf    *gguf,
                  const char *key,
                  float      *value,
                  GError    **error)
{
  const BlnGgufEntry *entry = find (gguf, key);
  double number;

  if (entry == NULL)
    return TRUE;
  number = number_to_double (number_from_bytes (entry->bytes, entry->kind));
  /* Also false for what is not a number. */
  if (!(fabs (number) <= G_MAXFLOAT))
    return refuse (gguf, entry, _("a finite number"), error);
  *value = number;
  return TRUE;
}

gboolean
bln_gguf_get_bool (BlnGguf    *gguf,
                   const char *key,
                   gboolean   *value,
                   GError    **error)
{
  const BlnGgufEntry *entry = find (gguf, key);
  guint64 number;

  if (entry == NULL)
    return TRUE;
  if (!bln_gguf_entry_to_u64 (entry, &number))
    return refuse (gguf, entry, _("true or false"), error);
  *value = number != 0;
  return TRUE;
}

gboolean
bln_gguf_get_string (BlnGguf       *gguf,
                     const char    *key,
                     BlnGgufString *value,
                     GError       **error)
{
  const BlnGgufEntry *entry = find (gguf, key);

  if (entry == NULL)
    return TRUE;
  if (entry->kind != BLN_GGUF_STRING)
    return refuse (gguf, entry, _("text"), error);
  value->bytes = (const char *) entry->bytes;
  value->length = entry->n_bytes;
  return TRUE;
}

/* ---- arrays ------------------------------------------------------------------------ */

/* An array is always copied before use: in the file it lies at any address. */
typedef gpointer (*DecodeFunc) (const BlnGgufEntry *entry);
typedef gboolean (*AcceptFunc) (BlnGgufKind element_kind);

static gboolean
accept_strings (BlnGgufKind kind)
{
  return kind == BLN_GGUF_STRING;
}

static gboolean
accept_floats (BlnGgufKind kind)
{
  return kind == BLN_GGUF_F32 || kind == BLN_GGUF_F64;
}

/* U8 and its kin are refused on purpose: no writer uses them for the arrays we read so, and a
 * vocabulary that declares them is out to confuse a reader that casts. */
static gboolean
accept_integers (BlnGgufKind kind)
{
  return kind == BLN_GGUF_I32 || kind == BLN_GGUF_U32;
}

static gpointer
decode_strings (const BlnGgufEntry *entry)
{
  const guint8 *bytes = entry->bytes;
  BlnGgufString *strings;

  strings = g_new (BlnGgufString, entry->count);
  for (guint64 i = 0; i < entry->count; i++)
    {
      strings[i].length = read_le (bytes, 8);
      strings[i].bytes = (const char *) bytes + 8;
      bytes += 8 + strings[i].length;
    }
  return strings;
}

static gpointer
decode_f32 (const BlnGgufEntry *entry)
{
  gsize size = bln_gguf_kind_size (entry->element_kind);
  float *values;

  values = g_new (float, entry->count);
  for (guint64 i = 0; i < entry->count; i++)
    values[i] = read_float (entry->bytes + i * size, entry->element_kind);
  return values;
}

/* NULL where an unsigned number is too large. */
static gpointer
decode_i32 (const BlnGgufEntry *entry)
{
  gint32 *values;

  values = g_new (gint32, entry->count);
  for (guint64 i = 0; i < entry->count; i++)
    {
      guint32 bits = read_le (entry->bytes + 4 * i, 4);

      if (entry->element_kind == BLN_GGUF_U32 && bits > G_MAXINT32)
        {
          g_free (values);
          return NULL;
        }
      values[i] = bits;
    }
  return values;
}

static gboolean
get_array (BlnGguf       *gguf,
           const char    *key,
           AcceptFunc     accept,
           DecodeFunc     decode,
           const char    *expected,
           gconstpointer *values,
           gsize         *n,
           GError       **error)
{
  BlnGgufEntry *entry = find (gguf, key);

  *n = 0;
  *values = NULL;
  if (entry == NULL)
    return TRUE;
  if (entry->kind != BLN_GGUF_ARRAY || !accept (entry->element_kind))
    return refuse (gguf, entry, expected, error);
  if (entry->count == 0)
    return TRUE;
  g_mutex_lock (&gguf->lock);
  if (entry->decoded == NULL)
    entry->decoded = decode (entry);
  *values = entry->decoded;
  g_mutex_unlock (&gguf->lock);
  if (*values == NULL)
    return refuse (gguf, entry, expected, error);
  *n = entry->count;
  return TRUE;
}

gboolean
bln_gguf_get_strings (BlnGguf              *gguf,
                      const char           *key,
                      const BlnGgufString **values,
                      gsize                *n,
                      GError              **error)
{
  return get_array (gguf, key, accept_strings, decode_strings, _("a list of texts"),
                    (gconstpointer *) values, n, error);
}

gboolean
bln_gguf_get_f32_array (BlnGguf      *gguf,
                        const char   *key,
                        const float **values,
                        gsize        *n,
                        GError      **error)
{
  return get_array (gguf, key, accept_floats, decode_f32, _("a list of F32 numbers"),
                    (gconstpointer *) values, n, error);
}

gboolean
bln_gguf_get_i32_array (BlnGguf       *gguf,
                        const char    *key,
                        const gint32 **values,
                        gsize         *n,
                        GError       **error)
{
  return get_array (gguf, key, accept_integers, decode_i32, _("a list of I32 numbers"),
                    (gconstpointer *) values, n, error);
}

static gboolean
number_fits_u32 (Number number)
{
  return number.kind == UNSIGNED && number.u <= G_MAXUINT32;
}

gboolean
bln_gguf_get_u32_per_layer (BlnGguf    *gguf,
                            const char *key,
                            guint32    *values,
                            guint       n_layers,
                            GError    **error)
{
  const BlnGgufEntry *entry = find (gguf, key);
  gboolean is_array;
  BlnGgufKind kind;
  gsize size;

  if (entry == NULL)
    return TRUE;
  is_array = entry->kind == BLN_GGUF_ARRAY;
  kind = is_array ? entry->element_kind : entry->kind;
  size = is_array ? bln_gguf_kind_size (kind) : 0;
  if (is_array && entry->count < n_layers)
    return refuse (gguf, entry, _("a list with a number for every layer"), error);
  for (guint i = 0; i < n_layers; i++)
    if (!number_fits_u32 (number_from_bytes (entry->bytes + i * size, kind)))
      return refuse (gguf, entry, _("a number for every layer"), error);
  for (guint i = 0; i < n_layers; i++)
    values[i] = number_from_bytes (entry->bytes + i * size, kind).u;
  return TRUE;
}

/* ---- as text ----------------------------------------------------------------------- */

static void
append_text (GString      *text,
             const guint8 *bytes,
             gsize         length)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) bytes, length);

  g_string_append (text, valid);
}

static void
append_number (GString      *text,
               const guint8 *bytes,
               BlnGgufKind   kind)
{
  Number number = number_from_bytes (bytes, kind);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (kind == BLN_GGUF_BOOL)
    g_string_append (text, number.u ? "true" : "false");
  else if (number.kind == FLOAT)
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer,
                                            kind == BLN_GGUF_F32 ? "%.9g" : "%.17g", number.f));
  else if (number.kind == SIGNED)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, number.i);
  else
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, number.u);
}

static void
append_array (GString            *text,
              const BlnGgufEntry *entry)
{
  gsize size = bln_gguf_kind_size (entry->element_kind);
  const guint8 *bytes = entry->bytes;

  g_string_append_c (text, '[');
  for (guint64 i = 0; i < MIN (entry->count, SHOWN_ELEMENTS); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (entry->element_kind == BLN_GGUF_STRING)
        {
          guint64 length = read_le (bytes, 8);
          append_text (text, bytes + 8, length);
          bytes += 8 + length;
        }
      else
        {
          append_number (text, bytes, entry->element_kind);
          bytes += size;
        }
    }
  if (entry->count > SHOWN_ELEMENTS)
    g_string_append_printf (text, ", … (%" G_GUINT64_FORMAT ")", entry->count);
  g_string_append_c (text, ']');
}

static void
describe_kind (GString            *text,
               const BlnGgufEntry *entry)
{
  if (entry->kind == BLN_GGUF_ARRAY)
    g_string_append_printf (text, "%s[%" G_GUINT64_FORMAT "]",
                            bln_gguf_kind_name (entry->element_kind), entry->count);
  else
    g_string_append (text, bln_gguf_kind_name (entry->kind));
}

void
bln_gguf_foreach_metadata (BlnGguf        *gguf,
                           BlnMetadataFunc func,
                           gpointer        user_data)
{
  BlnGgufPart *first = g_ptr_array_index (gguf->parts, 0);

  for (guint i = 0; i < first->entries->len; i++)
    {
      const BlnGgufEntry *entry = &g_array_index (first->entries, BlnGgufEntry, i);
      g_autoptr (GString) type = g_string_new (NULL);
      g_autoptr (GString) value = g_string_new (NULL);

      describe_kind (type, entry);
      if (entry->kind == BLN_GGUF_ARRAY)
        append_array (value, entry);
      else if (entry->kind == BLN_GGUF_STRING)
        append_text (value, entry->bytes, entry->n_bytes);
      else
        append_number (value, entry->bytes, entry->kind);
      func (entry->key, type->str, value->str, user_data);
    }
}
