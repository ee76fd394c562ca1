#include "completion.h"

const char *
baleen_stop_to_string (BaleenStop stop)
{
  switch (stop)
    {
    case BALEEN_STOP_LENGTH:
    case BALEEN_STOP_REPEATS:
      return "length";
    case BALEEN_STOP_CANCELLED:
      return "cancelled";
    case BALEEN_STOP_END:
    default:
      return "end";
    }
}

void
baleen_generation_clear (BaleenGeneration *generation)
{
  g_clear_pointer (&generation->answer, g_free);
  g_clear_pointer (&generation->thought, g_free);
}
