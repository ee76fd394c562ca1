/* Where each value lies. One pass over the ops finds when a value is first written and last
 * read, and gives it the lowest place that no living value holds. */
#include "program.h"

/* Values begin at multiples of a cache line, whatever the number of rows. */
#define BLN_ALIGN_FLOATS 16u

typedef struct
{
  BlnProgram *program;
  guint index;
} Visit;

static void
note_read (BlnValue *value,
           gpointer  user_data)
{
  Visit *visit = user_data;

  g_array_index (visit->program->values, BlnValueInfo, value->id).last = visit->index;
}

static void
note_write (BlnValue *value,
            gpointer  user_data)
{
  Visit *visit = user_data;
  BlnValueInfo *info = &g_array_index (visit->program->values, BlnValueInfo, value->id);

  info->first = MIN (info->first, visit->index);
  info->last = MAX (info->last, visit->index);
}

static void
find_lifetimes (BlnProgram *program)
{
  for (guint i = 0; i < program->values->len; i++)
    {
      BlnValueInfo *info = &g_array_index (program->values, BlnValueInfo, i);

      info->first = G_MAXUINT;
      info->last = 0;
    }
  for (guint i = 0; i < program->ops->len; i++)
    {
      Visit visit = { program, i };
      BlnOp *op = &g_array_index (program->ops, BlnOp, i);

      bln_op_foreach_write (op, note_write, &visit);
      bln_op_foreach_read (op, note_read, &visit);
    }
  /* The caller reads it after the last op. */
  if (bln_value_exists (program->hidden))
    g_array_index (program->values, BlnValueInfo, program->hidden.id).last = G_MAXUINT;
}

static guint64
end_of (const BlnValueInfo *info)
{
  return info->offset + (info->width + BLN_ALIGN_FLOATS - 1) / BLN_ALIGN_FLOATS * BLN_ALIGN_FLOATS;
}

/* The lowest offset at which `info` overlaps none of the placed values that live while it
 * does. An op may read and write at once, so touching lifetimes count as overlapping. */
static void
place (BlnProgram   *program,
       BlnValueInfo *info,
       const guint8 *is_placed)
{
  gboolean moved = TRUE;

  info->offset = 0;
  while (moved)
    {
      moved = FALSE;
      for (guint i = 0; i < program->values->len; i++)
        {
          const BlnValueInfo *other = &g_array_index (program->values, BlnValueInfo, i);

          if (!is_placed[i] || other->last < info->first || other->first > info->last ||
              other->offset >= end_of (info) || end_of (other) <= info->offset)
            continue;
          info->offset = end_of (other);
          moved = TRUE;
        }
    }
}

void
bln_program_plan (BlnProgram *program)
{
  g_autofree guint8 *is_placed = g_new0 (guint8, MAX (program->values->len, 1));

  find_lifetimes (program);
  program->row_floats = 0;
  for (guint i = 0; i < program->values->len; i++)
    {
      BlnValueInfo *info = &g_array_index (program->values, BlnValueInfo, i);

      if (info->first == G_MAXUINT) /* fused away */
        continue;
      place (program, info, is_placed);
      is_placed[i] = TRUE;
      program->row_floats = MAX (program->row_floats, end_of (info));
    }
}
