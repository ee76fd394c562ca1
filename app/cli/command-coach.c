#include "command.h"

#include "coach.h"
#include "input.h"
#include "json-writing.h"
#include "output.h"

#include <glib/gi18n.h>

static char **previous;

static const GOptionEntry entries[] = {
  { "previous", 0, 0, G_OPTION_ARG_STRING_ARRAY, &previous,
    N_("An earlier question of the conversation; once for each"), N_("TEXT") },
  { NULL }
};

static void
print_json (const BaleenAdvice *advice)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "hints");
  json_builder_begin_array (builder);
  for (guint i = 0; i < advice->hints->len; i++)
    {
      const BaleenHint *hint = g_ptr_array_index (advice->hints, i);

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "id", baleen_hint_kind_to_string (hint->kind));
      baleen_json_add_text (builder, "message", hint->message);
      baleen_json_add_text (builder, "suggestion", hint->suggestion);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "nudges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < advice->nudges->len; i++)
    {
      const BaleenNudge *nudge = g_ptr_array_index (advice->nudges, i);

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "id", baleen_nudge_kind_to_string (nudge->kind));
      baleen_json_add_text (builder, "message", nudge->message);
      baleen_json_add_text (builder, "action", baleen_nudge_kind_get_action (nudge->kind));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static void
print_text (const BaleenAdvice *advice)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < advice->hints->len; i++)
    {
      const BaleenHint *hint = g_ptr_array_index (advice->hints, i);

      g_string_append_printf (text, "%s: %s\n%s\n\n", baleen_hint_kind_to_string (hint->kind),
                              hint->message, hint->suggestion);
    }
  for (guint i = 0; i < advice->nudges->len; i++)
    {
      const BaleenNudge *nudge = g_ptr_array_index (advice->nudges, i);

      g_string_append_printf (text, "%s: %s\n", baleen_nudge_kind_to_string (nudge->kind),
                              nudge->message);
    }
  baleen_output_write_foreign (text->str, text->len);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenAdvice) advice = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *draft = NULL;
  gsize length;

  if (arguments[0] != NULL && !g_str_equal (arguments[0], "-"))
    return baleen_wrong_use (command->name, _("“coach” reads the draft from standard input."));
  bytes = baleen_input_read_all (&length, &error);
  if (bytes == NULL)
    return baleen_complain_of (error);

  draft = g_utf8_make_valid (bytes, length);
  advice = baleen_coach_read (draft, (const char *const *) previous, options->n_context);
  if (options->json)
    print_json (advice);
  else
    print_text (advice);

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_coach = {
  .name = "coach",
  .arguments = "< DRAFT",
  .summary = N_("what would make a question better, by rules and without a model"),
  .uses = BALEEN_USES_CONTEXT,
  .entries = entries,
  .run = run,
};
