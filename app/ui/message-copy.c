#include "config.h"
#include "message-copy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-words.h"
#include "clipboard-formats.h"
#include "markdown-parser.h"
#include "markdown-writer.h"

/* Each line behind the sign of a quote. */
static void
append_quoted (GString    *out,
               const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "> %s\n", lines[i]);
}

static char *
with_thoughts (BaleenMessage *message)
{
  GString *out = g_string_new (NULL);
  g_autofree char *title = baleen_words_thought (message);

  if (baleen_message_get_thought_length (message) > 0)
    {
      g_string_append_printf (out, "> *%s*\n>\n", title);
      append_quoted (out, baleen_message_get_thought (message));
      g_string_append_c (out, '\n');
    }
  g_string_append (out, baleen_message_get_text (message));
  return g_string_free (out, FALSE);
}

static char *
with_sources (BaleenMessage *message)
{
  GString *out = g_string_new (baleen_message_get_text (message));
  GPtrArray *sources = baleen_message_get_sources (message);

  if (sources->len > 0)
    g_string_append_printf (out, "\n\n%s:\n", _("Sources"));
  for (guint i = 0; i < sources->len; i++)
    {
      BaleenSource *source = sources->pdata[i];
      const char *url = baleen_source_get_url (source);
      g_autofree char *place = baleen_words_place (source);

      g_string_append_printf (out, "\n[%d] %s", baleen_source_get_number (source),
                              baleen_source_get_title (source));
      if (url != NULL)
        g_string_append_printf (out, ", <%s>", url);
      else if (*place != '\0')
        g_string_append_printf (out, ", %s", place);
    }
  return g_string_free (out, FALSE);
}

/* No word of what was said: this may be sent to somebody else. */
static char *
make_details (BaleenMessage *message)
{
  g_autofree char *details = baleen_words_details (message);

  return g_strdup_printf ("%s\n%s\nBaleen %s\n", baleen_message_get_problem (message), details,
                          BALEEN_VERSION);
}

void
message_copy (GdkClipboard  *clipboard,
              BaleenMessage *message,
              MessageCopy    how)
{
  const char *text = baleen_message_get_text (message);
  const gboolean is_markdown = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT;
  g_autofree char *markdown = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GPtrArray) blocks = NULL;

  if (how == MESSAGE_COPY_DETAILS)
    {
      plain = make_details (message);
      gdk_clipboard_set_text (clipboard, plain);
      return;
    }
  if (!is_markdown || how == MESSAGE_COPY_MARKDOWN)
    {
      gdk_clipboard_set_text (clipboard, text);
      return;
    }
  markdown = how == MESSAGE_COPY_WITH_THOUGHTS  ? with_thoughts (message)
             : how == MESSAGE_COPY_WITH_SOURCES ? with_sources (message)
                                                : g_strdup (text);
  blocks = baleen_markdown_parse_all (markdown);
  plain = baleen_blocks_to_plain (blocks);
  html = baleen_blocks_to_html (blocks);
  if (how == MESSAGE_COPY_PLAIN)
    gdk_clipboard_set_text (clipboard, plain);
  else if (how == MESSAGE_COPY_HTML)
    gdk_clipboard_set_text (clipboard, html);
  else
    clipboard_set_formats (clipboard, plain, markdown, html);
}
