#include "markup-walk.h"

#include "reader.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

#define MOST_ATTRIBUTES 64

typedef struct
{
  const MarkupVisitor *visitor;
  gpointer data;
} Walk;

const char *
markup_attribute (const char *const *attributes,
                  const char        *name)
{
  for (; attributes[0] != NULL; attributes += 2)
    if (g_str_equal (attributes[0], name))
      return attributes[1];

  return NULL;
}

static void
start_xml_cb (void           *context,
              const xmlChar  *name,
              const xmlChar  *prefix,
              const xmlChar  *uri,
              int             n_namespaces,
              const xmlChar **namespaces,
              int             n_attributes,
              int             n_defaulted,
              const xmlChar **attributes)
{
  Walk *walk = ((xmlParserCtxtPtr) context)->_private;
  const char *pairs[2 * MOST_ATTRIBUTES + 1];
  guint n = MIN (n_attributes, MOST_ATTRIBUTES);

  for (guint i = 0; i < n; i++)
    {
      const char *value = (const char *) attributes[5 * i + 3];

      pairs[2 * i] = (const char *) attributes[5 * i];
      pairs[2 * i + 1] = g_strndup (value, (const char *) attributes[5 * i + 4] - value);
    }
  pairs[2 * n] = NULL;
  walk->visitor->start (walk->data, (const char *) name, pairs);
  for (guint i = 0; i < n; i++)
    g_free ((char *) pairs[2 * i + 1]);
}

static void
end_xml_cb (void          *context,
            const xmlChar *name,
            const xmlChar *prefix,
            const xmlChar *uri)
{
  Walk *walk = ((xmlParserCtxtPtr) context)->_private;

  walk->visitor->end (walk->data, (const char *) name);
}

static void
text_cb (void          *context,
         const xmlChar *text,
         int            length)
{
  Walk *walk = ((xmlParserCtxtPtr) context)->_private;

  /* The HTML parser lets pass what is no UTF-8 in strange places. */
  if (g_utf8_validate ((const char *) text, length, NULL))
    walk->visitor->text (walk->data, (const char *) text, length);
}

/* Only the five entities of XML itself: with no declarations kept, none can grow or fetch. */
static xmlEntityPtr
get_entity_cb (void          *context,
               const xmlChar *name)
{
  return xmlGetPredefinedEntity (name);
}

gboolean
markup_walk_xml (GBytes              *bytes,
                 const MarkupVisitor *visitor,
                 gpointer             data,
                 GError             **error)
{
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = start_xml_cb,
    .endElementNs = end_xml_cb,
    .characters = text_cb,
    .cdataBlock = text_cb,
    .ignorableWhitespace = text_cb,
    .getEntity = get_entity_cb,
  };
  Walk walk = { visitor, data };
  xmlParserCtxtPtr context = xmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL);
  gsize size, done = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  gboolean is_good;

  context->_private = &walk;
  xmlCtxtUseOptions (context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  while (done < size && context->wellFormed)
    {
      gsize n = MIN (size - done, 65536);

      xmlParseChunk (context, text + done, n, FALSE);
      done += n;
    }
  xmlParseChunk (context, NULL, 0, TRUE);
  is_good = context->wellFormed;
  if (!is_good)
    g_set_error (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_DAMAGED, "XML error %d",
                 context->errNo);
  if (context->myDoc != NULL)
    xmlFreeDoc (context->myDoc);
  xmlFreeParserCtxt (context);

  return is_good;
}

static void
start_html_cb (void           *context,
               const xmlChar  *name,
               const xmlChar **attributes)
{
  static const char *const none[] = { NULL };
  Walk *walk = ((xmlParserCtxtPtr) context)->_private;
  const char *pairs[2 * MOST_ATTRIBUTES + 1];
  gsize n = 0;

  if (attributes == NULL)
    attributes = (const xmlChar **) none;
  for (; attributes[2 * n] != NULL && n < MOST_ATTRIBUTES; n++)
    {
      const char *value = (const char *) attributes[2 * n + 1];

      pairs[2 * n] = (const char *) attributes[2 * n];
      pairs[2 * n + 1] = value != NULL ? value : "";
    }
  pairs[2 * n] = NULL;
  walk->visitor->start (walk->data, (const char *) name, pairs);
}

static void
end_html_cb (void          *context,
             const xmlChar *name)
{
  Walk *walk = ((xmlParserCtxtPtr) context)->_private;

  walk->visitor->end (walk->data, (const char *) name);
}

/* The parser ends with the page, but pages are put together of several, and some go on after
 * their end; the tags that end them may be missing. */
static char *
leave_open (const char *text,
            gsize       length)
{
  static const char *const ends[] = { "</html", "</body" };
  char *open = g_memdup2 (text, length);

  for (gsize i = 0; i + 6 < length; i++)
    if (open[i] == '<' && open[i + 1] == '/'
        && (g_ascii_strncasecmp (open + i, ends[0], 6) == 0
            || g_ascii_strncasecmp (open + i, ends[1], 6) == 0))
      {
        while (i + 1 < length && open[i] != '>')
          open[i++] = ' ';
        open[i] = ' ';
      }

  return open;
}

void
markup_walk_html (const char          *text,
                  gsize                length,
                  const MarkupVisitor *visitor,
                  gpointer             data)
{
  htmlSAXHandler sax = {
    .startElement = start_html_cb,
    .endElement = end_html_cb,
    .characters = text_cb,
    .ignorableWhitespace = text_cb,
  };
  Walk walk = { visitor, data };
  g_autofree char *open = leave_open (text, length);
  htmlParserCtxtPtr context
      = htmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

  context->_private = &walk;
  htmlCtxtUseOptions (context, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                                   | HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  for (gsize done = 0; done < length;)
    {
      gsize n = MIN (length - done, 65536);

      htmlParseChunk (context, open + done, n, FALSE);
      done += n;
    }
  htmlParseChunk (context, NULL, 0, TRUE);
  if (context->myDoc != NULL)
    xmlFreeDoc (context->myDoc);
  htmlFreeParserCtxt (context);
}
