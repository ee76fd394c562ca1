#include "network-entry-private.h"

#include <json-glib/json-glib.h>

struct _BaleenNetworkEntry
{
  GObject parent_instance;

  BaleenPurpose purpose;
  char *host;    /* (owned) */
  char *message; /* (owned) (nullable) */
  gint64 time;
  guint64 sent, received;
  char *result;  /* (owned) (nullable) while open */
};

G_DEFINE_TYPE (BaleenNetworkEntry, baleen_network_entry, G_TYPE_OBJECT)

enum { PROP_0, PROP_SENT, PROP_RECEIVED, PROP_RESULT, N_PROPS };
static GParamSpec *props[N_PROPS];

static const char *const purposes[BALEEN_N_PURPOSES] = {
  "search", "page", "download", "endpoint", "inbound",
};

BaleenNetworkEntry *
baleen_network_entry_new (BaleenPurpose purpose,
                          const char   *host,
                          const char   *message,
                          gint64        time)
{
  BaleenNetworkEntry *self = g_object_new (BALEEN_TYPE_NETWORK_ENTRY, NULL);

  self->purpose = purpose;
  self->host = g_strdup (host);
  self->message = g_strdup (message);
  self->time = time;

  return self;
}

const char *
baleen_network_entry_get_host (BaleenNetworkEntry *self)
{
  return self->host;
}

BaleenPurpose
baleen_network_entry_get_purpose (BaleenNetworkEntry *self)
{
  return self->purpose;
}

gint64
baleen_network_entry_get_time (BaleenNetworkEntry *self)
{
  return self->time;
}

guint64
baleen_network_entry_get_sent (BaleenNetworkEntry *self)
{
  return self->sent;
}

guint64
baleen_network_entry_get_received (BaleenNetworkEntry *self)
{
  return self->received;
}

gboolean
baleen_network_entry_get_is_open (BaleenNetworkEntry *self)
{
  return self->result == NULL;
}

const char *
baleen_network_entry_get_result (BaleenNetworkEntry *self)
{
  return self->result;
}

const char *
baleen_network_entry_get_message (BaleenNetworkEntry *self)
{
  return self->message;
}

void
baleen_network_entry_set_counts (BaleenNetworkEntry *self,
                                 guint64             sent,
                                 guint64             received)
{
  self->sent = sent;
  self->received = received;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SENT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECEIVED]);
}

void
baleen_network_entry_set_result (BaleenNetworkEntry *self,
                                 const char         *result)
{
  g_free (self->result);
  self->result = g_strdup (result);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RESULT]);
}

char *
baleen_network_entry_to_line (BaleenNetworkEntry *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "time", self->time);
  json_object_set_string_member (object, "purpose", purposes[self->purpose]);
  json_object_set_string_member (object, "host", self->host);
  json_object_set_int_member (object, "sent", self->sent);
  json_object_set_int_member (object, "received", self->received);
  json_object_set_string_member (object, "result", self->result);
  if (self->message != NULL)
    json_object_set_string_member (object, "message", self->message);
  json_node_set_object (node, object);

  return json_to_string (node, FALSE);
}

BaleenNetworkEntry *
baleen_network_entry_from_line (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object;
  BaleenNetworkEntry *self;
  const char *purpose;
  guint i;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  purpose = json_object_get_string_member_with_default (object, "purpose", "");
  for (i = 0; i < BALEEN_N_PURPOSES && !g_str_equal (purposes[i], purpose); i++)
    ;
  if (i == BALEEN_N_PURPOSES)
    return NULL;

  self = baleen_network_entry_new (
      i, json_object_get_string_member_with_default (object, "host", ""),
      json_object_get_string_member_with_default (object, "message", NULL),
      json_object_get_int_member_with_default (object, "time", 0));
  self->sent = MAX (0, json_object_get_int_member_with_default (object, "sent", 0));
  self->received = MAX (0, json_object_get_int_member_with_default (object, "received", 0));
  self->result = g_strdup (json_object_get_string_member_with_default (object, "result", ""));

  return self;
}

static void
baleen_network_entry_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BaleenNetworkEntry *self = BALEEN_NETWORK_ENTRY (object);

  switch (id)
    {
    case PROP_SENT:
      g_value_set_uint64 (value, self->sent);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baleen_network_entry_finalize (GObject *object)
{
  BaleenNetworkEntry *self = BALEEN_NETWORK_ENTRY (object);

  g_free (self->host);
  g_free (self->message);
  g_free (self->result);
  G_OBJECT_CLASS (baleen_network_entry_parent_class)->finalize (object);
}

static void
baleen_network_entry_class_init (BaleenNetworkEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_network_entry_get_property;
  object_class->finalize = baleen_network_entry_finalize;
  props[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RESULT] = g_param_spec_string ("result", NULL, NULL, NULL,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
baleen_network_entry_init (BaleenNetworkEntry *self)
{
}
