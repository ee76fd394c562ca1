#include "own-user.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

static gboolean
write_file (const char *path,
            const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean is_done = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);

  return is_done;
}

gboolean
own_user_enter (int    flags,
                char **reason)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", getegid ());

  if (unshare (CLONE_NEWUSER | flags) != 0)
    {
      *reason = g_strdup_printf ("this system gives no users of one's own: %s",
                                 g_strerror (errno));
      return FALSE;
    }
  write_file ("/proc/self/setgroups", "deny");
  if (!write_file ("/proc/self/uid_map", users) || !write_file ("/proc/self/gid_map", groups))
    {
      *reason = g_strdup ("this system maps no users");
      return FALSE;
    }

  return TRUE;
}
