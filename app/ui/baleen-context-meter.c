#include "baleen-context-meter.h"

#include <glib/gi18n.h>
#include <math.h>

struct _BaleenContextMeter
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *bar;
  GtkWidget *label; /* one of what follows: the first where there is room for it */
  GtkWidget *both;
  GtkWidget *share;
  GtkWidget *popover;
  GtkWidget *grid;   /* the parts */
  GtkWidget *values[BALEEN_N_COUNTS];
  GtkWidget *bars[BALEEN_N_COUNTS];
  GtkWidget *names[BALEEN_N_COUNTS];
  GtkWidget *total;
  GtkWidget *reserve;
  GtkWidget *room;

  gsize parts[BALEEN_N_COUNTS];
  gsize n_total, n_context, n_reserve;
  gboolean is_estimate;
};

G_DEFINE_FINAL_TYPE (BaleenContextMeter, baleen_context_meter, GTK_TYPE_WIDGET)

/* From here on it says how much can still be written. */
#define NEARLY_FULL 85

#define LEFT_TO_RIGHT_MARK "\xe2\x80\x8e"

/* Tokens of English to words; a Han character is about a token. */
#define WORDS_PER_TOKEN 0.75

/* ---- words ------------------------------------------------------------------------------ */

static int
get_percent (BaleenContextMeter *self)
{
  return self->n_context > 0 ? (int) (self->n_total * 100 / self->n_context) : 0;
}

/* A number that is an estimate has two digits. */
static int
round_to_two_digits (double number)
{
  const double scale = number < 10 ? 1 : pow (10, floor (log10 (number)) - 1);

  return (int) (floor (number / scale) * scale);
}

static char *
room_words (BaleenContextMeter *self)
{
  const gsize n_left = self->n_context > self->n_total + BALEEN_LEAST_ANSWER
                           ? self->n_context - self->n_total - BALEEN_LEAST_ANSWER
                           : 0;

  if (n_left == 0)
    {
      const gsize n_over = self->n_total + BALEEN_LEAST_ANSWER - self->n_context;

      return g_strdup_printf (_("This is %'d tokens too long for the context of %'d."),
                              (int) n_over, (int) self->n_context);
    }
  return g_strdup_printf (_("Room for about %'d words"),
                          round_to_two_digits (n_left * WORDS_PER_TOKEN));
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Numbers without a word between them would be turned round where text runs from the right. */
static char *
total_words (BaleenContextMeter *self)
{
  g_autofree char *words
      = g_strdup_printf (self->is_estimate ? _("≈ %'d of %'d") : _("%'d of %'d"),
                         (int) self->n_total, (int) self->n_context);

  return g_strconcat (has_letters (words) ? "" : LEFT_TO_RIGHT_MARK, words, NULL);
}

/* ---- showing ---------------------------------------------------------------------------- */

static void
show_button (BaleenContextMeter *self)
{
  const int percent = get_percent (self);
  const gboolean is_nearly_full = percent >= NEARLY_FULL;
  g_autofree char *both = total_words (self);
  g_autofree char *share = g_strdup_printf (self->is_estimate ? _("≈ %d%%") : _("%d%%"), percent);
  g_autofree char *words = g_strdup_printf (_("%'d of %'d tokens"), (int) self->n_total,
                                            (int) self->n_context);
  g_autofree char *room = room_words (self);
  g_autofree char *tooltip = g_strdup_printf (_("Context: %s"), is_nearly_full ? room : words);
  g_autofree char *name = g_strdup_printf (_("Context, %s"), words);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), MIN (percent, 100) / 100.0);
  gtk_label_set_text (GTK_LABEL (self->both), both);
  gtk_label_set_text (GTK_LABEL (self->share), share);
  gtk_widget_set_tooltip_text (self->button, tooltip);
  if (is_nearly_full)
    gtk_widget_add_css_class (GTK_WIDGET (self), "nearly-full");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "nearly-full");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Context"), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) self->n_total, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->n_context,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_parts (BaleenContextMeter *self)
{
  g_autofree char *total = total_words (self);
  g_autofree char *reserve = g_strdup_printf ("%'d", (int) self->n_reserve);
  g_autofree char *room = room_words (self);

  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    {
      const gboolean is_shown = self->parts[i] > 0 || i == BALEEN_COUNT_MESSAGE;
      g_autofree char *number = g_strdup_printf ("%'d", (int) self->parts[i]);

      gtk_label_set_text (GTK_LABEL (self->values[i]), number);
      gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bars[i]),
                               MIN (1, self->parts[i] / (double) MAX (self->n_context, 1)));
      gtk_widget_set_visible (self->names[i], is_shown);
      gtk_widget_set_visible (self->values[i], is_shown);
      gtk_widget_set_visible (self->bars[i], is_shown);
    }
  gtk_label_set_text (GTK_LABEL (self->total), total);
  gtk_label_set_text (GTK_LABEL (self->reserve), reserve);
  gtk_label_set_text (GTK_LABEL (self->room), room);
}

void
baleen_context_meter_set_count (BaleenContextMeter      *self,
                                const BaleenPromptCount *count)
{
  gtk_widget_set_visible (GTK_WIDGET (self), count != NULL);
  if (count == NULL)
    return;

  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    self->parts[i] = count->parts[i];
  self->n_total = count->total;
  self->n_context = count->n_context;
  self->n_reserve = count->n_reserve;
  self->is_estimate = count->is_estimate;
  show_button (self);
  show_parts (self);
}

void
baleen_context_meter_set_is_stale (BaleenContextMeter *self,
                                   gboolean            is_stale)
{
  if (is_stale)
    gtk_widget_add_css_class (self->label, "dim-label");
  else
    gtk_widget_remove_css_class (self->label, "dim-label");
}

void
baleen_context_meter_popup (BaleenContextMeter *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

/* ---- building --------------------------------------------------------------------------- */

static GtkWidget *
add_label (GtkWidget  *grid,
           const char *text,
           int         column,
           int         row,
           float       xalign)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", xalign, NULL);

  if (column > 0)
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
  return label;
}

static GtkWidget *
small_bar_new (const char *name)
{
  GtkWidget *bar = gtk_level_bar_new ();

  /* Green, yellow and red would say that much is good. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return bar;
}

static void
build_grid (BaleenContextMeter *self)
{
  const char *const names[BALEEN_N_COUNTS] = {
    [BALEEN_COUNT_SYSTEM] = _("System"),       [BALEEN_COUNT_TEMPLATE] = _("Template"),
    [BALEEN_COUNT_HISTORY] = _("History"),     [BALEEN_COUNT_FILES] = _("Files"),
    [BALEEN_COUNT_SEARCH] = _("Search results, at most"), [BALEEN_COUNT_MESSAGE] = _("This message"),
  };
  int row = 0;

  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  for (guint i = 0; i < BALEEN_N_COUNTS; i++, row++)
    {
      self->names[i] = add_label (self->grid, names[i], 0, row, 0);
      self->values[i] = add_label (self->grid, "0", 1, row, 1);
      self->bars[i] = small_bar_new (names[i]);
      gtk_widget_set_size_request (self->bars[i], 96, -1);
      gtk_grid_attach (GTK_GRID (self->grid), self->bars[i], 2, row, 1, 1);
    }
  gtk_grid_attach (GTK_GRID (self->grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, row++,
                   3, 1);
  gtk_widget_add_css_class (add_label (self->grid, _("Total"), 0, row, 0), "heading");
  self->total = add_label (self->grid, "", 1, row, 1);
  gtk_widget_add_css_class (self->total, "heading");
  row++;
  gtk_widget_add_css_class (add_label (self->grid, _("Reserve for the answer"), 0, row, 0),
                            "dim-label");
  self->reserve = add_label (self->grid, "", 1, row, 1);
  gtk_widget_add_css_class (self->reserve, "dim-label");
}

static void
build_popover (BaleenContextMeter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *sent = gtk_button_new_with_label (_("What Is Sent"));

  build_grid (self);
  self->room = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "max-width-chars", 32,
                             NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (sent), "win.what-is-sent");
  gtk_widget_add_css_class (box, "context-parts");
  gtk_box_append (GTK_BOX (box), self->grid);
  gtk_box_append (GTK_BOX (box), self->room);
  gtk_box_append (GTK_BOX (box), sent);
  self->popover = g_object_new (GTK_TYPE_POPOVER, "child", box, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Context"), -1);
}

static void
baleen_context_meter_dispose (GObject *object)
{
  BaleenContextMeter *self = BALEEN_CONTEXT_METER (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_context_meter_parent_class)->dispose (object);
}

static void
baleen_context_meter_class_init (BaleenContextMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_context_meter_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "contextmeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_context_meter_init (BaleenContextMeter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = small_bar_new (_("Context"));
  gtk_widget_set_size_request (self->bar, 24, -1);
  self->label = g_object_new (ADW_TYPE_SQUEEZER, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                              "homogeneous", FALSE, "xalign", 1.0f, NULL);
  self->both = gtk_label_new ("");
  self->share = gtk_label_new ("");
  gtk_widget_add_css_class (self->both, "long-number");
  gtk_widget_add_css_class (self->share, "short-number");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_add_css_class (self->label, "caption");
  adw_squeezer_add (ADW_SQUEEZER (self->label), self->both);
  adw_squeezer_add (ADW_SQUEEZER (self->label), self->share);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->label);
  build_popover (self);
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "child", box, "popover", self->popover,
                               "direction", GTK_ARROW_UP, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Context"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
