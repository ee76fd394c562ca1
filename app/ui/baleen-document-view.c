#include "baleen-document-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "baleen-source.h"

/* ---- a paragraph, as lists want it ------------------------------------------------------------- */

#define BALEEN_TYPE_DOCUMENT_ITEM (baleen_document_item_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDocumentItem, baleen_document_item, BALEEN, DOCUMENT_ITEM, GObject)

struct _BaleenDocumentItem
{
  GObject parent_instance;
  BaleenAttachment *attachment; /* (owned) */
  const BaleenParagraph *paragraph;
  guint page;                   /* that begins with it; 0: none */
};

G_DEFINE_FINAL_TYPE (BaleenDocumentItem, baleen_document_item, G_TYPE_OBJECT)

static void
baleen_document_item_finalize (GObject *object)
{
  g_object_unref (BALEEN_DOCUMENT_ITEM (object)->attachment);
  G_OBJECT_CLASS (baleen_document_item_parent_class)->finalize (object);
}

static void
baleen_document_item_class_init (BaleenDocumentItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_document_item_finalize;
}

static void
baleen_document_item_init (BaleenDocumentItem *self)
{
}

/* ---- the view ------------------------------------------------------------------------------------ */

struct _BaleenDocumentView
{
  GtkWidget parent_instance;

  BaleenAttachment *attachment; /* (owned) (nullable) */
  GListStore *items;            /* (owned) of BaleenDocumentItem */
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
  GtkWidget *list;

  GPtrArray *places;  /* (owned) (nullable) of BaleenSource */
  guint place;
  gsize marked_from;  /* characters of the document; to > from while something is marked */
  gsize marked_to;
  char *needle;       /* (owned) (nullable) case folded */
  guint hit;          /* the paragraph that was found last */
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

/* ---- rows -------------------------------------------------------------------------------------------- */

static void
add_background (PangoAttrList *list,
                gsize          from,
                gsize          to,
                const GdkRGBA *colour)
{
  PangoAttribute *attribute
      = pango_attr_background_new ((guint16) (colour->red * 65535),
                                   (guint16) (colour->green * 65535),
                                   (guint16) (colour->blue * 65535));
  PangoAttribute *alpha = pango_attr_background_alpha_new ((guint16) (0.3 * 65535));

  attribute->start_index = alpha->start_index = from;
  attribute->end_index = alpha->end_index = to;
  pango_attr_list_insert (list, attribute);
  pango_attr_list_insert (list, alpha);
}

/* Folding a letter may change its length, so matches are looked for letter by letter. */
static gboolean
matches_at (const char *text,
            const char *needle,
            gsize      *length)
{
  const char *p = text;

  while (*needle != '\0')
    {
      if (*p == '\0'
          || g_unichar_tolower (g_utf8_get_char (p))
                 != g_unichar_tolower (g_utf8_get_char (needle)))
        return FALSE;
      p = g_utf8_next_char (p);
      needle = g_utf8_next_char (needle);
    }
  *length = p - text;
  return TRUE;
}

static guint
mark_hits (PangoAttrList *list, /* (nullable) only to be counted */
           const char    *text,
           const char    *needle,
           const GdkRGBA *colour)
{
  guint n = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length;

      if (!matches_at (p, needle, &length))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if (list != NULL)
        add_background (list, p - text, p - text + length, colour);
      p += length;
      n++;
    }
  return n;
}

static GdkRGBA
look_up (GtkWidget  *widget,
         const char *name)
{
  GdkRGBA colour = { 0.2, 0.5, 0.9, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour);
  return colour;
}

static void
dress (BaleenDocumentView *self,
       GtkWidget          *row,
       BaleenDocumentItem *item)
{
  GtkWidget *text = g_object_get_data (G_OBJECT (row), "text");
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  const BaleenParagraph *p = item->paragraph;
  const gsize from = CLAMP (self->marked_from, p->start, p->start + p->length) - p->start;
  const gsize to = CLAMP (self->marked_to, p->start, p->start + p->length) - p->start;
  const GdkRGBA accent = look_up (row, "accent_bg_color");
  const GdkRGBA warning = look_up (row, "warning_bg_color");

  if (p->style == BALEEN_PARAGRAPH_HEADING)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (self->needle != NULL)
    mark_hits (list, p->text, self->needle, &warning);
  if (to > from)
    {
      add_background (list, g_utf8_offset_to_pointer (p->text, from) - p->text,
                      g_utf8_offset_to_pointer (p->text, to) - p->text, &accent);
      gtk_widget_add_css_class (row, "marked");
    }
  else
    gtk_widget_remove_css_class (row, "marked");
  gtk_label_set_attributes (GTK_LABEL (text), list);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *cell,
          BaleenDocumentView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *page = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                  PANGO_WRAP_WORD_CHAR, "selectable", TRUE, "natural-wrap-mode",
                                  GTK_NATURAL_WRAP_NONE, NULL);

  gtk_widget_add_css_class (row, "paragraph");
  gtk_widget_add_css_class (page, "page-mark");
  gtk_box_append (GTK_BOX (row), page);
  gtk_box_append (GTK_BOX (row), text);
  g_object_set_data (G_OBJECT (row), "page", page);
  g_object_set_data (G_OBJECT (row), "text", text);
  gtk_list_item_set_child (cell, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *cell,
         BaleenDocumentView *self)
{
  GtkWidget *row = gtk_list_item_get_child (cell);
  GtkWidget *page = g_object_get_data (G_OBJECT (row), "page");
  BaleenDocumentItem *item = gtk_list_item_get_item (cell);
  g_autofree char *words
      = item->page > 0 ? g_strdup_printf (_("page %d"), (int) item->page) : NULL;

  gtk_widget_set_visible (page, words != NULL);
  gtk_label_set_text (GTK_LABEL (page), words != NULL ? words : "");
  gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (row), "text")),
                      item->paragraph->text);
  g_object_set_data (G_OBJECT (row), "item", item);
  dress (self, row, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *cell,
           BaleenDocumentView *self)
{
  GtkWidget *row = gtk_list_item_get_child (cell);

  g_object_set_data (G_OBJECT (row), "item", NULL);
  gtk_widget_remove_css_class (row, "marked");
}

/* Those that are on the screen; the others are dressed when they are bound. */
static void
dress_all (BaleenDocumentView *self)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (self->list); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = gtk_widget_get_first_child (cell);
      BaleenDocumentItem *item = row != NULL ? g_object_get_data (G_OBJECT (row), "item") : NULL;

      if (item != NULL)
        dress (self, row, item);
    }
}

static void
scroll_to (BaleenDocumentView *self,
           guint               position)
{
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

/* ---- places ---------------------------------------------------------------------------------------------- */

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

gboolean
baleen_document_view_show_place (BaleenDocumentView *self,
                                 guint               page,
                                 const char         *passage)
{
  const BaleenDocument *document = document_of (self);
  gboolean is_found = FALSE;

  if (document == NULL || document->paragraphs->len == 0)
    return FALSE;

  self->marked_from = self->marked_to = 0;
  if (passage != NULL && *passage != '\0')
    is_found = find_passage (document, page, passage, &self->marked_from);
  if (is_found)
    self->marked_to = self->marked_from + g_utf8_strlen (passage, -1);
  dress_all (self);
  scroll_to (self, is_found ? find_paragraph (document, self->marked_from)
                            : find_page (document, page));
  return is_found || passage == NULL;
}

static void
show_current_place (BaleenDocumentView *self)
{
  BaleenSource *source = self->places->pdata[self->place];
  g_autofree char *words
      = g_strdup_printf (_("Place %u of %u"), self->place + 1, self->places->len);

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

/* ---- finding ------------------------------------------------------------------------------------------------ */

static guint
count_hits (BaleenDocumentView *self)
{
  const BaleenDocument *document = document_of (self);
  guint n = 0;

  for (guint i = 0; document != NULL && i < document->paragraphs->len; i++)
    n += mark_hits (NULL, ((BaleenParagraph *) document->paragraphs->pdata[i])->text,
                    self->needle, NULL);
  return n;
}

static void
go_to_hit (BaleenDocumentView *self,
           int                 step)
{
  const BaleenDocument *document = document_of (self);
  const guint n = document != NULL ? document->paragraphs->len : 0;

  for (guint i = 0; self->needle != NULL && i < n; i++)
    {
      self->hit = (self->hit + n + step) % n;
      if (mark_hits (NULL, ((BaleenParagraph *) document->paragraphs->pdata[self->hit])->text,
                     self->needle, NULL)
          > 0)
        {
          scroll_to (self, self->hit);
          return;
        }
    }
}

static void
search_cb (BaleenDocumentView *self)
{
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *words = NULL;
  guint n;

  g_clear_pointer (&self->needle, g_free);
  if (*needle != '\0')
    {
      self->needle = g_strdup (needle);
      n = count_hits (self);
      words = n > 0 ? g_strdup_printf ("%u", n) : g_strdup (_("Nothing found"));
      self->hit = document_of (self) != NULL && document_of (self)->paragraphs->len > 0
                      ? document_of (self)->paragraphs->len - 1
                      : 0;
      go_to_hit (self, 1);
    }
  gtk_label_set_text (GTK_LABEL (self->found), words != NULL ? words : "");
  dress_all (self);
}

static void
next_hit_cb (BaleenDocumentView *self)
{
  go_to_hit (self, 1);
}

static void
previous_hit_cb (BaleenDocumentView *self)
{
  go_to_hit (self, -1);
}

/* ---- outline -------------------------------------------------------------------------------------------------- */

static void
heading_cb (GtkListBox         *box,
            GtkListBoxRow      *row,
            BaleenDocumentView *self)
{
  scroll_to (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "position")));
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

/* ---- building ----------------------------------------------------------------------------------------------------- */

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
list_new (BaleenDocumentView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list = gtk_list_view_new (
      GTK_SELECTION_MODEL (
          gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)))),
      factory);
  gtk_widget_add_css_class (self->list, "document-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Document"), -1);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->list, "hscrollbar-policy",
                           GTK_POLICY_NEVER, "vexpand", TRUE, "focusable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Document"), -1);
  return scroller;
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
  g_clear_object (&self->items);
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->needle, g_free);
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
  self->items = g_list_store_new (BALEEN_TYPE_DOCUMENT_ITEM);
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
  gtk_box_append (GTK_BOX (self->content), list_new (self));
  self->empty = empty_new ();
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_visible (self->content, FALSE);
  return GTK_WIDGET (self);
}

/* One change of the model, however many paragraphs there are. */
static void
fill (BaleenDocumentView *self)
{
  const BaleenDocument *document = document_of (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint page = 0;

  for (guint i = 0; document != NULL && i < document->paragraphs->len; i++)
    {
      BaleenDocumentItem *item = g_object_new (BALEEN_TYPE_DOCUMENT_ITEM, NULL);

      item->attachment = g_object_ref (self->attachment);
      item->paragraph = document->paragraphs->pdata[i];
      if (document->n_pages > 1 && item->paragraph->page != page)
        item->page = page = item->paragraph->page;
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

void
baleen_document_view_set_attachment (BaleenDocumentView *self,
                                     BaleenAttachment   *attachment)
{
  const char *path = attachment != NULL ? baleen_attachment_get_path (attachment) : NULL;

  if (!g_set_object (&self->attachment, attachment))
    return;
  self->marked_from = self->marked_to = 0;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  baleen_document_view_set_places (self, NULL, 0);
  fill (self);
  fill_outline (self);
  gtk_label_set_text (GTK_LABEL (self->name),
                      attachment != NULL ? baleen_attachment_get_name (attachment) : "");
  gtk_widget_set_visible (self->original,
                          path != NULL && g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_widget_set_visible (self->empty, attachment == NULL);
  gtk_widget_set_visible (self->content, attachment != NULL);
}

BaleenAttachment *
baleen_document_view_get_attachment (BaleenDocumentView *self)
{
  return self->attachment;
}
