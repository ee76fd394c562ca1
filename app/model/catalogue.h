/* The models that Baleen knows by name: what each is called, what it can and cannot do, what
 * to try with it. Everything said of a model in the interface comes from here; the code knows
 * no model. Immutable after parsing, so any thread may read it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *title; /* in the language of the interface */
  char *text;  /* what to ask, in a language the model knows */
  gboolean think;
} BaleenCatalogueExample;

typedef struct
{
  char *id;
  char *file;    /* base name in a model folder */
  char *name;    /* for people */
  char *license; /* (nullable) SPDX */
  char *can;     /* whole sentences in the language of the interface, "" if none */
  char *cannot;
  char **languages;    /* what the model knows, "en", "zh"; NULL-terminated */
  guint part_tokens;    /* of a document, from which it takes points best; 0: as many as fit */
  guint passage_tokens; /* and from which it answers a question best */
  GPtrArray *examples; /* of BaleenCatalogueExample */
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

/* Entries belong to the catalogue. NULL when there is none such. */
const BaleenCatalogueEntry *baleen_catalogue_get_default (BaleenCatalogue *catalogue);
const BaleenCatalogueEntry *baleen_catalogue_find_id (BaleenCatalogue *catalogue,
                                                      const char      *id);
const BaleenCatalogueEntry *baleen_catalogue_find_file (BaleenCatalogue *catalogue,
                                                        const char      *base_name);

G_END_DECLS
