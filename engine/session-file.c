/* A session as a file: header, tokens, the rows of each layer as they lie in the cache, then the
 * hidden states that MTP has not read. It is written beside and renamed, so that what stands
 * under the name is whole; a sum over everything tells when it is not. */
#include "engine-private.h"

#include "adapter.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLN_SESSION_MAGIC "BLNSESS1"

typedef struct
{
  char magic[8];
  char fingerprint[64]; /* of the model's headers, and of the whole adapter */
  guint32 kv_type;
  guint32 n_layers;
  guint64 row_bytes;    /* of one position, all layers */
  guint64 n_tokens;
  guint64 n_cached;
  guint64 n_pairs;
  guint64 sum;          /* over all that follows, and over this with 0 here */
} Header;

/* A quick sum in which every byte and its place count; not against an enemy, who could as
 * well write a file of his own. */
static guint64
add_to_sum (guint64       sum,
            const guint8 *bytes,
            gsize         n)
{
  for (; n >= 8; n -= 8, bytes += 8)
    {
      guint64 word;

      memcpy (&word, bytes, 8);
      sum = (sum ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      sum ^= sum >> 29;
    }
  for (; n > 0; n--, bytes++)
    sum = (sum ^ *bytes) * G_GUINT64_CONSTANT (0x100000001b3);
  return sum;
}

typedef struct
{
  int fd;
  guint64 sum;
  int failure; /* errno, 0: none */
} Stream;

static void
write_all (Stream       *stream,
           const guint8 *bytes,
           gsize         n)
{
  stream->sum = add_to_sum (stream->sum, bytes, n);
  while (n > 0 && stream->failure == 0)
    {
      gssize written = write (stream->fd, bytes, n);

      if (written < 0 && errno != EINTR)
        stream->failure = errno;
      if (written > 0)
        {
          bytes += written;
          n -= written;
        }
    }
}

/* FALSE at the end of the file or on an error. */
static gboolean
read_all (Stream *stream,
          guint8 *bytes,
          gsize   n)
{
  gsize left = n;
  guint8 *start = bytes;

  while (left > 0)
    {
      gssize got = read (stream->fd, bytes, left);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      bytes += got;
      left -= got;
    }
  stream->sum = add_to_sum (stream->sum, start, n);
  return TRUE;
}

/* Adapters that are trained anew keep their header, so their numbers count too. */
static char *
make_fingerprint (BlnEngine *engine)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const headers[] = {
    bln_gguf_get_fingerprint (engine->weights->gguf),
    bln_gguf_get_fingerprint (bln_adapter_get_gguf (engine->adapter)),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_checksum_update (checksum, (const guchar *) headers[i], -1);
  for (guint i = 0; i < bln_adapter_get_n_pairs (engine->adapter); i++)
    {
      const BlnLoraPair *pair = bln_adapter_get_pair (engine->adapter, i);

      g_checksum_update (checksum, pair->a->data, pair->a->n_bytes);
      g_checksum_update (checksum, pair->b->data, pair->b->n_bytes);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static const char *
get_fingerprint (BlnEngine *engine)
{
  if (engine->adapter == NULL)
    return bln_gguf_get_fingerprint (engine->weights->gguf);
  if (engine->fingerprint == NULL)
    engine->fingerprint = make_fingerprint (engine);
  return engine->fingerprint;
}

static void
fill_header (Header     *header,
             BlnSession *session)
{
  BlnEngine *engine = session->engine;

  memset (header, 0, sizeof *header);
  memcpy (header->magic, BLN_SESSION_MAGIC, sizeof header->magic);
  memcpy (header->fingerprint, get_fingerprint (engine), sizeof header->fingerprint);
  header->kv_type = engine->layout.type;
  header->n_layers = engine->layout.n_layers;
  header->row_bytes = bln_kv_layout_row_bytes (&engine->layout);
  header->n_tokens = session->tokens->len;
  header->n_cached = session->n_cached;
  header->n_pairs = session->n_pairs;
}

static void
write_rows (Stream     *stream,
            BlnSession *session)
{
  const BlnKvLayout *layout = &session->engine->layout;

  for (guint i = 0; i < layout->n_layers; i++)
    {
      gsize n = session->n_cached;

      write_all (stream, bln_kv_cache_k (session->cache, i, 0), n * layout->layers[i].k_bytes);
      write_all (stream, bln_kv_cache_v (session->cache, i, 0), n * layout->layers[i].v_bytes);
    }
}

/* Bytes of the hidden states that are kept; models without MTP keep none. */
static gsize
hidden_bytes (BlnSession *session,
              gsize       n_cached,
              gsize       n_pairs)
{
  return session->hidden != NULL
         ? (n_cached - n_pairs) * session->engine->weights->config.n_embd * sizeof (float) : 0;
}

static gboolean
fail_io (const char *path,
         int         failure,
         GError    **error)
{
  g_set_error (error, BLN_ERROR, BLN_ERROR_IO,
               _("The state of the conversation could not be kept in “%s”: %s. Make room, or "
                 "choose another folder."), path, g_strerror (failure));
  return FALSE;
}

/* The name only ever stands for a whole file: the folder's entry is written out too. */
static int
finish_file (Stream     *stream,
             const char *temporary,
             const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (stream->failure == 0 && fsync (stream->fd) != 0)
    stream->failure = errno;
  if (close (stream->fd) != 0 && stream->failure == 0)
    stream->failure = errno;
  if (stream->failure == 0 && g_rename (temporary, path) != 0)
    stream->failure = errno;
  if (stream->failure != 0)
    {
      g_unlink (temporary);
      return stream->failure;
    }
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return 0;
}

gboolean
bln_session_save (BlnSession *session,
                  const char *path,
                  GError    **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.XXXXXX", path);
  Stream stream = { g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600), 0, 0 };
  Header header;
  int failure;

  if (stream.fd < 0)
    return fail_io (path, errno, error);
  if (!bln_kv_cache_fetch (session->cache, session->n_cached, error))
    {
      close (stream.fd);
      g_unlink (temporary);
      return FALSE;
    }
  fill_header (&header, session);
  write_all (&stream, (const guint8 *) &header, sizeof header);
  write_all (&stream, (const guint8 *) session->tokens->data,
             session->tokens->len * sizeof (gint32));
  write_rows (&stream, session);
  write_all (&stream, (const guint8 *) session->hidden,
             hidden_bytes (session, session->n_cached, session->n_pairs));
  if (stream.failure == 0 &&
      pwrite (stream.fd, &stream.sum, sizeof stream.sum, G_STRUCT_OFFSET (Header, sum)) !=
      sizeof stream.sum)
    stream.failure = errno != 0 ? errno : EIO;
  failure = finish_file (&stream, temporary, path);
  return failure == 0 || fail_io (path, failure, error);
}

static gboolean
fail_damaged (const char *path,
              GError    **error)
{
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("The kept state “%s” is damaged. The conversation will be read again from its "
                 "text."), path);
  return FALSE;
}

/* Whether a header can be believed, then whether it is of this model and this cache. */
static gboolean
check_header (const Header *header,
              BlnSession   *session,
              guint64       file_bytes,
              const char   *path,
              GError      **error)
{
  Header ours;

  fill_header (&ours, session);
  if (memcmp (header->magic, ours.magic, sizeof ours.magic) != 0 ||
      header->n_tokens > G_MAXUINT32 || header->n_cached > header->n_tokens ||
      header->n_pairs > header->n_cached ||
      (session->hidden != NULL && header->n_cached - header->n_pairs > BLN_MAX_HIDDEN))
    return fail_damaged (path, error);
  if (memcmp (header->fingerprint, ours.fingerprint, sizeof ours.fingerprint) != 0 ||
      header->kv_type != ours.kv_type || header->n_layers != ours.n_layers ||
      header->row_bytes != ours.row_bytes)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                   _("The kept state “%s” is of another model or of other settings. The "
                     "conversation will be read again from its text."), path);
      return FALSE;
    }
  if (file_bytes != sizeof *header + header->n_tokens * sizeof (gint32) +
                    header->n_cached * header->row_bytes +
                    hidden_bytes (session, header->n_cached, header->n_pairs))
    return fail_damaged (path, error);
  if (header->n_tokens > session->engine->layout.n_context)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG,
                   _("The kept state “%s” is longer than this context of %u tokens. Choose a "
                     "larger context."), path, session->engine->layout.n_context);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_rows (Stream     *stream,
           BlnKvCache *cache,
           gsize       n_cached)
{
  const BlnKvLayout *layout = cache->layout;

  for (guint i = 0; i < layout->n_layers; i++)
    {
      if (!read_all (stream, bln_kv_cache_k (cache, i, 0), n_cached * layout->layers[i].k_bytes) ||
          !read_all (stream, bln_kv_cache_v (cache, i, 0), n_cached * layout->layers[i].v_bytes))
        return FALSE;
    }
  return TRUE;
}

/* What a file held, until it is known to be whole: a damaged one leaves the session as it
 * was. */
typedef struct
{
  BlnKvCache *cache;
  GArray *tokens;
  float *hidden;
} Loaded;

static void
loaded_clear (Loaded *loaded)
{
  g_clear_pointer (&loaded->cache, bln_kv_cache_free);
  g_clear_pointer (&loaded->tokens, g_array_unref);
  g_clear_pointer (&loaded->hidden, g_free);
}

static gboolean
read_file (Stream     *stream,
           BlnSession *session,
           const char *path,
           Header     *header,
           Loaded     *loaded,
           GError    **error)
{
  GArray *tokens = loaded->tokens;
  gsize n_hidden = hidden_bytes (session, header->n_cached, header->n_pairs);
  guint32 n_vocab = session->engine->weights->config.n_vocab;
  guint64 expected;

  expected = header->sum;
  header->sum = 0;
  stream->sum = add_to_sum (0, (const guint8 *) header, sizeof *header);
  g_array_set_size (tokens, (guint) header->n_tokens);
  if (!read_all (stream, (guint8 *) tokens->data, header->n_tokens * sizeof (gint32)) ||
      !read_rows (stream, loaded->cache, header->n_cached) ||
      !read_all (stream, (guint8 *) loaded->hidden, n_hidden) || stream->sum != expected)
    return fail_damaged (path, error);
  for (guint i = 0; i < tokens->len; i++)
    if ((guint32) g_array_index (tokens, gint32, i) >= n_vocab)
      return fail_damaged (path, error);
  return bln_kv_cache_push (loaded->cache, header->n_cached, error);
}

static void
take_over (BlnSession   *session,
           const Header *header,
           Loaded       *loaded)
{
  bln_kv_cache_free (session->cache);
  session->cache = g_steal_pointer (&loaded->cache);
  g_array_unref (session->tokens);
  session->tokens = g_steal_pointer (&loaded->tokens);
  if (session->hidden != NULL)
    {
      g_free (session->hidden);
      session->hidden = g_steal_pointer (&loaded->hidden);
    }
  session->n_pairs = header->n_pairs;
  bln_session_truncate (session, MIN (header->n_cached, MAX (header->n_tokens, 1) - 1),
                        header->n_tokens);
  session->stats.n_reused += session->n_cached;
}

static gboolean
load (Stream     *stream,
      BlnSession *session,
      const char *path,
      GError    **error)
{
  Loaded loaded = { NULL };
  Header header;
  off_t end = lseek (stream->fd, 0, SEEK_END);

  lseek (stream->fd, 0, SEEK_SET);
  if (end < 0 || !read_all (stream, (guint8 *) &header, sizeof header))
    return fail_damaged (path, error);
  if (!check_header (&header, session, (guint64) end, path, error))
    return FALSE;
  loaded.cache = bln_engine_new_cache (session->engine, error);
  if (loaded.cache == NULL)
    return FALSE;
  loaded.tokens = g_array_new (FALSE, FALSE, sizeof (gint32));
  loaded.hidden = g_new0 (float, (gsize) BLN_MAX_HIDDEN * session->engine->weights->config.n_embd);
  if (!read_file (stream, session, path, &header, &loaded, error))
    {
      loaded_clear (&loaded);
      return FALSE;
    }
  take_over (session, &header, &loaded);
  loaded_clear (&loaded);
  return TRUE;
}

gboolean
bln_session_load (BlnSession *session,
                  const char *path,
                  GError    **error)
{
  Stream stream = { g_open (path, O_RDONLY | O_CLOEXEC, 0), 0, 0 };
  gboolean ok;

  if (stream.fd < 0)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_IO, _("“%s” cannot be read: %s."), path,
                   g_strerror (errno));
      return FALSE;
    }
  ok = load (&stream, session, path, error);
  close (stream.fd);
  return ok;
}
