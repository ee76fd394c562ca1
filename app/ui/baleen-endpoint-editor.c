#include "baleen-endpoint-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "address-asking.h"

/* Models of a server that are offered; the others are typed. */
#define MODELS_AT_MOST 200

struct _BaleenEndpointEditor
{
  AdwWindow parent_instance;

  GtkWidget *address;
  GtkWidget *name;
  GtkWidget *key;
  GtkWidget *model;
  GtkWidget *models; /* a menu button beside it, once the server's are known */
  GtkWidget *model_list;
  GtkWidget *think;
  GtkWidget *test;
  GtkWidget *spinner;
  GtkWidget *result;
  GtkWidget *save;

  char *before;              /* (owned) (nullable) its name until now */
  GCancellable *cancellable; /* (owned) (nullable) while it is tested */
  gint64 n_context;
};

G_DEFINE_FINAL_TYPE (BaleenEndpointEditor, baleen_endpoint_editor, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
say (BaleenEndpointEditor *self,
     const char           *sentence,
     gboolean              is_problem)
{
  gtk_label_set_text (GTK_LABEL (self->result), sentence);
  gtk_widget_set_visible (self->result, *sentence != '\0');
  if (is_problem)
    gtk_widget_add_css_class (self->result, "problem");
  else
    gtk_widget_remove_css_class (self->result, "problem");
}

/* What stands in the rows; with `may_lack_model` one that is only to be tested. */
static BaleenEndpoint *
read_rows (BaleenEndpointEditor *self,
           gboolean              may_lack_model,
           GError              **error)
{
  g_autofree char *address = dup_text (self->address), *name = dup_text (self->name);
  g_autofree char *model = dup_text (self->model);
  g_autofree char *whole = NULL;
  BaleenEndpoint *endpoint;

  /* Who types a name without a scheme means one that needs no encryption only on this computer. */
  if (*address != '\0' && strstr (address, "://") == NULL)
    whole = g_strconcat (g_str_has_prefix (address, "localhost")
                                 || g_str_has_prefix (address, "127.")
                             ? "http://" : "https://",
                         address, NULL);
  endpoint = baleen_endpoint_new (may_lack_model && *name == '\0' ? "new" : name,
                                  whole != NULL ? whole : address,
                                  may_lack_model && *model == '\0' ? BALEEN_ENDPOINT_ANY_MODEL
                                                                   : model,
                                  error);
  if (endpoint != NULL)
    {
      endpoint->think = adw_combo_row_get_selected (ADW_COMBO_ROW (self->think));
      endpoint->n_context = self->n_context;
    }

  return endpoint;
}

/* A key that was kept before stays as long as none is typed. */
static char *
dup_key (BaleenEndpointEditor *self)
{
  g_autofree char *key = dup_text (self->key);

  return *key != '\0' ? g_steal_pointer (&key) : NULL;
}

/* ---- testing -------------------------------------------------------------------------- */

static void
model_chosen_cb (BaleenEndpointEditor *self,
                 GtkListBoxRow        *row)
{
  gtk_editable_set_text (GTK_EDITABLE (self->model),
                         gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->models));
}

static void
fill_models (BaleenEndpointEditor *self,
             char                **models)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->model_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->model_list), child);
  for (guint i = 0; models[i] != NULL && i < MODELS_AT_MOST; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->model_list),
                         g_object_new (GTK_TYPE_LABEL, "label", models[i], "xalign", 0.0,
                                       "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL));
  gtk_widget_set_visible (self->models, models[0] != NULL);
}

static char *
say_test (const BaleenEndpointTest *test)
{
  const guint n = g_strv_length (test->models);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, g_dngettext (NULL, "%u model", "%u models", n), n);
  if (test->streams)
    {
      g_string_append (words, _(", "));
      g_string_append (words, _("streaming"));
    }
  if (test->thinks)
    {
      g_string_append (words, _(", "));
      g_string_append (words, _("thinking"));
    }
  if (!test->was_asked)
    return g_strdup_printf (_("Reached: %s. Choose one of them and test again."), words->str);

  return g_strdup_printf (_("Works: %s"), words->str);
}

static void
end_test (BaleenEndpointEditor *self)
{
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->test, TRUE);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenEndpointEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenEndpointTest) test = baleen_address_asking_test_finish (result, &error);
  g_autofree char *words = NULL, *model = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;
  end_test (self);
  if (test == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  words = say_test (test);
  say (self, words, FALSE);
  fill_models (self, test->models);
  model = dup_text (self->model);
  if (*model == '\0' && g_strv_length (test->models) == 1)
    gtk_editable_set_text (GTK_EDITABLE (self->model), test->models[0]);
}

static void
test_cb (BaleenEndpointEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenEndpoint) endpoint = read_rows (self, TRUE, &error);
  g_autofree char *key = dup_key (self);

  if (endpoint == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  say (self, "", FALSE);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->test, FALSE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  baleen_address_asking_test_async (endpoint, key, self->cancellable, tested_cb,
                                    g_object_ref (self));
}

/* ---- saving --------------------------------------------------------------------------- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BaleenEndpointEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dup_text (self->name);

  gtk_widget_set_sensitive (self->save, TRUE);
  if (!baleen_address_asking_keep_finish (result, &error))
    {
      say (self, error->message, TRUE);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (BaleenEndpointEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenEndpoint) endpoint = read_rows (self, FALSE, &error);
  g_autofree char *key = dup_key (self);

  if (endpoint == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  gtk_widget_set_sensitive (self->save, FALSE);
  baleen_address_asking_keep_async (endpoint, key, self->before, kept_cb, g_object_ref (self));
}

/* A name is made of the host as long as nobody types one. */
static void
address_cb (BaleenEndpointEditor *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autoptr (BaleenEndpoint) endpoint = read_rows (self, TRUE, NULL);
  g_autofree char *host = endpoint != NULL ? baleen_endpoint_get_host (endpoint) : NULL;

  if (*name == '\0' && host != NULL && g_utf8_strlen (host, -1) <= 60)
    gtk_editable_set_text (GTK_EDITABLE (self->name), host);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_endpoint_editor_dispose (GObject *object)
{
  BaleenEndpointEditor *self = BALEEN_ENDPOINT_EDITOR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->before, g_free);
  G_OBJECT_CLASS (baleen_endpoint_editor_parent_class)->dispose (object);
}

static void
baleen_endpoint_editor_class_init (BaleenEndpointEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_endpoint_editor_dispose;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
header_new (BaleenEndpointEditor *self)
{
  GtkWidget *header = g_object_new (ADW_TYPE_HEADER_BAR, "show-end-title-buttons", FALSE,
                                    "show-start-title-buttons", FALSE, NULL);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);

  return header;
}

static GtkWidget *
models_new (BaleenEndpointEditor *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller;

  self->model_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->model_list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->model_list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Models"), -1);
  gtk_widget_add_css_class (self->model_list, "models");
  g_signal_connect_swapped (self->model_list, "row-activated", G_CALLBACK (model_chosen_cb), self);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->model_list,
                           "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                           "max-content-height", 300, "width-request", 260, "focusable", FALSE,
                           NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Models"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  self->models = g_object_new (GTK_TYPE_MENU_BUTTON, "popover", popover, "icon-name",
                               "pan-down-symbolic", "valign", GTK_ALIGN_CENTER, "visible", FALSE,
                               "tooltip-text", _("Models of This Server"), NULL);
  gtk_widget_add_css_class (self->models, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->models), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Models of This Server"), -1);

  return self->models;
}

static void
add_rows (BaleenEndpointEditor *self,
          GtkWidget            *group)
{
  const char *const thinks[] = { _("As the server is known for"), _("Not at all"),
                                 _("In the chat template (vLLM, SGLang, llama-server)"),
                                 _("As DeepSeek takes it"), _("As effort (OpenAI, Ollama)"),
                                 _("As enable_thinking (Model Studio, SiliconFlow)"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (thinks);
  GtkWidget *rows[5];

  rows[0] = self->address = g_object_new (ADW_TYPE_ENTRY_ROW, "title",
                                          _("Address, up to and with /v1"), "input-purpose",
                                          GTK_INPUT_PURPOSE_URL, NULL);
  rows[1] = self->name = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL);
  rows[2] = self->key = g_object_new (ADW_TYPE_PASSWORD_ENTRY_ROW, "title",
                                      _("Key, kept in your keyring"), NULL);
  rows[3] = self->model = g_object_new (ADW_TYPE_ENTRY_ROW, "title",
                                        _("Model, as the server calls it"), NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->model), models_new (self));
  rows[4] = self->think = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Deep Thinking is asked for"),
                                        "model", list, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows[i]);
}

static GtkWidget *
testing_new (BaleenEndpointEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->test = gtk_button_new_with_label (_("Test"));
  gtk_widget_set_valign (self->test, GTK_ALIGN_START);
  self->spinner = gtk_spinner_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Asking…"), -1);
  self->result = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                               "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                               "selectable", TRUE, "visible", FALSE, "hexpand", TRUE, NULL);
  g_signal_connect_swapped (self->test, "clicked", G_CALLBACK (test_cb), self);
  gtk_box_append (GTK_BOX (box), self->test);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->result);

  return box;
}

static void
baleen_endpoint_editor_init (BaleenEndpointEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = g_object_new (
      ADW_TYPE_PREFERENCES_GROUP, "description",
      _("Any server that speaks OpenAI's interface: vLLM, SGLang, llama-server, Ollama, DeepSeek, "
        "your company's own. What you write goes there."),
      NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *scroller;

  add_rows (self, group);
  gtk_box_append (GTK_BOX (content), group);
  gtk_box_append (GTK_BOX (content), testing_new (self));
  gtk_widget_add_css_class (content, "library-page");
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "vexpand", TRUE, "propagate-natural-height", TRUE, "focusable", FALSE,
                           "child", content, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Endpoint"), -1);
  gtk_box_append (GTK_BOX (box), header_new (self));
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 560);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
baleen_endpoint_editor_new (const BaleenEndpoint *endpoint)
{
  BaleenEndpointEditor *self = g_object_new (
      BALEEN_TYPE_ENDPOINT_EDITOR, "title",
      endpoint != NULL ? _("Edit Endpoint") : _("New Endpoint"), NULL);

  if (endpoint != NULL)
    {
      self->before = g_strdup (endpoint->name);
      self->n_context = endpoint->n_context;
      gtk_editable_set_text (GTK_EDITABLE (self->address), endpoint->address);
      gtk_editable_set_text (GTK_EDITABLE (self->name), endpoint->name);
      gtk_editable_set_text (GTK_EDITABLE (self->model), endpoint->model);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->think), endpoint->think);
    }
  g_signal_connect_swapped (gtk_editable_get_delegate (GTK_EDITABLE (self->address)),
                            "notify::has-focus", G_CALLBACK (address_cb), self);

  return GTK_WIDGET (self);
}
