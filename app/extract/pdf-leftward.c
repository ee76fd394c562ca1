/* Lines with words that are written to the left. The library turns single words of a line, or the
 * line, and marks what it turned; their places it leaves as they are on the page. So the letters
 * are put where the page shows them, and read from there. */
#include "pdf-page.h"

#include <string.h>

/* Of the letters' height: so far apart are two words, and two cells or columns. */
#define LEAST_SPACE 0.15
#define WIDEST_SPACE 1.3
/* In how many steps the end of a page's text is looked for. */
#define STEPS 16
/* The library's marks: what follows was turned, was not, until here. */
#define TURNED 0x202b
#define NOT_TURNED 0x202a
#define UNTIL 0x202c


typedef enum
{
  RUN_NEUTRAL,
  RUN_RIGHT,
  RUN_LEFT,
  RUN_FIGURE,
} Run;

/* A letter with the marks above and below it. */
typedef struct
{
  gunichar letters[6];
  guint n_letters;
  Run run;
  PopplerRectangle place;
} Letter;

static gboolean
runs_left (gunichar letter)
{
  return (letter >= 0x590 && letter <= 0x8ff) || (letter >= 0xfb1d && letter <= 0xfdff)
         || (letter >= 0xfe70 && letter <= 0xfefc);
}

gboolean
pdf_leftward_is (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (runs_left (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static Run
get_run (gunichar letter)
{
  if (g_unichar_isdigit (letter))
    return RUN_FIGURE;
  if (!g_unichar_isalpha (letter))
    return RUN_NEUTRAL;
  return runs_left (letter) ? RUN_LEFT : RUN_RIGHT;
}

static gboolean
is_mark (gunichar letter)
{
  return g_unichar_type (letter) == G_UNICODE_NON_SPACING_MARK;
}

static double
get_middle (const Letter *letter)
{
  return (letter->place.x1 + letter->place.x2) / 2;
}

static int
compare_letters (gconstpointer a,
                 gconstpointer b)
{
  const double middle_a = get_middle (a), middle_b = get_middle (b);

  return middle_a < middle_b ? -1 : middle_a > middle_b;
}

static void
reverse (Letter *letters,
         guint   n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      const Letter kept = letters[i];

      letters[i] = letters[n - 1 - i];
      letters[n - 1 - i] = kept;
    }
}

/* Whether it stands within a number: “312,000”, “12:30”. */
static gboolean
is_within_figure (const Letter *letters,
                  guint         n,
                  guint         i)
{
  return i > 0 && i + 1 < n && letters[i].run == RUN_NEUTRAL
         && letters[i - 1].run == RUN_FIGURE && letters[i + 1].run == RUN_FIGURE
         && strchr (".,:/-", letters[i].letters[0] & 0x7f) != NULL && letters[i].letters[0] < 0x7f
         && letters[i].letters[0] != ' ';
}

/* Turns what runs to the right within letters that were turned as a whole: figures by
 * themselves, and where there are words of such letters, all from the first to the last. */
static void
turn_back (Letter *letters,
           guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      guint end = i, last = i;
      gboolean has_words = FALSE;

      if (letters[i].run != RUN_RIGHT && letters[i].run != RUN_FIGURE)
        continue;
      while (end < n && letters[end].run != RUN_LEFT)
        {
          if (letters[end].run != RUN_NEUTRAL)
            last = end;
          has_words |= letters[end++].run == RUN_RIGHT;
        }
      if (!has_words)
        for (last = i; last + 1 < n && (letters[last + 1].run == RUN_FIGURE
                                        || is_within_figure (letters, n, last + 1));)
          last++;
      reverse (letters + i, last + 1 - i);
      i = last;
    }
}

/* From the order they are seen in, from the left, to the one they are read in. */
static void
put_in_order (Letter  *letters,
              guint    n,
              gboolean is_left)
{
  if (is_left)
    {
      reverse (letters, n);
      turn_back (letters, n);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      guint last = i;

      if (letters[i].run != RUN_LEFT)
        continue;
      for (guint end = i; end < n && letters[end].run != RUN_RIGHT; end++)
        if (letters[end].run == RUN_LEFT)
          last = end;
      reverse (letters + i, last + 1 - i);
      turn_back (letters + i, last + 1 - i);
      i = last;
    }
}

static gboolean
is_alef (const Letter *letter)
{
  return letter->letters[0] == 0x622 || letter->letters[0] == 0x623
         || letter->letters[0] == 0x625 || letter->letters[0] == 0x627;
}

/* Lam and alef are one sign, of which the library makes two the wrong way round; no word has two
 * alefs side by side. */
static void
mend_ligatures (Letter *letters,
                guint   n)
{
  for (guint i = 0; i + 2 < n; i++)
    if (is_alef (&letters[i]) && is_alef (&letters[i + 1]) && letters[i + 2].letters[0] == 0x644)
      reverse (letters + i + 1, 2);
}

/* Whether a line is read from the right: both its ends say so, or the full stop, or else the
 * rest of the page. */
static gboolean
is_leftward_line (const Letter *letters,
                  guint         n,
                  gboolean      is_leftward_page)
{
  guint first = 0, last = n - 1;

  while (first < n && letters[first].run != RUN_LEFT && letters[first].run != RUN_RIGHT)
    first++;
  while (last > 0 && letters[last].run != RUN_LEFT && letters[last].run != RUN_RIGHT)
    last--;
  if (first >= n)
    return FALSE;
  if (letters[first].run == letters[last].run)
    return letters[first].run == RUN_LEFT;
  if (letters[0].run == RUN_NEUTRAL || letters[n - 1].run == RUN_NEUTRAL)
    return letters[0].run == RUN_NEUTRAL;

  return is_leftward_page;
}

static void
add_letters (PdfPage      *page,
             const Letter *letters,
             guint         n,
             PdfLine      *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < letters[i].n_letters; j++)
      g_string_append_unichar (text, letters[i].letters[j]);
  pdf_page_add_line (page, line, text->str, text->len);
}

/* Letters from the left, none far from the next: a line, or a cell of one. */
static void
add_stretch (PdfPage      *page,
             const Letter *letters,
             guint         n,
             gboolean      is_leftward_page)
{
  g_autoptr (GArray) spaced = g_array_new (FALSE, FALSE, sizeof (Letter));
  PdfLine line = { .left = letters[0].place.x1, .right = letters[n - 1].place.x2,
                   .top = G_MAXDOUBLE };

  for (guint i = 0; i < n; i++)
    {
      const PopplerRectangle *place = &letters[i].place;

      if (i > 0 && place->x1 - letters[i - 1].place.x2 > LEAST_SPACE * (place->y2 - place->y1))
        {
          const Letter space = { .letters = { ' ' }, .n_letters = 1, .run = RUN_NEUTRAL };

          g_array_append_val (spaced, space);
        }
      g_array_append_val (spaced, letters[i]);
      line.top = MIN (line.top, place->y1);
      line.bottom = MAX (line.bottom, place->y2);
      line.size = MAX (line.size, place->y2 - place->y1);
    }
  put_in_order ((Letter *) spaced->data, spaced->len,
                is_leftward_line (letters, n, is_leftward_page));
  mend_ligatures ((Letter *) spaced->data, spaced->len);
  add_letters (page, (const Letter *) spaced->data, spaced->len, &line);
}

static void
add_marks (GArray       *letters,
           const GArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const Letter *mark = &g_array_index (marks, Letter, i);
      Letter *nearest = NULL;

      for (guint j = 0; j < letters->len; j++)
        {
          Letter *letter = &g_array_index (letters, Letter, j);

          if (nearest == NULL || ABS (get_middle (letter) - get_middle (mark))
                                     < ABS (get_middle (nearest) - get_middle (mark)))
            nearest = letter;
        }
      if (nearest != NULL && nearest->n_letters < G_N_ELEMENTS (nearest->letters))
        nearest->letters[nearest->n_letters++] = mark->letters[0];
    }
}

static void
end_line (PdfPage *page,
          GArray  *letters,
          GArray  *marks,
          gboolean is_leftward_page)
{
  guint start = 0;

  add_marks (letters, marks);
  g_array_sort (letters, compare_letters);
  for (guint i = 1; i <= letters->len; i++)
    {
      const Letter *all = (const Letter *) letters->data;

      if (i < letters->len
          && all[i].place.x1 - all[i - 1].place.x2
                 < WIDEST_SPACE * (all[i].place.y2 - all[i].place.y1))
        continue;
      add_stretch (page, all + start, i - start, is_leftward_page);
      start = i;
    }
  g_array_set_size (letters, 0);
  g_array_set_size (marks, 0);
}

static gboolean
is_mostly_leftward (const char *text)
{
  int balance = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Run run = get_run (g_utf8_get_char (p));

      balance += (run == RUN_LEFT) - (run == RUN_RIGHT);
    }

  return balance > 0;
}

/* As if it were seen in a mirror: so paragraphs begin on the left, and columns too. */
static void
mirror (PdfPage *page)
{
  for (guint i = 0; i < page->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (page->lines, i);
      const double left = line->left;

      line->left = page->width - line->right;
      line->right = page->width - left;
    }
}

static void
read_letters (PdfPage                *page,
              const char             *text,
              const PopplerRectangle *places,
              guint                   n_places)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Letter));
  const gboolean is_leftward = is_mostly_leftward (text);
  double middle = 0, height = 0;
  guint i = 0;

  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    {
      Letter letter = { .letters = { g_utf8_get_char (p) }, .n_letters = 1, .place = places[i] };

      if (g_unichar_isspace (letter.letters[0]))
        continue;
      letter.place.y1 = MIN (places[i].y1, places[i].y2);
      letter.place.y2 = MAX (places[i].y1, places[i].y2);
      letter.run = get_run (letter.letters[0]);
      if (letters->len > 0 && !is_mark (letter.letters[0])
          && ABS ((letter.place.y1 + letter.place.y2) / 2 - middle) > height / 2)
        end_line (page, letters, marks, is_leftward);
      if (letters->len == 0)
        {
          middle = (letter.place.y1 + letter.place.y2) / 2;
          height = letter.place.y2 - letter.place.y1;
        }
      g_array_append_val (is_mark (letter.letters[0]) ? marks : letters, letter);
    }
  end_line (page, letters, marks, is_leftward);
  if (is_leftward)
    mirror (page);
}

/* ---- what the library gives ----------------------------------------------------------- */

static void
reverse_places (PopplerRectangle *places,
                guint             start,
                guint             end,
                guint             n_places)
{
  for (end = MIN (end, n_places); start + 1 < end; start++, end--)
    {
      const PopplerRectangle kept = places[start];

      places[start] = places[end - 1];
      places[end - 1] = kept;
    }
}

typedef struct
{
  guint start, end;
} Stretch;

/* The text without marks, for which there are no places; and each place where its letter is. */
static char *
take_marks (const char       *text,
            PopplerRectangle *places,
            guint             n_places)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GArray) inner = g_array_new (FALSE, FALSE, sizeof (Stretch));
  Stretch outer = { 0 };
  gboolean is_turned = FALSE, is_inner = FALSE;
  guint i = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);

      if (letter == TURNED)
        {
          is_turned = TRUE;
          outer.start = i;
        }
      else if (letter == NOT_TURNED)
        {
          const Stretch stretch = { i, i };

          is_inner = TRUE;
          g_array_append_val (inner, stretch);
        }
      else if (letter == UNTIL && is_inner)
        {
          is_inner = FALSE;
          g_array_index (inner, Stretch, inner->len - 1).end = i;
        }
      else if (letter == UNTIL && is_turned)
        {
          reverse_places (places, outer.start, i, n_places);
          for (guint j = 0; j < inner->len; j++)
            reverse_places (places, g_array_index (inner, Stretch, j).start,
                            g_array_index (inner, Stretch, j).end, n_places);
          g_array_set_size (inner, 0);
          is_turned = FALSE;
        }
      else if (letter < NOT_TURNED || letter > 0x202e)
        {
          g_string_append_unichar (plain, letter);
          i++;
        }
    }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* Asked for a whole page, the library looks from the top left corner on. On a page that is
 * written to the left the text begins at the right, and ends somewhere on the left. */
static char *
find_text (PopplerPage      *source,
           const PdfPage    *page,
           const char       *text,
           PopplerRectangle *area)
{
  char *longest = g_strdup (text);

  *area = (PopplerRectangle) { .x2 = page->width, .y2 = page->height };
  for (guint i = 0; i <= STEPS; i++)
    {
      PopplerRectangle other = { .x1 = 2 * page->width, .x2 = page->width * i / STEPS,
                                 .y2 = page->height };
      g_autofree char *found = poppler_page_get_text_for_area (source, &other);

      if (found != NULL && strlen (found) > strlen (longest)
          && g_utf8_validate (found, -1, NULL))
        {
          g_free (longest);
          longest = g_steal_pointer (&found);
          *area = other;
        }
    }

  return longest;
}

gboolean
pdf_leftward_read (PdfPage     *page,
                   PopplerPage *source,
                   const char  *text)
{
  PopplerRectangle area;
  g_autofree char *found = find_text (source, page, text, &area);
  g_autofree PopplerRectangle *places = NULL;
  g_autofree char *plain = NULL;
  guint n_places = 0;

  if (!pdf_leftward_is (found)
      || !poppler_page_get_text_layout_for_area (source, &area, &places, &n_places))
    return FALSE;
  plain = take_marks (found, places, n_places);
  read_letters (page, plain, places, n_places);
  return TRUE;
}
