#include "own-net.h"

#include "own-user.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if.h>
#include <linux/ipv6.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
add_address4 (int         fd,
              guint       index,
              const char *address)
{
  struct ifreq request = { 0 };
  struct sockaddr_in *place = (struct sockaddr_in *) &request.ifr_addr;

  snprintf (request.ifr_name, sizeof request.ifr_name, "lo:%u", index);
  place->sin_family = AF_INET;
  if (inet_pton (AF_INET, address, &place->sin_addr) != 1)
    return FALSE;

  return ioctl (fd, SIOCSIFADDR, &request) == 0;
}

static gboolean
add_address6 (int         fd,
              const char *address)
{
  struct in6_ifreq request = { .ifr6_prefixlen = 128 };
  struct ifreq loopback = { .ifr_name = "lo" };

  if (ioctl (fd, SIOCGIFINDEX, &loopback) != 0
      || inet_pton (AF_INET6, address, &request.ifr6_addr) != 1)
    return FALSE;
  request.ifr6_ifindex = loopback.ifr_ifindex;

  return ioctl (fd, SIOCSIFADDR, &request) == 0;
}

static gboolean
raise_loopback (int fd)
{
  struct ifreq request = { .ifr_name = "lo" };

  if (ioctl (fd, SIOCGIFFLAGS, &request) != 0)
    return FALSE;
  request.ifr_flags |= IFF_UP | IFF_RUNNING;

  return ioctl (fd, SIOCSIFFLAGS, &request) == 0;
}

gboolean
own_net_enter (const char *const *addresses,
               char             **reason)
{
  int fd4, fd6;

  if (!own_user_enter (CLONE_NEWNET, reason))
    return FALSE;
  fd4 = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  fd6 = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (!raise_loopback (fd4))
    {
      *reason = g_strdup_printf ("the loopback device stays down: %s", g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; addresses[i] != NULL; i++)
    if (strchr (addresses[i], ':') != NULL ? !add_address6 (fd6, addresses[i])
                                           : !add_address4 (fd4, i, addresses[i]))
      g_printerr ("# no address %s here: %s\n", addresses[i], g_strerror (errno));
  close (fd4);
  close (fd6);

  return TRUE;
}

#define TYPE_OWN_RESOLVER (own_resolver_get_type ())
G_DECLARE_FINAL_TYPE (OwnResolver, own_resolver, OWN, RESOLVER, GResolver)

struct _OwnResolver
{
  GResolver parent_instance;

  GHashTable *names; /* (owned) name → GQueue of strings */
};

G_DEFINE_TYPE (OwnResolver, own_resolver, G_TYPE_RESOLVER)

static GList *
own_resolver_lookup (GResolver     *resolver,
                     const char    *name,
                     GCancellable  *cancellable,
                     GError       **error)
{
  GQueue *answers = g_hash_table_lookup (OWN_RESOLVER (resolver)->names, name);
  g_auto (GStrv) addresses = NULL;
  GList *list = NULL;

  if (answers == NULL)
    {
      g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no name %s", name);
      return NULL;
    }
  addresses = g_strsplit (g_queue_peek_head (answers), " ", -1);
  if (g_queue_get_length (answers) > 1)
    g_free (g_queue_pop_head (answers));
  for (gsize i = 0; addresses[i] != NULL; i++)
    list = g_list_append (list, g_inet_address_new_from_string (addresses[i]));

  return list;
}

static void
own_resolver_lookup_async (GResolver           *resolver,
                           const char          *name,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GError *error = NULL;
  GList *list = own_resolver_lookup (resolver, name, cancellable, &error);

  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_resolver_free_addresses);
}

static void
own_resolver_lookup_with_flags_async (GResolver                *resolver,
                                      const char               *name,
                                      GResolverNameLookupFlags  flags,
                                      GCancellable             *cancellable,
                                      GAsyncReadyCallback       callback,
                                      gpointer                  data)
{
  own_resolver_lookup_async (resolver, name, cancellable, callback, data);
}

static GList *
own_resolver_lookup_finish (GResolver     *resolver,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
own_resolver_class_init (OwnResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name = own_resolver_lookup;
  resolver_class->lookup_by_name_async = own_resolver_lookup_async;
  resolver_class->lookup_by_name_finish = own_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = own_resolver_lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = own_resolver_lookup_finish;
}

static void
own_resolver_init (OwnResolver *self)
{
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
}

void
own_net_add_name (const char *name,
                  const char *addresses)
{
  static OwnResolver *resolver;
  GQueue *answers;

  if (resolver == NULL)
    {
      resolver = g_object_new (TYPE_OWN_RESOLVER, NULL);
      g_resolver_set_default (G_RESOLVER (resolver));
    }
  answers = g_hash_table_lookup (resolver->names, name);
  if (answers == NULL)
    {
      answers = g_queue_new ();
      g_hash_table_insert (resolver->names, g_strdup (name), answers);
    }
  g_queue_push_tail (answers, g_strdup (addresses));
}
