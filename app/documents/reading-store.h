/* What is kept of a document that was read: every answer of the model as it came, an index of
 * its text, and the states that spare prefill. One folder a document in the user's cache, named
 * by the hash of its text; in it one SQLite file and the states. Blocking; one thread at a
 * time, several processes at once. */
#pragma once

#include "segmenter.h"

G_BEGIN_DECLS

typedef struct _BaleenReadingStore BaleenReadingStore;

/* Of this document, made where it is not there. NULL with an error that names the folder. */
BaleenReadingStore *baleen_reading_store_open (const BaleenDocument *document,
                                               GError              **error);
/* One that is gone when it is closed, for when there is no room for another. */
BaleenReadingStore *baleen_reading_store_new_in_memory (void);
void baleen_reading_store_close (BaleenReadingStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenReadingStore, baleen_reading_store_close)

/* An answer that was kept; the text is the caller's. FALSE if there is none. */
gboolean baleen_reading_store_find (BaleenReadingStore     *self,
                                    const char             *key,
                                    BaleenCompletionAnswer *answer,
                                    char                  **text);
/* On return it survives the end of this process, however that comes. */
gboolean baleen_reading_store_keep (BaleenReadingStore           *self,
                                    const char                   *key,
                                    const BaleenCompletionAnswer *answer,
                                    GError                      **error);

/* A line that a summary left for questions: a claim with the sentences it stands on. */
gboolean baleen_reading_store_keep_claim (BaleenReadingStore *self,
                                          const char         *text,
                                          gsize               from,
                                          gsize               to,
                                          GError            **error);
/* Character offsets (gsize) into the document of what a question is about, best first, from
 * its sentences and its claims. Makes the index at first use. */
GArray *baleen_reading_store_search (BaleenReadingStore    *self,
                                     const BaleenSentences *sentences,
                                     const char            *question,
                                     guint                  most,
                                     GError               **error);

/* Where the state of a session with this beginning belongs, whether it is there or not. */
char *baleen_reading_store_get_state_path (BaleenReadingStore *self,
                                           const char         *model_key,
                                           const char         *prompt);
/* Marks it as just used, for the size limit. */
void baleen_reading_store_touch (BaleenReadingStore *self);

/* The whole cache, all documents. */
#define BALEEN_READING_CACHE_MOST (G_GUINT64_CONSTANT (2) << 30)
guint64 baleen_reading_cache_get_size (void);
/* Lets the states go that were not used for longest, then whole documents, until the rest is
 * at most this large. 0: everything goes. What is in use elsewhere is made anew there. */
void baleen_reading_cache_trim (guint64 most_bytes);

G_END_DECLS
