#include "baleen-downloads-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "address-asking.h"
#include "baleen-download-dialog.h"
#include "baleen-download-row.h"

struct _BaleenDownloadsPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *entry;
  GtkWidget *spinner;
  GtkWidget *problem;
  GtkWidget *list;
  GtkWidget *none;

  BaleenDownloads *downloads; /* (owned) */
  GSettings *settings;        /* (owned) */
  GCancellable *cancellable;  /* (owned) (nullable) while an address is asked */
};

G_DEFINE_FINAL_TYPE (BaleenDownloadsPage, baleen_downloads_page, GTK_TYPE_WIDGET)

enum
{
  CANCELLED,
  USE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- an address ----------------------------------------------------------------------- */

static void
end_asking (BaleenDownloadsPage *self)
{
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
}

static void
say_problem (BaleenDownloadsPage *self,
             const char          *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence);
  gtk_widget_set_visible (self->problem, *sentence != '\0');
}

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BaleenDownloadsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = baleen_address_asking_resolve_finish (result, &error);
  GtkRoot *root;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->scroller == NULL)
    return;
  end_asking (self);
  if (files == NULL)
    {
      say_problem (self, error->message);
      return;
    }
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (baleen_download_dialog_new_for_files (
        GTK_WINDOW (root), self->downloads, self->settings, files)));
}

void
baleen_downloads_page_ask (BaleenDownloadsPage *self,
                           const char          *address)
{
  g_autofree char *mirror = g_settings_get_string (self->settings, "mirror");
  g_autofree char *text = g_strstrip (g_strdup (address));

  if (*text == '\0')
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  end_asking (self);
  say_problem (self, "");
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  baleen_address_asking_resolve_async (text, mirror, self->cancellable, resolved_cb,
                                       g_object_ref (self));
}

static void
apply_cb (BaleenDownloadsPage *self)
{
  baleen_downloads_page_ask (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* ---- what is under way ---------------------------------------------------------------- */

static void
cancelled_cb (BaleenDownloadsPage *self,
              BaleenModelDownload *download)
{
  g_signal_emit (self, signals[CANCELLED], 0, download);
}

static void
use_cb (BaleenDownloadsPage *self,
        const char          *path)
{
  g_signal_emit (self, signals[USE], 0, path);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  BaleenDownloadsPage *self = user_data;
  GtkWidget *row = baleen_download_row_new (self->downloads, item);

  g_signal_connect_object (row, "cancelled", G_CALLBACK (cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "use", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
items_changed_cb (BaleenDownloadsPage *self)
{
  const gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (self->downloads)) > 0;

  gtk_widget_set_visible (self->list, has_any);
  gtk_widget_set_visible (self->none, !has_any);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_downloads_page_dispose (GObject *object)
{
  BaleenDownloadsPage *self = BALEEN_DOWNLOADS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->downloads);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baleen_downloads_page_parent_class)->dispose (object);
}

static void
baleen_downloads_page_class_init (BaleenDownloadsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_downloads_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CANCELLED]
      = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_DOWNLOAD);
  signals[USE] = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
address_new (BaleenDownloadsPage *self)
{
  GtkWidget *group
      = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("From an Address"), "description",
                      _("A GGUF file, or a repository of Hugging Face (owner/name) or ModelScope "
                        "(ms:owner/name), with :Q8_0 behind it for a quantization"),
                      NULL);

  self->entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Address or repository"),
                              "show-apply-button", TRUE, "input-purpose", GTK_INPUT_PURPOSE_URL,
                              NULL);
  self->spinner = g_object_new (GTK_TYPE_SPINNER, "visible", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Asking…"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->entry), self->spinner);
  g_signal_connect_swapped (self->entry, "apply", G_CALLBACK (apply_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);

  return group;
}

static void
baleen_downloads_page_init (BaleenDownloadsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem, "problem");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Downloads"), -1);
  self->none = g_object_new (GTK_TYPE_LABEL, "label",
                             _("Nothing is being downloaded. What you fetch from the catalogue or "
                               "from an address is shown here."),
                             "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_box_append (GTK_BOX (box), address_new (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_widget_add_css_class (box, "library-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "vexpand", TRUE, "focusable", FALSE, "child", clamp, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Downloads"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
baleen_downloads_page_new (BaleenDownloads *downloads,
                           GSettings       *settings)
{
  BaleenDownloadsPage *self = g_object_new (BALEEN_TYPE_DOWNLOADS_PAGE, NULL);

  self->downloads = g_object_ref (downloads);
  self->settings = g_object_ref (settings);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (downloads), create_row, self,
                           NULL);
  g_signal_connect_object (downloads, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self);

  return GTK_WIDGET (self);
}
