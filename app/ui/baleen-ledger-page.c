#include "baleen-ledger-page.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "clipboard-formats.h"

/* ---- a row, as lists want it ---------------------------------------------------------- */

#define BALEEN_TYPE_LEDGER_ROW (baleen_ledger_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenLedgerRow, baleen_ledger_row, BALEEN, LEDGER_ROW, GObject)

struct _BaleenLedgerRow
{
  GObject parent_instance;
  char **cells; /* (owned) */
  gboolean is_sum;
};

G_DEFINE_FINAL_TYPE (BaleenLedgerRow, baleen_ledger_row, G_TYPE_OBJECT)

static void
baleen_ledger_row_finalize (GObject *object)
{
  g_strfreev (BALEEN_LEDGER_ROW (object)->cells);
  G_OBJECT_CLASS (baleen_ledger_row_parent_class)->finalize (object);
}

static void
baleen_ledger_row_class_init (BaleenLedgerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_ledger_row_finalize;
}

static void
baleen_ledger_row_init (BaleenLedgerRow *self)
{
}

/* ---- the page ------------------------------------------------------------------------- */

struct _BaleenLedgerPage
{
  GtkWidget parent_instance;

  GPtrArray *table;  /* (owned) (nullable) */
  GListStore *rows;  /* (owned) of BaleenLedgerRow */
  GtkWidget *empty;
  GtkWidget *content;
  GtkWidget *name;
  GtkWidget *view;
  GtkColumnViewColumn *columns[LEDGER_N_COLUMNS]; /* the view's */
};

G_DEFINE_FINAL_TYPE (BaleenLedgerPage, baleen_ledger_page, GTK_TYPE_WIDGET)

static void
copy_cb (BaleenLedgerPage *self)
{
  g_autofree char *text = ledger_table_to_text (self->table);
  g_autofree char *html = ledger_table_to_html (self->table);

  clipboard_set_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)), text, NULL, html);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *cell,
          gpointer            column)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "xalign",
                      ledger_column_is_number (GPOINTER_TO_UINT (column)) ? 1.0 : 0.0, NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

/* The list makes the widget around the cells, which is what gets the focus. */
static void
name_row (GtkWidget       *label,
          BaleenLedgerRow *row)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < LEDGER_N_COLUMNS; i++)
    if (*row->cells[i] != '\0')
      g_string_append_printf (name, "%s%s %s", name->len > 0 ? ", " : "", ledger_column_title (i),
                              row->cells[i]);
  if (line != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name->str, -1);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *cell,
         gpointer            column)
{
  BaleenLedgerRow *row = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);

  gtk_label_set_text (GTK_LABEL (label), row->cells[GPOINTER_TO_UINT (column)]);
  if (row->is_sum)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
  if (GPOINTER_TO_UINT (column) == 0)
    name_row (label, row);
}

void
baleen_ledger_page_set_table (BaleenLedgerPage *self,
                              const char       *name,
                              GPtrArray        *table)
{
  const gboolean has_rows = table != NULL && table->len > 0;

  g_clear_pointer (&self->table, g_ptr_array_unref);
  g_list_store_remove_all (self->rows);
  gtk_widget_set_visible (self->content, has_rows);
  gtk_widget_set_visible (self->empty, !has_rows);
  if (!has_rows)
    return;

  self->table = g_ptr_array_ref (table);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  for (guint i = 0; i < LEDGER_N_COLUMNS; i++)
    gtk_column_view_column_set_visible (self->columns[i], ledger_table_has_column (table, i));
  for (guint i = 0; i < table->len; i++)
    {
      g_autoptr (BaleenLedgerRow) row = g_object_new (BALEEN_TYPE_LEDGER_ROW, NULL);

      row->cells = g_strdupv (table->pdata[i]);
      row->is_sum = i + 1 == table->len;
      g_list_store_append (self->rows, row);
    }
}

/* ---- building ------------------------------------------------------------------------- */

static void
add_column (BaleenLedgerPage *self,
            LedgerColumn      column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  made = gtk_column_view_column_new (ledger_column_title (column), factory);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), made);
  self->columns[column] = made;
  g_object_unref (made);
}

static GtkWidget *
head_new (BaleenLedgerPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy as Table"));

  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                             PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_add_css_class (self->name, "heading");
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (head), self->name);
  gtk_box_append (GTK_BOX (head), copy);
  gtk_widget_add_css_class (head, "document-tools");
  return head;
}

static GtkWidget *
empty_new (void)
{
  const char *const words[] = { _("No Ledger"), _("It lists every call that a summary was made "
                                                  "with, and what an answer's prompt held.") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *label
          = g_object_new (GTK_TYPE_LABEL, "label", words[i], "wrap", TRUE, "justify",
                          GTK_JUSTIFY_CENTER, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

      gtk_widget_add_css_class (label, i == 0 ? "title-3" : "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "empty-page");
  return box;
}

static void
baleen_ledger_page_dispose (GObject *object)
{
  BaleenLedgerPage *self = BALEEN_LEDGER_PAGE (object);

  g_clear_pointer (&self->empty, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->table, g_ptr_array_unref);
  G_OBJECT_CLASS (baleen_ledger_page_parent_class)->dispose (object);
}

static void
baleen_ledger_page_class_init (BaleenLedgerPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_ledger_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_ledger_page_init (BaleenLedgerPage *self)
{
  GtkSelectionModel *selection;
  GtkWidget *scroller;

  self->rows = g_list_store_new (BALEEN_TYPE_LEDGER_ROW);
  selection = GTK_SELECTION_MODEL (
      gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  self->view = gtk_column_view_new (selection);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "ledger");
  for (guint i = 0; i < LEDGER_N_COLUMNS; i++)
    add_column (self, i);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->view, "vexpand", TRUE,
                           "focusable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Ledger"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Ledger"), -1);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), head_new (self));
  gtk_box_append (GTK_BOX (self->content), scroller);
  self->empty = empty_new ();
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_visible (self->content, FALSE);
}

GtkWidget *
baleen_ledger_page_new (void)
{
  return g_object_new (BALEEN_TYPE_LEDGER_PAGE, NULL);
}
