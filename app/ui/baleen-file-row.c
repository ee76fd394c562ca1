#include "baleen-file-row.h"

#include <glib/gi18n.h>

struct _BaleenFileRow
{
  AdwComboRow parent_instance;

  BaleenModelItem *item; /* (owned) (nullable) whose files are in the list */
  gboolean has_fits;     /* and whether it says what they would be */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BaleenFileRow, baleen_file_row, ADW_TYPE_COMBO_ROW)

static char *
describe (BaleenModelItem *item,
          guint            i)
{
  const BaleenCatalogueFile *file = baleen_model_item_get_entry (item)->files->pdata[i];
  const BaleenFit *fit = baleen_model_item_get_file_fit (item, i);
  g_autofree char *size = g_format_size (file->n_bytes);
  g_autofree char *verdict = fit != NULL ? baleen_fit_describe (fit, NULL, 0) : NULL;

  return verdict != NULL ? g_strdup_printf ("%s · %s · %s", file->quantization, size, verdict)
                         : g_strdup_printf ("%s · %s", file->quantization, size);
}

/* The list says all of it, the row itself the name alone: the rest stands around it. */
static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         BaleenFileRow            *self)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));
  g_auto (GStrv) parts = g_strsplit (text, " · ", 2);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (list_item)), parts[0]);
}

static void
bind_list_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              BaleenFileRow            *self)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (list_item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (list_item)));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          BaleenFileRow            *self)
{
  gtk_list_item_set_child (list_item, g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE,
                                                    "max-width-chars", 44, NULL));
}

static void
fill (BaleenFileRow *self)
{
  GPtrArray *files = baleen_model_item_get_entry (self->item)->files;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < files->len; i++)
    gtk_string_list_take (names, describe (self->item, i));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
}

void
baleen_file_row_show (BaleenFileRow   *self,
                      BaleenModelItem *item)
{
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (item);
  const BaleenCatalogueFile *file = baleen_model_item_get_file (item);
  const gboolean has_fits = baleen_model_item_get_file_fit (item, 0) != NULL;
  guint chosen;

  gtk_widget_set_visible (GTK_WIDGET (self),
                          file != NULL && entry != NULL && entry->files->len > 1);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  self->is_filling = TRUE;
  if (item != self->item || has_fits != self->has_fits)
    {
      g_set_object (&self->item, item);
      self->has_fits = has_fits;
      fill (self);
    }
  if (g_ptr_array_find (entry->files, file, &chosen))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), chosen);
  self->is_filling = FALSE;
}

static void
selected_cb (BaleenFileRow *self)
{
  const guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (!self->is_filling && self->item != NULL && chosen != GTK_INVALID_LIST_POSITION)
    baleen_model_item_choose_file (self->item, chosen);
}

static void
baleen_file_row_dispose (GObject *object)
{
  g_clear_object (&BALEEN_FILE_ROW (object)->item);
  G_OBJECT_CLASS (baleen_file_row_parent_class)->dispose (object);
}

static void
baleen_file_row_class_init (BaleenFileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_file_row_dispose;
}

static GtkListItemFactory *
factory_new (BaleenFileRow *self,
             GCallback      bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", bind, self);

  return factory;
}

static void
baleen_file_row_init (BaleenFileRow *self)
{
  g_autoptr (GtkListItemFactory) name = factory_new (self, G_CALLBACK (bind_cb));
  g_autoptr (GtkListItemFactory) whole = factory_new (self, G_CALLBACK (bind_list_cb));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Quantization"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("More bits answer better and take more memory"));
  adw_combo_row_set_factory (ADW_COMBO_ROW (self), name);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self), whole);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

GtkWidget *
baleen_file_row_new (void)
{
  return g_object_new (BALEEN_TYPE_FILE_ROW, NULL);
}
