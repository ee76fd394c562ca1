/* A complex question in points: each is asked by itself, in one conversation, and the answers
 * are joined: `ask --points`, and BALEEN_PART_OUTLINE of an answer in the window. Any thread. */
#pragma once

#include "outline.h"

G_BEGIN_DECLS

typedef struct
{
  char *opening;   /* what stands before the points, "" if nothing does */
  GPtrArray *list; /* of char *, two or more */
} BaleenPoints;

/* The lines of a list in `question`, else the separate things that the coach finds in it, else
 * its questions one by one; NULL if there are not two. */
BaleenPoints *baleen_points_new (const char *question);
void baleen_points_free (BaleenPoints *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenPoints, baleen_points_free)

/* What is said to ask for point `i`; the first one brings the opening along. */
char *baleen_points_ask (const BaleenPoints *self,
                         guint               i);
/* The heading of its answer in the joined text. */
char *baleen_points_get_heading (const BaleenPoints *self,
                                 guint               i);

/* They as the sections of an answer, none of them written. */
BaleenOutline *baleen_points_to_outline (const BaleenPoints *self);

G_END_DECLS
