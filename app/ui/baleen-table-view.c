#include "baleen-table-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "baleen-text-piece.h"
#include "clipboard-formats.h"
#include "markdown-writer.h"

struct _BaleenTableView
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *scroller;
  GtkWidget *grid;
  GPtrArray *cells;   /* (owned) of BaleenTextPiece, by rows */
  GPtrArray *sources; /* (owned) (nullable) */
  guint n_columns;
  char *text; /* (owned) (nullable) with tabs */
  char *html; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenTableView, baleen_table_view, GTK_TYPE_WIDGET)

/* About 320 pixels: wider columns wrap. */
#define WIDEST_CHARS 42

static void
copy_cb (BaleenTableView *self)
{
  clipboard_set_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text, NULL,
                         self->html);
}

/* “12”, “−3.5 %”, “$1,200”: numbers stand below each other by their ends. */
static gboolean
is_number (const char *text)
{
  gboolean has_digit = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      has_digit = has_digit || g_unichar_isdigit (c);
      if (g_unichar_isalpha (c))
        return FALSE;
    }
  return has_digit;
}

static float
get_xalign (const BaleenBlock *block,
            guint              i)
{
  const BaleenRichText *cell = block->cells->pdata[i];

  switch (g_array_index (block->alignments, BaleenAlign, i % block->n_columns))
    {
    case BALEEN_ALIGN_CENTER:
      return 0.5;
    case BALEEN_ALIGN_END:
      return 1;
    case BALEEN_ALIGN_START:
      return 0;
    case BALEEN_ALIGN_DEFAULT:
    default:
      return i >= block->n_columns && is_number (cell->text->str) ? 1 : 0;
    }
}

static GtkWidget *
cell_new (BaleenTableView *self,
          guint            i)
{
  GtkWidget *cell = baleen_text_piece_new ();
  GtkLabel *label = baleen_text_piece_get_label (BALEEN_TEXT_PIECE (cell));

  gtk_label_set_max_width_chars (label, WIDEST_CHARS);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  gtk_widget_add_css_class (cell, "cell");
  if (i < self->n_columns)
    gtk_widget_add_css_class (cell, "head");
  baleen_text_piece_set_sources (BALEEN_TEXT_PIECE (cell), self->sources);
  gtk_grid_attach (GTK_GRID (self->grid), cell, i % self->n_columns, i / self->n_columns, 1, 1);
  g_ptr_array_add (self->cells, cell);
  return cell;
}

static void
clear_cells (BaleenTableView *self,
             guint            keep)
{
  for (guint i = keep; i < self->cells->len; i++)
    gtk_grid_remove (GTK_GRID (self->grid), self->cells->pdata[i]);
  g_ptr_array_set_size (self->cells, MIN (keep, self->cells->len));
}

static void
baleen_table_view_dispose (GObject *object)
{
  BaleenTableView *self = BALEEN_TABLE_VIEW (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_table_view_parent_class)->dispose (object);
}

static void
baleen_table_view_finalize (GObject *object)
{
  BaleenTableView *self = BALEEN_TABLE_VIEW (object);

  g_ptr_array_unref (self->cells);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self->text);
  g_free (self->html);
  G_OBJECT_CLASS (baleen_table_view_parent_class)->finalize (object);
}

static void
baleen_table_view_class_init (BaleenTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_table_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_table_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tableview");
}

/* A scroller asks for the height at the least width, at which the columns are towers. They
 * always have the width they want, so there is but one height. */
static GtkSizeRequestMode
get_mode_cb (GtkWidget *bin)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
measure_cb (GtkWidget     *bin,
            GtkOrientation orientation,
            int            for_size,
            int           *minimum,
            int           *natural,
            int           *minimum_baseline,
            int           *natural_baseline)
{
  GtkWidget *grid = adw_bin_get_child (ADW_BIN (bin));
  int width;

  /* While it is taken down. */
  *minimum = *natural = 0;
  if (grid == NULL)
    return;
  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = width;
  else
    gtk_widget_measure (grid, orientation, width, NULL, natural, NULL, NULL);
  *minimum = *natural;
}

static void
allocate_cb (GtkWidget *bin,
             int        width,
             int        height,
             int        baseline)
{
  GtkWidget *grid = adw_bin_get_child (ADW_BIN (bin));
  const gboolean is_rtl = gtk_widget_get_direction (bin) == GTK_TEXT_DIR_RTL;
  int natural;

  if (grid == NULL)
    return;
  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_allocate (
      grid, natural, height, -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (is_rtl ? width - natural : 0, 0)));
}

static void
baleen_table_view_init (BaleenTableView *self)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy as Table"));

  self->cells = g_ptr_array_new ();
  self->grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE, NULL);
  gtk_widget_add_css_class (self->grid, "table");
  gtk_widget_set_layout_manager (
      bin, gtk_custom_layout_new (get_mode_cb, measure_cb, allocate_cb));
  adw_bin_set_child (ADW_BIN (bin), self->grid);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), bin);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "focusable", FALSE, "child", viewport,
                                 "propagate-natural-height", TRUE, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Table"), -1);

  gtk_widget_add_css_class (copy, "copy-table");
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), copy);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

GtkWidget *
baleen_table_view_new (void)
{
  return g_object_new (BALEEN_TYPE_TABLE_VIEW, NULL);
}

static void
keep_formats (BaleenTableView   *self,
              const BaleenBlock *block)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();

  g_ptr_array_add (alone, (gpointer) block);
  g_free (self->text);
  g_free (self->html);
  self->text = baleen_block_to_plain (block);
  self->html = baleen_blocks_to_html (alone);
}

void
baleen_table_view_set_block (BaleenTableView   *self,
                             const BaleenBlock *block)
{
  const guint n_rows = baleen_block_get_n_rows (block);
  g_autofree char *words = NULL;

  if (self->n_columns != block->n_columns)
    clear_cells (self, 0);
  self->n_columns = block->n_columns;
  clear_cells (self, block->cells->len);
  for (guint i = 0; i < block->cells->len; i++)
    {
      GtkWidget *cell = i < self->cells->len ? self->cells->pdata[i] : cell_new (self, i);

      gtk_label_set_xalign (baleen_text_piece_get_label (BALEEN_TEXT_PIECE (cell)),
                            get_xalign (block, i));
      baleen_text_piece_set_rich (BALEEN_TEXT_PIECE (cell), block->cells->pdata[i]);
    }
  keep_formats (self, block);
  words = g_strdup_printf (g_dngettext (NULL, "Table, %u row", "Table, %u rows",
                                        n_rows > 0 ? n_rows - 1 : 0),
                           n_rows > 0 ? n_rows - 1 : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

void
baleen_table_view_set_sources (BaleenTableView *self,
                               GPtrArray       *sources)
{
  if (sources != NULL)
    g_ptr_array_ref (sources);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  self->sources = sources;
  for (guint i = 0; i < self->cells->len; i++)
    baleen_text_piece_set_sources (self->cells->pdata[i], sources);
}
