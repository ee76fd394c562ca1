/* What is to be seen, pixel by pixel: whether words stand out from what is behind them, in every
 * main state of window-scenes and every style, and whether one sees where the focus is. */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "baleen-window-private.h"
#include "child.h"
#include "picture.h"
#include "window-cases.h"
#include "window-scenes.h"

#define TEXT_CONTRAST 4.5
#define SHAPE_CONTRAST 3.0
/* A ring that can be told from what was there. */
#define FOCUS_CONTRAST 1.5
#define FOCUS_PIXELS 30

typedef struct
{
  const char *name;
  const char *style;
  const char *high_contrast;
} Style;

static const Style styles[] = {
  { "light", "light", "system" },
  { "dark", "dark", "system" },
  { "high contrast", "light", "always" },
  { "dark high contrast", "dark", "always" },
};

static void
set_up (WindowDriver *driver,
        gconstpointer data)
{
  window_scenes_init (driver);
}

/* Colours change at once, and the same frame is drawn again and again. */
static void
set_style (WindowDriver *driver,
           const Style  *style)
{
  GSettings *settings = baleen_application_get_settings (driver->application);

  g_settings_set_string (settings, "reduces-motion", "always");
  g_settings_set_string (settings, "style", style->style);
  g_settings_set_string (settings, "high-contrast", style->high_contrast);
  window_driver_wait (20);
}

typedef void (*WidgetFunc) (GtkWidget *widget,
                            gpointer   user_data);

/* Everything below that can be seen; what lies under something else is not left out. */
static void
for_each (GtkWidget *widget,
          WidgetFunc func,
          gpointer   user_data)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget)
      || gtk_widget_get_opacity (widget) < 0.01)
    return;
  func (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each (child, func, user_data);
}

/* ---- words and shapes ----------------------------------------------------------------- */

typedef struct
{
  const char *scene;
  const char *style;
  Picture *picture;
  guint n_seen;
  guint n_faint;
} Look;

/* Of a widget the whole of which is in view; FALSE for others. */
static gboolean
get_seen_place (GtkWidget       *widget,
                graphene_rect_t *place)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_native (widget));
  graphene_rect_t view;

  if (!gtk_widget_compute_bounds (widget, root, place) || place->size.width < 2
      || place->size.height < 2)
    return FALSE;
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL;
       above = gtk_widget_get_parent (above))
    if (gtk_widget_get_overflow (above) == GTK_OVERFLOW_HIDDEN || above == root)
      {
        if (!gtk_widget_compute_bounds (above, root, &view)
            || !graphene_rect_contains_rect (&view, place))
          return FALSE;
      }
  return TRUE;
}

static void
tell (Look       *look,
      const char *words,
      double      contrast)
{
  look->n_faint++;
  g_test_message ("%s, %s: “%s” has a contrast of %.2f", look->scene, look->style, words, contrast);
}

/* Colours that parts of the text have of their own: code, links. */
static void
look_at_colours (Look     *look,
                 GtkLabel *label,
                 GdkRGBA   behind)
{
  PangoAttrList *attributes = pango_layout_get_attributes (gtk_label_get_layout (label));
  GSList *list = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;

  for (GSList *l = list; l != NULL; l = l->next)
    {
      const PangoAttribute *attribute = l->data;
      const PangoColor *colour = &((PangoAttrColor *) attribute)->color;
      double contrast;

      if (attribute->klass->type != PANGO_ATTR_FOREGROUND)
        continue;
      contrast = picture_contrast (
          (GdkRGBA) { colour->red / 65535.0, colour->green / 65535.0, colour->blue / 65535.0, 1 },
          behind);
      if (contrast < TEXT_CONTRAST)
        {
          g_autofree char *words
              = g_strndup (gtk_label_get_text (label) + attribute->start_index,
                           MIN (attribute->end_index, strlen (gtk_label_get_text (label)))
                               - attribute->start_index);

          tell (look, words, contrast);
        }
    }
  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);
}

/* What cannot be used now may be dim. */
static void
look_at (GtkWidget *widget,
         gpointer   user_data)
{
  Look *look = user_data;
  const gboolean is_text = GTK_IS_LABEL (widget);
  graphene_rect_t place;
  GdkRGBA behind;
  double contrast;

  if ((!is_text && !GTK_IS_IMAGE (widget)) || !gtk_widget_is_sensitive (widget)
      || (is_text && *gtk_label_get_text (GTK_LABEL (widget)) == '\0')
      || !get_seen_place (widget, &place))
    return;
  contrast = picture_find_contrast (look->picture, &place, &behind);
  /* Nothing is drawn of what has no opacity. */
  if (contrast < 1.02)
    return;
  look->n_seen++;
  if (is_text)
    look_at_colours (look, GTK_LABEL (widget), behind);
  if (contrast < (is_text ? TEXT_CONTRAST : SHAPE_CONTRAST))
    tell (look,
          is_text ? gtk_label_get_text (GTK_LABEL (widget))
                  : gtk_image_get_icon_name (GTK_IMAGE (widget)),
          contrast);
}

/* The main one and what it opened. */
static void
look_at_windows (Look *look)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_widget_get_mapped (l->data))
      {
        look->picture = picture_new (l->data);
        for_each (l->data, look_at, look);
        g_clear_pointer (&look->picture, picture_free);
      }
}

static void
look_at_scene (WindowDriver      *driver,
               const WindowScene *scene,
               Look              *look)
{
  scene->show (driver);
  look->scene = scene->name;
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      set_style (driver, &styles[i]);
      look->style = styles[i].name;
      look_at_windows (look);
    }
  window_scenes_close (driver);
}

static void
test_contrast (WindowDriver *driver)
{
  Look look = { 0 };

  for (guint i = 0; i < window_scenes_n; i++)
    if (window_scenes[i].is_main)
      look_at_scene (driver, &window_scenes[i], &look);
  g_test_message ("%u words and shapes were looked at", look.n_seen);
  g_assert_cmpuint (look.n_seen, >, 1000);
  g_assert_cmpuint (look.n_faint, ==, 0);
}

/* ---- focus ---------------------------------------------------------------------------- */

/* The pixels that differ between two pictures of the same place. */
static guint
count_ring_pixels (GtkWindow *window,
                   GtkWidget *focus)
{
  g_autoptr (Picture) with = NULL;
  g_autoptr (Picture) without = NULL;
  graphene_rect_t place;

  gtk_window_set_focus_visible (window, TRUE);
  with = picture_new (GTK_WIDGET (window));
  gtk_window_set_focus_visible (window, FALSE);
  without = picture_new (GTK_WIDGET (window));
  gtk_window_set_focus_visible (window, TRUE);
  if (!gtk_widget_compute_bounds (focus, GTK_WIDGET (window), &place))
    return 0;
  graphene_rect_inset (&place, -6, -6);
  return picture_count_differences (with, without, &place, FOCUS_CONTRAST);
}

static void
look_at_focus (GtkWindow *window,
               GtkWidget *focus,
               Look      *look)
{
  const guint n = count_ring_pixels (window, focus);

  look->n_seen++;
  if (n >= FOCUS_PIXELS)
    return;
  look->n_faint++;
  g_test_message ("%s, %s: the focus of a %s in a %s has %u pixels", look->scene, look->style,
                  G_OBJECT_TYPE_NAME (focus), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)), n);
}

/* Where text is written the caret shows it. */
static gboolean
has_caret (GtkWidget *focus)
{
  return GTK_IS_TEXT_VIEW (focus) || GTK_IS_TEXT (focus);
}

/* Tab goes round and comes back to the draft, and wherever it stops one sees it. */
static void
go_round (WindowDriver *driver,
          Look         *look)
{
  GtkWindow *window = GTK_WINDOW (driver->window);
  GtkWidget *focus, *last = NULL;
  guint n_stops = 0;

  gtk_widget_grab_focus (window_cases_text_view (driver));
  g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
  while ((focus = gtk_window_get_focus (window)) != window_cases_text_view (driver))
    {
      g_assert_nonnull (focus);
      if (focus == last)
        g_error ("%s: Tab does not leave the %s in a %s", look->scene, G_OBJECT_TYPE_NAME (focus),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)));
      g_assert_cmpuint (++n_stops, <, 60);
      if (!has_caret (focus))
        look_at_focus (window, focus, look);
      last = focus;
      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
    }
  g_assert_cmpuint (n_stops, >, 10);
}

static void
test_focus (WindowDriver *driver)
{
  static const char *const scenes[] = { "done", "attachment", "panel", NULL };
  Look look = { 0 };

  for (guint i = 0; i < window_scenes_n; i++)
    if (g_strv_contains (scenes, window_scenes[i].name))
      {
        window_scenes[i].show (driver);
        look.scene = window_scenes[i].name;
        for (guint j = 0; j < G_N_ELEMENTS (styles); j++)
          {
            set_style (driver, &styles[j]);
            look.style = styles[j].name;
            go_round (driver, &look);
          }
        window_scenes_close (driver);
      }
  g_test_message ("the focus was looked at in %u places", look.n_seen);
  g_assert_cmpuint (look.n_seen, >, 150);
  g_assert_cmpuint (look.n_faint, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);

  window_cases_init (&argc, &argv);
#define LOOKS(path, func) WINDOW_CASE_AFTER (set_up, path, func, NULL)
  LOOKS ("/looks/words-and-shapes-stand-out", test_contrast);
  LOOKS ("/looks/tab-goes-round-and-the-focus-is-seen", test_focus);
  return g_test_run ();
}
