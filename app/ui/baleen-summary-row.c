#include "baleen-summary-row.h"

#include <glib/gi18n.h>

struct _BaleenSummaryRow
{
  GtkWidget parent_instance;

  BaleenSummaryItem *item; /* (owned) (nullable) */
  GtkWidget *box;
  GtkWidget *text;
  GtkWidget *detail;
  GtkWidget *line;       /* below the words: what follows */
  GtkWidget *unverified;
  GtkWidget *chips;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (BaleenSummaryRow, baleen_summary_row, GTK_TYPE_WIDGET)

/* The others are under the claim, where they can be read. */
#define MOST_CHIPS 3

static void
baleen_summary_row_dispose (GObject *object)
{
  BaleenSummaryRow *self = BALEEN_SUMMARY_ROW (object);

  baleen_summary_row_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_summary_row_parent_class)->dispose (object);
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenSummaryRow *self = BALEEN_SUMMARY_ROW (widget);
  g_autofree char *cited = baleen_summary_item_cite (self->item);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), cited);
}

static void
ask_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  BaleenSummaryRow *self = BALEEN_SUMMARY_ROW (widget);

  gtk_widget_activate_action (widget, "tree.ask", "s", baleen_summary_item_get_text (self->item));
}

static void
baleen_summary_row_class_init (BaleenSummaryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_summary_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "summaryrow");
  gtk_widget_class_install_action (widget_class, "claim.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "claim.ask", NULL, ask_cb);
}

/* ---- what it shows ----------------------------------------------------------------------- */

static void
chip_cb (GtkWidget        *chip,
         BaleenSummaryRow *self)
{
  const BaleenRecordPlace *place = g_object_get_data (G_OBJECT (chip), "place");

  gtk_widget_activate_action (GTK_WIDGET (self), "tree.place", "(us)", place->page,
                              place->quote);
}

static GtkWidget *
chip_new (BaleenSummaryRow        *self,
          const BaleenRecordPlace *place,
          guint                    number)
{
  g_autofree char *page = g_strdup_printf ("%u", place->page);
  g_autofree char *words = place->page > 0
                               ? g_strdup_printf (g_dngettext (NULL, "p. %s", "pp. %s", 1), page)
                               : g_strdup_printf (_("Place %u"), number);
  g_autofree char *name = g_strdup_printf ("%s: %s", words, place->quote);
  GtkWidget *chip = gtk_button_new_with_label (words);

  g_object_set_data (G_OBJECT (chip), "place", (gpointer) place);
  gtk_widget_add_css_class (chip, "place-chip");
  gtk_widget_set_tooltip_text (chip, place->quote);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), self);
  return chip;
}

static void
show_chips (BaleenSummaryRow *self)
{
  GPtrArray *places = self->item != NULL ? baleen_summary_item_get_places (self->item) : NULL;
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  for (guint i = 0; places != NULL && i < MIN (places->len, MOST_CHIPS); i++)
    gtk_box_append (GTK_BOX (self->chips), chip_new (self, places->pdata[i], i + 1));
  if (places != NULL && places->len > MOST_CHIPS)
    {
      g_autofree char *more = g_strdup_printf ("+%u", places->len - MOST_CHIPS);
      GtkWidget *label = gtk_label_new (more);

      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (self->chips), label);
    }
}

/* The list makes the widget around it, which is what gets the focus. */
static void
name_cell (BaleenSummaryRow *self)
{
  GtkWidget *expander = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *cell = expander != NULL ? gtk_widget_get_parent (expander) : NULL;
  const char *detail = baleen_summary_item_get_detail (self->item);
  const gboolean is_verified = baleen_summary_item_get_is_verified (self->item);
  g_autofree char *name
      = g_strdup_printf ("%s%s%s%s%s", baleen_summary_item_get_text (self->item),
                         *detail != '\0' ? ", " : "", detail, is_verified ? "" : ", ",
                         is_verified ? "" : _("unverified"));

  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
show (BaleenSummaryRow *self)
{
  const BaleenSummaryItemKind kind = baleen_summary_item_get_kind (self->item);
  const gboolean is_claim = kind == BALEEN_SUMMARY_ITEM_CLAIM;
  const gboolean is_verified = baleen_summary_item_get_is_verified (self->item);
  const char *detail = baleen_summary_item_get_detail (self->item);

  gtk_label_set_text (GTK_LABEL (self->text), baleen_summary_item_get_text (self->item));
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_widget_set_visible (self->detail, *detail != '\0');
  gtk_widget_set_visible (self->line, is_claim || kind == BALEEN_SUMMARY_ITEM_QUOTE);
  gtk_widget_set_visible (self->menu, is_claim);
  gtk_widget_set_visible (self->unverified, !is_verified);
  gtk_widget_set_css_classes (
      self->text, (const char *[]) { kind == BALEEN_SUMMARY_ITEM_WHOLE     ? "heading"
                                     : kind == BALEEN_SUMMARY_ITEM_SECTION ? "section"
                                     : kind == BALEEN_SUMMARY_ITEM_CLAIM   ? "claim"
                                                                           : "quote",
                                     is_verified ? NULL : "doubtful", NULL });
  show_chips (self);
  name_cell (self);
}

void
baleen_summary_row_set_item (BaleenSummaryRow  *self,
                             BaleenSummaryItem *item)
{
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
  show (self);
}

/* ---- building ------------------------------------------------------------------------- */

static GtkWidget *
menu_new (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button;

  g_menu_append (menu, _("Copy With Place"), "claim.copy");
  g_menu_append (menu, _("Ask About This"), "claim.ask");
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "menu-model",
                         menu, "valign", GTK_ALIGN_CENTER, "tooltip-text", _("Claim Menu"), NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "claim-menu");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Claim Menu"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Claim Menu"), -1);
  return button;
}

static void
baleen_summary_row_init (BaleenSummaryRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->text = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                             "halign", GTK_ALIGN_START, NULL);
  self->detail = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->detail, "caption");
  gtk_widget_add_css_class (self->detail, "detail");
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->unverified = gtk_label_new (_("unverified"));
  gtk_widget_add_css_class (self->unverified, "caption-heading");
  gtk_widget_add_css_class (self->unverified, "unverified");
  self->menu = menu_new ();
  gtk_box_append (GTK_BOX (self->line), self->chips);
  gtk_box_append (GTK_BOX (self->line), self->unverified);
  gtk_box_append (GTK_BOX (words), self->text);
  gtk_box_append (GTK_BOX (words), self->detail);
  gtk_box_append (GTK_BOX (words), self->line);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_box_append (GTK_BOX (self->box), self->menu);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
baleen_summary_row_new (void)
{
  return g_object_new (BALEEN_TYPE_SUMMARY_ROW, NULL);
}
