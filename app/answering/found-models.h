/* Models that other programs keep on this computer: LM Studio, Ollama, GPT4All and the cache of
 * Hugging Face. They are looked for when somebody asks, and used where they lie. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *program;   /* that keeps it: “Ollama” */
  char *name;      /* for people, and for a file: “qwen3-4b” */
  char *path;      /* of its GGUF file, the first of a split */
  guint64 n_bytes; /* of all parts */
  gboolean is_linked; /* already in the library */
} BaleenFoundModel;

void baleen_found_model_free (BaleenFoundModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenFoundModel, baleen_found_model_free)

/* Reads folders and small files, opens no model, writes nothing; not the main thread. The same
 * file is there once. (element-type BaleenFoundModel), sorted by program and name. */
GPtrArray *baleen_found_models_scan (GCancellable *cancellable);

/* Puts it into the library by a link in the user's own model folder, so that nothing is copied
 * and what the other program does stays its own. Its name in the library; removing that removes
 * the link alone. */
char *baleen_found_model_link (const BaleenFoundModel *model,
                               GError                **error);

/* The same for any GGUF file that a person opened and wants to keep in the library. */
char *baleen_model_library_link (const char *path,
                                 const char *name, /* (nullable) its own */
                                 GError    **error);

G_END_DECLS
