#include "tokenizer-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_MERGES ((1u << 22) - 1)
#define RANK_BITS 22
#define ID_BITS 21
#define NO_RANK G_MAXUINT32

/* ---- the list of merges ------------------------------------------------------------------ */

static inline guint64
pair_key (gint32 left,
          gint32 right)
{
  return (guint64) left << ID_BITS | (guint64) right;
}

static inline guint64
hash_pair (guint64 seed,
           guint64 key)
{
  unsigned __int128 product = (unsigned __int128) (key ^ seed) * 0x9E3779B97F4A7C15;

  return (guint64) product ^ (guint64) (product >> 64);
}

/* The slot of a pair, or the empty one where it would stand. */
static inline guint64 *
find_slot (const BlnMergeTable *table,
           gint32               left,
           gint32               right)
{
  guint64 key = pair_key (left, right);

  for (guint64 i = hash_pair (table->seed, key);; i++)
    {
      guint64 *slot = &table->slots[i & table->mask];

      if (*slot == 0 || *slot >> RANK_BITS == key)
        return slot;
    }
}

static gboolean
is_joined (const BlnGgufString *text,
           const char          *left,
           gsize                n_left,
           const char          *right,
           gsize                n_right)
{
  return text->length == n_left + n_right && memcmp (text->bytes, left, n_left) == 0 &&
         memcmp (text->bytes + n_left, right, n_right) == 0;
}

/* Most vocabularies list the results of merges in the order of the merges, so the one after the
 * last is tried before looking it up. */
static gint32
find_joined (const BlnVocabulary *vocabulary,
             gint32               guess,
             const char          *left,
             gsize                n_left,
             const char          *right,
             gsize                n_right,
             char                *scratch) /* [max_length] */
{
  if (n_left + n_right > vocabulary->max_length)
    return -1;
  if (guess < vocabulary->n && is_joined (&vocabulary->texts[guess], left, n_left, right, n_right))
    return bln_vocabulary_is_plain (vocabulary, guess) ? guess : -1;
  memcpy (scratch, left, n_left);
  memcpy (scratch + n_left, right, n_right);
  return bln_vocabulary_find_plain (vocabulary, scratch, n_left + n_right);
}

static void
fill_table (BlnMergeTable       *table,
            const BlnVocabulary *vocabulary,
            const BlnGgufString *merges,
            guint32              n)
{
  g_autofree char *scratch = g_malloc (vocabulary->max_length);
  gint32 last = -1;

  for (guint32 rank = 0; rank < n; rank++)
    {
      const char *text = merges[rank].bytes;
      gsize length = merges[rank].length;
      const char *space = length > 1 ? memchr (text + 1, ' ', length - 1) : NULL;
      gsize n_left = space != NULL ? space - text : 0;
      gsize n_right = space != NULL ? length - n_left - 1 : 0;
      gint32 left = bln_vocabulary_find (vocabulary, text, n_left);
      gint32 right = left < 0 ? -1 : bln_vocabulary_find (vocabulary, space + 1, n_right);
      gint32 merged = -1;
      guint64 *slot;

      if (right >= 0)
        merged = find_joined (vocabulary, last + 1, text, n_left, space + 1, n_right, scratch);
      if (merged < 0)
        continue;
      last = merged;
      slot = find_slot (table, left, right);
      if (*slot != 0)
        continue;
      *slot = pair_key (left, right) << RANK_BITS | (rank + 1);
      table->merged[rank] = merged;
    }
}

gboolean
bln_merge_table_init (BlnMergeTable       *table,
                      const BlnVocabulary *vocabulary,
                      BlnGguf             *gguf,
                      GError             **error)
{
  const BlnGgufString *merges = NULL;
  guint64 n_slots = 64;
  gsize n = 0;

  memset (table, 0, sizeof *table);
  if (!bln_gguf_get_strings (gguf, "tokenizer.ggml.merges", &merges, &n, error))
    return FALSE;
  if (n > MAX_MERGES)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” has a tokenizer with %zu merges; Baleen reads up to %u."),
                   bln_gguf_get_base_name (gguf), n, MAX_MERGES);
      return FALSE;
    }
  if (n == 0)
    return TRUE;

  while (n_slots < n + n / 2)
    n_slots *= 2;
  table->mask = n_slots - 1;
  table->seed = vocabulary->seed;
  table->slots = g_new0 (guint64, n_slots);
  table->merged = g_new (gint32, n);
  table->n = n;
  fill_table (table, vocabulary, merges, n);
  return TRUE;
}

void
bln_merge_table_clear (BlnMergeTable *table)
{
  g_clear_pointer (&table->slots, g_free);
  g_clear_pointer (&table->merged, g_free);
}

gsize
bln_merge_table_get_n_bytes (const BlnMergeTable *table)
{
  if (table->slots == NULL)
    return 0;
  return (table->mask + 1) * sizeof (guint64) + table->n * sizeof (gint32);
}

/* ---- ranks ------------------------------------------------------------------------------- */

/* An unsigned number that falls as the score rises; what is not a number comes last. */
static guint32
rank_of_score (float score)
{
  guint32 bits;

  if (score != score)
    return NO_RANK - 1;
  score += 0.0f; /* there is one zero */
  memcpy (&bits, &score, sizeof bits);
  return bits >> 31 ? bits : ~bits & 0x7FFFFFFF;
}

/* Looks at the pair of `index` and what follows it. */
static void
rank_pair (BlnMerger *merger,
           BlnSymbol *symbol)
{
  const BlnVocabulary *vocabulary = merger->vocabulary;
  const BlnSymbol *next = &merger->symbols[symbol->next];
  guint64 slot;

  symbol->rank = NO_RANK;
  if (merger->rule == BLN_MERGE_BY_TABLE)
    {
      if (symbol->id < 0 || next->id < 0)
        return;
      slot = *find_slot (merger->table, symbol->id, next->id);
      if (slot == 0)
        return;
      symbol->rank = (slot & ((1u << RANK_BITS) - 1)) - 1;
      symbol->merged = merger->table->merged[symbol->rank];
      return;
    }

  symbol->merged = bln_vocabulary_find_plain (vocabulary, merger->text + symbol->start,
                                              (gsize) symbol->length + next->length);
  if (symbol->merged < 0)
    return;
  if (merger->rule == BLN_MERGE_BY_ID)
    symbol->rank = symbol->merged;
  else
    symbol->rank = rank_of_score (vocabulary->scores ? vocabulary->scores[symbol->merged] : 0);
}

/* ---- merging -------------------------------------------------------------------------- */

void
bln_merger_init (BlnMerger           *merger,
                 const BlnVocabulary *vocabulary,
                 const BlnMergeTable *table,
                 BlnMergeRule         rule)
{
  *merger = (BlnMerger) { .vocabulary = vocabulary, .table = table, .rule = rule };
}

void
bln_merger_clear (BlnMerger *merger)
{
  g_clear_pointer (&merger->symbols, g_free);
  bln_min_heap_clear (&merger->heap);
}

void
bln_merger_begin (BlnMerger  *merger,
                  const char *text)
{
  merger->text = text;
  merger->n_symbols = 0;
  merger->heap.n = 0;
}

void
bln_merger_add (BlnMerger *merger,
                gint32     id,
                guint32    length)
{
  gsize n = merger->n_symbols++;
  BlnSymbol *symbol;

  if (merger->n_symbols > merger->n_allocated)
    {
      merger->n_allocated = MAX (256, 2 * merger->n_allocated);
      merger->symbols = g_renew (BlnSymbol, merger->symbols, merger->n_allocated);
    }
  symbol = &merger->symbols[n];
  symbol->id = id;
  symbol->start = n > 0 ? symbol[-1].start + symbol[-1].length : 0;
  symbol->length = length;
  symbol->previous = n > 0 ? n - 1 : BLN_NO_SYMBOL;
  symbol->next = BLN_NO_SYMBOL;
  if (n > 0)
    symbol[-1].next = n;
}

static void
look_at (BlnMerger *merger,
         guint32    index)
{
  BlnSymbol *symbol = &merger->symbols[index];

  symbol->rank = NO_RANK;
  if (symbol->next == BLN_NO_SYMBOL)
    return;
  rank_pair (merger, symbol);
  if (symbol->rank != NO_RANK)
    bln_min_heap_push (&merger->heap, (guint64) symbol->rank << 32 | index);
}

/* An entry of the heap is stale when its symbol is gone or its pair has another rank by now; a
 * symbol that is gone has none. */
void
bln_merger_run (BlnMerger *merger)
{
  BlnSymbol *symbols = merger->symbols;

  for (guint32 i = 0; i < merger->n_symbols; i++)
    look_at (merger, i);

  while (merger->heap.n > 0)
    {
      guint64 entry = bln_min_heap_pop (&merger->heap);
      guint32 index = (guint32) entry;
      BlnSymbol *symbol = &symbols[index];
      BlnSymbol *right;

      if (symbol->rank != entry >> 32)
        continue;
      right = &symbols[symbol->next];
      symbol->id = symbol->merged;
      symbol->length += right->length;
      symbol->next = right->next;
      right->rank = NO_RANK;
      if (symbol->next != BLN_NO_SYMBOL)
        symbols[symbol->next].previous = index;
      look_at (merger, index);
      if (symbol->previous != BLN_NO_SYMBOL)
        look_at (merger, symbol->previous);
    }
}
