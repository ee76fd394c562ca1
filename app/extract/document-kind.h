/* What kind of document some bytes are. The name of a file is only a hint. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

gboolean baleen_document_kind_find (GBytes             *bytes,
                                    const char         *extension,
                                    BaleenDocumentKind *kind,
                                    GError            **error);

G_END_DECLS
