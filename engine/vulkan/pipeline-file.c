#include "pipeline-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAGIC "BLNPIPE1"
/* More than any driver keeps for our shaders: a file beyond it is not ours. */
#define MAX_BYTES (256u << 20)

/* Everything that a compiled shader depends on. */
typedef struct
{
  char build[24];
  guint32 vendor_id, device_id, driver_version, api_version;
  guint8 driver_uuid[VK_UUID_SIZE];
} Key;

/* The file begins so; the driver's data follow. Native byte order: it never leaves the machine. */
typedef struct
{
  char magic[8];
  Key key;
  guint64 n_bytes;
  guint8 digest[32]; /* SHA-256 of the data */
} Header;

static void
key_of (Key               *key,
        const BlnVkDevice *device)
{
  const BlnVkDeviceInfo *info = &device->info;

  memset (key, 0, sizeof *key);
  g_strlcpy (key->build, BLN_BUILD, sizeof key->build);
  key->vendor_id = info->vendor_id;
  key->device_id = info->device_id;
  key->driver_version = info->driver_version;
  key->api_version = info->api_version;
  memcpy (key->driver_uuid, info->driver_uuid, VK_UUID_SIZE);
}

static char *
path_of (const Key *key)
{
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) key,
                                                         sizeof *key);
  g_autofree char *name = g_strdup_printf ("vulkan-%.16s.pipelines", digest);

  return g_build_filename (g_get_user_cache_dir (), "baleen", name, NULL);
}

static void
digest_of (gconstpointer data,
           gsize         n_bytes,
           guint8        digest[32])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = 32;

  g_checksum_update (checksum, data, (gssize) n_bytes);
  g_checksum_get_digest (checksum, digest, &length);
}

/* What the driver's own header must say; drivers are known to trust it blindly. */
static gboolean
is_for_device (const BlnVkDevice *device,
               const guint8      *data,
               gsize              n_bytes)
{
  VkPipelineCacheHeaderVersionOne header;

  if (n_bytes < sizeof header)
    return FALSE;
  memcpy (&header, data, sizeof header);
  return header.headerSize >= sizeof header && header.headerSize <= n_bytes
         && header.headerVersion == VK_PIPELINE_CACHE_HEADER_VERSION_ONE
         && header.vendorID == device->info.vendor_id && header.deviceID == device->info.device_id
         && memcmp (header.pipelineCacheUUID, device->info.driver_uuid, VK_UUID_SIZE) == 0;
}

/* The whole file, of which the data follow the header; NULL unless every byte is as written. */
static char *
read_file (const BlnVkDevice *device,
           const Key         *key,
           gsize             *n_bytes)
{
  g_autofree char *path = path_of (key);
  g_autofree char *file = NULL;
  const guint8 *data;
  guint8 digest[32];
  Header header;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) != 0 || status.st_size < (goffset) sizeof header
      || status.st_size > MAX_BYTES || !g_file_get_contents (path, &file, &length, NULL)
      || length < sizeof header)
    return NULL;
  memcpy (&header, file, sizeof header);
  data = (const guint8 *) file + sizeof header;
  *n_bytes = length - sizeof header;
  if (memcmp (header.magic, MAGIC, sizeof header.magic) != 0
      || memcmp (&header.key, key, sizeof *key) != 0 || header.n_bytes != *n_bytes)
    return NULL;
  digest_of (data, *n_bytes, digest);
  if (memcmp (digest, header.digest, sizeof digest) != 0
      || !is_for_device (device, data, *n_bytes))
    return NULL;
  return g_steal_pointer (&file);
}

VkResult
bln_vk_pipeline_file_load (const BlnVkDevice *device,
                           VkPipelineCache   *cache)
{
  VkPipelineCacheCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO,
  };
  g_autofree char *file = NULL;
  gsize n_bytes;
  Key key;

  key_of (&key, device);
  file = read_file (device, &key, &n_bytes);
  if (file != NULL)
    {
      info.initialDataSize = n_bytes;
      info.pInitialData = file + sizeof (Header);
    }
  return vkCreatePipelineCache (device->device, &info, NULL, cache);
}

void
bln_vk_pipeline_file_save (const BlnVkDevice *device,
                           VkPipelineCache    cache)
{
  g_autofree char *file = NULL;
  g_autofree char *old = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  gsize n_bytes = 0, n_old = 0;
  Header header = { .magic = MAGIC };

  if (vkGetPipelineCacheData (device->device, cache, &n_bytes, NULL) != VK_SUCCESS
      || n_bytes == 0 || n_bytes > MAX_BYTES - sizeof header)
    return;
  key_of (&header.key, device);
  old = read_file (device, &header.key, &n_old);
  file = g_malloc (sizeof header + n_bytes);
  if ((old != NULL && n_old >= n_bytes)
      || vkGetPipelineCacheData (device->device, cache, &n_bytes, file + sizeof header)
           != VK_SUCCESS)
    return;
  header.n_bytes = n_bytes;
  digest_of (file + sizeof header, n_bytes, header.digest);
  memcpy (file, &header, sizeof header);
  path = path_of (&header.key);
  folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents_full (path, file, (gssize) (sizeof header + n_bytes),
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
