#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined (__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined (__aarch64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined (__riscv) && __riscv_xlen == 64
#define OUR_ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined (__powerpc64__) && defined (__LITTLE_ENDIAN__)
#define OUR_ARCHITECTURE AUDIT_ARCH_PPC64LE
#endif

/* Maps from the codes of Chinese, Japanese and Korean fonts to characters. */
#define CHARACTER_MAPS "/usr/share/poppler"

/* What computing needs. Everything else fails with EPERM. */
static const int allowed[] = {
  __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_lseek, __NR_close,
  __NR_fstat, __NR_munmap, __NR_mremap, __NR_brk, __NR_madvise, __NR_futex, __NR_rt_sigaction,
  __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_clock_gettime, __NR_clock_getres,
  __NR_gettimeofday, __NR_getrandom, __NR_getpid, __NR_gettid, __NR_exit, __NR_exit_group,
  __NR_sched_yield, __NR_sched_getaffinity, __NR_restart_syscall, __NR_getuid, __NR_geteuid,
  __NR_getgid, __NR_getegid, __NR_getrusage,
};

static gboolean
limit (int     resource,
       guint64 most)
{
  struct rlimit rlimit = { most, most };

  return setrlimit (resource, &rlimit) == 0;
}

/* Only the maps can be opened from here on. FALSE where the kernel cannot do that; then
 * nothing will be. */
static gboolean
restrict_files (void)
{
  const struct landlock_ruleset_attr attributes = {
    .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
  };
  int rules = syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  int folder;
  gboolean is_done;

  if (rules < 0)
    return FALSE;
  folder = open (CHARACTER_MAPS, O_PATH | O_CLOEXEC);
  if (folder >= 0)
    {
      const struct landlock_path_beneath_attr beneath = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = folder,
      };

      syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
      close (folder);
    }
  is_done = syscall (SYS_landlock_restrict_self, rules, 0) == 0;
  close (rules);

  return is_done;
}

typedef struct
{
  struct sock_filter steps[192];
  guint n_steps;
} Filter;

static void
add_step (Filter *filter,
          guint16 code,
          guint32 value,
          guint8  if_true,
          guint8  if_false)
{
  g_assert (filter->n_steps < G_N_ELEMENTS (filter->steps));
  filter->steps[filter->n_steps++] = (struct sock_filter) { code, if_true, if_false, value };
}

static void
load (Filter *filter,
      gsize   offset)
{
  add_step (filter, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void
answer (Filter *filter,
        guint32 action)
{
  add_step (filter, BPF_RET | BPF_K, action, 0, 0);
}

static void
allow (Filter *filter,
       guint32 call)
{
  add_step (filter, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1);
  answer (filter, SECCOMP_RET_ALLOW);
}

/* Allows the call where its argument has none of the given bits; little-endian words, the low
 * one. Leaves the call's number loaded. */
static void
allow_without (Filter *filter,
               guint32 call,
               guint   argument,
               guint32 bits)
{
  add_step (filter, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4);
  load (filter, offsetof (struct seccomp_data, args) + 8 * argument);
  add_step (filter, BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0);
  answer (filter, SECCOMP_RET_ALLOW);
  answer (filter, SECCOMP_RET_ERRNO | EPERM);
}

/* A signal to ourselves is how abort() ends us. */
static void
allow_own_signal (Filter *filter)
{
  add_step (filter, BPF_JMP | BPF_JEQ | BPF_K, __NR_tgkill, 0, 4);
  load (filter, offsetof (struct seccomp_data, args));
  add_step (filter, BPF_JMP | BPF_JEQ | BPF_K, getpid (), 0, 1);
  answer (filter, SECCOMP_RET_ALLOW);
  answer (filter, SECCOMP_RET_ERRNO | EPERM);
}

static gboolean
restrict_calls (gboolean can_open)
{
#ifdef OUR_ARCHITECTURE
  Filter filter = { .n_steps = 0 };
  struct sock_fprog program;

  load (&filter, offsetof (struct seccomp_data, arch));
  add_step (&filter, BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0);
  answer (&filter, SECCOMP_RET_KILL_PROCESS);
  load (&filter, offsetof (struct seccomp_data, nr));
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    allow (&filter, allowed[i]);
  allow_without (&filter, __NR_mmap, 2, PROT_EXEC);
  allow_without (&filter, __NR_mprotect, 2, PROT_EXEC);
  allow_own_signal (&filter);
  if (can_open)
    {
      allow_without (&filter, __NR_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND);
      /* How the C library asks for the size of an open file. */
      allow (&filter, __NR_newfstatat);
      allow (&filter, __NR_getdents64);
    }
  answer (&filter, SECCOMP_RET_ERRNO | EPERM);
  program = (struct sock_fprog) { filter.n_steps, filter.steps };

  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
  return FALSE;
#endif
}

gboolean
sandbox_enter (guint64 memory,
               guint   seconds)
{
  gboolean has_limits = limit (RLIMIT_AS, memory) & limit (RLIMIT_CPU, seconds)
                        & limit (RLIMIT_CORE, 0) & limit (RLIMIT_FSIZE, 0)
                        & limit (RLIMIT_NOFILE, 32);

  prctl (PR_SET_DUMPABLE, 0);
  if (!has_limits || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;

  return restrict_calls (restrict_files ());
}
