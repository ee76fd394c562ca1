#include "command.h"

#include "answer.h"
#include "input.h"
#include "interrupt.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>
#include <string.h>

/* The question: the words of the command line, or standard input for “-”. */
static char *
get_question (char   **arguments,
              GError **error)
{
  g_autofree char *text = NULL;
  char *question;
  gsize length;

  if (g_str_equal (arguments[0], "-") && arguments[1] == NULL)
    text = baleen_input_read_all (&length, error);
  else
    {
      text = g_strjoinv (" ", arguments);
      length = strlen (text);
    }
  if (text == NULL)
    return NULL;

  question = g_utf8_make_valid (text, length);
  g_strchomp (question);
  return question;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           gsize        count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
add_seconds (JsonBuilder *builder,
             const char  *name,
             double       seconds)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, seconds);
}

static void
print_json (const BaleenGeneration *generation,
            const char             *model_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "answer", generation->answer);
  if (*generation->thought != '\0')
    add_text (builder, "thinking", generation->thought);
  add_text (builder, "model", model_name);
  add_text (builder, "stop", baleen_stop_to_string (generation->stop));
  add_count (builder, "prompt_tokens", generation->n_prompt);
  add_count (builder, "answer_tokens", generation->n_answer);
  add_seconds (builder, "prompt_seconds", generation->prompt_seconds);
  add_seconds (builder, "answer_seconds", generation->answer_seconds);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static gboolean
answer (BaleenGeneration    *generation,
        BlnModel            *model,
        const BlnPrompt     *prompt,
        const BaleenOptions *options,
        GError             **error)
{
  BlnEngine *engine = baleen_open_engine (options, model, 0, 1, error);
  BlnSession *session;
  gboolean is_done;

  if (engine == NULL)
    return FALSE;

  session = bln_session_new (engine, error);
  is_done = session != NULL
            && baleen_answer_run (generation, engine, session, prompt, options, options->json,
                                  error);
  g_clear_pointer (&session, bln_session_free);
  baleen_close_engine (engine);

  return is_done;
}

static gboolean
ask (const BaleenOptions *options,
     const char          *question,
     gboolean            *is_stopped,
     GError             **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);
  g_autoptr (BlnPrompt) prompt = NULL;
  g_auto (BaleenGeneration) generation = { 0 };
  const BlnMessage message = { "user", question, NULL };

  if (model == NULL)
    return FALSE;
  prompt = bln_model_render_chat (model, &message, 1, options->think, error);
  if (prompt == NULL || !answer (&generation, model, prompt, options, error))
    return FALSE;

  if (options->json)
    print_json (&generation, bln_model_get_info (model)->name);
  else
    baleen_answer_explain_stop (&generation);
  *is_stopped = generation.stop == BALEEN_STOP_CANCELLED && baleen_interrupt_is_raised ();

  return TRUE;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question = NULL;
  gboolean is_stopped = FALSE;

  if (arguments[0] == NULL)
    return baleen_wrong_use (command->name,
                             _("“ask” needs a question, or “-” to read it from standard input."));

  question = get_question (arguments, &error);
  if (question == NULL)
    return baleen_complain_of (error);
  if (*question == '\0')
    return baleen_wrong_use (command->name, _("The question is empty."));

  baleen_interrupt_begin ();
  if (!ask (options, question, &is_stopped, &error))
    return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);

  return is_stopped ? BALEEN_EXIT_STOPPED : BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_ask = {
  .name = "ask",
  .arguments = "TEXT",
  .summary = N_("one answer; “-” reads the question from standard input"),
  .run = run,
};
