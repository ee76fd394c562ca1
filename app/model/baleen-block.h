/* A text as people read it: blocks of words with styles, made from Markdown by
 * markdown-parser.h. Plain values, no widget. Lists and quotes are no blocks of their own:
 * each block says inside of what it stands, so that one widget can show one block. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_SPAN_STRONG = 1 << 0,
  BALEEN_SPAN_EMPHASIS = 1 << 1,
  BALEEN_SPAN_STRUCK = 1 << 2,
  BALEEN_SPAN_CODE = 1 << 3,
  BALEEN_SPAN_LINK = 1 << 4,     /* `target` is its address */
  BALEEN_SPAN_CITATION = 1 << 5, /* `number` is what it cites */
  BALEEN_SPAN_MATHS = 1 << 6,    /* `target` is its LaTeX; the text is what to read instead */
} BaleenSpanStyle;

/* A run of one style. Spans do not overlap and are in order; plain text has none. */
typedef struct
{
  guint start; /* bytes of the text */
  guint end;
  BaleenSpanStyle style;
  int number;
  char *target; /* (owned) (nullable) */
} BaleenSpan;

typedef struct
{
  GString *text; /* (owned) as displayed */
  GArray *spans; /* (owned) of BaleenSpan */
} BaleenRichText;

BaleenRichText *baleen_rich_text_new (void);
void baleen_rich_text_free (BaleenRichText *rich);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenRichText, baleen_rich_text_free)
/* Appends a run; one of the same kind as the last becomes part of it. */
void baleen_rich_text_append (BaleenRichText *rich,
                              const char     *text,
                              gssize          length, /* -1: to its end */
                              BaleenSpanStyle style,
                              int             number,
                              const char     *target); /* (nullable) */
/* The bytes from `start` up to `end` with their styles. */
BaleenRichText *baleen_rich_text_slice (const BaleenRichText *rich,
                                        gsize                 start,
                                        gsize                 end);
/* Takes the white space at the end away. */
void baleen_rich_text_trim_end (BaleenRichText *rich);
gboolean baleen_rich_text_equal (const BaleenRichText *a,
                                 const BaleenRichText *b);

typedef enum
{
  BALEEN_BLOCK_TEXT,
  BALEEN_BLOCK_HEADING,
  BALEEN_BLOCK_CODE,
  BALEEN_BLOCK_MATHS, /* a formula on a line of its own */
  BALEEN_BLOCK_TABLE,
  BALEEN_BLOCK_RULE,
} BaleenBlockKind;

typedef enum
{
  BALEEN_TASK_NONE,
  BALEEN_TASK_OPEN,
  BALEEN_TASK_DONE,
} BaleenTask;

typedef enum
{
  BALEEN_ALIGN_DEFAULT,
  BALEEN_ALIGN_START,
  BALEEN_ALIGN_CENTER,
  BALEEN_ALIGN_END,
} BaleenAlign;

typedef struct
{
  BaleenBlockKind kind;

  /* From the outside to the inside, '>' for a quote and '-' for an item of a list. */
  char *path;   /* (owned) */
  char *marker; /* (owned) (nullable) of the first block of an item: "-", "3.", "3)" */
  BaleenTask task;
  gboolean is_tight;     /* in a list without space between its items */
  gboolean is_continued; /* the rest of the block before, which was too long for one */

  int level;            /* of a heading, 1 to 6 */
  BaleenRichText *rich; /* (owned) words, code, or the formula to be read */
  char *language;       /* (owned) (nullable) of code: the first word behind its fence */
  char *latex;          /* (owned) (nullable) of maths */

  guint n_columns;
  GArray *alignments; /* (owned) (nullable) of BaleenAlign, one a column */
  GPtrArray *cells;   /* (owned) (nullable) of BaleenRichText by rows, the header first */
} BaleenBlock;

BaleenBlock *baleen_block_new (BaleenBlockKind kind,
                               const char     *path);
BaleenBlock *baleen_block_copy (const BaleenBlock *block);
void baleen_block_free (BaleenBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenBlock, baleen_block_free)
gboolean baleen_block_equal (const BaleenBlock *a,
                             const BaleenBlock *b);
guint baleen_block_get_n_rows (const BaleenBlock *block);
/* How many quotes and list items it stands in. */
guint baleen_block_get_depth (const BaleenBlock *block,
                              char               container);

G_END_DECLS
