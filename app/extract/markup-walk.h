/* Walks through XML or HTML as a stream of elements and text: no tree, so depth costs nothing,
 * and no entity of the file's own is ever expanded or fetched. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  /* Names without prefix; HTML's in lower case. `attributes`: names and values in turn, names
   * without prefix, NULL-terminated. */
  void (*start) (gpointer           data,
                 const char        *name,
                 const char *const *attributes);
  void (*end) (gpointer    data,
               const char *name);
  void (*text) (gpointer    data,
                const char *text,
                gsize       length);
} MarkupVisitor;

/* FALSE: not well-formed. What came before the fault has been visited. */
gboolean markup_walk_xml (GBytes              *bytes,
                          const MarkupVisitor *visitor,
                          gpointer             data,
                          GError             **error);
/* UTF-8. HTML is never ill-formed. */
void markup_walk_html (const char          *text,
                       gsize                length,
                       const MarkupVisitor *visitor,
                       gpointer             data);

/* The value of an attribute, or NULL. */
const char *markup_attribute (const char *const *attributes,
                              const char        *name);

G_END_DECLS
