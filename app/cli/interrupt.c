#include "interrupt.h"

#include "command.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static GMutex lock;
static BlnEngine *engine_to_stop; /* (nullable) under the lock */
static GCancellable *cancellable_to_cancel; /* (owned) (nullable) under the lock */
static gboolean is_heeded;        /* under the lock: begin() was called */
static gboolean is_raised;        /* (atomic) */
static gboolean is_final;         /* (atomic) */
static int wake_fd = -1;

static void
take_signal (int number)
{
  guint64 one = 1;

  g_mutex_lock (&lock);
  if (!is_heeded || g_atomic_int_get (&is_raised))
    _exit (BALEEN_EXIT_STOPPED);

  if (number != SIGINT)
    g_atomic_int_set (&is_final, TRUE);
  g_atomic_int_set (&is_raised, TRUE);
  if (engine_to_stop != NULL)
    bln_engine_stop (engine_to_stop);
  if (cancellable_to_cancel != NULL)
    g_cancellable_cancel (cancellable_to_cancel);
  if (write (wake_fd, &one, sizeof one) < 0)
    _exit (BALEEN_EXIT_STOPPED);
  g_mutex_unlock (&lock);
}

static gpointer
wait_for_signals (gpointer data)
{
  sigset_t *signals = data;
  int number;

  while (sigwait (signals, &number) == 0)
    take_signal (number);

  return NULL;
}

void
baleen_interrupt_init (void)
{
  static sigset_t signals;
  struct sigaction hangup;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  /* Under nohup a hangup is to be ignored, as it was. */
  if (sigaction (SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
    sigaddset (&signals, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
  /* A file that may not grow further is said as an error of writing. */
  signal (SIGXFSZ, SIG_IGN);

  wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, &signals));
}

void
baleen_interrupt_begin (void)
{
  g_mutex_lock (&lock);
  is_heeded = TRUE;
  g_mutex_unlock (&lock);
}

void
baleen_interrupt_set_engine (BlnEngine *engine)
{
  g_mutex_lock (&lock);
  engine_to_stop = engine;
  if (engine != NULL && g_atomic_int_get (&is_raised))
    bln_engine_stop (engine);
  g_mutex_unlock (&lock);
}

void
baleen_interrupt_set_cancellable (GCancellable *cancellable)
{
  g_mutex_lock (&lock);
  g_set_object (&cancellable_to_cancel, cancellable);
  if (cancellable != NULL && g_atomic_int_get (&is_raised))
    g_cancellable_cancel (cancellable);
  g_mutex_unlock (&lock);
}

gboolean
baleen_interrupt_is_raised (void)
{
  return g_atomic_int_get (&is_raised);
}

gboolean
baleen_interrupt_is_final (void)
{
  return g_atomic_int_get (&is_final);
}

void
baleen_interrupt_reset (void)
{
  guint64 count;

  g_mutex_lock (&lock);
  if (engine_to_stop != NULL)
    bln_engine_resume (engine_to_stop);
  while (read (wake_fd, &count, sizeof count) > 0)
    ;
  g_atomic_int_set (&is_raised, FALSE);
  g_mutex_unlock (&lock);
}

int
baleen_interrupt_get_fd (void)
{
  return wake_fd;
}
