/* Pages of the web that go with a message: read once, when the user says so, without a search. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "attachment-reading.h"
#include "web-page.h"

/* A page on its way to its attachment. */
typedef struct
{
  BaleenAttachment *attachment; /* (owned) */
  BaleenEngineService *engine;  /* (owned) */
} Reading;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (BaleenAttachment) attachment = reading->attachment;
  g_autoptr (BaleenEngineService) engine = reading->engine;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenWebPage) page = baleen_web_page_read_finish (result, &error);

  if (page == NULL)
    {
      baleen_attachment_fail (attachment, error->message);
      return;
    }
  baleen_attachment_take_document (attachment, g_steal_pointer (&page->document));
  baleen_attachment_count (attachment, engine);
}

/* What people call a page: its address without what is before the host. */
static char *
name_link (const char *link)
{
  const char *start = strstr (link, "://");
  g_autofree char *name = g_strdup (start != NULL ? start + 3 : link);

  if (g_str_has_suffix (name, "/"))
    name[strlen (name) - 1] = '\0';
  return g_steal_pointer (&name);
}

static gboolean
is_attached (BaleenWindow *self,
             const char   *name)
{
  GPtrArray *attachments = baleen_composer_get_attachments (BALEEN_COMPOSER (self->composer));

  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (baleen_attachment_get_name (attachments->pdata[i]), name))
      return TRUE;
  return FALSE;
}

static void
read_link (BaleenWindow *self,
           const char   *link)
{
  g_autofree char *address = strstr (link, "://") != NULL ? g_strdup (link)
                                                          : g_strconcat ("https://", link, NULL);
  g_autofree char *name = name_link (address);
  const BaleenWebPageOptions options
      = { .is_private = baleen_conversation_get_is_temporary (self->conversation) };
  Reading *reading;

  if (is_attached (self, name))
    {
      g_signal_emit_by_name (self->composer, "doubled");
      return;
    }
  reading = g_new (Reading, 1);
  reading->attachment = baleen_attachment_new (name, NULL);
  reading->engine = g_object_ref (baleen_application_get_engine (self->application));
  baleen_composer_add_attachment (BALEEN_COMPOSER (self->composer), reading->attachment);
  baleen_web_page_read_async (address, &options, NULL, read_cb, reading);
}

static void
wanted_cb (BaleenWindow *self,
           const char   *link)
{
  read_link (self, link);
}

/* ---- asked for in the menu ------------------------------------------------------------ */

static GtkEditable *
entry_of (GtkWidget *dialog)
{
  return GTK_EDITABLE (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)));
}

static void
changed_cb (GtkWidget *dialog)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (entry_of (dialog)));

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "read",
                                           *g_strstrip (text) != '\0');
}

static void
answered_cb (GtkWidget    *dialog,
             const char   *response,
             BaleenWindow *self)
{
  g_autofree char *link = g_strdup (gtk_editable_get_text (entry_of (dialog)));

  g_strstrip (link);
  if (g_str_equal (response, "read") && *link != '\0' && self->conversation != NULL)
    read_link (self, link);
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

static void
read_link_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _("Read a Link"),
      _("The page is fetched from its address and goes with your message. Nothing else is "
        "sent there."));
  GtkWidget *entry
      = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", "https://", "activates-default", TRUE,
                      "input-purpose", GTK_INPUT_PURPOSE_URL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Address"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "read",
                                    _("_Read"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "read",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "read");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "read", FALSE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
baleen_window_watch_links (BaleenWindow *self)
{
  g_signal_connect_swapped (self->composer, "read-link", G_CALLBACK (wanted_cb), self);
}

void
baleen_window_class_install_link_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.read-link", NULL, read_link_cb);
}
