#include "vulkan-stages.h"

#include <stdio.h>
#include <string.h>

#define MAX_MARKS 4096
/* Heads the list of its kind. */
#define WHOLE_PASS "the pass, on the host"

/* Passes of as many rows that end in the same doubling of positions are of one kind. */
typedef struct
{
  guint n_rows, depth;
} Kind;

typedef struct
{
  Kind kind;
  char *name;  /* (owned) */
  guint order; /* of its first appearance */
  guint n;
  double microseconds;
} Stage;

struct _BlnVkStages
{
  GHashTable *table; /* (owned) name of kind and stage → Stage */
};

static void
stage_free (gpointer data)
{
  Stage *stage = data;

  g_free (stage->name);
  g_free (stage);
}

BlnVkStages *
bln_vk_stages_new (void)
{
  BlnVkStages *stages;

  if (g_getenv ("BLN_VK_STAGES") == NULL)
    return NULL;
  stages = g_new0 (BlnVkStages, 1);
  stages->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stage_free);
  return stages;
}

static int
compare_stages (gconstpointer a,
                gconstpointer b)
{
  const Stage *x = *(Stage *const *) a, *y = *(Stage *const *) b;

  if (x->kind.n_rows != y->kind.n_rows)
    return x->kind.n_rows < y->kind.n_rows ? -1 : 1;
  if (x->kind.depth != y->kind.depth)
    return x->kind.depth < y->kind.depth ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static void
print_stages (const BlnVkStages *stages)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;
  Kind last = { 0 };
  guint n_passes = 1;

  g_hash_table_iter_init (&iter, stages->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_stages);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Stage *stage = sorted->pdata[i];

      if (memcmp (&stage->kind, &last, sizeof last) != 0)
        {
          last = stage->kind;
          n_passes = stage->order == 0 ? stage->n : 1;
          fprintf (stderr, "\n%u rows, up to position %u: %u passes\n"
                           "%10s %8s %8s  stage\n", last.n_rows, last.depth, n_passes,
                   "µs a pass", "times", "µs each");
        }
      fprintf (stderr, "%10.1f %8.1f %8.2f  %s\n", stage->microseconds / n_passes,
               (double) stage->n / n_passes, stage->microseconds / stage->n, stage->name);
    }
}

void
bln_vk_stages_free (BlnVkStages *stages)
{
  print_stages (stages);
  g_hash_table_unref (stages->table);
  g_free (stages);
}

guint
bln_vk_stages_max_marks (const BlnVkStages *stages)
{
  return stages != NULL ? MAX_MARKS : 2;
}

/* "blk.3.attn_q.weight" is "attn_q.weight" to all blocks. */
static const char *
without_block (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 3);

  return g_str_has_prefix (name, "blk.") && g_strv_length (parts) == 3 ? g_intern_string (parts[2])
                                                                       : name;
}

/* The op and its first weight. */
void
bln_vk_stages_name (BlnVkCommands *commands,
                    const BlnOp   *op)
{
  const BlnWeight *weight = op != NULL && op->n_parts > 0 ? op->parts[0].weight : NULL;
  g_autofree char *label
    = g_strdup_printf ("%s %s", op != NULL ? bln_op_kind_name (op->kind) : "copies",
                       weight != NULL ? without_block (weight->tensor->name) : "");

  commands->stage = g_intern_string (label);
  commands->n_stage = 0;
}

static void
add (BlnVkStages    *stages,
     const BlnBatch *batch,
     const char     *name,
     double          microseconds)
{
  const BlnSpan *last = &batch->spans[batch->n_spans - 1];
  const guint end = last->first_position + last->n_rows;
  Kind kind = { batch->n_rows, 1024 };
  g_autofree char *key = NULL;
  Stage *stage;

  while (kind.depth < end)
    kind.depth *= 2;
  key = g_strdup_printf ("%u %u %s", kind.n_rows, kind.depth, name);
  stage = g_hash_table_lookup (stages->table, key);
  if (stage == NULL)
    {
      stage = g_new0 (Stage, 1);
      stage->kind = kind;
      stage->name = g_strdup (name);
      stage->order = g_str_equal (name, WHOLE_PASS) ? 0 : g_hash_table_size (stages->table) + 1;
      g_hash_table_insert (stages->table, g_steal_pointer (&key), stage);
    }
  stage->n++;
  stage->microseconds += microseconds;
}

void
bln_vk_stages_add (BlnVkStages    *stages,
                   BlnVkCommands  *commands,
                   const BlnBatch *batch)
{
  g_autofree double *marks = NULL;

  if (stages == NULL || commands->stages == NULL || commands->n_marks == 0)
    return;
  marks = g_new (double, commands->n_marks);
  if (!bln_vk_commands_read_marks (commands, marks, NULL))
    return;
  for (guint i = 0; i + 1 < commands->n_marks && i < commands->stages->len; i++)
    add (stages, batch, g_array_index (commands->stages, const char *, i),
         marks[i + 1] - marks[i]);
  add (stages, batch, "all of a submission, on the device", marks[commands->n_marks - 1]);
}

void
bln_vk_stages_add_host (BlnVkStages    *stages,
                        const BlnBatch *batch,
                        const char     *name,
                        double          microseconds)
{
  if (stages != NULL && batch->n_spans > 0)
    add (stages, batch, name, microseconds);
}

void
bln_vk_stages_add_pass (BlnVkStages    *stages,
                        const BlnBatch *batch,
                        double          microseconds)
{
  bln_vk_stages_add_host (stages, batch, WHOLE_PASS, microseconds);
}
