/* Finding, filing and keeping conversations, as a user does it. Needs a display of its own and
 * xdotool. */
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "baleen-attachment.h"
#include "baleen-banner.h"
#include "baleen-composer.h"
#include "baleen-conversation-chooser.h"
#include "baleen-conversation-row.h"
#include "baleen-find-bar.h"
#include "baleen-group-row.h"
#include "baleen-search-results.h"
#include "baleen-sidebar.h"
#include "baleen-text-piece.h"
#include "baleen-transcript.h"
#include "fake-backend.h"
#include "history-transfer.h"
#include "window-cases.h"
#include "window-driver.h"

static BaleenHistory *
history (WindowDriver *driver)
{
  return baleen_application_get_history (driver->application);
}

static BaleenConversation *
shown (WindowDriver *driver)
{
  return baleen_window_get_conversation (driver->window);
}

static guint
count_listed (WindowDriver *driver)
{
  return g_list_model_get_n_items (G_LIST_MODEL (history (driver)));
}

static void
act (WindowDriver *driver,
     const char   *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (driver->window), action, NULL));
  window_driver_wait (50);
}

/* Says something in a new chat. */
static BaleenConversation *
ask (WindowDriver *driver,
     const char   *question)
{
  act (driver, "win.new-chat");
  window_driver_type (driver, question);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  return shown (driver);
}

/* The row in the sidebar that says so. */
static GtkWidget *
find_row (WindowDriver *driver,
          const char   *words)
{
  GtkWidget *sidebar = window_driver_find_in (driver, BALEEN_TYPE_SIDEBAR, NULL);
  GtkWidget *label = window_driver_find (sidebar, GTK_TYPE_LABEL, words);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

static void
test_search (WindowDriver *driver)
{
  BaleenConversation *whales = ask (driver, "what do whales eat");
  BaleenMessageRow *row;
  GtkWidget *results;

  ask (driver, "how tall are trees");
  window_driver_keys (driver, "ctrl+shift+f");
  window_driver_type (driver, "whal");
  results = window_driver_find_in (driver, BALEEN_TYPE_SEARCH_RESULTS, NULL);
  window_driver_wait_until (window_driver_find (results, GTK_TYPE_LABEL, "what do whales eat"));
  g_assert_null (window_driver_find (results, GTK_TYPE_LABEL, "how tall are trees"));

  /* The first hit is the title; the second the message, which gets the focus. */
  window_driver_keys (driver, "Down Down Return");
  window_driver_wait_until (shown (driver) == whales);
  window_driver_wait (100);
  row = baleen_transcript_get_focus_row (
      BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL)));
  g_assert_nonnull (row);
  g_assert_cmpstr (baleen_message_get_text (baleen_message_row_get_message (row)), ==,
                   "what do whales eat");

  /* Nothing found is said; Esc goes back to all conversations. */
  window_driver_keys (driver, "ctrl+k");
  window_driver_keys (driver, "ctrl+a");
  window_driver_type (driver, "zebra");
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "Nothing found for “zebra”"));
  window_driver_keys (driver, "Escape");
  window_driver_wait_until (find_row (driver, "how tall are trees") != NULL);
}

static GtkWidget *
find_toplevel (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
      return l->data;
  return NULL;
}

/* What was said elsewhere is chosen by its title and goes along as a file does. */
static void
test_taking (WindowDriver *driver)
{
  BaleenComposer *composer
      = BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
  GtkWidget *chooser = NULL;
  BaleenAttachment *attachment;

  ask (driver, "how tall are trees");
  ask (driver, "what do whales eat");
  window_driver_keys (driver, "ctrl+n");
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.take-from-conversation", NULL);
  window_driver_wait_until ((chooser = find_toplevel (BALEEN_TYPE_CONVERSATION_CHOOSER)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (window_driver_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "WHALE");
  window_driver_wait_until (window_driver_find (chooser, GTK_TYPE_LABEL, "how tall are trees")
                            == NULL);
  g_assert_nonnull (window_driver_find (chooser, GTK_TYPE_LABEL, "what do whales eat"));
  g_signal_emit_by_name (window_driver_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  window_driver_wait_until (baleen_composer_get_attachments (composer)->len == 1);

  attachment = baleen_composer_get_attachments (composer)->pdata[0];
  g_assert_cmpstr (baleen_attachment_get_name (attachment), ==, "what do whales eat");
  window_driver_wait_until (baleen_attachment_get_document (attachment) != NULL);
  g_assert_null (find_toplevel (BALEEN_TYPE_CONVERSATION_CHOOSER));
}

static void
say_something (WindowDriver *driver)
{
  ask (driver, "what do whales eat");
}

static void
test_ended_badly (WindowDriver *driver)
{
  GtkWidget *banner = NULL;

  window_driver_wait_until (
      (banner = window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL)) != NULL);
  g_assert_cmpstr (baleen_banner_get_sentence (BALEEN_BANNER (banner)), ==,
                   "Baleen ended unexpectedly at 12 Nov, 14:05. Your text is here; interrupted "
                   "answers are marked.");
  window_driver_keys (driver, "ctrl+n");
  g_signal_emit_by_name (window_driver_find (banner, GTK_TYPE_BUTTON, "Show"), "clicked");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL) == NULL);
}

/* An end that nobody asked for is said; the usual one is not. */
static void
test_ended_well (WindowDriver *driver)
{
  window_driver_wait (200);
  g_assert_null (window_driver_find_in (driver, BALEEN_TYPE_BANNER, NULL));
}

/* The mark of a run that ended on another day. */
static void
leave_mark (const char *path)
{
  g_autoptr (GDateTime) then = g_date_time_new_local (2023, 11, 12, 14, 5, 7);
  struct utimbuf times = { 0, g_date_time_to_unix (then) };

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
run_ended_badly (WindowDriver *driver,
                 gconstpointer data)
{
  g_autofree char *mark = NULL;

  window_driver_run (driver, say_something);
  window_driver_run (driver, test_ended_well);
  mark = g_build_filename (driver->directory, "running", NULL);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  leave_mark (mark);
  window_driver_run (driver, test_ended_badly);
}

/* Before anything is typed all conversations are there to go to. */
static void
test_go_to (WindowDriver *driver)
{
  ask (driver, "what do whales eat");
  window_driver_keys (driver, "ctrl+k");
  g_assert_nonnull (find_row (driver, "what do whales eat"));
  window_driver_type (driver, "zebra");
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "Nothing found for “zebra”"));
  window_driver_keys (driver, "ctrl+a BackSpace");
  window_driver_wait_until (find_row (driver, "what do whales eat") != NULL);
}

static guint
count_found (WindowDriver *driver)
{
  GtkWidget *transcript = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  BaleenConversation *conversation = shown (driver);
  guint n = 0;

  for (guint i = 0; i < window_driver_get_n_messages (driver); i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (conversation), i);

      n += gtk_widget_has_css_class (
          GTK_WIDGET (baleen_transcript_get_row (BALEEN_TRANSCRIPT (transcript), message)),
          "found");
    }
  return n;
}

static void
test_find (WindowDriver *driver)
{
  fake_backend_set_answer (NULL, "Whales eat krill. Large whales eat much.", 100);
  ask (driver, "what do whales eat");
  window_driver_keys (driver, "ctrl+f");
  window_driver_type (driver, "WHALES");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "3 of 3"));
  g_assert_cmpuint (count_found (driver), ==, 1);
  window_driver_keys (driver, "ctrl+g");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "1 of 3"));
  window_driver_keys (driver, "ctrl+shift+g");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "3 of 3"));
  window_driver_keys (driver, "ctrl+a");
  window_driver_type (driver, "zebra");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "Not found"));
  window_driver_keys (driver, "Escape");
  window_driver_wait (300);
  g_assert_cmpuint (count_found (driver), ==, 0);
  window_driver_type (driver, "draft");
  {
    g_autofree char *draft = window_driver_dup_draft (driver);

    g_assert_cmpstr (draft, ==, "draft");
  }
  fake_backend_set_answer (NULL, "An answer.", 100);
}

/* The piece of text with the place that is looked at, if that is in view. */
static GtkWidget *
find_marked (GtkWidget       *widget,
             graphene_rect_t *place)
{
  cairo_rectangle_int_t found;

  if (BALEEN_IS_TEXT_PIECE (widget)
      && baleen_text_piece_get_found (BALEEN_TEXT_PIECE (widget), &found))
    {
      window_cases_place (widget, gtk_widget_get_root (widget), place);
      place->origin.x += found.x;
      place->origin.y += found.y;
      place->size.height = found.height;
      return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *marked = find_marked (child, place);

      if (marked != NULL)
        return marked;
    }
  return NULL;
}

static gboolean
is_in_view (WindowDriver *driver)
{
  GtkWidget *transcript = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  graphene_rect_t place, view;

  if (find_marked (transcript, &place) == NULL)
    return FALSE;
  window_cases_place (transcript, driver->window, &view);
  return place.origin.y >= view.origin.y
         && place.origin.y + place.size.height <= view.origin.y + view.size.height;
}

/* What is found is what is shown, styles and links or not; an answer longer than the window is
 * scrolled to the very words. */
static void
test_find_in_blocks (WindowDriver *driver)
{
  g_autofree char *paragraphs = window_cases_many_words (12);
  g_autofree char *answer = g_strdup_printf (
      "# Kr**il**l\n\n%s\n\n| food | who |\n|---|---|\n| krill | whales |\n\n%s\n\n"
      "```c\nint krill = 1;\n```\n",
      paragraphs, paragraphs);
  GtkWidget *transcript;
  graphene_rect_t place;

  fake_backend_set_answer (NULL, answer, 50);
  ask (driver, "what do whales eat");
  transcript = window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL);
  window_driver_keys (driver, "ctrl+f");
  window_driver_type (driver, "krill");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "3 of 3"));
  window_driver_wait_until (is_in_view (driver));
  g_assert_cmpstr (baleen_text_piece_get_text (
                       BALEEN_TEXT_PIECE (find_marked (transcript, &place))),
                   ==, "int krill = 1;");
  window_driver_keys (driver, "ctrl+shift+g");
  window_driver_wait_until (is_in_view (driver));
  g_assert_cmpstr (baleen_text_piece_get_text (
                       BALEEN_TEXT_PIECE (find_marked (transcript, &place))),
                   ==, "krill");
  window_driver_keys (driver, "ctrl+shift+g");
  window_driver_wait_until (is_in_view (driver));
  g_assert_cmpstr (baleen_text_piece_get_text (
                       BALEEN_TEXT_PIECE (find_marked (transcript, &place))),
                   ==, "Krill");
  window_driver_keys (driver, "Escape");
  window_driver_wait_until (find_marked (transcript, &place) == NULL);
  fake_backend_set_answer (NULL, "An answer.", 100);
}

/* The dialog that is open. */
static GtkWindow *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static void
test_folders (WindowDriver *driver)
{
  BaleenConversation *conversation = ask (driver, "whales at work");
  GtkWindow *dialog;
  GtkWidget *heading;

  act (driver, "win.move");
  window_driver_wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (window_driver_find (dialog, GTK_TYPE_ENTRY, NULL)), "Sea");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "move");
  window_driver_wait_until (find_row (driver, "Sea") != NULL);
  g_assert_cmpstr (baleen_conversation_get_folder (conversation), ==, "Sea");

  /* A closed folder hides what is in it. */
  act (driver, "win.new-chat");
  heading = find_row (driver, "Sea");
  gtk_widget_activate (heading);
  window_driver_wait_until (find_row (driver, "whales at work") == NULL);
  gtk_widget_activate (find_row (driver, "Sea"));
  window_driver_wait_until (find_row (driver, "whales at work") != NULL);
}

static void
test_archive (WindowDriver *driver)
{
  BaleenConversation *conversation = ask (driver, "old things");

  act (driver, "win.archive");
  window_driver_wait_until (find_row (driver, "Archived") != NULL);
  g_assert_true (BALEEN_IS_GROUP_ROW (find_row (driver, "Archived")));
  window_driver_wait (50);
  g_assert_true (baleen_conversation_get_is_archived (conversation));
  g_signal_emit_by_name (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Undo"), "clicked");
  window_driver_wait_until (!baleen_conversation_get_is_archived (conversation));
}

/* No file in the folder has those bytes in it. */
static void
assert_not_on_disk (WindowDriver *driver,
                    const char   *words)
{
  g_autoptr (GDir) dir = g_dir_open (driver->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (driver->directory, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_null (memmem (bytes, length, words, strlen (words)));
    }
}

static void
test_temporary (WindowDriver *driver)
{
  const guint n = count_listed (driver);

  fake_backend_set_answer ("a hidden thought", "a fleeting answer", 20000);
  window_driver_keys (driver, "ctrl+shift+p");
  window_driver_type (driver, "a secret question");
  window_driver_wait (700);
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (400);
  g_assert_true (baleen_conversation_get_is_temporary (shown (driver)));
  g_assert_cmpuint (count_listed (driver), ==, n + 1);
  assert_not_on_disk (driver, "secret");
  assert_not_on_disk (driver, "fleeting");
  assert_not_on_disk (driver, "hidden thought");
  fake_backend_set_answer (NULL, "An answer.", 100);
}

static void
test_windows (WindowDriver *driver)
{
  BaleenConversation *conversation = ask (driver, "only once");
  GListModel *windows = gtk_window_get_toplevels ();
  BaleenWindow *first = driver->window;
  BaleenWindow *second = NULL;

  window_driver_keys (driver, "ctrl+shift+n");
  window_driver_wait_until (
      g_list_length (gtk_application_get_windows (GTK_APPLICATION (driver->application))) == 2);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (BALEEN_IS_WINDOW (window) && window != GTK_WIDGET (first))
        second = BALEEN_WINDOW (window);
    }
  window_driver_wait_until (baleen_window_get_conversation (second) != NULL);
  g_assert_true (baleen_window_get_conversation (second) != conversation);
  g_assert_true (baleen_application_find_window (driver->application, conversation) == first);

  /* Chosen in the second it stays in the first. */
  g_signal_emit_by_name (window_driver_find (second, BALEEN_TYPE_SIDEBAR, NULL), "chosen",
                         conversation, (gint64) 0);
  window_driver_wait (100);
  g_assert_true (baleen_window_get_conversation (second) != conversation);
  g_assert_true (baleen_window_get_conversation (first) == conversation);
  gtk_window_close (GTK_WINDOW (second));
  window_driver_wait (100);
}

/* ---- windows that come back ----------------------------------------------------------- */

static gint64 places[2];

static void
test_two_windows (WindowDriver *driver)
{
  BaleenWindow *first = driver->window;

  places[0] = baleen_conversation_get_id (ask (driver, "in the first"));
  window_driver_keys (driver, "ctrl+shift+n");
  window_driver_wait_until (gtk_application_get_active_window (
                                GTK_APPLICATION (driver->application)) != GTK_WINDOW (first));
  driver->window = BALEEN_WINDOW (
      gtk_application_get_active_window (GTK_APPLICATION (driver->application)));
  window_driver_wait_until (gtk_widget_is_sensitive (
      window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL)));
  places[1] = baleen_conversation_get_id (ask (driver, "in the second"));

  driver->quits = TRUE;
}

static void
test_two_windows_again (WindowDriver *driver)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (driver->application));
  BaleenWindow *other = NULL;
  gint64 here;

  g_assert_cmpuint (g_list_length (windows), ==, 2);
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != driver->window)
      other = l->data;
  window_driver_wait_until (baleen_window_get_conversation (other) != NULL
                            && shown (driver) != NULL);
  here = baleen_window_get_place (driver->window);
  g_assert_true (here == places[0] || here == places[1]);
  g_assert_cmpint (baleen_window_get_place (other), ==, places[0] + places[1] - here);
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);

  /* One that is closed does not come back. */
  gtk_window_close (GTK_WINDOW (other));
  window_driver_wait (100);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryIntake) intake = baleen_history_import_finish (result, &error);

  g_assert_no_error (error);
  *(guint *) user_data = intake->taken->len;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  baleen_history_export_finish (result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* Out, gone, and in again: the conversation is listed as it was. */
static void
test_transfer (WindowDriver *driver)
{
  g_autofree char *path = g_build_filename (driver->directory, "out.json", NULL);
  BaleenConversation *conversation = ask (driver, "to be taken along");
  const gint64 id = baleen_conversation_get_id (conversation);
  gboolean is_written = FALSE;
  guint n_taken = 0;

  baleen_history_export_async (history (driver), conversation, BALEEN_EXPORT_JSON, TRUE, path,
                               exported_cb, &is_written);
  window_driver_wait_until (is_written);
  act (driver, "win.new-chat");
  baleen_history_hide (history (driver), conversation);
  baleen_history_delete (history (driver), conversation);
  g_assert_null (baleen_history_find (history (driver), id));

  baleen_history_import_async (history (driver), path, imported_cb, &n_taken);
  window_driver_wait_until (n_taken == 1);
  g_assert_nonnull (baleen_history_find (history (driver), id));
  g_signal_emit_by_name (window_driver_find_in (driver, BALEEN_TYPE_SIDEBAR, NULL), "dropped",
                         path);
  window_driver_wait_until (window_driver_find_in (
      driver, GTK_TYPE_LABEL, "0 conversations imported, 1 were there already"));
  g_signal_emit_by_name (window_driver_find_in (driver, BALEEN_TYPE_SIDEBAR, NULL), "chosen",
                         baleen_history_find (history (driver), id), (gint64) 0);
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
}

typedef struct
{
  const char *promise;
  WindowDriverFunc func;
  WindowDriverFunc again; /* (nullable) after a restart */
} Case;

static void
run_case (WindowDriver *driver,
          gconstpointer data)
{
  const Case *visits = data;

  fake_backend_set_answer (NULL, "An answer.", 100);
  window_driver_run (driver, visits->func);
  if (visits->again != NULL)
    window_driver_run (driver, visits->again);
}

static void
tear_down (WindowDriver *driver,
           gconstpointer data)
{
  window_driver_clear (driver);
}

int
main (int    argc,
      char **argv)
{
  static const Case cases[] = {
    { "/history/search-opens-at-the-message", test_search },
    { "/history/a-conversation-goes-along-as-a-file", test_taking },
    { "/history/all-can-be-gone-to", test_go_to },
    { "/history/find-goes-from-place-to-place", test_find },
    { "/history/find-marks-the-words-shown", test_find_in_blocks },
    { "/history/folders-open-and-close", test_folders },
    { "/history/archiving-can-be-undone", test_archive },
    { "/history/temporary-chats-never-reach-the-disk", test_temporary },
    { "/history/a-conversation-is-open-in-one-window", test_windows },
    { "/history/windows-and-what-they-show-come-back", test_two_windows, test_two_windows_again },
    { "/history/exported-and-imported-it-is-listed-again", test_transfer },
  };

  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].promise, WindowDriver, &cases[i], NULL, run_case, tear_down);
  g_test_add ("/history/an-end-that-nobody-asked-for-is-said", WindowDriver, NULL, NULL,
              run_ended_badly, tear_down);
  return g_test_run ();
}
