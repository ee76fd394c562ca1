/* The model that the window has loaded, offered to other programs on this computer: the switch in
 * the preferences. It is not loaded twice: clients are answered below the window's conversation.
 * Main thread. */
#pragma once

#include "baleen-engine-service.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_MODEL_OFFER (baleen_model_offer_get_type ())
G_DECLARE_FINAL_TYPE (BaleenModelOffer, baleen_model_offer, BALEEN, MODEL_OFFER, GObject)

#define BALEEN_MODEL_OFFER_PORT 8080

BaleenModelOffer *baleen_model_offer_new (BaleenEngineService *engine);

/* Listens on the loopback address; port 0 takes any that is free. The key is the one in the
 * keyring, else a new one, which is put there. Told by notify::address. */
gboolean baleen_model_offer_start (BaleenModelOffer *self,
                                   guint16           port,
                                   GError          **error);
/* Closes all connections. */
void baleen_model_offer_stop (BaleenModelOffer *self);

/* A new key; the old one opens nothing any more, and who is connected is cut off. */
gboolean baleen_model_offer_renew_key (BaleenModelOffer *self,
                                       GError          **error);

/* "http://127.0.0.1:8080/v1", and what opens it; NULL while it is not offered. */
const char *baleen_model_offer_get_address (BaleenModelOffer *self);
const char *baleen_model_offer_get_key (BaleenModelOffer *self);

G_END_DECLS
