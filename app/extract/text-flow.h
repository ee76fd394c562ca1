/* Gathers runs of text into paragraphs of a document: white space is folded, lines of Chinese
 * join without a space, ligatures and soft hyphens become plain letters. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

typedef struct _TextFlow TextFlow;

TextFlow *text_flow_new (BaleenDocument *document);
/* Ends the last paragraph. */
void text_flow_free (TextFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextFlow, text_flow_free)

/* Valid UTF-8. FALSE once the document is as long as it may be; the rest is not taken and the
 * document says so. */
gboolean text_flow_add (TextFlow   *flow,
                        const char *text,
                        gsize       length);
/* Ends the paragraph; the next one has this style. */
void text_flow_break (TextFlow            *flow,
                      BaleenParagraphStyle style);
/* A line end that is meant: kept inside the paragraph. */
void text_flow_line (TextFlow *flow);
/* Whether such an end was the last that came, but for white space. */
gboolean text_flow_is_at_line (TextFlow *flow);
/* The end of a cell: what follows in the row is parted by a tab. */
void text_flow_cell (TextFlow *flow);
void text_flow_set_style (TextFlow            *flow,
                          BaleenParagraphStyle style);
BaleenParagraphStyle text_flow_get_style (TextFlow *flow);
/* White space as it stands, as in program text. */
void text_flow_set_preformatted (TextFlow *flow,
                                 gboolean  is_preformatted);
void text_flow_next_page (TextFlow *flow);

/* Text that stands inside a paragraph without belonging to it, a note or a box, becomes
 * paragraphs of its own, which follow the one around it. */
void text_flow_push (TextFlow            *flow,
                     BaleenParagraphStyle style);
void text_flow_pop (TextFlow *flow);

/* Letters as they are meant: no ligatures, soft hyphens, radicals or controls. */
char *text_clean (const char *text,
                  gsize       length);
/* Whether the letter is Chinese, or Japanese, or one of their marks. */
gboolean text_is_wide (gunichar letter);
/* Whether a line that ends with the one and a line that begins with the other join without a
 * space. */
gboolean text_joins_tightly (gunichar last,
                             gunichar next);

G_END_DECLS
