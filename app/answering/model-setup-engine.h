/* A setup in the engine's terms, for those who may see the engine. */
#pragma once

#include "bln-engine.h"
#include "model-setup.h"

G_BEGIN_DECLS

/* Sets context and type of the KV cache where the options leave them to the engine. Not the
 * adapter, which has to be opened. */
void baleen_model_setup_apply (const BaleenModelSetup *setup,
                               BlnEngineOptions       *options);

G_END_DECLS
