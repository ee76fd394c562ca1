#include "ask-document.h"

#include "asked-model.h"
#include "document-question.h"
#include "extractor.h"
#include "interrupt.h"
#include "json-writing.h"
#include "output.h"
#include "prompt-rendering.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <utime.h>

#define MOST_CONTEXT 16384
/* Of the context, for the answer, where --max-tokens says nothing. */
#define SHARE_OF_ANSWER 4
#define MOST_ANSWER 1024
/* A beginning shorter than this is read again as fast as it is loaded. */
#define WORTH_KEEPING 512

/* Everything that one question needs. */
typedef struct
{
  const BaleenOptions *options;
  BaleenReadingStore *store;        /* (owned) */
  BaleenAskedModel model;           /* (owned) */
  BaleenSentences *sentences;       /* (owned) */
  BaleenDocumentQuestion *question; /* (owned) */
  char *state_path;                 /* (owned) (nullable) */
  gboolean had_state;
} Asking;

static void
asking_clear (Asking *self)
{
  g_clear_pointer (&self->question, baleen_document_question_free);
  g_clear_pointer (&self->sentences, baleen_sentences_free);
  baleen_asked_model_clear (&self->model);
  g_clear_pointer (&self->store, baleen_reading_store_close);
  g_free (self->state_path);
}

static guint
get_max_tokens (const Asking *self)
{
  return self->options->max_tokens > 0
             ? self->options->max_tokens
             : MIN (self->model.completer->n_context / SHARE_OF_ANSWER, MOST_ANSWER);
}

static gboolean
prepare (Asking               *self,
         const BaleenDocument *document,
         const char           *question,
         GError              **error)
{
  g_autoptr (GError) problem = NULL;

  baleen_interrupt_begin ();
  if (!baleen_asked_model_open (&self->model, self->options, MOST_CONTEXT, error))
    return FALSE;
  self->store = baleen_reading_store_open (document, &problem);
  if (self->store == NULL)
    baleen_complain_of (problem);
  self->sentences = baleen_sentences_new (
      document, self->model.completer,
      baleen_segmenter_get_most_tokens (self->model.completer) / 2, error);
  if (self->sentences == NULL)
    return FALSE;
  self->question = baleen_document_question_new (self->sentences, question, self->model.completer,
                                                 self->store, get_max_tokens (self), error);

  return self->question != NULL;
}

/* A state that cannot be used any more is no loss. */
static void
load_state (Asking *self)
{
  g_autofree char *beginning = NULL;
  g_autofree char *key = NULL;

  if (self->model.session == NULL || self->question->n_shared == 0 || self->store == NULL)
    return;
  beginning = g_strndup (self->question->prompt, self->question->n_shared);
  key = g_strdup_printf ("%s %s %u", self->model.completer->model_key, self->options->device,
                         self->model.completer->n_context);
  self->state_path = baleen_reading_store_get_state_path (self->store, key, beginning);
  if (!g_file_test (self->state_path, G_FILE_TEST_EXISTS))
    return;
  self->had_state = bln_session_load (self->model.session, self->state_path, NULL);
  if (self->had_state)
    g_utime (self->state_path, NULL);
  else
    g_unlink (self->state_path);
}

/* For the next question: the document without this one. */
static void
save_state (Asking        *self,
            BaleenRequest *request)
{
  BlnModel *model = bln_engine_get_model (self->model.engine);
  BaleenTurn *turn = g_ptr_array_index (request->turns, request->turns->len - 1);
  g_autoptr (BaleenRendering) whole = baleen_rendering_new (model, request, NULL);
  g_autoptr (BaleenRendering) beginning = NULL;
  gsize n = 0;

  turn->text[self->question->n_shared] = '\0';
  beginning = baleen_rendering_new (model, request, NULL);
  if (whole == NULL || beginning == NULL)
    return;
  while (n < MIN (whole->tokens->len, beginning->tokens->len)
         && g_array_index (whole->tokens, gint32, n)
                == g_array_index (beginning->tokens, gint32, n))
    n++;
  if (n >= WORTH_KEEPING
      && bln_session_sync (self->model.session, (const gint32 *) whole->tokens->data, n, NULL,
                           NULL))
    bln_session_save (self->model.session, self->state_path, NULL);
}

static void
add_sources (JsonBuilder           *builder,
             const BaleenSentences *sentences,
             const BaleenClaim     *answer)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < answer->sentences->len; i++)
    {
      guint index = g_array_index (answer->sentences, guint, i);
      g_autofree char *quote = baleen_sentences_dup_text (sentences, index);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "n", i + 1);
      baleen_json_add_whole (builder, "page", baleen_sentences_get (sentences, index)->page);
      baleen_json_add_text (builder, "quote", quote);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const Asking           *self,
            const BaleenGeneration *generation,
            const BaleenClaim      *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_answer_add_members (builder, answer->text, self->model.name, generation);
  baleen_json_add_whole (builder, "reused_tokens", generation->n_reused);
  baleen_json_add_flag (builder, "verified", answer->is_verified);
  baleen_json_add_flag (builder, "whole_document", self->question->n_shared > 0);
  add_sources (builder, self->sentences, answer);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static void
print_text (const Asking      *self,
            const BaleenClaim *answer)
{
  baleen_output_write_foreign (answer->text, -1);
  baleen_output_write ("\n", 1);
  for (guint i = 0; i < answer->sentences->len; i++)
    {
      guint index = g_array_index (answer->sentences, guint, i);
      g_autofree char *quote = baleen_sentences_dup_text (self->sentences, index);
      /* Translators: number, page and words of a passage that an answer rests on. */
      g_autofree char *line
          = g_strdup_printf (_("[%u] p. %u: “%s”"), i + 1,
                             baleen_sentences_get (self->sentences, index)->page, quote);

      baleen_output_write (i == 0 ? "\n" : "", -1);
      baleen_output_write_foreign (line, -1);
      baleen_output_write ("\n", 1);
    }
  baleen_output_flush ();
  if (!answer->is_verified)
    baleen_complain (answer->sentences->len > 0
                         ? _("Unverified: the passages do not bear every part of this answer.")
                         : _("Unverified: the answer names no passage."));
}

static gboolean
answer (Asking     *self,
        gboolean   *is_stopped,
        GError    **error)
{
  g_autoptr (BaleenRequest) request = baleen_answer_request_new (
      self->options, self->options->think == BLN_THINK_ON ? BLN_THINK_ON : BLN_THINK_OFF);
  g_auto (BaleenGeneration) generation = { 0 };
  g_autoptr (BaleenClaim) claim = NULL;

  request->max_tokens = self->question->max_tokens;
  baleen_request_add (request, BALEEN_ROLE_USER, self->question->prompt, NULL);
  load_state (self);
  if (!baleen_asked_model_answer (&self->model, request, &generation, error))
    return FALSE;

  claim = baleen_document_question_take_answer (self->question, self->sentences,
                                                generation.answer);
  *is_stopped = generation.stop == BALEEN_STOP_CANCELLED && baleen_interrupt_is_raised ();
  if (self->options->json)
    print_json (self, &generation, claim);
  else
    {
      print_text (self, claim);
      baleen_answer_explain_stop (&generation);
    }
  if (baleen_document_question_get_warning (self->question) != NULL)
    baleen_complain ("%s", baleen_document_question_get_warning (self->question));
  if (self->state_path != NULL && !self->had_state && !*is_stopped)
    save_state (self, request);

  return TRUE;
}

BaleenExit
baleen_ask_document (const BaleenOptions *options,
                     const char          *path,
                     const char          *question)
{
  g_autoptr (GError) error = NULL;
  /* Until something is there that could be kept, a signal ends the program at once. */
  g_autoptr (BaleenDocument) document = extractor_read (path, NULL, &error);
  Asking self = { options };
  gboolean is_stopped = FALSE;
  gboolean is_done;

  if (document == NULL)
    return baleen_complain_of (error);

  is_done = prepare (&self, document, question, &error)
            && answer (&self, &is_stopped, &error);
  asking_clear (&self);
  baleen_reading_cache_trim (BALEEN_READING_CACHE_MOST);
  if (!is_done && !baleen_interrupt_is_raised ())
    return baleen_complain_of (error);

  return is_done && !is_stopped ? BALEEN_EXIT_DONE : BALEEN_EXIT_STOPPED;
}
