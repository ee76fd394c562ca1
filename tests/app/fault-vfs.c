#include "fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} FaultFile;

static GMutex lock;
static Fault current;
static int countdown;
static gboolean sticky;
static int code;
static gboolean struck;
static sqlite3_vfs *parent;

void
fault_vfs_set (Fault    fault,
               int      nth,
               gboolean is_sticky,
               int      result)
{
  g_mutex_lock (&lock);
  current = fault;
  countdown = nth;
  sticky = is_sticky;
  code = result;
  struck = FALSE;
  g_mutex_unlock (&lock);
}

gboolean
fault_vfs_has_struck (void)
{
  gboolean result;

  g_mutex_lock (&lock);
  result = struck;
  g_mutex_unlock (&lock);
  return result;
}

static int
strike (Fault fault)
{
  int result = SQLITE_OK;

  g_mutex_lock (&lock);
  if (current == fault && --countdown <= 0 && (sticky || !struck))
    {
      struck = TRUE;
      result = code;
    }
  g_mutex_unlock (&lock);
  return result;
}

#define REAL(file) (((FaultFile *) file)->real)

static int
fault_close (sqlite3_file *file)
{
  int result = REAL (file)->pMethods->xClose (REAL (file));

  g_free (REAL (file));
  return result;
}

static int
fault_read (sqlite3_file *file,
            void         *data,
            int           length,
            sqlite3_int64 offset)
{
  return REAL (file)->pMethods->xRead (REAL (file), data, length, offset);
}

static int
fault_write (sqlite3_file *file,
             const void   *data,
             int           length,
             sqlite3_int64 offset)
{
  int result = strike (FAULT_WRITE);

  return result != SQLITE_OK ? result
                             : REAL (file)->pMethods->xWrite (REAL (file), data, length, offset);
}

static int
fault_truncate (sqlite3_file *file,
                sqlite3_int64 size)
{
  return REAL (file)->pMethods->xTruncate (REAL (file), size);
}

static int
fault_sync (sqlite3_file *file,
            int           flags)
{
  int result = strike (FAULT_SYNC);

  return result != SQLITE_OK ? result : REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
fault_file_size (sqlite3_file  *file,
                 sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
fault_lock (sqlite3_file *file,
            int           level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
fault_unlock (sqlite3_file *file,
              int           level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
fault_check_reserved_lock (sqlite3_file *file,
                           int          *result)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), result);
}

static int
fault_file_control (sqlite3_file *file,
                    int           op,
                    void         *argument)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), op, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
fault_device_characteristics (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
fault_shm_map (sqlite3_file  *file,
               int            page,
               int            size,
               int            extend,
               void volatile **map)
{
  int result = strike (FAULT_SHARED_MEMORY);

  return result != SQLITE_OK
             ? result
             : REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, map);
}

static int
fault_shm_lock (sqlite3_file *file,
                int           offset,
                int           n,
                int           flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
fault_shm_unmap (sqlite3_file *file,
                 int           remove)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), remove);
}

/* Version 2: shared memory for the write-ahead log, no memory mapping, so that every byte
 * comes past fault_write(). */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved_lock,
  .xFileControl = fault_file_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_device_characteristics,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs  *vfs,
            const char   *name,
            sqlite3_file *file,
            int           flags,
            int          *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int result = strike (FAULT_OPEN);

  self->base.pMethods = NULL;
  if (result != SQLITE_OK)
    return result;

  self->real = g_malloc0 (parent->szOsFile);
  result = parent->xOpen (parent, name, self->real, flags, out_flags);
  if (result == SQLITE_OK)
    self->base.pMethods = &methods;
  else
    g_clear_pointer (&self->real, g_free);
  return result;
}

void
fault_vfs_install (void)
{
  static sqlite3_vfs vfs;

  parent = sqlite3_vfs_find (NULL);
  memcpy (&vfs, parent, sizeof vfs);
  vfs.pNext = NULL;
  vfs.zName = "fault";
  vfs.szOsFile = sizeof (FaultFile);
  vfs.xOpen = fault_open;
  sqlite3_vfs_register (&vfs, TRUE);
}
