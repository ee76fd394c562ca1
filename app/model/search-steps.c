#include "search-steps.h"

static void
step_free (gpointer data)
{
  BaleenStep *step = data;

  g_free (step->subject);
  g_free (step->words);
  g_free (step->detail);
  g_free (step);
}

GPtrArray *
baleen_steps_new (void)
{
  return g_ptr_array_new_with_free_func (step_free);
}

static BaleenStep *
find (GPtrArray  *steps,
      const char *subject)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_str_equal (((BaleenStep *) steps->pdata[i])->subject, subject))
      return steps->pdata[i];
  return NULL;
}

void
baleen_steps_tell (GPtrArray       *steps,
                   const char      *subject,
                   const char      *words,
                   const char      *detail,
                   BaleenStepState  state)
{
  BaleenStep *step = find (steps, subject);

  if (step == NULL)
    {
      step = g_new0 (BaleenStep, 1);
      step->subject = g_strdup (subject);
      g_ptr_array_add (steps, step);
    }
  g_free (step->words);
  step->words = g_strdup (words);
  if (detail != NULL)
    {
      g_free (step->detail);
      step->detail = g_strdup (detail);
    }
  step->state = state;
}

void
baleen_steps_end (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      BaleenStep *step = steps->pdata[i];

      if (step->state == BALEEN_STEP_RUNNING)
        step->state = BALEEN_STEP_FAILED;
    }
}

guint
baleen_steps_count (GPtrArray       *steps,
                    BaleenStepState  state)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    n += ((BaleenStep *) steps->pdata[i])->state == state;
  return n;
}
