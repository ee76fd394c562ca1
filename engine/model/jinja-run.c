#include "jinja-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

#define CHUNK_SIZE (64 * 1024)
#define BASE_MEMORY (10 * 1024 * 1024)
#define BASE_OUTPUT (2 * 1024 * 1024)
#define BASE_WORK 400000
/* Some published templates look back over all messages at every message. */
#define MAX_EXTRA_WORK (6 * 1000 * 1000)

struct _JinjaChunk
{
  JinjaChunk *next;
  gsize used;
  gsize size;
  _Alignas (16) char bytes[];
};

struct _JinjaName
{
  JinjaName *next;
  gsize length;
  char text[];
};

void
jinja_run_init (JinjaRun  *run,
                gsize      n_input,
                GDateTime *now)
{
  gsize extra = MIN (n_input, G_MAXUINT32);

  memset (run, 0, sizeof *run);
  run->memory_left = BASE_MEMORY + extra * 16;
  run->output_limit = BASE_OUTPUT + extra * 4;
  run->work_left = BASE_WORK + (guint64) extra * 8 + MIN ((guint64) extra * 128, MAX_EXTRA_WORK);
  run->line = 1;
  run->now = now;
}

void
jinja_run_clear (JinjaRun *run)
{
  while (run->chunks != NULL)
    {
      JinjaChunk *next = run->chunks->next;

      g_free (run->chunks);
      run->chunks = next;
    }
  g_clear_error (&run->error);
}

gboolean
jinja_run_try (JinjaRun    *run,
               JinjaRunFunc func,
               gpointer     user_data)
{
  if (setjmp (run->failure) != 0)
    return FALSE;
  func (run, user_data);
  return TRUE;
}

void
jinja_fail (JinjaRun   *run,
            const char *format,
            ...)
{
  va_list arguments;
  char *what;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_clear_error (&run->error);
  if (run->line == 0)
    g_set_error (&run->error, BLN_ERROR, BLN_ERROR_TEMPLATE,
                 _("The chat template cannot begin: %s"), what);
  else
    g_set_error (&run->error, BLN_ERROR, BLN_ERROR_TEMPLATE,
                 _("The chat template stopped at line %u: %s"), run->line, what);
  g_free (what);
  longjmp (run->failure, 1);
}

static JinjaChunk *
add_chunk (JinjaRun *run,
           gsize     size)
{
  JinjaChunk *chunk;
  gsize whole;

  if (__builtin_add_overflow (size, sizeof (JinjaChunk), &whole) || whole > run->memory_left)
    jinja_fail (run, _("it needs more memory than a template may use."));
  chunk = g_try_malloc (whole);
  if (chunk == NULL)
    jinja_fail (run, _("there is no memory left. Close other programs and try again."));
  run->memory_left -= whole;
  chunk->used = 0;
  chunk->size = size;
  return chunk;
}

static gpointer
take (JinjaRun *run,
      gsize     size,
      gsize     alignment)
{
  JinjaChunk *chunk = run->chunks;
  gsize start;

  if (chunk != NULL)
    {
      start = (chunk->used + alignment - 1) & ~(alignment - 1);
      if (start <= chunk->size && size <= chunk->size - start)
        {
          chunk->used = start + size;
          return chunk->bytes + start;
        }
    }

  /* What is large gets a chunk of its own, behind the one that still has room. */
  if (size > CHUNK_SIZE / 4)
    {
      JinjaChunk *own = add_chunk (run, size);

      own->used = size;
      if (chunk != NULL)
        {
          own->next = chunk->next;
          chunk->next = own;
        }
      else
        {
          own->next = NULL;
          run->chunks = own;
        }
      return own->bytes;
    }

  chunk = add_chunk (run, CHUNK_SIZE);
  chunk->next = run->chunks;
  run->chunks = chunk;
  chunk->used = size;
  return chunk->bytes;
}

gpointer
jinja_alloc (JinjaRun *run,
             gsize     size)
{
  gpointer memory = take (run, size, 16);

  return memset (memory, 0, size);
}

gpointer
jinja_alloc_bytes (JinjaRun *run,
                   gsize     size)
{
  return take (run, size, 1);
}

gpointer
jinja_alloc_array (JinjaRun *run,
                   gsize     n,
                   gsize     size)
{
  gsize whole;

  if (__builtin_mul_overflow (n, size, &whole))
    jinja_fail (run, _("it needs more memory than a template may use."));
  jinja_work_bytes (run, MIN (whole, run->memory_left));
  return jinja_alloc (run, whole);
}

void
jinja_work (JinjaRun *run,
            guint64   units)
{
  if (units > run->work_left)
    jinja_fail (run, _("it takes too long, as if it never ended."));
  run->work_left -= units;
}

void
jinja_work_bytes (JinjaRun *run,
                  gsize     n)
{
  jinja_work (run, 1 + n / 64);
}

void
jinja_enter (JinjaRun *run)
{
  if (run->depth >= JINJA_MAX_DEPTH)
    jinja_fail (run, _("it calls itself, or nests, too deeply."));
  run->depth++;
}

void
jinja_leave (JinjaRun *run)
{
  run->depth--;
}

const char *
jinja_intern (JinjaRun   *run,
              const char *text,
              gsize       length)
{
  guint32 hash = 5381;
  JinjaName **chain;
  JinjaName *name;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guint8) text[i];
  chain = &run->names[(hash ^ hash >> 8) % JINJA_N_NAME_CHAINS];
  for (name = *chain; name != NULL; name = name->next)
    {
      jinja_work (run, 1);
      if (name->length == length && memcmp (name->text, text, length) == 0)
        return name->text;
    }

  name = jinja_alloc (run, sizeof (JinjaName) + length + 1);
  name->length = length;
  memcpy (name->text, text, length);
  name->next = *chain;
  *chain = name;
  return name->text;
}
