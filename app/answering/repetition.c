#include "repetition.h"

#include <string.h>

#define N_LINES BALEEN_REPEATED_LINES
#define MOST_PERIOD 8

/* Of each line its hash is enough: that so many in a row agree by chance will not happen. */
struct _BaleenRepetition
{
  guint64 lines[N_LINES]; /* a ring */
  guint n_lines;          /* ever */
  guint64 hash;           /* of the line that is being written */
  gboolean is_blank;
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
      }
  return repeats;
}
