#include "baleen-found-window.h"

#include <glib/gi18n.h>

#include "found-models.h"

struct _BaleenFoundWindow
{
  AdwWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *stack;
  GtkWidget *list;

  BaleenModelShelf *shelf;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenFoundWindow, baleen_found_window, ADW_TYPE_WINDOW)

/* ---- what was found ------------------------------------------------------------------- */

static void
mark_added (GtkWidget *button)
{
  gtk_button_set_label (GTK_BUTTON (button), _("In the Library"));
  gtk_widget_set_sensitive (button, FALSE);
}

static void
add_cb (GtkWidget         *button,
        BaleenFoundWindow *self)
{
  const BaleenFoundModel *model = g_object_get_data (G_OBJECT (button), "model");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = baleen_found_model_link (model, &error);
  g_autofree char *escaped = error != NULL ? g_markup_escape_text (error->message, -1) : NULL;

  if (name == NULL)
    {
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (escaped));
      return;
    }
  mark_added (button);
  baleen_model_shelf_refresh (self->shelf);
}

/* Takes the model. */
static GtkWidget *
row_new (BaleenFoundWindow *self,
         BaleenFoundModel  *model)
{
  g_autofree char *size = g_format_size (model->n_bytes);
  g_autofree char *plain = g_strdup_printf ("%s · %s", model->program, size);
  g_autofree char *subtitle = g_markup_escape_text (plain, -1);
  g_autofree char *title = g_markup_escape_text (model->name, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle,
                                 "tooltip-text", model->path, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Add"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "model", model,
                          (GDestroyNotify) baleen_found_model_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  if (model->is_linked)
    mark_added (button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
scan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, baleen_found_models_scan (cancellable),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  BaleenFoundWindow *self = BALEEN_FOUND_WINDOW (source);
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL || self->shelf == NULL)
    return;
  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (self, found->pdata[i]));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), found->len > 0 ? "found" : "none");
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_found_window_dispose (GObject *object)
{
  BaleenFoundWindow *self = BALEEN_FOUND_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (baleen_found_window_parent_class)->dispose (object);
}

static void
baleen_found_window_finalize (GObject *object)
{
  g_object_unref (BALEEN_FOUND_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (baleen_found_window_parent_class)->finalize (object);
}

static void
baleen_found_window_class_init (BaleenFoundWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_found_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_found_window_finalize;
}

static GtkWidget *
page_new (BaleenFoundWindow *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller;

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Models of Other Programs"), -1);
  gtk_widget_add_css_class (clamp, "library-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), self->list);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "focusable", FALSE, "child", clamp, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Models of Other Programs"), -1);

  return scroller;
}

static GtkWidget *
words_new (const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "justify",
                                   GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, "library-page");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
baleen_found_window_init (BaleenFoundWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->cancellable = g_cancellable_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), words_new (_("Looking…")), "looking");
  gtk_stack_add_named (GTK_STACK (self->stack), page_new (self), "found");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       words_new (_("Neither LM Studio, Ollama, GPT4All nor the cache of Hugging "
                                    "Face has a GGUF model on this computer.")),
                       "none");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->stack);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_window_set_content (ADW_WINDOW (self), self->toasts);
  gtk_window_set_title (GTK_WINDOW (self), _("Models of Other Programs"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 480);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
baleen_found_window_new (GtkWindow        *parent,
                         BaleenModelShelf *shelf)
{
  BaleenFoundWindow *self = g_object_new (BALEEN_TYPE_FOUND_WINDOW, "transient-for", parent,
                                          "modal", TRUE, NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, scanned_cb, NULL);

  self->shelf = g_object_ref (shelf);
  g_task_run_in_thread (task, scan_thread);

  return GTK_WIDGET (self);
}
