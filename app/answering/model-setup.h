/* How a model on this computer is run when nobody says otherwise: how much it can keep in mind, how
 * exactly, and which LoRA adapter stands beside it. Remembered for each file, in
 * ~/.local/share/baleen/models.json. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_KV_USUAL, /* as the preferences have it */
  BALEEN_KV_FULL,
  BALEEN_KV_SMALL, /* half of the memory, and less exact */
} BaleenKvMemory;

typedef struct
{
  guint n_context;          /* tokens; 0: as long as the engine chooses */
  BaleenKvMemory kv_memory;
  char *adapter;            /* (owned) (nullable) its file */
} BaleenModelSetup;

/* What is remembered of a model's file; nothing of one that is not known. `setup` holds nothing
 * yet. */
void baleen_model_setup_load (BaleenModelSetup *setup,
                              const char       *model);
/* An adapter that was not there before has to fit the model: the error says which base it wants.
 * What is refused changes nothing. */
gboolean baleen_model_setup_save (const BaleenModelSetup *setup,
                                  const char             *model,
                                  GError                **error);
void baleen_model_setup_clear (BaleenModelSetup *setup);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenModelSetup, baleen_model_setup_clear)

/* What USUAL means in this process: “full” or “small”. */
void baleen_model_setup_set_usual_kv_memory (const char *name);
gboolean baleen_model_setup_has_small_kv (const BaleenModelSetup *setup);

/* Whether a GGUF file is an adapter and no model of its own. */
gboolean baleen_model_setup_is_adapter (const char *path);
/* Of an adapter's file, for people: its name and rank. */
char *baleen_model_setup_describe_adapter (const char *path,
                                           GError    **error);

G_END_DECLS
