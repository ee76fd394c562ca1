/* The models that Baleen knows by name: what each is called, what it can and cannot do, what
 * to try with it. Everything said of a model in the interface comes from here; the code knows
 * no model. Immutable after parsing, so any thread may read it. */
#pragma once

#include "catalogue-file.h"
#include "model-shape.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *title; /* in the language of the interface */
  char *text;  /* what to ask, in a language the model knows; of the two below what they are */
  gboolean think;
  char *file;     /* (nullable) in the data folder: this is attached instead */
  char *template; /* (nullable) this one is opened instead, filled with its own example */
} BaleenCatalogueExample;

typedef enum
{
  BALEEN_THINKS_NEVER,
  BALEEN_THINKS_CHOICE, /* as it is asked to */
  BALEEN_THINKS_ALWAYS,
} BaleenThinks;

typedef struct
{
  char *id;
  char *file;    /* base name in a model folder; of several files the first */
  char *name;    /* for people */
  char *maker;   /* (nullable) */
  char *license; /* (nullable) its name */
  char *page;    /* (nullable) address of what its maker says of it */
  BaleenThinks thinks;
  BaleenModelShape shape; /* all 0 where it is not known */
  char *can;     /* whole sentences in the language of the interface, "" if none */
  char *cannot;
  char **languages;    /* what the model knows, "en", "zh"; NULL-terminated */
  guint part_tokens;    /* of a document, from which it takes points best; 0: as many as fit */
  guint passage_tokens; /* and from which it answers a question best */
  GPtrArray *examples; /* of BaleenCatalogueExample */
  GPtrArray *files;    /* of BaleenCatalogueFile; empty for one that is not downloaded */
} BaleenCatalogueEntry;

typedef struct _BaleenCatalogue BaleenCatalogue;

/* Parses data/catalogue.json. Texts stand there per language; the first of `languages` (as
 * g_get_language_names() gives them) that an entry has is taken, English otherwise. The error
 * names what is missing. */
BaleenCatalogue *baleen_catalogue_new (const char         *json,
                                       gssize              length, /* -1: NUL-terminated */
                                       const char *const  *languages,
                                       GError            **error);
void baleen_catalogue_free (BaleenCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenCatalogue, baleen_catalogue_free)

/* All of them, of BaleenCatalogueEntry, in the order in which they are shown. */
GPtrArray *baleen_catalogue_get_entries (BaleenCatalogue *catalogue);
/* Entries belong to the catalogue. NULL when there is none such. */
const BaleenCatalogueEntry *baleen_catalogue_get_default (BaleenCatalogue *catalogue);
const BaleenCatalogueEntry *baleen_catalogue_find_id (BaleenCatalogue *catalogue,
                                                      const char      *id);
const BaleenCatalogueEntry *baleen_catalogue_find_file (BaleenCatalogue *catalogue,
                                                        const char      *base_name);
/* What the entry's file of that base name is called: as the entry, with the quantization behind it
 * where that is not the entry's first, so that two that are here are told apart. Free it. */
char *baleen_catalogue_entry_name_file (const BaleenCatalogueEntry *entry,
                                        const char                 *base_name);

/* Its file with that quantization in any case, NULL for its first; NULL when there is none such. */
const BaleenCatalogueFile *baleen_catalogue_entry_find (const BaleenCatalogueEntry *entry,
                                                        const char *quantization); /* (nullable) */

G_END_DECLS
