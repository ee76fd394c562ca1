#include "baleen-model-memory.h"

#include <glib/gi18n.h>

#include "baleen-plan-bar.h"
#include "model-words.h"

/* The slider goes in doublings from here to what the model was trained for. */
#define SMALLEST_CONTEXT 1024u
#define STEPS_AT_MOST 12

struct _BaleenModelMemory
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *verdict;
  GtkWidget *verdict_icon;
  GtkWidget *bar;
  GtkWidget *context;
  GtkWidget *scale;
  GtkWidget *kv_row;
  GtkWidget *kv_memory; /* a drop-down, in the order of BaleenKvMemory */
  GtkWidget *speed;
  GtkWidget *measured;
  GtkWidget *now;
  GtkWidget *buttons;
  GtkWidget *use;
  GtkWidget *usual;
  GtkWidget *problem;

  BaleenModelShelf *shelf;   /* (owned) */
  GSettings *settings;       /* (owned) */
  BaleenModelItem *item;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the fit that is reckoned */
  guint contexts[STEPS_AT_MOST];
  guint n_contexts;
  guint n_chosen;            /* tokens, where the slider was moved; else 0 */
  BaleenModelSetup setup;    /* (owned) as remembered */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BaleenModelMemory, baleen_model_memory, GTK_TYPE_WIDGET)

/* ---- words ---------------------------------------------------------------------------- */

static char *
say_speed (const BaleenFit *fit)
{
  if (fit->verdict == BALEEN_FIT_NOWHERE || fit->tokens_per_second <= 0)
    return g_strdup ("");
  if (fit->tokens_per_second < 10)
    return g_strdup_printf (_("%.1f tok/s at the beginning, %.1f with a full context"),
                            fit->tokens_per_second, fit->tokens_per_second_full);

  return g_strdup_printf (_("%.0f tok/s at the beginning, %.0f with a full context"),
                          fit->tokens_per_second, fit->tokens_per_second_full);
}

static char *
say_measured (const BaleenFit *fit)
{
  if (fit->verdict == BALEEN_FIT_NOWHERE || fit->tokens_per_second <= 0)
    return g_strdup ("");
  if (!fit->is_learned)
    return g_strdup (_("Foreseen from measured bandwidth; not measured here yet"));

  return g_strdup_printf (_("Foreseen: %.1f tok/s · measured here: %.1f tok/s"),
                          fit->tokens_per_second_foreseen, fit->tokens_per_second);
}

static void
set_line (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
say_context (BaleenModelMemory *self,
             guint              n_context)
{
  g_autofree char *words = g_strdup_printf (_("Context of %'u tokens"), n_context);

  gtk_label_set_text (GTK_LABEL (self->context), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

/* ---- what is chosen ------------------------------------------------------------------- */

static BaleenKvMemory
get_kv_memory (BaleenModelMemory *self)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kv_memory));
}

static guint
get_context (BaleenModelMemory *self)
{
  return self->n_chosen > 0 ? self->n_chosen : self->setup.n_context;
}

/* Only what is here can be run in one way or another. */
static void
update_buttons (BaleenModelMemory *self,
                const BaleenFit   *fit) /* (nullable) of what is chosen */
{
  const gboolean is_file
      = self->item != NULL && baleen_model_item_get_kind (self->item) == BALEEN_MODEL_FILE;
  const gboolean is_other = get_context (self) != self->setup.n_context
                            || get_kv_memory (self) != self->setup.kv_memory;
  const gboolean is_set
      = self->setup.n_context > 0 || self->setup.kv_memory != BALEEN_KV_USUAL;

  gtk_widget_set_visible (self->use, is_other);
  gtk_widget_set_sensitive (self->use, fit != NULL && fit->verdict != BALEEN_FIT_NOWHERE);
  gtk_widget_set_visible (self->usual, is_set && !is_other);
  gtk_widget_set_visible (self->buttons, is_file && fit != NULL && (is_other || is_set));
}

static void
show_fit (BaleenModelMemory *self,
          const BaleenFit   *fit) /* (nullable) */
{
  g_autofree char *sentence = NULL, *speed = NULL, *measured = NULL, *why = NULL;
  const char *icon = "dialog-warning-symbolic";

  if (fit != NULL)
    {
      sentence = baleen_fit_describe (fit, NULL, 0);
      speed = say_speed (fit);
      measured = say_measured (fit);
      why = baleen_fit_explain (fit);
      say_context (self, fit->n_context);
      if (fit->verdict != BALEEN_FIT_NOWHERE)
        icon = "emblem-ok-symbolic";
    }
  else
    sentence = g_strdup (baleen_model_item_get_problem (self->item));
  gtk_label_set_text (GTK_LABEL (self->verdict), sentence != NULL ? sentence : _("Looking…"));
  gtk_widget_set_tooltip_text (self->verdict, why);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict_icon),
                                sentence != NULL ? icon : "content-loading-symbolic");
  set_line (self->speed, speed != NULL ? speed : "");
  set_line (self->measured, measured != NULL ? measured : "");
  gtk_widget_set_visible (self->context, fit != NULL);
  gtk_widget_set_visible (self->scale, fit != NULL && self->n_contexts > 1);
  gtk_widget_set_visible (self->kv_row, fit != NULL);
  baleen_plan_bar_show (BALEEN_PLAN_BAR (self->bar), fit);
  update_buttons (self, fit);
}

/* Doublings, and at last what it was trained for. */
static void
fill_scale (BaleenModelMemory *self,
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
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kv_memory), self->setup.kv_memory);
  self->n_chosen = 0;
  self->is_filling = FALSE;
}

static void
fitted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenModelMemory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenFit) fit
      = baleen_model_item_fit_finish (BALEEN_MODEL_ITEM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL
      || BALEEN_MODEL_ITEM (source) != self->item)
    return;
  if (fit != NULL)
    show_fit (self, fit);
  else
    gtk_label_set_text (GTK_LABEL (self->verdict), error->message);
}

static void
reckon (BaleenModelMemory *self)
{
  g_autofree char *device = g_settings_get_string (self->settings, "device");

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_line (self->problem, "");
  baleen_model_item_fit_async (self->item, device, get_context (self), get_kv_memory (self),
                               self->cancellable, fitted_cb, g_object_ref (self));
}

/* The number follows the hand at once, the plan when it is reckoned. */
static void
context_cb (BaleenModelMemory *self)
{
  const guint step = (guint) (gtk_range_get_value (GTK_RANGE (self->scale)) + 0.5);

  if (self->is_filling || self->item == NULL || step >= self->n_contexts)
    return;
  self->n_chosen = self->contexts[step];
  say_context (self, self->n_chosen);
  reckon (self);
}

static void
kv_memory_cb (BaleenModelMemory *self)
{
  if (!self->is_filling && self->item != NULL)
    reckon (self);
}

/* ---- making it true ------------------------------------------------------------------- */

static void
set_up (BaleenModelMemory *self,
        guint              n_context,
        BaleenKvMemory     kv_memory)
{
  const BaleenModelSetup setup = { n_context, kv_memory, self->setup.adapter };
  g_autoptr (GError) error = NULL;

  if (!baleen_model_shelf_set_up (self->shelf, self->item, &setup, &error))
    set_line (self->problem, error->message);
}

static void
use_cb (BaleenModelMemory *self)
{
  set_up (self, get_context (self), get_kv_memory (self));
}

static void
usual_cb (BaleenModelMemory *self)
{
  set_up (self, 0, BALEEN_KV_USUAL);
}

static void
item_changed_cb (BaleenModelMemory *self)
{
  const BaleenFit *fit = baleen_model_item_get_fit (self->item);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  baleen_model_setup_clear (&self->setup);
  if (baleen_model_item_get_kind (self->item) == BALEEN_MODEL_FILE)
    baleen_model_setup_load (&self->setup, baleen_model_item_get_id (self->item));
  else
    self->setup = (BaleenModelSetup) { 0 };
  if (fit != NULL)
    fill_scale (self, fit);
  show_fit (self, fit);
}

void
baleen_model_memory_show (BaleenModelMemory *self,
                          BaleenModelItem   *item,
                          const char        *now)
{
  const gboolean is_other = item != self->item;

  set_line (self->now, now != NULL ? now : "");
  if (!is_other)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, item_changed_cb, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_set_object (&self->item, item);
  set_line (self->problem, "");
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self,
                           G_CONNECT_SWAPPED);
  item_changed_cb (self);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_model_memory_dispose (GObject *object)
{
  BaleenModelMemory *self = BALEEN_MODEL_MEMORY (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shelf);
  g_clear_object (&self->settings);
  g_clear_object (&self->item);
  baleen_model_setup_clear (&self->setup);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_model_memory_parent_class)->dispose (object);
}

static void
baleen_model_memory_class_init (BaleenModelMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_model_memory_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);

  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static GtkWidget *
verdict_new (BaleenModelMemory *self)
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
scale_new (BaleenModelMemory *self)
{
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Context Length"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (context_cb), self);

  return self->scale;
}

static GtkWidget *
kv_row_new (BaleenModelMemory *self)
{
  const char *const names[] = { [BALEEN_KV_USUAL] = _("Usual"),
                                [BALEEN_KV_FULL] = _("Full"),
                                [BALEEN_KV_SMALL] = _("Half, less exact"), NULL };
  GtkWidget *label = label_new (NULL);

  self->kv_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->kv_memory = gtk_drop_down_new_from_strings (names);
  gtk_label_set_text (GTK_LABEL (label), _("KV memory"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kv_memory), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("KV memory"), -1);
  gtk_widget_set_tooltip_text (self->kv_row,
                               _("What the model keeps of the conversation. Half of it leaves room "
                                 "for a longer one."));
  g_signal_connect_swapped (self->kv_memory, "notify::selected", G_CALLBACK (kv_memory_cb), self);
  gtk_box_append (GTK_BOX (self->kv_row), label);
  gtk_box_append (GTK_BOX (self->kv_row), self->kv_memory);

  return self->kv_row;
}

static GtkWidget *
buttons_new (BaleenModelMemory *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->use = gtk_button_new_with_label (_("Use That"));
  self->usual = gtk_button_new_with_label (_("As Usual"));
  gtk_widget_set_tooltip_text (self->usual,
                               _("As long a context as memory allows, KV memory as in the "
                                 "preferences"));
  g_signal_connect_swapped (self->use, "clicked", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->usual, "clicked", G_CALLBACK (usual_cb), self);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->buttons), self->usual);
  gtk_box_append (GTK_BOX (self->buttons), self->use);

  return self->buttons;
}

static void
baleen_model_memory_init (BaleenModelMemory *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->context = label_new ("numeric");
  self->bar = baleen_plan_bar_new ();
  self->speed = label_new ("dim-label");
  self->measured = label_new ("dim-label");
  self->now = label_new ("dim-label");
  self->problem = label_new ("problem");
  gtk_box_append (GTK_BOX (self->box), verdict_new (self));
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), self->context);
  gtk_box_append (GTK_BOX (self->box), scale_new (self));
  gtk_box_append (GTK_BOX (self->box), kv_row_new (self));
  gtk_box_append (GTK_BOX (self->box), self->speed);
  gtk_box_append (GTK_BOX (self->box), self->measured);
  gtk_box_append (GTK_BOX (self->box), buttons_new (self));
  gtk_box_append (GTK_BOX (self->box), self->now);
  gtk_box_append (GTK_BOX (self->box), self->problem);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "model-memory");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baleen_model_memory_new (BaleenModelShelf *shelf,
                         GSettings        *settings)
{
  BaleenModelMemory *self = g_object_new (BALEEN_TYPE_MODEL_MEMORY, NULL);

  self->shelf = g_object_ref (shelf);
  self->settings = g_object_ref (settings);

  return GTK_WIDGET (self);
}
