#include "baleen-code-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "baleen-text-piece.h"
#include "code-colours.h"
#include "markdown-writer.h"

struct _BaleenCodeView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *language;
  GtkWidget *wrap;
  GtkWidget *copy;
  GtkWidget *scroller;
  GtkWidget *pieces;
  GtkWidget *unfold; /* (nullable) */
  char *text;        /* (owned) */
  char *language_id; /* (owned) (nullable) as the fence has it */
  CodeColours *colours; /* (owned) */
  gboolean is_folded;
  guint colour_source;
  guint copied_source;
};

G_DEFINE_FINAL_TYPE (BaleenCodeView, baleen_code_view, GTK_TYPE_WIDGET)

/* A label is laid out whole at each change: a piece has so many lines, and a line without end
 * is cut. */
#define LINES_A_PIECE 30
#define LONGEST_LINE 4000

/* Longer code is folded to one piece where a conversation is opened again. */
#define FOLD_FROM_LINES 40

/* How long a copy button says that it copied. */
#define COPIED_SECONDS 2

static gboolean
copied_cb (gpointer user_data)
{
  BaleenCodeView *self = user_data;

  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "edit-copy-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->copy), _("Copy Code"), NULL);
  self->copied_source = 0;
  return G_SOURCE_REMOVE;
}

static void
copy_cb (BaleenCodeView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "object-select-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->copy), _("Copied"), NULL);
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (COPIED_SECONDS, copied_cb, self);
}

static void
wrap_cb (BaleenCodeView *self)
{
  const gboolean is_wrapped = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->wrap));

  for (GtkWidget *piece = gtk_widget_get_first_child (self->pieces); piece != NULL;
       piece = gtk_widget_get_next_sibling (piece))
    gtk_label_set_wrap (baleen_text_piece_get_label (BALEEN_TEXT_PIECE (piece)), is_wrapped);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  is_wrapped ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
}

/* ---- pieces --------------------------------------------------------------------------- */

/* Where a piece that begins at `start` ends: behind the end of a line, or in one that never
 * ends. */
static const char *
piece_end (const char *start)
{
  const char *p = start;

  for (guint i = 0; i < LINES_A_PIECE; i++)
    {
      const char *end = strchr (p, '\n');
      const gsize length = end != NULL ? (gsize) (end - p) : strlen (p);

      if (length > LONGEST_LINE)
        {
          const char *cut = p + LONGEST_LINE;

          while ((*cut & 0xc0) == 0x80)
            cut--;
          return cut;
        }
      if (end == NULL)
        return p + length;
      p = end + 1;
    }
  return p;
}

static GtkWidget *
next_piece (BaleenCodeView *self,
            GtkWidget      *after)
{
  GtkWidget *piece = after == NULL ? gtk_widget_get_first_child (self->pieces)
                                   : gtk_widget_get_next_sibling (after);

  if (piece != NULL)
    return piece;
  piece = baleen_text_piece_new_code ();
  gtk_label_set_wrap (baleen_text_piece_get_label (BALEEN_TEXT_PIECE (piece)),
                      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->wrap)));
  gtk_box_append (GTK_BOX (self->pieces), piece);
  return piece;
}

/* The end of its last line is no part of a piece: it is between two. */
static void
show_piece (BaleenCodeView *self,
            GtkWidget      *piece,
            const char     *start,
            const char     *end)
{
  const gboolean has_end = end > start && end[-1] == '\n' && *end != '\0';
  g_autofree char *text = g_strndup (start, end - start - has_end);
  BaleenTextPiece *shown = BALEEN_TEXT_PIECE (piece);

  g_object_set_data (G_OBJECT (piece), "goes-on", GINT_TO_POINTER (!has_end && *end != '\0'));
  if (g_str_equal (baleen_text_piece_get_text (shown), text))
    return;
  baleen_text_piece_set_text (shown, text);
  g_object_set_data (G_OBJECT (piece), "colourless", GINT_TO_POINTER (TRUE));
}

/* Colours come when there is time for them: what is read does not wait. */
static gboolean
colour_cb (gpointer user_data)
{
  BaleenCodeView *self = user_data;
  const char *p = self->text;

  self->colour_source = 0;
  code_colours_set_text (self->colours, self->text, self->language_id);
  for (GtkWidget *piece = gtk_widget_get_first_child (self->pieces); piece != NULL;
       piece = gtk_widget_get_next_sibling (piece))
    {
      const gsize start = p - self->text;

      p = piece_end (p);
      if (g_object_steal_data (G_OBJECT (piece), "colourless") != NULL)
        {
          BaleenTextPiece *shown = BALEEN_TEXT_PIECE (piece);
          g_autoptr (PangoAttrList) colours = code_colours_get (
              self->colours, start, start + strlen (baleen_text_piece_get_text (shown)));

          baleen_text_piece_set_colours (shown, colours);
        }
    }
  return G_SOURCE_REMOVE;
}

static void
show_text (BaleenCodeView *self)
{
  GtkWidget *piece = NULL;
  GtkWidget *surplus;
  const char *p = self->text;

  do
    {
      const char *end = piece_end (p);

      piece = next_piece (self, piece);
      show_piece (self, piece, p, end);
      p = end;
    }
  while (*p != '\0');
  while ((surplus = gtk_widget_get_next_sibling (piece)) != NULL)
    gtk_box_remove (GTK_BOX (self->pieces), surplus);
  if (self->colour_source == 0)
    self->colour_source = g_idle_add (colour_cb, self);
}

static guint
count_lines (const char *text)
{
  guint n = *text != '\0';

  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    n++;
  return n;
}

static void
show_fold (BaleenCodeView *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->pieces);

  for (GtkWidget *piece = first; piece != NULL; piece = gtk_widget_get_next_sibling (piece))
    gtk_widget_set_visible (piece, piece == first || !self->is_folded);
}

static void
unfold_cb (BaleenCodeView *self)
{
  gtk_widget_grab_focus (self->copy);
  baleen_code_view_unfold (self);
}

/* ---- the widget ----------------------------------------------------------------------- */

/* Dark code has other colours. */
static void
dark_cb (BaleenCodeView *self)
{
  GtkWidget *piece;

  while ((piece = gtk_widget_get_first_child (self->pieces)) != NULL)
    gtk_box_remove (GTK_BOX (self->pieces), piece);
  show_text (self);
  show_fold (self);
}

static void
baleen_code_view_dispose (GObject *object)
{
  BaleenCodeView *self = BALEEN_CODE_VIEW (object);

  g_clear_handle_id (&self->copied_source, g_source_remove);
  g_clear_handle_id (&self->colour_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_code_view_parent_class)->dispose (object);
}

static void
baleen_code_view_finalize (GObject *object)
{
  BaleenCodeView *self = BALEEN_CODE_VIEW (object);

  g_free (self->text);
  g_free (self->language_id);
  code_colours_free (self->colours);
  G_OBJECT_CLASS (baleen_code_view_parent_class)->finalize (object);
}

static void
baleen_code_view_class_init (BaleenCodeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_code_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_code_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
head_new (BaleenCodeView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->language = gtk_label_new ("");
  gtk_widget_add_css_class (self->language, "dim-label");
  gtk_widget_add_css_class (self->language, "caption");
  gtk_widget_set_hexpand (self->language, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->language), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->language), PANGO_ELLIPSIZE_END);
  self->wrap = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "icon-name", "format-justify-left-symbolic",
                             "tooltip-text", _("Wrap Lines"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->wrap), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Wrap Lines"), -1);
  gtk_widget_add_css_class (self->wrap, "flat");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->wrap), GTK_ACCESSIBLE_STATE_PRESSED,
                               GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  g_signal_connect_swapped (self->wrap, "toggled", G_CALLBACK (wrap_cb), self);
  self->copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy Code"));
  gtk_widget_add_css_class (self->copy, "flat");
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (head), self->language);
  gtk_box_append (GTK_BOX (head), self->wrap);
  gtk_box_append (GTK_BOX (head), self->copy);
  gtk_widget_add_css_class (head, "code-head");
  return head;
}

static void
baleen_code_view_init (BaleenCodeView *self)
{
  self->colours = code_colours_new ();
  self->text = g_strdup ("");
  self->pieces = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->pieces, "code");
  gtk_widget_set_direction (self->pieces, GTK_TEXT_DIR_LTR);

  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_TEXT_BOX, "focusable", FALSE, "child",
                                 self->pieces, NULL);
  gtk_widget_set_direction (self->scroller, GTK_TEXT_DIR_LTR);
  /* From right to left the viewport between them would begin at the ends of the lines. */
  gtk_widget_set_direction (gtk_widget_get_parent (self->pieces), GTK_TEXT_DIR_LTR);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller),
                                  GTK_ACCESSIBLE_PROPERTY_READ_ONLY, TRUE,
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), head_new (self));
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_add_css_class (self->box, "code-block");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
baleen_code_view_new (void)
{
  return g_object_new (BALEEN_TYPE_CODE_VIEW, NULL);
}

void
baleen_code_view_set_block (BaleenCodeView    *self,
                            const BaleenBlock *block)
{
  g_autofree char *name = code_colours_name_language (block->language);
  g_autofree char *words = NULL;
  guint n_lines;

  g_free (self->text);
  self->text = block->kind == BALEEN_BLOCK_CODE ? g_strdup (block->rich->text->str)
                                                : baleen_block_to_plain (block);
  g_free (self->language_id);
  self->language_id = g_strdup (block->language);
  gtk_label_set_text (GTK_LABEL (self->language), name);
  show_text (self);
  show_fold (self);

  n_lines = count_lines (self->text);
  words = *name != '\0'
              ? g_strdup_printf (
                  g_dngettext (NULL, "Code, %s, %u line", "Code, %s, %u lines", n_lines), name,
                  n_lines)
              : g_strdup_printf (g_dngettext (NULL, "Code, %u line", "Code, %u lines", n_lines),
                                 n_lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

void
baleen_code_view_fold (BaleenCodeView *self)
{
  const guint n_lines = count_lines (self->text);
  g_autofree char *words = NULL;

  if (n_lines <= FOLD_FROM_LINES || self->unfold != NULL)
    return;
  self->is_folded = TRUE;
  show_fold (self);
  words = g_strdup_printf (g_dngettext (NULL, "Show All (%u line)", "Show All (%u lines)", n_lines),
                           n_lines);
  self->unfold = gtk_button_new_with_label (words);
  gtk_widget_add_css_class (self->unfold, "flat");
  g_signal_connect_swapped (self->unfold, "clicked", G_CALLBACK (unfold_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->unfold);
}

void
baleen_code_view_unfold (BaleenCodeView *self)
{
  if (!self->is_folded)
    return;
  self->is_folded = FALSE;
  show_fold (self);
  gtk_widget_set_visible (self->unfold, FALSE);
}
