#include "thought-splitter.h"

#include <string.h>

#define OPENER "<think>"
#define CLOSER "</think>"

typedef enum
{
  STATE_BEFORE,        /* nothing but white space yet: an opener may come */
  STATE_OPENED,        /* inside, nothing but white space yet: a second opener is dropped */
  STATE_INSIDE,
  STATE_AFTER_CLOSER,  /* newlines between thought and answer are neither's */
  STATE_ANSWER,        /* no closer was seen: one may still come astray */
  STATE_ANSWER_CLOSED, /* tags are text from here on */
} State;

struct _BaleenThoughtSplitter
{
  State state;
  GString *thought;
  GString *answer;
  GString *held; /* not decided yet: white space at the start, or the beginning of a tag */
};

BaleenThoughtSplitter *
baleen_thought_splitter_new (BaleenThoughtStart start)
{
  BaleenThoughtSplitter *splitter = g_new0 (BaleenThoughtSplitter, 1);

  splitter->thought = g_string_new (NULL);
  splitter->answer = g_string_new (NULL);
  splitter->held = g_string_new (NULL);
  switch (start)
    {
    case BALEEN_THOUGHT_START_INSIDE:
      splitter->state = STATE_OPENED;
      break;
    case BALEEN_THOUGHT_START_MAYBE:
      splitter->state = STATE_BEFORE;
      break;
    case BALEEN_THOUGHT_START_MIDDLE:
      splitter->state = STATE_INSIDE;
      break;
    case BALEEN_THOUGHT_START_OUTSIDE:
    default:
      splitter->state = STATE_ANSWER;
      break;
    }

  return splitter;
}

void
baleen_thought_splitter_free (BaleenThoughtSplitter *splitter)
{
  if (splitter == NULL)
    return;

  g_string_free (splitter->thought, TRUE);
  g_string_free (splitter->answer, TRUE);
  g_string_free (splitter->held, TRUE);
  g_free (splitter);
}

/* How many bytes at the end of `text` may be the beginning of `tag`. */
static gsize
partial_tag_length (const char *text,
                    gsize       length,
                    const char *tag)
{
  gsize longest = MIN (strlen (tag) - 1, length);

  for (gsize n = longest; n > 0; n--)
    if (memcmp (text + length - n, tag, n) == 0)
      return n;

  return 0;
}

static gsize
leading_space_length (const GString *text)
{
  gsize n = 0;

  while (n < text->len && g_ascii_isspace (text->str[n]))
    n++;

  return n;
}

/* Moves everything held up to the closer to `target`; TRUE when there was a closer, which is
 * dropped. What may still become one stays held. */
static gboolean
take_until_closer (GString *held,
                   GString *target)
{
  const char *closer = memmem (held->str, held->len, CLOSER, strlen (CLOSER));
  gsize n_taken;

  if (closer != NULL)
    {
      n_taken = closer - held->str;
      g_string_append_len (target, held->str, n_taken);
      g_string_erase (held, 0, n_taken + strlen (CLOSER));
      return TRUE;
    }

  n_taken = held->len - partial_tag_length (held->str, held->len, CLOSER);
  g_string_append_len (target, held->str, n_taken);
  g_string_erase (held, 0, n_taken);
  return FALSE;
}

/* Decides whether the text begins with an opener. FALSE while more text is needed. */
static gboolean
decide_opener (BaleenThoughtSplitter *splitter)
{
  GString *held = splitter->held;
  gsize n_space = leading_space_length (held);
  gsize n_rest = held->len - n_space;
  gsize n_compared = MIN (n_rest, strlen (OPENER));
  gboolean is_inside = splitter->state == STATE_OPENED;

  if (memcmp (held->str + n_space, OPENER, n_compared) != 0)
    {
      splitter->state = is_inside ? STATE_INSIDE : STATE_ANSWER;
      if (is_inside && held->str[0] == '\n')
        g_string_erase (held, 0, 1);
      return TRUE;
    }
  if (n_compared < strlen (OPENER))
    return FALSE;

  g_string_erase (held, 0, n_space + strlen (OPENER));
  splitter->state = STATE_OPENED;
  return TRUE;
}

static void
drop_newlines_after_closer (BaleenThoughtSplitter *splitter)
{
  gsize n = strspn (splitter->held->str, "\r\n");

  g_string_erase (splitter->held, 0, n);
  if (splitter->held->len > 0)
    splitter->state = STATE_ANSWER_CLOSED;
}

static void
move_answer_to_thought (BaleenThoughtSplitter *splitter)
{
  g_string_append_len (splitter->thought, splitter->answer->str, splitter->answer->len);
  g_string_truncate (splitter->answer, 0);
}

gboolean
baleen_thought_splitter_push (BaleenThoughtSplitter *splitter,
                              const char            *text,
                              gssize                 length)
{
  gboolean has_moved = FALSE;

  g_return_val_if_fail (splitter != NULL, FALSE);

  g_string_append_len (splitter->held, text, length);
  while (splitter->held->len > 0)
    {
      switch (splitter->state)
        {
        case STATE_BEFORE:
        case STATE_OPENED:
          if (!decide_opener (splitter))
            return has_moved;
          break;

        case STATE_INSIDE:
          if (!take_until_closer (splitter->held, splitter->thought))
            return has_moved;
          splitter->state = STATE_AFTER_CLOSER;
          break;

        case STATE_AFTER_CLOSER:
          drop_newlines_after_closer (splitter);
          break;

        case STATE_ANSWER:
          if (!take_until_closer (splitter->held, splitter->answer))
            return has_moved;
          move_answer_to_thought (splitter);
          splitter->state = STATE_AFTER_CLOSER;
          has_moved = TRUE;
          break;

        case STATE_ANSWER_CLOSED:
          g_string_append_len (splitter->answer, splitter->held->str, splitter->held->len);
          g_string_truncate (splitter->held, 0);
          break;

        default:
          g_assert_not_reached ();
        }
    }

  return has_moved;
}

void
baleen_thought_splitter_finish (BaleenThoughtSplitter *splitter)
{
  GString *target;
  gsize n_skipped = 0;

  g_return_if_fail (splitter != NULL);

  target = baleen_thought_splitter_is_thinking (splitter) ? splitter->thought
                                                          : splitter->answer;
  if (splitter->state == STATE_OPENED && splitter->held->str[0] == '\n')
    n_skipped = 1;
  g_string_append_len (target,
                       splitter->held->str + n_skipped,
                       splitter->held->len - n_skipped);
  g_string_truncate (splitter->held, 0);
}

const GString *
baleen_thought_splitter_get_thought (BaleenThoughtSplitter *splitter)
{
  g_return_val_if_fail (splitter != NULL, NULL);

  return splitter->thought;
}

const GString *
baleen_thought_splitter_get_answer (BaleenThoughtSplitter *splitter)
{
  g_return_val_if_fail (splitter != NULL, NULL);

  return splitter->answer;
}

gboolean
baleen_thought_splitter_is_thinking (BaleenThoughtSplitter *splitter)
{
  g_return_val_if_fail (splitter != NULL, FALSE);

  return splitter->state == STATE_OPENED || splitter->state == STATE_INSIDE;
}
