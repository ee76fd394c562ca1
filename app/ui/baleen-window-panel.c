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

/* The places of `message` that are in the same file, and which of them `source` is. */
static GPtrArray *
list_places (BaleenMessage *message,
             BaleenSource  *source,
             guint         *position)
{
  GPtrArray *sources = baleen_message_get_sources (message);
  GPtrArray *places = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sources->len; i++)
    if (g_strcmp0 (baleen_source_get_file (sources->pdata[i]), baleen_source_get_file (source))
        == 0)
      {
        if (sources->pdata[i] == source)
          *position = places->len;
        g_ptr_array_add (places, g_object_ref (sources->pdata[i]));
      }
  return places;
}

void
baleen_window_show_document (BaleenWindow     *self,
                             BaleenAttachment *attachment,
                             GPtrArray        *places,
                             guint             position)
{
  BaleenDocumentView *view = BALEEN_DOCUMENT_VIEW (self->document_view);

  baleen_document_view_set_attachment (view, attachment);
  baleen_window_open_panel (self, "document");
  baleen_document_view_set_places (view, places, position);
}

/* FALSE when the document is not with the conversation any more. */
static gboolean
show_place (BaleenWindow  *self,
            BaleenMessage *message,
            BaleenSource  *source)
{
  BaleenAttachment *attachment = baleen_document_desk_find (self->conversation, message,
                                                            baleen_source_get_file (source));
  g_autoptr (GPtrArray) places = NULL;
  guint position = 0;

  if (attachment == NULL)
    return FALSE;
  places = list_places (message, source, &position);
  baleen_window_show_document (self, attachment, places, position);
  return TRUE;
}

static void
moved_out_cb (BaleenWindow     *self,
              BaleenAttachment *attachment)
{
  GtkWidget *view = baleen_document_view_new (FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window
      = g_object_new (ADW_TYPE_WINDOW, "title", baleen_attachment_get_name (attachment),
                      "default-width", 720, "default-height", 800, "content", box, "application",
                      self->application, NULL);

  baleen_document_view_set_attachment (BALEEN_DOCUMENT_VIEW (view), attachment);
  gtk_widget_set_vexpand (view, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), view);
  baleen_window_close_panel (self);
  gtk_window_present (GTK_WINDOW (window));
}

/* A file's place is shown beside the conversation, a page of the web in the browser. */
static void
source_opened_cb (BaleenSourcesPage *page,
                  BaleenSource      *source,
                  BaleenWindow      *self)
{
  const char *url = baleen_source_get_url (source);
  BaleenMessage *message = baleen_sources_page_get_message (page);
  g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;

  if (baleen_source_get_file (source) != NULL && message != NULL)
    show_place (self, message, source);
  else if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0)
    gtk_show_uri (GTK_WINDOW (self), url, GDK_CURRENT_TIME);
}

void
baleen_window_build_panel (BaleenWindow *self)
{
  self->sources_page = baleen_sources_page_new ();
  g_signal_connect (self->sources_page, "opened", G_CALLBACK (source_opened_cb), self);
  baleen_side_panel_add_page (BALEEN_SIDE_PANEL (self->panel), self->sources_page, "sources",
                              _("Sources"), "view-list-symbolic");
  self->document_view = baleen_document_view_new (TRUE);
  g_signal_connect_swapped (self->document_view, "moved-out", G_CALLBACK (moved_out_cb), self);
  baleen_side_panel_add_page (BALEEN_SIDE_PANEL (self->panel), self->document_view, "document",
                              _("Document"), "text-x-generic-symbolic");
  self->ledger_page = baleen_ledger_page_new ();
  baleen_side_panel_add_page (BALEEN_SIDE_PANEL (self->panel), self->ledger_page, "ledger",
                              _("Ledger"), "view-continuous-symbolic");
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
  BaleenSource *source = baleen_sources_find (baleen_message_get_sources (message), number);

  if (source != NULL && baleen_source_get_file (source) != NULL
      && show_place (self, message, source))
    {
      baleen_sources_page_set_message (page, message);
      return;
    }
  baleen_sources_page_set_message (page, message);
  baleen_window_open_panel (self, "sources");
  if (number > 0)
    baleen_sources_page_show_source (page, number);
}

static gboolean
is_of_conversation (BaleenWindow  *self,
                    BaleenMessage *message)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) each = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);

      if (each == message)
        return TRUE;
    }
  return FALSE;
}

/* Opened by itself, it has the sources of the last answer that rests on any. */
static void
show_last_sources (BaleenWindow *self)
{
  BaleenSourcesPage *page = BALEEN_SOURCES_PAGE (self->sources_page);
  BaleenMessage *shown = baleen_sources_page_get_message (page);
  BaleenMessage *message;

  if (self->conversation == NULL || (shown != NULL && is_of_conversation (self, shown)))
    return;
  for (message = baleen_conversation_get_head (self->conversation); message != NULL;
       message = baleen_conversation_get_parent (self->conversation, message))
    if (baleen_message_get_sources (message)->len > 0)
      break;
  if (message != NULL || shown != NULL)
    baleen_sources_page_set_message (page, message);
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
  show_last_sources (self);
  baleen_window_open_panel (self, NULL);
  baleen_side_panel_take_focus (BALEEN_SIDE_PANEL (self->panel));
}

void
baleen_window_class_install_panel_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.panel", NULL, panel_cb);
}
