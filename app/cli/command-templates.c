#include "command.h"

#include "json-writing.h"
#include "output.h"
#include "template-import.h"
#include "template-library.h"
#include "template-parser.h"
#include "template-values.h"

#include <glib/gi18n.h>
#include <string.h>

static char **assignments, *language;

static const GOptionEntry entries[] = {
  { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &assignments,
    N_("Fills in a field, for “render”; once for each"), N_("FIELD=TEXT") },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language,
    N_("Lists only templates in this language, as en or zh"), N_("L") },
  { NULL }
};

static void
add_field (JsonBuilder               *builder,
           const BaleenTemplateField *field)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", field->id);
  baleen_json_add_text (builder, "label", field->label);
  baleen_json_add_text (builder, "type", baleen_field_type_to_string (field->type));
  baleen_json_add_flag (builder, "required", field->is_required);
  baleen_json_add_text (builder, "help", field->help);
  baleen_json_add_text (builder, "default", field->default_value);
  baleen_json_add_text (builder, "example", field->example);
  baleen_json_add_texts (builder, "options", field->options);
  json_builder_end_object (builder);
}

static void
add_template (JsonBuilder          *builder,
              const BaleenTemplate *template_,
              gboolean              with_text)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", template_->id);
  baleen_json_add_text (builder, "title", template_->title);
  baleen_json_add_text (builder, "language", template_->language);
  baleen_json_add_text (builder, "kind", template_->is_system ? "system" : "prompt");
  baleen_json_add_texts (builder, "tags", template_->tags);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < template_->fields->len; i++)
    add_field (builder, g_ptr_array_index (template_->fields, i));
  json_builder_end_array (builder);
  if (with_text)
    {
      baleen_json_add_text (builder, "body", template_->body);
      baleen_json_add_text (builder, "source", template_->source);
    }
  json_builder_end_object (builder);
}

static void
print_table (GPtrArray *templates)
{
  gsize width = 0;

  for (guint i = 0; i < templates->len; i++)
    width = MAX (width, g_utf8_strlen (((BaleenTemplate *) templates->pdata[i])->id, -1));
  for (guint i = 0; i < templates->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (templates, i);
      gsize gap = width - g_utf8_strlen (template_->id, -1);
      g_autofree char *line = g_strdup_printf ("%s%*s  %-2s  %s\n", template_->id, (int) gap, "",
                                               template_->language, template_->title);

      baleen_output_write_foreign (line, -1);
    }
}

static BaleenExit
list (const BaleenOptions *options,
      char               **words)
{
  g_autoptr (BaleenTemplateLibrary) library = baleen_template_library_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *needle = g_strjoinv (" ", words);

  for (guint i = 0; i < library->templates->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (library->templates, i);

      if ((language == NULL || g_str_has_prefix (template_->language, language))
          && baleen_template_matches (template_, needle))
        g_ptr_array_add (found, (gpointer) template_);
    }
  for (guint i = 0; i < library->problems->len; i++)
    baleen_complain ("%s", (char *) g_ptr_array_index (library->problems, i));

  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_array (builder);
      for (guint i = 0; i < found->len; i++)
        add_template (builder, g_ptr_array_index (found, i), FALSE);
      json_builder_end_array (builder);
      baleen_output_json (json_builder_get_root (builder));
    }
  else
    print_table (found);

  return BALEEN_EXIT_DONE;
}

static BaleenExit
show (const BaleenOptions *options,
      char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplate) template_ = baleen_template_library_open (arguments[0], &error);

  if (template_ == NULL)
    return baleen_complain_of (error);
  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      add_template (builder, template_, TRUE);
      baleen_output_json (json_builder_get_root (builder));
    }
  else
    baleen_output_write_foreign (template_->source, -1);

  return BALEEN_EXIT_DONE;
}

static gboolean
is_foreign (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".json") || g_str_has_suffix (lower, ".csv");
}

/* Reads a file for `check` and `import`: a template of ours must be one, front matter and all. */
static gboolean
read_templates (BaleenTemplateImport *import,
                const char           *path,
                gboolean              is_strict,
                GError              **error)
{
  BaleenTemplate *template_;

  if (is_foreign (path) || !is_strict)
    return baleen_template_import_load (import, path, error);

  template_ = baleen_template_load (path, error);
  if (template_ == NULL)
    return FALSE;
  import->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_template_free);
  import->left_out = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (import->taken, template_);

  return TRUE;
}

static void
print_check (const BaleenOptions  *options,
             BaleenTemplateImport *import)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < import->taken->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (import->taken, i);
      g_auto (GStrv) notes = baleen_template_get_notes (template_);
      g_autofree char *line
          = g_strdup_printf (_("“%s” is a template, “%s”. Fields: %u\n"), template_->id,
                             template_->title, template_->fields->len);

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "id", template_->id);
      baleen_json_add_texts (builder, "notes", notes);
      json_builder_end_object (builder);
      if (!options->json)
        baleen_output_write_foreign (line, -1);
      for (gsize j = 0; notes[j] != NULL; j++)
        baleen_complain ("%s", notes[j]);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (options->json)
    baleen_output_json (json_builder_get_root (builder));
}

static BaleenExit
check (const BaleenOptions *options,
       char               **arguments)
{
  g_auto (BaleenTemplateImport) import = { 0 };
  g_autoptr (GError) error = NULL;

  if (!read_templates (&import, arguments[0], TRUE, &error))
    return baleen_complain_of (error);

  print_check (options, &import);
  for (guint i = 0; i < import.left_out->len; i++)
    baleen_complain ("%s", (char *) g_ptr_array_index (import.left_out, i));

  return import.left_out->len == 0 ? BALEEN_EXIT_DONE : BALEEN_EXIT_FAILED;
}

static BaleenExit
import_file (const BaleenOptions *options,
             char               **arguments)
{
  g_auto (BaleenTemplateImport) import = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_taken = 0;

  if (!read_templates (&import, arguments[0], FALSE, &error))
    return baleen_complain_of (error);

  for (guint i = 0; i < import.taken->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (import.taken, i);
      g_autofree char *line = g_strconcat (template_->id, "\n", NULL);
      g_autoptr (GError) trouble = NULL;

      if (!baleen_template_library_save (template_, FALSE, &trouble))
        g_ptr_array_add (import.left_out, g_strdup (trouble->message));
      else if (++n_taken > 0)
        baleen_output_write_foreign (line, -1);
    }
  for (guint i = 0; i < import.left_out->len; i++)
    baleen_complain ("%s", (char *) g_ptr_array_index (import.left_out, i));
  baleen_complain (_("%u taken, %u left out."), n_taken, import.left_out->len);

  return n_taken > 0 || import.left_out->len == 0 ? BALEEN_EXIT_DONE : BALEEN_EXIT_FAILED;
}

static BaleenExit
render (const BaleenOptions *options,
        char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplate) template_ = baleen_template_library_open (arguments[0], &error);
  g_autoptr (GHashTable) values = baleen_template_values_new ();
  g_autofree char *prompt = NULL;

  if (template_ == NULL)
    return baleen_complain_of (error);
  for (gsize i = 0; assignments != NULL && assignments[i] != NULL; i++)
    if (!baleen_template_values_assign (values, template_, assignments[i], &error))
      return baleen_complain_of (error);
  prompt = baleen_template_render (template_, values, &error);
  if (prompt == NULL)
    return baleen_complain_of (error);

  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "prompt", prompt);
      json_builder_end_object (builder);
      baleen_output_json (json_builder_get_root (builder));
      return BALEEN_EXIT_DONE;
    }

  /* Exactly the prompt; on a terminal the shell's own prompt must not stand behind it. */
  baleen_output_write_foreign (prompt, -1);
  if (baleen_output_is_terminal ())
    baleen_output_write ("\n", 1);

  return BALEEN_EXIT_DONE;
}

static const struct
{
  const char *name;
  gboolean needs_argument;
  BaleenExit (*run) (const BaleenOptions *options,
                     char               **arguments);
} actions[] = {
  { "list", FALSE, list },   { "show", TRUE, show },     { "check", TRUE, check },
  { "render", TRUE, render }, { "import", TRUE, import_file },
};

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  for (gsize i = 0; arguments[0] != NULL && i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, arguments[0]))
        continue;
      if (actions[i].needs_argument && (arguments[1] == NULL || arguments[2] != NULL))
        return baleen_wrong_use (command->name, _("“templates %s” takes one template."),
                                 arguments[0]);
      return actions[i].run (options, arguments + 1);
    }

  return baleen_wrong_use (command->name,
                           _("“templates” takes list, show, check, render or import."));
}

const BaleenCommand baleen_command_templates = {
  .name = "templates",
  .arguments = "list|show|check|render|import …",
  .summary = N_("prompt templates: list them, show, check or fill one in, take some over"),
  .details = N_("  list [WORDS]         those there are, or those with the words in them\n"
                "  show ID|FILE         its file, to be shared or changed\n"
                "  check FILE           what is wrong with a template, CSV or JSON\n"
                "  render ID|FILE       the prompt as it would be sent, with --set field=text\n"
                "  import FILE          Markdown, JSON of Open WebUI or Cherry, CSV of act,prompt"),
  .entries = entries,
  .run = run,
};
