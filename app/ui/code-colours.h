/* Colours of code, made by GtkSourceView's highlighter for labels. A label a few dozen lines
 * is laid out once and stays; a text view would find its height only some frames later. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _CodeColours CodeColours;

CodeColours *code_colours_new (void);
void code_colours_free (CodeColours *self);

/* What people call the language, for the head of its block: “Python” for "py". Words nobody
 * knows are returned as they are; NULL and "" for none. */
char *code_colours_name_language (const char *language);

/* All of the code. What was there before is taken as its beginning if it is. */
void code_colours_set_text (CodeColours *self,
                            const char  *text,
                            const char  *language); /* (nullable) */
/* Of the bytes from `start` up to `end`, counted from `start`; NULL when there are none. */
PangoAttrList *code_colours_get (CodeColours *self,
                                 gsize        start,
                                 gsize        end);

G_END_DECLS
