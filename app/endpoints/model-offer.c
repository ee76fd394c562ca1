#include "model-offer.h"

#include "openai-service.h"
#include "secrets.h"

#define SECRET_KIND "offer"
#define SECRET_NAME "clients"
#define HOST "127.0.0.1"

struct _BaleenModelOffer
{
  GObject parent_instance;

  BaleenEngineService *engine; /* (owned) */
  OpenaiService *service;      /* (owned) (nullable) */
  char *key;                   /* (owned) (nullable) until it was first offered */
  char *address;               /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenModelOffer, baleen_model_offer, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ADDRESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
baleen_model_offer_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_ADDRESS)
    g_value_set_string (value, BALEEN_MODEL_OFFER (object)->address);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
baleen_model_offer_finalize (GObject *object)
{
  BaleenModelOffer *self = BALEEN_MODEL_OFFER (object);

  g_clear_pointer (&self->service, openai_service_free);
  g_clear_object (&self->engine);
  g_free (self->key);
  g_free (self->address);
  G_OBJECT_CLASS (baleen_model_offer_parent_class)->finalize (object);
}

static void
baleen_model_offer_class_init (BaleenModelOfferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_model_offer_get_property;
  object_class->finalize = baleen_model_offer_finalize;
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baleen_model_offer_init (BaleenModelOffer *self)
{
}

/* Another model answers under its own name from now on. */
static void
status_cb (BaleenEngineService *engine,
           GParamSpec          *pspec,
           BaleenModelOffer    *self)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (engine);

  if (self->service != NULL && facts != NULL)
    openai_service_set_name (self->service, facts->name);
}

BaleenModelOffer *
baleen_model_offer_new (BaleenEngineService *engine)
{
  BaleenModelOffer *self = g_object_new (BALEEN_TYPE_MODEL_OFFER, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::status", G_CALLBACK (status_cb), self, 0);
  return self;
}

/* Without a keyring the key holds as long as the program runs: it is shown, and can be copied
 * again. */
static void
keep_key (BaleenModelOffer *self)
{
  baleen_secrets_set (SECRET_KIND, SECRET_NAME, HOST, self->key, NULL);
}

static void
find_key (BaleenModelOffer *self)
{
  if (self->key == NULL)
    self->key = baleen_secrets_get (SECRET_KIND, SECRET_NAME, HOST, NULL);
  if (self->key != NULL)
    return;
  self->key = openai_service_make_key ();
  keep_key (self);
}

gboolean
baleen_model_offer_start (BaleenModelOffer *self,
                          guint16           port,
                          GError          **error)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (self->engine);

  if (self->service != NULL)
    return TRUE;
  find_key (self);
  self->service = openai_service_new (baleen_serving_new_shared (self->engine),
                                      facts != NULL ? facts->name : "", port, self->key, error);
  if (self->service == NULL)
    return FALSE;
  self->address = g_strdup_printf ("http://" HOST ":%u/v1",
                                   openai_service_get_port (self->service));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);

  return TRUE;
}

void
baleen_model_offer_stop (BaleenModelOffer *self)
{
  if (self->service == NULL)
    return;
  g_clear_pointer (&self->service, openai_service_free);
  g_clear_pointer (&self->address, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
}

gboolean
baleen_model_offer_renew_key (BaleenModelOffer *self,
                              GError          **error)
{
  const guint16 port = self->service != NULL ? openai_service_get_port (self->service) : 0;

  g_free (self->key);
  self->key = openai_service_make_key ();
  keep_key (self);
  if (port == 0)
    return TRUE;
  baleen_model_offer_stop (self);

  return baleen_model_offer_start (self, port, error);
}

const char *
baleen_model_offer_get_address (BaleenModelOffer *self)
{
  return self->address;
}

const char *
baleen_model_offer_get_key (BaleenModelOffer *self)
{
  return self->service != NULL ? self->key : NULL;
}
