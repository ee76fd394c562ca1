#include "baleen-model-detail.h"

#include <glib/gi18n.h>

#include "baleen-adapter-row.h"
#include "baleen-file-row.h"
#include "baleen-model-memory.h"
#include "model-words.h"

#define SHORT_VALUE 20

struct _BaleenModelDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *name;
  GtkWidget *size;
  GtkWidget *words;
  GtkWidget *facts; /* a preferences group, filled anew for each model */
  GtkWidget *files; /* a group with the choice among an entry's files */
  GtkWidget *file_row;
  GtkWidget *memory;

  BaleenModelShelf *shelf; /* (owned) */
  GSettings *settings;     /* (owned) */
  BaleenModelItem *item;   /* (owned) (nullable) */
  GPtrArray *rows;         /* (owned) of the facts */
};

G_DEFINE_FINAL_TYPE (BaleenModelDetail, baleen_model_detail, GTK_TYPE_WIDGET)

/* ---- facts ---------------------------------------------------------------------------- */

static void
add_fact (BaleenModelDetail *self,
          const char        *title,
          const char        *value) /* (nullable) */
{
  GtkWidget *row;
  GtkWidget *label;

  if (value == NULL || *value == '\0')
    return;
  row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);
  /* Short ones stand in one line; a path breaks. */
  label = g_object_new (GTK_TYPE_LABEL, "label", value, "selectable", TRUE, "wrap", TRUE,
                        "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 1.0, "width-chars",
                        (int) MIN (g_utf8_strlen (value, -1) + 1, SHORT_VALUE), "max-width-chars",
                        34, NULL);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->facts), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_count (BaleenModelDetail *self,
           guint64            n_parameters,
           guint64            n_active)
{
  g_autofree char *all = baleen_model_words_count (n_parameters);
  g_autofree char *active = baleen_model_words_count (n_active);
  g_autofree char *both = g_strdup_printf (_("%s, %s active"), all, active);

  if (n_parameters > 0)
    add_fact (self, _("Parameters"), n_active < n_parameters / 2 && n_active > 0 ? both : all);
}

static void
add_context (BaleenModelDetail *self,
             guint              n_context)
{
  g_autofree char *words = g_strdup_printf (_("%'u tokens"), n_context);

  if (n_context > 0)
    add_fact (self, _("Context Length"), words);
}

/* What the file says goes before what the catalogue says. */
static void
add_description (BaleenModelDetail            *self,
                 const BaleenModelDescription *description,
                 const BaleenCatalogueEntry   *entry)
{
  add_fact (self, _("Architecture"), description->architecture);
  add_count (self, description->n_parameters, description->n_active_parameters);
  add_fact (self, _("Quantization"), description->quantization);
  add_context (self, description->n_context);
  add_fact (self, _("Deep Thinking"), description->can_think ? _("Yes") : _("No"));
  /* Translators: multi-token prediction, layers that draft the next words. */
  add_fact (self, _("Drafts words ahead (MTP)"), description->n_mtp_layers > 0 ? _("Yes") : _("No"));
  add_fact (self, _("Licence"), description->license != NULL ? description->license
                                : entry != NULL              ? entry->license
                                                             : _("not stated"));
}

static void
add_entry (BaleenModelDetail          *self,
           const BaleenCatalogueEntry *entry,
           const BaleenCatalogueFile  *file)
{
  static const char *const thinks[] = { N_ ("No"), N_ ("Yes, on request"), N_ ("Yes, always") };

  add_fact (self, _("From"), entry->maker);
  add_count (self, entry->shape.n_parameters, entry->shape.n_active_parameters);
  add_fact (self, _("Quantization"), file->quantization);
  add_context (self, entry->shape.n_context);
  add_fact (self, _("Deep Thinking"), _(thinks[entry->thinks]));
  add_fact (self, _("Licence"), entry->license);
}

/* Not beside what cannot be read. */
static void
add_adapter (BaleenModelDetail *self)
{
  GtkWidget *row;

  if (baleen_model_item_get_description (self->item) == NULL)
    return;
  row = baleen_adapter_row_new (self->shelf, self->item);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->facts), row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_facts (BaleenModelDetail *self)
{
  const BaleenModelDescription *description = baleen_model_item_get_description (self->item);
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (self->item);
  const BaleenCatalogueFile *file = baleen_model_item_get_file (self->item);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->facts), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (description != NULL)
    add_description (self, description, entry);
  else if (entry != NULL && file != NULL)
    add_entry (self, entry, file);
  if (baleen_model_item_get_kind (self->item) == BALEEN_MODEL_ENDPOINT)
    {
      add_fact (self, _("Server"), baleen_model_item_get_host (self->item));
      add_fact (self, _("Model"), baleen_model_item_get_server_model (self->item));
    }
  else if (file == NULL)
    {
      add_adapter (self);
      add_fact (self, _("File"), baleen_model_item_get_id (self->item));
    }
  gtk_widget_set_visible (self->facts, self->rows->len > 0);
}

static void
fill_words (BaleenModelDetail *self)
{
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (self->item);
  g_autofree char *size = baleen_model_words_size (self->item);
  g_autofree char *words = NULL;

  if (entry != NULL)
    /* Translators: two sentences, one behind the other. */
    words = g_strdup_printf (_("%s %s"), entry->can, entry->cannot);
  else if (baleen_model_item_get_kind (self->item) == BALEEN_MODEL_ENDPOINT)
    words = g_strdup (_("What you write goes to this server, and what it answers comes back. "
                        "Documents and search results go along where a question needs them."));
  gtk_label_set_text (GTK_LABEL (self->name), baleen_model_item_get_name (self->item));
  gtk_label_set_text (GTK_LABEL (self->size), size);
  gtk_label_set_text (GTK_LABEL (self->words), words != NULL ? words : "");
  gtk_widget_set_visible (self->words, words != NULL);
}

static void
item_changed_cb (BaleenModelDetail *self)
{
  fill_words (self);
  fill_facts (self);
  baleen_file_row_show (BALEEN_FILE_ROW (self->file_row), self->item);
  gtk_widget_set_visible (self->files, gtk_widget_get_visible (self->file_row));
}

void
baleen_model_detail_show (BaleenModelDetail *self,
                          BaleenModelItem   *item,
                          const char        *now)
{
  g_autofree char *device = g_settings_get_string (self->settings, "device");

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, item_changed_cb, self);
  g_set_object (&self->item, item);
  gtk_widget_set_visible (self->scroller, item != NULL);
  baleen_model_memory_show (BALEEN_MODEL_MEMORY (self->memory), item, now);
  if (item == NULL)
    return;
  gtk_widget_set_visible (self->memory,
                          baleen_model_item_get_kind (item) != BALEEN_MODEL_ENDPOINT);
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self,
                           G_CONNECT_SWAPPED);
  baleen_model_item_look (item, device);
  item_changed_cb (self);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_model_detail_dispose (GObject *object)
{
  BaleenModelDetail *self = BALEEN_MODEL_DETAIL (object);

  g_clear_object (&self->shelf);
  g_clear_object (&self->settings);
  g_clear_object (&self->item);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_model_detail_parent_class)->dispose (object);
}

static void
baleen_model_detail_class_init (BaleenModelDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_model_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static void
baleen_model_detail_init (BaleenModelDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  self->rows = g_ptr_array_new ();
  self->name = label_new ("title-2");
  self->size = label_new ("dim-label");
  self->words = label_new (NULL);
  self->facts = adw_preferences_group_new ();
  self->files = adw_preferences_group_new ();
  self->file_row = baleen_file_row_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->files), self->file_row);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->size);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->files);
  gtk_box_append (GTK_BOX (box), self->facts);
  gtk_widget_add_css_class (box, "model-detail");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "vexpand", TRUE, "hexpand", TRUE, "focusable", FALSE, "child",
                                 clamp, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Details"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
baleen_model_detail_new (BaleenModelShelf *shelf,
                         GSettings        *settings)
{
  BaleenModelDetail *self = g_object_new (BALEEN_TYPE_MODEL_DETAIL, NULL);

  self->shelf = g_object_ref (shelf);
  self->settings = g_object_ref (settings);
  self->memory = baleen_model_memory_new (shelf, settings);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->files)), self->memory,
                              self->files);
  baleen_model_detail_show (self, NULL, NULL);

  return GTK_WIDGET (self);
}
