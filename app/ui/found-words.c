#include "found-words.h"

#include "baleen-block.h"
#include "baleen-text-piece.h"
#include "baleen-thought-block.h"
#include "markdown-parser.h"
#include "search-text.h"
#include "text-attributes.h"

#define FOUND_WORDS "found-words"

/* How thick the line under the place that is looked at is. */
#define LINE 2

/* Drawing asks for every piece, and mostly nobody looks for anything. */
static guint n_roots;

static void
queue_draws (GtkWidget *root)
{
  g_autoptr (GPtrArray) pieces = found_words_list_pieces (root);

  for (guint i = 0; i < pieces->len; i++)
    gtk_widget_queue_draw (pieces->pdata[i]);
}

static void
words_free (gpointer words)
{
  n_roots--;
  g_free (words);
}

void
found_words_set (GtkWidget  *root,
                 const char *words)
{
  const gboolean is_wanted = words != NULL && *words != '\0';

  if (g_strcmp0 (g_object_get_data (G_OBJECT (root), FOUND_WORDS), is_wanted ? words : NULL) == 0)
    return;
  n_roots += is_wanted;
  g_object_set_data_full (G_OBJECT (root), FOUND_WORDS, is_wanted ? g_strdup (words) : NULL,
                          is_wanted ? words_free : NULL);
  queue_draws (root);
}

GArray *
found_words_in (GtkWidget  *widget,
                const char *text)
{
  if (n_roots == 0)
    return NULL;
  for (GtkWidget *above = widget; above != NULL; above = gtk_widget_get_parent (above))
    {
      const char *words = g_object_get_data (G_OBJECT (above), FOUND_WORDS);

      if (words != NULL)
        return baleen_search_text_find (text, words, FALSE);
    }
  return NULL;
}

void
found_words_snapshot (BaleenTextPiece *piece,
                      GtkSnapshot     *snapshot,
                      gsize            start,
                      gsize            end)
{
  g_autoptr (GArray) spans
      = found_words_in (GTK_WIDGET (piece), baleen_text_piece_get_text (piece));
  cairo_rectangle_int_t place;
  GdkRGBA colour, line;

  if (spans == NULL || spans->len == 0)
    return;
  text_attributes_get_colour (GTK_WIDGET (piece), "yellow_3", &colour);
  for (guint i = 0; i < spans->len; i++)
    {
      const BaleenTextSpan *span = &g_array_index (spans, BaleenTextSpan, i);

      colour.alpha = span->start == start && span->end == end ? 0.7 : 0.35;
      baleen_text_piece_snapshot_bytes (piece, snapshot, span->start, span->end, &colour);
    }
  if (!baleen_text_piece_get_found (piece, &place))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (piece)), &line);
  gtk_snapshot_append_color (
      snapshot, &line,
      &GRAPHENE_RECT_INIT (place.x, place.y + place.height - LINE, place.width, LINE));
}

static void
collect (GtkWidget *widget,
         GPtrArray *pieces)
{
  if (BALEEN_IS_THOUGHT_BLOCK (widget))
    return;
  if (BALEEN_IS_TEXT_PIECE (widget))
    {
      g_ptr_array_add (pieces, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, pieces);
}

GPtrArray *
found_words_list_pieces (GtkWidget *widget)
{
  GPtrArray *pieces = g_ptr_array_new ();

  collect (widget, pieces);
  return pieces;
}

BaleenTextPiece *
found_words_find (GtkWidget      *widget,
                  guint           nth,
                  BaleenTextSpan *place)
{
  g_autoptr (GPtrArray) pieces = found_words_list_pieces (widget);

  for (guint i = 0; i < pieces->len; i++)
    {
      BaleenTextPiece *piece = pieces->pdata[i];
      g_autoptr (GArray) spans
          = found_words_in (GTK_WIDGET (piece), baleen_text_piece_get_text (piece));

      if (spans == NULL)
        continue;
      if (nth < spans->len)
        {
          *place = g_array_index (spans, BaleenTextSpan, nth);
          return piece;
        }
      nth -= spans->len;
    }
  return NULL;
}

static void
add_block (GPtrArray         *texts,
           const BaleenBlock *block)
{
  if (block->kind != BALEEN_BLOCK_TABLE)
    {
      g_ptr_array_add (texts, g_strdup (block->rich->text->str));
      return;
    }
  for (guint i = 0; i < block->cells->len; i++)
    g_ptr_array_add (texts,
                     g_strdup (((const BaleenRichText *) block->cells->pdata[i])->text->str));
}

GPtrArray *
found_words_list_texts (BaleenMessage *message)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) blocks = NULL;

  if (baleen_message_get_role (message) != BALEEN_ROLE_ASSISTANT)
    {
      g_ptr_array_add (texts, g_strdup (baleen_message_get_text (message)));
      return texts;
    }
  blocks = baleen_markdown_parse_all (baleen_message_get_text (message));
  for (guint i = 0; i < blocks->len; i++)
    add_block (texts, blocks->pdata[i]);
  return texts;
}
