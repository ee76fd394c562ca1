#include "command.h"

#include "extractor.h"
#include "json-writing.h"
#include "output.h"

#include <glib/gi18n.h>

static void
add_paragraphs (JsonBuilder          *builder,
                const BaleenDocument *document)
{
  json_builder_set_member_name (builder, "paragraphs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, i);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "page", paragraph->page);
      baleen_json_add_text (builder, "text", paragraph->text);
      baleen_json_add_whole (builder, "from", paragraph->start);
      baleen_json_add_whole (builder, "to", paragraph->start + paragraph->length);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const BaleenDocument *document,
            char                **notes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "kind", baleen_document_kind_to_string (document->kind));
  baleen_json_add_text (builder, "title", document->title);
  baleen_json_add_whole (builder, "pages", document->n_pages);
  add_paragraphs (builder, document);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (gsize i = 0; notes[i] != NULL; i++)
    json_builder_add_string_value (builder, notes[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDocument) document = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) notes = NULL;

  if (arguments[0] == NULL || arguments[1] != NULL)
    return baleen_wrong_use (command->name, _("“extract” takes one file."));
  document = extractor_read (arguments[0], NULL, &error);
  if (document == NULL)
    return baleen_complain_of (error);

  notes = baleen_document_describe_notes (document);
  if (options->json)
    {
      print_json (document, notes);
      return BALEEN_EXIT_DONE;
    }

  text = baleen_document_get_text (document);
  baleen_output_write_foreign (text, -1);
  baleen_output_write ("\n", 1);
  for (gsize i = 0; notes[i] != NULL; i++)
    baleen_complain ("%s", notes[i]);

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_extract = {
  .name = "extract",
  .arguments = "FILE",
  .summary = N_("the text that Baleen reads in a document"),
  .details = N_("  Reads PDF, docx, odt, EPUB, HTML, Markdown and plain text, in a process that\n"
                "  can open no other file and reach no network. With --json each paragraph has\n"
                "  its page and its place in the text."),
  .run = run,
};
