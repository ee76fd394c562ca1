/* Servers that speak OpenAI's interface, as models. What is known of them is in a file of the
 * user's data folder; their keys are in the keyring and nowhere else. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How thinking is switched there. */
typedef enum
{
  BALEEN_ENDPOINT_THINK_AUTO,     /* by what the host is known for */
  BALEEN_ENDPOINT_THINK_NONE,     /* it is not */
  BALEEN_ENDPOINT_THINK_TEMPLATE, /* chat_template_kwargs: vLLM, SGLang, llama-server */
  BALEEN_ENDPOINT_THINK_DEEPSEEK, /* thinking.type */
  BALEEN_ENDPOINT_THINK_EFFORT,   /* reasoning_effort: OpenAI, Ollama, OpenRouter */
  BALEEN_ENDPOINT_THINK_FLAG,     /* enable_thinking: Alibaba's Model Studio, SiliconFlow */
  BALEEN_N_ENDPOINT_THINKS,
} BaleenEndpointThink;

typedef struct
{
  char *name;      /* what follows “endpoint:” */
  char *address;   /* up to and with /v1 */
  char *model;     /* as the server calls it */
  BaleenEndpointThink think;
  gint64 n_context; /* 0: not known */
  gboolean is_keyless; /* nobody gave a key: the keyring, which may be missing, is not asked */
} BaleenEndpoint;

void baleen_endpoint_free (BaleenEndpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenEndpoint, baleen_endpoint_free)

/* Checks and completes what a person typed: “/v1” is added to an address that has no path. */
BaleenEndpoint *baleen_endpoint_new (const char  *name,
                                     const char  *address,
                                     const char  *model,
                                     GError     **error);
/* A model's name for a server that was not asked yet which models it has. */
#define BALEEN_ENDPOINT_ANY_MODEL "?"
BaleenEndpoint *baleen_endpoint_copy (const BaleenEndpoint *endpoint);
/* The server's name, for people. */
char *baleen_endpoint_get_host (const BaleenEndpoint *endpoint);

/* "endpoint:NAME". */
#define BALEEN_ENDPOINT_PREFIX "endpoint:"
gboolean baleen_endpoint_is_name (const char *model);

/* All of them, of BaleenEndpoint; a file that cannot be read is an error, none is not. */
GPtrArray *baleen_endpoints_load (GError **error);
/* The one of that name, with or without the prefix; the error names those there are. */
BaleenEndpoint *baleen_endpoints_find (const char  *name,
                                       GError     **error);
/* Adds it, or puts it in the place of the one of its name. */
gboolean baleen_endpoints_put (const BaleenEndpoint *endpoint,
                               GError              **error);
gboolean baleen_endpoints_remove (const char *name,
                                  GError    **error);

/* The key, from the keyring; NULL without an error where there is none. BALEEN_ENDPOINT_KEY in
 * the environment comes first, for those without a keyring. Blocks: not on the main thread of
 * a window. */
char *baleen_endpoint_get_key (const BaleenEndpoint *endpoint,
                               GError              **error);
/* NULL takes it away. */
gboolean baleen_endpoint_set_key (const BaleenEndpoint *endpoint,
                                  const char           *key, /* (nullable) */
                                  GError              **error);

G_END_DECLS
