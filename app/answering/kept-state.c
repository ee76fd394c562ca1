#include "kept-state.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "answering.h"
#include "prompt-rendering.h"

/* Fewer tokens are read again as fast as they are loaded. */
#define WORTH_KEEPING 512
/* A cache of some models is larger than what anybody wants written for a question. */
#define MOST_BYTES (G_GUINT64_CONSTANT (512) << 20)

struct _BaleenKeptState
{
  BlnEngine *engine;
  BlnSession *session;
  char *path;      /* (owned) */
  GArray *tokens;  /* (owned) of gint32 */
  gsize n_tokens;  /* of them that are kept */
  gboolean is_there;
};

/* The last turn that has files; negative: none. */
static int
find_files (const BaleenRequest *request)
{
  int found = -1;

  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      if (turn->files_end > turn->files_start)
        found = i;
    }
  return found;
}

/* The request without all that follows its files. */
static BaleenRequest *
cut_request (const BaleenRequest *request,
             guint                kept_turn)
{
  BaleenRequest *cut = baleen_request_copy (request);
  BaleenTurn *turn = cut->turns->pdata[kept_turn];

  turn->text[turn->files_end] = '\0';
  g_ptr_array_set_size (cut->turns, kept_turn + 1);
  g_clear_pointer (&cut->begun_text, g_free);
  g_clear_pointer (&cut->begun_thought, g_free);
  return cut;
}

/* Tokens that both prompts begin with: the template goes on differently after the files. */
static gsize
count_common (const GArray *a,
              const GArray *b)
{
  gsize n = 0;

  while (n < MIN (a->len, b->len)
         && g_array_index (a, gint32, n) == g_array_index (b, gint32, n))
    n++;
  return n;
}

/* For this model, context and beginning. */
static char *
make_path (const BaleenKeptState *self,
           const char            *folder)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  BlnModel *model = bln_engine_get_model (self->engine);
  const BlnModelInfo *info = bln_model_get_info (model);
  g_autofree char *about
      = g_strdup_printf ("%s %s %" G_GUINT64_FORMAT " %u", info->name, info->quantization,
                         info->n_bytes, (guint) bln_engine_get_plan (self->engine)->n_context);
  g_autofree char *name = NULL;

  g_checksum_update (sum, (const guchar *) about, -1);
  g_checksum_update (sum, (const guchar *) self->tokens->data, self->n_tokens * sizeof (gint32));
  name = g_strdup_printf ("%.32s.state", g_checksum_get_string (sum));
  return g_build_filename (folder, name, NULL);
}

static gsize
count_read (const BaleenKeptState *self)
{
  gsize n_own;
  const gint32 *own = bln_session_get_tokens (self->session, &n_own);
  gsize n = 0;

  n_own -= bln_session_get_pending (self->session);
  while (n < MIN (n_own, self->n_tokens) && own[n] == g_array_index (self->tokens, gint32, n))
    n++;
  return n;
}

/* One that cannot be used any more is no loss. */
static void
load (BaleenKeptState *self)
{
  self->is_there = g_file_test (self->path, G_FILE_TEST_EXISTS);
  if (!self->is_there || count_read (self) + WORTH_KEEPING > self->n_tokens)
    return;
  if (bln_session_load (self->session, self->path, NULL))
    g_utime (self->path, NULL);
  else
    {
      g_unlink (self->path);
      self->is_there = FALSE;
    }
}

static gboolean
is_too_large (const BaleenKeptState *self)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (self->engine);

  return plan->kv_cache / MAX (plan->n_context, 1) * self->n_tokens > MOST_BYTES;
}

static void
state_free (BaleenKeptState *self)
{
  g_clear_pointer (&self->tokens, g_array_unref);
  g_free (self->path);
  g_free (self);
}

BaleenKeptState *
baleen_kept_state_begin (BlnEngine           *engine,
                         BlnSession          *session,
                         const BaleenRequest *request)
{
  BlnModel *model = bln_engine_get_model (engine);
  g_autoptr (BaleenRequest) cut = NULL;
  g_autoptr (BaleenRendering) whole = NULL, beginning = NULL;
  const int kept_turn = find_files (request);
  BaleenKeptState *self;

  if (request->state_folder == NULL || kept_turn < 0)
    return NULL;
  cut = cut_request (request, kept_turn);
  whole = baleen_rendering_new (model, request, NULL);
  beginning = baleen_rendering_new (model, cut, NULL);
  if (whole == NULL || beginning == NULL)
    return NULL;

  self = g_new0 (BaleenKeptState, 1);
  self->engine = engine;
  self->session = session;
  self->tokens = g_array_ref (beginning->tokens);
  self->n_tokens = count_common (whole->tokens, beginning->tokens);
  if (self->n_tokens < WORTH_KEEPING || is_too_large (self))
    {
      state_free (self);
      return NULL;
    }
  self->path = make_path (self, request->state_folder);
  load (self);
  return self;
}

/* In a session of its own, so that the conversation's keeps what follows. */
static void
save (BaleenKeptState *self)
{
  g_autoptr (BlnSession) copy = bln_session_new (self->engine, NULL);
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (copy == NULL || !bln_session_copy (copy, self->session, NULL)
      || !bln_session_sync (copy, (const gint32 *) self->tokens->data, self->n_tokens, NULL, NULL))
    return;
  g_mkdir_with_parents (folder, 0700);
  bln_session_save (copy, self->path, NULL);
}

void
baleen_kept_state_end (BaleenKeptState *self,
                       gboolean         has_read)
{
  if (self == NULL)
    return;
  if (has_read && !self->is_there && count_read (self) == self->n_tokens)
    save (self);
  state_free (self);
}
