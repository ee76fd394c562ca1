/* The sections of a long answer, or the points of a question: what each is about, how far it is,
 * and where its text begins in that of the message. Kept as JSON in BALEEN_PART_OUTLINE. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Written to disk as these words' numbers: append, never reorder. */
typedef enum
{
  BALEEN_SECTION_WAITING = 0,
  BALEEN_SECTION_WRITING = 1,
  BALEEN_SECTION_DONE = 2,
  BALEEN_SECTION_STOPPED = 3, /* by somebody or something; what there is of it stays */
} BaleenSectionState;

typedef struct
{
  char *title; /* (owned) */
  BaleenSectionState state;
  gsize start; /* bytes, of its heading; when it was begun */
} BaleenSection;

typedef struct
{
  GPtrArray *sections; /* (owned) of BaleenSection */
  gboolean is_points;  /* of the question: each is asked by itself */
  char *opening;       /* (owned) (nullable) what the question says before its points */
  gboolean writes_all; /* the next one follows by itself */
  char *tail;          /* (owned) (nullable) text behind the one that is written */
} BaleenOutline;

BaleenOutline *baleen_outline_new (void);
void baleen_outline_free (BaleenOutline *outline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenOutline, baleen_outline_free)
void baleen_outline_add (BaleenOutline *outline,
                         const char    *title);

/* The items of the outermost list in a text, else its lines, without marks and emphasis; at
 * most 24. */
BaleenOutline *baleen_outline_parse_list (const char *text);
/* NULL for what is no outline. */
BaleenOutline *baleen_outline_from_json (const char *json); /* (nullable) */
char *baleen_outline_to_json (const BaleenOutline *outline);

/* Not begun any more, and all of it to be written. */
void baleen_outline_restart (BaleenOutline *outline);

/* The first that is not done, in their order; -1 when all are. */
int baleen_outline_find_next (const BaleenOutline *outline);
/* Where the text of a section ends, given the length of all of it. */
gsize baleen_outline_get_end (const BaleenOutline *outline,
                              guint                section,
                              gsize                length);
gboolean baleen_outline_is_begun (const BaleenOutline *outline,
                                  guint                section);

G_END_DECLS
