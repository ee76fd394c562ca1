#include "baleen-backend.h"

G_DEFINE_QUARK (baleen-backend-error-quark, baleen_backend_error)
