#include "baleen-model-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-model-shelf.h"
#include "model-words.h"

/* In a popover. */
#define SHORT_HEIGHT 340
#define SHORT_ROWS 7

struct _BaleenModelList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *search;
  GtkWidget *scroller;
  GtkWidget *list;

  GListModel *model;   /* (owned) */
  GSettings *settings; /* (owned) */
  char *current;       /* (owned) (nullable) */
  char *selected;      /* (owned) (nullable) */
  gboolean is_short;
};

G_DEFINE_FINAL_TYPE (BaleenModelList, baleen_model_list, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- rows ----------------------------------------------------------------------------- */

static BaleenModelItem *
row_get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static void
set_line (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

/* After what was found out came. */
static void
fill_row (GtkListBoxRow *row)
{
  BaleenModelItem *item = row_get_item (row);
  const gboolean is_server = baleen_model_item_get_kind (item) == BALEEN_MODEL_ENDPOINT;
  g_autofree char *size = baleen_model_words_size (item);
  g_autofree char *verdict = is_server ? baleen_model_words_place (item)
                                       : baleen_model_shelf_describe (item);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", baleen_model_item_get_name (item), size,
                                           verdict);
  const BaleenFit *fit = baleen_model_item_get_fit (item);
  g_autofree char *why = fit != NULL ? baleen_fit_explain (fit) : NULL;
  const char *icon = baleen_model_words_icon (item);

  set_line (g_object_get_data (G_OBJECT (row), "size"), size);
  set_line (g_object_get_data (G_OBJECT (row), "verdict"), verdict);
  gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (row), "icon"),
                                icon != NULL ? icon : "content-loading-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
line_new (const char *text,
          const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (class != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, class);
    }

  return label;
}

static GtkWidget *
row_new (BaleenModelList *self,
         BaleenModelItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START,
                                  "margin-top", 2, NULL);
  GtkWidget *size = line_new ("", "dim-label");
  GtkWidget *verdict = line_new ("", "verdict");

  gtk_box_append (GTK_BOX (words), line_new (baleen_model_item_get_name (item), NULL));
  gtk_box_append (GTK_BOX (words), size);
  gtk_box_append (GTK_BOX (words), verdict);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  if (g_strcmp0 (self->current, baleen_model_item_get_id (item)) == 0)
    {
      GtkWidget *tick = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", NULL);

      gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("answers now"), -1);
      gtk_box_append (GTK_BOX (box), tick);
    }
  gtk_widget_add_css_class (box, "model-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "size", size);
  g_object_set_data (G_OBJECT (row), "verdict", verdict);
  g_signal_connect_object (item, "changed", G_CALLBACK (fill_row), row, G_CONNECT_SWAPPED);
  fill_row (GTK_LIST_BOX_ROW (row));

  return row;
}

/* ---- list ----------------------------------------------------------------------------- */

static gboolean
is_wanted (BaleenModelList *self,
           BaleenModelItem *item)
{
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (item);
  const char *maker = entry != NULL && entry->maker != NULL ? entry->maker : "";
  g_autofree char *text
      = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (baleen_model_item_get_name (item), -1);

  return strstr (name, text) != NULL || g_str_match_string (text, maker, TRUE);
}

/* Only what somebody sees is worth the time. */
static void
look (BaleenModelList *self)
{
  g_autofree char *device = g_settings_get_string (self->settings, "device");
  GtkListBoxRow *row;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    baleen_model_item_look (row_get_item (row), device);
}

static void
fill (BaleenModelList *self)
{
  const guint n = g_list_model_get_n_items (self->model);
  g_autofree char *selected = g_strdup (self->selected);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL
         && GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenModelItem) item = g_list_model_get_item (self->model, i);

      if (is_wanted (self, item))
        gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (self, item));
    }
  look (self);
  gtk_widget_set_visible (self->search, !self->is_short || n > SHORT_ROWS);
  if (selected != NULL)
    baleen_model_list_select (self, selected);
}

static void
selected_cb (BaleenModelList *self,
             GtkListBoxRow   *row)
{
  BaleenModelItem *item = row != NULL ? row_get_item (row) : NULL;

  if (item == NULL)
    return;
  g_free (self->selected);
  self->selected = g_strdup (baleen_model_item_get_id (item));
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
activated_cb (BaleenModelList *self,
              GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[ACTIVATED], 0, row_get_item (row));
}

void
baleen_model_list_set_is_short (BaleenModelList *self)
{
  self->is_short = TRUE;
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), SHORT_HEIGHT);
  gtk_widget_remove_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "models");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  fill (self);
}

void
baleen_model_list_focus (BaleenModelList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (gtk_widget_get_visible (self->search))
    gtk_widget_grab_focus (self->search);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

BaleenModelItem *
baleen_model_list_get_selected (BaleenModelList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? row_get_item (row) : NULL;
}

void
baleen_model_list_select (BaleenModelList *self,
                          const char      *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    if (g_str_equal (baleen_model_item_get_id (row_get_item (row)), id))
      {
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
        return;
      }
}

void
baleen_model_list_set_current (BaleenModelList *self,
                               const char      *id)
{
  if (g_strcmp0 (self->current, id) == 0)
    return;
  g_free (self->current);
  self->current = g_strdup (id);
  fill (self);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_model_list_dispose (GObject *object)
{
  BaleenModelList *self = BALEEN_MODEL_LIST (object);

  g_clear_object (&self->model);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_model_list_parent_class)->dispose (object);
}

static void
baleen_model_list_class_init (BaleenModelListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_model_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_ITEM);
  signals[ACTIVATED]
      = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_ITEM);
}

static void
baleen_model_list_init (BaleenModelList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search models"), -1);
  gtk_widget_add_css_class (self->search, "model-search");
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (fill), self);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "vexpand", TRUE, "focusable", FALSE, "child", self->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Models"), -1);
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baleen_model_list_new (GListModel *model,
                       GSettings  *settings,
                       const char *name)
{
  BaleenModelList *self = g_object_new (BALEEN_TYPE_MODEL_LIST, NULL);

  self->model = g_object_ref (model);
  self->settings = g_object_ref (settings);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::device", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (self, "map", G_CALLBACK (look), NULL);
  fill (self);

  return GTK_WIDGET (self);
}
