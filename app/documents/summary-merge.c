#include "summarizer-private.h"

#include <string.h>

/* Nodes that are merged at a time, and the most that stand under the root. */
#define MOST_NODES 6
#define FAIR_NODES 5
/* So few claims need no merging: they are carried up as they are. */
#define MOST_CLAIMS 10

static guint
get_first_sentence (const BaleenClaim *claim)
{
  return claim->sentences->len > 0 ? g_array_index (claim->sentences, guint, 0) : G_MAXUINT;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const BaleenClaim *claim_a = *(BaleenClaim *const *) a, *claim_b = *(BaleenClaim *const *) b;
  guint place_a = get_first_sentence (claim_a), place_b = get_first_sentence (claim_b);

  if (claim_a->segment != claim_b->segment)
    return claim_a->segment < claim_b->segment ? -1 : 1;
  return place_a < place_b ? -1 : place_a > place_b;
}

void
baleen_claims_sort (GPtrArray *claims)
{
  g_ptr_array_sort (claims, compare_places);
}

/* How much a claim is wanted: what can be checked first, then what tells most. */
static double
rate (const BaleenSummaryNode *node,
      guint                    index,
      gboolean                 prefers_dates)
{
  const BaleenClaim *claim = g_ptr_array_index (node->claims, index);

  return claim->is_verified * 100.0
         + (prefers_dates && baleen_find_date (claim->text, NULL) != 0) * 50.0
         + claim->weight - 0.5 * index / MAX (node->claims->len, 1);
}

/* The index of the best claim of a node that is not taken yet, or -1. */
static int
find_best (const BaleenSummaryNode *node,
           GHashTable              *taken,
           gboolean                 prefers_dates)
{
  int best = -1;

  for (guint i = 0; i < node->claims->len; i++)
    if (!g_hash_table_contains (taken, g_ptr_array_index (node->claims, i))
        && (best < 0 || rate (node, i, prefers_dates) > rate (node, best, prefers_dates)))
      best = i;

  return best;
}

GPtrArray *
baleen_summary_choose (GPtrArray *nodes,
                       guint      most,
                       gboolean   prefers_dates)
{
  GPtrArray *chosen = baleen_claims_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  gboolean is_more = TRUE;

  /* Round after round each node gives one; where there are more nodes than places, those that
   * lie evenly over the document do. */
  while (is_more && chosen->len < most)
    {
      guint n_places = MIN (most - chosen->len, nodes->len);

      is_more = FALSE;
      for (guint i = 0; i < n_places; i++)
        {
          BaleenSummaryNode *node
              = g_ptr_array_index (nodes, (guint) ((i + 0.5) * nodes->len / n_places));
          int best = find_best (node, taken, prefers_dates);

          if (best < 0)
            continue;
          is_more = TRUE;
          g_hash_table_add (taken, g_ptr_array_index (node->claims, best));
          g_ptr_array_add (chosen, baleen_claim_copy (g_ptr_array_index (node->claims, best)));
        }
      /* Empty nodes may have had the places: then the others get them. */
      for (guint i = 0; !is_more && i < nodes->len && chosen->len < most; i++)
        {
          BaleenSummaryNode *node = g_ptr_array_index (nodes, i);
          int best = find_best (node, taken, prefers_dates);

          if (best < 0)
            continue;
          is_more = TRUE;
          g_hash_table_add (taken, g_ptr_array_index (node->claims, best));
          g_ptr_array_add (chosen, baleen_claim_copy (g_ptr_array_index (node->claims, best)));
        }
    }

  return chosen;
}

static GPtrArray *
pool (GPtrArray *nodes)
{
  GPtrArray *claims = baleen_claims_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      const BaleenSummaryNode *node = g_ptr_array_index (nodes, i);
      g_autoptr (GPtrArray) copies = baleen_claims_new ();

      for (guint j = 0; j < node->claims->len; j++)
        g_ptr_array_add (copies, baleen_claim_copy (g_ptr_array_index (node->claims, j)));
      baleen_claims_fold (claims, copies);
    }
  g_ptr_array_sort (claims, compare_places);

  return claims;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint number_a = *(const guint *) a, number_b = *(const guint *) b;

  return number_a < number_b ? -1 : number_a > number_b;
}

GArray *
baleen_summary_collect_sentences (GPtrArray *claims)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (claims, i);

      if (claim->sentences->len > 0)
        g_array_append_vals (all, claim->sentences->data, claim->sentences->len);
    }
  g_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, guint, i) != g_array_index (all, guint, i - 1))
      g_array_append_val (shown, g_array_index (all, guint, i));

  return shown;
}

static guint
find_label (const GArray *shown,
            guint         sentence)
{
  guint i = 0;

  while (g_array_index (shown, guint, i) != sentence)
    i++;
  return i + 1;
}

/* Claims that stand word for word in their sentences need not be said twice. */
static void
append_claim (GString               *text,
              const BaleenClaim     *claim,
              const BaleenSentences *sentences,
              const GArray          *shown)
{
  g_autoptr (GString) source = g_string_new (NULL);

  for (guint i = 0; i < claim->sentences->len; i++)
    {
      g_autofree char *sentence
          = baleen_sentences_dup_text (sentences, g_array_index (claim->sentences, guint, i));

      g_string_append (source, sentence);
    }
  if (claim->sentences->len == 0 || strstr (source->str, claim->text) != NULL)
    return;
  g_string_append_printf (text, "- %s ", claim->text);
  for (guint i = 0; i < claim->sentences->len; i++)
    g_string_append_printf (text, "[S%u]",
                            find_label (shown, g_array_index (claim->sentences, guint, i)));
  g_string_append_c (text, '\n');
}

char *
baleen_summarizer_make_prompt (const BaleenSummarizer *self,
                               GPtrArray              *claims,
                               const GArray           *shown,
                               const char             *task)
{
  const BaleenSentences *sentences = self->summary->sentences;
  g_autoptr (GString) sources = g_string_new (NULL);
  g_autoptr (GString) points = g_string_new (NULL);

  for (guint i = 0; i < shown->len; i++)
    baleen_sentences_append_labelled (sentences, g_array_index (shown, guint, i), i + 1, sources);
  for (guint i = 0; i < claims->len; i++)
    append_claim (points, g_ptr_array_index (claims, i), sentences, shown);

  return g_strdup_printf (BALEEN_PART_OPENING "%s\n\n%s%s%s%s%s", sources->str,
                          points->len > 0 ? "These points were taken from it:\n" : "", points->str,
                          points->len > 0 ? "\n" : "", task, self->language_request);
}

/* A merge under way: what the model is shown, and what stands for it if that fails. */
typedef struct
{
  BaleenSummaryNode *node; /* (not owned) */
  GPtrArray *claims;       /* (owned) */
  GArray *shown;           /* (owned) */
} Merge;

static void
merge_free (Merge *merge)
{
  g_ptr_array_unref (merge->claims);
  g_array_unref (merge->shown);
  g_free (merge);
}

/* As many claims as fit, all parts with their share. NULL where not even two do. */
static BaleenCall *
make_call (BaleenSummarizer *self,
           Merge            *merge,
           guint             level,
           guint             index,
           GError          **error)
{
  for (guint most = merge->claims->len; most >= 2; most -= MAX (most / 8, 1))
    {
      g_autoptr (GError) local_error = NULL;
      BaleenCall *call;
      g_autofree char *stage = g_strdup_printf ("merge %u", level);

      if (most < merge->claims->len)
        {
          g_ptr_array_unref (merge->claims);
          merge->claims = baleen_summary_choose (merge->node->children, most, FALSE);
          baleen_claims_sort (merge->claims);
        }
      g_clear_pointer (&merge->shown, g_array_unref);
      merge->shown = baleen_summary_collect_sentences (merge->claims);
      call = baleen_summarizer_new_call (self, baleen_summarizer_make_prompt (self, merge->claims,
                                                                        merge->shown,
                                                                        BALEEN_PART_TASK),
                                         stage, index, merge->node->first_segment,
                                         merge->node->end_segment, &local_error);
      if (call != NULL)
        {
          call->shared = BALEEN_PART_OPENING;
          return call;
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return NULL;
}

static guint
find_segment (const BaleenSummarizer *self,
              guint                   sentence)
{
  const GArray *segments = self->summary->segments;
  guint i = 0;

  while (i + 1 < segments->len && g_array_index (segments, BaleenSegment, i).end <= sentence)
    i++;
  return i;
}

static gboolean
has_share (GPtrArray               *claims,
           const BaleenSummaryNode *child)
{
  for (guint i = 0; i < claims->len; i++)
    {
      const BaleenClaim *claim = g_ptr_array_index (claims, i);

      if (claim->segment >= child->first_segment && claim->segment < child->end_segment)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_told (GPtrArray         *claims,
         const BaleenClaim *claim)
{
  for (guint i = 0; i < claims->len; i++)
    if (baleen_claim_shares_sentence (g_ptr_array_index (claims, i), claim))
      return TRUE;

  return FALSE;
}

/* What the model left out though it tells much comes back, as long as there is room. */
static void
add_weighty (BaleenSummaryNode *node,
             GPtrArray         *claims)
{
  for (float least = BALEEN_WEIGHTY + 1; least >= BALEEN_WEIGHTY; least -= 1)
    for (guint i = 0; i < claims->len && node->claims->len < MOST_CLAIMS; i++)
      {
        const BaleenClaim *claim = g_ptr_array_index (claims, i);

        if (claim->is_verified && claim->weight >= least && !is_told (node->claims, claim))
          g_ptr_array_add (node->claims, baleen_claim_copy (claim));
      }
}

/* What the model made of the claims, as far as it can be checked. Children of which nothing is
 * left get their best claim back, and where too little is left, so do all. */
static void
take_merged (BaleenSummarizer *self,
             Merge            *merge,
             const BaleenCall *call)
{
  BaleenSummaryNode *node = merge->node;
  g_autoptr (GPtrArray) merged
      = baleen_claims_parse (call->answer, call->is_cut, merge->shown, node->first_segment);
  g_autoptr (GPtrArray) rest = baleen_claims_new ();

  for (guint i = merged->len; i > 0; i--)
    {
      BaleenClaim *claim = g_ptr_array_index (merged, i - 1);

      baleen_claim_make_whole (claim, self->summary->sentences);
      if (baleen_claim_verify (claim, self->summary->sentences, merge->shown))
        claim->segment = find_segment (self, get_first_sentence (claim));
      else
        g_ptr_array_remove_index (merged, i - 1);
    }
  baleen_claims_fold (node->claims, merged);
  for (guint i = 0; i < node->children->len; i++)
    {
      BaleenSummaryNode *child = g_ptr_array_index (node->children, i);
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (GPtrArray) best = NULL;

      if (has_share (node->claims, child))
        continue;
      g_ptr_array_add (one, child);
      best = baleen_summary_choose (one, 1, FALSE);
      g_ptr_array_extend_and_steal (rest, g_steal_pointer (&best));
    }
  baleen_claims_fold (node->claims, rest);
  add_weighty (node, merge->claims);
  g_ptr_array_sort (node->claims, compare_places);
}

static BaleenSummaryNode *
new_parent (GPtrArray *nodes,
            guint      first,
            guint      end)
{
  BaleenSummaryNode *parent = baleen_summary_node_new ();
  const BaleenSummaryNode *first_child = g_ptr_array_index (nodes, first);
  const BaleenSummaryNode *last_child = g_ptr_array_index (nodes, end - 1);

  parent->title = g_strdup (first_child->title);
  parent->first_segment = first_child->first_segment;
  parent->end_segment = last_child->end_segment;
  parent->first_page = first_child->first_page;
  parent->last_page = last_child->last_page;
  for (guint i = first; i < end; i++)
    g_ptr_array_add (parent->children, g_ptr_array_index (nodes, i));

  return parent;
}

/* Four to six nodes for each parent, as even as it goes. */
static GPtrArray *
group (GPtrArray *nodes)
{
  GPtrArray *parents
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_summary_node_free);
  guint n_parents = (nodes->len + FAIR_NODES - 1) / FAIR_NODES;

  for (guint i = 0; i < n_parents; i++)
    g_ptr_array_add (parents, new_parent (nodes, i * nodes->len / n_parents,
                                          (i + 1) * nodes->len / n_parents));

  return parents;
}

static gboolean
merge_level (BaleenSummarizer *self,
             GPtrArray        *parents,
             guint             level,
             GError          **error)
{
  g_autoptr (GPtrArray) calls = baleen_calls_new ();
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func ((GDestroyNotify) merge_free);

  for (guint i = 0; i < parents->len; i++)
    {
      BaleenSummaryNode *node = g_ptr_array_index (parents, i);
      g_autoptr (GError) local_error = NULL;
      Merge *merge = g_new0 (Merge, 1);
      BaleenCall *call = NULL;

      merge->node = node;
      merge->claims = pool (node->children);
      merge->shown = baleen_summary_collect_sentences (merge->claims);
      if (merge->claims->len > MOST_CLAIMS)
        call = make_call (self, merge, level, i, &local_error);
      if (call == NULL)
        {
          g_ptr_array_unref (node->claims);
          node->claims = merge->claims->len > MOST_CLAIMS
                             ? baleen_summary_choose (node->children, MOST_CLAIMS, FALSE)
                             : g_ptr_array_ref (merge->claims);
          baleen_claims_sort (node->claims);
          merge_free (merge);
        }
      else
        {
          g_ptr_array_add (calls, call);
          g_ptr_array_add (merges, merge);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (calls->len > 0
      && !baleen_summarizer_complete (self, "merge", BALEEN_SUMMARY_MERGING, calls, NULL, NULL,
                                      error))
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    take_merged (self, g_ptr_array_index (merges, i), g_ptr_array_index (calls, i));

  return TRUE;
}

gboolean
baleen_summarizer_merge (BaleenSummarizer *self,
                         GError          **error)
{
  /* Who is merged belongs to its parent; the array only holds the highest level. */
  g_autoptr (GPtrArray) nodes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_summary_node_free);
  gboolean is_done = TRUE;

  g_ptr_array_set_free_func (self->leaves, NULL);
  for (guint i = 0; i < self->leaves->len; i++)
    g_ptr_array_add (nodes, g_ptr_array_index (self->leaves, i));
  for (guint level = 1; is_done && nodes->len > MOST_NODES; level++)
    {
      GPtrArray *parents = group (nodes);

      g_ptr_array_set_free_func (nodes, NULL);
      g_ptr_array_unref (nodes);
      nodes = parents;
      is_done = merge_level (self, nodes, level, error);
    }

  self->summary->root = new_parent (nodes, 0, nodes->len);
  g_clear_pointer (&self->summary->root->title, g_free);
  g_ptr_array_set_free_func (nodes, NULL);
  return is_done;
}
