#include "picture.h"

#include <math.h>

#define SCALE 3

struct _Picture
{
  GskRenderNode *node; /* (owned) */
};

/* NULL before it is drawn again. */
static GskRenderNode *
snapshot (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *shot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, shot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  return gtk_snapshot_free_to_node (shot);
}

/* What was changed just now is drawn in the next frame, the rest of it in the one after. */
static void
wait_for_frames (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  const gint64 last = gdk_frame_clock_get_frame_counter (clock) + 2;

  while (gdk_frame_clock_get_frame_counter (clock) < last)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      g_main_context_iteration (NULL, TRUE);
    }
}

Picture *
picture_new (GtkWidget *window)
{
  Picture *self = g_new0 (Picture, 1);

  wait_for_frames (window);
  while ((self->node = snapshot (window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

void
picture_free (Picture *self)
{
  gsk_render_node_unref (self->node);
  g_free (self);
}

/* Relative luminance, WCAG 2.1. */
static double
get_luminance (GdkRGBA colour)
{
  const double parts[3] = { colour.red, colour.green, colour.blue };
  double linear[3];

  for (guint i = 0; i < 3; i++)
    linear[i] = parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

double
picture_contrast (GdkRGBA one,
                  GdkRGBA other)
{
  const double a = get_luminance (one), b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static cairo_surface_t *
draw (Picture               *self,
      const graphene_rect_t *place,
      int                    scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int) ceil (place->size.width * scale),
                                                         (int) ceil (place->size.height * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -place->origin.x, -place->origin.y);
  gsk_render_node_draw (self->node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guchar *row
      = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) row)[x] & 0xffffff;
}

static GdkRGBA
to_colour (guint32 pixel)
{
  return (GdkRGBA) { ((pixel >> 16) & 0xff) / 255.0, ((pixel >> 8) & 0xff) / 255.0,
                     (pixel & 0xff) / 255.0, 1 };
}

double
picture_find_contrast (Picture               *self,
                       const graphene_rect_t *place,
                       GdkRGBA               *behind)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  cairo_surface_t *surface = draw (self, place, SCALE);
  gpointer pixel, count;
  guint most = 0;
  double greatest = 1;
  GHashTableIter iter;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        pixel = GUINT_TO_POINTER (get_pixel (surface, x, y));
        count = g_hash_table_lookup (counts, pixel);
        g_hash_table_insert (counts, pixel, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
      }
  cairo_surface_destroy (surface);

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, &count))
    if (GPOINTER_TO_UINT (count) > most)
      {
        most = GPOINTER_TO_UINT (count);
        *behind = to_colour (GPOINTER_TO_UINT (pixel));
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, NULL))
    greatest = MAX (greatest, picture_contrast (*behind, to_colour (GPOINTER_TO_UINT (pixel))));
  return greatest;
}

guint
picture_count_differences (Picture               *self,
                           Picture               *other,
                           const graphene_rect_t *place,
                           double                 contrast)
{
  cairo_surface_t *one = draw (self, place, 1);
  cairo_surface_t *two = draw (other, place, 1);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (one); y++)
    for (int x = 0; x < cairo_image_surface_get_width (one); x++)
      if (get_pixel (one, x, y) != get_pixel (two, x, y)
          && picture_contrast (to_colour (get_pixel (one, x, y)), to_colour (get_pixel (two, x, y)))
                 >= contrast)
        n++;
  cairo_surface_destroy (one);
  cairo_surface_destroy (two);
  return n;
}
