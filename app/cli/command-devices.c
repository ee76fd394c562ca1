#include "command.h"

#include "output.h"

#include "bln-engine.h"
#include "json-writing.h"

#include <glib/gi18n.h>

/* A device and how fast it reads; 0 where that could not be measured. */
static double
measure (const BlnDevice *device)
{
  g_autoptr (GError) error = NULL;
  BlnDeviceSpeed speed = { 0 };

  if (device->unfit != NULL)
    return 0;
  baleen_progress (_("Measuring %s"), device->name);
  if (!bln_device_measure (device, &speed, &error))
    baleen_complain ("%s: %s", device->id, error->message);
  baleen_progress_clear ();
  return speed.bytes_per_second;
}

static void
print_line (const char *label,
            const char *value)
{
  g_autofree char *line = g_strdup_printf ("  %s: %s\n", label, value);

  baleen_output_write (line, -1);
}

static void
print_size (const char *label,
            guint64     n_bytes)
{
  g_autofree char *size = g_format_size (n_bytes);

  print_line (label, size);
}

static void
print_card (const BlnDevice *device)
{
  g_autofree char *size = g_strdup_printf ("%u", device->subgroup_size);

  print_line (_("Driver"), device->driver);
  print_line (_("Subgroup"), size);
  print_size (_("Shared memory"), device->shared_memory);
  print_size (_("Largest allocation"), device->max_allocation);
  print_size (_("Largest binding"), device->max_binding);
  print_line (_("Integer dot product"), device->has_integer_dot ? _("yes") : _("no"));
  print_line (_("Cooperative matrix"), device->has_cooperative_matrix ? _("yes") : _("no"));
}

static void
print_text (const BlnDevice *device,
            double           bytes_per_second)
{
  g_autofree char *head = g_strdup_printf ("%s  %s\n", device->id, device->name);

  baleen_output_write (head, -1);
  if (device->unfit != NULL)
    {
      print_line (_("Not used"), device->unfit);
      return;
    }
  print_size (_("Memory"), device->memory);
  print_size (_("Free"), device->available);
  if (device->subgroup_size > 0)
    print_card (device);
  print_line (_("Variant"), device->variant);
  if (device->is_software)
    print_line (_("Chosen"), _("only when asked for: it is a processor"));
  if (bytes_per_second > 0)
    {
      g_autofree char *rate = g_strdup_printf (_("%.1f GB/s"), bytes_per_second / 1e9);

      print_line (_("Reads"), rate);
    }
}

static void
add_json (JsonBuilder     *builder,
          const BlnDevice *device,
          double           bytes_per_second)
{
  const struct { const char *key; guint64 value; } numbers[] = {
    { "memory", device->memory }, { "available", device->available },
    { "threads", device->n_threads }, { "subgroup", device->subgroup_size },
    { "shared_memory", device->shared_memory }, { "max_allocation", device->max_allocation },
    { "max_binding", device->max_binding },
  };

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", device->id);
  baleen_json_add_text (builder, "name", device->name);
  if (device->driver != NULL)
    baleen_json_add_text (builder, "driver", device->driver);
  if (device->unfit != NULL)
    {
      baleen_json_add_text (builder, "unfit", device->unfit);
    }
  baleen_json_add_text (builder, "variant", device->variant);
  baleen_json_add_flag (builder, "software", device->is_software);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    baleen_json_add_whole (builder, numbers[i].key, (gint64) numbers[i].value);
  baleen_json_add_flag (builder, "integer_dot", device->has_integer_dot);
  baleen_json_add_flag (builder, "cooperative_matrix", device->has_cooperative_matrix);
  baleen_json_add_number (builder, "bytes_per_second", bytes_per_second);
  json_builder_end_object (builder);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name, _("“devices” takes no text."));

  devices = bln_devices ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    {
      const BlnDevice *device = g_ptr_array_index (devices, i);
      double bytes_per_second = measure (device);

      if (options->json)
        add_json (builder, device, bytes_per_second);
      else
        print_text (device, bytes_per_second);
    }
  json_builder_end_array (builder);
  if (options->json)
    baleen_output_json (json_builder_get_root (builder));

  return BALEEN_EXIT_DONE;
}

const BaleenCommand baleen_command_devices = {
  .name = "devices",
  .arguments = "",
  .summary = N_("what can run models here, and how fast each reads its memory"),
  .run = run,
};
