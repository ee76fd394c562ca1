/* A complex question in points: each is asked by itself, in one conversation, and the answers
 * are joined. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *opening;   /* what stands before the points, "" if nothing does */
  GPtrArray *list; /* of char *, two or more */
} BaleenPoints;

/* The lines of a list in `question`, else its questions one by one; NULL if there are not two. */
BaleenPoints *baleen_points_new (const char *question);
void baleen_points_free (BaleenPoints *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenPoints, baleen_points_free)

/* What is said to ask for point `i`; the first one brings the opening along. */
char *baleen_points_ask (const BaleenPoints *self,
                         guint               i);
/* The heading of its answer in the joined text. */
char *baleen_points_get_heading (const BaleenPoints *self,
                                 guint               i);

G_END_DECLS
