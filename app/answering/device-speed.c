#include "device-speed.h"

#include "json-parsing.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* Answers that are remembered; the oldest goes. */
#define MOST_ANSWERS 64u
/* How much the newest answer counts against those before it. */
#define NEWEST_SHARE 0.3
/* Where conversations are long: what attention takes is then seen. */
#define DEEP 1024.0
/* Models of bytes a token so far apart (as a natural logarithm) count half. */
#define HALF_DISTANCE 1.0

static GMutex lock;

static char *
get_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "baleen", "speeds.json", NULL);
}

/* The same device with another driver or other kernels is another one. */
static char *
name_device (const BlnDevice *device)
{
  return g_strjoin (" · ", device->name, device->variant != NULL ? device->variant : "",
                    device->driver, NULL);
}

/* An object with the two objects `devices` and `answers`, whatever the file holds. */
static JsonObject *
load (void)
{
  g_autofree char *path = get_path ();
  g_autoptr (JsonNode) root = baleen_json_parse_file (path, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                           ? json_object_ref (json_node_get_object (root)) : json_object_new ();
  static const char *const members[] = { "devices", "answers" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (object, members[i]);

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        json_object_set_object_member (object, members[i], json_object_new ());
    }
  return object;
}

/* What cannot be kept is measured again: no reason to trouble anybody. */
static void
save (JsonObject *object)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (root, object);
  text = json_to_string (root, TRUE);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents (path, text, -1, NULL);
}

static double
get_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  double number = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 0;

  return isfinite (number) && number > 0 ? number : 0;
}

static void
keep_speed (const char           *name,
            const BlnDeviceSpeed *speed)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObject *device = json_object_new ();

  json_object_set_double_member (device, "bytes", speed->bytes_per_second);
  json_object_set_double_member (device, "products", speed->products_per_second);
  g_mutex_lock (&lock);
  object = load ();
  json_object_set_object_member (json_object_get_object_member (object, "devices"), name, device);
  save (object);
  g_mutex_unlock (&lock);
}

static gboolean
read_speed (const char     *name,
            BlnDeviceSpeed *speed)
{
  g_autoptr (JsonObject) object = NULL;
  JsonNode *node;

  g_mutex_lock (&lock);
  object = load ();
  g_mutex_unlock (&lock);
  node = json_object_get_member (json_object_get_object_member (object, "devices"), name);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  speed->bytes_per_second = get_number (json_node_get_object (node), "bytes");
  speed->products_per_second = get_number (json_node_get_object (node), "products");

  return speed->bytes_per_second > 0;
}

BlnDeviceSpeed
baleen_device_speed_get (const BlnDevice *device)
{
  g_autofree char *name = name_device (device);
  BlnDeviceSpeed speed = { 0 };

  if (!read_speed (name, &speed) && device->unfit == NULL
      && bln_device_measure (device, &speed, NULL))
    keep_speed (name, &speed);

  return speed;
}

gboolean
baleen_device_speed_is_measured (const BlnDevice *device)
{
  g_autofree char *name = name_device (device);
  BlnDeviceSpeed speed = { 0 };

  return read_speed (name, &speed);
}

/* ---- answers ----------------------------------------------------------------------------- */

static char *
name_answer (const BlnDevice *device,
             const char      *model)
{
  g_autofree char *name = name_device (device);

  return g_strjoin (" · ", model, name, NULL);
}

/* What is known of one answer at a depth: between the short and the long ones by the depth that
 * each had; else what there is. 0: nothing. */
static double
factor_at (JsonObject *answer,
           double      n_cached)
{
  const double brief = get_number (answer, "factor"), deep = get_number (answer, "deep_factor");
  const double from = get_number (answer, "depth"), to = get_number (answer, "deep_depth");

  if (brief == 0 || deep == 0 || to <= from)
    return brief != 0 ? brief : deep;
  return brief + (deep - brief) * (CLAMP (n_cached, from, to) - from) / (to - from);
}

/* NULL for what is no answer on this device. */
static JsonObject *
get_answer (JsonObject *answers,
            const char *name,
            const char *device)
{
  JsonNode *node = json_object_get_member (answers, name);
  JsonObject *answer = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;

  return answer != NULL && g_str_has_suffix (name, device) && factor_at (answer, 0) > 0
                 && get_number (answer, "bytes") > 0
             ? answer : NULL;
}

static double
mean_of_others (JsonObject *answers,
                const char *device,
                const char *own,
                double      bytes_per_token,
                double      n_cached)
{
  g_autoptr (GList) names = json_object_get_members (answers);
  double sum = 0, weights = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *answer = get_answer (answers, l->data, device);
      double distance, weight;

      if (answer == NULL || g_str_equal (l->data, own))
        continue;
      distance = log (get_number (answer, "bytes") / bytes_per_token) / HALF_DISTANCE;
      weight = 1 / (1 + distance * distance);
      sum += weight * log (factor_at (answer, n_cached));
      weights += weight;
    }
  return weights > 0 ? exp (sum / weights) : 1;
}

double
baleen_device_speed_get_factor (const BlnDevice *device,
                                const char      *model,
                                double           bytes_per_token,
                                double           n_cached,
                                double          *foreseen,
                                gboolean        *is_learned)
{
  g_autofree char *name = name_answer (device, model);
  g_autofree char *suffix = name_device (device);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *answers, *answer;

  g_mutex_lock (&lock);
  object = load ();
  g_mutex_unlock (&lock);
  answers = json_object_get_object_member (object, "answers");
  answer = get_answer (answers, name, suffix);
  *is_learned = answer != NULL;
  *foreseen = mean_of_others (answers, suffix, name, bytes_per_token, n_cached);

  return answer != NULL ? factor_at (answer, n_cached) : *foreseen;
}

/* New members come last, so the first is the one that was noted longest ago. */
static void
forget_oldest (JsonObject *answers)
{
  while (json_object_get_size (answers) > MOST_ANSWERS)
    {
      g_autoptr (GList) names = json_object_get_members (answers);

      json_object_remove_member (answers, names->data);
    }
}

static void
take_mean (JsonObject *answer,
           const char *factor_name,
           const char *depth_name,
           double      n_cached,
           double      factor)
{
  const double before = get_number (answer, factor_name);
  const double depth = get_number (answer, depth_name);

  if (before > 0)
    {
      factor = exp (NEWEST_SHARE * log (factor) + (1 - NEWEST_SHARE) * log (before));
      n_cached = NEWEST_SHARE * n_cached + (1 - NEWEST_SHARE) * depth;
    }
  json_object_set_double_member (answer, factor_name, factor);
  json_object_set_double_member (answer, depth_name, MAX (n_cached, 1));
}

void
baleen_device_speed_note (const BlnDevice *device,
                          const char      *model,
                          double           bytes_per_token,
                          double           n_cached,
                          double           factor)
{
  g_autofree char *name = name_answer (device, model);
  g_autofree char *suffix = name_device (device);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *answers, *answer;

  g_return_if_fail (factor > 0 && bytes_per_token > 0);

  g_mutex_lock (&lock);
  object = load ();
  answers = json_object_get_object_member (object, "answers");
  answer = get_answer (answers, name, suffix);
  answer = answer != NULL ? json_object_ref (answer) : json_object_new ();
  take_mean (answer, n_cached < DEEP ? "factor" : "deep_factor",
             n_cached < DEEP ? "depth" : "deep_depth", n_cached, factor);
  json_object_set_double_member (answer, "bytes", bytes_per_token);
  json_object_remove_member (answers, name); /* the newest stands last */
  json_object_set_object_member (answers, name, answer);
  forget_oldest (answers);
  save (object);
  g_mutex_unlock (&lock);
}
