/* Questions to other computers that take a while, asked on a thread for the window: which files an
 * address means, and what a server has. */
#pragma once

#include "endpoint.h"
#include "model-address.h"

G_BEGIN_DECLS

/* As baleen_model_address_resolve(); finish returns the files, of BaleenModelFile. */
void baleen_address_asking_resolve_async (const char         *address,
                                          const char         *mirror, /* (nullable) */
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
GPtrArray *baleen_address_asking_resolve_finish (GAsyncResult *result,
                                                 GError      **error);

/* What a test of an endpoint found. */
typedef struct
{
  char **models;      /* names, NULL-terminated */
  gboolean streams;   /* the answer came in pieces */
  gboolean thinks;    /* it had thoughts of its own */
  gboolean was_asked; /* a model was asked: of several none was named */
} BaleenEndpointTest;

void baleen_endpoint_test_free (BaleenEndpointTest *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenEndpointTest, baleen_endpoint_test_free)

/* Lists the server's models, and asks the one that is named, or the only one, for a word. `key`
 * NULL: the one that is kept. */
void baleen_address_asking_test_async (const BaleenEndpoint *endpoint,
                                       const char           *key, /* (nullable) */
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
BaleenEndpointTest *baleen_address_asking_test_finish (GAsyncResult *result,
                                                       GError      **error);

/* Keeps the endpoint, and its key unless that is NULL, under its name; takes away the one that it
 * was called before, if that is another. */
void baleen_address_asking_keep_async (const BaleenEndpoint *endpoint,
                                       const char           *key,    /* (nullable) */
                                       const char           *before, /* (nullable) */
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean baleen_address_asking_keep_finish (GAsyncResult *result,
                                            GError      **error);

G_END_DECLS
