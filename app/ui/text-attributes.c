#include "text-attributes.h"

#include <adwaita.h>
#include <string.h>

#include "baleen-source.h"

/* Long lines are easier to follow with some air, and chips need it. */
#define LINE_HEIGHT 1.3

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

/* A colour is looked up in the style of a widget, which for one that was just made has to be
 * computed; the names' colours change with the style only. */
static GHashTable *known_colours; /* name, static → GdkRGBA, owned */

static void
forget_colours (void)
{
  g_hash_table_remove_all (known_colours);
}

static void
begin_to_remember (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  known_colours = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_signal_connect (manager, "notify::dark", G_CALLBACK (forget_colours), NULL);
  g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (forget_colours), NULL);
}

void
text_attributes_get_colour (GtkWidget  *widget,
                            const char *name,
                            GdkRGBA    *colour)
{
  const GdkRGBA *known;

  if (known_colours == NULL)
    begin_to_remember ();
  known = g_hash_table_lookup (known_colours, name);
  if (known != NULL)
    {
      *colour = *known;
      return;
    }
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    *colour = (GdkRGBA) { 0.21, 0.52, 0.89, 1 };
  g_hash_table_insert (known_colours, (gpointer) name, g_memdup2 (colour, sizeof *colour));
}

static void
insert (PangoAttrList    *list,
        PangoAttribute   *attribute,
        const BaleenSpan *span)
{
  attribute->start_index = span->start;
  attribute->end_index = span->end;
  pango_attr_list_insert (list, attribute);
}

static void
insert_link (PangoAttrList    *list,
             GtkWidget        *label,
             const BaleenSpan *span)
{
  GdkRGBA colour;

  text_attributes_get_colour (label, "accent_color", &colour);
  insert (list,
          pango_attr_foreground_new (colour.red * 65535, colour.green * 65535,
                                     colour.blue * 65535),
          span);
  insert (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), span);
}

/* A grey that is seen on light and on dark. */
static void
insert_code (PangoAttrList    *list,
             const BaleenSpan *span)
{
  insert (list, pango_attr_family_new ("monospace"), span);
  if ((span->style & BALEEN_SPAN_MATHS) != 0)
    return;
  insert (list, pango_attr_background_new (0x8000, 0x8000, 0x8000), span);
  insert (list, pango_attr_background_alpha_new (0x2400), span);
}

/* “[12]” gets the width of its chip: all of it on the first character, nothing on the rest. */
static void
insert_citation (PangoAttrList    *list,
                 GtkWidget        *label,
                 const BaleenSpan *span)
{
  PangoContext *context = gtk_widget_get_pango_context (label);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  const int digit = pango_font_metrics_get_approximate_digit_width (metrics);
  const int ascent = pango_font_metrics_get_ascent (metrics);
  const int height = ascent + pango_font_metrics_get_descent (metrics);
  const int n_digits = span->number >= 1000 ? 4
                       : span->number >= 100 ? 3
                       : span->number >= 10  ? 2
                                             : 1;
  const PangoRectangle chip = { 0, -ascent, digit * (n_digits + 2), height };
  const PangoRectangle nothing = { 0, -ascent, 0, height };
  BaleenSpan first = *span, rest = *span;

  pango_font_metrics_unref (metrics);
  first.end = rest.start = span->start + 1;
  insert (list, pango_attr_shape_new (&chip, &chip), &first);
  insert (list, pango_attr_shape_new (&nothing, &nothing), &rest);
  insert (list, pango_attr_allow_breaks_new (FALSE), span);
}

static void
insert_span (PangoAttrList    *list,
             GtkWidget        *label,
             const BaleenSpan *span,
             GPtrArray        *sources)
{
  if ((span->style & BALEEN_SPAN_STRONG) != 0)
    insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span);
  if ((span->style & BALEEN_SPAN_EMPHASIS) != 0)
    insert (list, pango_attr_style_new (PANGO_STYLE_ITALIC), span);
  if ((span->style & BALEEN_SPAN_STRUCK) != 0)
    insert (list, pango_attr_strikethrough_new (TRUE), span);
  if ((span->style & BALEEN_SPAN_CODE) != 0)
    insert_code (list, span);
  if ((span->style & BALEEN_SPAN_LINK) != 0)
    insert_link (list, label, span);
  if ((span->style & BALEEN_SPAN_CITATION) != 0
      && baleen_sources_find (sources, span->number) != NULL)
    insert_citation (list, label, span);
}

PangoAttrList *
text_attributes_new (GtkWidget            *label,
                     const BaleenRichText *rich,
                     GPtrArray            *sources,
                     double                heading_scale,
                     gboolean              is_code,
                     PangoAttrList        *colours)
{
  PangoAttrList *list = colours != NULL ? pango_attr_list_copy (colours) : pango_attr_list_new ();

  if (!is_code)
    pango_attr_list_insert (list, pango_attr_line_height_new (LINE_HEIGHT));
  if (has_han (rich->text->str))
    pango_attr_list_insert (list,
                            pango_attr_language_new (pango_language_from_string ("zh-cn")));
  if (heading_scale > 0)
    {
      pango_attr_list_insert (list, pango_attr_scale_new (heading_scale));
      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
    }
  for (guint i = 0; i < rich->spans->len; i++)
    insert_span (list, label, &g_array_index (rich->spans, BaleenSpan, i), sources);
  return list;
}
