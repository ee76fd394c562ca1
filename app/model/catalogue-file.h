/* The files of a model in the catalogue: how it is quantized, how large it is, and the places that
 * have it. A size or checksum that nobody told is left out: it is learned when it is downloaded. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_SITE_HUGGING_FACE,
  BALEEN_SITE_MODELSCOPE,
  BALEEN_N_SITES,
} BaleenSite;

typedef struct
{
  BaleenSite site;
  char *repository; /* “owner/name” */
  char *revision;   /* (nullable) the commit that `sha256` is of; else whatever is newest */
  char *path;       /* in the repository; of a split model its first part */
  char *sha256;     /* (nullable) */
} BaleenCatalogueSource;

typedef struct
{
  char *quantization; /* “Q4_K_M” */
  char *file;         /* its base name here; of a split model its first part */
  guint n_parts;
  guint64 n_bytes;    /* of all parts; 0: not known */
  gboolean is_about;  /* the size is rounded */
  GPtrArray *sources; /* of BaleenCatalogueSource, at least one */
} BaleenCatalogueFile;

/* Of BaleenCatalogueFile, never NULL; what has no name or no place is left out. */
GPtrArray *baleen_catalogue_files_parse (JsonArray *array); /* (nullable) */

/* The source at that site, else the first. */
const BaleenCatalogueSource *baleen_catalogue_file_find_source (const BaleenCatalogueFile *file,
                                                                BaleenSite                 site);
/* Of “a/b-00001-of-00009.gguf” the part `part`, from 0; of any other name the name. */
char *baleen_catalogue_name_part (const char *first,
                                  guint       part);

/* “huggingface”, as files call it, and “Hugging Face”, as people do. */
const char *baleen_site_get_id (BaleenSite site);
const char *baleen_site_get_name (BaleenSite site);

G_END_DECLS
