#include "code-colours.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

struct _CodeColours
{
  GtkSourceBuffer *buffer; /* (owned) (nullable) of a language that has colours */
  char *language;          /* (owned) (nullable) */
  GString *text;           /* (owned) what is in the buffer */
};

/* More code than this is not read for its colours. */
#define LONGEST_TEXT (256 * 1024)

/* The highlighter's expressions take long on a line without end. */
#define LONGEST_LINE 4000

/* How models call languages, and GtkSourceView does. */
static const char *const names[][2] = {
  { "py", "python3" },
  { "python", "python3" },
  { "js", "js" },
  { "javascript", "js" },
  { "jsx", "jsx" },
  { "ts", "typescript" },
  { "typescript", "typescript" },
  { "tsx", "typescript-jsx" },
  { "c++", "cpp" },
  { "cc", "cpp" },
  { "cs", "c-sharp" },
  { "csharp", "c-sharp" },
  { "c#", "c-sharp" },
  { "sh", "sh" },
  { "bash", "sh" },
  { "shell", "sh" },
  { "zsh", "sh" },
  { "console", "sh" },
  { "golang", "go" },
  { "rs", "rust" },
  { "rb", "ruby" },
  { "kt", "kotlin" },
  { "yml", "yaml" },
  { "md", "markdown" },
  { "tex", "latex" },
  { "dockerfile", "docker" },
  { "make", "makefile" },
  { "objc", "objc" },
  { "objective-c", "objc" },
  { "asm", "asm" },
  { "ps1", "powershell" },
  { "hs", "haskell" },
  { "vb", "vbnet" },
  { "glsl", "glsl" },
  { "m", "matlab" },
};

static GtkSourceLanguage *
find_language (const char *language)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  g_autofree char *lower = language != NULL ? g_ascii_strdown (language, -1) : NULL;

  if (lower == NULL || *lower == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], lower))
      return gtk_source_language_manager_get_language (manager, names[i][1]);
  return gtk_source_language_manager_get_language (manager, lower);
}

CodeColours *
code_colours_new (void)
{
  CodeColours *self = g_new0 (CodeColours, 1);

  self->text = g_string_new (NULL);
  return self;
}

void
code_colours_free (CodeColours *self)
{
  g_clear_object (&self->buffer);
  g_free (self->language);
  g_string_free (self->text, TRUE);
  g_free (self);
}

char *
code_colours_name_language (const char *language)
{
  GtkSourceLanguage *found = find_language (language);

  if (found == NULL)
    return g_strdup (language != NULL ? language : "");
  /* Two versions of a language are one to those who read it. */
  if (g_str_equal (gtk_source_language_get_id (found), "python3"))
    return g_strdup ("Python");
  return g_strdup (gtk_source_language_get_name (found));
}

static void
take_scheme (CodeColours *self)
{
  const gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
      gtk_source_style_scheme_manager_get_default (), is_dark ? "Adwaita-dark" : "Adwaita");

  if (gtk_source_buffer_get_style_scheme (self->buffer) != scheme)
    gtk_source_buffer_set_style_scheme (self->buffer, scheme);
}

static void
take_language (CodeColours *self,
               const char  *language)
{
  GtkSourceLanguage *found;

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  found = find_language (language);
  g_clear_object (&self->buffer);
  g_string_truncate (self->text, 0);
  if (found == NULL)
    return;
  self->buffer = gtk_source_buffer_new_with_language (found);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self->buffer), FALSE);
}

static gboolean
has_endless_line (const char *text)
{
  for (const char *line = text; line != NULL;)
    {
      const char *end = strchr (line, '\n');

      if ((end != NULL ? end - line : (gssize) strlen (line)) > LONGEST_LINE)
        return TRUE;
      line = end != NULL ? end + 1 : NULL;
    }
  return FALSE;
}

void
code_colours_set_text (CodeColours *self,
                       const char  *text,
                       const char  *language)
{
  GtkTextIter end;

  take_language (self, language);
  if (self->buffer == NULL)
    return;
  if (strlen (text) > LONGEST_TEXT || has_endless_line (text))
    {
      g_clear_object (&self->buffer);
      return;
    }
  take_scheme (self);
  if (self->text->len > 0 && g_str_has_prefix (text, self->text->str))
    {
      gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->buffer), &end);
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->buffer), &end, text + self->text->len, -1);
    }
  else
    {
      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, -1);
    }
  g_string_assign (self->text, text);
}

static void
insert (PangoAttrList  *list,
        PangoAttribute *attribute,
        gsize           start,
        gsize           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
insert_tag (PangoAttrList *list,
            GtkTextTag    *tag,
            gsize          start,
            gsize          end)
{
  g_autoptr (GdkRGBA) colour = NULL;
  gboolean has_colour, has_weight, has_style;
  PangoStyle style;
  int weight;

  g_object_get (tag, "foreground-rgba", &colour, "foreground-set", &has_colour, "weight", &weight,
                "weight-set", &has_weight, "style", &style, "style-set", &has_style, NULL);
  if (has_colour && colour != NULL)
    insert (list,
            pango_attr_foreground_new (colour->red * 65535, colour->green * 65535,
                                       colour->blue * 65535),
            start, end);
  if (has_weight)
    insert (list, pango_attr_weight_new (weight), start, end);
  if (has_style)
    insert (list, pango_attr_style_new (style), start, end);
}

static void
iter_at (CodeColours *self,
         gsize        byte,
         GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), iter,
                                      g_utf8_pointer_to_offset (self->text->str,
                                                                self->text->str + byte));
}

PangoAttrList *
code_colours_get (CodeColours *self,
                  gsize        start,
                  gsize        end)
{
  PangoAttrList *list;
  GtkTextIter from, to, next;
  const char *p = self->text->str + start;

  if (self->buffer == NULL || end > self->text->len)
    return NULL;
  iter_at (self, start, &from);
  iter_at (self, end, &to);
  gtk_source_buffer_ensure_highlight (self->buffer, &from, &to);

  list = pango_attr_list_new ();
  while (gtk_text_iter_compare (&from, &to) < 0)
    {
      GSList *tags = gtk_text_iter_get_tags (&from);
      const char *q;

      next = from;
      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL) || gtk_text_iter_compare (&next, &to) > 0)
        next = to;
      q = g_utf8_offset_to_pointer (p, gtk_text_iter_get_offset (&next)
                                           - gtk_text_iter_get_offset (&from));
      for (GSList *l = tags; l != NULL; l = l->next)
        insert_tag (list, l->data, p - self->text->str - start, q - self->text->str - start);
      g_slist_free (tags);
      from = next;
      p = q;
    }
  return list;
}
