/* A picture of a window as it would be drawn now, finer than the screen, so that thin strokes have
 * their full colour somewhere. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _Picture Picture;

Picture *picture_new (GtkWidget *window);
void picture_free (Picture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* Between 1 and 21, as WCAG 2.1 defines it, section 1.4.3. */
double picture_contrast (GdkRGBA one,
                         GdkRGBA other);

/* The greatest contrast of anything within the place to the colour that most of it has, which is
 * what is behind: 1 where all has one colour. */
double picture_find_contrast (Picture               *self,
                              const graphene_rect_t *place,
                              GdkRGBA               *behind);

/* How many pixels of the screen have that contrast, at least, to the same one of another picture
 * of the same size. */
guint picture_count_differences (Picture               *self,
                                 Picture               *other,
                                 const graphene_rect_t *place,
                                 double                 contrast);

G_END_DECLS
