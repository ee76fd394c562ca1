/* The template form and the slash menu, as a user meets them. Needs a display of its own and
 * xdotool. */
#include <string.h>

#include "baleen-composer.h"
#include "baleen-field-row.h"
#include "baleen-template-form.h"
#include "baleen-template-picker.h"
#include "child.h"
#include "fake-backend.h"
#include "template-filling.h"
#include "window-cases.h"

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

int
main (int    argc,
      char **argv)
{
  /* A file is read by this program, started again. */
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);

  window_cases_init (&argc, &argv);
  WINDOW_CASE2 ("/templates/the-preview-is-what-is-sent", test_fill, test_refill);
  WINDOW_CASE ("/templates/what-is-missing-is-said-at-the-field", test_required);
  WINDOW_CASE ("/templates/closing-keeps-and-clear-can-be-undone", test_close);
  WINDOW_CASE2 ("/templates/a-form-comes-back-with-its-draft", test_draft, test_draft_again);
  WINDOW_CASE ("/templates/every-type-has-its-widget", test_types);
  WINDOW_CASE ("/templates/every-type-is-sent-as-it-is-previewed", test_all_types_sent);
  WINDOW_CASE ("/templates/slash-opens-a-menu-and-takes-a-template", test_slash);
  WINDOW_CASE ("/templates/a-slash-can-be-a-slash", test_slash_refused);
  WINDOW_CASE ("/templates/slash-does-what-the-window-can", test_slash_action);
  WINDOW_CASE ("/templates/a-system-prompt-begins-a-conversation", test_system);

  return g_test_run ();
}
