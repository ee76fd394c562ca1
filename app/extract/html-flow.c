#include "html-flow.h"

#include "markup-walk.h"
#include "page-content.h"

#include <string.h>

typedef struct
{
  TextFlow *flow; /* (not owned) */
  GString *title; /* (owned) */
  guint n_skipped; /* elements open since one that is no text */
  guint n_rows;    /* table rows open */
  guint n_pre;
  gboolean is_in_title, has_title;
  const gboolean *is_clutter; /* (nullable) for each element, in the order of their starts */
  gsize n_elements, n_started;
} HtmlFlow;

typedef enum
{
  ROLE_INLINE,
  ROLE_BLOCK,
  ROLE_HEADING,
  ROLE_ITEM,
  ROLE_ROW,
  ROLE_CELL,
  ROLE_PRE,
  ROLE_LINE,
  ROLE_TITLE,
  ROLE_SKIP,
} Role;

static Role
get_role (const char *name)
{
  static const struct { Role role; const char *names; } roles[] = {
    { ROLE_SKIP, " script style noscript template svg object iframe canvas select option"
                 " datalist audio video map rp rt annotation annotation-xml " },
    { ROLE_BLOCK, " p div section article header footer main nav aside address blockquote"
                  " figure figcaption ul ol dl table thead tbody tfoot caption form fieldset"
                  " legend details summary body hr center hgroup " },
    { ROLE_HEADING, " h1 h2 h3 h4 h5 h6 " },
    { ROLE_ITEM, " li dt dd " },
    { ROLE_ROW, " tr " },
    { ROLE_CELL, " td th " },
    { ROLE_PRE, " pre " },
    { ROLE_LINE, " br " },
    { ROLE_TITLE, " title " },
  };
  char needle[24];

  if (strlen (name) > sizeof needle - 3)
    return ROLE_INLINE;
  g_snprintf (needle, sizeof needle, " %s ", name);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strstr (roles[i].names, needle) != NULL)
      return roles[i].role;

  return ROLE_INLINE;
}

static gboolean
is_hidden (const char *const *attributes)
{
  const char *style = markup_attribute (attributes, "style");
  const char *aria = markup_attribute (attributes, "aria-hidden");

  if (markup_attribute (attributes, "hidden") != NULL
      || (aria != NULL && g_str_equal (aria, "true")))
    return TRUE;
  if (style != NULL)
    {
      g_auto (GStrv) pieces = g_strsplit_set (style, " \t\n", -1);
      g_autofree char *tight = g_strjoinv ("", pieces);

      return strstr (tight, "display:none") != NULL;
    }

  return FALSE;
}

static gboolean
is_void (const char *name)
{
  static const char *const names[] = { "br", "hr", "img", "input", "meta", "link", "area",
                                       "base", "col", "embed", "source", "track", "wbr", NULL };

  return g_strv_contains (names, name);
}

/* The paragraphs of an item or a row belong to it. */
static void
begin_block (HtmlFlow *html)
{
  if (html->n_rows == 0)
    text_flow_break (html->flow, BALEEN_PARAGRAPH_BODY);
  else
    text_flow_add (html->flow, " ", 1);
}

static gboolean
is_page_break (const char *const *attributes)
{
  const char *type = markup_attribute (attributes, "epub:type");
  const char *role = markup_attribute (attributes, "role");

  return (type != NULL && strstr (type, "pagebreak") != NULL)
         || (role != NULL && g_str_equal (role, "doc-pagebreak"));
}

static void
start_element (HtmlFlow          *html,
               Role               role,
               const char *const *attributes)
{
  switch (role)
    {
    case ROLE_BLOCK:
      begin_block (html);
      break;
    case ROLE_HEADING:
      text_flow_break (html->flow, BALEEN_PARAGRAPH_HEADING);
      break;
    case ROLE_ITEM:
      if (html->n_rows == 0)
        text_flow_break (html->flow, BALEEN_PARAGRAPH_ITEM);
      else
        text_flow_add (html->flow, " ", 1);
      break;
    case ROLE_ROW:
      if (html->n_rows++ == 0)
        text_flow_break (html->flow, BALEEN_PARAGRAPH_ROW);
      break;
    case ROLE_PRE:
      begin_block (html);
      html->n_pre++;
      text_flow_set_preformatted (html->flow, TRUE);
      break;
    case ROLE_LINE:
      /* An empty line parts paragraphs on pages that know no others. */
      if (html->n_rows == 0 && html->n_pre == 0 && text_flow_is_at_line (html->flow))
        begin_block (html);
      else
        text_flow_line (html->flow);
      break;
    case ROLE_TITLE:
      html->is_in_title = TRUE;
      break;
    case ROLE_CELL:
    case ROLE_SKIP:
    case ROLE_INLINE:
      break;
    }
  if (is_page_break (attributes))
    text_flow_next_page (html->flow);
}

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  HtmlFlow *html = data;
  Role role = get_role (name);
  gsize index = html->n_started++;
  gboolean is_clutter = html->is_clutter != NULL && index < html->n_elements
                        && html->is_clutter[index] && role != ROLE_TITLE
                        && !g_str_equal (name, "head");

  if (html->n_skipped > 0 || role == ROLE_SKIP || is_clutter
      || (is_hidden (attributes) && !is_void (name)))
    {
      html->n_skipped++;
      return;
    }
  start_element (html, role, attributes);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  HtmlFlow *html = data;
  Role role = get_role (name);

  if (html->n_skipped > 0)
    {
      html->n_skipped--;
      return;
    }
  switch (role)
    {
    case ROLE_BLOCK:
    case ROLE_HEADING:
    case ROLE_ITEM:
      begin_block (html);
      break;
    case ROLE_ROW:
      html->n_rows -= html->n_rows > 0;
      if (html->n_rows == 0)
        text_flow_break (html->flow, BALEEN_PARAGRAPH_BODY);
      break;
    case ROLE_CELL:
      text_flow_cell (html->flow);
      break;
    case ROLE_PRE:
      html->n_pre -= html->n_pre > 0;
      text_flow_set_preformatted (html->flow, html->n_pre > 0);
      begin_block (html);
      break;
    case ROLE_TITLE:
      html->has_title |= html->is_in_title;
      html->is_in_title = FALSE;
      break;
    case ROLE_LINE:
    case ROLE_SKIP:
    case ROLE_INLINE:
      break;
    }
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  HtmlFlow *html = data;

  if (html->n_skipped > 0)
    return;
  if (!html->is_in_title)
    text_flow_add (html->flow, text, length);
  else if (!html->has_title && html->title->len < 4096)
    g_string_append_len (html->title, text, length);
}

/* A title on one line. */
static char *
tidy_title (const GString *title)
{
  g_auto (GStrv) words = g_strsplit_set (title->str, " \t\r\n", -1);
  g_autoptr (GString) tight = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (tight, "%s%s", tight->len > 0 ? " " : "", words[i]);

  return tight->len > 0 ? text_clean (tight->str, tight->len) : NULL;
}

static void
read_with (HtmlFlow   *html,
           const char *text,
           gsize       length,
           char      **title)
{
  static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };

  html->title = g_string_new (NULL);
  markup_walk_html (text, length, &visitor, html);
  text_flow_set_preformatted (html->flow, FALSE);
  text_flow_break (html->flow, BALEEN_PARAGRAPH_BODY);
  if (title != NULL)
    *title = tidy_title (html->title);
  g_string_free (html->title, TRUE);
}

void
html_flow_read (TextFlow   *flow,
                const char *text,
                gsize       length,
                char      **title)
{
  HtmlFlow html = { .flow = flow };

  read_with (&html, text, length, title);
}

void
html_flow_read_content (TextFlow   *flow,
                        const char *text,
                        gsize       length,
                        char      **title)
{
  HtmlFlow html = { .flow = flow };
  g_autofree gboolean *is_clutter
      = page_content_find_clutter (text, length, &html.n_elements);

  html.is_clutter = is_clutter;
  read_with (&html, text, length, title);
}

static void
entity_text_cb (gpointer    data,
                const char *text,
                gsize       length)
{
  text_flow_add (data, text, length);
}

static void
entity_start_cb (gpointer           data,
                 const char        *name,
                 const char *const *attributes)
{
}

static void
entity_end_cb (gpointer    data,
               const char *name)
{
}

void
html_flow_add_entity (TextFlow   *flow,
                      const char *entity,
                      gsize       length)
{
  static const MarkupVisitor visitor = { entity_start_cb, entity_end_cb, entity_text_cb };

  markup_walk_html (entity, length, &visitor, flow);
}

char *
html_find_charset (const char *bytes,
                   gsize       n_bytes)
{
  g_autofree char *start = g_ascii_strdown (bytes, MIN (n_bytes, 2048));
  const char *found = strstr (start, "charset=");
  gsize n = 0;

  if (found != NULL)
    found += strlen ("charset=");
  else if ((found = strstr (start, "encoding=")) != NULL)
    found += strlen ("encoding=");
  else
    return NULL;
  found += strspn (found, " \"'");
  while (g_ascii_isalnum (found[n]) || (found[n] != '\0' && strchr ("-_:.", found[n]) != NULL))
    n++;

  return g_strndup (found, n);
}
