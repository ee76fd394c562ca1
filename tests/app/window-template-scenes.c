#include "window-template-scenes.h"

#include <adwaita.h>

#include "baleen-template-editor.h"
#include "baleen-template-form.h"
#include "baleen-template-shelf.h"
#include "baleen-template-window.h"

static gboolean
is_chinese (void)
{
  return g_str_equal (baleen_template_shelf_get_language (), "zh");
}

/* As wide as the window over which it lies, so that a narrow picture shows it narrow. */
static void
fit (WindowDriver *driver,
     GtkWidget    *window)
{
  const int width = MIN (gtk_widget_get_width (GTK_WIDGET (driver->window)), 860);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 600);
  gtk_window_present (GTK_WINDOW (window));
  window_driver_wait (300);
}

static GtkWidget *
open_library (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  GtkWidget *library = baleen_template_window_new (shelf);

  gtk_window_set_transient_for (GTK_WINDOW (library), GTK_WINDOW (driver->window));
  fit (driver, library);
  return library;
}

static GtkWidget *
open_form (WindowDriver *driver)
{
  GtkWidget *form, *text;

  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  if (window_driver_find_in (driver, BALEEN_TYPE_TEMPLATE_FORM, NULL) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.template", NULL);
  window_driver_wait (400);
  form = window_driver_find_in (driver, BALEEN_TYPE_TEMPLATE_FORM, NULL);
  text = form != NULL ? window_driver_find (form, GTK_TYPE_TEXT_VIEW, NULL) : NULL;
  if (text != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)),
                              is_chinese () ? "我出租一套两居室，租客叫小陈，住了四年。"
                                            : "I let a flat with two rooms. The tenant, Ann, has "
                                              "lived in it for four years.", -1);
  window_driver_wait (300);
  return form;
}

static void
close_form (WindowDriver *driver)
{
  if (window_driver_find_in (driver, BALEEN_TYPE_TEMPLATE_FORM, NULL) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.template", NULL);
  window_driver_wait (200);
}

static void
show_form (WindowDriver *driver)
{
  open_form (driver);
}

static void
show_preview (WindowDriver *driver)
{
  GtkWidget *form = open_form (driver);
  GtkWidget *preview = window_driver_find (form, GTK_TYPE_TOGGLE_BUTTON,
                                           is_chinese () ? "预览" : "Preview");

  if (preview != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preview), TRUE);
  window_driver_wait (400);
}

static void
show_library (WindowDriver *driver)
{
  close_form (driver);
  open_library (driver);
}

static void
show_detail (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver);
  GtkWidget *label
      = window_driver_find (library, GTK_TYPE_LABEL, is_chinese () ? "会议纪要" : "Compare Options");
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row != NULL)
    g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  window_driver_wait (500);
}

static void
show_editor (WindowDriver *driver)
{
  BaleenTemplateShelf *shelf = baleen_application_get_shelf (driver->application);
  const BaleenTemplate *letter
      = baleen_template_shelf_find (shelf, is_chinese () ? "letter-zh" : "letter");
  GtkWidget *editor = baleen_template_editor_new (shelf, letter, FALSE);

  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (driver->window));
  fit (driver, editor);
}

static void
show_import (WindowDriver *driver)
{
  g_autofree char *path = g_build_filename (driver->directory, "prompts.csv", NULL);
  GtkWidget *library = open_library (driver);

  g_file_set_contents (path, "act,prompt\nA,One\n,Nobody has named me\nEmpty one,\n", -1, NULL);
  baleen_template_window_import (BALEEN_TEMPLATE_WINDOW (library), path);
  window_driver_wait (400);
}

const WindowScene window_template_scenes[] = {
  { "template-form", show_form, FALSE },
  { "template-preview", show_preview, FALSE },
  { "template-list", show_library, FALSE },
  { "template-detail", show_detail, FALSE },
  { "template-editor", show_editor, FALSE },
  { "template-import", show_import, FALSE },
};
const guint window_template_scenes_n = G_N_ELEMENTS (window_template_scenes);
