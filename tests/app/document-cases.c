#include "document-cases.h"

#include <string.h>

#include "baleen-document-view.h"
#include "baleen-transcript.h"
#include "folder.h"
#include "stub-completer.h"

const char *const document_cases_facts[] = {
  "Plant 7 of the Orsk works made 4,812 tonnes of zinc in 1893.",
  "The survey of Lake Veyra counted 311 herons in March 1902.",
  NULL,
};

static StubCompleter *stub; /* (owned) */
static char *cache;         /* (owned) the folder of what was read */

/* Forty pages of other things with a fact on page 3 and one on page 30. */
static char *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint page = 1; page <= 40; page++)
    {
      g_string_append_printf (text, "Chapter %u\n\nThe clerk of the district went on with the "
                                    "papers of week %u, and nothing of note took place in it. "
                                    "It rained again over the valley and the roads stayed wet.",
                              page, page);
      if (page == 3 || page == 30)
        g_string_append_printf (text, " %s", document_cases_facts[page / 30]);
      g_string_append (text, "\n\n");
    }
  return g_string_free (text, FALSE);
}

BaleenAttachment *
document_cases_attachment (const char *name)
{
  g_autofree char *path = g_build_filename ("/nowhere", name, NULL);
  BaleenAttachment *attachment = baleen_attachment_new (name, path);
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_PDF);
  g_autofree char *text = make_text ();
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  guint page = 0;

  for (gsize i = 0; paragraphs[i] != NULL && *paragraphs[i] != '\0'; i++)
    {
      const gboolean is_heading = g_str_has_prefix (paragraphs[i], "Chapter ");

      page += is_heading;
      baleen_document_add (document, page,
                           is_heading ? BALEEN_PARAGRAPH_HEADING : BALEEN_PARAGRAPH_BODY,
                           paragraphs[i], strlen (paragraphs[i]));
    }
  document->n_pages = page;
  baleen_attachment_take_document (attachment, document);
  return attachment;
}

BaleenComposer *
document_cases_composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
}

void
document_cases_click (WindowDriver *driver,
                      const char   *words)
{
  GtkWidget *button = window_driver_find_in (driver, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (60);
}

void
document_cases_use_reader (WindowDriver *driver)
{
  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &stub->completer);
}

BaleenMessage *
document_cases_summarize (WindowDriver *driver)
{
  g_autoptr (BaleenAttachment) attachment = document_cases_attachment ("report.pdf");

  document_cases_use_reader (driver);
  g_assert_true (baleen_composer_add_attachment (document_cases_composer (driver), attachment));
  document_cases_click (driver, "Summarize");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (150);
  return window_driver_get_last (driver);
}

void
document_cases_assert_summary (BaleenMessage *message)
{
  const char *text = baleen_message_get_text (message);
  GPtrArray *sources = baleen_message_get_sources (message);

  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_DONE);
  for (guint i = 0; document_cases_facts[i] != NULL; i++)
    {
      const char *fact = document_cases_facts[i];
      g_autofree char *cut = g_strndup (fact, strlen (fact) - 1);

      g_assert_nonnull (strstr (text, cut));
    }
  g_assert_cmpuint (sources->len, ==, 2);
  g_assert_cmpint (baleen_source_get_page (sources->pdata[0]), ==, 3);
  g_assert_cmpint (baleen_source_get_page (sources->pdata[1]), ==, 30);
  g_assert_nonnull (strstr (text, "[1]"));
}

GtkWidget *
document_cases_marked_row (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_has_css_class (child, "marked")
                             ? child
                             : document_cases_marked_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The marked row holds the words, and they are on the screen. */
static gboolean
shows_marked (GtkWidget  *view,
              const char *words)
{
  GtkWidget *row = document_cases_marked_row (view), *text;
  const char *all, *there;
  PangoRectangle position;
  graphene_rect_t bounds;

  if (row == NULL)
    return FALSE;
  text = g_object_get_data (G_OBJECT (row), "text");
  all = gtk_label_get_text (GTK_LABEL (text));
  there = strstr (all, words);
  if (there == NULL || !gtk_widget_compute_bounds (text, view, &bounds))
    return FALSE;
  pango_layout_index_to_pos (gtk_label_get_layout (GTK_LABEL (text)), there - all, &position);
  return bounds.origin.y + PANGO_PIXELS (position.y) >= 0
         && bounds.origin.y + PANGO_PIXELS (position.y + position.height)
                <= gtk_widget_get_height (view);
}

void
document_cases_assert_marked (WindowDriver *driver,
                              const char   *words)
{
  GtkWidget *view = window_driver_find_in (driver, BALEEN_TYPE_DOCUMENT_VIEW, NULL);

  g_assert_nonnull (view);
  window_driver_wait_until (shows_marked (view, words));
  window_driver_wait (300);
  g_assert_true (shows_marked (view, words));
}

void
document_cases_cite (WindowDriver  *driver,
                     BaleenMessage *message,
                     int            number)
{
  BaleenTranscript *transcript = BALEEN_TRANSCRIPT (
      window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL));

  g_assert_true (gtk_widget_activate_action (
      GTK_WIDGET (baleen_transcript_get_row (transcript, message)), "row.cite", "i", number));
  window_driver_wait (400);
}

void
document_cases_init (int    *argc,
                     char ***argv)
{
  cache = g_dir_make_tmp ("baleen-cache-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  window_cases_init (argc, argv);
  stub = stub_completer_new (2048, document_cases_facts);
}

int
document_cases_run (void)
{
  const int result = g_test_run ();

  stub_completer_free (stub);
  folder_remove (cache);
  g_free (cache);
  return result;
}
