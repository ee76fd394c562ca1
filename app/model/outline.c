#include "outline.h"

#include "json-parsing.h"
#include "json-writing.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define SECTIONS_AT_MOST 24
#define TITLE_CHARS 160

static void
section_free (gpointer data)
{
  BaleenSection *section = data;

  g_free (section->title);
  g_free (section);
}

BaleenOutline *
baleen_outline_new (void)
{
  BaleenOutline *outline = g_new0 (BaleenOutline, 1);

  outline->sections = g_ptr_array_new_with_free_func (section_free);
  return outline;
}

void
baleen_outline_free (BaleenOutline *outline)
{
  g_ptr_array_unref (outline->sections);
  g_free (outline->tail);
  g_free (outline->opening);
  g_free (outline);
}

void
baleen_outline_add (BaleenOutline *outline,
                    const char    *title)
{
  BaleenSection *section = g_new0 (BaleenSection, 1);

  section->title = g_strdup (title);
  g_ptr_array_add (outline->sections, section);
}

/* ---- from what a model writes --------------------------------------------------------- */

/* Behind the mark of a list's item or of a heading; NULL where there is none. */
static const char *
skip_mark (const char *line)
{
  const char *p = line + strspn (line, "#");

  if (p > line && *p == ' ')
    return p + 1;
  if (strchr ("-*+", *line) != NULL && line[0] != '\0' && line[1] == ' ')
    return line + 2;
  if (g_str_has_prefix (line, "•"))
    return line + strlen ("•");

  p = line + strspn (line, "0123456789");
  if (p == line || p - line > 3)
    return NULL;
  if ((*p == '.' || *p == ')') && (p[1] == ' ' || p[1] == '\0' || (guchar) p[1] >= 0x80))
    return p + 1;
  if (g_str_has_prefix (p, "、") || g_str_has_prefix (p, "．"))
    return g_utf8_next_char (p);
  return NULL;
}

/* Without emphasis, and not too long for a heading. */
static char *
make_title (const char *words)
{
  GString *title = g_string_new (words);
  g_autofree char *stripped = NULL;

  g_string_replace (title, "**", "", 0);
  g_string_replace (title, "__", "", 0);
  stripped = g_string_free (title, FALSE);
  g_strstrip (stripped);
  if (g_str_has_suffix (stripped, ":"))
    stripped[strlen (stripped) - 1] = '\0';
  if (g_utf8_strlen (stripped, -1) > TITLE_CHARS)
    *g_utf8_offset_to_pointer (stripped, TITLE_CHARS) = '\0';
  return g_steal_pointer (&stripped);
}

static void
add_lines (BaleenOutline *outline,
           char         **lines,
           gboolean       are_items)
{
  gsize least = G_MAXSIZE;

  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = 0; lines[i] != NULL; i++)
      {
        const gsize indent = strspn (lines[i], " \t");
        const char *words = are_items ? skip_mark (lines[i] + indent) : lines[i];
        g_autofree char *title = words != NULL ? make_title (words) : NULL;

        if (title == NULL || *title == '\0')
          continue;
        /* What is deeper than the outermost items belongs to one of them. */
        if (pass == 0)
          least = MIN (least, indent);
        else if ((!are_items || indent <= least + 1)
                 && outline->sections->len < SECTIONS_AT_MOST)
          baleen_outline_add (outline, title);
      }
}

BaleenOutline *
baleen_outline_parse_list (const char *text)
{
  BaleenOutline *outline = baleen_outline_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  add_lines (outline, lines, TRUE);
  if (outline->sections->len < 2)
    {
      g_ptr_array_set_size (outline->sections, 0);
      add_lines (outline, lines, FALSE);
    }
  return outline;
}

/* ---- to disk and back ----------------------------------------------------------------- */

char *
baleen_outline_to_json (const BaleenOutline *outline)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_flag (builder, "writes-all", outline->writes_all);
  if (outline->is_points)
    {
      baleen_json_add_flag (builder, "points", TRUE);
      baleen_json_add_text (builder, "opening", outline->opening);
    }
  if (outline->tail != NULL)
    baleen_json_add_text (builder, "tail", outline->tail);
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < outline->sections->len; i++)
    {
      const BaleenSection *section = outline->sections->pdata[i];

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "title", section->title);
      baleen_json_add_whole (builder, "state", section->state);
      baleen_json_add_whole (builder, "start", section->start);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

static void
read_section (BaleenOutline *outline,
              JsonNode      *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  BaleenSection *section;
  gint64 state;

  if (object == NULL)
    return;
  baleen_outline_add (outline, json_object_get_string_member_with_default (object, "title", ""));
  section = outline->sections->pdata[outline->sections->len - 1];
  state = json_object_get_int_member_with_default (object, "state", 0);
  section->state = CLAMP (state, BALEEN_SECTION_WAITING, BALEEN_SECTION_STOPPED);
  section->start = MAX (0, json_object_get_int_member_with_default (object, "start", 0));
}

BaleenOutline *
baleen_outline_from_json (const char *json)
{
  g_autoptr (JsonNode) root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                     : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "sections") : NULL;
  BaleenOutline *outline;

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return NULL;

  outline = baleen_outline_new ();
  outline->writes_all = json_object_get_boolean_member_with_default (object, "writes-all", FALSE);
  outline->is_points = json_object_get_boolean_member_with_default (object, "points", FALSE);
  outline->opening
      = g_strdup (json_object_get_string_member_with_default (object, "opening", NULL));
  outline->tail
      = g_strdup (json_object_get_string_member_with_default (object, "tail", NULL));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    read_section (outline, json_array_get_element (json_node_get_array (list), i));
  return outline;
}

void
baleen_outline_restart (BaleenOutline *outline)
{
  g_clear_pointer (&outline->tail, g_free);
  outline->writes_all = TRUE;
  for (guint i = 0; i < outline->sections->len; i++)
    {
      BaleenSection *section = outline->sections->pdata[i];

      section->state = BALEEN_SECTION_WAITING;
      section->start = 0;
    }
}

/* ---- asking it ------------------------------------------------------------------------ */

gboolean
baleen_outline_is_begun (const BaleenOutline *outline,
                         guint                section)
{
  return ((BaleenSection *) outline->sections->pdata[section])->state != BALEEN_SECTION_WAITING;
}

int
baleen_outline_find_next (const BaleenOutline *outline)
{
  for (guint i = 0; i < outline->sections->len; i++)
    if (((BaleenSection *) outline->sections->pdata[i])->state != BALEEN_SECTION_DONE)
      return i;
  return -1;
}

gsize
baleen_outline_get_end (const BaleenOutline *outline,
                        guint                section,
                        gsize                length)
{
  for (guint i = section + 1; i < outline->sections->len; i++)
    if (baleen_outline_is_begun (outline, i))
      return MIN (((BaleenSection *) outline->sections->pdata[i])->start, length);
  return length;
}
