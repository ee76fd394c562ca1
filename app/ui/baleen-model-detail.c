#include "baleen-model-detail.h"

#include <glib/gi18n.h>

#include "baleen-model-shelf.h"
#include "baleen-plan-bar.h"
#include "model-words.h"

/* The slider goes in doublings from here to what the model was trained for. */
#define SMALLEST_CONTEXT 1024u
#define STEPS_AT_MOST 12
#define SHORT_VALUE 20

struct _BaleenModelDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *name;
  GtkWidget *size;
  GtkWidget *words;
  GtkWidget *facts; /* a preferences group, filled anew for each model */
  GtkWidget *memory;
  GtkWidget *verdict;
  GtkWidget *verdict_icon;
  GtkWidget *context;
  GtkWidget *scale;
  GtkWidget *bar;
  GtkWidget *speed;
  GtkWidget *now;

  GSettings *settings;       /* (owned) */
  BaleenModelItem *item;     /* (owned) (nullable) */
  GPtrArray *rows;           /* (owned) of the facts */
  GCancellable *cancellable; /* (owned) (nullable) of the fit that is reckoned */
  guint contexts[STEPS_AT_MOST];
  guint n_contexts;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BaleenModelDetail, baleen_model_detail, GTK_TYPE_WIDGET)

/* ---- facts -------------------------------------------------------------------------------- */

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
    add_fact (self, _("File"), baleen_model_item_get_id (self->item));
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

/* ---- memory ------------------------------------------------------------------------------- */

static char *
say_speed (const BaleenFit *fit)
{
  const char *from = fit->is_learned ? _("as measured in answers here")
                                     : _("predicted from the measured bandwidth");

  if (fit->verdict == BALEEN_FIT_NOWHERE || fit->tokens_per_second <= 0)
    return g_strdup ("");
  if (fit->tokens_per_second < 10)
    return g_strdup_printf (_("%.1f tok/s at the beginning, %.1f with a full context: %s"),
                            fit->tokens_per_second, fit->tokens_per_second_full, from);

  return g_strdup_printf (_("%.0f tok/s at the beginning, %.0f with a full context: %s"),
                          fit->tokens_per_second, fit->tokens_per_second_full, from);
}

static void
show_fit (BaleenModelDetail *self,
          const BaleenFit   *fit) /* (nullable) */
{
  g_autofree char *sentence = NULL, *speed = NULL, *context = NULL, *why = NULL;
  const char *icon = "emblem-ok-symbolic";

  if (fit != NULL)
    {
      sentence = baleen_fit_describe (fit, NULL, 0);
      speed = say_speed (fit);
      why = baleen_fit_explain (fit);
      context = g_strdup_printf (_("Context of %'u tokens"), fit->n_context);
      if (fit->verdict == BALEEN_FIT_NOWHERE)
        icon = "dialog-warning-symbolic";
      gtk_label_set_text (GTK_LABEL (self->context), context);
    }
  else
    {
      sentence = g_strdup (baleen_model_item_get_problem (self->item));
      icon = "dialog-warning-symbolic";
    }
  gtk_label_set_text (GTK_LABEL (self->verdict), sentence != NULL ? sentence : _("Looking…"));
  gtk_widget_set_tooltip_text (self->verdict, why);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict_icon),
                                sentence != NULL ? icon : "content-loading-symbolic");
  gtk_label_set_text (GTK_LABEL (self->speed), speed != NULL ? speed : "");
  gtk_widget_set_visible (self->speed, speed != NULL && *speed != '\0');
  gtk_widget_set_visible (self->context, fit != NULL);
  gtk_widget_set_visible (self->scale, fit != NULL && self->n_contexts > 1);
  baleen_plan_bar_show (BALEEN_PLAN_BAR (self->bar), fit);
}

/* Doublings, and at last what it was trained for. */
static void
fill_scale (BaleenModelDetail *self,
            const BaleenFit   *fit)
{
  guint chosen = 0;

  self->is_filling = TRUE;
  self->n_contexts = 0;
  for (guint n = SMALLEST_CONTEXT; n < fit->n_most_context && self->n_contexts < STEPS_AT_MOST - 1;
       n *= 2)
    self->contexts[self->n_contexts++] = n;
  self->contexts[self->n_contexts++] = MAX (fit->n_most_context, fit->n_context);
  while (chosen + 1 < self->n_contexts && self->contexts[chosen] < fit->n_context)
    chosen++;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX (self->n_contexts - 1, 1));
  gtk_scale_clear_marks (GTK_SCALE (self->scale));
  for (guint i = 0; i < self->n_contexts; i++)
    {
      g_autofree char *words = baleen_model_words_context (self->contexts[i]);
      const gboolean is_told = i == 0 || i == self->n_contexts / 2 || i + 1 == self->n_contexts;

      gtk_scale_add_mark (GTK_SCALE (self->scale), i, GTK_POS_BOTTOM, is_told ? words : NULL);
    }
  gtk_range_set_value (GTK_RANGE (self->scale), chosen);
  self->is_filling = FALSE;
}

static void
fitted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenModelDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenFit) fit
      = baleen_model_item_fit_finish (BALEEN_MODEL_ITEM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->scroller == NULL
      || BALEEN_MODEL_ITEM (source) != self->item)
    return;
  if (fit != NULL)
    show_fit (self, fit);
  else
    gtk_label_set_text (GTK_LABEL (self->verdict), error->message);
}

static void
context_cb (BaleenModelDetail *self)
{
  const guint step = (guint) (gtk_range_get_value (GTK_RANGE (self->scale)) + 0.5);
  g_autofree char *device = g_settings_get_string (self->settings, "device");
  g_autofree char *words = NULL;

  if (self->is_filling || self->item == NULL || step >= self->n_contexts)
    return;
  /* The number follows the hand at once, the plan when it is reckoned. */
  words = g_strdup_printf (_("Context of %'u tokens"), self->contexts[step]);
  gtk_label_set_text (GTK_LABEL (self->context), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  baleen_model_item_fit_async (self->item, device, self->contexts[step], self->cancellable,
                               fitted_cb, g_object_ref (self));
}

static void
item_changed_cb (BaleenModelDetail *self)
{
  const BaleenFit *fit = baleen_model_item_get_fit (self->item);

  fill_words (self);
  fill_facts (self);
  if (fit != NULL)
    fill_scale (self, fit);
  show_fit (self, fit);
}

void
baleen_model_detail_show (BaleenModelDetail *self,
                          BaleenModelItem   *item,
                          const char        *now)
{
  g_autofree char *device = g_settings_get_string (self->settings, "device");

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, item_changed_cb, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_set_object (&self->item, item);
  gtk_widget_set_visible (self->scroller, item != NULL);
  if (item == NULL)
    return;
  gtk_widget_set_visible (self->memory,
                          baleen_model_item_get_kind (item) != BALEEN_MODEL_ENDPOINT);
  gtk_label_set_text (GTK_LABEL (self->now), now != NULL ? now : "");
  gtk_widget_set_visible (self->now, now != NULL);
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self,
                           G_CONNECT_SWAPPED);
  baleen_model_item_look (item, device);
  item_changed_cb (self);
}

/* ---- life --------------------------------------------------------------------------------- */

static void
baleen_model_detail_dispose (GObject *object)
{
  BaleenModelDetail *self = BALEEN_MODEL_DETAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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

static GtkWidget *
verdict_new (BaleenModelDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->verdict_icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START,
                                     NULL);
  self->verdict = label_new ("heading");
  gtk_box_append (GTK_BOX (box), self->verdict_icon);
  gtk_box_append (GTK_BOX (box), self->verdict);

  return box;
}

static GtkWidget *
memory_new (BaleenModelDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->context = label_new ("numeric");
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Context Length"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (context_cb), self);
  self->bar = baleen_plan_bar_new ();
  self->speed = label_new ("dim-label");
  self->now = label_new ("dim-label");
  gtk_box_append (GTK_BOX (box), verdict_new (self));
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->context);
  gtk_box_append (GTK_BOX (box), self->scale);
  gtk_box_append (GTK_BOX (box), self->speed);
  gtk_box_append (GTK_BOX (box), self->now);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "model-memory");

  return box;
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
  self->memory = memory_new (self);
  self->facts = adw_preferences_group_new ();
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->size);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->memory);
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
baleen_model_detail_new (GSettings *settings)
{
  BaleenModelDetail *self = g_object_new (BALEEN_TYPE_MODEL_DETAIL, NULL);

  self->settings = g_object_ref (settings);
  baleen_model_detail_show (self, NULL, NULL);

  return GTK_WIDGET (self);
}
