#include "text-flow.h"

#include "plain-letters.h"
#include "reader.h"

#include <string.h>

/* Boxes within boxes within notes: more than any writer makes. */
#define MOST_PUSHED 16

typedef struct
{
  GString *text;
  BaleenParagraphStyle style;
  guint page;
} Frame;

struct _TextFlow
{
  BaleenDocument *document; /* (not owned) */
  Frame frames[MOST_PUSHED];
  guint n_pushed;      /* may pass MOST_PUSHED; then the text stays where it is */
  GPtrArray *waiting;  /* (owned) of Frame: paragraphs after the one around them */
  guint page;
  gsize n_bytes;
  gboolean is_preformatted;
};

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_string_free (frame->text, TRUE);
  g_free (frame);
}

TextFlow *
text_flow_new (BaleenDocument *document)
{
  TextFlow *flow = g_new0 (TextFlow, 1);

  flow->document = document;
  flow->page = document->n_pages;
  flow->waiting = g_ptr_array_new_with_free_func (frame_free);
  flow->frames[0] = (Frame) { .text = g_string_new (NULL), .page = flow->page };

  return flow;
}

static Frame *
get_frame (TextFlow *flow)
{
  return &flow->frames[MIN (flow->n_pushed, MOST_PUSHED - 1)];
}

gboolean
text_is_wide (gunichar letter)
{
  return (letter >= 0x2e80 && letter <= 0xa4cf && letter != 0x3000)
         || (letter >= 0xf900 && letter <= 0xfaff) || (letter >= 0xfe30 && letter <= 0xfe4f)
         || (letter >= 0xff00 && letter <= 0xff60) || (letter >= 0x20000 && letter <= 0x3ffff);
}

static const char *
spell_out (gunichar letter)
{
  static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

  if (letter >= 0xfb00 && letter <= 0xfb06)
    return ligatures[letter - 0xfb00];
  if (letter == 0xad || (letter >= 0x200b && letter <= 0x200d) || letter == 0x2060
      || letter == 0xfeff || (letter >= 0x202a && letter <= 0x202e)
      || (letter >= 0x2066 && letter <= 0x2069))
    return "";
  if (letter == 0xa0 || letter == 0x202f || letter == 0x2007)
    return " ";
  if (letter == 0x2028 || letter == 0x85)
    return "\n";
  if (letter == 0x2010 || letter == 0x2011)
    return "-";
  if ((letter < 0x20 && letter != '\t' && letter != '\n') || (letter >= 0x7f && letter < 0xa0))
    return "";

  return NULL;
}

/* Letters of Arabic and Hebrew in the form that they take beside others; some are two. */
static gboolean
append_plain_form (GString *text,
                   gunichar letter)
{
  gunichar plain[18];
  gsize n;

  if (!((letter >= 0xfb1d && letter <= 0xfdcf) || (letter >= 0xfe70 && letter <= 0xfefc)))
    return FALSE;
  n = g_unichar_fully_decompose (letter, TRUE, plain, G_N_ELEMENTS (plain));
  for (gsize i = 0; i < n; i++)
    g_string_append_unichar (text, plain[i]);
  return TRUE;
}

char *
text_clean (const char *text,
            gsize       length)
{
  g_autoptr (GString) clean = g_string_sized_new (length);

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      const char *spelled = spell_out (letter);

      if (spelled != NULL)
        g_string_append (clean, spelled);
      else if (!append_plain_form (clean, letter))
        g_string_append_unichar (clean, plain_letter (letter));
    }

  return g_utf8_normalize (clean->str, clean->len, G_NORMALIZE_NFC);
}

/* Marks that Chinese shares with other scripts; what stands beside them decides. */
static gboolean
is_shared_mark (gunichar letter)
{
  return letter == 0xb7 || (letter >= 0x2014 && letter <= 0x2026);
}

gboolean
text_joins_tightly (gunichar last,
                    gunichar next)
{
  gboolean last_is_wide = text_is_wide (last), next_is_wide = text_is_wide (next);

  return (last_is_wide && (next_is_wide || is_shared_mark (next)))
         || (next_is_wide && is_shared_mark (last));
}

static gunichar
get_last (GString *text)
{
  return text->len > 0
             ? g_utf8_get_char (g_utf8_find_prev_char (text->str, text->str + text->len))
             : 0;
}

/* The space between what is there and `next`, given what stood there. */
static void
add_gap (GString    *text,
         const char *next,
         gboolean    has_line_end)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '\n';

  if (last == '\n' || last == '\t' || last == ' ')
    return;
  if (has_line_end && text_joins_tightly (get_last (text), g_utf8_get_char (next)))
    return;
  g_string_append_c (text, ' ');
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Gaps at the end are kept as one blank or line end until it is known what follows. */
static void
add_folded (GString    *text,
            const char *more)
{
  while (*more != '\0')
    {
      gsize n_blank = 0, n_word = 0;
      gboolean has_line_end = FALSE;
      gboolean had_gap = FALSE;

      while (is_blank (more[n_blank]))
        has_line_end |= more[n_blank++] == '\n';
      more += n_blank;
      while (more[n_word] != '\0' && !is_blank (more[n_word]))
        n_word++;
      if (text->len > 0 && (text->str[text->len - 1] == ' ' || text->str[text->len - 1] == '\r'))
        {
          had_gap = TRUE;
          has_line_end |= text->str[text->len - 1] == '\r';
          g_string_truncate (text, text->len - 1);
        }
      if (n_word == 0)
        {
          if ((n_blank > 0 || had_gap) && text->len > 0 && text->str[text->len - 1] != '\n'
              && text->str[text->len - 1] != '\t')
            g_string_append_c (text, has_line_end ? '\r' : ' ');
          return;
        }
      if (n_blank > 0 || had_gap)
        add_gap (text, more, has_line_end);
      g_string_append_len (text, more, n_word);
      more += n_word;
    }
}

gboolean
text_flow_add (TextFlow   *flow,
               const char *text,
               gsize       length)
{
  g_autofree char *clean = NULL;

  if (flow->n_bytes + length > BALEEN_READ_MOST_TEXT)
    {
      flow->document->notes[BALEEN_NOTE_CUT] = 1;
      return FALSE;
    }

  flow->n_bytes += length;
  clean = text_clean (text, length);
  if (flow->is_preformatted)
    g_string_append (get_frame (flow)->text, clean);
  else
    add_folded (get_frame (flow)->text, clean);

  return TRUE;
}

static void
trim (GString *text)
{
  gsize n_blank = 0;

  while (text->len > 0 && is_blank (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
  while (is_blank (text->str[n_blank]))
    n_blank++;
  /* The indentation of Chinese paragraphs. */
  while (g_str_has_prefix (text->str + n_blank, "\xe3\x80\x80"))
    n_blank += 3;
  g_string_erase (text, 0, n_blank);
}

static void
emit (TextFlow *flow,
      Frame    *frame)
{
  trim (frame->text);
  baleen_document_add (flow->document, frame->page, frame->style, frame->text->str,
                       frame->text->len);
}

void
text_flow_break (TextFlow            *flow,
                 BaleenParagraphStyle style)
{
  Frame *frame = get_frame (flow);

  if (flow->n_pushed > 0)
    {
      Frame *later = g_new0 (Frame, 1);

      *later = *frame;
      frame->text = g_string_new (NULL);
      g_ptr_array_add (flow->waiting, later);
    }
  else
    {
      emit (flow, frame);
      g_string_truncate (frame->text, 0);
      for (guint i = 0; i < flow->waiting->len; i++)
        emit (flow, g_ptr_array_index (flow->waiting, i));
      g_ptr_array_set_size (flow->waiting, 0);
    }
  frame->style = style;
  frame->page = flow->page;
}

void
text_flow_free (TextFlow *flow)
{
  while (flow->n_pushed > 0)
    text_flow_pop (flow);
  text_flow_break (flow, BALEEN_PARAGRAPH_BODY);
  g_string_free (flow->frames[0].text, TRUE);
  g_ptr_array_unref (flow->waiting);
  g_free (flow);
}

static void
add_mark (TextFlow *flow,
          char      mark)
{
  GString *text = get_frame (flow)->text;

  while (text->len > 0 && (text->str[text->len - 1] == ' ' || text->str[text->len - 1] == '\r'))
    g_string_truncate (text, text->len - 1);
  if (text->len > 0)
    g_string_append_c (text, mark);
}

void
text_flow_line (TextFlow *flow)
{
  add_mark (flow, '\n');
}

gboolean
text_flow_is_at_line (TextFlow *flow)
{
  const GString *text = get_frame (flow)->text;
  gsize n = text->len;

  while (n > 0 && text->str[n - 1] == ' ')
    n--;
  return n > 0 && text->str[n - 1] == '\n';
}

void
text_flow_cell (TextFlow *flow)
{
  add_mark (flow, '\t');
}

void
text_flow_set_style (TextFlow            *flow,
                     BaleenParagraphStyle style)
{
  get_frame (flow)->style = style;
}

BaleenParagraphStyle
text_flow_get_style (TextFlow *flow)
{
  return get_frame (flow)->style;
}

void
text_flow_set_preformatted (TextFlow *flow,
                            gboolean  is_preformatted)
{
  flow->is_preformatted = is_preformatted;
}

void
text_flow_next_page (TextFlow *flow)
{
  Frame *frame = get_frame (flow);

  flow->page++;
  flow->document->n_pages = MAX (flow->document->n_pages, flow->page);
  if (frame->text->len == 0)
    frame->page = flow->page;
}

void
text_flow_push (TextFlow            *flow,
                BaleenParagraphStyle style)
{
  flow->n_pushed++;
  if (flow->n_pushed < MOST_PUSHED)
    *get_frame (flow) = (Frame) { g_string_new (NULL), style, flow->page };
}

void
text_flow_pop (TextFlow *flow)
{
  g_return_if_fail (flow->n_pushed > 0);

  if (flow->n_pushed < MOST_PUSHED)
    {
      text_flow_break (flow, BALEEN_PARAGRAPH_BODY);
      g_string_free (get_frame (flow)->text, TRUE);
    }
  flow->n_pushed--;
}
