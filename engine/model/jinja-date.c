#include "jinja-date.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <time.h>

#define CONVERSION_WORK 20

static void
fill_time (GDateTime *now,
           struct tm *time)
{
  memset (time, 0, sizeof *time);
  time->tm_sec = g_date_time_get_second (now);
  time->tm_min = g_date_time_get_minute (now);
  time->tm_hour = g_date_time_get_hour (now);
  time->tm_mday = g_date_time_get_day_of_month (now);
  time->tm_mon = g_date_time_get_month (now) - 1;
  time->tm_year = g_date_time_get_year (now) - 1900;
  time->tm_wday = g_date_time_get_day_of_week (now) % 7;
  time->tm_yday = g_date_time_get_day_of_year (now) - 1;
  time->tm_isdst = -1;
}

/* One conversion, "%" and flags included, NUL-terminated. Python's datetime.now() has no time
 * zone, so what asks for it is empty; %f is Python's own. */
static void
add_conversion (JinjaRun        *run,
                JinjaBuffer     *buffer,
                const char      *conversion,
                const struct tm *time,
                locale_t         locale,
                gint             microsecond)
{
  char text[256], code = conversion[strlen (conversion) - 1];
  gsize n = 0;

  jinja_work (run, CONVERSION_WORK);
  if (code == 'f')
    n = g_snprintf (text, sizeof text, "%06d", microsecond);
  else if (code != 'z' && code != 'Z')
    n = strftime_l (text, sizeof text, conversion, time, locale);
  jinja_buffer_add (run, buffer, text, n, FALSE);
}

static void
add_all (JinjaRun        *run,
         JinjaBuffer     *buffer,
         const char      *format,
         const struct tm *time,
         locale_t         locale,
         gint             microsecond)
{
  while (*format != '\0')
    {
      gsize plain = strcspn (format, "%"), n;
      char conversion[16];

      jinja_buffer_add (run, buffer, format, plain, FALSE);
      format += plain;
      if (*format == '\0')
        break;
      n = 1 + strspn (format + 1, "-_0^#EO");
      if (format[n] == '\0' || (guint8) format[n] >= 0x80 || n + 2 > sizeof conversion)
        {
          jinja_buffer_add (run, buffer, "%", 1, FALSE);
          format++;
          continue;
        }
      g_strlcpy (conversion, format, n + 2);
      add_conversion (run, buffer, conversion, time, locale, microsecond);
      format += n + 1;
    }
}

JinjaString *
jinja_date_format (JinjaRun          *run,
                   const JinjaString *format)
{
  static gsize english;
  JinjaBuffer *buffer = jinja_buffer_new (run);
  GDateTime *now = run->now;
  struct tm time;
  gint microsecond;

  if (format == NULL)
    jinja_fail (run, _("“strftime_now” takes a format."));
  if (g_once_init_enter (&english))
    g_once_init_leave (&english, (gsize) newlocale (LC_ALL_MASK, "C", (locale_t) 0));
  now = now != NULL ? g_date_time_ref (now) : g_date_time_new_now_local ();
  fill_time (now, &time);
  microsecond = g_date_time_get_microsecond (now);
  g_date_time_unref (now);
  add_all (run, buffer, jinja_string_to_text (run, format), &time, (locale_t) english,
           microsecond);
  return jinja_buffer_to_string (run, buffer);
}
