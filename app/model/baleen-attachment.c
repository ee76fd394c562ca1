#include "baleen-attachment.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>
#include <string.h>

struct _BaleenAttachment
{
  GObject parent_instance;

  char *name;               /* (owned) */
  char *path;               /* (owned) (nullable) */
  BaleenDocument *document; /* (owned) (nullable) */
  char *problem;            /* (owned) (nullable) */
  BaleenAttachmentState state;
  gint64 n_tokens;
  gboolean is_whole;
  gboolean was_used;
};

G_DEFINE_FINAL_TYPE (BaleenAttachment, baleen_attachment, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
baleen_attachment_finalize (GObject *object)
{
  BaleenAttachment *self = BALEEN_ATTACHMENT (object);

  g_free (self->name);
  g_free (self->path);
  g_free (self->problem);
  g_clear_pointer (&self->document, baleen_document_free);
  G_OBJECT_CLASS (baleen_attachment_parent_class)->finalize (object);
}

static void
baleen_attachment_class_init (BaleenAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_attachment_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_attachment_init (BaleenAttachment *self)
{
  self->n_tokens = -1;
  self->is_whole = TRUE;
}

BaleenAttachment *
baleen_attachment_new (const char *name,
                       const char *path)
{
  BaleenAttachment *self = g_object_new (BALEEN_TYPE_ATTACHMENT, NULL);

  self->name = g_strdup (name);
  self->path = g_strdup (path);
  return self;
}

const char *
baleen_attachment_get_name (BaleenAttachment *self)
{
  return self->name;
}

const char *
baleen_attachment_get_path (BaleenAttachment *self)
{
  return self->path;
}

BaleenAttachmentState
baleen_attachment_get_state (BaleenAttachment *self)
{
  return self->state;
}

static void
change (BaleenAttachment *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baleen_attachment_take_document (BaleenAttachment *self,
                                 BaleenDocument   *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = document;
  self->state = BALEEN_ATTACHMENT_READY;
  change (self);
}

const BaleenDocument *
baleen_attachment_get_document (BaleenAttachment *self)
{
  return self->document;
}

void
baleen_attachment_fail (BaleenAttachment *self,
                        const char       *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  self->state = BALEEN_ATTACHMENT_FAILED;
  change (self);
}

const char *
baleen_attachment_get_problem (BaleenAttachment *self)
{
  return self->problem;
}

gint64
baleen_attachment_get_n_tokens (BaleenAttachment *self)
{
  return self->n_tokens;
}

void
baleen_attachment_set_n_tokens (BaleenAttachment *self,
                                gint64            n_tokens)
{
  self->n_tokens = n_tokens;
  change (self);
}

gboolean
baleen_attachment_get_is_whole (BaleenAttachment *self)
{
  return self->is_whole;
}

void
baleen_attachment_set_is_whole (BaleenAttachment *self,
                                gboolean          is_whole)
{
  if (self->is_whole == is_whole)
    return;
  self->is_whole = is_whole;
  change (self);
}

gboolean
baleen_attachment_get_was_used (BaleenAttachment *self)
{
  return self->was_used;
}

void
baleen_attachment_set_was_used (BaleenAttachment *self,
                                gboolean          was_used)
{
  self->was_used = was_used;
}

/* A page could write the mark that ends it, and go on as somebody else. */
char *
baleen_attachment_frame (BaleenAttachment *self)
{
  g_autofree char *text
      = self->document != NULL ? baleen_document_get_text (self->document) : g_strdup ("");
  g_autoptr (GString) tame = g_string_new (text);

  g_string_replace (tame, "[file ", "［file ", 0);
  return g_strdup_printf ("[file name]: %s\n[file content begin]\n%s\n[file content end]\n",
                          self->name, tame->str);
}

/* ---- as it lies in the history ---------------------------------------------------------- */

/* [page, style, text] each. */
static void
add_paragraphs (JsonBuilder          *builder,
                const BaleenDocument *document)
{
  json_builder_set_member_name (builder, "paragraphs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = document->paragraphs->pdata[i];

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, paragraph->page);
      json_builder_add_int_value (builder, paragraph->style);
      json_builder_add_string_value (builder, paragraph->text);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_attachment (JsonBuilder      *builder,
                BaleenAttachment *self,
                gboolean          has_text)
{
  json_builder_begin_object (builder);
  baleen_json_add_text_if_any (builder, "name", self->name);
  baleen_json_add_text_if_any (builder, "path", self->path);
  baleen_json_add_flag (builder, "whole", self->is_whole);
  if (self->was_used)
    baleen_json_add_flag (builder, "used", TRUE);
  if (self->n_tokens >= 0)
    baleen_json_add_whole (builder, "tokens", self->n_tokens);
  if (has_text && self->document != NULL)
    {
      baleen_json_add_whole (builder, "kind", self->document->kind);
      baleen_json_add_text_if_any (builder, "title", self->document->title);
      baleen_json_add_whole (builder, "pages", self->document->n_pages);
      add_paragraphs (builder, self->document);
    }
  json_builder_end_object (builder);
}

char *
baleen_attachments_to_json (GPtrArray *attachments,
                            gboolean   is_draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  guint n = 0;

  json_builder_begin_array (builder);
  for (guint i = 0; i < attachments->len; i++)
    {
      BaleenAttachment *attachment = attachments->pdata[i];

      if (!is_draft && attachment->state != BALEEN_ATTACHMENT_READY)
        continue;
      add_attachment (builder, attachment, !is_draft || attachment->path == NULL);
      n++;
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return n > 0 ? json_to_string (root, FALSE) : NULL;
}

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

static gint64
get_number (JsonObject *object,
            const char *name,
            gint64      otherwise)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : otherwise;
}

static gboolean
add_paragraph (BaleenDocument *document,
               JsonNode       *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *text = array != NULL && json_array_get_length (array) == 3
                       ? json_array_get_element (array, 2)
                       : NULL;
  gint64 page, style;

  if (text == NULL || json_node_get_value_type (text) != G_TYPE_STRING)
    return FALSE;
  page = json_node_get_int (json_array_get_element (array, 0));
  style = json_node_get_int (json_array_get_element (array, 1));
  if (page < 1 || page > G_MAXINT || style < 0 || style >= BALEEN_N_PARAGRAPH_STYLES)
    return FALSE;
  baleen_document_add (document, page, style, json_node_get_string (text),
                       strlen (json_node_get_string (text)));
  return TRUE;
}

static BaleenDocument *
read_document (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "paragraphs");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                 : NULL;
  const gint64 kind = get_number (object, "kind", 0);
  g_autoptr (BaleenDocument) document = NULL;

  if (array == NULL || kind < 0 || kind >= BALEEN_N_DOCUMENT_KINDS)
    return NULL;
  document = baleen_document_new (kind);
  if (get_text (object, "title") != NULL)
    baleen_document_set_title (document, get_text (object, "title"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_paragraph (document, json_array_get_element (array, i)))
      return NULL;
  document->n_pages
      = MAX (document->n_pages, (guint) CLAMP (get_number (object, "pages", 1), 1, G_MAXINT));
  return g_steal_pointer (&document);
}

static BaleenAttachment *
read_attachment (JsonObject *object)
{
  JsonNode *whole = json_object_get_member (object, "whole");
  BaleenAttachment *self;

  if (get_text (object, "name") == NULL)
    return NULL;
  self = baleen_attachment_new (get_text (object, "name"), get_text (object, "path"));
  self->is_whole = whole == NULL || json_node_get_value_type (whole) != G_TYPE_BOOLEAN
                   || json_node_get_boolean (whole);
  self->was_used = json_object_has_member (object, "used");
  self->n_tokens = get_number (object, "tokens", -1);
  self->document = read_document (object);
  if (self->document != NULL)
    self->state = BALEEN_ATTACHMENT_READY;
  return self;
}

GPtrArray *
baleen_attachments_from_json (const char *json)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root)
                                                                 : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      BaleenAttachment *attachment
          = JSON_NODE_HOLDS_OBJECT (node) ? read_attachment (json_node_get_object (node)) : NULL;

      if (attachment != NULL)
        g_ptr_array_add (attachments, attachment);
    }
  return attachments;
}

/* ---- of messages ------------------------------------------------------------------------ */

#define KEY "baleen-attachments"

static void
forget_cb (BaleenMessage *message)
{
  g_object_set_data (G_OBJECT (message), KEY, NULL);
}

/* Long texts are parsed once: the meter asks with every key. */
GPtrArray *
baleen_attachments_of (BaleenMessage *message)
{
  static char is_watched;
  GPtrArray *attachments = g_object_get_data (G_OBJECT (message), KEY);

  if (attachments != NULL)
    return attachments;

  if (g_object_get_data (G_OBJECT (message), KEY "-watched") == NULL)
    {
      g_signal_connect (message, "notify::parts", G_CALLBACK (forget_cb), NULL);
      g_object_set_data (G_OBJECT (message), KEY "-watched", &is_watched);
    }
  attachments = baleen_attachments_from_json (
      baleen_message_get_role (message) == BALEEN_ROLE_USER
          ? baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS)
          : NULL);
  g_object_set_data_full (G_OBJECT (message), KEY, attachments,
                          (GDestroyNotify) g_ptr_array_unref);
  return attachments;
}

char *
baleen_attachments_frame_text (BaleenMessage *message)
{
  GPtrArray *attachments = baleen_attachments_of (message);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < attachments->len; i++)
    {
      BaleenAttachment *attachment = attachments->pdata[i];
      g_autofree char *framed
          = attachment->is_whole && attachment->document != NULL
                ? baleen_attachment_frame (attachment)
                : NULL;

      if (framed != NULL)
        g_string_append (text, framed);
    }
  g_string_append (text, baleen_message_get_text (message));
  return g_string_free (text, FALSE);
}
