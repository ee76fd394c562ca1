/* How the window is laid out: in every state of window-scenes, at the least width, with large
 * text, and what stands where at each width. */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "baleen-answer-view.h"
#include "baleen-attachment.h"
#include "baleen-composer.h"
#include "baleen-message-row.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "child.h"
#include "message-host.h"
#include "window-cases.h"
#include "window-document-scenes.h"

#define LEAST_WIDTH 360
#define COLUMN_WIDTH 760

typedef void (*WidgetFunc) (GtkWidget *widget,
                            gpointer   user_data);

/* Everything below that can be seen. */
static void
for_each (GtkWidget *widget,
          WidgetFunc func,
          gpointer   user_data)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  func (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each (child, func, user_data);
}

static void
set_size (WindowDriver *driver,
          int           width,
          int           height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  /* Its frame takes a few of them. */
  window_driver_wait_until (ABS (gtk_widget_get_width (GTK_WIDGET (driver->window)) - width) < 20);
  window_driver_wait (300);
}

static void
set_font_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
  window_driver_wait (60);
}

static void
set_up (WindowDriver *driver,
        gconstpointer data)
{
  window_scenes_init (driver);
}

/* ---- in every state ------------------------------------------------------------------- */

static int
least_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The widest of the widest: who is to blame. */
static GtkWidget *
find_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child)
        && (widest == NULL || least_width (child) > least_width (widest)))
      widest = child;
  return widest != NULL ? find_widest (widest) : widget;
}

/* The type of ours that it is a part of. */
static const char *
name_home (GtkWidget *widget)
{
  while (widget != NULL && !g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Baleen"))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL ? G_OBJECT_TYPE_NAME (widget) : "no widget of ours";
}

static gboolean
is_ours (GtkWidget *widget)
{
  return g_str_has_prefix (name_home (widget), "Baleen");
}

static guint
check_width (WindowDriver      *driver,
             const WindowScene *scene,
             int                most)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (driver->window));
  const int width = least_width (content);
  GtkWidget *widest;

  if (width <= most)
    return 0;
  widest = find_widest (content);
  g_test_message ("%s needs a width of %d, most for the %s “%s” in %s", scene->name, width,
                  G_OBJECT_TYPE_NAME (widest),
                  GTK_IS_LABEL (widest) ? gtk_label_get_text (GTK_LABEL (widest)) : "",
                  name_home (widest));
  return 1;
}

typedef struct
{
  GtkWidget *window;
  guint n_below;
} Reach;

static void
look_for_what_is_below (GtkWidget *widget,
                        gpointer   user_data)
{
  Reach *reach = user_data;
  graphene_rect_t place;

  /* A popover may reach beyond it. */
  if (!GTK_IS_BUTTON (widget) || GTK_WIDGET (gtk_widget_get_native (widget)) != reach->window)
    return;
  window_cases_place (widget, reach->window, &place);
  if (place.origin.y + place.size.height > gtk_widget_get_height (reach->window))
    reach->n_below++;
}

typedef struct
{
  guint n_seen;
  guint n_other;
} Names;

/* Whatever is written or attached, the tools stay within the window. */
static guint
check_tools (WindowDriver      *driver,
             const WindowScene *scene)
{
  Reach reach = { .window = GTK_WIDGET (driver->window) };

  for_each (driver->window->composer, look_for_what_is_below, &reach);
  if (reach.n_below > 0)
    g_test_message ("%s: %u tools are below the window", scene->name, reach.n_below);
  return reach.n_below;
}

/* Says what a property is when it is asked whether it is something else. */
static char *
dup_name (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
}

/* What has no words to be read is called what its tooltip says, without the shortcut. */
static void
look_for_other_name (GtkWidget *widget,
                     gpointer   user_data)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  g_autofree char *name = NULL;
  Names *names = user_data;

  if (!(GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) || tooltip == NULL
      || window_driver_find (widget, GTK_TYPE_LABEL, NULL) != NULL || !is_ours (widget))
    return;
  names->n_seen++;
  name = dup_name (widget);
  if (name != NULL && *name != '\0' && g_str_has_prefix (tooltip, name))
    return;
  names->n_other++;
  g_test_message ("“%s” is the tooltip of what is called “%s” in %s", tooltip, name,
                  name_home (widget));
}

static void
check_names (Names             *names,
             const WindowScene *scene)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  const guint before = names->n_other;

  for (GList *l = windows; l != NULL; l = l->next)
    for_each (l->data, look_for_other_name, names);
  if (names->n_other > before)
    g_test_message ("in %s", scene->name);
}

static void
check_states (WindowDriver      *driver,
              const WindowScene *scenes,
              guint              n_scenes,
              guint              n_least_names)
{
  guint n_wide = 0;
  Names names = { 0 };

  set_size (driver, LEAST_WIDTH, 660);
  for (guint i = 0; i < n_scenes; i++)
    {
      scenes[i].show (driver);
      window_driver_wait (60);
      n_wide += check_width (driver, &scenes[i], LEAST_WIDTH);
      n_wide += check_tools (driver, &scenes[i]);
      check_names (&names, &scenes[i]);
      set_font_scale (1.5);
      n_wide += check_width (driver, &scenes[i], LEAST_WIDTH);
      set_font_scale (1);
      window_scenes_close (driver);
    }
  g_assert_cmpuint (n_wide, ==, 0);
  g_test_message ("%u names were compared", names.n_seen);
  g_assert_cmpuint (names.n_seen, >, n_least_names);
  g_assert_cmpuint (names.n_other, ==, 0);
}

static void
test_every_state (WindowDriver *driver)
{
  check_states (driver, window_scenes, window_scenes_n, 400);
}

static void
test_documents (WindowDriver *driver)
{
  check_states (driver, window_document_scenes, window_document_scenes_n, 60);
}

/* A label that neither wraps nor ellipsizes must have its whole text in its place. */
static void
look_for_cut_text (GtkWidget *widget,
                   gpointer   user_data)
{
  guint *n_cut = user_data;
  int width, height;

  if (!GTK_IS_LABEL (widget) || gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE)
    return;
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (widget)), &width, &height);
  if (width <= gtk_widget_get_width (widget) + 1 && height <= gtk_widget_get_height (widget) + 1)
    return;
  g_test_message ("“%s” is %d × %d in %d × %d", gtk_label_get_text (GTK_LABEL (widget)), width,
                  height, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  *n_cut += 1;
}

static void
check_large_text (WindowDriver      *driver,
                  const WindowScene *scenes,
                  guint              n_scenes)
{
  guint n_cut = 0;

  set_size (driver, 800, 700);
  set_font_scale (2);
  for (guint i = 0; i < n_scenes; i++)
    {
      if (!scenes[i].is_main)
        continue;
      scenes[i].show (driver);
      window_driver_wait (200);
      n_cut += check_width (driver, &scenes[i], 800);
      for_each (GTK_WIDGET (driver->window), look_for_cut_text, &n_cut);
      window_scenes_close (driver);
    }
  set_font_scale (1);
  g_assert_cmpuint (n_cut, ==, 0);
}

static void
test_large_text (WindowDriver *driver)
{
  check_large_text (driver, window_scenes, window_scenes_n);
}

static void
test_large_documents (WindowDriver *driver)
{
  check_large_text (driver, window_document_scenes, window_document_scenes_n);
}

/* ---- what stands where ---------------------------------------------------------------- */

static void
show (WindowDriver *driver,
      const char   *name)
{
  for (guint i = 0; i < window_scenes_n; i++)
    if (g_str_equal (window_scenes[i].name, name))
      window_scenes[i].show (driver);
  window_driver_wait (300);
}

typedef struct
{
  guint n_window_buttons;
  guint n_accented;
  guint n_sideways;
  GArray *header_heights; /* of int */
} Layout;

static gboolean
scrolls_sideways (GtkWidget *widget)
{
  GtkAdjustment *adjustment;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return FALSE;
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  return gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 1
         && gtk_widget_get_ancestor (widget, BALEEN_TYPE_MESSAGE_ROW) == NULL;
}

static void
note_layout (GtkWidget *widget,
             gpointer   user_data)
{
  Layout *layout = user_data;

  if (GTK_IS_WINDOW_CONTROLS (widget) && !gtk_window_controls_get_empty (GTK_WINDOW_CONTROLS (widget)))
    layout->n_window_buttons++;
  if (gtk_widget_has_css_class (widget, "suggested-action"))
    layout->n_accented++;
  if (scrolls_sideways (widget))
    layout->n_sideways++;
  if (ADW_IS_HEADER_BAR (widget))
    {
      const int height = gtk_widget_get_height (widget);

      g_array_append_val (layout->header_heights, height);
    }
}

/* One set of window buttons, headers of one height, one accent, nothing that scrolls sideways
 * but in a message, a centred column that is never too wide. */
static void
assert_layout (WindowDriver *driver,
               const char   *scene,
               int           width)
{
  Layout layout = { .header_heights = g_array_new (FALSE, FALSE, sizeof (int)) };
  GtkWidget *row = window_driver_find_in (driver, BALEEN_TYPE_MESSAGE_ROW, NULL);

  show (driver, scene);
  g_test_message ("%s at %d", scene, width);
  for_each (GTK_WIDGET (driver->window), note_layout, &layout);
  g_assert_cmpuint (layout.n_window_buttons, ==, 1);
  g_assert_cmpuint (layout.n_accented, <=, 1);
  g_assert_cmpuint (layout.n_sideways, ==, 0);
  for (guint i = 1; i < layout.header_heights->len; i++)
    g_assert_cmpint (g_array_index (layout.header_heights, int, i), ==,
                     g_array_index (layout.header_heights, int, 0));
  g_array_unref (layout.header_heights);

  row = window_driver_find_in (driver, BALEEN_TYPE_MESSAGE_ROW, NULL);
  if (row != NULL)
    {
      graphene_rect_t place, view;

      window_cases_place (row, driver->window, &place);
      window_cases_place (driver->window->transcript, driver->window, &view);
      g_assert_cmpfloat (place.size.width, <=, COLUMN_WIDTH);
      g_assert_cmpfloat (fabs ((place.origin.x + place.size.width / 2)
                               - (view.origin.x + view.size.width / 2)), <=, 2);
    }
  window_scenes_close (driver);
}

static void
test_layout (WindowDriver *driver)
{
  static const int sizes[][2] = { { 1280, 800 }, { 800, 700 }, { 360, 660 } };
  static const char *const scenes[] = { "empty", "done", "panel", "sidebar", "answering", "form" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      set_size (driver, sizes[i][0], sizes[i][1]);
      for (guint j = 0; j < G_N_ELEMENTS (scenes); j++)
        assert_layout (driver, scenes[j], sizes[i][0]);
    }
}

static void
test_panel (WindowDriver *driver)
{
  set_size (driver, 1280, 800);
  show (driver, "panel");
  window_driver_wait_until (
      window_driver_find (driver->window->panel, GTK_TYPE_LABEL, "2  Interim note") != NULL);
  window_scenes_close (driver);
}

/* ---- nothing moves -------------------------------------------------------------------- */

typedef struct
{
  int height;  /* of the whole row */
  double text; /* where its text begins in it */
} RowShape;

static RowShape
measure_row (WindowDriver  *driver,
             BaleenMessage *message)
{
  BaleenMessageRow *row
      = baleen_transcript_get_row (BALEEN_TRANSCRIPT (driver->window->transcript), message);
  GtkWidget *view = NULL;
  graphene_rect_t place;

  /* Numbers are told twice a second. */
  window_driver_wait (120);
  view = window_driver_find (row, BALEEN_TYPE_ANSWER_VIEW, NULL);
  g_assert_nonnull (view);
  window_cases_place (view, row, &place);
  return (RowShape) { gtk_widget_get_height (GTK_WIDGET (row)), place.origin.y };
}

/* Of one answer, in every state it goes through and may end in. */
static void
assert_same_heights (WindowDriver *driver,
                     double        scale)
{
  static const BaleenState states[]
      = { BALEEN_STATE_LOADING,   BALEEN_STATE_READING, BALEEN_STATE_THINKING,
          BALEEN_STATE_ANSWERING, BALEEN_STATE_DONE,    BALEEN_STATE_STOPPED,
          BALEEN_STATE_CUT,       BALEEN_STATE_INTERRUPTED };
  BaleenMessage *message;
  RowShape first = { 0, 0 }, failed;

  set_font_scale (scale);
  show (driver, "answering");
  message = window_driver_get_last (driver);
  baleen_message_set_host (message, "api.deepseek.com");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      RowShape shape;

      baleen_message_set_step (message, states[i] == BALEEN_STATE_LOADING
                                            ? "Loading DeepSeek-R1-0528-Qwen3-8B · 62%"
                                            : NULL);
      baleen_message_set_state (message, states[i]);
      shape = measure_row (driver, message);
      g_test_message ("state %d at %.1f: %d high, text at %.0f", states[i], scale, shape.height,
                      shape.text);
      if (i == 0)
        first = shape;
      g_assert_cmpint (shape.height, ==, first.height);
      g_assert_cmpfloat (shape.text, ==, first.text);
    }
  /* Why it failed comes after the text, and moves nothing of it. */
  baleen_message_fail (message, "The model file changed while it was in use. The answer so far is "
                       "kept.", BALEEN_REMEDY_RELOAD);
  failed = measure_row (driver, message);
  g_assert_cmpfloat (failed.text, ==, first.text);
  g_assert_cmpint (failed.height, >, first.height);
  window_scenes_close (driver);
  set_font_scale (1);
}

static void
test_states_move_nothing (WindowDriver *driver)
{
  set_size (driver, 1280, 800);
  assert_same_heights (driver, 1);
  set_size (driver, LEAST_WIDTH, 660);
  assert_same_heights (driver, 1);
  assert_same_heights (driver, 1.5);
}

/* ---- the cards of the empty page ------------------------------------------------------ */

static void
click_card (WindowDriver *driver,
            const char   *title)
{
  GtkWidget *label = NULL;

  window_driver_wait_until (
      (label = window_driver_find (driver->window->empty_page, GTK_TYPE_LABEL, title)) != NULL);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  window_driver_wait (100);
}

/* Each fills what is written in and sends nothing by itself. */
static void
test_examples (WindowDriver *driver)
{
  BaleenComposer *composer = BALEEN_COMPOSER (driver->window->composer);
  BaleenAttachment *attachment;

  click_card (driver, "Summarize a Document");
  g_assert_cmpuint (baleen_composer_get_attachments (composer)->len, ==, 1);
  attachment = baleen_composer_get_attachments (composer)->pdata[0];
  window_driver_wait_until (baleen_attachment_get_document (attachment) != NULL);
  g_assert_cmpuint (baleen_attachment_get_document (attachment)->n_pages, ==, 12);
  g_ptr_array_unref (baleen_composer_take_attachments (composer));

  click_card (driver, "Count Letters");
  window_cases_assert_draft (driver, "How many times does the letter \"l\" appear in \"illegal\"?");
  g_assert_true (baleen_composer_get_think (composer));
  baleen_composer_set_text (composer, "");

  click_card (driver, "Ask With a Template");
  g_assert_cmpuint (window_driver_get_n_messages (driver), ==, 0);
  window_driver_keys (driver, "ctrl+Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_nonnull (strstr (baleen_message_get_text (baleen_conversation_get_parent (
                                baleen_window_get_conversation (driver->window),
                                window_driver_get_last (driver))),
                            "I run a small bakery with two employees"));
}

int
main (int    argc,
      char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);

  window_cases_init (&argc, &argv);
#define SHAPE(path, func) WINDOW_CASE_AFTER (set_up, path, func, NULL)
  SHAPE ("/shape/every-state-fits-the-least-width-and-is-named", test_every_state);
  SHAPE ("/shape/documents-fit-the-least-width-and-are-named", test_documents);
  SHAPE ("/shape/large-text-of-documents-is-not-cut", test_large_documents);
  SHAPE ("/shape/states-move-nothing", test_states_move_nothing);
  SHAPE ("/shape/large-text-is-not-cut", test_large_text);
  SHAPE ("/shape/what-stands-where", test_layout);
  SHAPE ("/shape/the-panel-opens-with-the-last-sources", test_panel);
  SHAPE ("/shape/examples-fill-and-do-not-send", test_examples);
  return g_test_run ();
}
