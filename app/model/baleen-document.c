#include "baleen-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const kind_names[] = {
  "text", "markdown", "html", "pdf", "docx", "odt", "epub",
};
G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == BALEEN_N_DOCUMENT_KINDS);

static void
paragraph_free (gpointer data)
{
  BaleenParagraph *paragraph = data;

  g_free (paragraph->text);
  g_free (paragraph);
}

BaleenDocument *
baleen_document_new (BaleenDocumentKind kind)
{
  BaleenDocument *document = g_new0 (BaleenDocument, 1);

  document->kind = kind;
  document->title = g_strdup ("");
  document->n_pages = 1;
  document->paragraphs = g_ptr_array_new_with_free_func (paragraph_free);

  return document;
}

void
baleen_document_free (BaleenDocument *document)
{
  g_free (document->title);
  g_ptr_array_unref (document->paragraphs);
  g_free (document);
}

const char *
baleen_document_kind_to_string (BaleenDocumentKind kind)
{
  g_return_val_if_fail (kind < BALEEN_N_DOCUMENT_KINDS, NULL);

  return kind_names[kind];
}

void
baleen_document_set_title (BaleenDocument *document,
                           const char     *title)
{
  g_free (document->title);
  document->title = g_strdup (title);
}

void
baleen_document_add (BaleenDocument      *document,
                     guint                page,
                     BaleenParagraphStyle style,
                     const char          *text,
                     gsize                length)
{
  BaleenParagraph *paragraph;

  if (length == 0)
    return;

  paragraph = g_new0 (BaleenParagraph, 1);
  paragraph->page = page;
  paragraph->style = style;
  paragraph->text = g_strndup (text, length);
  paragraph->length = g_utf8_strlen (paragraph->text, -1);
  paragraph->start = document->paragraphs->len > 0 ? document->n_characters + 2 : 0;
  document->n_characters = paragraph->start + paragraph->length;
  g_ptr_array_add (document->paragraphs, paragraph);
}

const BaleenParagraph *
baleen_document_find (const BaleenDocument *document,
                      gsize                 offset)
{
  guint low = 0, high = document->paragraphs->len;

  if (offset >= document->n_characters)
    return NULL;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, middle);

      if (paragraph->start <= offset)
        low = middle;
      else
        high = middle;
    }

  return g_ptr_array_index (document->paragraphs, low);
}

char *
baleen_document_get_text (const BaleenDocument *document)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, i);

      if (i > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, paragraph->text);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_note (BaleenDocumentNote note,
               guint              count)
{
  const char *format = NULL;

  switch (note)
    {
    case BALEEN_NOTE_PAGES_WITHOUT_TEXT:
      format = g_dngettext (GETTEXT_PACKAGE, "%u page holds no text.",
                            "%u pages hold no text.", count);
      break;
    case BALEEN_NOTE_DELETIONS:
      format = g_dngettext (GETTEXT_PACKAGE, "%u tracked deletion is left out.",
                            "%u tracked deletions are left out.", count);
      break;
    case BALEEN_NOTE_COMMENTS:
      format = g_dngettext (GETTEXT_PACKAGE, "%u comment is left out.",
                            "%u comments are left out.", count);
      break;
    case BALEEN_NOTE_HIDDEN:
      format = g_dngettext (GETTEXT_PACKAGE, "%u stretch of hidden text is left out.",
                            "%u stretches of hidden text are left out.", count);
      break;
    case BALEEN_NOTE_MISSING_PARTS:
      format = g_dngettext (GETTEXT_PACKAGE, "%u part that the file names is missing in it.",
                            "%u parts that the file names are missing in it.", count);
      break;
    case BALEEN_NOTE_BAD_LETTERS:
      format = g_dngettext (GETTEXT_PACKAGE, "%u letter could not be read.",
                            "%u letters could not be read.", count);
      break;
    case BALEEN_NOTE_CUT:
      return g_strdup (_("The document is longer than can be read; its end is missing."));
    case BALEEN_N_NOTES:
      g_assert_not_reached ();
    }

  return g_strdup_printf (format, count);
}

char **
baleen_document_describe_notes (const BaleenDocument *document)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < BALEEN_N_NOTES; i++)
    {
      g_autofree char *line = NULL;

      if (document->notes[i] == 0)
        continue;
      line = describe_note (i, document->notes[i]);
      g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

GVariant *
baleen_document_to_variant (const BaleenDocument *document)
{
  GVariantBuilder paragraphs, notes;

  g_variant_builder_init (&paragraphs, G_VARIANT_TYPE ("a(uus)"));
  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = g_ptr_array_index (document->paragraphs, i);

      g_variant_builder_add (&paragraphs, "(uus)", paragraph->page, (guint) paragraph->style,
                             paragraph->text);
    }
  g_variant_builder_init (&notes, G_VARIANT_TYPE ("au"));
  for (guint i = 0; i < BALEEN_N_NOTES; i++)
    g_variant_builder_add (&notes, "u", document->notes[i]);

  return g_variant_new (BALEEN_DOCUMENT_VARIANT, (guint) document->kind, document->title,
                        document->n_pages, &paragraphs, &notes);
}

static gboolean
take_paragraphs (BaleenDocument *document,
                 GVariantIter   *paragraphs)
{
  const char *text;
  guint page, style;

  while (g_variant_iter_next (paragraphs, "(uu&s)", &page, &style, &text))
    {
      if (page < 1 || page > document->n_pages || style >= BALEEN_N_PARAGRAPH_STYLES
          || *text == '\0')
        return FALSE;
      baleen_document_add (document, page, style, text, strlen (text));
    }

  return TRUE;
}

BaleenDocument *
baleen_document_from_variant (GVariant *variant)
{
  g_autoptr (BaleenDocument) document = NULL;
  g_autoptr (GVariantIter) paragraphs = NULL, notes = NULL;
  const char *title;
  guint kind, n_pages;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (BALEEN_DOCUMENT_VARIANT))
      || !g_variant_is_normal_form (variant))
    return NULL;

  g_variant_get (variant, "(u&sua(uus)au)", &kind, &title, &n_pages, &paragraphs, &notes);
  if (kind >= BALEEN_N_DOCUMENT_KINDS || n_pages < 1
      || g_variant_iter_n_children (notes) < BALEEN_N_NOTES)
    return NULL;

  document = baleen_document_new (kind);
  baleen_document_set_title (document, title);
  document->n_pages = n_pages;
  for (guint i = 0; i < BALEEN_N_NOTES; i++)
    g_variant_iter_next (notes, "u", &document->notes[i]);
  if (!take_paragraphs (document, paragraphs))
    return NULL;

  return g_steal_pointer (&document);
}
