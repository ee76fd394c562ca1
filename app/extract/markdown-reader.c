#include "reader.h"

#include "encoding.h"
#include "html-flow.h"
#include "text-flow.h"

#include <md4c.h>
#include <string.h>

typedef struct
{
  TextFlow *flow; /* (not owned) */
  guint n_items;  /* list items open */
  gboolean is_in_html;
  GString *html;  /* of the block that is open */
} Markdown;

static BaleenParagraphStyle
get_body_style (Markdown *markdown)
{
  return markdown->n_items > 0 ? BALEEN_PARAGRAPH_ITEM : BALEEN_PARAGRAPH_BODY;
}

static int
enter_block_cb (MD_BLOCKTYPE type,
                void        *detail,
                void        *data)
{
  Markdown *markdown = data;

  switch (type)
    {
    case MD_BLOCK_H:
      text_flow_break (markdown->flow, BALEEN_PARAGRAPH_HEADING);
      break;
    case MD_BLOCK_LI:
      markdown->n_items++;
      text_flow_break (markdown->flow, BALEEN_PARAGRAPH_ITEM);
      break;
    case MD_BLOCK_TR:
      text_flow_break (markdown->flow, BALEEN_PARAGRAPH_ROW);
      break;
    case MD_BLOCK_CODE:
      text_flow_break (markdown->flow, get_body_style (markdown));
      text_flow_set_preformatted (markdown->flow, TRUE);
      break;
    case MD_BLOCK_HTML:
      markdown->is_in_html = TRUE;
      break;
    case MD_BLOCK_P:
      text_flow_break (markdown->flow, get_body_style (markdown));
      break;
    default:
      break;
    }

  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE type,
                void        *detail,
                void        *data)
{
  Markdown *markdown = data;

  switch (type)
    {
    case MD_BLOCK_LI:
      markdown->n_items--;
      text_flow_break (markdown->flow, get_body_style (markdown));
      break;
    case MD_BLOCK_TD:
    case MD_BLOCK_TH:
      text_flow_cell (markdown->flow);
      break;
    case MD_BLOCK_CODE:
      text_flow_set_preformatted (markdown->flow, FALSE);
      text_flow_break (markdown->flow, get_body_style (markdown));
      break;
    case MD_BLOCK_HTML:
      html_flow_read (markdown->flow, markdown->html->str, markdown->html->len, NULL);
      g_string_truncate (markdown->html, 0);
      markdown->is_in_html = FALSE;
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TR:
      text_flow_break (markdown->flow, get_body_style (markdown));
      break;
    default:
      break;
    }

  return 0;
}

static int
span_cb (MD_SPANTYPE type,
         void       *detail,
         void       *data)
{
  return 0;
}

static int
text_cb (MD_TEXTTYPE    type,
         const MD_CHAR *text,
         MD_SIZE        length,
         void          *data)
{
  Markdown *markdown = data;

  switch (type)
    {
    case MD_TEXT_NULLCHAR:
      break;
    case MD_TEXT_HTML:
      if (markdown->is_in_html)
        g_string_append_len (markdown->html, text, length);
      break;
    case MD_TEXT_BR:
      text_flow_line (markdown->flow);
      break;
    case MD_TEXT_SOFTBR:
      text_flow_add (markdown->flow, "\n", 1);
      break;
    case MD_TEXT_ENTITY:
      html_flow_add_entity (markdown->flow, text, length);
      break;
    default:
      text_flow_add (markdown->flow, text, length);
    }

  return 0;
}

/* A block between lines of three dashes at the very start, with “title: …” in it perhaps.
 * Returns what comes after it. */
static const char *
take_front_matter (BaleenDocument *document,
                   const char     *text)
{
  const char *end = g_str_has_prefix (text, "---\n") ? strstr (text + 3, "\n---\n") : NULL;
  const char *title;

  if (end == NULL)
    return text;
  title = g_strstr_len (text, end - text, "\ntitle:");
  if (title != NULL)
    {
      g_autofree char *line = NULL;
      gsize n;

      title += strlen ("\ntitle:");
      line = g_strstrip (g_strndup (title, strcspn (title, "\n")));
      n = strlen (line);
      if (n >= 2 && (line[0] == '"' || line[0] == '\'') && line[n - 1] == line[0])
        {
          line[n - 1] = '\0';
          memmove (line, line + 1, n - 1);
        }
      baleen_document_set_title (document, line);
    }

  return end + strlen ("\n---\n");
}

gboolean
baleen_read_markdown (BaleenDocument *document,
                      GBytes         *bytes,
                      GError        **error)
{
  static const MD_PARSER parser = {
    .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = span_cb,
    .leave_span = span_cb,
    .text = text_cb,
  };
  gsize size, length;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *decoded
      = encoding_decode (data, size, NULL, &length, &document->notes[BALEEN_NOTE_BAD_LETTERS]);
  g_auto (GStrv) halves = g_strsplit (decoded, "\r\n", -1);
  g_autofree char *unified = g_strjoinv ("\n", halves);
  const char *text = take_front_matter (document, unified);
  g_autoptr (TextFlow) flow = text_flow_new (document);
  g_autoptr (GString) html = g_string_new (NULL);
  Markdown markdown = { .flow = flow, .html = html };

  if (md_parse (text, strlen (text), &parser, &markdown) == 0)
    return TRUE;

  g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_DAMAGED, "md4c gave up");
  return FALSE;
}
