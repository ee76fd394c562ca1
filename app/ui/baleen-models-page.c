#include "baleen-models-page.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-model-detail.h"
#include "baleen-model-list.h"

struct _BaleenModelsPage
{
  GtkWidget parent_instance;

  GtkWidget *leaflet;
  GtkWidget *list;
  GtkWidget *side; /* of the detail */
  GtkWidget *detail;
  GtkWidget *back;
  GtkWidget *main;   /* Use or Download */
  GtkWidget *remove;

  BaleenModelShelf *shelf;    /* (owned) */
  BaleenDownloads *downloads; /* (owned) */
  BaleenModelItem *shown;     /* (owned) (nullable) */
  char *current;              /* (owned) (nullable) */
  char *now;                  /* (owned) (nullable) */
  gboolean is_catalogue;
};

G_DEFINE_FINAL_TYPE (BaleenModelsPage, baleen_models_page, GTK_TYPE_WIDGET)

enum
{
  USE,
  DOWNLOAD,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static BaleenModelItem *
get_item (BaleenModelsPage *self)
{
  return baleen_model_list_get_selected (BALEEN_MODEL_LIST (self->list));
}

/* Of the catalogue's model the file that is here already. */
static BaleenModelItem *
find_installed (BaleenModelsPage *self,
                BaleenModelItem  *item)
{
  return self->is_catalogue
             ? baleen_model_shelf_find_file (self->shelf,
                                             baleen_model_item_get_file (item)->file)
             : item;
}

static void
update_buttons (BaleenModelsPage *self)
{
  BaleenModelItem *item = get_item (self);
  BaleenModelItem *installed = item != NULL ? find_installed (self, item) : NULL;
  const gboolean is_current
      = installed != NULL
        && g_strcmp0 (self->current, baleen_model_item_get_id (installed)) == 0;
  const gboolean is_coming
      = item != NULL && installed == NULL
        && baleen_downloads_find (self->downloads, baleen_model_item_get_file (item)->file)
               != NULL;

  /* What cannot be read cannot be used either. */
  gtk_widget_set_sensitive (self->main,
                            item != NULL && !is_current && !is_coming
                                && baleen_model_item_get_problem (item) == NULL);
  gtk_button_set_label (GTK_BUTTON (self->main), is_coming           ? _("Downloading…")
                                                 : is_current        ? _("Answers Now")
                                                 : installed != NULL ? _("Use")
                                                                     : _("Download…"));
  gtk_widget_set_visible (self->remove, installed != NULL && !self->is_catalogue
                                            && baleen_model_item_is_own (installed));
}

static void
show_item (BaleenModelsPage *self)
{
  BaleenModelItem *item = get_item (self);
  const gboolean is_current
      = item != NULL && g_strcmp0 (self->current, baleen_model_item_get_id (item)) == 0;

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, update_buttons, self);
  g_set_object (&self->shown, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (update_buttons), self,
                             G_CONNECT_SWAPPED);
  baleen_model_detail_show (BALEEN_MODEL_DETAIL (self->detail), item,
                            is_current ? self->now : NULL);
  update_buttons (self);
}

static void
chosen_cb (BaleenModelsPage *self)
{
  show_item (self);
  if (adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)))
    adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->side);
}

static void
main_cb (BaleenModelsPage *self)
{
  BaleenModelItem *item = get_item (self);
  BaleenModelItem *installed = item != NULL ? find_installed (self, item) : NULL;

  if (installed != NULL)
    g_signal_emit (self, signals[USE], 0, baleen_model_item_get_id (installed));
  else if (item != NULL)
    g_signal_emit (self, signals[DOWNLOAD], 0, item);
}

static void
remove_cb (BaleenModelsPage *self)
{
  BaleenModelItem *item = get_item (self);

  if (item != NULL)
    g_signal_emit (self, signals[REMOVE], 0, item);
}

static void
back_cb (BaleenModelsPage *self)
{
  adw_leaflet_navigate (ADW_LEAFLET (self->leaflet), ADW_NAVIGATION_DIRECTION_BACK);
}

void
baleen_models_page_set_current (BaleenModelsPage *self,
                                const char       *id,
                                const char       *now)
{
  g_free (self->current);
  g_free (self->now);
  self->current = g_strdup (id);
  self->now = g_strdup (now);
  baleen_model_list_set_current (BALEEN_MODEL_LIST (self->list), id);
  show_item (self);
}

void
baleen_models_page_select (BaleenModelsPage *self,
                           const char       *id)
{
  baleen_model_list_select (BALEEN_MODEL_LIST (self->list), id);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_models_page_dispose (GObject *object)
{
  BaleenModelsPage *self = BALEEN_MODELS_PAGE (object);

  g_clear_pointer (&self->leaflet, gtk_widget_unparent);
  g_clear_object (&self->shelf);
  g_clear_object (&self->downloads);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->now, g_free);
  G_OBJECT_CLASS (baleen_models_page_parent_class)->dispose (object);
}

static void
baleen_models_page_class_init (BaleenModelsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_models_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[USE] = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DOWNLOAD]
      = g_signal_new ("download", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_ITEM);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_ITEM);
}

static void
baleen_models_page_init (BaleenModelsPage *self)
{
}

static GtkWidget *
side_new (BaleenModelsPage *self,
          GSettings        *settings)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tools = gtk_action_bar_new ();

  self->detail = baleen_model_detail_new (self->shelf, settings);
  self->back = baleen_icon_button_new ("go-previous-symbolic", _("Back"));
  self->main = gtk_button_new_with_label (_("Use"));
  self->remove = gtk_button_new_with_label (_("Remove…"));
  gtk_widget_add_css_class (self->main, "suggested-action");
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->main, "clicked", G_CALLBACK (main_cb), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (tools), self->back);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (tools), self->main);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (tools), self->remove);
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_set_vexpand (self->detail, TRUE);
  gtk_box_append (GTK_BOX (box), self->detail);
  gtk_box_append (GTK_BOX (box), tools);
  gtk_widget_set_size_request (box, 340, -1);
  gtk_widget_set_hexpand (box, TRUE);

  return box;
}

GtkWidget *
baleen_models_page_new (BaleenModelShelf *shelf,
                        BaleenDownloads  *downloads,
                        GSettings        *settings,
                        gboolean          is_catalogue)
{
  BaleenModelsPage *self = g_object_new (BALEEN_TYPE_MODELS_PAGE, NULL);

  self->shelf = g_object_ref (shelf);
  self->downloads = g_object_ref (downloads);
  self->is_catalogue = is_catalogue;
  self->leaflet = adw_leaflet_new ();
  self->list = baleen_model_list_new (
      is_catalogue ? baleen_model_shelf_get_catalogue (shelf) : G_LIST_MODEL (shelf), settings,
      is_catalogue ? _("Catalogue") : _("Installed"));
  gtk_widget_set_size_request (self->list, 300, -1);
  g_signal_connect_swapped (self->list, "chosen", G_CALLBACK (chosen_cb), self);
  self->side = side_new (self, settings);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->list);
  adw_leaflet_page_set_navigatable (
      adw_leaflet_append (ADW_LEAFLET (self->leaflet),
                          gtk_separator_new (GTK_ORIENTATION_VERTICAL)),
      FALSE);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->side);
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  gtk_widget_set_parent (self->leaflet, GTK_WIDGET (self));
  g_signal_connect_object (downloads, "changed", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_item (self);

  return GTK_WIDGET (self);
}
