#include "baleen-document-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-document-pages.h"
#include "baleen-icon-button.h"
#include "baleen-source.h"

/* ---- the view ------------------------------------------------------------------------- */

struct _BaleenDocumentView
{
  GtkWidget parent_instance;

  BaleenAttachment *attachment; /* (owned) (nullable) */
  GtkWidget *empty;
  GtkWidget *content;
  GtkWidget *name;
  GtkWidget *outline;
  GtkWidget *original;
  GtkWidget *search;
  GtkWidget *search_bar;
  GtkWidget *found;
  GtkWidget *places_row;
  GtkWidget *places_words;
  GtkWidget *text;

  GPtrArray *places;  /* (owned) (nullable) of BaleenSource */
  guint place;
};

G_DEFINE_FINAL_TYPE (BaleenDocumentView, baleen_document_view, GTK_TYPE_WIDGET)

enum
{
  MOVED_OUT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const BaleenDocument *
document_of (BaleenDocumentView *self)
{
  return self->attachment != NULL ? baleen_attachment_get_document (self->attachment) : NULL;
}

/* ---- places --------------------------------------------------------------------------- */

static guint
find_paragraph (const BaleenDocument *document,
                gsize                 offset)
{
  guint position = 0;

  for (guint i = 0; i < document->paragraphs->len; i++)
    if (((BaleenParagraph *) document->paragraphs->pdata[i])->start <= offset)
      position = i;
  return position;
}

/* The first paragraph of a page, or of the next one that has any. */
static guint
find_page (const BaleenDocument *document,
           guint                 page)
{
  for (guint i = 0; i < document->paragraphs->len; i++)
    if (((BaleenParagraph *) document->paragraphs->pdata[i])->page >= page)
      return i;
  return 0;
}

/* From its page on, else anywhere: the same sentence may stand in several places. */
static gboolean
find_passage (const BaleenDocument *document,
              guint                 page,
              const char           *passage,
              gsize                *from)
{
  g_autofree char *text = baleen_document_get_text (document);
  const BaleenParagraph *first = document->paragraphs->pdata[find_page (document, page)];
  const char *start = g_utf8_offset_to_pointer (text, first->start);
  const char *at = strstr (start, passage);

  if (at == NULL)
    at = strstr (text, passage);
  if (at == NULL)
    return FALSE;
  *from = g_utf8_pointer_to_offset (text, at);
  return TRUE;
}

static void
show_letter (BaleenDocumentView *self,
             gsize               letter)
{
  const BaleenDocument *document = document_of (self);
  const guint position = find_paragraph (document, letter);
  const BaleenParagraph *paragraph = document->paragraphs->pdata[position];

  baleen_document_pages_scroll_to (BALEEN_DOCUMENT_PAGES (self->text), position,
                                  letter > paragraph->start ? letter - paragraph->start : 0);
}

gboolean
baleen_document_view_show_place (BaleenDocumentView *self,
                                 guint               page,
                                 const char         *passage)
{
  const BaleenDocument *document = document_of (self);
  gsize from = 0;

  if (document == NULL || document->paragraphs->len == 0)
    return FALSE;

  if (passage != NULL && *passage != '\0' && find_passage (document, page, passage, &from))
    {
      baleen_document_view_show_range (self, from, from + g_utf8_strlen (passage, -1));
      return TRUE;
    }
  baleen_document_pages_mark (BALEEN_DOCUMENT_PAGES (self->text), 0, 0);
  baleen_document_pages_scroll_to (BALEEN_DOCUMENT_PAGES (self->text), find_page (document, page),
                                  0);
  return passage == NULL;
}

void
baleen_document_view_show_range (BaleenDocumentView *self,
                                 gsize               from,
                                 gsize               to)
{
  const BaleenDocument *document = document_of (self);

  if (document == NULL || document->paragraphs->len == 0)
    return;
  baleen_document_pages_mark (BALEEN_DOCUMENT_PAGES (self->text), from, to);
  show_letter (self, from);
}

static void
show_current_place (BaleenDocumentView *self)
{
  BaleenSource *source = self->places->pdata[self->place];
  g_autofree char *words
      = g_strdup_printf (_("%u of %u places"), self->place + 1, self->places->len);

  gtk_label_set_text (GTK_LABEL (self->places_words), words);
  baleen_document_view_show_place (self, baleen_source_get_page (source),
                                   baleen_source_get_passage (source));
}

void
baleen_document_view_set_places (BaleenDocumentView *self,
                                 GPtrArray          *sources,
                                 guint               position)
{
  g_clear_pointer (&self->places, g_ptr_array_unref);
  gtk_widget_set_visible (self->places_row, sources != NULL && sources->len > 1);
  if (sources == NULL || sources->len == 0)
    return;
  self->places = g_ptr_array_ref (sources);
  self->place = MIN (position, sources->len - 1);
  show_current_place (self);
}

static void
previous_place_cb (BaleenDocumentView *self)
{
  self->place = (self->place + self->places->len - 1) % self->places->len;
  show_current_place (self);
}

static void
next_place_cb (BaleenDocumentView *self)
{
  self->place = (self->place + 1) % self->places->len;
  show_current_place (self);
}

/* ---- finding -------------------------------------------------------------------------- */

static void
search_cb (BaleenDocumentView *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  BaleenDocumentPages *text = BALEEN_DOCUMENT_PAGES (self->text);
  g_autofree char *found = NULL;
  guint n;

  baleen_document_pages_find (text, words);
  if (*words != '\0')
    {
      n = baleen_document_pages_count_hits (text);
      found = n > 0 ? g_strdup_printf ("%u", n) : g_strdup (_("Nothing found"));
      baleen_document_pages_go_to_hit (text, 1);
    }
  gtk_label_set_text (GTK_LABEL (self->found), found != NULL ? found : "");
}

static void
next_hit_cb (BaleenDocumentView *self)
{
  baleen_document_pages_go_to_hit (BALEEN_DOCUMENT_PAGES (self->text), 1);
}

static void
previous_hit_cb (BaleenDocumentView *self)
{
  baleen_document_pages_go_to_hit (BALEEN_DOCUMENT_PAGES (self->text), -1);
}

/* ---- outline -------------------------------------------------------------------------- */

static void
heading_cb (GtkListBox         *box,
            GtkListBoxRow      *row,
            BaleenDocumentView *self)
{
  baleen_document_pages_scroll_to (BALEEN_DOCUMENT_PAGES (self->text),
                                  GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "position")),
                                  0);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->outline));
}

static void
append_heading (GtkWidget             *box,
                const BaleenParagraph *paragraph,
                guint                  position)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", paragraph->text, "xalign", 0.0,
                                   "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 40, NULL);

  g_object_set_data (G_OBJECT (row), "position", GUINT_TO_POINTER (position));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_append (GTK_LIST_BOX (box), row);
}

static void
fill_outline (BaleenDocumentView *self)
{
  const BaleenDocument *document = document_of (self);
  GtkWidget *box = gtk_list_box_new ();
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", box, "hscrollbar-policy",
                                      GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                                      "max-content-height", 400, "propagate-natural-width", TRUE,
                                      "focusable", FALSE, NULL);
  GtkWidget *popover = gtk_popover_new ();
  guint n = 0;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Outline"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Outline"), -1);
  for (guint i = 0; document != NULL && i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = document->paragraphs->pdata[i];

      if (paragraph->style != BALEEN_PARAGRAPH_HEADING)
        continue;
      append_heading (box, paragraph, i);
      n++;
    }
  g_signal_connect (box, "row-activated", G_CALLBACK (heading_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->outline), popover);
  gtk_widget_set_sensitive (self->outline, n > 0);
  gtk_widget_set_tooltip_text (self->outline, n > 0 ? _("Outline") : _("It has no headings"));
}

/* ---- building ------------------------------------------------------------------------- */

static void
original_cb (BaleenDocumentView *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (baleen_attachment_get_path (self->attachment));
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
move_out_cb (BaleenDocumentView *self)
{
  g_signal_emit (self, signals[MOVED_OUT], 0, self->attachment);
}

static GtkWidget *
append_button (BaleenDocumentView *self,
               GtkWidget          *box,
               const char         *icon_name,
               const char         *words,
               GCallback           callback)
{
  GtkWidget *button = baleen_icon_button_new (icon_name, words);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
head_new (BaleenDocumentView *self,
          gboolean            is_in_panel)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                             PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_add_css_class (self->name, "heading");
  gtk_box_append (GTK_BOX (head), self->name);
  self->outline = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-list-symbolic",
                                "tooltip-text", _("Outline"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outline), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Outline"), -1);
  gtk_widget_add_css_class (self->outline, "flat");
  gtk_box_append (GTK_BOX (head), self->outline);
  self->original = append_button (self, head, "document-open-symbolic", _("Open Original"),
                                  G_CALLBACK (original_cb));
  if (is_in_panel)
    append_button (self, head, "window-new-symbolic", _("Open in Window"),
                   G_CALLBACK (move_out_cb));
  return head;
}

static GtkWidget *
search_new (BaleenDocumentView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  g_object_set (self->search, "placeholder-text", _("Find"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Find"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (next_hit_cb), self);
  self->found = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->found, "dim-label");
  gtk_widget_add_css_class (self->found, "numeric");
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->found);
  append_button (self, box, "go-up-symbolic", _("Previous Match"), G_CALLBACK (previous_hit_cb));
  append_button (self, box, "go-down-symbolic", _("Next Match"), G_CALLBACK (next_hit_cb));
  return box;
}

static GtkWidget *
places_new (BaleenDocumentView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->places_words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->places_words, "numeric");
  gtk_box_append (GTK_BOX (box), self->places_words);
  append_button (self, box, "go-previous-symbolic", _("Previous Place"),
                 G_CALLBACK (previous_place_cb));
  append_button (self, box, "go-next-symbolic", _("Next Place"), G_CALLBACK (next_place_cb));
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static GtkWidget *
empty_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  const char *const words[] = { _("No Document"),
                                _("Documents that you attach, and the places that answers "
                                  "name, show here.") };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *label
          = g_object_new (GTK_TYPE_LABEL, "label", words[i], "wrap", TRUE, "justify",
                          GTK_JUSTIFY_CENTER, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

      gtk_widget_add_css_class (label, i == 0 ? "title-3" : "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_widget_add_css_class (box, "empty-page");
  return box;
}

static void
baleen_document_view_dispose (GObject *object)
{
  BaleenDocumentView *self = BALEEN_DOCUMENT_VIEW (object);

  g_clear_pointer (&self->empty, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  G_OBJECT_CLASS (baleen_document_view_parent_class)->dispose (object);
}

static void
baleen_document_view_class_init (BaleenDocumentViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_document_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[MOVED_OUT]
      = g_signal_new ("moved-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BALEEN_TYPE_ATTACHMENT);
}

static void
baleen_document_view_init (BaleenDocumentView *self)
{
}

GtkWidget *
baleen_document_view_new (gboolean is_in_panel)
{
  BaleenDocumentView *self = g_object_new (BALEEN_TYPE_DOCUMENT_VIEW, NULL);
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (tools, "document-tools");
  gtk_box_append (GTK_BOX (tools), head_new (self, is_in_panel));
  self->search_bar = search_new (self);
  gtk_box_append (GTK_BOX (tools), self->search_bar);
  self->places_row = places_new (self);
  gtk_box_append (GTK_BOX (tools), self->places_row);
  gtk_box_append (GTK_BOX (self->content), tools);
  self->text = baleen_document_pages_new ();
  gtk_widget_set_vexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (self->content), self->text);
  self->empty = empty_new ();
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_visible (self->content, FALSE);
  return GTK_WIDGET (self);
}

void
baleen_document_view_set_attachment (BaleenDocumentView *self,
                                     BaleenAttachment   *attachment)
{
  const char *path = attachment != NULL ? baleen_attachment_get_path (attachment) : NULL;

  if (!g_set_object (&self->attachment, attachment))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  baleen_document_view_set_places (self, NULL, 0);
  baleen_document_pages_set_attachment (BALEEN_DOCUMENT_PAGES (self->text), attachment);
  fill_outline (self);
  gtk_label_set_text (GTK_LABEL (self->name),
                      attachment != NULL ? baleen_attachment_get_name (attachment) : "");
  gtk_widget_set_visible (self->original,
                          path != NULL && g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_widget_set_visible (self->empty, attachment == NULL);
  gtk_widget_set_visible (self->content, attachment != NULL);
}
