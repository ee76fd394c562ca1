/* What the tests of documents in the window share: a report of forty pages with a fact on page 3
 * and one on page 30, a reader that is perfect, and looks at what they come to. */
#pragma once

#include "baleen-attachment.h"
#include "baleen-composer.h"
#include "window-cases.h"

G_BEGIN_DECLS

/* NULL-terminated, in the order of their pages. */
extern const char *const document_cases_facts[];

/* Instead of window_cases_init() and g_test_run(): in a cache of their own. */
void document_cases_init (int    *argc,
                          char ***argv);
int document_cases_run (void);

/* As the reader of a PDF gives it, each chapter a page; no such file is there. Unref it. */
BaleenAttachment *document_cases_attachment (const char *name);
/* Documents are read by the perfect reader; the chat's own model stays what it is. */
void document_cases_use_reader (WindowDriver *driver);

BaleenComposer *document_cases_composer (WindowDriver *driver);
/* Of the button that says so. */
void document_cases_click (WindowDriver *driver,
                           const char   *words);

/* Attaches the report alone and waits for its summary, which it returns. */
BaleenMessage *document_cases_summarize (WindowDriver *driver);
/* Ended, with both facts and their places. */
void document_cases_assert_summary (BaleenMessage *message);

/* Presses the number of a place below a message. */
void document_cases_cite (WindowDriver  *driver,
                          BaleenMessage *message,
                          int            number);
/* The words are marked in the document and on the screen, however long scrolling takes, and
 * there they stay. */
void document_cases_assert_marked (WindowDriver *driver,
                                   const char   *words);
/* (nullable) */
GtkWidget *document_cases_marked_row (GtkWidget *root);

G_END_DECLS
