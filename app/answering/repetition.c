#include "repetition.h"

#include <string.h>

#define N_LINES BALEEN_REPEATED_LINES
#define MOST_PERIOD 8
#define N_BYTES BALEEN_REPEATED_BYTES
#define MOST_BYTES 64

/* Of each line its hash is enough: that so many in a row agree by chance will not happen. */
struct _BaleenRepetition
{
  guint64 lines[N_LINES]; /* a ring */
  guint n_lines;          /* ever */
  guint64 hash;           /* of the line that is being written */
  gboolean is_blank;

  guint n_same[MOST_BYTES]; /* bytes running that are what stood 1, 2, 3… bytes before */
  guchar bytes[MOST_BYTES]; /* a ring; none is a space */
  guint n_bytes;            /* ever */
};

/* FNV-1a, 64 bits. */
#define HASH_START G_GUINT64_CONSTANT (14695981039346656037)
#define HASH_PRIME G_GUINT64_CONSTANT (1099511628211)

static void
begin_line (BaleenRepetition *self)
{
  self->hash = HASH_START;
  self->is_blank = TRUE;
}

BaleenRepetition *
baleen_repetition_new (void)
{
  BaleenRepetition *self = g_new0 (BaleenRepetition, 1);

  begin_line (self);
  return self;
}

void
baleen_repetition_free (BaleenRepetition *self)
{
  g_free (self);
}

static gboolean
repeats_with (BaleenRepetition *self,
              guint             period)
{
  for (guint i = 0; i < N_LINES - period; i++)
    if (self->lines[(self->n_lines + i) % N_LINES]
        != self->lines[(self->n_lines + i + period) % N_LINES])
      return FALSE;
  return TRUE;
}

static gboolean
end_line (BaleenRepetition *self)
{
  if (self->is_blank)
    return FALSE;

  self->lines[self->n_lines++ % N_LINES] = self->hash;
  if (self->n_lines < N_LINES)
    return FALSE;
  for (guint period = 1; period <= MOST_PERIOD; period++)
    if (repeats_with (self, period))
      return TRUE;
  return FALSE;
}

/* Within one line as over many: the words of a loop need not stand on lines. */
static gboolean
add_byte (BaleenRepetition *self,
          guchar            byte)
{
  gboolean repeats = FALSE;

  for (guint period = 1; period <= MOST_BYTES; period++)
    {
      guint *n_same = &self->n_same[period - 1];
      const gboolean is_same = self->n_bytes >= period
                               && self->bytes[(self->n_bytes - period) % MOST_BYTES] == byte;

      *n_same = is_same ? *n_same + 1 : 0;
      repeats = repeats || *n_same + period >= N_BYTES;
    }
  self->bytes[self->n_bytes++ % MOST_BYTES] = byte;
  return repeats;
}

gboolean
baleen_repetition_push (BaleenRepetition *self,
                        const char       *text,
                        gsize             length)
{
  gboolean repeats = FALSE;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n')
      {
        repeats = end_line (self) || repeats;
        begin_line (self);
      }
    else if (!g_ascii_isspace (text[i]))
      {
        self->is_blank = FALSE;
        self->hash = (self->hash ^ (guchar) text[i]) * HASH_PRIME;
        repeats = add_byte (self, (guchar) text[i]) || repeats;
      }
  return repeats;
}
