/* A page of the web, fetched under limits and read by the process that locks itself up. */
#pragma once

#include "baleen-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *url;                /* where it came from in the end */
  char *title;              /* "" without */
  BaleenDocument *document; /* its main text */
  gboolean is_kept;         /* it was read before and lay in the cache */
} BaleenWebPage;

void baleen_web_page_free (BaleenWebPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenWebPage, baleen_web_page_free)

typedef struct
{
  const char *message; /* (nullable) for the network log */
  gboolean is_private; /* leave no copy on the disk */
} BaleenWebPageOptions;

/* Errors are BALEEN_NETWORK_ERROR, those of the extractor, or G_IO_ERROR_CANCELLED. */
void baleen_web_page_read_async (const char                 *url,
                                 const BaleenWebPageOptions *options,
                                 GCancellable               *cancellable,
                                 GAsyncReadyCallback         callback,
                                 gpointer                    data);
BaleenWebPage *baleen_web_page_read_finish (GAsyncResult *result,
                                            GError      **error);

G_END_DECLS
