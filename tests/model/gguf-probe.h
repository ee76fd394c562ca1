/* Opens bytes as if they were a file somebody sent, and watches what that costs: any file,
 * however wrong, must give a sentence within a second and without taking memory that it did
 * not bring along. */
#pragma once

#include "gguf.h"
#include "gguf-writer.h"

G_BEGIN_DECLS

/* A file in a folder of its own, both gone after gguf_probe_free(). */
typedef struct
{
  char *folder;
  char *path; /* of the file that is opened */
} GgufProbe;

GgufProbe *gguf_probe_new (const char *base_name);
void gguf_probe_free (GgufProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GgufProbe, gguf_probe_free)

void gguf_probe_write (GgufProbe    *probe,
                       gconstpointer bytes,
                       gsize         n_bytes);

/* Opens the file under the limits. What opens is read through: every key by every getter,
 * every tensor's first and last byte. Returns the error, or NULL where it opened. */
GError *gguf_probe_open (GgufProbe *probe);

/* The two together. */
GError *gguf_probe_bytes (GgufProbe    *probe,
                          gconstpointer bytes,
                          gsize         n_bytes);

/* Runs `func` under the limits of time and memory alone. */
typedef void (*GgufProbeFunc) (gpointer user_data);
void gguf_probe_limited (GgufProbeFunc func,
                         gpointer      user_data);

/* Asserts what every error message must be: our domain, one valid line that ends with a full
 * stop and names the file. */
void gguf_probe_assert_clean (GgufProbe    *probe,
                              const GError *error);

/* A small sound file: values of every kind, a vocabulary, tensors of several types. */
GgufWriter *gguf_specimen_new (void);

G_END_DECLS
