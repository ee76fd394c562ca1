#include "baleen-adapter-row.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"

struct _BaleenAdapterRow
{
  AdwActionRow parent_instance;

  GtkWidget *none;
  BaleenModelShelf *shelf; /* (owned) */
  BaleenModelItem *item;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenAdapterRow, baleen_adapter_row, ADW_TYPE_ACTION_ROW)

static void
say (BaleenAdapterRow *self,
     const char       *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}

static void
show (BaleenAdapterRow *self)
{
  const char *adapter = baleen_model_item_get_adapter (self->item);

  say (self, adapter != NULL ? adapter : _("None"));
  gtk_widget_set_visible (self->none, adapter != NULL);
}

void
baleen_adapter_row_take (BaleenAdapterRow *self,
                         const char       *path)
{
  g_autoptr (GError) error = NULL;

  if (!baleen_model_shelf_set_adapter (self->shelf, self->item, path, &error))
    say (self, error->message);
}

static void
chosen_cb (GtkFileChooserNative *dialog,
           int                   response,
           BaleenAdapterRow     *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    baleen_adapter_row_take (self, path);
  g_object_unref (dialog);
}

static void
choose_cb (BaleenAdapterRow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Open Adapter"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("LoRA adapters (GGUF)"));
  gtk_file_filter_add_suffix (filter, "gguf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
none_cb (BaleenAdapterRow *self)
{
  baleen_adapter_row_take (self, NULL);
}

static void
baleen_adapter_row_dispose (GObject *object)
{
  BaleenAdapterRow *self = BALEEN_ADAPTER_ROW (object);

  g_clear_object (&self->shelf);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (baleen_adapter_row_parent_class)->dispose (object);
}

static void
baleen_adapter_row_class_init (BaleenAdapterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_adapter_row_dispose;
}

static void
baleen_adapter_row_init (BaleenAdapterRow *self)
{
  GtkWidget *choose = gtk_button_new_with_label (_("Choose…"));

  self->none = baleen_icon_button_new ("edit-clear-symbolic", _("Run Without an Adapter"));
  gtk_widget_add_css_class (self->none, "flat");
  gtk_widget_set_valign (self->none, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (choose, _("Open a LoRA adapter that was made for this model"));
  g_signal_connect_swapped (self->none, "clicked", G_CALLBACK (none_cb), self);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (choose_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->none);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), choose);
}

GtkWidget *
baleen_adapter_row_new (BaleenModelShelf *shelf,
                        BaleenModelItem  *item)
{
  BaleenAdapterRow *self = g_object_new (BALEEN_TYPE_ADAPTER_ROW, "title", _("Adapter"), NULL);

  self->shelf = g_object_ref (shelf);
  self->item = g_object_ref (item);
  show (self);

  return GTK_WIDGET (self);
}
