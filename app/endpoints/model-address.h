/* What a person writes to name a model somewhere else, and the files that it means. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *url;
  char **mirrors;  /* (nullable) other addresses of the same file */
  char *name;      /* of the file here */
  char *sha256;    /* (nullable) */
  guint64 n_bytes; /* 0: not known */
} BaleenModelFile;

void baleen_model_file_free (BaleenModelFile *file);

/* Where Hugging Face's files are fetched from instead; NULL: from itself. */
#define BALEEN_HUGGING_FACE "https://huggingface.co"

/* An address of a file; of a repository of Hugging Face or ModelScope, as a page or as
 * “owner/name”, with “:Q8_0” behind it for a certain quantization. Of several quantizations
 * without a word Q4_K_M is meant, or the only one there is. A split model is all of its parts,
 * in order. Asks the repository; blocks. The error names what there is to choose from. */
GPtrArray *baleen_model_address_resolve (const char   *address,
                                         const char   *mirror, /* (nullable) */
                                         GCancellable *cancellable,
                                         GError      **error);

/* The part without the network: which of these a word means. `files` of BaleenModelFile whose
 * names are paths in the repository. */
GPtrArray *baleen_model_address_choose (GPtrArray  *files,
                                        const char *word, /* (nullable) */
                                        GError    **error);

/* The files that ModelScope's list of a repository names; none where it is no such list. */
GPtrArray *baleen_model_address_read_modelscope (const char *repository,
                                                 JsonNode   *root);

G_END_DECLS
