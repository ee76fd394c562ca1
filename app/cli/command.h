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

struct _BaleenCommand
{
  const char *name;
  const char *arguments;        /* after the options, for --help; untranslated marks */
  const char *summary;          /* N_(), one line */
  const char *details;          /* N_(), (nullable), more for --help */
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
