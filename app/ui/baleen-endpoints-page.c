#include "baleen-endpoints-page.h"

#include <glib/gi18n.h>

#include "baleen-endpoint-editor.h"
#include "baleen-icon-button.h"
#include "model-words.h"

struct _BaleenEndpointsPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *none;

  BaleenModelShelf *shelf; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenEndpointsPage, baleen_endpoints_page, GTK_TYPE_WIDGET)

enum
{
  USE,
  SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- what is done with one ------------------------------------------------------------ */

static void
saved_cb (BaleenEndpointsPage *self)
{
  baleen_model_shelf_refresh (self->shelf);
}

void
baleen_endpoints_page_edit (BaleenEndpointsPage *self,
                            const char          *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenEndpoint) endpoint = id != NULL ? baleen_endpoints_find (id, &error) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *editor;

  if (error != NULL)
    {
      g_signal_emit (self, signals[SAID], 0, error->message);
      return;
    }
  editor = baleen_endpoint_editor_new (endpoint);
  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (editor), TRUE);
  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

/* The keyring may ask to be unlocked, so it is asked on a thread. */
static void
remove_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (baleen_endpoints_remove (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  BaleenEndpointsPage *self = BALEEN_ENDPOINTS_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit (self, signals[SAID], 0, error->message);
  if (self->shelf != NULL)
    baleen_model_shelf_refresh (self->shelf);
}

static void
remove_response_cb (AdwMessageDialog    *dialog,
                    const char          *response,
                    BaleenEndpointsPage *self)
{
  g_autoptr (GTask) task = NULL;

  if (!g_str_equal (response, "remove"))
    return;
  task = g_task_new (self, NULL, removed_cb, NULL);
  g_task_set_task_data (task, g_strdup (g_object_get_data (G_OBJECT (dialog), "id")), g_free);
  g_task_run_in_thread (task, remove_thread);
}

static void
ask_to_remove (BaleenEndpointsPage *self,
               BaleenModelItem     *item)
{
  g_autofree char *heading
      = g_strdup_printf (_("Remove “%s”?"), baleen_model_item_get_name (item));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
      _("Its key leaves your keyring. Conversations with it stay."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove",
                                    _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (baleen_model_item_get_id (item)),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- rows ----------------------------------------------------------------------------- */

static void
use_cb (GtkWidget           *button,
        BaleenEndpointsPage *self)
{
  BaleenModelItem *item = g_object_get_data (G_OBJECT (button), "item");

  g_signal_emit (self, signals[USE], 0, baleen_model_item_get_id (item));
}

static void
edit_cb (GtkWidget           *button,
         BaleenEndpointsPage *self)
{
  baleen_endpoints_page_edit (self, baleen_model_item_get_id (
                                        g_object_get_data (G_OBJECT (button), "item")));
}

static void
remove_cb (GtkWidget           *button,
           BaleenEndpointsPage *self)
{
  ask_to_remove (self, g_object_get_data (G_OBJECT (button), "item"));
}

static void
add_button (BaleenEndpointsPage *self,
            GtkWidget           *row,
            BaleenModelItem     *item,
            GtkWidget           *button,
            GCallback            clicked)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (BaleenEndpointsPage *self,
         BaleenModelItem     *item)
{
  g_autofree char *place = baleen_model_words_place (item);
  g_autofree char *plain
      = g_strdup_printf ("%s · %s", place, baleen_model_item_get_server_model (item));
  g_autofree char *subtitle = g_markup_escape_text (plain, -1);
  g_autofree char *title = g_markup_escape_text (baleen_model_item_get_name (item), -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);
  GtkWidget *edit = baleen_icon_button_new ("document-edit-symbolic", _("Edit"));
  GtkWidget *remove = baleen_icon_button_new ("user-trash-symbolic", _("Remove"));

  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (remove, "flat");
  add_button (self, row, item, gtk_button_new_with_label (_("Use")), G_CALLBACK (use_cb));
  add_button (self, row, item, edit, G_CALLBACK (edit_cb));
  add_button (self, row, item, remove, G_CALLBACK (remove_cb));

  return row;
}

static void
fill (BaleenEndpointsPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shelf));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenModelItem) item = g_list_model_get_item (G_LIST_MODEL (self->shelf), i);

      if (baleen_model_item_get_kind (item) == BALEEN_MODEL_ENDPOINT)
        gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (self, item));
    }
  child = gtk_widget_get_first_child (self->list);
  gtk_widget_set_visible (self->list, child != NULL);
  gtk_widget_set_visible (self->none, child == NULL);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
new_cb (BaleenEndpointsPage *self)
{
  baleen_endpoints_page_edit (self, NULL);
}

static void
baleen_endpoints_page_dispose (GObject *object)
{
  BaleenEndpointsPage *self = BALEEN_ENDPOINTS_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (baleen_endpoints_page_parent_class)->dispose (object);
}

static void
baleen_endpoints_page_class_init (BaleenEndpointsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_endpoints_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[USE] = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baleen_endpoints_page_init (BaleenEndpointsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *add = gtk_button_new_with_label (_("New Endpoint…"));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Endpoints"), -1);
  self->none = g_object_new (
      GTK_TYPE_LABEL, "label",
      _("When this computer is too small for a model, a server can answer in the same window: your "
        "own, your company's, or the DeepSeek API. What you write goes there."),
      "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_halign (add, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (new_cb), self);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), add);
  gtk_widget_add_css_class (box, "library-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "vexpand", TRUE, "focusable", FALSE, "child", clamp, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Endpoints"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
baleen_endpoints_page_new (BaleenModelShelf *shelf)
{
  BaleenEndpointsPage *self = g_object_new (BALEEN_TYPE_ENDPOINTS_PAGE, NULL);

  self->shelf = g_object_ref (shelf);
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}
