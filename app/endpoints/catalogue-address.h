/* Where a model of the catalogue is fetched from. */
#pragma once

#include "catalogue.h"
#include "model-address.h"

G_BEGIN_DECLS

/* Its files, of BaleenModelFile, all parts of a split model in order. From the site if it is
 * there, else from wherever it is; the other sites are their mirrors unless theirs is known to be
 * another file. `mirror` stands in for Hugging Face. No network. */
GPtrArray *baleen_catalogue_address_list (const BaleenCatalogueFile *file,
                                          BaleenSite                 site,
                                          const char                *mirror); /* (nullable) */

/* “ID” or “ID:Q8_0”; NULL when the catalogue has no such model or not that quantization of it. */
const BaleenCatalogueFile *baleen_catalogue_address_find (BaleenCatalogue *catalogue,
                                                          const char      *name);

G_END_DECLS
