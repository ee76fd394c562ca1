#include "summary-record.h"

#include "baleen-source.h"
#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>

static void
place_free (gpointer data)
{
  g_free (((BaleenRecordPlace *) data)->quote);
  g_free (data);
}

static void
claim_free (gpointer data)
{
  BaleenRecordClaim *claim = data;

  g_free (claim->text);
  g_ptr_array_unref (claim->places);
  g_free (claim);
}

static void
node_free (gpointer data)
{
  BaleenRecordNode *node = data;

  g_free (node->title);
  g_ptr_array_unref (node->claims);
  g_ptr_array_unref (node->children);
  g_free (node);
}

static BaleenRecordNode *
node_new (void)
{
  BaleenRecordNode *node = g_new0 (BaleenRecordNode, 1);

  node->claims = g_ptr_array_new_with_free_func (claim_free);
  node->children = g_ptr_array_new_with_free_func (node_free);
  return node;
}

static BaleenSummaryRecord *
record_new (void)
{
  BaleenSummaryRecord *self = g_new0 (BaleenSummaryRecord, 1);

  self->coverage = g_array_new (FALSE, FALSE, sizeof (BaleenCoverage));
  self->calls = g_array_new (FALSE, FALSE, sizeof (BaleenLedgerCall));
  return self;
}

BaleenSummaryRecord *
baleen_summary_record_new (const char                 *name,
                           const BaleenSummaryOptions *options)
{
  BaleenSummaryRecord *self = record_new ();

  self->name = g_strdup (name);
  self->length = options->length;
  self->form = options->form;
  self->language = g_strdup (options->language);
  return self;
}

void
baleen_summary_record_free (BaleenSummaryRecord *self)
{
  g_free (self->name);
  g_free (self->language);
  g_clear_pointer (&self->root, node_free);
  g_array_unref (self->coverage);
  g_array_unref (self->calls);
  g_free (self->coverage_words);
  g_free (self->markdown);
  g_free (self->html);
  g_strfreev (self->unfolded);
  g_free (self);
}

/* ---- from a summary --------------------------------------------------------------------- */

static BaleenRecordClaim *
take_claim (const BaleenSentences *sentences,
            const BaleenClaim     *claim,
            GHashTable            *numbers) /* (nullable) */
{
  BaleenRecordClaim *taken = g_new0 (BaleenRecordClaim, 1);

  taken->text = g_strdup (claim->text);
  taken->is_verified = claim->is_verified;
  taken->places = g_ptr_array_new_with_free_func (place_free);
  for (guint i = 0; i < claim->sentences->len; i++)
    {
      const guint sentence = g_array_index (claim->sentences, guint, i);
      BaleenRecordPlace *place = g_new0 (BaleenRecordPlace, 1);

      place->page = baleen_sentences_get (sentences, sentence)->page;
      place->quote = baleen_sentences_dup_text (sentences, sentence);
      if (numbers != NULL)
        place->number
            = GPOINTER_TO_INT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (sentence)));
      g_ptr_array_add (taken->places, place);
    }
  return taken;
}

GPtrArray *
baleen_record_claims_new (GPtrArray             *claims,
                          const BaleenSentences *sentences)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (claim_free);

  for (guint i = 0; i < claims->len; i++)
    g_ptr_array_add (taken, take_claim (sentences, claims->pdata[i], NULL));
  return taken;
}

static BaleenRecordNode *
take_node (const BaleenSummary     *summary,
           const BaleenSummaryNode *node,
           GHashTable              *numbers)
{
  BaleenRecordNode *taken = node_new ();

  taken->title = g_strdup (node->title);
  taken->part = node->children->len == 0 ? node->first_segment + 1 : 0;
  taken->first_page = node->first_page;
  taken->last_page = node->last_page;
  for (guint i = 0; i < node->claims->len; i++)
    g_ptr_array_add (taken->claims, take_claim (summary->sentences, node->claims->pdata[i],
                                                numbers));
  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add (taken->children, take_node (summary, node->children->pdata[i], numbers));
  return taken;
}

void
baleen_summary_record_take (BaleenSummaryRecord *self,
                            const BaleenSummary *summary,
                            const char          *file,
                            GPtrArray           *sources)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) cited = baleen_summary_number_places (summary);

  for (guint i = 0; i < cited->len; i++)
    {
      const guint sentence = g_array_index (cited, guint, i);
      g_autofree char *quote = baleen_sentences_dup_text (summary->sentences, sentence);

      g_ptr_array_add (sources,
                       baleen_source_new (i + 1, self->name, NULL, file,
                                          baleen_sentences_get (summary->sentences, sentence)->page,
                                          quote));
      g_hash_table_insert (numbers, GUINT_TO_POINTER (sentence), GUINT_TO_POINTER (i + 1));
    }
  self->is_done = TRUE;
  g_clear_pointer (&self->unfolded, g_strfreev);
  self->n_pages = self->n_pages_read = summary->sentences->n_pages;
  g_clear_pointer (&self->root, node_free);
  self->root = take_node (summary, summary->root, numbers);
  g_array_set_size (self->coverage, 0);
  g_array_append_vals (self->coverage, summary->coverage->data, summary->coverage->len);
  g_array_set_size (self->calls, 0);
  g_array_append_vals (self->calls, summary->calls->data, summary->calls->len);
  g_free (self->coverage_words);
  self->coverage_words = baleen_summary_describe_coverage (summary);
  g_free (self->markdown);
  self->markdown = baleen_summary_to_markdown (summary, self->name);
  g_free (self->html);
  self->html = baleen_summary_to_html (summary, self->name);
}

/* ---- while it is made ----------------------------------------------------------------- */

void
baleen_summary_record_take_progress (BaleenSummaryRecord         *self,
                                     const BaleenSummaryProgress *progress)
{
  self->n_pages = progress->n_pages;
  self->n_pages_read = progress->n_pages_read;
  g_array_set_size (self->coverage, 0);
  g_array_append_vals (self->coverage, progress->coverage->data, progress->coverage->len);
}

/* Where the node of a part is, or belongs: they lie in their order. */
static guint
find_part (const BaleenRecordNode *root,
           guint                   part)
{
  guint i = 0;

  while (i < root->children->len && ((BaleenRecordNode *) root->children->pdata[i])->part < part)
    i++;
  return i;
}

void
baleen_summary_record_take_part (BaleenSummaryRecord *self,
                                 guint                segment,
                                 GPtrArray           *claims)
{
  BaleenRecordNode *node;
  guint at;

  if (self->root == NULL)
    self->root = node_new ();
  at = find_part (self->root, segment + 1);
  node = at < self->root->children->len ? self->root->children->pdata[at] : NULL;
  if (node == NULL || node->part != segment + 1)
    {
      node = node_new ();
      node->part = segment + 1;
      g_ptr_array_insert (self->root->children, at, node);
    }
  if (segment < self->coverage->len)
    {
      const BaleenCoverage *part = &g_array_index (self->coverage, BaleenCoverage, segment);

      node->first_page = part->first_page;
      node->last_page = part->last_page;
    }
  g_ptr_array_unref (node->claims);
  node->claims = claims;
}

/* ---- as JSON -------------------------------------------------------------------------- */

static void
add_claim (JsonBuilder             *builder,
           const BaleenRecordClaim *claim)
{
  json_builder_begin_object (builder);
  baleen_json_add_text_if_any (builder, "text", claim->text);
  baleen_json_add_flag (builder, "verified", claim->is_verified);
  json_builder_set_member_name (builder, "places");
  json_builder_begin_array (builder);
  for (guint i = 0; i < claim->places->len; i++)
    {
      const BaleenRecordPlace *place = claim->places->pdata[i];

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "n", place->number);
      baleen_json_add_whole (builder, "page", place->page);
      baleen_json_add_text_if_any (builder, "quote", place->quote);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_node (JsonBuilder            *builder,
          const BaleenRecordNode *node)
{
  json_builder_begin_object (builder);
  baleen_json_add_text_if_any (builder, "title", node->title);
  baleen_json_add_whole (builder, "part", node->part);
  baleen_json_add_whole (builder, "first", node->first_page);
  baleen_json_add_whole (builder, "last", node->last_page);
  json_builder_set_member_name (builder, "claims");
  json_builder_begin_array (builder);
  for (guint i = 0; i < node->claims->len; i++)
    add_claim (builder, node->claims->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "children");
  json_builder_begin_array (builder);
  for (guint i = 0; i < node->children->len; i++)
    add_node (builder, node->children->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_rows (JsonBuilder               *builder,
          const BaleenSummaryRecord *self)
{
  json_builder_set_member_name (builder, "coverage");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (self->coverage, BaleenCoverage, i);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "status", part->status);
      baleen_json_add_whole (builder, "from", part->from);
      baleen_json_add_whole (builder, "to", part->to);
      baleen_json_add_whole (builder, "first", part->first_page);
      baleen_json_add_whole (builder, "last", part->last_page);
      baleen_json_add_whole (builder, "claims", part->n_claims);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const BaleenLedgerCall *call = &g_array_index (self->calls, BaleenLedgerCall, i);

      json_builder_begin_object (builder);
      baleen_json_add_text_if_any (builder, "stage", call->stage);
      baleen_json_add_whole (builder, "from", call->from);
      baleen_json_add_whole (builder, "to", call->to);
      baleen_json_add_whole (builder, "first", call->first_page);
      baleen_json_add_whole (builder, "last", call->last_page);
      baleen_json_add_whole (builder, "prompt", call->n_prompt);
      baleen_json_add_whole (builder, "answer", call->n_answer);
      baleen_json_add_whole (builder, "budget", call->n_budget);
      baleen_json_add_flag (builder, "kept", call->was_kept);
      baleen_json_add_flag (builder, "failed", call->is_failed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_unfolded (JsonBuilder               *builder,
              const BaleenSummaryRecord *self)
{
  if (self->unfolded == NULL)
    return;
  json_builder_set_member_name (builder, "unfolded");
  json_builder_begin_array (builder);
  for (guint i = 0; self->unfolded[i] != NULL; i++)
    json_builder_add_string_value (builder, self->unfolded[i]);
  json_builder_end_array (builder);
}

char *
baleen_summary_record_to_json (const BaleenSummaryRecord *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  baleen_json_add_text_if_any (builder, "summary-of", self->name);
  baleen_json_add_whole (builder, "length", self->length);
  baleen_json_add_whole (builder, "form", self->form);
  baleen_json_add_text_if_any (builder, "language", self->language);
  baleen_json_add_whole (builder, "pages", self->n_pages);
  baleen_json_add_whole (builder, "read", self->n_pages_read);
  baleen_json_add_flag (builder, "done", self->is_done);
  baleen_json_add_text_if_any (builder, "words", self->coverage_words);
  baleen_json_add_text_if_any (builder, "markdown", self->markdown);
  baleen_json_add_text_if_any (builder, "html", self->html);
  if (self->root != NULL)
    {
      json_builder_set_member_name (builder, "tree");
      add_node (builder, self->root);
    }
  add_rows (builder, self);
  add_unfolded (builder, self);
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

/* ---- and back ------------------------------------------------------------------------- */

/* A member of another type than ours counts as absent. */
static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static guint
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
             ? (guint) CLAMP (json_node_get_int (node), 0, G_MAXINT)
             : 0;
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/* The objects of an array; what is none is left out. (transfer container) */
static GPtrArray *
get_objects (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                 : NULL;
  GPtrArray *objects = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      g_ptr_array_add (objects, json_array_get_object_element (array, i));
  return objects;
}

static BaleenRecordClaim *
read_claim (JsonObject *object)
{
  BaleenRecordClaim *claim = g_new0 (BaleenRecordClaim, 1);
  g_autoptr (GPtrArray) places = get_objects (object, "places");
  const char *text = get_text (object, "text");

  claim->text = g_strdup (text != NULL ? text : "");
  claim->is_verified = get_flag (object, "verified");
  claim->places = g_ptr_array_new_with_free_func (place_free);
  for (guint i = 0; i < places->len; i++)
    {
      BaleenRecordPlace *place = g_new0 (BaleenRecordPlace, 1);
      const char *quote = get_text (places->pdata[i], "quote");

      place->number = get_number (places->pdata[i], "n");
      place->page = get_number (places->pdata[i], "page");
      place->quote = g_strdup (quote != NULL ? quote : "");
      g_ptr_array_add (claim->places, place);
    }
  return claim;
}

/* Files are not trusted: one nested without end would be. */
#define DEEPEST 32

static BaleenRecordNode *
read_node (JsonObject *object,
           guint       depth)
{
  BaleenRecordNode *node = node_new ();
  g_autoptr (GPtrArray) claims = get_objects (object, "claims");
  g_autoptr (GPtrArray) children = get_objects (object, "children");

  node->title = g_strdup (get_text (object, "title"));
  node->part = get_number (object, "part");
  node->first_page = get_number (object, "first");
  node->last_page = get_number (object, "last");
  for (guint i = 0; i < claims->len; i++)
    g_ptr_array_add (node->claims, read_claim (claims->pdata[i]));
  for (guint i = 0; i < children->len && depth < DEEPEST; i++)
    g_ptr_array_add (node->children, read_node (children->pdata[i], depth + 1));
  return node;
}

static void
read_rows (BaleenSummaryRecord *self,
           JsonObject          *object)
{
  g_autoptr (GPtrArray) coverage = get_objects (object, "coverage");
  g_autoptr (GPtrArray) calls = get_objects (object, "calls");

  for (guint i = 0; i < coverage->len; i++)
    {
      JsonObject *row = coverage->pdata[i];
      const BaleenCoverage part = {
        .status = MIN (get_number (row, "status"), BALEEN_COVERAGE_SKIPPED),
        .from = get_number (row, "from"),
        .to = get_number (row, "to"),
        .first_page = get_number (row, "first"),
        .last_page = get_number (row, "last"),
        .n_claims = get_number (row, "claims"),
      };

      g_array_append_val (self->coverage, part);
    }
  for (guint i = 0; i < calls->len; i++)
    {
      JsonObject *row = calls->pdata[i];
      const char *stage = get_text (row, "stage");
      const BaleenLedgerCall call = {
        .stage = g_intern_string (stage != NULL ? stage : ""),
        .from = get_number (row, "from"),
        .to = get_number (row, "to"),
        .first_page = get_number (row, "first"),
        .last_page = get_number (row, "last"),
        .n_prompt = get_number (row, "prompt"),
        .n_answer = get_number (row, "answer"),
        .n_budget = get_number (row, "budget"),
        .was_kept = get_flag (row, "kept"),
        .is_failed = get_flag (row, "failed"),
      };

      g_array_append_val (self->calls, call);
    }
}

static void
read_unfolded (BaleenSummaryRecord *self,
               JsonObject          *object)
{
  JsonNode *node = json_object_get_member (object, "unfolded");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                 : NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (array == NULL)
    return;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_array_get_string_element (array, i));
  self->unfolded = g_strv_builder_end (builder);
}

static JsonObject *
get_object (BaleenMessage *message,
            JsonNode     **root)
{
  const char *json = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT
                         ? baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS)
                         : NULL;

  *root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  if (*root == NULL || !JSON_NODE_HOLDS_OBJECT (*root)
      || get_text (json_node_get_object (*root), "summary-of") == NULL)
    return NULL;
  return json_node_get_object (*root);
}

BaleenSummaryRecord *
baleen_summary_record_of (BaleenMessage *message)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = get_object (message, &root);
  BaleenSummaryRecord *self;
  JsonNode *tree;

  if (object == NULL)
    return NULL;
  self = record_new ();
  self->name = g_strdup (get_text (object, "summary-of"));
  self->length = MIN (get_number (object, "length"), BALEEN_N_SUMMARY_LENGTHS - 1);
  self->form = MIN (get_number (object, "form"), BALEEN_N_SUMMARY_FORMS - 1);
  self->language = g_strdup (get_text (object, "language"));
  self->n_pages = get_number (object, "pages");
  self->n_pages_read = get_number (object, "read");
  self->is_done = get_flag (object, "done");
  self->coverage_words = g_strdup (get_text (object, "words"));
  self->markdown = g_strdup (get_text (object, "markdown"));
  self->html = g_strdup (get_text (object, "html"));
  tree = json_object_get_member (object, "tree");
  if (tree != NULL && JSON_NODE_HOLDS_OBJECT (tree))
    self->root = read_node (json_node_get_object (tree), 0);
  read_rows (self, object);
  read_unfolded (self, object);
  return self;
}

/* Asked often, and records are long: ours begin with the name. */
gboolean
baleen_message_is_summary (BaleenMessage *message)
{
  const char *json = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT
                         ? baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS)
                         : NULL;

  return json != NULL && g_str_has_prefix (json, "{\"summary-of\":");
}
