#include "gguf-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

typedef struct
{
  const char *begins;
  gsize length;
  const char *is; /* completes “… is no model but …” */
} Signature;

static const Signature signatures[] = {
  { "\x7f" "ELF", 4, N_("a program (ELF)") },
  { "MZ", 2, N_("a Windows program") },
  { "PK\x03\x04", 4, N_("a ZIP archive") },
  { "PK\x05\x06", 4, N_("a ZIP archive") },
  { "\x1f\x8b", 2, N_("a gzip archive") },
  { "\xfd" "7zXZ", 5, N_("an XZ archive") },
  { "\x28\xb5\x2f\xfd", 4, N_("a Zstandard archive") },
  { "BZh", 3, N_("a bzip2 archive") },
  { "7z\xbc\xaf", 4, N_("a 7-Zip archive") },
  { "\x89PNG", 4, N_("a picture (PNG)") },
  { "\xff\xd8\xff", 3, N_("a picture (JPEG)") },
  { "GIF8", 4, N_("a picture (GIF)") },
  { "%PDF", 4, N_("a PDF document") },
  { "SQLite format 3", 15, N_("a SQLite database") },
  { "version https://git-lfs", 23, N_("a Git LFS pointer, which only names the real file") },
  { "lmgg", 4, N_("a model in the old GGML format") },
  { "fmgg", 4, N_("a model in the old GGML format") },
  { "tjgg", 4, N_("a model in the old GGML format") },
};

static gboolean
looks_like_html (const guint8 *bytes,
                 gsize         n_bytes)
{
  gsize i = 0;

  while (i < n_bytes && g_ascii_isspace (bytes[i]))
    i++;
  return n_bytes - i >= 5 && (g_ascii_strncasecmp ((const char *) bytes + i, "<!doc", 5) == 0 ||
                              g_ascii_strncasecmp ((const char *) bytes + i, "<html", 5) == 0 ||
                              g_ascii_strncasecmp ((const char *) bytes + i, "<?xml", 5) == 0);
}

/* The first bytes of safetensors are the length of the JSON object that follows. */
static gboolean
looks_like_safetensors (const guint8 *bytes,
                        gsize         n_bytes)
{
  return n_bytes >= 10 && bytes[8] == '{' && bytes[9] == '"';
}

static gboolean
looks_like_text (const guint8 *bytes,
                 gsize         n_bytes)
{
  const char *end;

  for (gsize i = 0; i < n_bytes; i++)
    if (bytes[i] < 32 && !g_ascii_isspace (bytes[i]))
      return FALSE;
  /* The last character may be cut. */
  return g_utf8_validate ((const char *) bytes, n_bytes, &end) ||
         (const char *) bytes + n_bytes - end < 4;
}

static const char *
describe (const guint8 *bytes,
          gsize         n_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (n_bytes >= signatures[i].length &&
        memcmp (bytes, signatures[i].begins, signatures[i].length) == 0)
      return _(signatures[i].is);
  if (looks_like_html (bytes, n_bytes))
    return _("a web page, perhaps the page that leads to the download");
  if (looks_like_safetensors (bytes, n_bytes))
    return _("a safetensors file, which has to be converted to GGUF first");
  if (looks_like_text (bytes, n_bytes))
    return _("plain text");
  return NULL;
}

GError *
bln_not_a_model_error (const char   *base_name,
                       const guint8 *bytes,
                       gsize         n_bytes)
{
  const char *kind;

  if (n_bytes == 0)
    return g_error_new (BLN_ERROR, BLN_ERROR_NOT_A_MODEL,
                        _("“%s” is not a model: it is empty. Download it again."), base_name);
  kind = describe (bytes, n_bytes);
  if (kind != NULL)
    return g_error_new (BLN_ERROR, BLN_ERROR_NOT_A_MODEL,
                        _("“%s” is not a model: it is %s. Choose a GGUF file."),
                        base_name, kind);
  if (n_bytes < 4)
    return g_error_new (BLN_ERROR, BLN_ERROR_NOT_A_MODEL,
                        _("“%s” is not a model: it has only %u bytes. Download it again."),
                        base_name, (guint) n_bytes);
  return g_error_new (BLN_ERROR, BLN_ERROR_NOT_A_MODEL,
                      _("“%s” is not a model: it begins with the bytes %02x %02x %02x %02x "
                        "instead of “GGUF”. Choose a GGUF file."),
                      base_name, bytes[0], bytes[1], bytes[2], bytes[3]);
}
