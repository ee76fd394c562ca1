/* The side panel of the window: when it is open, and what it shows. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#define PANEL_WIDTH 320
#define WIDE_PANEL_WIDTH 420
#define WIDE_PANEL_FROM 1440

static AdwFlap *
flap (BaleenWindow *self)
{
  return ADW_FLAP (self->panel_flap);
}

/* Only web pages are opened from here; files are shown by the page for documents. */
static void
source_opened_cb (BaleenSourcesPage *page,
                  BaleenSource      *source,
                  BaleenWindow      *self)
{
  const char *url = baleen_source_get_url (source);
  g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;

  if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0)
    gtk_show_uri (GTK_WINDOW (self), url, GDK_CURRENT_TIME);
}

void
baleen_window_build_panel (BaleenWindow *self)
{
  self->sources_page = baleen_sources_page_new ();
  g_signal_connect (self->sources_page, "opened", G_CALLBACK (source_opened_cb), self);
  baleen_side_panel_add_page (BALEEN_SIDE_PANEL (self->panel), self->sources_page, "sources",
                              _("Sources"), "view-list-symbolic");
}

static gboolean
is_revealed (BaleenWindow *self)
{
  return adw_flap_get_reveal_flap (flap (self));
}

void
baleen_window_open_panel (BaleenWindow *self,
                          const char   *page)
{
  if (!is_revealed (self))
    g_set_weak_pointer (&self->panel_opener, gtk_window_get_focus (GTK_WINDOW (self)));
  if (page != NULL)
    baleen_side_panel_show_page (BALEEN_SIDE_PANEL (self->panel), page);
  adw_flap_set_reveal_flap (flap (self), TRUE);
}

/* The focus goes back to what opened it, as after any dialog. */
void
baleen_window_close_panel (BaleenWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  const gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->panel);

  adw_flap_set_reveal_flap (flap (self), FALSE);
  if (had_focus
      && (self->panel_opener == NULL || !gtk_widget_get_mapped (self->panel_opener)
          || !gtk_widget_grab_focus (self->panel_opener)))
    gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
  g_clear_weak_pointer (&self->panel_opener);
}

void
baleen_window_update_panel (BaleenWindow *self)
{
  const gboolean is_open = is_revealed (self);
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), !is_open);
  baleen_side_panel_set_has_buttons (BALEEN_SIDE_PANEL (self->panel), is_open);
  gtk_widget_set_visible (self->panel_button,
                          !is_open && self->size_class != BALEEN_SIZE_NARROW);
  gtk_widget_set_size_request (self->panel,
                               width >= WIDE_PANEL_FROM ? WIDE_PANEL_WIDTH : PANEL_WIDTH, -1);
}

void
baleen_window_show_source (BaleenWindow  *self,
                           BaleenMessage *message,
                           int            number)
{
  BaleenSourcesPage *page = BALEEN_SOURCES_PAGE (self->sources_page);

  baleen_sources_page_set_message (page, message);
  baleen_window_open_panel (self, "sources");
  if (number > 0)
    baleen_sources_page_show_source (page, number);
}

static void
panel_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (is_revealed (self))
    {
      baleen_window_close_panel (self);
      return;
    }
  baleen_window_open_panel (self, NULL);
  baleen_side_panel_take_focus (BALEEN_SIDE_PANEL (self->panel));
}

void
baleen_window_class_install_panel_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.panel", NULL, panel_cb);
}
