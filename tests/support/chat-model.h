/* A model that says what it is told to: for tests of everything above the engine, which need
 * answers that are known beforehand, a vocabulary, a chat template and thinking, but no sense.
 *
 * Every token leads to one other with near certainty, whatever stands before it, at any
 * temperature up to 1: the newline after “assistant” to the first word of the answer, <think> to
 * the first thought, </think> to the answer, each word to the next, the last to <|im_end|>. */
#pragma once

#include "gguf-writer.h"

G_BEGIN_DECLS

/* Both NULL-terminated, each word as it stands in the text (" whale" with its space), no word
 * twice, none a single character. `thoughts` may be NULL: then it cannot think. With
 * `is_endless` the last word leads to the first again and the answer never ends. */
GgufWriter *chat_model_build (const char *const *thoughts,
                              const char *const *answer,
                              gboolean           is_endless);

G_END_DECLS
