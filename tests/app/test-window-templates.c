/* The template form and the slash menu, as a user meets them. Needs a display of its own and
 * xdotool. */
#include <string.h>

#include "baleen-composer.h"
#include "baleen-field-editor.h"
#include "baleen-field-row.h"
#include "baleen-template-editor.h"
#include "baleen-template-form.h"
#include "baleen-template-picker.h"
#include "baleen-template-window.h"
#include "child.h"
#include "fake-backend.h"
#include "template-filling.h"
#include "window-driver.h"

static BaleenComposer *
composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
}

static BaleenTemplateForm *
form (WindowDriver *driver)
{
  GtkWidget *found = window_driver_find_in (driver, BALEEN_TYPE_TEMPLATE_FORM, NULL);

  return found != NULL ? BALEEN_TEMPLATE_FORM (found) : NULL;
}

static void
press (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button = window_driver_find (form (driver), GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  else
    g_signal_emit_by_name (button, "clicked");
  window_driver_wait (50);
}

static char *
dup_preview (WindowDriver *driver)
{
  for (GtkWidget *w = window_driver_find_in (driver, GTK_TYPE_TEXT_VIEW, NULL); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (w)))
      {
        GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (w));
        GtkTextIter start, end;

        gtk_text_buffer_get_bounds (buffer, &start, &end);
        return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      }
  return NULL;
}

static BaleenMessage *
get_question (WindowDriver *driver)
{
  return g_list_model_get_item (G_LIST_MODEL (baleen_window_get_conversation (driver->window)),
                                0);
}

/* Keys alone: Ctrl+T, Enter from field to field, Ctrl+Enter. What the preview shows is what the
 * model gets, and headings of empty fields are in neither. */
static void
test_fill (WindowDriver *driver)
{
  g_autoptr (BaleenMessage) question = NULL;
  g_autofree char *preview = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BaleenTemplateFilling) filling = NULL;

  window_driver_keys (driver, "ctrl+t");
  window_driver_type (driver, "I run a bakery");
  window_driver_keys (driver, "Return Return");
  window_driver_type (driver, "Fewer than 10 cakes left");
  press (driver, "Preview");
  preview = dup_preview (driver);
  g_assert_cmpstr (preview, ==,
                   "## My role and background\nI run a bakery\n\n"
                   "## My goal\nFewer than 10 cakes left");
  press (driver, "Preview");
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (window_driver_is_over (driver));
  sent = fake_backend_dup_last_turn ();
  g_assert_cmpstr (sent, ==, preview);
  g_assert_null (form (driver));
  g_assert_cmpstr (baleen_conversation_get_title (baleen_window_get_conversation (driver->window)),
                   ==, "I run a bakery");
  window_driver_wait (100);
  g_assert_nonnull (window_driver_find_in (
      driver, GTK_TYPE_LABEL,
      "My role and background\nI run a bakery\n\nMy goal\nFewer than 10 cakes left"));

  question = get_question (driver);
  g_assert_cmpstr (baleen_message_get_text (question), ==, preview);
  filling = baleen_template_filling_from_json (
      baleen_message_get_part (question, BALEEN_PART_TEMPLATE), &text, NULL);
  g_assert_nonnull (filling);
  g_assert_cmpstr (baleen_template_filling_get (filling, "goal"), ==, "Fewer than 10 cakes left");
}

/* What was filled is there the next day, to be changed and sent again. */
static void
test_refill (WindowDriver *driver)
{
  g_autoptr (BaleenMessage) question = NULL;
  g_autofree char *sent = NULL;

  window_driver_keys (driver, "ctrl+Page_Down");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  question = get_question (driver);
  g_assert_nonnull (window_driver_find_in (
      driver, GTK_TYPE_LABEL,
      "My role and background\nI run a bakery\n\nMy goal\nFewer than 10 cakes left"));
  window_driver_keys (driver, "Up");
  window_driver_wait_until (form (driver) != NULL);
  window_driver_type (driver, ", now two");
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_is_over (driver) && form (driver) == NULL);
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 2);
  g_assert_cmpuint (baleen_conversation_get_n_siblings (
                        baleen_window_get_conversation (driver->window), question, NULL),
                    ==, 2);
  sent = fake_backend_dup_last_turn ();
  g_assert_nonnull (strstr (sent, ", now two"));
  g_assert_nonnull (strstr (sent, "I run a bakery"));
}

static void
test_required (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+t");
  window_driver_type (driver, "Somebody");
  window_driver_keys (driver, "ctrl+Return");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  g_assert_nonnull (window_driver_find (form (driver), GTK_TYPE_LABEL, "“My goal” is still empty."));
  window_driver_type (driver, "Something");
  g_assert_null (window_driver_find (form (driver), GTK_TYPE_LABEL, "“My goal” is still empty."));
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (window_driver_is_over (driver));
}

static void
test_close (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+t");
  window_driver_type (driver, "kept");
  window_driver_keys (driver, "ctrl+t");
  g_assert_null (form (driver));
  window_driver_keys (driver, "ctrl+t");
  g_assert_cmpstr (baleen_template_filling_get (
                       baleen_template_form_get_filling (form (driver)), "role"),
                   ==, "kept");
  press (driver, "Clear");
  g_assert_cmpstr (baleen_template_filling_get (
                       baleen_template_form_get_filling (form (driver)), "role"),
                   ==, "");
  press (driver, "Undo Clear");
  g_assert_cmpstr (baleen_template_filling_get (
                       baleen_template_form_get_filling (form (driver)), "role"),
                   ==, "kept");
}

static void
test_draft (WindowDriver *driver)
{
  window_driver_keys (driver, "ctrl+t");
  window_driver_type (driver, "a draft");
}

static void
test_draft_again (WindowDriver *driver)
{
  window_driver_wait_until (form (driver) != NULL);
  g_assert_cmpstr (baleen_template_filling_get (
                       baleen_template_form_get_filling (form (driver)), "role"),
                   ==, "a draft");
}

/* Every type of field has a widget that gives what it was given. */
static void
test_types (WindowDriver *driver)
{
  static const char source[]
      = "---\nid: all\ntitle: All\nlanguage: en\nfields:\n"
        "  - id: a\n    type: text\n  - id: b\n    type: longtext\n"
        "  - id: c\n    type: choice\n    options: [one, two]\n"
        "  - id: d\n    type: number\n  - id: e\n    type: date\n"
        "  - id: f\n    type: file\n  - id: g\n    type: clipboard\n"
        "  - id: h\n    type: selection\n---\n"
        "{{a}}|{{b}}|{{c}}|{{d}}|{{e}}|{{g}}|{{h}}\n\n{{f}}\n";
  static const char *const values[]
      = { "x {{b}}", "line\nline", "two", "2.5", "2026-01-31", "/tmp/file", "clip", "picked" };
  g_autoptr (GError) error = NULL;
  BaleenTemplateFilling *filling = baleen_template_filling_new (source, &error);
  const BaleenTemplate *template_;
  guint n = 0;

  g_assert_no_error (error);
  template_ = baleen_template_filling_get_template (filling);
  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = template_->fields->pdata[i];
      g_autoptr (GtkWidget) row = g_object_ref_sink (baleen_field_row_new (field, values[i]));
      g_autofree char *value = baleen_field_row_dup_value (BALEEN_FIELD_ROW (row));

      g_assert_cmpstr (value, ==, values[i]);
      n++;
    }
  g_assert_cmpuint (n, ==, 8);
  baleen_template_filling_free (filling);
}

/* A page with one line, as a program that writes PDF files gives it. */
static char *
write_pdf (WindowDriver *driver,
           const char   *line)
{
  g_autofree char *path = g_build_filename (driver->directory, "tenants.pdf", NULL);
  g_autofree char *stream = g_strdup_printf ("BT /F 12 Tf 72 720 Td (%s) Tj ET", line);
  g_autofree char *contents
      = g_strdup_printf ("<</Length %zu>>stream\n%s\nendstream", strlen (stream), stream);
  const char *objects[] = { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                            "/Resources<</Font<</F 5 0 R>>>>>>",
                            contents, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>" };
  g_autoptr (GString) file = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) places = g_string_new ("xref\n0 6\n0000000000 65535 f \n");
  gsize end;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_string_append_printf (places, "%010zu 00000 n \n", file->len);
      g_string_append_printf (file, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
  end = file->len;
  g_string_append_printf (file, "%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                          places->str, end);
  g_assert_true (g_file_set_contents (path, file->str, file->len, NULL));

  return g_steal_pointer (&path);
}

/* A form that asks for everything: the preview is, byte for byte, what the model gets, with the
 * text of the file, and neither braces nor headings of what is empty. */
static void
test_all_types_sent (WindowDriver *driver)
{
  static const char source[]
      = "---\nid: all-types\ntitle: All Types\nlanguage: en\nfields:\n"
        "  - id: who\n    type: text\n  - id: what\n    type: longtext\n"
        "  - id: form\n    type: choice\n    options: [table, prose]\n"
        "  - id: n\n    type: number\n  - id: day\n    type: date\n"
        "  - id: paper\n    type: file\n  - id: none\n    type: text\n"
        "  - id: copied\n    type: clipboard\n---\n"
        "{{n}} for {{who}} as {{form}} until {{day}}\n\n## Empty\n{{none}}\n\n## What\n{{what}}\n\n"
        "{{copied}}\n\n{{paper}}\n";
  BaleenTemplateFilling *filling = baleen_template_filling_new (source, NULL);
  g_autofree char *path = write_pdf (driver, "The rent rises in May.");
  g_autofree char *preview = NULL;
  g_autofree char *sent = NULL;

  g_assert_nonnull (filling);
  baleen_template_filling_set (filling, "who", "Ann {{n}}  ");
  baleen_template_filling_set (filling, "what", "one\n\n\n  two <b>& 三</b>");
  baleen_template_filling_set (filling, "form", "prose");
  baleen_template_filling_set (filling, "n", "2.5");
  baleen_template_filling_set (filling, "day", "2026-01-31");
  baleen_template_filling_set (filling, "copied", "\tcopied");
  baleen_template_filling_set (filling, "paper", path);
  window_driver_keys (driver, "ctrl+t");
  baleen_template_form_set_filling (form (driver), filling);
  press (driver, "Preview");
  for (guint i = 0; i < 400 && (preview == NULL || strstr (preview, "rent rises") == NULL); i++)
    {
      window_driver_wait (25);
      g_free (preview);
      preview = dup_preview (driver);
    }
  g_assert_nonnull (preview);
  g_test_message ("%s", preview);
  g_assert_true (g_str_has_prefix (preview, "2.5 for Ann {{n}}"));
  g_assert_nonnull (strstr (preview, "as prose until 2026-01-31\n\n## What\none\n\n\n  two <b>& 三</b>"));
  g_assert_nonnull (strstr (preview, "[file name]: tenants.pdf"));
  g_assert_nonnull (strstr (preview, "The rent rises in May."));
  g_assert_null (strstr (preview, "Empty"));

  press (driver, "Preview");
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 2);
  window_driver_wait_until (window_driver_is_over (driver));
  sent = fake_backend_dup_last_turn ();
  g_assert_cmpstr (sent, ==, preview);
}

/* ---- the slash menu ---------------------------------------------------------------------- */

static GtkWidget *
menu (WindowDriver *driver)
{
  return window_driver_find (composer (driver), BALEEN_TYPE_TEMPLATE_PICKER, NULL);
}

static gboolean
is_menu_open (WindowDriver *driver)
{
  return menu (driver) != NULL;
}

static void
test_slash (WindowDriver *driver)
{
  GtkWidget *text = baleen_composer_get_text_view (composer (driver));
  g_autofree char *draft = NULL;

  window_driver_type (driver, "/");
  g_assert_true (is_menu_open (driver));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver->window)) == text);
  window_driver_type (driver, "letter");
  g_assert_true (is_menu_open (driver));
  window_driver_keys (driver, "Return");
  window_driver_wait (100);
  g_assert_false (is_menu_open (driver));
  draft = window_driver_dup_draft (driver);
  g_assert_cmpstr (draft, ==, "");
  g_assert_cmpstr (baleen_template_filling_get_template (
                       baleen_template_form_get_filling (form (driver)))
                       ->id,
                   ==, "letter");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
}

static void
assert_draft (WindowDriver *driver,
              const char   *expected)
{
  g_autofree char *draft = window_driver_dup_draft (driver);

  g_assert_cmpstr (draft, ==, expected);
}

static void
test_slash_refused (WindowDriver *driver)
{
  window_driver_type (driver, "/");
  window_driver_keys (driver, "Escape");
  g_assert_false (is_menu_open (driver));
  window_driver_type (driver, "le");
  g_assert_false (is_menu_open (driver));
  assert_draft (driver, "/le");
  window_driver_keys (driver, "ctrl+a BackSpace");

  window_driver_type (driver, "//etc");
  g_assert_false (is_menu_open (driver));
  assert_draft (driver, "/etc");
  window_driver_keys (driver, "ctrl+a BackSpace");

  window_driver_type (driver, "/usr/bin");
  g_assert_false (is_menu_open (driver));
  window_driver_keys (driver, "ctrl+a BackSpace");

  window_driver_type (driver, "see http://x.org/a or a/b");
  g_assert_false (is_menu_open (driver));
}

static void
test_slash_action (WindowDriver *driver)
{
  window_driver_type (driver, "Hello");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_type (driver, "/new");
  window_driver_keys (driver, "Tab");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 0);
  assert_draft (driver, "");
}

/* A system prompt stands first and the question below; a conversation that has begun stays as
 * it is. */
static void
test_system (WindowDriver *driver)
{
  g_autofree char *sent = NULL;

  window_driver_type (driver, "Hello");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  baleen_composer_open_template (composer (driver), "plain-editor");
  window_driver_type (driver, "Parents");
  window_driver_keys (driver, "Return");
  window_driver_type (driver, "Shorten this.");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 3);
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpuint (fake_backend_get_n_turns (), ==, 2);
  sent = fake_backend_dup_last_turn ();
  g_assert_cmpstr (sent, ==, "Shorten this.");
}

/* ---- the library ---------------------------------------------------------------------------- */

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
  g_assert_cmpstr (baleen_template_filling_get_template (
                       baleen_template_form_get_filling (form (driver)))
                       ->id,
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
  window_driver_wait (100);
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
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  window_driver_wait (50);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        dialog = window;
    }
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  g_test_message ("%s", adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), part));
  g_assert_cmpint (get_least_width (dialog), <=, 360);
  gtk_window_destroy (GTK_WINDOW (dialog));
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

typedef struct
{
  const char *promise;
  WindowDriverFunc first;
  WindowDriverFunc second; /* (nullable) */
} Case;

static void
run_case (WindowDriver *driver,
          gconstpointer data)
{
  const Case *visits = data;

  fake_backend_set_answer (NULL, "One two three.", 2000);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
  window_driver_run (driver, visits->first);
  if (visits->second != NULL)
    window_driver_run (driver, visits->second);
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
    { "/templates/the-preview-is-what-is-sent", test_fill, test_refill },
    { "/templates/what-is-missing-is-said-at-the-field", test_required },
    { "/templates/closing-keeps-and-clear-can-be-undone", test_close },
    { "/templates/a-form-comes-back-with-its-draft", test_draft, test_draft_again },
    { "/templates/every-type-has-its-widget", test_types },
    { "/templates/every-type-is-sent-as-it-is-previewed", test_all_types_sent },
    { "/templates/slash-opens-a-menu-and-takes-a-template", test_slash },
    { "/templates/a-slash-can-be-a-slash", test_slash_refused },
    { "/templates/slash-does-what-the-window-can", test_slash_action },
    { "/templates/the-library-keeps-what-is-mine", test_library },
    { "/templates/import-takes-what-it-can", test_import },
    { "/templates/library-and-editor-fit-360", test_narrow },
    { "/templates/an-import-says-what-it-took", test_left_out },
    { "/templates/a-message-becomes-a-template", test_from_message },
    { "/templates/one-is-shared-as-a-file-or-copied", test_share },
    { "/templates/hostile-files-are-told-apart", test_hostile },
    { "/templates/the-editor-saves-what-can-be-read", test_editor },
    { "/templates/a-system-prompt-begins-a-conversation", test_system },
  };

  /* A file is read by this program, started again. */
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);

  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].promise, WindowDriver, &cases[i], NULL, run_case, tear_down);
  return g_test_run ();
}
