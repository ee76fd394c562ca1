/* A command of the terminal: one file each, listed in the table of command-table.c. */
#pragma once

#include "options.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a command ends with. */
typedef enum
{
  BALEEN_EXIT_DONE = 0,
  BALEEN_EXIT_FAILED = 1,      /* the work failed; one line has said why */
  BALEEN_EXIT_WRONG_USE = 2,   /* so was the call */
  BALEEN_EXIT_STOPPED = 130,   /* by the user */
} BaleenExit;

/* Which of the common options mean something to a command. All are taken everywhere, so that a
 * caller need not know; --help lists these, --json and itself. */
typedef enum
{
  BALEEN_USES_NONE = 0,
  BALEEN_USES_MODEL = 1 << 0,    /* --model */
  BALEEN_USES_CONTEXT = 1 << 1,  /* --context */
  BALEEN_USES_ENGINE = 1 << 2,   /* what a model is run with: --device, --threads and others */
  BALEEN_USES_SAMPLING = 1 << 3, /* how an answer is drawn, and how long */

  BALEEN_USES_RUNS = BALEEN_USES_MODEL | BALEEN_USES_CONTEXT | BALEEN_USES_ENGINE,
  BALEEN_USES_ANSWERS = BALEEN_USES_RUNS | BALEEN_USES_SAMPLING,
} BaleenUses;

struct _BaleenCommand
{
  const char *name;
  const char *arguments;        /* after the options, for --help; untranslated marks */
  const char *summary;          /* N_(), one line */
  const char *details;          /* N_(), (nullable), more for --help */
  BaleenUses uses;
  const GOptionEntry *entries;  /* (nullable) its own options, ended by an empty one; their
                                   variables are static: a command runs once */
  /* `arguments` is what was not an option, NULL-terminated. */
  BaleenExit (*run) (const BaleenCommand *command,
                     const BaleenOptions *options,
                     char               **arguments);
};

extern const BaleenCommand baleen_command_ask;
extern const BaleenCommand baleen_command_bench;
extern const BaleenCommand baleen_command_chat;
extern const BaleenCommand baleen_command_devices;
extern const BaleenCommand baleen_command_coach;
extern const BaleenCommand baleen_command_extract;
extern const BaleenCommand baleen_command_history;
extern const BaleenCommand baleen_command_inspect;
extern const BaleenCommand baleen_command_logits;
extern const BaleenCommand baleen_command_models;
extern const BaleenCommand baleen_command_perplexity;
extern const BaleenCommand baleen_command_render;
extern const BaleenCommand baleen_command_serve;
extern const BaleenCommand baleen_command_summarize;
extern const BaleenCommand baleen_command_templates;
extern const BaleenCommand baleen_command_tokens;

/* All of them in the order of the help, ended by NULL. */
extern const BaleenCommand *const baleen_commands[];

/* Runs argv[1] as a command, or the conversation where `argv` has none. */
int baleen_cli_run (int    argc,
                    char **argv);

/* Whether the terminal has something to do whatever the display: a command, a wrong word in
 * its place, --help or --version. */
gboolean baleen_cli_wants (int    argc,
                           char **argv);
gboolean baleen_cli_is_command (const char *word);

G_END_DECLS
