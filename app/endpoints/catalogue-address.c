#include "catalogue-address.h"

#include <string.h>

#define MODELSCOPE "https://modelscope.cn/models"

static char *
make_url (const BaleenCatalogueSource *source,
          const char                  *path,
          const char                  *mirror)
{
  const char *base = mirror != NULL && *mirror != '\0' ? mirror : BALEEN_HUGGING_FACE;
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  gsize n_base = strlen (base);

  if (source->site == BALEEN_SITE_MODELSCOPE)
    return g_strdup_printf (MODELSCOPE "/%s/resolve/%s/%s", source->repository,
                            source->revision != NULL ? source->revision : "master", escaped);
  while (n_base > 0 && base[n_base - 1] == '/')
    n_base--;

  return g_strdup_printf ("%.*s/%s/resolve/%s/%s", (int) n_base, base, source->repository,
                          source->revision != NULL ? source->revision : "main", escaped);
}

/* The same file with the others that have it; NULL where nobody else does. */
static char **
list_mirrors (const BaleenCatalogueFile   *file,
              const BaleenCatalogueSource *first,
              guint                        part,
              const char                  *mirror)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < file->sources->len; i++)
    {
      const BaleenCatalogueSource *other = file->sources->pdata[i];
      const gboolean is_another = other->sha256 != NULL && first->sha256 != NULL
                                  && !g_str_equal (other->sha256, first->sha256);
      g_autofree char *path = baleen_catalogue_name_part (other->path, part);
      g_autofree char *url = make_url (other, path, mirror);

      if (other != first && !is_another)
        g_strv_builder_add (urls, url);
    }
  list = g_strv_builder_end (urls);

  return list[0] != NULL ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
baleen_catalogue_address_list (const BaleenCatalogueFile *file,
                               BaleenSite                 site,
                               const char                *mirror)
{
  const BaleenCatalogueSource *source = baleen_catalogue_file_find_source (file, site);
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);

  for (guint i = 0; i < file->n_parts; i++)
    {
      BaleenModelFile *part = g_new0 (BaleenModelFile, 1);
      g_autofree char *path = baleen_catalogue_name_part (source->path, i);

      part->url = make_url (source, path, mirror);
      part->mirrors = list_mirrors (file, source, i, mirror);
      part->name = baleen_catalogue_name_part (file->file, i);
      /* What is known of the whole is known of a part only where it is the whole. */
      if (file->n_parts == 1)
        {
          part->sha256 = g_strdup (source->sha256);
          part->n_bytes = source->sha256 != NULL && !file->is_about ? file->n_bytes : 0;
        }
      g_ptr_array_add (files, part);
    }

  return files;
}

const BaleenCatalogueFile *
baleen_catalogue_address_find (BaleenCatalogue *catalogue,
                               const char      *name)
{
  const char *colon = strchr (name, ':');
  g_autofree char *id = colon != NULL ? g_strndup (name, colon - name) : g_strdup (name);
  const BaleenCatalogueEntry *entry = baleen_catalogue_find_id (catalogue, id);

  return entry != NULL ? baleen_catalogue_entry_find (entry, colon != NULL ? colon + 1 : NULL)
                       : NULL;
}
