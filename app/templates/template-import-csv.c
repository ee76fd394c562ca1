#include "template-import.h"

#include <glib/gi18n.h>
#include <string.h>

/* One field; `*text` moves past it and stops at the mark behind it or at the line's end. NULL
 * for a quote that is never closed. */
static char *
read_cell (const char **text,
           char         mark)
{
  const char ends[] = { mark, '\r', '\n', '\0' };
  const char *p = *text;
  GString *cell = g_string_new (NULL);

  if (*p != '"')
    {
      gsize n = strcspn (p, ends);

      g_string_append_len (cell, p, n);
      *text = p + n;
      return g_string_free (cell, FALSE);
    }

  for (p++; *p != '\0'; p++)
    {
      if (*p != '"')
        g_string_append_c (cell, *p);
      else if (p[1] == '"')
        g_string_append_c (cell, *p++);
      else
        {
          *text = p + 1 + strcspn (p + 1, ends);
          return g_string_free (cell, FALSE);
        }
    }

  g_string_free (cell, TRUE);
  return NULL;
}

/* The cells of a row, NULL-terminated; `*text` moves to the next row. */
static char **
read_row (const char **text,
          char         mark)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();

  for (;;)
    {
      g_autofree char *cell = read_cell (text, mark);

      if (cell == NULL)
        return NULL;
      g_strv_builder_add (row, cell);
      if (**text != mark)
        break;
      (*text)++;
    }
  *text += strspn (*text, "\r\n");

  return g_strv_builder_end (row);
}

/* What parts the columns: tables of other countries' programs have “;” or a tab. */
static char
find_mark (const char *text)
{
  const gsize n = strcspn (text, "\r\n");
  const char *found = strpbrk (text, ",;\t");

  return found != NULL && found < text + n ? *found : ',';
}

static int
find_column (char              **header,
             const char *const  *names)
{
  for (; *names != NULL; names++)
    for (int i = 0; header[i] != NULL; i++)
      if (g_ascii_strcasecmp (g_strstrip (header[i]), *names) == 0)
        return i;

  return -1;
}

static gboolean
refuse (GError    **error,
        const char *name,
        const char *reason)
{
  g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
               _("“%s” is no table of prompts: %s."), name, reason);
  return FALSE;
}

gboolean
baleen_template_import_csv (BaleenTemplateImport  *import,
                            const char            *name,
                            const char            *text,
                            GError               **error)
{
  static const char *const titles[] = { "act", "title", "name", NULL };
  static const char *const texts[] = { "prompt", "content", "text", NULL };
  const char mark = find_mark (text);
  g_auto (GStrv) header = read_row (&text, mark);
  int title = header != NULL ? find_column (header, titles) : -1;
  int body = header != NULL ? find_column (header, texts) : -1;

  if (title < 0 || body < 0)
    return refuse (error, name, _("its first line must name the columns “act” and “prompt”"));

  while (*text != '\0')
    {
      g_auto (GStrv) row = read_row (&text, mark);
      int n_cells = row != NULL ? g_strv_length (row) : 0;

      if (row == NULL)
        return refuse (error, name, _("a quotation mark is never closed"));
      baleen_template_import_add (import, NULL, title < n_cells ? row[title] : NULL,
                                  body < n_cells ? row[body] : NULL, NULL, FALSE);
    }

  return TRUE;
}
