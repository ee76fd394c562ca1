#include "catalogue-file.h"

#include "json-reading.h"

#include <string.h>

#define FIRST_PART "-00001-of-"
#define PARTS_AT_MOST 999

static const char *const site_ids[] = { "huggingface", "modelscope" };
static const char *const site_names[] = { "Hugging Face", "ModelScope" };

G_STATIC_ASSERT (G_N_ELEMENTS (site_ids) == BALEEN_N_SITES);
G_STATIC_ASSERT (G_N_ELEMENTS (site_names) == BALEEN_N_SITES);

const char *
baleen_site_get_id (BaleenSite site)
{
  return site_ids[site];
}

const char *
baleen_site_get_name (BaleenSite site)
{
  return site_names[site];
}

static void
source_free (gpointer data)
{
  BaleenCatalogueSource *source = data;

  g_free (source->repository);
  g_free (source->revision);
  g_free (source->path);
  g_free (source->sha256);
  g_free (source);
}

static void
file_free (gpointer data)
{
  BaleenCatalogueFile *file = data;

  g_free (file->quantization);
  g_free (file->file);
  g_ptr_array_unref (file->sources);
  g_free (file);
}

static BaleenCatalogueSource *
parse_source (JsonObject *object)
{
  BaleenCatalogueSource *source;

  for (guint i = 0; object != NULL && i < BALEEN_N_SITES; i++)
    if (baleen_json_is (object, "site", site_ids[i]))
      {
        source = g_new0 (BaleenCatalogueSource, 1);
        source->site = i;
        source->repository = baleen_json_dup_string (object, "repository");
        source->revision = baleen_json_dup_string (object, "revision");
        source->path = baleen_json_dup_string (object, "path");
        source->sha256 = baleen_json_dup_string (object, "sha256");
        if (source->repository != NULL && source->path != NULL)
          return source;
        source_free (source);
      }

  return NULL;
}

static GPtrArray *
parse_sources (JsonArray *array)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (source_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      BaleenCatalogueSource *source
          = parse_source (baleen_json_object (json_array_get_element (array, i)));

      if (source != NULL)
        g_ptr_array_add (sources, source);
    }

  return sources;
}

static BaleenCatalogueFile *
parse_file (JsonObject *object)
{
  BaleenCatalogueFile *file = g_new0 (BaleenCatalogueFile, 1);
  const gint64 n_bytes = baleen_json_get_whole (object, "bytes");

  file->quantization = baleen_json_dup_string (object, "quantization");
  file->file = baleen_json_dup_string (object, "file");
  file->n_parts = CLAMP (baleen_json_get_whole (object, "parts"), 1, PARTS_AT_MOST);
  file->is_about = n_bytes <= 0;
  file->n_bytes = n_bytes > 0 ? n_bytes : MAX (baleen_json_get_whole (object, "about_bytes"), 0);
  file->sources = parse_sources (baleen_json_get_array (object, "sources"));

  return file;
}

GPtrArray *
baleen_catalogue_files_parse (JsonArray *array)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = baleen_json_object (json_array_get_element (array, i));
      BaleenCatalogueFile *file = object != NULL ? parse_file (object) : NULL;

      if (file != NULL && file->quantization != NULL && file->file != NULL
          && file->sources->len > 0)
        g_ptr_array_add (files, file);
      else if (file != NULL)
        file_free (file);
    }

  return files;
}

const BaleenCatalogueSource *
baleen_catalogue_file_find_source (const BaleenCatalogueFile *file,
                                   BaleenSite                 site)
{
  for (guint i = 0; i < file->sources->len; i++)
    {
      const BaleenCatalogueSource *source = file->sources->pdata[i];

      if (source->site == site)
        return source;
    }

  return file->sources->pdata[0];
}

char *
baleen_catalogue_name_part (const char *first,
                            guint       part)
{
  const char *at = strstr (first, FIRST_PART);

  if (at == NULL)
    return g_strdup (first);

  return g_strdup_printf ("%.*s-%05u-of-%s", (int) (at - first), first, part + 1,
                          at + strlen (FIRST_PART));
}
