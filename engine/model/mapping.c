#include "mapping.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

/* A mapped range as the signal handler sees it. The handler may run at any moment in any
 * thread, so ranges live in a list that only grows; a free one has length 0 and is used
 * again. */
typedef struct _Range Range;
struct _Range
{
  guintptr start;  /* (atomic) */
  gsize length;    /* (atomic) 0: free */
  gint is_broken;  /* (atomic) */
  Range *next;
};

struct _BlnMapping
{
  int fd;
  BlnFileStamp stamp;
  const char *base_name;
  guint8 *bytes;
  gsize length;
  Range *range;
};

static Range *ranges; /* (atomic) */
static GMutex ranges_lock;
static struct sigaction previous_action;
static gsize page_size;

static Range *
find_range (guintptr address)
{
  for (Range *range = __atomic_load_n (&ranges, __ATOMIC_ACQUIRE); range; range = range->next)
    {
      gsize length = __atomic_load_n (&range->length, __ATOMIC_ACQUIRE);
      guintptr start = __atomic_load_n (&range->start, __ATOMIC_RELAXED);

      if (length != 0 && address >= start && address - start < length)
        return range;
    }
  return NULL;
}

/* Everything from the lost page to the end of the mapping becomes zeros: a file is cut at its
 * end, so the pages after a lost one are lost too. */
static gboolean
mend_range (guintptr address)
{
  Range *range = find_range (address);
  guintptr page = address & ~(guintptr) (page_size - 1);
  gsize rest;

  if (range == NULL)
    return FALSE;
  __atomic_store_n (&range->is_broken, 1, __ATOMIC_RELEASE);
  rest = range->start + range->length - page;
  return mmap ((void *) page, rest, PROT_READ,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

static void
bus_error_cb (int        signal_number,
              siginfo_t *info,
              void      *context)
{
  /* What kill() sends carries no address. */
  gboolean is_fault = info->si_code > 0;
  int saved_errno = errno;
  gboolean is_mended = is_fault && mend_range ((guintptr) info->si_addr);

  errno = saved_errno;
  if (is_mended)
    return;
  if (previous_action.sa_flags & SA_SIGINFO)
    previous_action.sa_sigaction (signal_number, info, context);
  else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN)
    previous_action.sa_handler (signal_number);
  else
    {
      /* Not ours: what happens next is what would have happened without us. A fault is
       * repeated by itself, a sent signal has to be sent again. */
      signal (signal_number, previous_action.sa_handler);
      if (!is_fault)
        raise (signal_number);
    }
}

static void
install_handler_once (void)
{
  static gsize is_installed = 0;

  if (g_once_init_enter (&is_installed))
    {
      struct sigaction action = { .sa_sigaction = bus_error_cb,
                                  .sa_flags = SA_SIGINFO | SA_ONSTACK };

      page_size = sysconf (_SC_PAGESIZE);
      sigemptyset (&action.sa_mask);
      sigaction (SIGBUS, &action, &previous_action);
      g_once_init_leave (&is_installed, 1);
    }
}

static Range *
take_range (gconstpointer start,
            gsize         length)
{
  Range *range;

  g_mutex_lock (&ranges_lock);
  for (range = ranges; range != NULL && range->length != 0; range = range->next)
    ;
  if (range == NULL)
    {
      range = g_new0 (Range, 1);
      range->next = ranges;
      __atomic_store_n (&ranges, range, __ATOMIC_RELEASE);
    }
  range->is_broken = 0;
  __atomic_store_n (&range->start, (guintptr) start, __ATOMIC_RELAXED);
  __atomic_store_n (&range->length, length, __ATOMIC_RELEASE);
  g_mutex_unlock (&ranges_lock);
  return range;
}

static void
give_range_back (Range *range)
{
  g_mutex_lock (&ranges_lock);
  __atomic_store_n (&range->length, 0, __ATOMIC_RELEASE);
  g_mutex_unlock (&ranges_lock);
}

static gboolean
read_stamp (int           fd,
            BlnFileStamp *stamp)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return FALSE;
  stamp->size = status.st_size;
  stamp->modified = status.st_mtim;
  return TRUE;
}

BlnMapping *
bln_mapping_new (int                 fd,
                 const BlnFileStamp *stamp,
                 const char         *base_name,
                 GError            **error)
{
  g_autofree BlnMapping *mapping = g_new0 (BlnMapping, 1);
  gpointer bytes;

  install_handler_once ();
  bytes = mmap (NULL, stamp->size, PROT_READ, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED)
    {
      int saved_errno = errno;
      g_set_error (error, BLN_ERROR, saved_errno == ENOMEM ? BLN_ERROR_MEMORY : BLN_ERROR_IO,
                   _("“%s” cannot be mapped into memory: %s. Copy it to a local disk and open "
                     "it there."),
                   base_name, g_strerror (saved_errno));
      return NULL;
    }
  mapping->fd = fd;
  mapping->stamp = *stamp;
  mapping->base_name = base_name;
  mapping->bytes = bytes;
  mapping->length = stamp->size;
  mapping->range = take_range (bytes, mapping->length);
  return g_steal_pointer (&mapping);
}

void
bln_mapping_free (BlnMapping *mapping)
{
  if (mapping == NULL)
    return;
  /* Given back first: a range must never cover addresses that belong to something else. */
  give_range_back (mapping->range);
  munmap (mapping->bytes, mapping->length);
  g_free (mapping);
}

const guint8 *
bln_mapping_get_bytes (BlnMapping *mapping)
{
  return mapping->bytes;
}

gboolean
bln_mapping_check_unchanged (BlnMapping *mapping,
                             GError    **error)
{
  BlnFileStamp now;
  gboolean is_read = read_stamp (mapping->fd, &now);

  if (is_read && now.size == mapping->stamp.size &&
      now.modified.tv_sec == mapping->stamp.modified.tv_sec &&
      now.modified.tv_nsec == mapping->stamp.modified.tv_nsec &&
      !__atomic_load_n (&mapping->range->is_broken, __ATOMIC_ACQUIRE))
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_CHANGED,
               _("“%s” was changed while it was in use. Open it again once it is complete."),
               mapping->base_name);
  return FALSE;
}

/* The way of kernels before 5.14: a byte of every page. */
static void
touch_pages (const guint8 *first,
             gsize         length)
{
  for (gsize i = 0; i < length; i += page_size)
    (void) *(volatile const guint8 *) (first + i);
}

gboolean
bln_mapping_populate (BlnMapping *mapping,
                      gsize       offset,
                      gsize       length,
                      GError    **error)
{
  gsize first = offset & ~(page_size - 1);
  int result;

  g_return_val_if_fail (offset <= mapping->length && length <= mapping->length - offset, FALSE);

  if (length == 0)
    return bln_mapping_check_unchanged (mapping, error);
  do
    result = madvise (mapping->bytes + first, offset + length - first, MADV_POPULATE_READ);
  while (result != 0 && (errno == EINTR || errno == EAGAIN));
  if (result != 0 && errno == EINVAL)
    {
      touch_pages (mapping->bytes + first, offset + length - first);
      result = 0;
    }
  if (result != 0)
    {
      int saved_errno = errno;

      if (!bln_mapping_check_unchanged (mapping, error))
        return FALSE;
      g_set_error (error, BLN_ERROR, saved_errno == ENOMEM ? BLN_ERROR_MEMORY : BLN_ERROR_IO,
                   _("“%s” cannot be read: %s. Check the disk it lies on."),
                   mapping->base_name, g_strerror (saved_errno));
      return FALSE;
    }
  return bln_mapping_check_unchanged (mapping, error);
}

void
bln_mapping_release (BlnMapping *mapping,
                     gsize       offset,
                     gsize       length)
{
  gsize first, end;

  g_return_if_fail (offset <= mapping->length && length <= mapping->length - offset);

  first = (offset + page_size - 1) & ~(page_size - 1);
  end = (offset + length) & ~(page_size - 1);
  if (first < end)
    madvise (mapping->bytes + first, end - first, MADV_DONTNEED);
}
