#include "answer.h"

#include "endpoint-chat.h"
#include "interrupt.h"
#include "json-writing.h"
#include "output.h"
#include "repetition.h"

#include <glib/gi18n.h>

/* Where the writing stands. */
typedef struct
{
  gboolean is_quiet;
  gboolean has_thought;  /* a thought was written and its end was not marked yet */
  char last_thought;     /* byte */
  char last;             /* byte of the answer */
  gint64 next_progress;  /* monotonic */
} Writer;

/* A blank line between thought and answer, where both go to one screen. */
static void
end_thought (Writer *writer)
{
  if (writer->has_thought)
    baleen_output_thought ("\n\n", writer->last_thought == '\n' ? 1 : 2);
  writer->has_thought = FALSE;
}

static gboolean
write_piece_cb (BaleenPiece piece,
                const char *text,
                gsize       length,
                gpointer    user_data)
{
  Writer *writer = user_data;

  if (writer->is_quiet)
    return TRUE;

  switch (piece)
    {
    case BALEEN_PIECE_THOUGHT:
      baleen_output_thought (text, length);
      writer->has_thought = TRUE;
      writer->last_thought = text[length - 1];
      return TRUE;

    case BALEEN_PIECE_MOVE:
      /* What stands on the screen stays there; a rule shows where the answer begins. */
      writer->last = '\n';
      return baleen_output_write ("\n---\n", -1);

    case BALEEN_PIECE_ANSWER:
    default:
      end_thought (writer);
      writer->last = text[length - 1];
      return baleen_output_write_foreign (text, length) && baleen_output_flush ();
    }
}

/* A prompt that takes less than a blink shows nothing. */
static void
show_prefill_cb (gsize    n_done,
                 gsize    n_total,
                 gpointer user_data)
{
  Writer *writer = user_data;
  gint64 now = g_get_monotonic_time ();

  if (n_done >= n_total)
    baleen_progress_clear ();
  else if (now >= writer->next_progress)
    {
      baleen_progress (_("Reading %zu of %zu tokens"), n_done, n_total);
      writer->next_progress = now + G_USEC_PER_SEC / 4;
    }
}

static void
begin_cb (gsize    n_prompt,
          gsize    n_reused,
          gpointer user_data)
{
  ((Writer *) user_data)->next_progress = g_get_monotonic_time () + G_USEC_PER_SEC * 2 / 5;
}

static void
end_writing (Writer *writer)
{
  baleen_progress_clear ();
  end_thought (writer);
  if (writer->last != '\n')
    baleen_output_write ("\n", 1);
  baleen_output_flush ();
}

/* --max-tokens counts thoughts too, so there they have no budget of their own. */
BaleenRequest *
baleen_answer_request_new (const BaleenOptions *options,
                           BlnThink             think)
{
  BaleenRequest *request = baleen_request_new (think == BLN_THINK_ON    ? BALEEN_THINK_ON
                                               : think == BLN_THINK_OFF ? BALEEN_THINK_OFF
                                                                        : BALEEN_THINK_MODEL);

  request->max_tokens = options->max_tokens;
  request->thought_budget = 0;
  return request;
}

gboolean
baleen_answer_run (BaleenGeneration    *generation,
                   BlnEngine           *engine,
                   BlnSession          *session,
                   const BaleenRequest *request,
                   const BaleenOptions *options,
                   gboolean             is_quiet,
                   GError             **error)
{
  const BlnSampling sampling = baleen_options_get_sampling (options,
                                                            bln_engine_get_model (engine));
  Writer writer = { .is_quiet = is_quiet, .last = '\n' };
  const BaleenGenerationOptions watch = {
    .piece_func = write_piece_cb,
    .prefill_func = show_prefill_cb,
    .user_data = &writer,
  };
  gboolean is_done;

  is_done = baleen_answering_run (generation, engine, session, &sampling, request, begin_cb,
                                  &watch, error);
  end_writing (&writer);

  return is_done;
}

static void
waiting_cb (guint    seconds,
            gpointer user_data)
{
  if (seconds > 0)
    baleen_progress (_("The server is busy. Trying again in %u s"), seconds);
  else
    baleen_progress_clear ();
}

static gboolean
write_served_cb (BaleenPiece piece,
                 const char *text,
                 gsize       length,
                 gpointer    user_data)
{
  baleen_progress_clear ();

  return write_piece_cb (piece, text, length, user_data);
}

/* What was given on the command line; the server knows what its model wants for the rest. */
static BaleenRequest *
get_served_request (const BaleenRequest *request,
                    const BaleenOptions *options)
{
  BaleenRequest *served = baleen_request_copy (request);

  if (options->temperature_text != NULL)
    served->temperature = options->sampling.temperature;
  if (options->top_p_text != NULL)
    served->top_p = options->sampling.top_p;
  if (options->seed_text != NULL)
    {
      served->has_seed = TRUE;
      served->seed = options->sampling.seed;
    }

  return served;
}

gboolean
baleen_answer_run_endpoint (BaleenGeneration     *generation,
                            const BaleenEndpoint *endpoint,
                            const BaleenRequest  *request,
                            const BaleenOptions  *options,
                            gboolean              is_quiet,
                            GError              **error)
{
  Writer writer = { .is_quiet = is_quiet, .last = '\n' };
  const BaleenEndpointWatch watch = { write_served_cb, waiting_cb, NULL, &writer };
  g_autoptr (BaleenRequest) served = get_served_request (request, options);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GError *problem = NULL;
  g_autofree char *key = baleen_endpoint_get_key (endpoint, &problem);
  gboolean is_done;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  baleen_interrupt_set_cancellable (cancellable);
  is_done = baleen_endpoint_chat_run (generation, endpoint, key, served, &watch, cancellable,
                                      error);
  baleen_interrupt_set_cancellable (NULL);
  end_writing (&writer);

  return is_done;
}

void
baleen_answer_add_members (JsonBuilder            *builder,
                           const char             *answer,
                           const char             *model,
                           const BaleenGeneration *generation)
{
  baleen_json_add_text (builder, "answer", answer);
  if (*generation->thought != '\0')
    baleen_json_add_text (builder, "thinking", generation->thought);
  baleen_json_add_text (builder, "model", model);
  baleen_json_add_text (builder, "stop", baleen_stop_to_string (generation->stop));
  baleen_json_add_whole (builder, "prompt_tokens", generation->n_prompt);
  baleen_json_add_whole (builder, "answer_tokens", generation->n_answer);
  baleen_json_add_number (builder, "prompt_seconds", generation->prompt_seconds);
  baleen_json_add_number (builder, "answer_seconds", generation->answer_seconds);
}

void
baleen_answer_explain_stop (const BaleenGeneration *generation)
{
  if (generation->stop == BALEEN_STOP_REPEATS)
    baleen_complain (_("The model repeats itself. Stopped after %d lines."),
                     BALEEN_REPEATED_LINES);
  if (generation->stop != BALEEN_STOP_LENGTH)
    return;

  if (*generation->answer == '\0' && *generation->thought != '\0')
    baleen_complain (_("The thoughts used up all %zu tokens before an answer. Give a larger "
                       "--max-tokens or --context, or try --no-think."),
                     generation->n_answer);
  else
    baleen_complain (_("The answer was cut after %zu tokens. Give a larger --max-tokens or "
                       "--context for more."),
                     generation->n_answer);
}
