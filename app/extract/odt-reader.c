#include "reader.h"

#include "markup-walk.h"
#include "package-names.h"
#include "text-flow.h"
#include "zip-parts.h"

typedef struct
{
  BaleenDocument *document; /* (not owned) */
  TextFlow *flow;           /* (not owned) */
  GHashTable *parts;        /* (not owned) of the package */
  guint n_skipped;
  guint n_paragraphs;       /* open: text outside of them is none */
  guint n_items, n_rows, n_notes;
} Odt;

static gboolean
is_wanted (const char *name)
{
  return g_str_equal (name, "content.xml") || g_str_has_suffix (name, "/content.xml")
         || g_str_equal (name, "meta.xml")
         || g_str_equal (name, "META-INF/manifest.xml");
}

static gboolean
is_skipped (Odt        *odt,
            const char *name)
{
  static const char *const names[]
      = { "tracked-changes", "note-citation", "ruby-text", "scripts", "forms", "desc",
          "binary-data", "font-face-decls", "automatic-styles", "sequence-decls", "variable-decls",
          "user-field-decls", "bibliography-configuration", "annotation", "hidden-text",
          "hidden-paragraph", NULL };

  if (g_str_equal (name, "annotation"))
    odt->document->notes[BALEEN_NOTE_COMMENTS]++;
  else if (g_str_has_prefix (name, "hidden-"))
    odt->document->notes[BALEEN_NOTE_HIDDEN]++;
  return g_strv_contains (names, name);
}

static BaleenParagraphStyle
get_body_style (Odt *odt)
{
  return odt->n_rows > 0    ? BALEEN_PARAGRAPH_ROW
         : odt->n_notes > 0 ? BALEEN_PARAGRAPH_NOTE
         : odt->n_items > 0 ? BALEEN_PARAGRAPH_ITEM
                            : BALEEN_PARAGRAPH_BODY;
}

static void
break_block (Odt                 *odt,
             BaleenParagraphStyle style)
{
  if (odt->n_rows > 0)
    text_flow_add (odt->flow, " ", 1);
  else
    text_flow_break (odt->flow, style);
}

/* ---- formulas: documents of their own inside the package, in MathML ------------------- */

typedef struct
{
  TextFlow *flow;    /* (not owned) */
  gboolean is_other; /* a chart or a sheet, not a formula */
  guint n_skipped;   /* elements open since the formula's source in another notation */
} Formula;

static void
formula_start_cb (gpointer           data,
                  const char        *name,
                  const char *const *attributes)
{
  Formula *formula = data;

  formula->is_other |= g_str_equal (name, "document-content");
  if (formula->n_skipped > 0 || g_str_has_prefix (name, "annotation"))
    formula->n_skipped++;
}

static void
formula_end_cb (gpointer    data,
                const char *name)
{
  Formula *formula = data;

  formula->n_skipped -= formula->n_skipped > 0;
}

static void
formula_text_cb (gpointer    data,
                 const char *text,
                 gsize       length)
{
  Formula *formula = data;

  if (!formula->is_other && formula->n_skipped == 0)
    text_flow_add (formula->flow, text, length);
}

static void
add_formula (Odt        *odt,
             const char *href)
{
  static const MarkupVisitor visitor = { formula_start_cb, formula_end_cb, formula_text_cb };
  Formula formula = { .flow = odt->flow };
  g_autofree char *part = href != NULL ? g_strconcat (href, "/content.xml", NULL) : NULL;
  g_autofree char *name = part != NULL ? zip_resolve ("content.xml", part) : NULL;
  GBytes *content = name != NULL ? g_hash_table_lookup (odt->parts, name) : NULL;

  if (content != NULL && content != g_hash_table_lookup (odt->parts, "content.xml"))
    markup_walk_xml (content, &visitor, &formula, NULL);
}

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  Odt *odt = data;

  if (odt->n_skipped > 0)
    odt->n_skipped++;
  else if (is_skipped (odt, name))
    {
      odt->n_skipped = 1;
      if (g_str_equal (name, "tracked-changes"))
        odt->document->notes[BALEEN_NOTE_DELETIONS]++;
    }
  else if (g_str_equal (name, "p") || g_str_equal (name, "h"))
    {
      break_block (odt, g_str_equal (name, "h") ? BALEEN_PARAGRAPH_HEADING
                                                : get_body_style (odt));
      odt->n_paragraphs++;
    }
  else if (g_str_equal (name, "list-item"))
    odt->n_items++;
  else if (g_str_equal (name, "table-row"))
    {
      if (odt->n_rows++ == 0)
        text_flow_break (odt->flow, BALEEN_PARAGRAPH_ROW);
    }
  else if (g_str_equal (name, "note-body") || g_str_equal (name, "text-box"))
    {
      odt->n_notes += g_str_equal (name, "note-body");
      text_flow_push (odt->flow, get_body_style (odt));
    }
  else if (g_str_equal (name, "s") || g_str_equal (name, "tab"))
    text_flow_add (odt->flow, " ", 1);
  else if (g_str_equal (name, "line-break"))
    text_flow_line (odt->flow);
  else if (g_str_has_prefix (name, "object") && odt->n_paragraphs > 0)
    add_formula (odt, markup_attribute (attributes, "href"));
  else if (g_str_equal (name, "soft-page-break"))
    text_flow_next_page (odt->flow);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  Odt *odt = data;

  if (odt->n_skipped > 0)
    odt->n_skipped--;
  else if (g_str_equal (name, "p") || g_str_equal (name, "h"))
    {
      odt->n_paragraphs -= odt->n_paragraphs > 0;
      break_block (odt, get_body_style (odt));
    }
  else if (g_str_equal (name, "list-item"))
    odt->n_items -= odt->n_items > 0;
  else if (g_str_equal (name, "table-cell"))
    text_flow_cell (odt->flow);
  else if (g_str_equal (name, "table-row"))
    {
      odt->n_rows -= odt->n_rows > 0;
      if (odt->n_rows == 0)
        text_flow_break (odt->flow, get_body_style (odt));
    }
  else if (g_str_equal (name, "note-body") || g_str_equal (name, "text-box"))
    {
      text_flow_pop (odt->flow);
      odt->n_notes -= g_str_equal (name, "note-body") && odt->n_notes > 0;
    }
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  Odt *odt = data;

  if (odt->n_skipped == 0 && odt->n_paragraphs > 0)
    text_flow_add (odt->flow, text, length);
}

static gboolean
is_encrypted (GHashTable *parts)
{
  GBytes *manifest = g_hash_table_lookup (parts, "META-INF/manifest.xml");
  g_autofree char *checksum
      = manifest != NULL ? package_find_attribute (manifest, "encryption-data", "checksum-type",
                                                   "", "checksum-type")
                         : NULL;
  g_autofree char *whole
      = manifest != NULL ? package_find_attribute (manifest, "algorithm", "algorithm-name", "",
                                                   "algorithm-name")
                         : NULL;

  return checksum != NULL || whole != NULL;
}

gboolean
baleen_read_odt (BaleenDocument *document,
                 GBytes         *bytes,
                 GError        **error)
{
  static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };
  g_autoptr (GHashTable) parts = zip_parts_read (bytes, is_wanted, error);
  g_autoptr (TextFlow) flow = NULL;
  GBytes *content;
  Odt odt;

  if (parts == NULL)
    return FALSE;
  if (is_encrypted (parts))
    {
      g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_ENCRYPTED, "manifest");
      return FALSE;
    }
  content = zip_parts_get (parts, "content.xml", error);
  if (content == NULL)
    return FALSE;

  package_take_title (document, parts, "meta.xml");
  flow = text_flow_new (document);
  odt = (Odt) { .document = document, .flow = flow, .parts = parts };

  return markup_walk_xml (content, &visitor, &odt, error);
}
