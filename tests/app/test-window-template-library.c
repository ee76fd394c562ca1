/* The template library, its editor and its imports, as a user meets them. Needs a display of its
 * own and xdotool. */
#include <glib/gstdio.h>
#include <string.h>

#include "baleen-field-editor.h"
#include "baleen-template-editor.h"
#include "baleen-template-form.h"
#include "baleen-template-window.h"
#include "fake-backend.h"
#include "folder.h"
#include "own-time.h"
#include "template-filling.h"
#include "window-cases.h"

static GtkWidget *
open_library (WindowDriver *driver)
{
  GtkWidget *library = NULL;
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.template-library", NULL);
  window_driver_wait (100);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (BALEEN_IS_TEMPLATE_WINDOW (window))
        library = window;
    }
  g_assert_nonnull (library);
  return library;
}

static void
click (GtkWidget  *window,
       const char *words)
{
  GtkWidget *button = window_driver_find (window, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (50);
}

/* Duplicate, delete, undo; a built-in one cannot be deleted. Star comes first in the list. */
static void
test_library (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver);
  GtkWidget *form;
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  g_autoptr (GPtrArray) all = NULL;

  g_assert_null (window_driver_find (library, GTK_TYPE_BUTTON, "Delete"));
  click (library, "Duplicate");
  g_assert_nonnull (baleen_template_shelf_find (shelf, "five-fields-2"));
  click (library, "Delete");
  g_assert_null (baleen_template_shelf_find (shelf, "five-fields-2"));
  click (library, "Undo");
  g_assert_nonnull (baleen_template_shelf_find (shelf, "five-fields-2"));

  click (library, "Star");
  all = baleen_template_shelf_list (shelf, "", "en");
  g_assert_cmpstr (((BaleenTemplate *) all->pdata[0])->id, ==, "five-fields-2");
  click (library, "Use");
  form = window_driver_find_in (driver, BALEEN_TYPE_TEMPLATE_FORM, NULL);
  g_assert_nonnull (form);
  g_assert_cmpstr (baleen_template_filling_get_template (
                       baleen_template_form_get_filling (BALEEN_TEMPLATE_FORM (form)))->id,
                   ==, "five-fields-2");
  g_free (baleen_template_shelf_remove (shelf, "five-fields-2", NULL));
  baleen_template_shelf_set_is_starred (shelf, "five-fields-2", FALSE);
}

/* What is imported is there, under an id of its own where that is taken; what is no template
 * is told. */
static void
test_import (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver);
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  g_autofree char *path = g_build_filename (driver->directory, "prompts.csv", NULL);

  g_assert_true (g_file_set_contents (path,
                                      "act,prompt\nLetter,Write a letter to ${Name:Ann}\n"
                                      ",no title\nPirate,Talk like a pirate\n",
                                      -1, NULL));
  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  window_driver_wait_until (baleen_template_shelf_find (shelf, "pirate") != NULL);
  g_assert_nonnull (baleen_template_shelf_find (shelf, "letter-2"));
  g_assert_nonnull (baleen_template_shelf_find (shelf, "pirate"));
  g_free (baleen_template_shelf_remove (shelf, "letter-2", NULL));
  g_free (baleen_template_shelf_remove (shelf, "pirate", NULL));
  gtk_window_destroy (GTK_WINDOW (library));
}

/* The item of an open menu, as it is clicked. */
static void
choose (gpointer    menu,
        const char *words)
{
  GtkWidget *label = window_driver_find (menu, GTK_TYPE_LABEL, words);
  GtkWidget *item = label;

  g_assert_nonnull (label);
  while (item != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (item), "GtkModelButton"))
    item = gtk_widget_get_parent (item);
  g_assert_nonnull (item);
  g_signal_emit_by_name (item, "clicked");
  window_driver_wait (100);
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

/* From the menu of a message to a template that stands in the library. */
static void
test_from_message (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  GtkWidget *more, *editor;
  g_autoptr (GPtrArray) mine = NULL;
  const BaleenTemplate *saved;

  window_driver_type (driver, "Write to Ann about the {rent}.");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  more = window_driver_find_in (driver, GTK_TYPE_MENU_BUTTON, "More Actions");
  g_assert_nonnull (more);
  gtk_menu_button_popup (GTK_MENU_BUTTON (more));
  window_driver_wait (200);
  choose (gtk_menu_button_get_popover (GTK_MENU_BUTTON (more)), "Make a Template");
  editor = find_window (BALEEN_TYPE_TEMPLATE_EDITOR);
  g_assert_nonnull (editor);
  gtk_editable_set_text (GTK_EDITABLE (window_driver_find (editor, ADW_TYPE_ENTRY_ROW, NULL)),
                         "Letter to Ann");
  click (editor, "Save");

  mine = baleen_template_shelf_list (shelf, "Letter to Ann", NULL);
  g_assert_cmpuint (mine->len, ==, 1);
  saved = mine->pdata[0];
  g_assert_cmpstr (saved->body, ==, "Write to Ann about the {rent}.\n");
  g_free (baleen_template_shelf_remove (shelf, saved->id, NULL));
}

/* As one Markdown file, which can be imported again, and to the clipboard. */
static void
test_share (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver);
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  const BaleenTemplate *first = baleen_template_shelf_find (shelf, "five-fields");
  g_autofree char *source = g_strdup (first->source);
  g_autofree char *path = g_build_filename (driver->directory, "shared.md", NULL);
  g_autofree char *nowhere = g_build_filename (driver->directory, "none", "shared.md", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) lost = g_file_new_for_path (nowhere);
  g_autoptr (GdkContentProvider) copied = NULL;
  g_autofree char *written = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GtkWidget *button = window_driver_find (library, GTK_TYPE_MENU_BUTTON, "Share…");

  g_assert_nonnull (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  window_driver_wait (200);
  choose (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), "Copy as Markdown");
  copied = gdk_clipboard_get_content (gtk_widget_get_clipboard (library));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_nonnull (copied);
  g_object_ref (copied);
  g_assert_true (gdk_content_provider_get_value (copied, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, source);

  baleen_template_window_save_to (BALEEN_TEMPLATE_WINDOW (library), file);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, source);
  baleen_template_window_save_to (BALEEN_TEMPLATE_WINDOW (library), lost);
  gtk_window_destroy (GTK_WINDOW (library));
}

/* A template made of a question; nothing can be saved that could not be read again. */
static void
test_editor (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  g_autoptr (BaleenTemplate) blank
      = baleen_template_editor_make_blank (shelf, "Write to {{who}}.");
  GtkWidget *editor = g_object_ref_sink (baleen_template_editor_new (shelf, blank, FALSE));
  GtkWidget *title, *save;
  const BaleenTemplate *saved;

  gtk_window_present (GTK_WINDOW (editor));
  window_driver_wait (100);
  title = window_driver_find (editor, ADW_TYPE_ENTRY_ROW, NULL);
  save = window_driver_find (editor, GTK_TYPE_BUTTON, "Save");
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (GTK_EDITABLE (title), "My: “template”");
  g_assert_false (gtk_widget_get_sensitive (save));
  click (editor, "Add Field");
  {
    GtkWidget *field = window_driver_find (editor, BALEEN_TYPE_FIELD_EDITOR, NULL);
    GtkWidget *label = window_driver_find (field, ADW_TYPE_ENTRY_ROW, NULL);
    GtkWidget *id = gtk_widget_get_next_sibling (label);

    g_assert_true (ADW_IS_ENTRY_ROW (id));
    gtk_editable_set_text (GTK_EDITABLE (label), "Who gets it");
    gtk_editable_set_text (GTK_EDITABLE (id), "who");
  }
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  window_driver_wait (50);
  saved = baleen_template_shelf_find (shelf, blank->id);
  g_assert_nonnull (saved);
  g_assert_cmpstr (saved->title, ==, "My: “template”");
  g_assert_cmpstr (saved->body, ==, "Write to {{who}}.\n");
  g_assert_cmpuint (saved->fields->len, ==, 1);
  g_free (baleen_template_shelf_remove (shelf, blank->id, NULL));
  g_object_unref (editor);
}

static int
get_least_width (GtkWidget *window)
{
  int least;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
test_narrow (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  GtkWidget *library = open_library (driver);
  g_autoptr (GPtrArray) all = baleen_template_shelf_list (shelf, "", NULL);

  g_assert_cmpint (get_least_width (library), <=, 360);
  gtk_window_destroy (GTK_WINDOW (library));
  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *editor
          = g_object_ref_sink (baleen_template_editor_new (shelf, all->pdata[i], FALSE));

      g_assert_cmpint (get_least_width (editor), <=, 360);
      gtk_window_destroy (GTK_WINDOW (editor));
      g_object_unref (editor);
    }
}

/* The dialog that is open; NULL without one. */
static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

/* What is told of an import; the library is left as it was. */
static void
assert_imported (WindowDriver *driver,
                 GtkWidget    *library,
                 const char   *name,
                 const char   *contents,
                 const char   *heading,
                 const char   *part)
{
  g_autofree char *path = g_build_filename (driver->directory, name, NULL);
  GtkWidget *dialog;

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  window_driver_wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  g_test_message ("%s", adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), part));
  g_assert_cmpint (get_least_width (dialog), <=, 360);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static char *
write_many (WindowDriver *driver,
            guint         n)
{
  char *path = g_build_filename (driver->directory, "thousands.csv", NULL);
  g_autoptr (GString) csv = g_string_new ("act,prompt\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "Of many %u,Say ${Word:%u}\n", i, i);
  g_assert_true (g_file_set_contents (path, csv->str, -1, NULL));

  return path;
}

static guint
count_own (void)
{
  g_autofree char *folder = baleen_template_library_get_own_folder ();

  return folder_count (folder);
}

/* The longest that the window was at work, and so stood still, until a dialog said `heading`. */
static double
import_watched (WindowDriver *driver,
                GtkWidget    *library,
                const char   *path,
                const char   *heading)
{
  const gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  double longest = 0, start = own_time ();

  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  while (find_dialog () == NULL
         || g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (find_dialog ())), heading) != 0)
    {
      const double now = own_time ();

      g_assert_cmpint (g_get_monotonic_time (), <, end);
      longest = MAX (longest, now - start);
      start = now;
      window_driver_wait (2);
    }

  return MAX (longest, own_time () - start);
}

/* Thousands are taken in a thread, and a library of thousands is shown by its beginning. */
static void
test_import_many (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver);
  const guint n_before = count_own ();
  g_autofree char *path = write_many (driver, 1000);
  const double longest = import_watched (driver, library, path, "1000 taken");

  g_print ("# 1000 templates: the window stood still for %.0f ms at most\n", longest * 1000);
  g_assert_cmpfloat (longest, <, 0.6);
  g_assert_cmpuint (count_own (), ==, n_before + 1000);
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("of_many_%u", i);
      g_autofree char *own = baleen_template_library_get_own_path (id);

      g_assert_cmpint (g_unlink (own), ==, 0);
    }
  baleen_template_shelf_reload (baleen_application_get_shelf (driver->application));
  gtk_window_destroy (GTK_WINDOW (library));
}

/* Who closes the window wants no import any more. */
static void
test_import_abandoned (WindowDriver *driver)
{
  const guint n_before = count_own ();
  g_autofree char *path = write_many (driver, 1000);
  GtkWidget *library = open_library (driver);

  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  gtk_window_destroy (GTK_WINDOW (library));
  window_driver_wait (500);
  window_driver_wait_until (count_own () == n_before);
  g_assert_null (find_dialog ());
}

/* All that has a title and a prompt is taken, and the others are named. */
static void
test_left_out (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  GtkWidget *library = open_library (driver);
  g_autoptr (GString) csv = g_string_new ("act,prompt\n");

  for (guint i = 1; i <= 43; i++)
    {
      if (i == 7)
        g_string_append (csv, ",Nobody has named me\n");
      else if (i == 20)
        g_string_append (csv, "Empty one,\n");
      else
        g_string_append_printf (csv, "Prompt %u,\"Say \"\"%u\"\",\ntwice\"\n", i, i);
    }
  assert_imported (driver, library, "many.csv", csv->str, "41 taken, 2 left out", "no title");
  assert_imported (driver, library, "one.csv", "act,prompt\nEmpty one,\n", "0 taken, 1 left out",
                   "Empty one");
  assert_imported (driver, library, "well.csv", "act,prompt\nPrompt 1,Again\n", "1 taken", "");
  g_assert_nonnull (baleen_template_shelf_find (shelf, "prompt_43"));
  g_assert_cmpstr (baleen_template_shelf_find (shelf, "prompt_43")->body, ==,
                   "Say \"43\",\ntwice\n");
  for (guint i = 1; i <= 43; i++)
    {
      g_autofree char *id = g_strdup_printf ("prompt_%u", i);

      if (baleen_template_shelf_find (shelf, id) != NULL)
        g_free (baleen_template_shelf_remove (shelf, id, NULL));
    }
  g_free (baleen_template_shelf_remove (shelf, "prompt_1-2", NULL));
  gtk_window_destroy (GTK_WINDOW (library));
}

/* Files that mean harm, or are no templates: each is named with what is wrong in it, and the
 * library stays as it was. */
static void
test_hostile (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  GtkWidget *library = open_library (driver);
  g_autoptr (GPtrArray) before = baleen_template_shelf_list (shelf, "", NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GString) deep = g_string_new ("---\nid: deep\ntitle: Deep\ntags: ");
  g_autoptr (GString) huge = g_string_new ("---\nid: huge\ntitle: Huge\n---\n");

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (deep, '[');
  g_string_append (deep, "\n---\nbody\n");
  while (huge->len < 20 << 20)
    g_string_append (huge, "a line that says nothing at all\n");

  assert_imported (driver, library, "deep.md", deep->str, "Nothing was imported", "deep.md");
  assert_imported (driver, library, "huge.md", huge->str, "Nothing was imported", "huge.md");
  assert_imported (driver, library, "broken.md", "---\nid: a\n\ttitle: [\n---\nx\n",
                   "Nothing was imported", "broken.md");
  assert_imported (driver, library, "unknown.md",
                   "---\nid: a\ntitle: A\nfields:\n  - id: b\n    type: colour\n---\n{{b}}\n",
                   "Nothing was imported", "colour");
  assert_imported (driver, library, "missing.md", "---\nid: a\ntitle: A\n---\n{{nobody}}\n",
                   "Nothing was imported", "nobody");
  assert_imported (driver, library, "bad.json", "{\"title\":", "Nothing was imported", "bad.json");
  assert_imported (driver, library, "none.csv", "", "Nothing was imported", "none.csv");
  after = baleen_template_shelf_list (shelf, "", NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  gtk_window_destroy (GTK_WINDOW (library));
}

int
main (int    argc,
      char **argv)
{
  window_cases_init (&argc, &argv);
  WINDOW_CASE ("/templates/the-library-keeps-what-is-mine", test_library);
  WINDOW_CASE ("/templates/import-takes-what-it-can", test_import);
  WINDOW_CASE ("/templates/library-and-editor-fit-360", test_narrow);
  WINDOW_CASE ("/templates/an-import-says-what-it-took", test_left_out);
  WINDOW_CASE ("/templates/a-big-import-does-not-stall", test_import_many);
  WINDOW_CASE ("/templates/a-closed-window-takes-nothing", test_import_abandoned);
  WINDOW_CASE ("/templates/a-message-becomes-a-template", test_from_message);
  WINDOW_CASE ("/templates/one-is-shared-as-a-file-or-copied", test_share);
  WINDOW_CASE ("/templates/hostile-files-are-told-apart", test_hostile);
  WINDOW_CASE ("/templates/the-editor-saves-what-can-be-read", test_editor);

  return g_test_run ();
}
