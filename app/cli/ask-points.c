#include "ask-points.h"

#include "answer.h"
#include "interrupt.h"
#include "json-writing.h"
#include "opening.h"
#include "output.h"
#include "points.h"

#include <glib/gi18n.h>

/* The answers so far, and what they took. */
typedef struct
{
  GPtrArray *answers; /* (owned) of char * */
  gsize n_prompt, n_answer;
  BaleenStop stop;
} Progress;

/* The conversation up to point `i`: the engine reads only what is new of it. */
static BaleenRequest *
make_request (const BaleenOptions *options,
              const BaleenPoints  *points,
              const char          *system,
              const Progress      *progress,
              guint                i)
{
  BaleenRequest *request = baleen_answer_request_new (options, options->think);

  if (system != NULL)
    baleen_request_add (request, BALEEN_ROLE_SYSTEM, system, NULL);
  for (guint j = 0; j <= i; j++)
    {
      g_autofree char *asked = baleen_points_ask (points, j);

      baleen_request_add (request, BALEEN_ROLE_USER, asked, NULL);
      if (j < i)
        baleen_request_add (request, BALEEN_ROLE_ASSISTANT, progress->answers->pdata[j], NULL);
    }
  return request;
}

static gboolean
answer_points (const BaleenOptions *options,
               const BaleenPoints  *points,
               const char          *system,
               BlnEngine           *engine,
               BlnSession          *session,
               Progress            *progress,
               GError             **error)
{
  for (guint i = 0; i < points->list->len; i++)
    {
      g_autoptr (BaleenRequest) request = make_request (options, points, system, progress, i);
      g_auto (BaleenGeneration) generation = { 0 };
      g_autofree char *heading = baleen_points_get_heading (points, i);
      g_autofree char *line = g_strconcat (i > 0 ? "\n" : "", heading, "\n", NULL);

      if (!options->json)
        baleen_output_write_foreign (line, -1);
      if (!baleen_answer_run (&generation, engine, session, request, options, options->json,
                              error))
        return FALSE;
      g_ptr_array_add (progress->answers, g_strdup (generation.answer));
      progress->n_prompt += generation.n_prompt;
      progress->n_answer += generation.n_answer;
      progress->stop = generation.stop;
      if (generation.stop == BALEEN_STOP_CANCELLED)
        break;
    }
  return TRUE;
}

static void
add_point (JsonBuilder *builder,
           const char  *question,
           const char  *answer)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "question", question);
  baleen_json_add_text (builder, "answer", answer);
  json_builder_end_object (builder);
}

static void
print_json (const BaleenPoints *points,
            const Progress     *progress,
            const char         *model)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GString) joined = g_string_new (NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "points");
  json_builder_begin_array (builder);
  for (guint i = 0; i < progress->answers->len; i++)
    {
      g_autofree char *heading = baleen_points_get_heading (points, i);

      add_point (builder, points->list->pdata[i], progress->answers->pdata[i]);
      g_string_append_printf (joined, "%s%s\n%s", i > 0 ? "\n\n" : "", heading,
                              (char *) progress->answers->pdata[i]);
    }
  json_builder_end_array (builder);
  baleen_json_add_text (builder, "answer", joined->str);
  baleen_json_add_text (builder, "model", model);
  baleen_json_add_text (builder, "stop", baleen_stop_to_string (progress->stop));
  baleen_json_add_whole (builder, "prompt_tokens", progress->n_prompt);
  baleen_json_add_whole (builder, "answer_tokens", progress->n_answer);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static gboolean
ask (const BaleenOptions *options,
     const BaleenPoints  *points,
     const char          *system,
     Progress            *progress,
     GError             **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);
  BlnEngine *engine
      = model != NULL ? baleen_open_answering_engine (options, model, 0, 1, error) : NULL;
  BlnSession *session;
  gboolean is_done;

  if (engine == NULL)
    return FALSE;

  session = bln_session_new (engine, error);
  is_done = session != NULL
            && answer_points (options, points, system, engine, session, progress, error);
  if (is_done && options->json)
    print_json (points, progress, bln_model_get_info (model)->name);
  g_clear_pointer (&session, bln_session_free);
  baleen_close_engine (engine);
  return is_done;
}

BaleenExit
baleen_ask_points (const BaleenOptions *options,
                   const char          *question,
                   const char          *system)
{
  g_autoptr (BaleenPoints) points = baleen_points_new (question);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Progress progress = { .answers = answers };

  if (points == NULL)
    return baleen_wrong_use (
        "ask", _("--points needs two questions or more: write one a line, each with a number."));

  baleen_interrupt_begin ();
  if (!ask (options, points, system, &progress, &error))
    return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);
  return progress.stop == BALEEN_STOP_CANCELLED && baleen_interrupt_is_raised ()
             ? BALEEN_EXIT_STOPPED
             : BALEEN_EXIT_DONE;
}
