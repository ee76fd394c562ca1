#include "package-names.h"

#include "markup-walk.h"
#include "text-flow.h"

typedef struct
{
  const char *element, *name, *suffix, *wanted;
  GString *text;  /* gathered while `is_inside` */
  char *value;    /* (owned) (nullable) */
  gboolean is_inside, is_done;
} Search;

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  Search *search = data;
  const char *key;

  if (search->is_done || !g_str_equal (name, search->element))
    return;
  if (search->name == NULL)
    {
      search->is_inside = TRUE;
      return;
    }
  key = markup_attribute (attributes, search->name);
  if (key != NULL && g_str_has_suffix (key, search->suffix))
    {
      search->value = g_strdup (markup_attribute (attributes, search->wanted));
      search->is_done = TRUE;
    }
}

static void
end_cb (gpointer    data,
        const char *name)
{
  Search *search = data;

  if (search->is_inside && g_str_equal (name, search->element))
    {
      search->is_inside = FALSE;
      search->is_done = TRUE;
    }
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  Search *search = data;

  if (search->is_inside && search->text->len < 4096)
    g_string_append_len (search->text, text, length);
}

static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };

/* The text of the first element of that name in an XML part; NULL without one. */
static char *
find_text (GBytes     *part,
           const char *element)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Search search = { .element = element, .text = text };
  g_autofree char *clean = NULL;

  markup_walk_xml (part, &visitor, &search, NULL);
  clean = g_strstrip (text_clean (text->str, text->len));

  return *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

char *
package_find_attribute (GBytes     *part,
                        const char *element,
                        const char *name,
                        const char *suffix,
                        const char *wanted)
{
  Search search = { element, name, suffix, wanted };

  markup_walk_xml (part, &visitor, &search, NULL);
  return search.value;
}

void
package_take_title (BaleenDocument *document,
                    GHashTable     *parts,
                    const char     *part)
{
  GBytes *bytes = g_hash_table_lookup (parts, part);
  g_autofree char *title = bytes != NULL ? find_text (bytes, "title") : NULL;

  if (title != NULL)
    baleen_document_set_title (document, title);
}
