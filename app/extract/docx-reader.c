#include "reader.h"

#include "markup-walk.h"
#include "package-names.h"
#include "text-flow.h"
#include "zip-parts.h"

#include <string.h>

/* Fields within fields; deeper ones are read as one. */
#define MOST_FIELDS 32

typedef struct
{
  BaleenDocument *document;    /* (not owned) */
  TextFlow *flow;              /* (not owned) */
  GHashTable *notes;           /* (nullable) (not owned) id → GString, of the part being read */
  GHashTable *footnotes, *endnotes; /* (not owned) by id, what was gathered */
  char *note_id;               /* (owned) (nullable) the note that is being gathered */
  guint n_skipped;             /* elements open since one that is no text */
  guint n_fields;
  guint32 codes;               /* one bit a field: still in its code */
  guint n_rows;                /* table rows open */
  guint n_properties;          /* of a run or a paragraph */
  gboolean is_hidden;          /* the run is */
  gboolean is_text;            /* inside of w:t */
  gboolean is_joined;          /* the end of the paragraph was deleted */
  gboolean has_page_break;     /* nothing was written since */
} Docx;

static gboolean
is_wanted (const char *name)
{
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels");
}

static gboolean
is_on (const char *const *attributes)
{
  const char *value = markup_attribute (attributes, "val");

  return value == NULL
         || !(g_str_equal (value, "0") || g_str_equal (value, "false")
              || g_str_equal (value, "off"));
}

static void
break_page (Docx    *docx,
            gboolean is_rendered)
{
  /* Word writes where it broke the page also where it was told to break it. */
  if (is_rendered && docx->has_page_break)
    return;
  text_flow_next_page (docx->flow);
  docx->has_page_break = !is_rendered;
}

static void
add_text (Docx       *docx,
          const char *text,
          gsize       length)
{
  GString *note = docx->note_id != NULL ? g_hash_table_lookup (docx->notes, docx->note_id)
                                        : NULL;

  if (docx->codes != 0)
    return;
  if (docx->is_hidden)
    {
      docx->document->notes[BALEEN_NOTE_HIDDEN] += *text != ' ';
      return;
    }
  docx->has_page_break = FALSE;
  if (docx->notes != NULL)
    {
      if (note != NULL)
        g_string_append_len (note, text, length);
    }
  else
    text_flow_add (docx->flow, text, length);
}

static void
read_field_mark (Docx              *docx,
                 const char *const *attributes)
{
  const char *type = markup_attribute (attributes, "fldCharType");
  guint32 bit;

  if (type == NULL)
    return;
  if (g_str_equal (type, "begin"))
    {
      if (docx->n_fields < MOST_FIELDS)
        docx->codes |= 1u << docx->n_fields;
      docx->n_fields++;
      return;
    }
  if (docx->n_fields == 0)
    return;
  bit = docx->n_fields <= MOST_FIELDS ? 1u << (docx->n_fields - 1) : 0;
  docx->codes &= ~bit;
  docx->n_fields -= g_str_equal (type, "end");
}

static void
refer_to_note (Docx              *docx,
               GHashTable        *notes,
               const char *const *attributes)
{
  const char *id = markup_attribute (attributes, "id");
  GString *text = id != NULL ? g_hash_table_lookup (notes, id) : NULL;

  if (text == NULL || docx->notes != NULL)
    return;
  text_flow_push (docx->flow, BALEEN_PARAGRAPH_NOTE);
  text_flow_add (docx->flow, text->str, text->len);
  text_flow_pop (docx->flow);
  /* A note that is referred to twice stands once. */
  g_hash_table_remove (notes, id);
}

/* A deletion's text is wrapped; the mark of a deleted paragraph end is an empty element among
 * the paragraph's properties. */
static void
start_deletion (Docx       *docx,
                const char *name)
{
  if (docx->n_properties > 0)
    docx->is_joined |= g_str_equal (name, "del");
  else
    docx->document->notes[BALEEN_NOTE_DELETIONS]++;
  docx->n_skipped = 1;
}

static void
set_style (Docx              *docx,
           const char *const *attributes)
{
  const char *style = markup_attribute (attributes, "val");

  if (style == NULL || docx->n_rows > 0)
    return;
  if (g_ascii_strncasecmp (style, "heading", 7) == 0 || g_ascii_strcasecmp (style, "title") == 0
      || g_ascii_strcasecmp (style, "subtitle") == 0)
    text_flow_set_style (docx->flow, BALEEN_PARAGRAPH_HEADING);
}

static gboolean
start_property (Docx              *docx,
                const char        *name,
                const char *const *attributes)
{
  if (g_str_equal (name, "rPr") || g_str_equal (name, "pPr") || g_str_equal (name, "trPr"))
    docx->n_properties++;
  else if (g_str_equal (name, "vanish"))
    docx->is_hidden |= is_on (attributes);
  else if (g_str_equal (name, "pStyle"))
    set_style (docx, attributes);
  else if (g_str_equal (name, "pageBreakBefore") && is_on (attributes))
    break_page (docx, FALSE);
  else if (g_str_equal (name, "numPr") && docx->n_rows == 0
           && text_flow_get_style (docx->flow) == BALEEN_PARAGRAPH_BODY)
    text_flow_set_style (docx->flow, BALEEN_PARAGRAPH_ITEM);
  else
    return FALSE;

  return TRUE;
}

static gboolean
start_table (Docx       *docx,
             const char *name)
{
  if (!g_str_equal (name, "tr"))
    return FALSE;
  if (docx->n_rows++ == 0 && docx->notes == NULL)
    text_flow_break (docx->flow, BALEEN_PARAGRAPH_ROW);

  return TRUE;
}

static void
start_mark (Docx              *docx,
            const char        *name,
            const char *const *attributes)
{
  const char *type;

  if (g_str_equal (name, "tab") && docx->n_properties == 0)
    add_text (docx, " ", 1);
  else if (g_str_equal (name, "br") || g_str_equal (name, "cr"))
    {
      type = markup_attribute (attributes, "type");
      if (type != NULL && g_str_equal (type, "page"))
        break_page (docx, FALSE);
      else if (docx->notes == NULL && docx->codes == 0 && docx->n_rows == 0)
        text_flow_line (docx->flow);
      else
        add_text (docx, " ", 1);
    }
  else if (g_str_equal (name, "noBreakHyphen"))
    add_text (docx, "-", 1);
  else if (g_str_equal (name, "lastRenderedPageBreak") && docx->notes == NULL)
    break_page (docx, TRUE);
  else if (g_str_equal (name, "fldChar"))
    read_field_mark (docx, attributes);
  else if (g_str_equal (name, "footnoteReference"))
    refer_to_note (docx, docx->footnotes, attributes);
  else if (g_str_equal (name, "endnoteReference"))
    refer_to_note (docx, docx->endnotes, attributes);
  else if (g_str_equal (name, "commentReference"))
    docx->document->notes[BALEEN_NOTE_COMMENTS]++;
}

static void
start_note (Docx              *docx,
            const char *const *attributes)
{
  const char *id = markup_attribute (attributes, "id");
  const char *type = markup_attribute (attributes, "type");

  g_clear_pointer (&docx->note_id, g_free);
  /* The line above the notes is one too, by its type. */
  if (id == NULL || (type != NULL && !g_str_equal (type, "normal")))
    return;
  docx->note_id = g_strdup (id);
  g_hash_table_replace (docx->notes, g_strdup (id), g_string_new (NULL));
}

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  static const char *const skipped[]
      = { "Fallback", "instrText", "delText", "delInstrText", "rt", "pPrChange", "rPrChange",
          "sectPr", "tblPr", "tblGrid", NULL };
  Docx *docx = data;

  if (docx->n_skipped > 0)
    docx->n_skipped++;
  else if (g_strv_contains (skipped, name))
    docx->n_skipped = 1;
  else if (g_str_equal (name, "del") || g_str_equal (name, "moveFrom"))
    start_deletion (docx, name);
  else if (g_str_equal (name, "t"))
    docx->is_text = TRUE;
  else if (g_str_equal (name, "r"))
    docx->is_hidden = FALSE;
  else if (g_str_equal (name, "txbxContent") && docx->notes == NULL)
    text_flow_push (docx->flow, BALEEN_PARAGRAPH_BODY);
  else if ((g_str_equal (name, "footnote") || g_str_equal (name, "endnote"))
           && docx->notes != NULL)
    start_note (docx, attributes);
  else if (!start_property (docx, name, attributes) && !start_table (docx, name))
    start_mark (docx, name, attributes);
}

static void
end_paragraph (Docx *docx)
{
  if (docx->notes != NULL || docx->n_rows > 0)
    add_text (docx, " ", 1);
  else if (!docx->is_joined)
    text_flow_break (docx->flow, BALEEN_PARAGRAPH_BODY);
  docx->is_joined = FALSE;
}

static void
end_cb (gpointer    data,
        const char *name)
{
  Docx *docx = data;

  if (docx->n_skipped > 0)
    {
      docx->n_skipped--;
      return;
    }
  if (g_str_equal (name, "t"))
    docx->is_text = FALSE;
  else if (g_str_equal (name, "rPr") || g_str_equal (name, "pPr") || g_str_equal (name, "trPr"))
    {
      docx->n_properties -= docx->n_properties > 0;
      /* What is hidden in the paragraph's own properties is only its end. */
      if (g_str_equal (name, "pPr"))
        docx->is_hidden = FALSE;
    }
  else if (g_str_equal (name, "p"))
    end_paragraph (docx);
  else if (g_str_equal (name, "r"))
    docx->is_hidden = FALSE;
  else if (g_str_equal (name, "txbxContent") && docx->notes == NULL)
    text_flow_pop (docx->flow);
  else if (g_str_equal (name, "tc") && docx->notes == NULL)
    text_flow_cell (docx->flow);
  else if (g_str_equal (name, "tr"))
    {
      docx->n_rows -= docx->n_rows > 0;
      if (docx->n_rows == 0 && docx->notes == NULL)
        text_flow_break (docx->flow, BALEEN_PARAGRAPH_BODY);
    }
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  Docx *docx = data;

  if (docx->is_text && docx->n_skipped == 0)
    add_text (docx, text, length);
}

static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };

static void
note_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static GHashTable *
read_notes (BaleenDocument *document,
            GHashTable     *parts,
            const char     *main_part,
            const char     *name)
{
  GHashTable *notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, note_free);
  g_autofree char *path = zip_resolve (main_part, name);
  GBytes *part = path != NULL ? g_hash_table_lookup (parts, path) : NULL;
  Docx docx = { .document = document, .notes = notes };

  if (part != NULL)
    {
      docx.flow = text_flow_new (document);
      markup_walk_xml (part, &visitor, &docx, NULL);
      text_flow_free (docx.flow);
      g_free (docx.note_id);
    }

  return notes;
}

static char *
find_main_part (GHashTable *parts)
{
  GBytes *relations = g_hash_table_lookup (parts, "_rels/.rels");
  g_autofree char *target
      = relations != NULL ? package_find_attribute (relations, "Relationship", "Type",
                                                    "/officeDocument", "Target")
                          : NULL;
  char *name = target != NULL ? zip_resolve ("", target) : NULL;

  if (name != NULL && g_hash_table_contains (parts, name))
    return name;
  g_free (name);
  return g_strdup ("word/document.xml");
}

gboolean
baleen_read_docx (BaleenDocument *document,
                  GBytes         *bytes,
                  GError        **error)
{
  g_autoptr (GHashTable) parts = zip_parts_read (bytes, is_wanted, error);
  g_autofree char *name = parts != NULL ? find_main_part (parts) : NULL;
  GBytes *main_part = name != NULL ? zip_parts_get (parts, name, error) : NULL;
  g_autoptr (GHashTable) footnotes = NULL, endnotes = NULL;
  g_autoptr (TextFlow) flow = NULL;
  Docx docx;

  if (main_part == NULL)
    return FALSE;

  footnotes = read_notes (document, parts, name, "footnotes.xml");
  endnotes = read_notes (document, parts, name, "endnotes.xml");
  flow = text_flow_new (document);
  docx = (Docx) { .document = document, .flow = flow, .footnotes = footnotes,
                  .endnotes = endnotes };
  package_take_title (document, parts, "docProps/core.xml");

  return markup_walk_xml (main_part, &visitor, &docx, error);
}
