#include "address.h"

#include "network-error.h"

#include <glib/gi18n-lib.h>

#define BALEEN_TYPE_PUBLIC_ADDRESS (baleen_public_address_get_type ())
G_DECLARE_FINAL_TYPE (BaleenPublicAddress, baleen_public_address, BALEEN, PUBLIC_ADDRESS,
                      GNetworkAddress)

/* A GNetworkAddress, because that is what TLS takes the name from that it verifies; only the
 * way from the name to addresses is ours. */
struct _BaleenPublicAddress
{
  GNetworkAddress parent_instance;
};

#define BALEEN_TYPE_PUBLIC_ENUMERATOR (baleen_public_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (BaleenPublicEnumerator, baleen_public_enumerator, BALEEN,
                      PUBLIC_ENUMERATOR, GSocketAddressEnumerator)

struct _BaleenPublicEnumerator
{
  GSocketAddressEnumerator parent_instance;

  char *host;       /* (owned) */
  guint16 port;
  GList *addresses; /* (owned) public GInetAddresses still to give */
  gboolean is_resolved;
};

G_DEFINE_TYPE (BaleenPublicEnumerator, baleen_public_enumerator,
               G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

/* Keeps what is public of `addresses`, which it takes. */
static gboolean
take_addresses (BaleenPublicEnumerator  *self,
                GList                   *addresses,
                GError                 **error)
{
  self->is_resolved = TRUE;
  for (GList *l = addresses; l != NULL; l = l->next)
    if (baleen_inet_address_is_public (l->data))
      self->addresses = g_list_append (self->addresses, g_object_ref (l->data));
  g_list_free_full (addresses, g_object_unref);

  if (self->addresses != NULL)
    return TRUE;

  g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_PRIVATE,
               _("%s was not read: its address is on a private network."), self->host);
  return FALSE;
}

/* A literal address needs no resolver. NULL for a name. */
static GList *
get_literal (BaleenPublicEnumerator *self)
{
  GInetAddress *address = g_inet_address_new_from_string (self->host);

  return address != NULL ? g_list_append (NULL, address) : NULL;
}

static GSocketAddress *
take_next (BaleenPublicEnumerator *self)
{
  g_autoptr (GInetAddress) address = NULL;

  if (self->addresses == NULL)
    return NULL;

  address = self->addresses->data;
  self->addresses = g_list_delete_link (self->addresses, self->addresses);

  return g_inet_socket_address_new (address, self->port);
}

static GSocketAddress *
public_enumerator_next (GSocketAddressEnumerator  *enumerator,
                        GCancellable              *cancellable,
                        GError                   **error)
{
  BaleenPublicEnumerator *self = BALEEN_PUBLIC_ENUMERATOR (enumerator);

  if (!self->is_resolved)
    {
      GList *found = get_literal (self);

      if (found == NULL)
        {
          g_autoptr (GResolver) resolver = g_resolver_get_default ();

          found = g_resolver_lookup_by_name (resolver, self->host, cancellable, error);
        }
      if (found == NULL || !take_addresses (self, found, error))
        return NULL;
    }

  return take_next (self);
}

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  BaleenPublicEnumerator *self = g_task_get_source_object (task);
  GError *error = NULL;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (found == NULL || !take_addresses (self, found, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, take_next (self), g_object_unref);
}

static void
public_enumerator_next_async (GSocketAddressEnumerator *enumerator,
                              GCancellable             *cancellable,
                              GAsyncReadyCallback       callback,
                              gpointer                  data)
{
  BaleenPublicEnumerator *self = BALEEN_PUBLIC_ENUMERATOR (enumerator);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  GList *literal;

  g_task_set_source_tag (task, public_enumerator_next_async);
  literal = self->is_resolved ? NULL : get_literal (self);
  if (self->is_resolved)
    g_task_return_pointer (task, take_next (self), g_object_unref);
  else if (literal == NULL)
    {
      g_autoptr (GResolver) resolver = g_resolver_get_default ();

      g_resolver_lookup_by_name_async (resolver, self->host, cancellable, resolved_cb,
                                       g_steal_pointer (&task));
    }
  else if (take_addresses (self, literal, &error))
    g_task_return_pointer (task, take_next (self), g_object_unref);
  else
    g_task_return_error (task, error);
}

static GSocketAddress *
public_enumerator_next_finish (GSocketAddressEnumerator  *enumerator,
                               GAsyncResult              *result,
                               GError                   **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
baleen_public_enumerator_finalize (GObject *object)
{
  BaleenPublicEnumerator *self = BALEEN_PUBLIC_ENUMERATOR (object);

  g_free (self->host);
  g_list_free_full (self->addresses, g_object_unref);
  G_OBJECT_CLASS (baleen_public_enumerator_parent_class)->finalize (object);
}

static void
baleen_public_enumerator_class_init (BaleenPublicEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baleen_public_enumerator_finalize;
  enumerator_class->next = public_enumerator_next;
  enumerator_class->next_async = public_enumerator_next_async;
  enumerator_class->next_finish = public_enumerator_next_finish;
}

static void
baleen_public_enumerator_init (BaleenPublicEnumerator *self)
{
}

static GSocketAddressEnumerator *
public_address_enumerate (GSocketConnectable *connectable)
{
  BaleenPublicEnumerator *enumerator = g_object_new (BALEEN_TYPE_PUBLIC_ENUMERATOR, NULL);

  enumerator->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)));
  enumerator->port = g_network_address_get_port (G_NETWORK_ADDRESS (connectable));

  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
public_address_connectable_init (GSocketConnectableIface *iface)
{
  /* No proxy either: it would resolve the name itself and connect on our behalf. */
  iface->enumerate = public_address_enumerate;
  iface->proxy_enumerate = public_address_enumerate;
}

G_DEFINE_TYPE_WITH_CODE (BaleenPublicAddress, baleen_public_address, G_TYPE_NETWORK_ADDRESS,
                         G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                public_address_connectable_init))

static void
baleen_public_address_class_init (BaleenPublicAddressClass *klass)
{
}

static void
baleen_public_address_init (BaleenPublicAddress *self)
{
}

GSocketConnectable *
baleen_public_address_new (const char *host,
                           guint16     port)
{
  return g_object_new (BALEEN_TYPE_PUBLIC_ADDRESS, "hostname", host, "port", port, NULL);
}
