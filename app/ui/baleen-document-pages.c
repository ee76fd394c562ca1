#include "baleen-document-pages.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- a paragraph, as lists want it ---------------------------------------------------- */

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

/* ---- the text ------------------------------------------------------------------------- */

struct _BaleenDocumentPages
{
  GtkWidget parent_instance;

  BaleenAttachment *attachment; /* (owned) (nullable) */
  GListStore *items;            /* (owned) of BaleenDocumentItem */
  GtkWidget *scroller;
  GtkWidget *list;

  gsize marked_from;  /* characters of the document; to > from while something is marked */
  gsize marked_to;
  char *needle;       /* (owned) (nullable) */
  guint hit;          /* the paragraph that was found last */
  guint wanted;       /* the paragraph that was scrolled to last, and the letter in it */
  gsize wanted_letter;
  gint64 settled_at;  /* frame time: it is kept on the screen until then; 0: not begun */
  gboolean is_settled; /* it was on the screen in the last frame */
  guint settle;       /* the frame clock's */
};

G_DEFINE_FINAL_TYPE (BaleenDocumentPages, baleen_document_pages, GTK_TYPE_WIDGET)

/* Longer than a panel slides. */
#define SETTLE_MICROSECONDS 350000
/* A list that never gets there is left where it is. */
#define LONGEST_MICROSECONDS (3 * G_USEC_PER_SEC)
/* What has to be on the screen below the top of a line. */
#define LINE_HEIGHT 24

static const BaleenDocument *
document_of (BaleenDocumentPages *self)
{
  return self->attachment != NULL ? baleen_attachment_get_document (self->attachment) : NULL;
}

/* ---- rows ----------------------------------------------------------------------------- */

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
dress (BaleenDocumentPages *self,
       GtkWidget           *row,
       BaleenDocumentItem  *item)
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
setup_cb (GtkListItemFactory  *factory,
          GtkListItem         *cell,
          BaleenDocumentPages *self)
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
bind_cb (GtkListItemFactory  *factory,
         GtkListItem         *cell,
         BaleenDocumentPages *self)
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
unbind_cb (GtkListItemFactory  *factory,
           GtkListItem         *cell,
           BaleenDocumentPages *self)
{
  GtkWidget *row = gtk_list_item_get_child (cell);

  g_object_set_data (G_OBJECT (row), "item", NULL);
  gtk_widget_remove_css_class (row, "marked");
}

/* Those that are on the screen; the others are dressed when they are bound. */
static void
dress_all (BaleenDocumentPages *self)
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

/* The row of a paragraph, while it is on the screen or near it. */
static GtkWidget *
find_row (BaleenDocumentPages *self,
          guint                position)
{
  g_autoptr (BaleenDocumentItem) item
      = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  for (GtkWidget *cell = gtk_widget_get_first_child (self->list); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = gtk_widget_get_first_child (cell);

      if (row != NULL && g_object_get_data (G_OBJECT (row), "item") == item)
        return row;
    }
  return NULL;
}

/* Where the wanted letter is in the list's window; FALSE while its row is not there. */
static gboolean
find_line (BaleenDocumentPages *self,
           float               *y)
{
  GtkWidget *row = find_row (self, self->wanted);
  GtkWidget *text = row != NULL ? g_object_get_data (G_OBJECT (row), "text") : NULL;
  BaleenDocumentItem *item = row != NULL ? g_object_get_data (G_OBJECT (row), "item") : NULL;
  const BaleenParagraph *paragraph = item != NULL ? item->paragraph : NULL;
  graphene_rect_t bounds;
  PangoRectangle position;

  /* One that was made and has no place yet would seem to stand at the top. */
  if (row == NULL || gtk_widget_get_height (text) == 0
      || !gtk_widget_compute_bounds (text, self->list, &bounds))
    return FALSE;
  pango_layout_index_to_pos (
      gtk_label_get_layout (GTK_LABEL (text)),
      g_utf8_offset_to_pointer (paragraph->text, MIN (self->wanted_letter, paragraph->length))
          - paragraph->text,
      &position);
  *y = bounds.origin.y + PANGO_PIXELS (position.y);
  return TRUE;
}

/* A list guesses the heights of what it has not shown, and a panel that slides open has not
 * its width yet: so it is looked whether the line arrived, until nothing moves any more. */
static void
bring_line (BaleenDocumentPages *self)
{
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  const float height = gtk_widget_get_height (self->list);
  float y;

  self->is_settled = FALSE;
  if (!find_line (self, &y))
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", self->wanted);
  else
    {
      const double before = gtk_adjustment_get_value (adjustment);

      /* With some lines around it, but what stands well is left where it is, and so is what
       * stands near an end of the document. */
      if (y < MIN (2 * LINE_HEIGHT, height / 8) || y > height * 3 / 4)
        gtk_adjustment_set_value (adjustment, before + y - height / 4);
      self->is_settled = gtk_adjustment_get_value (adjustment) == before;
    }
}

static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  BaleenDocumentPages *self = BALEEN_DOCUMENT_PAGES (widget);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  /* A list that has no room yet would lay out nothing, and keep to that. */
  if (!gtk_widget_get_mapped (self->list) || gtk_widget_get_height (self->list) <= LINE_HEIGHT)
    return G_SOURCE_CONTINUE;
  if (self->settled_at == 0)
    self->settled_at = now + SETTLE_MICROSECONDS;
  if ((now > self->settled_at && self->is_settled)
      || now > self->settled_at + LONGEST_MICROSECONDS)
    {
      self->settle = 0;
      return G_SOURCE_REMOVE;
    }
  bring_line (self);
  return G_SOURCE_CONTINUE;
}

void
baleen_document_pages_scroll_to (BaleenDocumentPages *self,
                                 guint                paragraph,
                                 gsize                letter)
{
  self->wanted = paragraph;
  self->wanted_letter = letter;
  self->settled_at = 0;
  self->is_settled = FALSE;
  if (self->settle == 0)
    self->settle = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

void
baleen_document_pages_mark (BaleenDocumentPages *self,
                            gsize                from,
                            gsize                to)
{
  self->marked_from = from;
  self->marked_to = to;
  dress_all (self);
}

/* ---- finding -------------------------------------------------------------------------- */

guint
baleen_document_pages_count_hits (BaleenDocumentPages *self)
{
  const BaleenDocument *document = document_of (self);
  guint n = 0;

  for (guint i = 0; document != NULL && self->needle != NULL && i < document->paragraphs->len; i++)
    n += mark_hits (NULL, ((BaleenParagraph *) document->paragraphs->pdata[i])->text,
                    self->needle, NULL);
  return n;
}

void
baleen_document_pages_go_to_hit (BaleenDocumentPages *self,
                                 int                  step)
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
          baleen_document_pages_scroll_to (self, self->hit, 0);
          return;
        }
    }
}

void
baleen_document_pages_find (BaleenDocumentPages *self,
                            const char          *words)
{
  const BaleenDocument *document = document_of (self);

  g_free (self->needle);
  self->needle = words != NULL && *words != '\0' ? g_strdup (words) : NULL;
  self->hit = document != NULL && document->paragraphs->len > 0 ? document->paragraphs->len - 1 : 0;
  dress_all (self);
}

/* ---- building ------------------------------------------------------------------------- */

static void
add_list (BaleenDocumentPages *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

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
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->list,
                                 "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "focusable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Document"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* One change of the model, however many paragraphs there are. */
static void
fill (BaleenDocumentPages *self)
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
baleen_document_pages_set_attachment (BaleenDocumentPages *self,
                                      BaleenAttachment    *attachment)
{
  g_set_object (&self->attachment, attachment);
  self->marked_from = self->marked_to = 0;
  g_clear_pointer (&self->needle, g_free);
  fill (self);
}

static void
baleen_document_pages_dispose (GObject *object)
{
  BaleenDocumentPages *self = BALEEN_DOCUMENT_PAGES (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->items);
  g_clear_object (&self->attachment);
  g_clear_pointer (&self->needle, g_free);
  G_OBJECT_CLASS (baleen_document_pages_parent_class)->dispose (object);
}

static void
baleen_document_pages_class_init (BaleenDocumentPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_document_pages_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_document_pages_init (BaleenDocumentPages *self)
{
  self->items = g_list_store_new (BALEEN_TYPE_DOCUMENT_ITEM);
  add_list (self);
}

GtkWidget *
baleen_document_pages_new (void)
{
  BaleenDocumentPages *self = g_object_new (BALEEN_TYPE_DOCUMENT_PAGES, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Document"), -1);
  return GTK_WIDGET (self);
}
