#include "baleen-source.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>

struct _BaleenSource
{
  GObject parent_instance;

  int number;
  char *title;   /* (owned) */
  char *url;     /* (owned) (nullable) */
  char *file;    /* (owned) (nullable) */
  int page;
  char *passage; /* (owned) (nullable) */
  char *date;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenSource, baleen_source, G_TYPE_OBJECT)

/* More than any answer has; a damaged record shall not fill the panel. */
#define MOST_SOURCES 1000

static void
baleen_source_finalize (GObject *object)
{
  BaleenSource *self = BALEEN_SOURCE (object);

  g_free (self->title);
  g_free (self->url);
  g_free (self->file);
  g_free (self->passage);
  g_free (self->date);
  G_OBJECT_CLASS (baleen_source_parent_class)->finalize (object);
}

static void
baleen_source_class_init (BaleenSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_source_finalize;
}

static void
baleen_source_init (BaleenSource *self)
{
}

BaleenSource *
baleen_source_new (int         number,
                   const char *title,
                   const char *url,
                   const char *file,
                   int         page,
                   const char *passage)
{
  BaleenSource *self = g_object_new (BALEEN_TYPE_SOURCE, NULL);

  self->number = number;
  self->title = g_strdup (title != NULL ? title : "");
  self->url = g_strdup (url);
  self->file = g_strdup (file);
  self->page = page;
  self->passage = g_strdup (passage);
  return self;
}

int
baleen_source_get_number (BaleenSource *self)
{
  return self->number;
}

const char *
baleen_source_get_title (BaleenSource *self)
{
  return self->title;
}

const char *
baleen_source_get_url (BaleenSource *self)
{
  return self->url;
}

const char *
baleen_source_get_file (BaleenSource *self)
{
  return self->file;
}

int
baleen_source_get_page (BaleenSource *self)
{
  return self->page;
}

const char *
baleen_source_get_passage (BaleenSource *self)
{
  return self->passage;
}

const char *
baleen_source_get_date (BaleenSource *self)
{
  return self->date;
}

void
baleen_source_set_date (BaleenSource *self,
                        const char   *date)
{
  g_free (self->date);
  self->date = g_strdup (date);
}

BaleenSource *
baleen_sources_find (GPtrArray *sources,
                     int        number)
{
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    if (baleen_source_get_number (sources->pdata[i]) == number)
      return sources->pdata[i];
  return NULL;
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            int          number)
{
  if (number == 0)
    return;
  baleen_json_add_whole (builder, name, number);
}

char *
baleen_sources_to_json (GPtrArray *sources)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (sources == NULL || sources->len == 0)
    return NULL;

  builder = json_builder_new_immutable ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < sources->len; i++)
    {
      BaleenSource *source = sources->pdata[i];

      json_builder_begin_object (builder);
      add_number (builder, "n", source->number);
      baleen_json_add_text_if_any (builder, "title", source->title);
      baleen_json_add_text_if_any (builder, "url", source->url);
      baleen_json_add_text_if_any (builder, "date", source->date);
      baleen_json_add_text_if_any (builder, "file", source->file);
      add_number (builder, "page", source->page);
      baleen_json_add_text_if_any (builder, "passage", source->passage);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return baleen_json_to_text (builder);
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

static int
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return (int) CLAMP (json_node_get_int (node), 0, G_MAXINT);
}

GPtrArray *
baleen_sources_from_json (const char *json)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root)
                                                                 : NULL;
  const guint n = array != NULL ? MIN (json_array_get_length (array), MOST_SOURCES) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const int number = object != NULL ? get_number (object, "n") : 0;

      if (number == 0 || baleen_sources_find (sources, number) != NULL)
        continue;
      g_ptr_array_add (sources,
                       baleen_source_new (number, get_text (object, "title"),
                                          get_text (object, "url"), get_text (object, "file"),
                                          get_number (object, "page"),
                                          get_text (object, "passage")));
      baleen_source_set_date (sources->pdata[sources->len - 1], get_text (object, "date"));
    }
  return sources;
}
