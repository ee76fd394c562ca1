#include "bln-engine.h"

G_DEFINE_QUARK (bln-error-quark, bln_error)
