#include "unverified-words.h"

#include "baleen-text-piece.h"
#include "doubtful-words.h"
#include "found-words.h"

#define KEY "unverified-words"

/* Dots, and from one to the next. */
#define DOT 1.5
#define PERIOD 4

/* Drawing asks for every piece, and mostly there are none. */
static guint n_roots;

static void
words_free (gpointer words)
{
  n_roots--;
  g_strfreev (words);
}

void
unverified_words_set (GtkWidget         *root,
                      const char *const *words)
{
  g_autoptr (GPtrArray) pieces = NULL;

  if (words == NULL && g_object_get_data (G_OBJECT (root), KEY) == NULL)
    return;
  n_roots += words != NULL;
  g_object_set_data_full (G_OBJECT (root), KEY, g_strdupv ((char **) words),
                          words != NULL ? words_free : NULL);
  pieces = found_words_list_pieces (root);
  for (guint i = 0; i < pieces->len; i++)
    baleen_text_piece_hear_pointer (pieces->pdata[i]);
}

static const char *const *
get_words (GtkWidget *piece)
{
  if (n_roots == 0)
    return NULL;
  for (GtkWidget *above = piece; above != NULL; above = gtk_widget_get_parent (above))
    {
      const char *const *words = g_object_get_data (G_OBJECT (above), KEY);

      if (words != NULL)
        return words;
    }
  return NULL;
}

static void
append_dots (GtkSnapshot                 *snapshot,
             const cairo_rectangle_int_t *place,
             const GdkRGBA               *colour)
{
  const double y = place->y + place->height - DOT;

  for (double x = place->x; x + DOT <= place->x + place->width; x += PERIOD)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, DOT, DOT));
}

void
unverified_words_snapshot (GtkWidget   *piece,
                           GtkSnapshot *snapshot)
{
  const char *const *words = get_words (piece);
  gsize at = 0, start, end;
  GdkRGBA colour;

  if (words == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (piece), &colour);
  while (baleen_doubtful_words_next (words, baleen_text_piece_get_text (BALEEN_TEXT_PIECE (piece)),
                                     &at, &start, &end))
    {
      cairo_region_t *region
          = baleen_text_piece_get_region (BALEEN_TEXT_PIECE (piece), start, end);

      for (int i = 0; i < cairo_region_num_rectangles (region); i++)
        {
          cairo_rectangle_int_t place;

          cairo_region_get_rectangle (region, i, &place);
          append_dots (snapshot, &place, &colour);
        }
      cairo_region_destroy (region);
    }
}

gboolean
unverified_words_has (GtkWidget *piece,
                      gsize      byte)
{
  const char *const *words = get_words (piece);
  gsize at = 0, start, end;

  while (words != NULL
         && baleen_doubtful_words_next (
             words, baleen_text_piece_get_text (BALEEN_TEXT_PIECE (piece)), &at, &start, &end))
    if (start <= byte && byte < end)
      return TRUE;
  return FALSE;
}
