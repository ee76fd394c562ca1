/* model-fit.h for those who see the engine: a model that is open, with all its options. */
#pragma once

#include "bln-engine.h"
#include "model-fit.h"

G_BEGIN_DECLS

BaleenFit *baleen_fit_new_for_model (BlnModel               *model,
                                     const BlnEngineOptions *options,
                                     GError                **error);

G_END_DECLS
