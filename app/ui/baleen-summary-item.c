#include "baleen-summary-item.h"

#include <glib/gi18n.h>

#include "summary-words.h"

struct _BaleenSummaryItem
{
  GObject parent_instance;

  BaleenSummaryItemKind kind;
  char *text;           /* (owned) */
  char *detail;         /* (owned) */
  char *path;           /* (owned) */
  char *name;           /* (owned) of the document */
  guint n_pages;        /* of it */
  guint part;           /* of a section that is one; 0 */
  gboolean is_verified;
  gconstpointer shown;  /* the array of claims that the children were made of */
  GPtrArray *places;    /* (owned) of BaleenRecordPlace */
  GListStore *children; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenSummaryItem, baleen_summary_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
place_free (gpointer data)
{
  g_free (((BaleenRecordPlace *) data)->quote);
  g_free (data);
}

static void
baleen_summary_item_finalize (GObject *object)
{
  BaleenSummaryItem *self = BALEEN_SUMMARY_ITEM (object);

  g_free (self->text);
  g_free (self->detail);
  g_free (self->path);
  g_free (self->name);
  g_ptr_array_unref (self->places);
  g_clear_object (&self->children);
  G_OBJECT_CLASS (baleen_summary_item_parent_class)->finalize (object);
}

static void
baleen_summary_item_class_init (BaleenSummaryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_summary_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_summary_item_init (BaleenSummaryItem *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->is_verified = TRUE;
}

/* ---- making them ------------------------------------------------------------------------- */

/* `parent` (nullable) has the path that this one's begins with. */
static BaleenSummaryItem *
item_new (BaleenSummaryItemKind      kind,
          const BaleenSummaryRecord *record,
          BaleenSummaryItem         *parent,
          guint                      index)
{
  BaleenSummaryItem *self = g_object_new (BALEEN_TYPE_SUMMARY_ITEM, NULL);

  self->kind = kind;
  self->name = g_strdup (record->name);
  self->n_pages = record->n_pages;
  self->path = parent == NULL ? g_strdup ("")
               : *parent->path == '\0'
                   ? g_strdup_printf ("%u", index)
                   : g_strdup_printf ("%s.%u", parent->path, index);
  if (kind != BALEEN_SUMMARY_ITEM_QUOTE)
    self->children = g_list_store_new (BALEEN_TYPE_SUMMARY_ITEM);
  return self;
}

static void
take_place (BaleenSummaryItem       *self,
            const BaleenRecordPlace *place)
{
  BaleenRecordPlace *copy = g_memdup2 (place, sizeof *place);

  copy->quote = g_strdup (place->quote);
  g_ptr_array_add (self->places, copy);
}

static BaleenSummaryItem *
quote_new (const BaleenSummaryRecord *record,
           BaleenSummaryItem         *claim,
           const BaleenRecordPlace   *place,
           guint                      index)
{
  BaleenSummaryItem *self = item_new (BALEEN_SUMMARY_ITEM_QUOTE, record, claim, index);

  self->text = g_strdup_printf (_("“%s”"), place->quote);
  self->detail = g_strdup ("");
  take_place (self, place);
  return self;
}

static BaleenSummaryItem *
claim_new (const BaleenSummaryRecord *record,
           BaleenSummaryItem         *parent,
           const BaleenRecordClaim   *claim,
           guint                      index)
{
  BaleenSummaryItem *self = item_new (BALEEN_SUMMARY_ITEM_CLAIM, record, parent, index);

  self->text = g_strdup (claim->text);
  self->detail = g_strdup ("");
  self->is_verified = claim->is_verified;
  for (guint i = 0; i < claim->places->len; i++)
    {
      g_autoptr (BaleenSummaryItem) quote = quote_new (record, self, claim->places->pdata[i], i);

      take_place (self, claim->places->pdata[i]);
      g_list_store_append (self->children, quote);
    }
  if (claim->places->len == 0)
    g_clear_object (&self->children);
  return self;
}

/* ---- what they say -------------------------------------------------------------------- */

/* Of the parts alone: what stands above them repeats their claims. */
static void
count_claims (const BaleenRecordNode *node,
              guint                  *n,
              guint                  *n_unverified)
{
  for (guint i = 0; node->children->len == 0 && i < node->claims->len; i++)
    {
      (*n)++;
      *n_unverified += !((BaleenRecordClaim *) node->claims->pdata[i])->is_verified;
    }
  for (guint i = 0; i < node->children->len; i++)
    count_claims (node->children->pdata[i], n, n_unverified);
}

static char *
describe_claims (const BaleenRecordNode *node)
{
  guint n = 0, n_unverified = 0;
  g_autofree char *claims = NULL;

  count_claims (node, &n, &n_unverified);
  claims = g_strdup_printf (g_dngettext (NULL, "%u claim", "%u claims", n), n);
  if (n_unverified == 0)
    return g_steal_pointer (&claims);
  return g_strdup_printf (g_dngettext (NULL, "%s, %u unverified", "%s, %u unverified",
                                       n_unverified),
                          claims, n_unverified);
}

/* Where there is nothing under it, why. */
static char *
describe_part (const BaleenSummaryRecord *record,
               const BaleenRecordNode    *node)
{
  const BaleenCoverage *part = node->part > 0 && node->part <= record->coverage->len
                                   ? &g_array_index (record->coverage, BaleenCoverage,
                                                     node->part - 1)
                                   : NULL;

  if (part == NULL || node->claims->len > 0)
    return describe_claims (node);
  return g_strdup (part->status == BALEEN_COVERAGE_FAILED ? _("could not be read")
                                                          : _("read, gave nothing"));
}

static void
say_section (BaleenSummaryItem         *self,
             const BaleenSummaryRecord *record,
             const BaleenRecordNode    *node)
{
  g_autofree char *place = baleen_part_place_words (node->part, node->first_page,
                                                    node->last_page, record->n_pages);
  g_autofree char *detail = describe_part (record, node);

  g_free (self->text);
  g_free (self->detail);
  /* What stands for several parts begins under a heading, but holds others too. */
  if (node->part == 0 || node->title == NULL || *node->title == '\0')
    {
      self->text = g_steal_pointer (&place);
      self->detail = g_steal_pointer (&detail);
    }
  else
    {
      self->text = g_strdup (node->title);
      self->detail = g_strdup_printf ("%s · %s", place, detail);
    }
}

/* ---- the tree ------------------------------------------------------------------------- */

static void
take_claims (BaleenSummaryItem         *self,
             const BaleenSummaryRecord *record,
             const BaleenRecordNode    *node)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < node->claims->len; i++)
    g_ptr_array_add (items, claim_new (record, self, node->claims->pdata[i], i));
  g_list_store_splice (self->children, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->children)), items->pdata,
                       items->len);
  self->shown = node->claims;
}

/* A level with one branch says nothing. */
static const BaleenRecordNode *
skip_single (const BaleenRecordNode *node)
{
  while (node->children->len == 1)
    node = node->children->pdata[0];
  return node;
}

static BaleenSummaryItem *
section_new (const BaleenSummaryRecord *record,
             BaleenSummaryItem         *parent,
             const BaleenRecordNode    *node,
             guint                      index)
{
  BaleenSummaryItem *self = item_new (BALEEN_SUMMARY_ITEM_SECTION, record, parent, index);

  node = skip_single (node);
  self->part = node->part;
  say_section (self, record, node);
  if (node->children->len == 0)
    take_claims (self, record, node);
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autoptr (BaleenSummaryItem) child
          = section_new (record, self, node->children->pdata[i], i);

      g_list_store_append (self->children, child);
    }
  return self;
}

static void
say_whole (BaleenSummaryItem         *self,
           const BaleenSummaryRecord *record)
{
  g_free (self->detail);
  self->detail = record->root != NULL ? describe_claims (record->root) : g_strdup ("");
  g_signal_emit (self, signals[CHANGED], 0);
}

BaleenSummaryItem *
baleen_summary_item_new (const BaleenSummaryRecord *record)
{
  BaleenSummaryItem *self = item_new (BALEEN_SUMMARY_ITEM_WHOLE, record, NULL, 0);

  self->text = g_strdup (_("Claims and Their Places"));
  if (record->root != NULL && record->root->children->len == 0)
    take_claims (self, record, record->root);
  baleen_summary_item_update (self, record);
  return self;
}

static void
update_section (BaleenSummaryItem         *self,
                const BaleenSummaryRecord *record,
                const BaleenRecordNode    *node)
{
  if (self->part == 0 || self->shown == node->claims)
    return;
  self->n_pages = record->n_pages;
  say_section (self, record, node);
  take_claims (self, record, node);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baleen_summary_item_update (BaleenSummaryItem         *self,
                            const BaleenSummaryRecord *record)
{
  self->n_pages = record->n_pages;
  for (guint i = 0; record->root != NULL && i < record->root->children->len; i++)
    {
      const BaleenRecordNode *node = record->root->children->pdata[i];
      g_autoptr (BaleenSummaryItem) there
          = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      if (there != NULL && there->part == skip_single (node)->part)
        update_section (there, record, skip_single (node));
      else
        {
          g_autoptr (BaleenSummaryItem) section = section_new (record, self, node, i);

          g_list_store_insert (self->children, i, section);
        }
    }
  say_whole (self, record);
}

/* ---- asking them ---------------------------------------------------------------------- */

BaleenSummaryItemKind
baleen_summary_item_get_kind (BaleenSummaryItem *self)
{
  return self->kind;
}

const char *
baleen_summary_item_get_text (BaleenSummaryItem *self)
{
  return self->text;
}

const char *
baleen_summary_item_get_detail (BaleenSummaryItem *self)
{
  return self->detail;
}

gboolean
baleen_summary_item_get_is_verified (BaleenSummaryItem *self)
{
  return self->is_verified;
}

const char *
baleen_summary_item_get_path (BaleenSummaryItem *self)
{
  return self->path;
}

GPtrArray *
baleen_summary_item_get_places (BaleenSummaryItem *self)
{
  return self->places;
}

GListModel *
baleen_summary_item_get_children (BaleenSummaryItem *self)
{
  return self->children != NULL ? G_LIST_MODEL (self->children) : NULL;
}

char *
baleen_summary_item_cite (BaleenSummaryItem *self)
{
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      const BaleenRecordPlace *place = self->places->pdata[i];

      if (self->n_pages > 1)
        g_string_append_printf (places, _("; p. %u: “%s”"), place->page, place->quote);
      else
        g_string_append_printf (places, _("; “%s”"), place->quote);
    }
  if (!self->is_verified)
    g_string_append_printf (places, "; %s", _("unverified"));
  return g_strdup_printf ("%s (%s%s)", self->text, self->name, places->str);
}
